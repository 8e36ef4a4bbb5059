"""Milestones: each is judged as a target of its own."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import WITHIN, indicator, plan
from diplan.ground.period import period
from diplan.judge import NOT_DUE, assess
from diplan.judge.indicator import judge_indicator
from diplan.judge.milestones import judge_milestones
from diplan.plan import Indicator
from diplan.plan.promise import promised

amounts = st.decimals(-1000, 1000, places=1, allow_nan=False)
years = st.integers(2015, 2022)

COPIED = {
    "halve": "at-most", "at-most": "at-most", "at-least": "at-least", "more-than": "more-than",
    "fewer-than": "fewer-than", "increase": "more-than", "reduce": "fewer-than",
    "yearly-growth": "at-least", "all": "at-least",
}  # fmt: skip


@st.composite
def with_milestones(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """An indicator with milestones for 2016 and 2018, and the kind that copies of it have."""
    kind = draw(st.sampled_from(sorted(COPIED)))
    target: dict[str, Any] = {"kind": kind, "due": "2020"}
    if kind in ("at-least", "at-most", "more-than", "fewer-than"):
        target["value"] = draw(amounts)
    elif kind == "yearly-growth":
        target["percent"] = draw(st.decimals("0.1", 50, places=1))
    seen = draw(st.dictionaries(years, amounts, max_size=4))
    return {
        "target": target,
        "unit": "per cent" if kind == "all" else "units",
        "baseline": {"period": "2014", "value": draw(amounts)},
        "milestones": [{"period": year, "value": draw(amounts)} for year in ("2016", "2018")],
        "observations": [{"period": str(year), "value": seen[year]} for year in sorted(seen)],
    }, COPIED[kind]


@given(with_milestones(), years)
def test_a_milestone_is_judged_as_a_target(case: tuple[dict[str, Any], str], year: int) -> None:
    """Its status is that of a copy with it for a target; before its date only achieved counts."""
    keys, kind = case
    whole = indicator(**keys)
    as_of = period(str(year))
    first, second = judge_milestones(whole, as_of, WITHIN)
    for stone, earlier in ((first, []), (second, keys["milestones"][:1])):
        when, value = stone.milestone.period, stone.milestone.value
        target: dict[str, Any] = {"kind": kind, "value": value, "due": when.text}
        if whole.target.geometric:
            target["path"] = "geometric"
        copy = indicator(**{**keys, "target": target, "milestones": earlier})
        status: str = judge_indicator(copy, as_of, WITHIN).status
        if as_of.end < when.end and status != "achieved":
            status = NOT_DUE
        assert stone.status == status


def statuses(as_of: str, **keys: Any) -> list[tuple[str, float | None]]:
    """How each milestone of an indicator stands, and its value."""
    stones = judge_milestones(indicator(**keys), period(as_of), WITHIN)
    return [
        (str(stone.status), None if stone.value is None else float(stone.value)) for stone in stones
    ]


FROM_1000: dict[str, Any] = {"baseline": {"period": "2014", "value": 1000}}


@pytest.mark.parametrize(
    ("target", "milestone", "value"),
    [
        ({"kind": "halve"}, {"percent": 20}, 800),
        ({"kind": "reduce-by", "percent": 50}, {"percent": 20}, 800),
        ({"kind": "increase-by", "percent": 50}, {"percent": 20}, 1200),
        ({"kind": "reduce-by-points", "points": 300}, {"points": 100}, 900),
        ({"kind": "increase-by-points", "points": 300}, {"points": 100}, 1100),
    ],
)
def test_relative_milestones_refer_to_the_baseline(
    target: dict[str, Any], milestone: dict[str, Any], value: float
) -> None:
    """Their value is worked out as the target's is, and bends the path."""
    keys = {"target": {**target, "due": "2018"}, "milestones": [{"period": "2016", **milestone}]}
    assert statuses("2015", **FROM_1000, **keys) == [(NOT_DUE, value)]
    seen = {"observations": [{"period": "2016", "value": value}]}
    assert statuses("2016", **FROM_1000, **keys, **seen) == [("achieved", value)]
    on_path = judge_indicator(indicator(**FROM_1000, **keys, **seen), period("2016"), WITHIN)
    assert on_path.numbers.expected == value
    assert on_path.status == "on-track"


def test_a_total_has_milestones_of_its_sum() -> None:
    """A milestone of a total is reached by what the figures come to by then."""
    keys = {
        "target": {"kind": "total-at-least", "value": 100, "from": "2016", "due": "2020"},
        "milestones": [{"period": "2017", "value": 40}, {"period": "2018", "value": 70}],
        "observations": [{"period": "2016", "value": 20}, {"period": "2017", "value": 25}],
    }
    assert statuses("2018-06", **keys) == [("achieved", 40), (NOT_DUE, 70)]
    assert statuses("2018", **keys) == [("achieved", 40), ("no-data", 70)]


@pytest.mark.parametrize("kind", ["none", "to-be-confirmed"])
def test_no_milestones_without_a_target(kind: str) -> None:
    """Nothing is promised that they could lead to."""
    keys = {"target": {"kind": kind}, "milestones": [{"period": "2016", "value": 5}]}
    assert statuses("2018", **FROM_1000, **keys) == []


def test_a_milestone_takes_no_part_in_the_status() -> None:
    """An indicator that met its target has achieved it, whatever it missed on the way."""
    keys = {
        **FROM_1000,
        "target": {"kind": "halve", "due": "2018"},
        "milestones": [{"period": "2016", "value": 600}],
        "observations": [{"period": "2016", "value": 900}, {"period": "2018", "value": 400}],
    }
    assert judge_indicator(indicator(**keys), period("2018"), WITHIN).status == "achieved"
    assert statuses("2018", **keys) == [("not-achieved", 600)]


@pytest.mark.parametrize(
    ("field", "was", "now"), [("", "700", "800"), (".percent", "30", "20"), (".points", "3", "2")]
)
def test_milestones_are_read_as_promised(field: str, was: str, now: str) -> None:
    """Before an entry holds, a milestone has its earlier value, whichever key says it."""
    kind = {"": {"kind": "halve"}, ".percent": {"kind": "halve"}}.get(
        field, {"kind": "reduce-by-points", "points": 9}
    )
    name = field.removeprefix(".") or "value"
    moved = indicator(
        **FROM_1000,
        target={**kind, "due": "2020"},
        milestones=[{"period": "2016/17-Q3", name: now}],
        revisions=[
            {"date": "2018-05-01", "what": f"milestones.2016-Q4{field}", "was": was, "now": now,
             "why": "said in a test"}
        ],
    )  # fmt: skip
    first: Indicator = promised(moved, period("2018-04").end)
    assert getattr(first.milestones[0], name) == Decimal(was)
    assert getattr(promised(moved, period("2018-05").end).milestones[0], name) == Decimal(now)


@given(with_milestones(), years, years)
def test_moving_a_promise_changes_nothing_from_before(
    case: tuple[dict[str, Any], str], year: int, moved_in: int
) -> None:
    """Whatever is promised later, verdicts and milestones of before the move stay as they were."""
    keys = {**case[0], "target": {**case[0]["target"], "due": "2021"}}
    entry = {"date": f"{moved_in}-06-30", "what": "target.due", "was": "2020", "now": "2021",
             "why": "said in a test"}  # fmt: skip
    before, after = indicator(**case[0]), indicator(**keys, revisions=[entry])
    as_of = period(str(year))
    if as_of.end < period(entry["date"]).end:
        then, now = (assess(plan(each), as_of).verdicts[0] for each in (before, after))
        assert then.ruling == now.ruling
        assert then.numbers == now.numbers
        assert [stone.status for stone in then.milestones] == [
            stone.status for stone in now.milestones
        ]


def test_taking_back_every_entry_and_putting_it_back_is_the_same_plan() -> None:
    """The promise of before all entries, moved again entry by entry, is today's."""
    entries = [
        {"date": "2016-05-01", "what": "milestones.2018", "was": "700", "now": "750", "why": "a"},
        {"date": "2017-05-01", "what": "target.due", "was": "2020", "now": "2021", "why": "b"},
        {"date": "2018-05-01", "what": "milestones.2018", "was": "750", "now": "800", "why": "c"},
    ]
    today = indicator(
        **FROM_1000,
        target={"kind": "halve", "due": "2021"},
        milestones=[{"period": "2018", "value": 800}],
        revisions=entries,
    )
    first = promised(today, None)
    assert (first.target.due, first.milestones[0].value) == (period("2020"), Decimal(700))
    again = replace(first, target=today.target, milestones=today.milestones)
    assert again == today
    for when, value, due in (("2015", 700, "2020"), ("2016", 750, "2020"), ("2017", 750, "2021")):
        then = promised(again, period(when).end)
        assert (then.milestones[0].value, then.target.due) == (Decimal(value), period(due))
