"""What a trend draws together, and what a new figure is held against."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from builders import WITHIN, indicator, judged, plan
from diplan.checks.doubts import doubts
from diplan.ground.period import as_long, period
from diplan.plan import Observation
from diplan.report.trend import drawable, trend


def seen(*figures: tuple[str, str]) -> list[dict[str, Any]]:
    """Observations from periods and values."""
    return [{"period": when, "value": value} for when, value in figures]


def values(as_of: str, **keys: Any) -> list[Fraction]:
    """What the trend of an indicator draws."""
    found = judged(as_of, **keys)
    return list(trend(found, plan(found.indicator)).values)


HALVE = {"kind": "halve", "due": "2020"}
QUARTERS = seen(("2018-Q1", "30"), ("2018-Q2", "25"), ("2018-Q3", "20"))


def test_a_total_s_trend_rises_with_its_sum() -> None:
    """Under a rising total stands the running sum, and not the figures of each period."""
    target = {"kind": "total-at-least", "value": "1000", "from": "2016", "due": "2020"}
    figures = seen(("2016", "200"), ("2017", "300"), ("2018", "100"))

    assert values("2018", target=target, observations=figures) == [200, 500, 600]


def test_running_totals_are_drawn_as_they_are() -> None:
    """Figures that are sums already are not summed again, whatever their periods."""
    target = {
        "kind": "total-at-least", "value": "1000", "from": "2016", "due": "2020", "running": "true",
    }  # fmt: skip
    figures = seen(("2016", "200"), ("2017-Q2", "300"))

    assert values("2018", target=target, observations=figures) == [200, 300]


def test_a_quarter_is_not_drawn_beside_a_year() -> None:
    """Of counts, only those are drawn whose periods are as long as the latest one's."""
    baseline = {"period": "2017", "value": "120"}
    found = judged("2018-09", baseline=baseline, target=HALVE, observations=QUARTERS)

    assert values("2018-09", baseline=baseline, target=HALVE, observations=QUARTERS) == [30, 25, 20]
    assert drawable(found, plan(found.indicator))


def test_percentages_are_drawn_across_lengths() -> None:
    """A share of a quarter can stand beside a share of a year."""
    baseline = {"period": "2017", "value": "40"}

    assert values(
        "2018-09", unit="per cent", baseline=baseline, target=HALVE, observations=QUARTERS
    ) == [40, 30, 25, 20]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2018", "2017/18", True),
        ("2018-01", "2018-02", True),
        ("2018-02-28", "2018-03-31", True),
        ("2018-Q1", "2018", False),
        ("2018-01", "2018-Q1", False),
    ],
)
def test_lengths_of_periods(one: str, other: str, *, same: bool) -> None:
    """Years of any kind are of one length, and so are days."""
    assert as_long(period(one), period(other)) is same


def doubted(unit: str, new: tuple[str, str], *known: tuple[str, str]) -> list[str]:
    """What would be asked about a new figure."""
    own = indicator(
        unit=unit, target={"kind": "at-least", "value": "90", "due": "2020"},
        observations=seen(*known),
    )  # fmt: skip
    return list(doubts(own, Observation(period=period(new[0]), value=Decimal(new[1])), WITHIN))


def test_a_quarter_is_not_held_against_a_year() -> None:
    """A quarter with a quarter of the year's count is not 'far worse'."""
    assert doubted("people", ("2018-Q1", "25"), ("2017", "100")) == []


def test_a_quarter_is_held_against_the_last_quarter() -> None:
    """The last figure for as long a period counts, whatever came between."""
    assert doubted("people", ("2018-Q1", "25"), ("2017-Q4", "80"), ("2017", "300")) == [
        "this is far worse than the last figure, 80"
    ]


def test_percentages_are_held_against_each_other() -> None:
    """A share can be doubted whatever the periods."""
    assert doubted("per cent", ("2018-Q1", "20"), ("2017", "80")) == [
        "this is far worse than the last figure, 80"
    ]


def test_a_tiny_figure_is_doubted_in_plain_numbers() -> None:
    """How many times as much the last figure was needs no ordinal."""
    assert doubted("people", ("2018", "100"), ("2017", "2100")) == [
        "the last figure, 2,100, is 21 times as much"
    ]
