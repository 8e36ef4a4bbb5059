"""The promise in force: what a plan had promised at a moment, whatever was written since."""

import json
from decimal import Decimal
from typing import Any

import pytest

from builders import action, indicator, plan
from conftest import Diplan
from diplan.checks.promises import promises, updates_to_come
from diplan.ground.period import period
from diplan.judge import assess
from diplan.judge.backdating import past_verdicts
from diplan.plan.pairing import written
from diplan.plan.promise import broken_at, in_force, moves, original, promised, same_text
from diplan.problems import Place
from scratch import Scratch


def entry(date: str, what: str, was: str | None, now: str | None, **more: Any) -> dict[str, Any]:
    """An entry of the ledger."""
    given = {"date": date, "what": what, "was": was, "now": now, "why": "said in a test", **more}
    return {key: value for key, value in given.items() if value is not None}


def made(*revisions: dict[str, Any], **keys: Any) -> Any:
    """An indicator that halves 1,000 by 2022, with entries under revisions."""
    whole = {
        "baseline": {"period": "2014", "value": "1000"},
        "target": {"kind": "halve", "due": "2022"},
        "revisions": list(revisions),
    }
    return indicator(**(whole | keys))


def at(entity: Any, when: str) -> Any:
    """It as it was promised at the end of a period."""
    return promised(entity, period(when).end)


MOVED = entry("2018-11-05", "target.due", "2020", "2022")


@pytest.mark.parametrize(
    ("when", "due"),
    [("2018-11-04", "2020"), ("2018-11-05", "2022"), ("2018-10", "2020"), ("2018-11", "2022")],
)
def test_a_promise_is_read_as_it_stood(when: str, due: str) -> None:
    """An entry holds from the end of its date, and not before."""
    assert at(made(MOVED), when).target.due.text == due


def test_an_entry_dated_by_its_month_holds_from_the_months_end() -> None:
    """In the middle of that month the old promise stands."""
    moved = made(entry("2018-11", "target.due", "2020", "2022"))
    assert at(moved, "2018-11-29").target.due.text == "2020"
    assert at(moved, "2018-11-30").target.due.text == "2022"


def test_entries_are_taken_back_last_first() -> None:
    """By date, then by their order in the file, whatever order they stand in."""
    twice = made(entry("2019-05-01", "target.due", "2021", "2022"), entry("2018-05-01",
                 "target.due", "2020", "2021"))  # fmt: skip
    assert [at(twice, when).target.due.text for when in ("2017", "2018", "2019")] == [
        "2020", "2021", "2022",
    ]  # fmt: skip
    same_day = made(
        entry("2019-05-01", "target.due", "2020", "2021"),
        entry("2019-05-01", "target.due", "2021", "2022"),
    )
    assert at(same_day, "2018").target.due.text == "2020"


def test_a_target_that_was_set_later_was_to_be_confirmed_before() -> None:
    """With its kind taken back to nothing there is no target: `target-missing`."""
    new = made(
        entry("2014-06-01", "target.kind", None, "at-least"),
        entry("2014-06-01", "target.value", None, "85"),
        target={"kind": "at-least", "value": "85", "due": "2022"},
        observations=[{"period": "2013", "value": "90"}],
    )
    before = assess(plan(new), period("2013")).verdicts[0]
    assert (before.status, before.ruling.reason) == ("no-data", "target-missing")
    assert before.indicator.target.due == period("2022")
    assert at(new, "2014").target.kind == "at-least"


def test_a_correction_holds_at_every_moment() -> None:
    """The file was wrong, not the promise."""
    corrected = made(entry("2019-01-10", "target.due", "2021", "2022", correction="true"))
    assert at(corrected, "2015").target.due.text == "2022"
    assert original(corrected) is None
    (move,) = moves(corrected, period("2015").end)
    assert move.in_force
    assert move.entry.correction


def test_a_later_correction_does_not_break_the_way_back() -> None:
    """A corrected value is taken back with the entry that set it."""
    both = made(
        entry("2018-01-10", "target.value", "100", "120"),
        entry("2019-01-10", "target.value", "120", "125", correction="true"),
        target={"kind": "at-least", "value": "125", "due": "2022"},
    )
    assert broken_at(both) is None
    assert [str(at(both, when).target.value) for when in ("2017", "2018", "2019")] == [
        "100", "125", "125",
    ]  # fmt: skip


def test_a_figure_of_the_baseline_is_corrected_for_all_times() -> None:
    """An entry on `baseline.value` alone is a measurement, also against the original target."""
    measured = made(entry("2019-05-01", "baseline.value", "900", "1000"), MOVED)
    assert at(measured, "2016").baseline.value == 1000
    first = original(measured)
    assert first is not None
    assert first.baseline is not None
    assert first.baseline.value == 1000
    assert first.target.due == period("2020")


def test_a_new_starting_point_is_a_promise() -> None:
    """With `baseline.period` go all entries on the baseline of the same date."""
    rebased = made(
        entry("2018-05-01", "baseline.period", "2014", "2017"),
        entry("2018-05-01", "baseline.value", "1000", "800"),
        baseline={"period": "2017", "value": "800", "source": "survey"},
    )
    then = at(rebased, "2017")
    assert (then.baseline.period, then.baseline.value) == (period("2014"), 1000)
    assert then.baseline.source is None
    assert at(rebased, "2018").baseline.value == 800


def test_a_corrected_date_takes_no_figure_back() -> None:
    """Where `baseline.period` was only wrong in the file, no new starting point was promised."""
    dated = made(
        entry("2019-05-01", "baseline.period", "2013", "2014", correction=True),
        entry("2019-05-01", "baseline.value", "900", "1000"),
    )
    then = at(dated, "2018").baseline
    assert (then.period.text, then.value) == ("2014", 1000)


def test_a_starting_point_that_was_set_later_is_none_before() -> None:
    """Taken back to nothing, there is no baseline."""
    new = made(
        entry("2018-05-01", "baseline.period", None, "2014"),
        entry("2018-05-01", "baseline.value", None, "1000"),
    )
    assert at(new, "2016").baseline is None


def test_nothing_is_taken_back_past_another_unit() -> None:
    """A target in households is no target in per cent; `moved` lists the unit."""
    moved = made(
        entry("2016-05-01", "target.value", "5000", "4000"),
        entry("2017-05-01", "unit", "households", "per cent"),
        entry("2017-05-01", "target.value", "4000", "10"),
        entry("2018-05-01", "target.value", "10", "12"),
        target={"kind": "at-most", "value": "12", "due": "2022"},
    )
    assert [str(at(moved, when).target.value) for when in ("2015", "2016", "2017", "2018")] == [
        "10", "10", "10", "12",
    ]  # fmt: skip
    listed = [(move.entry.what, move.in_force) for move in moves(moved, period("2015").end)]
    assert listed == [
        ("target.value", True), ("unit", True), ("target.value", True), ("target.value", False),
    ]  # fmt: skip


STONES = [{"period": "2018", "value": "700"}, {"period": "2020", "value": "600"}]


def test_milestones_are_taken_back_one_by_one() -> None:
    """`milestones.PERIOD` is its value; with nothing before, it was not there."""
    moved = made(
        entry("2018-06-01", "milestones.2018", "800", "700"),
        entry("2018-06-01", "milestones.2020", None, "600"),
        milestones=STONES,
    )
    assert [(str(stone.period), stone.value) for stone in at(moved, "2017").milestones] == [
        ("2018", 800)
    ]
    assert at(moved, "2018").milestones == moved.milestones


def test_a_milestone_that_was_taken_out_comes_back_in_its_time() -> None:
    """It has no place in the file any more, so it stands where its date puts it."""
    gone = made(
        entry("2019-05-01", "milestones.2016", "800", None),
        milestones=[{"period": "2018", "value": "700"}],
    )
    assert [stone.period.text for stone in at(gone, "2018").milestones] == ["2016", "2018"]


def test_milestones_in_one_entry_are_still_read() -> None:
    """As earlier versions wrote them; taken back to nothing there are none."""
    whole = "2018 700; 2020 600"
    moved = made(entry("2018-06-01", "milestones", "2018 800", whole), milestones=STONES)
    assert [stone.value for stone in at(moved, "2017").milestones] == [800]
    new = made(entry("2018-06-01", "milestones", None, whole), milestones=STONES)
    assert at(new, "2017").milestones == ()


@pytest.mark.parametrize(
    "false",
    [
        entry("2018-11-05", "target.due", "2020", "2021"),
        entry("2018-11-05", "target.due", "soon", "2022"),
        entry("2018-11-05", "target.value", None, "7"),
        entry("2018-11-05", "milestones.2019", None, "7"),
    ],
)
def test_where_the_ledger_leads_nowhere_todays_promise_stands(false: dict[str, Any]) -> None:
    """The last `now` is not the file's value, or what was before cannot be read."""
    broken = made(false)
    assert broken_at(broken) == broken.revisions[0]
    assert at(broken, "2016") is broken
    assert [move.in_force for move in moves(broken, period("2016").end)] == [True]


def test_a_plan_that_nothing_was_moved_in_is_returned_as_it_is() -> None:
    """So it costs nothing, and a plan whose entries all hold is the plan too."""
    own = plan(made(MOVED), actions=(action(due="2018"),))
    assert in_force(own, period("2019")) is own
    assert in_force(own, period("2017")) is not own


LATE = action(
    due="2018-12",
    revisions=[entry("2018-11-05", "due", "2018-05", "2018-12")],
)


def test_a_new_date_never_unmakes_that_an_action_was_late() -> None:
    """It was late in June, is not in November, and is again after December."""
    overdue = {
        when: assess(plan(actions=(LATE,)), period(when)).standings[0].overdue
        for when in ("2018-05", "2018-06", "2018-11", "2018-12", "2019-01")
    }
    assert overdue == {
        "2018-05": False, "2018-06": True, "2018-11": False, "2018-12": False, "2019-01": True,
    }  # fmt: skip


ENTRY = "{date: 2018-11-05, what: due, was: 2018-06, now: 2019-03, why: the supplier changed}"


@pytest.fixture
def moved(scratch: Scratch) -> Scratch:
    """The tests' plan, with its dated action moved from June 2018 to March 2019."""
    scratch.edit("due: 2019-03", f"due: 2019-03\n    revisions:\n      - {ENTRY}", "actions")
    return scratch


def test_commands_tell_what_was_moved(moved: Scratch, diplan: Diplan) -> None:
    """`since moved to` before, `moved from` after; the list of late actions has it."""
    late = diplan("actions", "--overdue", "--as-of", "2018-07", "--format", "json", cwd=moved.home)
    (row,) = json.loads(late.out)["actions"]
    assert (row["due"], row["overdue"]) == ("2018-06", True)
    assert row["moved"] == [
        {
            "date": "2018-11-05", "what": "due", "was": "2018-06", "now": "2019-03",
            "why": "the supplier changed", "in_force": False, "correction": False,
        }
    ]  # fmt: skip
    name = row["id"]
    for command in (("actions",), ("show", name), ("why", name), ("status",)):
        before = diplan(*command, "--as-of", "2018-07", "--format", "plain", cwd=moved.home).out
        after = diplan(*command, "--as-of", "2018-12", "--format", "plain", cwd=moved.home).out
        said = "since moved to March 2019 (5 November 2018: the supplier changed)"
        assert said in before, command
        assert "moved from June 2018 to March 2019 (5 November 2018: the" in after, command
    owed = json.loads(diplan("due", "--as-of", "2018-07", "--format", "json", cwd=moved.home).out)[
        "items"
    ]
    assert [item["due"] for item in owed if item["id"] == name] == ["2018-06-30"]


@pytest.mark.parametrize("paper", ["action-plan", "progress", "scrutiny", "page-plan", "review"])
def test_papers_tell_what_was_moved(paper: str, moved: Scratch, diplan: Diplan) -> None:
    """Each has it under a heading of its own."""
    told = diplan("report", paper, "--as-of", "2018-07", cwd=moved.home)
    assert "since moved to March 2019 (5 November 2018: the supplier changed)" in told.out, told


def test_diff_names_what_moved_between_two_moments(moved: Scratch, diplan: Diplan) -> None:
    """With the entry's date and its reason."""
    told = json.loads(diplan("diff", "2018-07", "2018-12", "--format", "json", cwd=moved.home).out)
    (change,) = [one for one in told["actions"] if one["change"] == "re-dated"]
    assert (change["from"], change["to"]) == ("2018-06", "2019-03")
    assert change["why"] == "in force from 5 November 2018: the supplier changed"


def test_diff_names_a_target_that_moved(scratch: Scratch, diplan: Diplan) -> None:
    """Between two moments it is a cause like any other; the file is the same."""
    line = "{date: 2018-02, what: target.due, was: 2019, now: 2020, why: the programme began late}"
    scratch.edit("    target: {kind: halve", f"    revisions: [{line}]\n    target: {{kind: halve")
    said = diplan("diff", "2018-01", "2018-03", "--format", "json", cwd=scratch.home).out
    causes = json.loads(said)["indicators"][0]["causes"]
    assert [cause["detail"] for cause in causes if cause["cause"] == "target-changed"] == [
        "due from 2019 to 2020 (in force from 28 February 2018: the programme began late)"
    ]


def test_diff_and_history_say_from_when_a_new_promise_holds(
    scratch: Scratch, diplan: Diplan
) -> None:
    """A promise that is written down and does not hold yet changes no verdict, and is told."""
    line = "{date: 2018-12, what: due, was: 2019-03, now: 2019-09, why: the hall is closed}"
    scratch.edit("due: 2019-03", f"due: 2019-09\n    revisions: [{line}]", "actions")
    scratch.commit("moved")
    said = diplan("diff", "first", "HEAD", "--as-of", "2018-11", "--format", "json",
                  cwd=scratch.home)  # fmt: skip
    (change,) = json.loads(said.out)["actions"]
    assert (change["change"], change["to"]) == ("re-dated", "2019-09")
    assert change["why"] == "in force from 31 December 2018: the hall is closed"
    told = diplan("history", "taster-sessions", "--format", "plain", cwd=scratch.home).out
    assert "in force from 31 December 2018: the hall is closed" in told


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12", "12.0", True),
        ("12", "13", False),
        ("12", None, False),
        (None, "12", False),
        (None, None, True),
        ("linear", None, True),
        (None, "linear", True),
        ("geometric", None, False),
        ("2018", "2018-Q1", False),
        ("halve", "halve", True),
        ("halve", "reduce", False),
    ],
)
def test_what_says_the_same(one: str | None, other: str | None, same: bool) -> None:
    """Numbers are compared as numbers, and no path is a straight one."""
    assert same_text(one, other) is same


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, None), (False, None), (True, "true"), (Decimal("1E+3"), "1000"), (5, "5"), ("a", "a")],
)
def test_values_are_written_as_files_have_them(value: object, text: str | None) -> None:
    """What is not so is not written at all, and no number in powers of ten."""
    assert written(value) == text


def test_milestones_of_one_value_come_back_apart() -> None:
    """Two milestones with the same value are two."""
    whole = entry("2018-05-17", "milestones", "2016 900; 2018 900", "2016 900; 2018 800")
    stones = [{"period": "2016", "value": "900"}, {"period": "2018", "value": "800"}]
    before = at(made(whole, milestones=stones), "2017")

    assert [(one.period.text, one.value) for one in before.milestones] == [
        ("2016", 900), ("2018", 900)
    ]  # fmt: skip


def test_an_entry_on_one_milestone_follows_one_on_all() -> None:
    """The older entry need not say what the file says; where it is the last one, it must."""
    whole = entry("2017-05-17", "milestones", "2016 950; 2018 850", "2016 900; 2018 850")
    single = entry("2018-05-17", "milestones.2018", "850", "800")
    stones = [{"period": "2016", "value": "900"}, {"period": "2018", "value": "800"}]

    assert broken_at(made(whole, single, milestones=stones)) is None
    assert broken_at(made(whole, milestones=stones)) is not None


@pytest.mark.parametrize("was", ["2018", "; ;", "2018 95 per cent", "no year 5"])
def test_an_entry_that_nobody_can_read_leaves_todays_promise(was: str) -> None:
    """Whatever stands there, nothing falls over."""
    stones = [{"period": "2018", "value": "800"}]
    today = made(entry("2018-05-17", "milestones", was, "2018 800"), milestones=stones)

    assert at(today, "2019") is today
    assert at(today, "2017").target == today.target


def problems(entity: Any, as_of: str) -> list[tuple[str, tuple[str | int, ...]]]:
    """What is said of its promises, and where."""
    place = Place("indicators", 0)
    return [(found.code, found.place.path) for found in promises(entity, place, period(as_of))]


@pytest.mark.parametrize(
    ("as_of", "correction", "expected"),
    [
        ("2018-10", False, [("not-in-force-yet", ("revisions", 1))]),
        ("2018-11-29", False, [("not-in-force-yet", ("revisions", 1))]),
        ("2018-11-30", False, []),
        ("2018-11", False, []),
        ("2018-10", True, []),
    ],
)
def test_a_promise_that_is_still_to_come_is_named(
    as_of: str, correction: bool, expected: list[Any]
) -> None:
    """An entry holds from the end of its date on; a correction has always held."""
    more = {"correction": True} if correction else {}
    own = made(
        entry("2017", "target.due", "2018", "2020"),
        entry("2018-11", "target.due", "2020", "2022", **more),
    )

    assert problems(own, as_of) == expected


def test_an_update_counts_from_the_end_of_its_date() -> None:
    """One of November is said not to count on the 29th, and counts on the 30th."""
    updates = [{"date": when, "grade": "Slipped"} for when in ("2018-10", "2018-11")]
    own = action(due="2019", updates=updates)

    def uncounted(as_of: str) -> list[tuple[str | int, ...]]:
        return [
            found.place.path
            for found in updates_to_come(own.updates, Place("actions", 0), period(as_of))
        ]

    assert uncounted("2018-11-29") == [("updates", 1, "date")]
    assert uncounted("2018-11-30") == []
    assert uncounted("2018-09") == [("updates", 0, "date"), ("updates", 1, "date")]


@pytest.mark.parametrize(("was", "said"), [("2020", "2020"), (None, "nothing")])
def test_until_then_reports_have_what_was(was: str | None, said: str) -> None:
    """The message tells what is reported until the promise holds."""
    own = made(entry("2018-11", "target.due", was, "2022"))
    (found,) = promises(own, Place("indicators", 0), period("2018-10"))

    assert found.message.endswith(f"until then reports have {said}")


@pytest.mark.parametrize(
    ("grades", "days"),
    [
        ([], ["2018-04-01", "2018-06-15"]),
        (["Slipped"], ["2018-04-01", "2018-05-31", "2018-06-01", "2018-06-15"]),
        (["Fully Achieved"], ["2018-04-01"]),
    ],
)
def test_the_days_on_which_an_early_date_unmakes_a_delay(
    grades: list[str], days: list[str]
) -> None:
    """From the day after the old due date up to the day asked for, unless it was done by then."""
    moving = entry("2018-01-10", "due", "2018-03", "2018-12")
    updates = [{"date": "2018-05", "grade": grade} for grade in grades]
    own = action(due="2018-12", revisions=[moving], updates=updates)
    found = past_verdicts(own, own.revisions[0], period("2018-06-15"), plan())

    told = list(found)
    assert {(was, now) for _, was, now in told} == {("overdue", "not overdue")}
    assert [str(when) for when, _, _ in told] == days
