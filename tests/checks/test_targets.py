"""What a target needs to be held to, at the edges: dates, bounds, and the way to it."""

from typing import Any

import pytest

from builders import indicator
from diplan.checks.milestones import milestones
from diplan.checks.targets import targets
from diplan.problems import Place

RISE = {"kind": "at-least", "value": 90, "due": "2018"}
FROM_10 = {"period": "2014", "value": 10}


def codes(**keys: Any) -> list[str]:
    """The problems of an indicator's target."""
    place = Place("indicators", 0)
    own = indicator(**keys)
    return [finding.code for finding in (*targets(own, place), *milestones(own, place))]


@pytest.mark.parametrize(
    ("target", "start", "problem"),
    [
        (RISE, "2014", False),
        (RISE, "2018-11", False),
        (RISE, "2018", True),
        (RISE, "2018-12", True),
        (RISE, "2019-01", True),
        ({"kind": "at-least", "value": 90, "note": "no date"}, "2014", False),
        ({"kind": "total-at-least", "value": 90, "from": "2018", "due": "2018"}, "2014", False),
        ({"kind": "total-at-least", "value": 90, "from": "2018-Q4", "due": "2018"}, "2014", True),
        ({"kind": "total-at-least", "value": 90, "from": "2019", "due": "2018"}, "2014", True),
        ({"kind": "total-at-least", "value": 90, "from": "2017", "due": "2018"}, "2019", False),
    ],
)
def test_a_target_is_due_after_its_start(target: Any, start: str, problem: bool) -> None:
    """It is due later than its baseline, or than the first of a total's several periods."""
    found = codes(target=target, baseline={"period": start, "value": 10})

    assert ("target-before-baseline" in found) is problem


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ({"kind": "at-most", "value": 0}, []),
        ({"kind": "at-least", "value": 100}, []),
        ({"kind": "at-least", "value": 101}, ["target-out-of-bounds"]),
        ({"kind": "at-most", "value": -1}, ["target-out-of-bounds"]),
        ({"kind": "reduce-by-points", "points": 10}, []),
        ({"kind": "increase-by-points", "points": 90}, []),
        ({"kind": "increase-by-points", "points": 91}, ["target-out-of-bounds"]),
        ({"kind": "increase-by", "percent": 900}, []),
        ({"kind": "increase-by", "percent": 901}, ["target-out-of-bounds"]),
    ],
)
def test_a_percentage_is_between_0_and_100(target: Any, expected: list[str]) -> None:
    """Both ends are possible targets; only per cent has ends."""
    keys = {"target": {**target, "due": "2018"}, "baseline": FROM_10}

    assert codes(**keys, unit="per cent") == expected
    assert codes(**keys, unit="people") == []


@pytest.mark.parametrize(
    ("stones", "expected"),
    [
        ((("2015", 20), ("2016", 30)), []),
        ((("2016", 30), ("2015", 40)), ["milestone-out-of-place"]),
        ((("2016", 30), ("2016-12", 40)), ["milestone-out-of-place"]),
        ((("2014", 20),), ["milestone-out-of-place"]),
        ((("2014-12-31", 20),), ["milestone-out-of-place"]),
        ((("2015-01-01", 20),), []),
        ((("2018", 20),), ["milestone-out-of-place"]),
        ((("2018-11", 20),), []),
        ((("2015", 10), ("2016", 90)), []),
        ((("2015", 9), ("2016", 91)), ["milestone-off-course"] * 2),
        ((("2015", 20), ("2016", 91)), ["milestone-off-course"]),
        ((("2015", -1), ("2016", 101)), ["milestone-off-course"] * 2),
    ],
)
def test_milestones_lie_on_the_way(stones: Any, expected: list[str]) -> None:
    """In order, after the baseline and before the due date, and from the one value to the other."""
    milestones = [{"period": when, "value": value} for when, value in stones]
    keys = {"unit": "per cent", "baseline": FROM_10, "milestones": milestones}

    assert codes(**keys, target=RISE) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, []), (100, []), (-1, ["milestone-off-course"]), (101, ["milestone-off-course"])],
)
def test_a_milestone_of_a_direction_keeps_to_its_unit(value: int, expected: list[str]) -> None:
    """Where there is no value to reach, any percentage is on the way."""
    milestones = [{"period": "2016", "value": value}]
    keys = {"target": {"kind": "increase", "due": "2018"}, "milestones": milestones}

    assert codes(**keys, unit="per cent") == expected
    assert codes(**keys) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, []), (50, []), (90, []), (91, ["milestone-off-course"]), (-1, ["milestone-off-course"])],
)
def test_a_milestone_of_a_total_is_part_of_it(value: int, expected: list[str]) -> None:
    """A total begins with nothing, whatever the baseline says."""
    target = {"kind": "total-at-least", "value": 90, "from": "2015", "due": "2018"}
    milestones = [{"period": "2016", "value": value}]

    assert codes(target=target, baseline=FROM_10, milestones=milestones) == expected


@pytest.mark.parametrize(
    ("target", "start", "goal", "steady"),
    [
        ("at-least", 10, 90, True),
        ("at-least", 0, 90, False),
        ("at-most", 90, 0, False),
        ("at-least", -10, 90, False),
        ("at-most", -10, -90, True),
        ("at-least", "0.5", "0.9", True),
        ("at-least", "-0.5", "0.9", False),
    ],
)
def test_compound_growth_keeps_its_sign(target: str, start: Any, goal: Any, steady: bool) -> None:
    """It leads neither from nothing, nor to it, nor across it."""
    found = codes(
        target={"kind": target, "value": goal, "due": "2018", "path": "geometric"},
        baseline={"period": "2014", "value": start},
    )

    assert found == ([] if steady else ["path-not-geometric"])


@pytest.mark.parametrize(
    ("target", "baseline", "expected"),
    [
        ({"kind": "halve"}, None, ["relative-without-baseline"]),
        ({"kind": "halve"}, {"missing": "not-applicable"}, ["relative-without-baseline"]),
        ({"kind": "halve"}, {"missing": "to-be-confirmed"}, []),
        ({"kind": "halve"}, {"value": 10}, ["baseline-without-period"]),
        ({"kind": "halve"}, {"period": "2014", "value": 0}, ["zero-baseline"]),
        ({"kind": "reduce-by-points", "points": 5}, {"period": "2014", "value": 0}, []),
        ({"kind": "at-least", "value": 5}, {"period": "2014", "value": 0}, []),
        ({"kind": "at-least", "value": 5}, None, []),
        ({"kind": "at-least", "value": 5}, {"value": 0}, ["baseline-without-period"]),
        ({"kind": "increase"}, {"value": 0}, []),
        ({"kind": "total-at-least", "value": 5, "from": "2015"}, {"value": 0}, []),
    ],
)
def test_what_a_promise_refers_to(target: Any, baseline: Any, expected: list[str]) -> None:
    """A share of the baseline needs one with a date; more than before needs no date."""
    assert codes(target={**target, "due": "2018"}, baseline=baseline) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ({"kind": "at-least", "value": 5}, ["target-without-date"]),
        ({"kind": "at-least", "value": 5, "note": "the plan gives none"}, []),
        ({"kind": "increase"}, []),
        ({"kind": "to-be-confirmed"}, []),
        ({"kind": "none"}, []),
    ],
)
def test_what_needs_a_date(target: Any, expected: list[str]) -> None:
    """A level needs a date, or a reason why it has none; a direction needs neither."""
    assert codes(target=target, baseline=FROM_10) == expected


def test_all_and_priority() -> None:
    """'All' is of per cent, and only an indicator without a target has no priority."""
    assert codes(target={"kind": "all", "due": "2018"}) == ["unit-not-per-cent"]
    assert codes(target={"kind": "all", "due": "2018"}, unit="per cent") == []
    assert codes(target=RISE, priority=None) == ["missing-key"]
    assert codes(target={"kind": "none"}, priority=None) == []


@pytest.mark.parametrize(("start", "expected"), [("12.5", []), ("12.6", ["target-out-of-bounds"])])
def test_growth_a_year_is_counted_in_years(start: str, expected: list[str]) -> None:
    """12.5 per cent, doubled in each of three years, is 100, and 12.6 is more."""
    target = {"kind": "yearly-growth", "percent": 100, "due": "2017"}
    baseline = {"period": "2014", "value": start}

    assert codes(target=target, baseline=baseline, unit="per cent") == expected


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ({"kind": "increase-by", "percent": 901}, "(`increase-by-points`)?"),
        ({"kind": "increase-by-points", "points": 91}, "correct the value, or the unit"),
    ],
)
def test_per_cent_is_easily_taken_for_points(target: dict[str, Any], hint: str) -> None:
    """A share of the baseline beyond 100 may have been meant as points; points were not."""
    keys = {"target": {**target, "due": "2018"}, "baseline": FROM_10, "unit": "per cent"}
    (found,) = targets(indicator(**keys), Place("indicators", 0))

    assert found.hint.endswith(hint)


@pytest.mark.parametrize(
    ("baseline", "message", "hint"),
    [
        (None, "there is none", "or with `missing: to-be-confirmed`"),
        ({"missing": "not-applicable"}, "so nobody can ever judge it", "as a level: `at-least`"),
    ],
)
def test_a_baseline_that_can_never_come(baseline: Any, message: str, hint: str) -> None:
    """One that is missing can be added; one that is not applicable asks for another target."""
    own = indicator(target={"kind": "halve", "due": "2018"}, baseline=baseline)
    (found,) = targets(own, Place("indicators", 0))

    assert found.message.endswith(message)
    assert found.hint.endswith(hint)


@pytest.mark.parametrize("kind", ["halve", "reduce-by", "increase-by-points"])
def test_a_share_of_what_is_not_applicable_can_never_be_judged(kind: str) -> None:
    """It is an error that says so, and what to write in its place."""
    amount = {"reduce-by": {"percent": "10"}, "increase-by-points": {"points": "10"}}.get(kind, {})
    promised = indicator(
        baseline={"missing": "not-applicable"}, target={"kind": kind, "due": "2020", **amount}
    )
    (finding,) = targets(promised, Place("indicators", 0))
    assert finding.code == "relative-without-baseline"
    assert "nobody can ever judge it" in finding.message
    assert "at-least" in finding.hint
