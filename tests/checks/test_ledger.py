"""The ledger: quiet edits fail, told ones pass, and a false entry is no entry."""

from dataclasses import replace
from typing import Any

import pytest

from builders import indicator, plan
from conftest import Diplan
from diplan.checks.ledger import backdated, ledger, unheld
from diplan.ground.period import period
from diplan.problems import Place
from scratch import Scratch

HALVE = "{kind: halve, due: 2020}"
NEW = "      - {period: 2018, value: 720, source: survey}"
REVISIONS = "    observations:\n      - {period: 2017, value: 900, source: survey}\n"


def entry(what: str, was: str | None, now: str | None) -> str:
    """An entry of the ledger."""
    parts = [f"{name}: {text}" for name, text in (("was", was), ("now", now)) if text]
    return f"{{date: 2018-06, what: {what}, {', '.join(parts)}, why: said in a test}}"


CASES = {
    "target": (HALVE, "{kind: halve, due: 2022}", entry("target.due", "2020", "2022")),
    "baseline": ("value: 1000", "value: 1100", entry("baseline.value", "1000", "1100")),
    "past observation": (
        "value: 720",
        "value: 700",
        entry("observations.2018.value", "720", "700"),
    ),
    "removed observation": (f"{NEW}\n", "", entry("observations.2018", "720", None)),
}


def check(diplan: Diplan, scratch: Scratch) -> tuple[int, str]:
    """The exit code of `diplan check --against first`, and what it prints."""
    said = diplan("check", "--against", "first", "--as-of", "2018", cwd=scratch.home)
    return said.code, said.out + said.err


@pytest.mark.parametrize("case", CASES)
def test_a_quiet_edit_fails_and_a_told_one_passes(
    case: str, diplan: Diplan, scratch: Scratch
) -> None:
    """The message shows what was, where, and the entry; with the entry the same edit passes."""
    old, new, line = CASES[case]
    scratch.edit(old, new)
    code, out = check(diplan, scratch)

    assert code == 1
    assert "[unrecorded-change]" in out
    assert "first:data/indicators.yaml:" in out
    assert line.partition("what: ")[2].partition(", why")[0] in out

    scratch.edit(REVISIONS, f"    revisions:\n      - {line}\n{REVISIONS}")
    assert check(diplan, scratch)[0] == 0, check(diplan, scratch)[1]


def test_an_entry_that_tells_something_else_fails(diplan: Diplan, scratch: Scratch) -> None:
    """A false entry is a problem, and does not cover the change."""
    scratch.edit(HALVE, "{kind: halve, due: 2022}")
    line = entry("target.due", "2019", "2022")
    scratch.edit(REVISIONS, f"    revisions:\n      - {line}\n{REVISIONS}")
    code, out = check(diplan, scratch)

    assert code == 1
    assert "[revision-mismatch]" in out
    assert "[unrecorded-change]" in out


def record(scratch: Scratch, *lines: str) -> None:
    """Put entries under the revisions of the first indicator."""
    ledger = "".join(f"      - {line}\n" for line in lines)
    scratch.edit(REVISIONS, f"    revisions:\n{ledger}{REVISIONS}")


def test_entries_are_a_chain(diplan: Diplan, scratch: Scratch) -> None:
    """From what the earlier revision said, step by step, to what the file says now."""
    scratch.edit(HALVE, "{kind: halve, due: 2024}")
    record(scratch, entry("target.due", "2020", "2022"), entry("target.due", "2022", "2024"))
    assert check(diplan, scratch)[0] == 0, check(diplan, scratch)[1]

    scratch.edit("was: 2022, now: 2024", "was: 2021, now: 2024")
    code, out = check(diplan, scratch)
    assert code == 1
    assert "says that target.due was 2021, and before it target.due was 2022" in out


def test_a_change_that_was_taken_back_is_told_too(diplan: Diplan, scratch: Scratch) -> None:
    """There and back again leads from the old value to the same one."""
    record(scratch, entry("target.due", "2020", "2022"), entry("target.due", "2022", "2020"))
    assert check(diplan, scratch)[0] == 0, check(diplan, scratch)[1]


def test_a_figure_may_come_and_be_revised_at_once(diplan: Diplan, scratch: Scratch) -> None:
    """What the earlier revision did not have may begin anywhere, and ends at the file's value."""
    scratch.edit(NEW, f"{NEW}\n      - {{period: 2019, value: 610, source: survey}}")
    record(scratch, entry("observations.2019.value", "600", "610"))
    assert check(diplan, scratch)[0] == 0, check(diplan, scratch)[1]

    scratch.edit("was: 600, now: 610", "was: 600, now: 620")
    assert "is now 620, and the file says 610" in check(diplan, scratch)[1]


def test_one_entry_for_all_milestones_still_counts(diplan: Diplan, scratch: Scratch) -> None:
    """As earlier versions wrote it; each milestone has a name of its own since."""
    scratch.edit(HALVE, f"{HALVE}\n    milestones: [{{period: 2018, value: 900}}]")
    record(scratch, entry("milestones", None, "2018 900"))
    assert check(diplan, scratch)[0] == 0, check(diplan, scratch)[1]


def test_an_entry_from_before_the_revision_names_what_it_changes(
    diplan: Diplan, scratch: Scratch
) -> None:
    """A new entry of an earlier date rewrites the past: a warning, with the verdicts."""
    scratch.edit("due: 2019-03", "due: 2018-03", "actions")
    line = "{date: 2018-02-01, what: due, was: 2019-03, now: 2018-03, why: said in a test}"
    scratch.edit("    years: [2017/18, 2018/19]", f"    revisions: [{line}]", "actions")
    out = check(diplan, scratch)[1]

    assert "[backdated-revision]" in out
    assert "so as of 1 April 2018 it is overdue, where it was not overdue" in out

    scratch.commit("moved")
    assert "[backdated-revision]" not in diplan("check", "--against", "HEAD", cwd=scratch.home).out


def test_a_correction_of_an_earlier_date_is_told_as_well(diplan: Diplan, scratch: Scratch) -> None:
    """It holds at every moment, so also before its date."""
    scratch.edit(HALVE, "{kind: at-most, value: 700, due: 2017}")
    scratch.commit("another target")
    scratch.edit("value: 700,", "value: 950,")
    line = "{date: 2018-05-01, what: target.value, was: 700, now: 950, why: a typing mistake"
    record(scratch, f"{line}, correction: true}}")
    said = diplan("check", "--against", "HEAD", "--as-of", "2018", cwd=scratch.home)

    assert said.code == 0, said.out
    assert "as of 31 December 2017 it is achieved, where it was not-achieved" in said.out


def test_due_dates_and_grades_of_actions_are_guarded(diplan: Diplan, scratch: Scratch) -> None:
    """An action is not quietly given more time, nor a better past."""
    scratch.edit("due: 2019-03", "due: 2019-09", "actions")
    scratch.edit("grade: On-Track", "grade: Fully Achieved", "actions")
    _, out = check(diplan, scratch)

    assert "due was 2019-03" in out
    assert "updates.2018-03.grade was On-Track" in out


def test_history_is_not_deleted(diplan: Diplan, scratch: Scratch) -> None:
    """Taking out an action, an update or an entry of the ledger is told."""
    path = scratch.home / "data" / "actions.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.partition("  - id: skills-course")[0], encoding="utf-8")
    code, out = check(diplan, scratch)

    assert code == 1
    assert '"skills-course" is gone' in out


def test_what_is_new_needs_no_entry(diplan: Diplan, scratch: Scratch) -> None:
    """A new figure, an update and a note are everyday work."""
    scratch.edit(NEW, f"{NEW}\n      - {{period: 2019, value: 600, source: survey}}")
    scratch.edit("title: Residents who are not online", "title: People who are not online")
    code, out = check(diplan, scratch)

    assert code == 0, out


def test_a_moved_target_is_printed_beside_the_original(diplan: Diplan, scratch: Scratch) -> None:
    """Where the first target gives another verdict, reports say both."""
    scratch.edit(HALVE, "{kind: at-most, value: 800, due: 2020}")
    lines = [
        entry("target.kind", "halve", "at-most"),
        entry("target.value", None, "800"),
    ]
    ledger = "".join(f"      - {line}\n" for line in lines)
    scratch.edit(REVISIONS, f"    revisions:\n{ledger}{REVISIONS}")
    scratch.edit("value: 720", "value: 790")
    said = diplan("show", "residents-offline", "--as-of", "2018", cwd=scratch.home).out

    assert "Against the original target" in said
    call = ("status", "--as-of", "2018", "--format", "plain")
    assert "slipped: behind against the original target" in diplan(*call, cwd=scratch.home).out
    paper = diplan("report", "action-plan", "--as-of", "2018", cwd=scratch.home).out
    assert "Slipped: behind against the original target" in paper


def test_what_we_knew_then(diplan: Diplan, scratch: Scratch) -> None:
    """`--at` reads the data of a revision, `--as-of` sets the moment judged."""
    scratch.edit("value: 720", "value: 990")
    scratch.commit("revised")
    then = diplan("status", "--at", "first", "--as-of", "2018", cwd=scratch.home).out
    now = diplan("status", "--as-of", "2018", cwd=scratch.home).out

    assert "720 (2018)" in then
    assert "990 (2018)" in now
    assert (
        "720 (2018)"
        in diplan(
            "show", "residents-offline", "--at", "first", "--as-of", "2018", cwd=scratch.home
        ).out
    )


def test_history_walks_every_change(diplan: Diplan, scratch: Scratch) -> None:
    """Each commit that changed the thing is told, with its cause; the others are not."""
    scratch.edit("value: 66.5", "value: 67.5")
    scratch.commit("another indicator")
    scratch.edit("value: 720", "value: 700")
    scratch.commit("a figure revised")
    scratch.edit("title: Residents who are not online", "title: People who are not online")
    scratch.commit("a title")
    said = diplan("history", "residents-offline", "--format", "plain", cwd=scratch.home).out

    assert "3 changes of residents-offline" in said
    assert "another indicator" not in said
    assert "observation-revised: 2018: value from 720 to 700" in said
    assert "form alone" in said
    action = diplan("history", "taster-sessions", cwd=scratch.home).out
    assert "1 change of taster-sessions" in action


def test_history_needs_few_processes(
    diplan: Diplan, scratch: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many commits there are, git is not started for each."""
    import subprocess

    for at in range(12):
        scratch.edit(f"value: {720 - at}", f"value: {719 - at}")
        scratch.commit(f"figure {at}")
    calls: list[list[str]] = []
    run = subprocess.run

    def counted(command: list[str], **options: object) -> object:
        calls.append(command)
        return run(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr("diplan.files.git.subprocess.run", counted)
    said = diplan("history", "residents-offline", cwd=scratch.home)

    assert "13 changes" in said.out
    assert len(calls) <= 6


def test_a_new_name_is_no_loss(diplan: Diplan, scratch: Scratch) -> None:
    """The same thing under another id is held to what it was, and not called deleted."""
    scratch.edit("id: residents-offline", "id: people-offline")
    assert check(diplan, scratch)[0] == 0

    scratch.edit("value: 1000", "value: 1100")
    code, out = check(diplan, scratch)
    assert code == 1
    assert "baseline.value was 1000" in out
    assert "deleted-history" not in out


def test_units_and_milestones_are_guarded(diplan: Diplan, scratch: Scratch) -> None:
    """What else moves a verdict needs an entry too."""
    scratch.edit("unit: residents", "unit: households")
    scratch.edit(HALVE, f"{HALVE}\n    milestones: [{{period: 2018, value: 900}}]")
    _, out = check(diplan, scratch)

    assert "unit was residents" in out
    assert "milestones.2018 was not given" in out
    assert "and is 900" in out


def test_what_the_earlier_revision_cannot_say_is_told(diplan: Diplan, scratch: Scratch) -> None:
    """A thing that was broken then is not held against it, and the sentence says which."""
    scratch.edit("kind: halve", "kind: halv")
    scratch.commit("broken")
    scratch.edit("kind: halv", "kind: halve")
    scratch.edit("due: 2020}", "due: 2030}")
    said = diplan("check", "--against", "HEAD", "--as-of", "2018", cwd=scratch.home)

    assert said.code == 0
    assert "nobody can say what was changed in: residents-offline" in said.out
    strict = diplan("check", "--against", "HEAD", "--as-of", "2018", "--strict", cwd=scratch.home)
    assert strict.code == 1


def test_history_follows_a_new_name(diplan: Diplan, scratch: Scratch) -> None:
    """What was said under an earlier id is part of the story."""
    scratch.edit("value: 720", "value: 700")
    scratch.commit("a figure revised")
    scratch.edit("id: residents-offline", "id: people-offline")
    scratch.commit("a new name")
    said = diplan("history", "people-offline", "--format", "plain", cwd=scratch.home).out

    assert "3 changes of people-offline" in said
    assert "what changed: added" in said
    assert "renamed: from residents-offline to people-offline" in said
    assert "value from 720 to 700" in said


FROM_100 = {
    "target": {"kind": "halve", "due": "2020"},
    "baseline": {"period": "2014", "value": 100},
}


TBC = {"missing": "to-be-confirmed"}


def told(what: str, was: str | None, now: str | None, date: str = "2018-06") -> dict[str, str]:
    """An entry of the ledger, as the data has it."""
    given = {"date": date, "what": what, "was": was, "now": now, "why": "said in a test"}
    return {name: text for name, text in given.items() if text is not None}


def problems(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What the ledger's rules say of one indicator in two states."""
    before, after = (plan(indicator(**{**FROM_100, **keys})) for keys in (old, new))
    return [found.code for found in ledger(before, after, lambda _: "first:1")]


def seen(**figure: Any) -> dict[str, Any]:
    """One observation, of 2018."""
    return {"observations": [{"period": "2018", **figure}]}


@pytest.mark.parametrize(
    ("old", "new", "was", "expected"),
    [
        (seen(value=72), seen(value=70), "72", []),
        (seen(value=72), seen(value=70), "72.0", []),
        (seen(value=72), seen(value=70), "71", ["revision-mismatch", "unrecorded-change"]),
        (seen(missing="to-be-confirmed"), seen(value=70), "71", []),
        ({}, seen(value=70), "71", []),
    ],
)
def test_an_entry_begins_with_what_was_said(
    old: dict[str, Any], new: dict[str, Any], was: str, expected: list[str]
) -> None:
    """An entry on a figure that was to be confirmed, or was not there, may begin anywhere."""
    entries = [told("observations.2018.value", was, "70")]

    assert problems(old, {**new, "revisions": entries}) == expected


def test_an_entry_that_is_gone_is_deleted_history() -> None:
    """An entry that stayed is none, wherever it stands now."""
    one, two = told("target.due", "2018", "2019"), told("target.due", "2019", "2020", "2018-07")

    assert problems({"revisions": [one, two]}, {"revisions": [two, one]}) == []
    assert problems({"revisions": [one, two]}, {"revisions": [two]}) == ["deleted-history"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (None, None, ["unrecorded-change"]),
        ("laptops", None, ["unrecorded-change"]),
        (None, "laptops", ["unrecorded-change"]),
        ("laptops", "laptops", []),
    ],
)
def test_only_the_sum_of_places_may_change_by_itself(
    old: str | None, new: str | None, expected: list[str]
) -> None:
    """A figure that somebody wrote, in one of the states, is guarded."""
    before = {**seen(value=72), "from_venues": old}

    assert problems(before, {**seen(value=70), "from_venues": new}) == expected


@pytest.mark.parametrize(
    ("date", "past", "said"),
    [
        ("2018-06-14", [], "it changes no verdict before that"),
        ("2018-06-14", ["2018"], "so as of 2018 it is achieved, where it was slipped"),
        ("2018-06-14", ["2018", "2019"], "where it was slipped (and on 1 later day)"),
        ("2018-06-14", ["2018", "2019", "2020"], "(and on 2 later days)"),
        ("2018-06-15", [], None),
        ("2018-06", [], None),
        ("2018-06-16", [], None),
    ],
)
def test_an_entry_of_the_day_of_the_revision_is_not_backdated(
    date: str, past: list[str], said: str | None
) -> None:
    """Only one from before it is; the first of the verdicts that it changes is told, and how many
    more there are.
    """
    entries = [told("target.due", "2018", "2020", date)]
    before, after = (plan(indicator(**FROM_100, revisions=given)) for given in ([], entries))
    days = [(period(when), "slipped", "achieved") for when in past]
    found = list(backdated(before, after, period("2018-06-15"), lambda *_: days))

    assert [one.message.endswith(said or "") for one in found] == ([] if said is None else [True])
    assert list(backdated(after, after, period("2018-06-15"), lambda *_: days)) == []


def test_what_could_not_be_read_is_told_by_its_id() -> None:
    """Some indicators were not read, or none was, or the earlier state is whole."""
    own = plan(indicator(**FROM_100, id="a"))

    def unread(**declared: frozenset[str]) -> list[str]:
        found = unheld(replace(own, declared=declared), "first")
        return [one.message.partition("changed in: ")[2] for one in found]

    none: frozenset[str] = frozenset()
    assert unread(indicators=frozenset("a"), actions=none) == []
    assert unread(indicators=frozenset("acb"), actions=none) == ["b, c"]
    assert unread(actions=none) == ["all indicators"]
    assert unread(indicators=frozenset("ab")) == ["b", "all actions"]


@pytest.mark.parametrize(
    ("old", "new", "entries", "expected"),
    [
        ({"unit": "people"}, {"unit": "homes"}, [told("unit", "people", "homes")], []),
        ({"unit": "people"}, {"unit": "homes"}, [told("unit", "homes", "homes")],
         ["revision-mismatch", "unrecorded-change"]),
        (seen(missing="suppressed"), {}, [told("observations.2018", "suppressed", None)], []),
        (seen(low=1), {}, [told("observations.2018", "1", None)], []),
        (seen(numerator=1, denominator=3), {}, [told("observations.2018", "1", None)], []),
        (seen(low=1), {}, [], ["unrecorded-change"]),
        (seen(missing="to-be-confirmed"), {}, [], []),
    ],
)  # fmt: skip
def test_what_a_figure_or_a_unit_said(
    old: dict[str, Any], new: dict[str, Any], entries: list[dict[str, str]], expected: list[str]
) -> None:
    """A figure that is gone is told by what it says first: a value, an end, a part, or nothing."""
    assert problems(old, {**new, "revisions": entries}) == expected


def test_each_problem_stands_where_it_can_be_mended() -> None:
    """A chain is mended at its last entry, and what is gone from the plan at the plan itself."""
    entries = [told("target.due", "2018", "2019"), told("target.due", "2019", "2021", "2018-07")]
    before = plan(indicator(**{**FROM_100, "target": {"kind": "halve", "due": "2018"}}))
    after = plan(indicator(**FROM_100, revisions=entries))
    declared = {"indicators": frozenset({"gone"}), "actions": frozenset[str]()}

    assert [found.place.path for found in ledger(before, after, lambda _: "")] == [
        ("revisions", 1), ("target", "due")
    ]  # fmt: skip
    (gone,) = ledger(before, plan(), lambda _: "")
    (lost,) = unheld(replace(plan(), declared=declared), "first")
    assert (gone.code, gone.place) == ("deleted-history", Place("plan", 0, ("id",)))
    assert (lost.code, lost.place) == ("earlier-unreadable", Place("plan", 0, ("id",)))


def test_one_change_hides_no_other() -> None:
    """What comes after a figure that was to be confirmed, or is gone, is guarded as well."""

    def figures(*values: int | None) -> dict[str, Any]:
        return {
            "observations": [
                {"period": str(2016 + at), **({"value": value} if value else TBC)}
                for at, value in enumerate(values)
            ]
        }

    assert problems(figures(None, 70), figures(80, 71)) == ["unrecorded-change"]
    lacks = {"observations": figures(80, 71)["observations"][1:]}
    assert problems(figures(80, 70), lacks) == ["unrecorded-change"] * 2

    both = {"unit": "homes", "target": {"kind": "halve", "due": "2021"}}
    assert problems({}, {**both, "revisions": [told("target.due", "2020", "2021")]}) == [
        "unrecorded-change"
    ]

    total = {"kind": "total-at-least", "value": 5, "from": "2015", "due": "2020"}
    straight = {"target": {**total, "path": "linear"}}
    assert problems(straight, {"target": total}) == []
    assert problems(straight, {"target": {**total, "running": True}}) == ["unrecorded-change"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{grade: Slipped, means: off-course}", "{grade: Slipped, means: on-course}",
         'the grade "Slipped" meant off-course (first:data/plan.yaml:'),
        ("amber: 10", "amber: 50", "was changed (amber: 10 to 50; first:data/plan.yaml:"),
        ("amber: 10}", "amber: 50, note: Agreed in May}", ""),
        ("  rag: {green: 0, amber: 10}\n", "", "amber: 10 to not given"),
        ("grade: Slipped}", "grade: On-Track}",
         "the update of 2018-03 was Slipped (first:data/plan.yaml:"),
        ("    updates: [{date: 2018-03, grade: Slipped}]\n", "", "Slipped (first:data/plan"),
        ("updates: [", "updates: [{date: 2017-03, grade: On-Track}, ", ""),
    ],
    ids=str,
)  # fmt: skip
def test_what_has_no_ledger_is_warned_of(
    old: str, new: str, message: str, scratch: Scratch, diplan: Diplan
) -> None:
    """Meanings, house rules and updates of headings change reports on the past: reviewers see it.

    A rule whose note says more, and an update that is new, are no quiet change.
    """
    path = scratch.home / "data" / "plan.yaml"
    scale = "  scale: [Fully Achieved, On-Track, {grade: Slipped, means: off-course}, Not Achieved]"
    text = path.read_text(encoding="utf-8").replace(
        "  years: financial\n", f"  years: financial\n{scale}\n  rag: {{green: 0, amber: 10}}\n"
    )
    text = text.replace(
        "    title: Help residents to get online\n",
        "    title: Help residents to get online\n    updates: [{date: 2018-03, grade: Slipped}]\n",
    )
    path.write_text(text, encoding="utf-8")
    scratch.git("add", "-A")
    scratch.git("commit", "-qm", "a scale, a rule and a graded heading")
    scratch.git("tag", "-f", "first")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    code, out = check(diplan, scratch)

    assert code == 0
    assert ("[quiet-change]" in out) == bool(message)
    assert message in out


def test_another_derivation_needs_an_entry() -> None:
    """Figures of the past are others with other parts; a first derivation takes nothing away."""
    made = {"kind": "difference", "of": ("all", "old")}
    first = indicator(target={"kind": "none"}, derived=made)
    turned = replace(first, derived={"kind": "difference", "of": ("old", "all")})  # type: ignore[arg-type]
    found = list(ledger(plan(first), plan(turned), lambda _: "main:x:1"))
    none = list(ledger(plan(replace(first, derived=None)), plan(first), lambda _: "main:x:1"))

    assert [finding.code for finding in found] == ["unrecorded-change"]
    assert "what: derived, was: difference of all, old, now: difference of old, all" in (
        found[0].hint
    )
    assert none == []
