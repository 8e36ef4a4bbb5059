"""What is worked out: derived figures, and the dates of baselines that have none."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from builders import WITHIN, indicator, plan
from diplan.ground.period import period
from diplan.judge import Verdict, assess
from diplan.plan import Source
from diplan.plan.derived import circular
from diplan.plan.working_out import worked_out, worked_out_in

AIM = {"kind": "at-most", "value": 5, "due": "2020"}


def part(name: str, *figures: dict[str, Any], **keys: Any) -> Any:
    """An indicator with figures."""
    return indicator(
        id=name, target={"kind": "none"}, observations=list(figures), unit="people", **keys
    )


def seen(when: str, value: Any, **more: Any) -> dict[str, Any]:
    """A figure."""
    return {"period": when, "value": value, **more}


def derived(kind: str, *parts: Any, **keys: Any) -> Any:
    """The indicator made of parts, as it is worked out."""
    made = {"kind": kind, "of": [each.id for each in parts]}
    own = indicator(id="made", unit="points", **{"target": AIM, "derived": made, **keys})
    return worked_out(plan(*parts, own)).indicator["made"]


def figures(made: Any) -> dict[str, Any]:
    """Its figures, by period."""
    return {str(each.period): each.interval(WITHIN) for each in made.observations}


def test_a_figure_for_each_period_that_all_parts_have() -> None:
    """What one of them lacks, or has no number for, is not made up."""
    first = part("a", seen("2016", 10), seen("2017", 12), seen("2018", 14))
    second = part("b", seen("2016", 4), {"period": "2017", "missing": "suppressed"})
    made = figures(derived("difference", first, second))
    assert {when: shown.middle for when, shown in made.items()} == {"2016": 6}


@pytest.mark.parametrize(("kind", "middle"), [("difference", 6), ("sum", 14), ("share", 250)])
def test_kinds(kind: str, middle: int) -> None:
    """The first less the second, both together, the first in per cent of the second."""
    made = figures(derived(kind, part("a", seen("2016", 10)), part("b", seen("2016", 4))))
    assert made["2016"].middle == middle
    assert made["2016"].exact


def test_the_same_period_in_two_forms_is_one() -> None:
    """`2016-Q2` and `2016/17-Q1` are the same three months."""
    made = derived("sum", part("a", seen("2016-Q2", 10)), part("b", seen("2016/17-Q1", 4)))
    assert [shown.middle for shown in figures(made).values()] == [14]


def test_uncertainty_is_passed_on() -> None:
    """A difference is as uncertain as both of its parts together, an open end stays open."""
    about = part("a", seen("2016", 100, approximate=True))
    under = part("b", {"period": "2016", "high": 10})
    shown = figures(derived("difference", about, under))["2016"]
    assert (shown.low, shown.middle, shown.high) == (85, 90, None)


def test_a_share_of_nothing_is_no_figure() -> None:
    """Nobody can say what per cent it is."""
    assert figures(derived("share", part("a", seen("2016", 3)), part("b", seen("2016", 0)))) == {}


@given(st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=5))
def test_the_difference_of_two_identical_series_is_0(values: list[Any]) -> None:
    """Whatever the figures."""
    given_figures = [seen(str(2000 + at), value) for at, value in enumerate(values)]
    made = figures(derived("difference", part("a", *given_figures), part("b", *given_figures)))
    assert [shown.middle for shown in made.values()] == [Fraction(0)] * len(values)


def test_a_break_of_a_part_is_one_of_the_whole() -> None:
    """Even where the part's period with the break has no figure of the other part."""
    first = part("a", seen("2016", 10), seen("2017", 11, marks=["break"]), seen("2018", 12))
    second = part("b", seen("2016", 4), seen("2018", 4))
    made = derived("difference", first, second)
    assert [each.marks for each in made.observations] == [(), ("break",)]


def test_a_break_from_before_the_starting_point_is_behind_it() -> None:
    """Only a new series that begins after the baseline separates the two."""
    first = part("a", seen("2015", 9, marks=["break"]), seen("2018", 12))
    second = part("b", seen("2018", 4))
    after = derived("sum", first, second, baseline={"period": "2016", "value": 14})
    assert [each.marks for each in after.observations] == [()]
    before = derived("sum", first, second, baseline={"period": "2014", "value": 14})
    assert [each.marks for each in before.observations] == [("break",)]


def test_a_break_that_one_whole_has_behind_it_is_passed_on() -> None:
    """What is made of it may start earlier."""
    first, second = part("a", seen("2015", 9, marks=["break"]), seen("2018", 12)), part(
        "b", seen("2018", 4))  # fmt: skip
    inner = indicator(id="inner", target=AIM, baseline={"period": "2016", "value": 14},
                      derived={"kind": "sum", "of": ["a", "b"]})  # fmt: skip
    own = indicator(id="own", target=AIM, baseline={"period": "2014", "value": 14},
                    derived={"kind": "sum", "of": ["inner", "b"]})  # fmt: skip
    known = worked_out(plan(first, second, inner, own)).indicator
    assert [each.marks for each in known["inner"].observations] == [()]
    assert [each.marks for each in known["own"].observations] == [("break",)]


def test_a_break_is_passed_on_as_of_its_own_time() -> None:
    """Not as of the first figure that a part in between has after it."""
    first = part("a", seen("2014", 9, marks=["break"]), seen("2018", 12))
    second = part("b", seen("2018", 4))
    inner = indicator(id="inner", target=AIM, derived={"kind": "sum", "of": ["a", "b"]})
    own = indicator(id="own", target=AIM, baseline={"period": "2016", "value": 14},
                    derived={"kind": "sum", "of": ["inner", "b"]})  # fmt: skip
    known = worked_out(plan(first, second, inner, own)).indicator
    assert [each.marks for each in known["own"].observations] == [()]


def test_a_long_chain_of_derived_figures_is_worked_out() -> None:
    """However deep it is: each is worked out once, after what it is made of."""
    chain = [part("n0", seen("2016", 1))]
    for at in range(1, 3000):
        made = {"kind": "sum", "of": [f"n{at - 1}", f"n{at // 2}"]}
        chain.append(indicator(id=f"n{at}", target=AIM, derived=made))
    known = worked_out(plan(*reversed(chain)))
    assert figures(known.indicator["n2999"])["2016"].middle > 3000
    assert worked_out_in(plan(*chain), chain[-1]) == known.indicator["n2999"]


def test_a_share_beyond_any_figure_is_shown_as_it_is() -> None:
    """Thirty digits by a hundredth."""
    made = derived("share", part("a", seen("2016", "9" * 28)), part("b", seen("2016", "0.03")))
    assert str(made.observations[0].value).startswith("33333")


def test_circles_are_named_and_what_rests_on_them_is_not() -> None:
    """An indicator made of a circle is no part of it."""
    parts = {"a": ("b",), "b": ("a",), "c": ("a", "d"), "d": (), "e": ("e",), "f": ("gone",)}
    assert circular(parts) == {"a", "b", "e"}


def test_the_starting_point_is_worked_out_for_its_period() -> None:
    """From the parts' figures, or else their baselines, for that period; a typed one stays."""
    first = part("a", seen("2015", 10), seen("2016", 12))
    second = part("b", seen("2016", 5), baseline={"period": "2015", "value": 4})
    made = derived("difference", first, second, baseline={"period": "2015"})
    assert made.baseline.interval(WITHIN).middle == 6
    typed = derived("difference", first, second, baseline={"period": "2015", "value": 7})
    assert typed.baseline.interval(WITHIN).middle == 7
    lost = derived("difference", first, second, baseline={"period": "2014"})
    assert lost.baseline.interval(WITHIN) is None


def test_derived_of_derived() -> None:
    """Parts may be worked out themselves; a circle gives no figure."""
    first, second = part("a", seen("2016", 10)), part("b", seen("2016", 4))
    between = indicator(id="gap", target=AIM, derived={"kind": "difference", "of": ["a", "b"]})
    own = indicator(id="both", target=AIM, derived={"kind": "sum", "of": ["gap", "b"]})
    whole = worked_out(plan(first, second, between, own))
    assert figures(whole.indicator["both"])["2016"].middle == 10

    one = indicator(id="one", target=AIM, derived={"kind": "sum", "of": ["two"]})
    two = indicator(id="two", target=AIM, derived={"kind": "sum", "of": ["one"]})
    circle = plan(one, two)
    assert worked_out_in(circle, one) == one
    assert worked_out(circle).indicator["one"].observations == ()


def test_a_difference_may_be_below_zero() -> None:
    """A group may be ahead of the whole, in percentage points too."""
    ahead = [
        indicator(
            id=name, unit="per cent", target={"kind": "none"}, observations=[seen("2016", value)]
        )
        for name, value in (("a", 40), ("b", 45))
    ]
    own = indicator(id="made", unit="per cent", target={**AIM, "due": "2016"},
                    derived={"kind": "difference", "of": ["a", "b"]})  # fmt: skip
    verdict = assess(plan(*ahead, own), period("2016")).verdict["made"]
    assert verdict.status == "achieved"
    assert verdict.evidence
    assert verdict.evidence.figure.middle == -5


# ---- baselines without a date


def dated(baseline: dict[str, Any], published: str | None = None, **cover: Any) -> Verdict:
    """The verdict of 2018 on an indicator whose baseline says no period."""
    source = TypeAdapter(Source).validate_python(
        {"id": "survey", "title": "Survey", **({"published": published} if published else {})}
    )
    own = indicator(
        baseline=baseline,
        target={"kind": "at-least", "value": 90, "due": "2020"},
        observations=[seen("2018", 80)],
    )
    whole = replace(plan(own, **cover), sources=(source,))
    return assess(whole, period("2018")).verdicts[0]


@pytest.mark.parametrize(
    ("published", "cover", "when"),
    [
        ("2016", {"agreed": "2017-05", "from": "2017-04"}, "2016"),
        (None, {"agreed": "2017-05", "from": "2017-04"}, "2017-05"),
        (None, {"from": "2017-04"}, "2017-03-31"),
    ],
)
def test_what_dates_a_baseline(published: str | None, cover: dict[str, str], when: str) -> None:
    """Its source, else the plan's agreement, else the moment before the plan begins."""
    verdict = dated({"value": 70, "source": "survey"}, published, **cover)
    assert verdict.indicator.baseline_period == period(when)
    assert "baseline-undated" in verdict.flags
    assert verdict.numbers.fraction == Fraction(1, 2)


def test_nothing_dates_what_has_no_number() -> None:
    """A baseline still to be confirmed does not make earlier figures evidence of nothing."""
    verdict = dated({"missing": "to-be-confirmed", "source": "survey"}, "2019")
    assert verdict.indicator.baseline_period is None
    assert "baseline-undated" not in verdict.flags


def test_with_nothing_to_date_it_by_there_is_no_baseline() -> None:
    """As before: it cannot be judged."""
    assert dated({"value": 70}).ruling.reason == "baseline-missing"


def test_a_starting_point_made_of_undated_ones_is_undated() -> None:
    """The flag goes with it: the date is taken from elsewhere."""
    parts = [
        indicator(id=name, target={"kind": "none"}, baseline={"value": value})
        for name, value in (("a", 30), ("b", 20))
    ]
    own = indicator(id="gap", target=AIM, baseline={"period": "2016-03-31"},
                    derived={"kind": "difference", "of": ["a", "b"]})  # fmt: skip
    cover: dict[str, Any] = {"from": "2016-04"}
    whole = plan(*parts, own, **cover)
    verdict = assess(whole, period("2018")).verdict["gap"]
    assert verdict.baseline
    assert verdict.baseline.middle == 10
    assert "baseline-undated" in verdict.flags
