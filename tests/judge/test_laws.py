"""Laws that every verdict keeps, whatever the figures."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from builders import judged

RANK = {"achieved": 3, "on-track": 2, "slipped": 1, "not-achieved": 0}

MIRROR = {
    "at-least": "at-most",
    "at-most": "at-least",
    "more-than": "fewer-than",
    "fewer-than": "more-than",
    "increase": "reduce",
    "reduce": "increase",
    "increase-by-points": "reduce-by-points",
    "reduce-by-points": "increase-by-points",
}

amounts = st.decimals(-1000, 1000, places=1, allow_nan=False)
years = st.integers(2015, 2022)


@st.composite
def cases(draw: st.DrawFn, kinds: tuple[str, ...] = tuple(MIRROR)) -> dict[str, Any]:
    """An indicator with a baseline of 2014, a target due by 2020, and some figures."""
    kind = draw(st.sampled_from(kinds))
    target: dict[str, Any] = {"kind": kind, "due": "2020"}
    if kind in ("at-least", "at-most", "more-than", "fewer-than"):
        target["value"] = draw(amounts)
    elif kind.endswith("points"):
        target["points"] = draw(st.decimals("0.1", 500, places=1))
    elif kind.endswith("-by"):
        target["percent"] = draw(st.decimals("0.1", 90, places=1))
    seen = draw(st.dictionaries(years, amounts, max_size=4))
    return {
        "target": target,
        "baseline": {"period": "2014", "value": draw(amounts)},
        "observations": [{"period": str(year), "value": seen[year]} for year in sorted(seen)],
    }


def negated(case: dict[str, Any]) -> dict[str, Any]:
    """The same case, upside down."""
    target = dict(case["target"], kind=MIRROR[case["target"]["kind"]])
    if "value" in target:
        target["value"] = -target["value"]
    return {
        "target": target,
        "baseline": dict(case["baseline"], value=-case["baseline"]["value"]),
        "observations": [dict(one, value=-one["value"]) for one in case["observations"]],
    }


@given(cases(), years)
def test_negating_everything_changes_no_verdict(case: dict[str, Any], year: int) -> None:
    """All values and the direction turned round give the same status, severity and flags."""
    one, other = judged(str(year), **case), judged(str(year), **negated(case))

    assert one.ruling == other.ruling
    assert set(one.flags) - {"path-sensitive"} == set(other.flags) - {"path-sensitive"}
    assert one.numbers.fraction == other.numbers.fraction


@given(cases((*MIRROR, "halve", "reduce-by", "increase-by")), years, st.decimals(0, 300, places=1))
def test_a_better_value_never_gives_a_worse_status(
    case: dict[str, Any], year: int, by: Decimal
) -> None:
    """Improving the figure that is judged keeps or lifts the status."""
    before = judged(str(year), **case)
    if before.evidence is None or not before.assessed:
        return
    own = before.evidence.observations[-1].period.text
    step = by if before.indicator.target.rising else -by
    better = [
        dict(one, value=one["value"] + step) if one["period"] == own else one
        for one in case["observations"]
    ]
    after = judged(str(year), **{**case, "observations": better})

    assert RANK[after.status] >= RANK[before.status]


@given(cases(), st.integers(2015, 2019), amounts)
def test_later_data_changes_no_earlier_verdict(
    case: dict[str, Any], year: int, value: Decimal
) -> None:
    """A figure for a period after the as-of leaves the verdict as it was."""
    later = {"period": str(year + 1), "value": value}
    others = [one for one in case["observations"] if one["period"] != later["period"]]
    before = judged(str(year), **{**case, "observations": others})
    after = judged(str(year), **{**case, "observations": [*others, later]})

    assert before.ruling == after.ruling
    assert before.numbers == after.numbers


@given(cases(), years)
def test_the_verdict_is_one_of_those_possible(case: dict[str, Any], year: int) -> None:
    """Widening every figure keeps the middle verdict among the possible ones."""
    wide = [dict(one, approximate=True) for one in case["observations"]]
    exact = judged(str(year), **case)
    found = judged(str(year), **{**case, "observations": wide})

    assert exact.certain
    assert found.status == exact.status
    assert found.status in found.possible
