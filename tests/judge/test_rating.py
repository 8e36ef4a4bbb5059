"""The house rule and the direction of travel."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import indicator, plan
from diplan.ground.period import period
from diplan.judge import Verdict, assess


def told(as_of: str, rule: dict[str, Any] | None = None, **keys: Any) -> Verdict:
    """The verdict on an indicator of a plan with a house rule."""
    cover: dict[str, Any] = {"rag": rule} if rule else {}
    return assess(plan(indicator(**keys), **cover), period(as_of)).verdicts[0]


RISE: dict[str, Any] = {
    "baseline": {"period": "2014", "value": 100},
    "target": {"kind": "at-least", "value": 200, "due": "2018"},
}
FALL: dict[str, Any] = {
    "baseline": {"period": "2014", "value": 200},
    "target": {"kind": "at-most", "value": 100, "due": "2018"},
}
RULE = {"green": 0, "amber": 10}


def seen(value: Any, when: str = "2016") -> dict[str, Any]:
    """One figure."""
    return {"observations": [{"period": when, "value": value}]}


@pytest.mark.parametrize(
    ("keys", "rule", "value", "rating"),
    [
        (RISE, RULE, 150, "green"),  # expected: 150
        (RISE, RULE, 149, "amber"),
        (RISE, RULE, 135, "amber"),
        (RISE, RULE, "134.9", "red"),
        (RISE, {**RULE, "green": 5}, "142.5", "green"),
        (RISE, {**RULE, "green": 5}, "142.4", "amber"),
        (FALL, RULE, 150, "green"),
        (FALL, RULE, 165, "amber"),
        (FALL, RULE, "165.1", "red"),
        (RISE, {**RULE, "of": "target"}, 180, "amber"),
        (RISE, {**RULE, "of": "target"}, 179, "red"),
        (RISE, {**RULE, "in": "points"}, 140, "amber"),
        (RISE, {**RULE, "in": "points"}, "139.9", "red"),
        (RISE, {**RULE, "amber_if_improved": True}, 110, "amber"),
        (RISE, {**RULE, "amber_if_improved": True}, 100, "amber"),
        (RISE, {**RULE, "amber_if_improved": True}, 90, "red"),
    ],
)
def test_the_rule(keys: dict[str, Any], rule: dict[str, Any], value: Any, rating: str) -> None:
    """Distances are on the wrong side, in per cent of the reference; ends belong to the better."""
    assert told("2016", rule, **keys, **seen(value)).rag == rating


def test_a_reference_of_zero_is_met_or_not() -> None:
    """No per cent can be taken of it."""
    keys = {"target": {"kind": "at-most", "value": 0, "due": "2018"},
            "baseline": {"period": "2014", "value": 10}}  # fmt: skip
    rule = {**RULE, "of": "target"}
    assert told("2016", rule, **keys, **seen(0)).rag == "green"
    assert told("2016", rule, **keys, **seen("0.1")).rag == "red"


def test_a_baseline_that_met_the_target_is_held_to_the_target() -> None:
    """The path would lead backwards."""
    keys = {**RISE, "baseline": {"period": "2014", "value": 300}}
    assert told("2016", RULE, **keys, **seen(200)).rag == "green"
    assert told("2016", RULE, **keys, **seen(190)).rag == "amber"


def test_an_indicators_rule_replaces_the_plans() -> None:
    """Nothing of the plan's rule is left in it."""
    keys = {**RISE, "rag": {"green": 20, "amber": 30}}
    assert told("2016", {"green": 0, "amber": 1, "in": "points"}, **keys, **seen(120)).rag == (
        "green"
    )


@pytest.mark.parametrize(
    ("rule", "keys"),
    [
        (None, {**RISE, **seen(150)}),
        (RULE, RISE),
        (RULE, {**RISE, "baseline": None, **seen(150)}),
        (RULE, {**RISE, "target": {"kind": "increase", "due": "2018"}, **seen(150)}),
    ],
)
def test_nothing_is_rated_without_a_rule_a_figure_or_a_reference(
    rule: dict[str, Any] | None, keys: dict[str, Any]
) -> None:
    """There is no rating then, and no colour is made up."""
    assert told("2016", rule, **keys).rag is None


def test_a_totals_sum_is_rated() -> None:
    """Its path begins with nothing."""
    keys = {
        "target": {"kind": "total-at-least", "value": 100, "from": "2016", "due": "2019"},
        "observations": [{"period": "2016", "value": 20}, {"period": "2017", "value": 25}],
    }
    verdict = told("2017", RULE, **keys)
    assert (verdict.rag, verdict.travel) == ("amber", "better")


ORDER = {"red": 0, "amber": 1, "green": 2}


@given(st.decimals(0, 400, places=1), st.decimals(0, 100, places=1), st.booleans(), st.booleans())
def test_a_better_figure_never_turns_green_to_red(
    value: Decimal, by: Decimal, rising: bool, improved: bool
) -> None:
    """Improving the figure keeps or lifts the rating."""
    keys = RISE if rising else FALL
    rule = {**RULE, "amber_if_improved": improved}
    better = value + by if rising else value - by
    before, after = (told("2016", rule, **keys, **seen(each)).rag for each in (value, better))
    assert before
    assert after
    assert ORDER[after] >= ORDER[before]


@pytest.mark.parametrize(
    ("figures", "unit", "way"),
    [
        ([("2015", 110), ("2016", 120)], "units", "better"),
        ([("2015", 110), ("2016", 105)], "units", "worse"),
        ([("2015", 110), ("2016", 110)], "units", "same"),
        ([("2016", 110)], "units", "better"),  # than the baseline
        ([], "units", "not-comparable"),
        ([("2016-Q1", 110)], "units", "not-comparable"),  # the baseline is a year's
        ([("2016-Q1", 11)], "per cent", "worse"),
        ([("2015-Q4", 90), ("2014-Q4", 80), ("2015-Q3", 99)], "units", "better"),
        ([("2016-Q2", 90), ("2016/17-H1", 80)], "units", "not-comparable"),
        ([("2015/16-Q3", 90), ("2014-Q4", 95)], "units", "worse"),
    ],
)
def test_travel(figures: list[tuple[str, int]], unit: str, way: str) -> None:
    """The same stretch a year before comes first; else the latest before it of one length."""
    observations = [{"period": when, "value": value} for when, value in figures]
    keys = {**RISE, "unit": unit, "observations": observations}
    if unit == "per cent":
        keys["target"] = {"kind": "at-least", "value": 90, "due": "2018"}
    assert told("2016", **keys).travel == way


def test_travel_never_crosses_a_break() -> None:
    """A new series is compared with itself alone."""
    broken = [{"period": "2015", "value": 110, "marks": ["break"]}]
    assert told("2016", **RISE, observations=broken).travel == "not-comparable"
    after = [*broken, {"period": "2016", "value": 100}]
    assert told("2016", **RISE, observations=after).travel == "worse"
