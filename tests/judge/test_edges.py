"""The edges of the rules: where a band, a year, a series or a total begins and ends."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter

from builders import action, indicator, judged, plan
from diplan.ground.figure import Interval
from diplan.ground.period import period
from diplan.judge import assess
from diplan.judge.evidence import held
from diplan.judge.rules import Setting, Waypoint, pace_of
from diplan.plan.target import AnyTarget

RISE = {
    "target": {"kind": "at-least", "value": 1100, "due": "2018"},
    "baseline": {"period": "2014", "value": 100},
}
"""1,000 more in four years: half-way through, the path has come 500 of them."""

LEVEL = {"kind": "at-least", "value": 50, "due": "2020"}

TOTAL = {"kind": "total-at-least", "value": 90, "from": "2016", "due": "2018"}


def seen(*figures: tuple[str, Any], broken: str = "") -> list[dict[str, Any]]:
    """Observations; a new series begins with the figure of *broken*."""
    return [
        {"period": when, "value": value, **({"marks": ["break"]} if when == broken else {})}
        for when, value in figures
    ]


def setting(start: int | None, time: int, end: int | None, *stones: tuple[int, int]) -> Setting:
    """The times of a judgement on a level, in months."""
    target: Any = TypeAdapter(AnyTarget).validate_python(LEVEL)
    ends = [None if one is None else Fraction(one) for one in (start, time, end)]
    milestones = [Waypoint(Fraction(when), Fraction(value)) for when, value in stones]
    return Setting(target, ends[0], Fraction(time), ends[2], due=False, milestones=milestones)


@pytest.mark.parametrize(
    ("value", "status", "severity"),
    [
        ("575", "on-track", None),
        ("574.99", "slipped", "behind"),
        ("400", "slipped", "behind"),
        ("399.99", "slipped", "well-behind"),
        ("100", "slipped", "well-behind"),
        ("99.99", "slipped", "moving-away"),
    ],
)
def test_the_lower_end_of_a_band_belongs_to_it(value: str, status: str, severity: str) -> None:
    """Of 500 expected, 475 are on track, 300 only behind, 0 well behind, and less moves away."""
    found = judged("2016", **RISE, observations=[{"period": "2016", "value": Decimal(value)}])

    assert (found.status, found.ruling.severity) == (status, severity)


@pytest.mark.parametrize(
    ("start", "time", "end", "elapsed"),
    [(0, 0, 48, 0), (0, 24, 48, Fraction(1, 2)), (0, 48, 48, 1), (0, 60, 48, 1), (12, 0, 48, 0),
     (48, 48, 48, 1), (48, 24, 24, 1), (None, 24, 48, None), (0, 24, None, None)],
)  # fmt: skip
def test_the_share_of_time_is_from_none_to_all(
    start: int | None, time: int, end: int | None, elapsed: Fraction | None
) -> None:
    """It never goes below 0 or above 1, and where there is no time at all, all of it has passed."""
    assert setting(start, time, end).elapsed == elapsed


@pytest.mark.parametrize(
    ("low", "high", "half"),
    [(25, 100, 50), (-100, -25, -50), (0, 100, 50), (100, 0, 50), ("-0.5", "0.5", 0),
     ("0.25", "1", "0.5")],
)  # fmt: skip
def test_a_compound_path_needs_both_ends_of_one_sign(low: Any, high: Any, half: Any) -> None:
    """Half-way from 25 to 100 is 50 where growth compounds; from 0, or across it, it cannot."""
    path = setting(0, 24, 48).expected(Fraction(low), Fraction(high), geometric=True)

    assert path == Fraction(half)


def test_the_path_begins_at_the_baseline_and_ends_at_the_target() -> None:
    """Milestones as early as the baseline, or as late as the target, do not bend it."""
    stones = (0, 90), (48, 7)
    values = [
        setting(0, time, 48, *stones).expected(Fraction(10), Fraction(50), geometric=False)
        for time in (0, 24, 48)
    ]

    assert values == [10, 30, 50]


def test_where_there_is_no_time_the_path_is_at_its_end() -> None:
    """A target due when the baseline was taken expects all of it at once."""
    assert setting(48, 48, 48).expected(Fraction(10), Fraction(50), geometric=False) == 50


@pytest.mark.parametrize(
    ("expected", "pace"),
    [("0.5", "0.5"), ("1", "0.25"), ("0", None), ("-0.5", None)],
)
def test_pace_needs_a_path_that_has_left_for_the_target(expected: str, pace: str | None) -> None:
    """From 0 to 1, a quarter is half of the half expected; a level path gives no pace."""
    quarter = pace_of(Fraction(0), Fraction("0.25"), Fraction(1), Fraction(expected))

    assert quarter == (None if pace is None else Fraction(pace))
    assert pace_of(Fraction(1), Fraction(2), Fraction(1), Fraction(2)) is None  # no way to go


def test_a_figure_on_a_level_path_is_held_to_it() -> None:
    """Where the path stands still at first, standing still is on track and falling moves away."""
    stones = [{"period": "2016", "value": 100}]
    still, less = (
        judged("2016", **RISE, milestones=stones, observations=seen(("2016", value)))
        for value in (100, 99)
    )

    assert still.status == "on-track"
    assert (less.status, less.ruling.severity) == ("slipped", "moving-away")


@pytest.mark.parametrize(
    ("figures", "evidence"),
    [
        ((("2017", 1), ("2018", 2), ("2019-03", 3)), "2018"),
        ((("2018-06", 1), ("2018-12", 2)), "2018-12"),
        ((("2016", 1), ("2017", 2), ("2019-03", 3), ("2019-06", 4)), "2019-03"),
        ((("2016", 1), ("2017", 2), ("2019-12", 3)), "2019-12"),
        ((("2016", 1), ("2017", 2), ("2020-01", 3)), "2017"),
        ((("2020-01", 3),), None),
        ((("2014", 1),), None),
        ((("2014-12-31", 1), ("2015-01-01", 2)), "2015-01-01"),
    ],
)
def test_the_figure_judged(figures: tuple[tuple[str, float], ...], evidence: str | None) -> None:
    """The one at the due date; else the first of the twelve months after; else the last before.

    None is as old as the baseline.
    """
    found = judged("2021", **RISE, observations=seen(*figures))

    assert (found.evidence.period.text if found.evidence else None) == evidence


def test_without_a_date_the_latest_figure_is_judged() -> None:
    """A target that is due at no time is held against what is known last."""
    keys = {**RISE, "target": {"kind": "at-least", "value": 50}}
    found = judged("2018", **keys, observations=seen(("2015", 40), ("2016", 60), ("2017", 45)))

    assert found.evidence is not None
    assert found.evidence.period.text == "2017"


@pytest.mark.parametrize(
    ("broken", "reason"),
    [("2016", None), ("2017", "series-break"), ("2018", "series-break"), ("2019", None)],
)
def test_a_total_spans_no_break(broken: str, reason: str | None) -> None:
    """A series may begin anew with a total's first figure, or after its last; not in between."""
    figures = ("2016", 30), ("2017", 30), ("2018", 20), ("2019", 30)
    found = judged("2019", target=TOTAL, observations=seen(*figures, broken=broken))

    assert found.ruling.reason == reason


@pytest.mark.parametrize(
    ("figures", "incomplete"),
    [
        ((("2016", 30), ("2017", 30)), False),
        ((("2016", 30), ("2017-Q1", 5), ("2017-Q2", 5)), False),
        ((("2017", 30),), True),
        ((("2016", 30), ("2018", 30)), True),
        ((("2016", 30), ("2017-Q2", 5)), True),
    ],
)
def test_a_total_lacks_what_lies_before_its_last_figure(
    figures: tuple[tuple[str, float], ...], incomplete: bool
) -> None:
    """A hole before the latest figure is missing; what comes after it is not reported yet."""
    found = judged("2018", target=TOTAL, observations=seen(*figures))

    assert ("incomplete-periods" in found.flags) is incomplete


def test_a_total_ends_with_its_due_date() -> None:
    """The last period counts and the one after it does not; without a date, all count."""
    figures = seen(("2015", 1), ("2016", 10), ("2017", 20), ("2018", 30), ("2019", 40))
    dated = judged("2019", target=TOTAL, observations=figures)
    undated = judged("2019", target={**TOTAL, "due": None}, observations=figures)

    assert dated.evidence is not None
    assert dated.evidence.figure.middle == 60
    assert undated.evidence is not None
    assert undated.evidence.figure.middle == 100


def test_a_running_total_takes_the_last_of_many() -> None:
    """Of three figures that each say how many so far, the last one is the total."""
    figures = seen(("2016", 10), ("2017", 20), ("2018", 35))
    found = judged("2018", target={**TOTAL, "running": True}, observations=figures)

    assert found.evidence is not None
    assert found.evidence.period.text == "2018"
    assert found.evidence.figure.middle == 35


@pytest.mark.parametrize(
    ("broken", "stand_in"),
    [("", "2014"), ("2014", "2014"), ("2016", "2016"), ("2018", None), ("2019", "2014")],
)
def test_a_stand_in_is_of_the_same_series(broken: str, stand_in: str | None) -> None:
    """Where there is no baseline, the first figure since the last break stands in for one."""
    figures = ("2014", 40), ("2016", 20), ("2018", 30), ("2019", 45)
    found = judged("2018", target=LEVEL, observations=seen(*figures, broken=broken))

    assert (found.stand_in.text if found.stand_in else None) == stand_in
    assert "previously-met" not in found.flags


@pytest.mark.parametrize(
    ("low", "high", "kept"),
    [(None, 30, (0, 30)), (70, None, (70, 100)), (90, 110, (90, 100)), (-5, 5, (0, 5)),
     (40, 60, (40, 60)), (None, None, (0, 100))],
)  # fmt: skip
def test_no_percentage_is_beyond_100(
    low: int | None, high: int | None, kept: tuple[int, int]
) -> None:
    """'Over 70' per cent is 70 to 100, and 'under 30' is 0 to 30."""
    ends = [None if end is None else Fraction(end) for end in (low, high)]
    figure = Interval(ends[0], Fraction(50), ends[1])

    found = held(figure, (Fraction(0), Fraction(100)))
    assert (found.low, found.high) == tuple(map(Fraction, kept))
    assert held(figure, None) == figure


def test_a_moment_counts_what_ends_with_it() -> None:
    """An update or an end of June counts as of June, and one of July does not."""
    updates = [
        {"date": "2017-05", "grade": "Fully Achieved"},
        {"date": "2017-06", "grade": "Slipped"},
    ]
    actions = (
        action(id="slipped", due="2017-03", updates=updates),
        action(id="ended", due="2017-03", ended={"date": "2017-06", "why": "withdrawn"}),
    )

    def standings(as_of: str) -> list[tuple[str, bool, bool]]:
        found = assess(plan(actions=actions), period(as_of))
        return [(one.grade, one.ended, one.overdue) for one in found.standings]

    assert standings("2017-06") == [("Slipped", False, True), ("not-graded", True, False)]
    assert standings("2017-05") == [("Fully Achieved", False, False), ("not-graded", False, True)]


TBC = {"missing": "to-be-confirmed"}

PROMISES: list[dict[str, Any]] = [
    {"kind": "halve"},
    {"kind": "reduce-by", "percent": 20},
    {"kind": "increase-by", "percent": 20},
    {"kind": "reduce-by-points", "points": 5},
    {"kind": "increase-by-points", "points": 5},
    {"kind": "yearly-growth", "percent": 10},
    {"kind": "at-least", "value": 90},
    {"kind": "at-most", "value": 5},
    {"kind": "all"},
]


@pytest.mark.parametrize(
    ("promise", "value", "formula"),
    [
        (PROMISES[0], 40, "B / 2 = 80 / 2"),
        (PROMISES[1], 64, "B (1 − p / 100) = 80 × (1 − 20 / 100)"),
        (PROMISES[2], 96, "B (1 + p / 100) = 80 × (1 + 20 / 100)"),
        (PROMISES[3], 75, "B − p = 80 − 5"),
        (PROMISES[4], 85, "B + p = 80 + 5"),
        (PROMISES[5], Fraction("96.8"), "B (1 + p / 100)^years = 80 × (1 + 10 / 100)^years"),
    ],
)
def test_what_a_change_from_80_comes_to(
    promise: dict[str, Any], value: Fraction, formula: str
) -> None:
    """In two years, as it is worked out and as people are told."""
    target: Any = TypeAdapter(AnyTarget).validate_python({**promise, "due": "2018"})

    assert target.value_from(Fraction(80), Fraction(2)) == value
    assert target.formula("80") == formula
    assert target.value_from(None, Fraction(2)) is None


@pytest.mark.parametrize("baseline", [TBC, {**TBC, "period": "2014"}])
@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise["kind"])
def test_only_a_level_may_do_without_a_baseline(
    promise: dict[str, Any], baseline: dict[str, str]
) -> None:
    """An early figure stands in for the baseline of a level, and for no other one."""
    keys = {"unit": "per cent", "baseline": baseline, "target": {**promise, "due": "2020"}}
    found = judged("2018", **keys, observations=seen(("2015", 40), ("2018", 45)))
    silent = judged("2018", **keys)

    if promise["kind"] in ("at-least", "at-most", "all"):
        assert (found.stand_in, found.status) == (period("2015"), "slipped")
        assert silent.ruling.reason == "no-observations"
    else:
        assert (found.stand_in, found.ruling.reason) == (None, "baseline-missing")
        assert silent.ruling.reason == "baseline-missing"


@pytest.mark.parametrize("promise", PROMISES[:6], ids=lambda promise: promise["kind"])
def test_a_share_of_nothing_is_no_promise(promise: dict[str, Any]) -> None:
    """Of a baseline of 0 only points can be taken or added."""
    keys = {"target": {**promise, "due": "2020"}, "baseline": {"period": "2014", "value": 0}}
    reason = None if "points" in promise else "baseline-zero"

    assert judged("2018", **keys, observations=seen(("2018", 1))).ruling.reason == reason


def test_growth_a_year_is_expected_to_compound() -> None:
    """Of 10 per cent a year, 110 are expected after one, and not the half of the way to 121."""
    keys = {"target": {**PROMISES[5], "due": "2016"}, "baseline": {"period": "2014", "value": 100}}

    assert judged("2015", **keys, observations=seen(("2015", 105))).numbers.expected == 110


def test_growth_a_year_needs_a_date() -> None:
    """Without a date nobody knows for how many years."""
    keys = {"target": PROMISES[5], "baseline": {"period": "2014", "value": 10}}

    assert judged("2018", **keys, observations=seen(("2018", 99))).ruling.reason == "no-due-date"


@pytest.mark.parametrize(
    ("kind", "met"),
    [
        ("at-least", (False, True, True)),
        ("more-than", (False, False, True)),
        ("at-most", (True, True, False)),
        ("fewer-than", (True, False, False)),
    ],
)
def test_a_limit_is_met_on_it_or_beyond_it(kind: str, met: tuple[bool, ...]) -> None:
    """99.6, 100 and 100.1 against 100: 'more than' and 'fewer than' leave the limit out."""
    target: Any = TypeAdapter(AnyTarget).validate_python({"kind": kind, "value": 100})
    values = [Fraction(text) for text in ("99.6", "100", "100.1")]

    assert tuple(target.met(value, Fraction(100)) for value in values) == met


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("increase", [("on-track", None), ("slipped", "no-change"), ("slipped", "moving-away")]),
        ("reduce", [("slipped", "moving-away"), ("slipped", "no-change"), ("on-track", None)]),
    ],
)
def test_a_direction_is_left_by_standing_still(kind: str, said: list[tuple[str, str]]) -> None:
    """More, as many and fewer than the baseline; at the date only the right way is achieved."""
    keys = {"target": {"kind": kind, "due": "2020"}, "baseline": {"period": "2014", "value": 10}}
    found = [judged("2018", **keys, observations=seen(("2018", value))) for value in (11, 10, 9)]
    due = [judged("2020", **keys, observations=seen(("2020", value))) for value in (11, 10, 9)]

    assert [(one.status, one.ruling.severity) for one in found] == said
    assert [one.status for one in due] == [
        "achieved" if status == "on-track" else "not-achieved" for status, _ in said
    ]


def test_all_is_100_per_cent() -> None:
    """99.6 is not all."""
    keys = {"unit": "per cent", "target": {"kind": "all", "due": "2018"}}
    found = [
        judged("2018", **keys, observations=seen(("2018", one))) for one in (Decimal("99.6"), 100)
    ]

    assert [one.status for one in found] == ["not-achieved", "achieved"]
    assert found[0].target_value == 100


def test_parts_of_a_plan() -> None:
    """A priority, a service or some statuses make a part; only all of it is whole."""
    good = indicator(id="good", lead=["libraries"], **RISE, observations=seen(("2016", 900)))
    bad = indicator(id="bad", lead=["housing"], **RISE, observations=seen(("2016", 100)))
    context = indicator(id="context", priority="second", target={"kind": "none"})
    actions = (
        action(id="done", due="2018", lead=["libraries"]),
        action(id="open", due="2018", priority="second"),
    )
    whole = assess(plan(good, bad, context, actions=actions), period("2016"))

    def ids(**keys: Any) -> tuple[list[str], list[str]]:
        part = whole.only(**keys)
        assert part.whole is (not keys)
        return (
            [found.indicator.id for found in part.verdicts],
            [found.action.id for found in part.standings],
        )

    assert ids() == (["good", "bad", "context"], ["done", "open"])
    assert ids(priority="first") == (["good", "bad"], ["done"])
    assert ids(lead="libraries") == (["good"], ["done"])
    assert ids(priority="second", lead="libraries") == ([], [])
    assert ids(statuses=[bad_status := whole.verdict["bad"].status]) == (["bad"], [])
    assert bad_status == "slipped"
    assert not whole.where(lambda found: found.action.id == "done").whole
    assert [found.indicator.id for found in whole.targeted] == ["good", "bad"]
    assert [found.indicator.id for found in whole.context] == ["context"]
    assert whole.assessed == 2
    assert whole.statuses() == {
        "achieved": 0, "on-track": 1, "slipped": 1, "not-achieved": 0, "no-data": 0
    }  # fmt: skip


def test_a_moved_target_is_told_where_it_changes_the_verdict() -> None:
    """The original target is told where it was moved, and gives another verdict."""

    def moved(was: str) -> list[bool]:
        entry = {
            "date": "2015-06-01",
            "what": "target.value",
            "was": was,
            "now": "1100",
            "why": "w",
        }
        one = indicator(id="moved", **RISE, revisions=[entry], observations=seen(("2016", 575)))
        two = indicator(id="still", **RISE, observations=seen(("2016", 575)))
        found = assess(plan(one, two), period("2016"))
        assert [len(verdict.moved) for verdict in found.verdicts] == [1, 0]
        return [found.originally(verdict) is not None for verdict in found.verdicts]

    assert moved("2100") == [True, False]
    assert moved("1090") == [False, False]


def test_a_moved_action_tells_of_it() -> None:
    """Every entry on its date is told, with whether it holds yet; another action has none."""
    entry = {
        "date": "2017-06",
        "what": "due",
        "was": "2017",
        "now": "2018",
        "why": "said in a test",
    }
    actions = action(id="moved", due="2018", revisions=[entry]), action(id="still", due="2018")

    def moves(as_of: str) -> list[list[bool]]:
        found = assess(plan(actions=actions), period(as_of))
        return [[move.in_force for move in one.moved] for one in found.standings]

    assert moves("2017-05") == [[False], []]
    assert moves("2017-06") == [[True], []]


def test_evidence_conflicts_only_with_what_it_is_named_with() -> None:
    """A third indicator whose verdict differs, and which nobody named, contradicts nothing."""
    good, other, third = (
        indicator(id=name, **RISE, observations=seen(("2016", value)), cross_check=names)
        for name, value, names in (("a", 900, ["b"]), ("b", 100, []), ("c", 100, []))
    )
    found = assess(plan(good, other, third), period("2016"))

    assert [verdict.flags for verdict in found.verdicts] == [
        ("evidence-conflicts",), ("evidence-conflicts",), ()
    ]  # fmt: skip
    assert [conflict.indicator.id for conflict in found.conflicts(found.verdicts[0])] == ["b"]
    assert [conflict.indicator.id for conflict in found.conflicts(found.verdicts[1])] == ["a"]
    assert found.conflicts(found.verdicts[2]) == []


def test_a_series_may_begin_with_its_baseline() -> None:
    """A break at the baseline's own period lies before everything that is compared."""
    figures = seen(("2014", 100), ("2016", 900), broken="2014")

    assert judged("2016", **RISE, observations=figures).status == "on-track"


def test_a_figure_of_the_baseline_was_not_met_before() -> None:
    """'Previously met' is said of figures after the baseline, and older than the one judged."""

    def flagged(*figures: tuple[str, float]) -> bool:
        return "previously-met" in judged("2018-11", **RISE, observations=seen(*figures)).flags

    assert flagged(("2015", 1200), ("2016", 300))
    assert flagged(("2015", 1100), ("2016", 300))
    assert not flagged(("2014", 1200), ("2016", 300))
    assert not flagged(("2013", 1200), ("2016", 300))
    assert not flagged(("2016", 1200), ("2016-12", 300))


@pytest.mark.parametrize(
    ("kind", "limit", "start", "status"),
    [("at-most", 0, 40, "on-track"), ("at-least", 100, 1, "on-track"),
     ("at-most", -1, 40, "no-data"), ("at-least", 101, 1, "no-data")],
)  # fmt: skip
def test_none_and_all_are_within_bounds(kind: str, limit: int, start: int, status: str) -> None:
    """0 and 100 per cent are possible targets, and what lies beyond them is not."""
    keys = {
        "unit": "per cent",
        "target": {"kind": kind, "value": limit, "due": "2018"},
        "baseline": {"period": "2014", "value": start},
    }
    figure = {"period": "2016", "value": 20 if start == 40 else 60, "approximate": True}
    found = judged("2016", **keys, observations=[figure])

    assert found.status == status
    assert (found.ruling.reason == "target-out-of-bounds") is (status == "no-data")
    assert ("no-data" in found.possible) is (status == "no-data")


def test_no_compound_growth_leads_from_nothing() -> None:
    """From 0 there is one path, whatever its later stretches could be."""
    keys = {
        "target": {"kind": "at-least", "value": 100, "due": "2020"},
        "milestones": [{"period": "2016", "value": 10}],
        "observations": seen(("2018", 40)),
    }

    def sensitive(start: str) -> bool:
        found = judged("2018", **keys, baseline={"period": "2014", "value": Decimal(start)})
        assert found.numbers.expected == 55
        return "path-sensitive" in found.flags

    assert [sensitive(start) for start in ("1", "0.001", "0", "-0.001")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("as_of", "taken", "flags"),
    [
        ("2017", "2017", ("early",)),
        ("2018", "2017", ("measured-before-due",)),
        ("2018", "2018", ()),
        ("2019", "2019-01", ("late-evidence",)),
    ],
)
def test_when_it_was_achieved(as_of: str, taken: str, flags: tuple[str, ...]) -> None:
    """Before the date, by a figure from before it, at it, and by one from after it."""
    found = judged(as_of, **RISE, observations=seen((taken, 1100)))

    assert (found.status, found.flags) == ("achieved", flags)


@pytest.mark.parametrize(
    ("end", "said", "kind", "limit", "possible"),
    [
        ("low", 1, "at-least", 1_000_000, ("achieved", "not-achieved")),
        ("low", 0, "at-least", 5, ("achieved", "not-achieved")),
        ("low", 2_000_000_000, "at-least", 3_000_000_000, ("achieved", "not-achieved")),
        ("low", 70, "at-least", 60, ("achieved",)),
        ("high", 70, "at-least", 60, ("achieved", "not-achieved")),
        ("high", 70, "at-most", 80, ("achieved",)),
        ("high", 1, "at-most", -1_000_000, ("achieved", "not-achieved")),
    ],
)
def test_an_open_end_reaches_everything(
    end: str, said: int, kind: str, limit: int, possible: tuple[str, ...]
) -> None:
    """'Over 1' may be a million, and 'under 70' may be below 60."""
    figure = {"period": "2018", end: said}
    target = {"kind": kind, "value": limit, "due": "2018"}
    found = judged("2018", target=target, observations=[figure])

    assert found.possible == possible
    assert found.certain is (len(possible) == 1)


def test_everything_that_can_be_worked_out() -> None:
    """400 of 1,000 in half of four years: 600 are left, 300 a year, and 0.4 years are lost."""
    numbers = judged("2016", **RISE, observations=seen(("2016", 500))).numbers

    worked = ["400", "2/5", "1/2", "600", "4/5", "900", "600", "2/5", "300"]
    assert numbers == tuple(map(Fraction, worked))
    soon = judged("2018-06", **RISE, observations=seen(("2018-06", 500))).numbers
    assert soon.rate_needed == 1200
    due = judged("2018", **RISE, observations=seen(("2018", 500))).numbers
    assert due.gap == 600
    assert due.rate_needed is None
    alone = judged("2016", **{**RISE, "baseline": None}, observations=seen(("2016", 500))).numbers
    assert alone.change is None
    assert (alone.gap, alone.rate_needed) == (Fraction(600), Fraction(300))


def test_a_baseline_without_a_date() -> None:
    """It is enough to say whether there are more, and not for how fast they become more."""
    undated = {"value": 100}
    more = {"kind": "increase", "due": "2018"}
    figures = seen(("2016", 900))

    assert judged("2016", target=more, baseline=undated, observations=figures).status == "on-track"
    keys = {**RISE, "baseline": undated}
    assert judged("2016", **keys, observations=figures).ruling.reason == "baseline-missing"
    assert judged("2016", target=more, observations=figures).ruling.reason == "baseline-missing"


@pytest.mark.parametrize(
    ("target", "figures", "as_of", "reason"),
    [
        (RISE["target"], (), "2016", "no-observations"),
        (RISE["target"], (), "2018", "no-observations"),
        (RISE["target"], (("2013", 1),), "2016", "no-observation-after-baseline"),
        (RISE["target"], (("2013", 1),), "2018", "outcome-not-measured"),
        (RISE["target"], (("2016", 1),), "2018", "outcome-not-measured"),
        (TOTAL, (("2013", 1),), "2016", "no-observations"),
        (TOTAL, (("2013", 1),), "2018", "outcome-not-measured"),
        ({"kind": "none"}, (("2016", 1),), "2016", "no-target"),
        ({"kind": "to-be-confirmed"}, (), "2016", "target-missing"),
        ({"kind": "to-be-confirmed"}, (("2016", 1),), "2016", "target-missing"),
    ],
)
def test_why_there_is_no_verdict(
    target: Any, figures: tuple[tuple[str, float], ...], as_of: str, reason: str
) -> None:
    """Nothing was measured, or not in time; or nothing is promised."""
    keys = {**RISE, "target": target}

    assert judged(as_of, **keys, observations=seen(*figures)).ruling.reason == reason


def test_a_figure_from_before_an_unknown_baseline_met_nothing() -> None:
    """The period of a baseline counts, whatever its number: the target was not met before."""
    unknown = {"period": "2016", "missing": "to-be-confirmed"}
    figures = seen(("2015", 90), ("2018", 40))
    assert not judged("2020", target=LEVEL, baseline=unknown, observations=figures).flags
    after = seen(("2017", 90), ("2018", 40))
    flags = judged("2020", target=LEVEL, baseline=unknown, observations=after).flags
    assert flags == ("previously-met",)
