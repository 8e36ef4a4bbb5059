"""What changed and why, on folders and on scratch repositories of real git."""

import json
import shutil
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from builders import action, indicator, plan
from conftest import Diplan
from diplan.ground.period import period
from diplan.judge import Verdict
from diplan.judge.diff import changes_between
from diplan.plan import Plan
from scratch import BASE, GIT, Scratch


def found(diplan: Diplan, scratch: Scratch, *arguments: str) -> dict[str, Any]:
    """The JSON of `diplan diff`."""
    said = diplan("diff", *arguments, "--format", "json", cwd=scratch.home)
    assert said.code == 0, said.err
    data: dict[str, Any] = json.loads(said.out)
    return data


NEW = "      - {period: 2018, value: 720, source: survey}"

EDITS = {
    "new-observation": (NEW, f"{NEW}\n      - {{period: 2019, value: 990, source: survey}}"),
    "observation-revised": ("value: 720", "value: 990"),
    "observation-removed": (f"{NEW}\n", ""),
    "baseline-revised": ("{period: 2016, value: 1000", "{period: 2016, value: 740"),
    "target-changed": ("{kind: halve, due: 2020}", "{kind: halve, due: 2019}"),
    "definition-changed": ("unit: residents", "unit: households"),
}


@pytest.mark.parametrize("cause", EDITS)
def test_each_cause_alone(cause: str, diplan: Diplan, scratch: Scratch) -> None:
    """One edit is told as the one cause that it is, with what was and what is."""
    scratch.edit(*EDITS[cause])
    data = found(diplan, scratch, "first", "--as-of", "2019")

    assert [one["id"] for one in data["indicators"]] == ["residents-offline"]
    assert [one["cause"] for one in data["indicators"][0]["causes"]] == [cause]
    assert data["summary"]["form"] == 0


def test_causes_together_are_told_in_order(diplan: Diplan, scratch: Scratch) -> None:
    """Several edits are replayed one on top of the other, and each says what it did."""
    scratch.edit(*EDITS["baseline-revised"])
    scratch.edit(*EDITS["target-changed"])
    scratch.edit("value: 720", "value: 700")
    data = found(diplan, scratch, "first", "--as-of", "2018")
    causes = data["indicators"][0]["causes"]

    assert [one["cause"] for one in causes] == [
        "baseline-revised", "target-changed", "observation-revised",
    ]  # fmt: skip
    assert causes[0]["from_status"] == data["indicators"][0]["from_status"]
    assert causes[-1]["to_status"] == data["indicators"][0]["to_status"]
    for one, other in pairwise(causes):
        assert one["to_status"] == other["from_status"]


def test_a_status_that_moved_only_because_time_passed(diplan: Diplan, scratch: Scratch) -> None:
    """With no new figure, the due date alone turns on track into not measured."""
    data = found(diplan, scratch, "2018", "2020")
    own = data["indicators"][0]

    assert (own["change"], own["from_status"], own["to_status"]) == (
        "flipped", "on-track", "no-data",
    )  # fmt: skip
    assert [one["cause"] for one in own["causes"]] == ["time-passed"]


def test_a_new_figure_between_moments(diplan: Diplan, scratch: Scratch) -> None:
    """A figure whose period ended between the moments is a new one, whenever it was written."""
    data = found(diplan, scratch, "2017", "2018")
    causes = [one["cause"] for one in data["indicators"][0]["causes"]]

    assert causes == ["new-observation"]


def test_a_revert_gives_no_change(diplan: Diplan, scratch: Scratch) -> None:
    """An edit that was taken back leaves one line to say."""
    scratch.edit(*EDITS["baseline-revised"])
    scratch.commit("second")
    scratch.edit(*reversed(EDITS["baseline-revised"]))
    scratch.commit("third")
    data = found(diplan, scratch, "first", "HEAD", "--as-of", "2018")
    comment = diplan("diff", "first", "--format", "github", cwd=scratch.home).out

    assert data["indicators"] == data["actions"] == []
    assert len(comment.strip().splitlines()) == 1


def test_edits_of_form_are_counted(diplan: Diplan, scratch: Scratch) -> None:
    """Another title or note moves nothing, and is one counted line."""
    scratch.edit("title: Residents who are not online", "title: People who are not online")
    data = found(diplan, scratch, "first")

    assert data["indicators"] == []
    assert data["summary"]["form"] == 1


def test_added_removed_and_renamed(diplan: Diplan, scratch: Scratch) -> None:
    """A new id for the same thing is a new name, and not a loss and a gain."""
    scratch.edit("id: residents-offline", "id: people-offline")
    renamed = found(diplan, scratch, "first")["indicators"]
    assert [(one["id"], one["change"]) for one in renamed] == [("people-offline", "renamed")]

    scratch.edit("title: Residents who are not online", "title: Something else")
    scratch.edit("value: 1000", "value: 1100")
    other = found(diplan, scratch, "first")["indicators"]
    assert sorted(one["change"] for one in other) == ["added", "removed"]


def test_a_flip_comes_first_and_is_named_in_the_first_line(
    diplan: Diplan, scratch: Scratch
) -> None:
    """A comment on a pull request begins with the verdict that changes."""
    scratch.edit("value: 66.5", "value: 67.5")
    scratch.edit(*EDITS["observation-revised"])
    said = diplan("diff", "first", "--as-of", "2018", "--format", "github", cwd=scratch.home).out

    first = said.splitlines()[0]
    assert first.startswith("**Residents who are not online: on track → slipped")
    assert "observation\\-revised" in said or "observation-revised" in said
    assert "Library service" in said


def test_actions(diplan: Diplan, scratch: Scratch) -> None:
    """What became of actions is told in a word each."""
    path = scratch.home / "data" / "actions.yaml"
    text = path.read_text(encoding="utf-8")
    assert "due: " in text
    path.write_text(
        text.replace("due: ", "due: 2025-03 # ", 1).replace("lead: [libraries]",
                                                            "lead: [adult-learning]", 1),
        encoding="utf-8",
    )  # fmt: skip
    told = {one["change"] for one in found(diplan, scratch, "first")["actions"]}

    assert {"re-dated", "re-led"} <= told


def test_an_older_revision_that_does_not_validate(diplan: Diplan, scratch: Scratch) -> None:
    """What the older side cannot say is said, and the rest is compared."""
    scratch.edit("kind: halve", "kind: halv")
    scratch.commit("broken")
    scratch.edit("kind: halv", "kind: halve")
    scratch.edit("value: 66.5", "value: 70")
    said = diplan("diff", "HEAD", "--format", "json", cwd=scratch.home)
    data = json.loads(said.out)

    assert "not all of it is compared" in said.err
    assert data["summary"]["unread"] == ["residents-offline"]
    assert [one["id"] for one in data["indicators"]] == ["adults-with-skills"]


@pytest.mark.parametrize(
    "name",
    ["--output=x", ";touch x", "$(touch x)", "a\nb", "no-such", "HEAD:data", "'", "\x1b[31m"],
)
def test_hostile_names_do_no_harm(name: str, diplan: Diplan, scratch: Scratch) -> None:
    """Whatever a revision is called, it is looked up and nothing else."""
    before = sorted(scratch.home.rglob("*"))
    said = diplan("diff", "--", name, cwd=scratch.home)

    assert said.code == 2
    assert "git knows no revision" in said.err
    assert "\x1b" not in said.err
    assert sorted(scratch.home.rglob("*")) == before


def test_where_there_is_no_repository(diplan: Diplan, workspace: Callable[..., Path]) -> None:
    """Away from git, the sentence says what revisions need."""
    said = diplan("diff", "HEAD", cwd=workspace())

    assert said.code == 2
    assert "is not in a git repository" in said.err


def test_data_that_was_never_committed(diplan: Diplan, scratch: Scratch) -> None:
    """A revision without the data says so."""
    scratch.git("rm", "-rq", "--cached", "data")
    scratch.git("commit", "-qm", "without")
    said = diplan("diff", "HEAD", cwd=scratch.home)

    assert said.code == 2
    assert "holds no data/indicators.yaml" in said.err


def test_a_shallow_clone_says_how_to_get_the_rest(
    diplan: Diplan, scratch: Scratch, tmp_path: Path
) -> None:
    """A revision that a shallow clone lacks comes with the command that fetches it."""
    scratch.commit("second")
    target = tmp_path / "shallow"
    subprocess.run(
        [*GIT, "clone", "-q", "--depth", "1", scratch.home.as_uri(), str(target)],
        check=True, capture_output=True,
    )  # fmt: skip
    said = diplan("diff", "HEAD~1", cwd=target)

    assert said.code == 2
    assert "git fetch --unshallow" in said.err


def test_folders_are_compared(diplan: Diplan, scratch: Scratch, tmp_path: Path) -> None:
    """Two folders with a plan each need no git."""
    shutil.copytree(BASE, tmp_path / "old" / "data")
    scratch.edit(*EDITS["target-changed"])
    said = diplan(
        "diff", str(tmp_path / "old"), str(scratch.home), "--format", "plain", cwd=tmp_path
    )

    assert said.code == 0
    assert "target-changed: due from 2020 to 2019" in said.out


def test_ranges_and_detached_heads(diplan: Diplan, scratch: Scratch) -> None:
    """`first..` compares with HEAD, wherever HEAD is."""
    scratch.edit(*EDITS["observation-revised"])
    scratch.commit("second")
    scratch.git("checkout", "-q", "--detach")

    assert found(diplan, scratch, "first..")["to"] == "HEAD"
    assert found(diplan, scratch, "first..HEAD")["indicators"]


def test_a_branch_called_like_a_year(diplan: Diplan, scratch: Scratch) -> None:
    """A name that is both is read as a moment, and the sentence says how to mean the other."""
    scratch.git("branch", "2017")
    said = diplan("diff", "2017", "2018", "--format", "json", cwd=scratch.home)

    assert json.loads(said.out)["indicators"]
    assert '"2017" is read as a moment' in said.err
    alone = diplan("diff", "2017", cwd=scratch.home)
    assert alone.code == 0
    assert "taken for a revision" in alone.err


def test_where_there_is_no_git_at_all(
    diplan: Diplan, scratch: Scratch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On a machine without git, everything but revisions works, and the sentence says so."""
    monkeypatch.setenv("PATH", str(tmp_path))
    said = diplan("diff", "first", cwd=scratch.home)

    assert said.code == 2
    assert "git is not on this machine" in said.err
    assert diplan("diff", "2017", "2018", cwd=scratch.home).code == 0


def test_what_cannot_be_compared(diplan: Diplan, scratch: Scratch) -> None:
    """A moment and a revision do not mix, and a folder without a plan is named."""
    mixed = diplan("diff", "2016/17", "HEAD", cwd=scratch.home)
    (scratch.home / "empty").mkdir()
    empty = diplan("diff", "empty", ".", cwd=scratch.home)

    assert mixed.code == empty.code == 2
    assert "a moment and something else" in mixed.err
    assert '"empty" is a folder without a plan' in empty.err


HALVE = {"target": {"kind": "halve", "due": "2020"}, "baseline": {"period": "2014", "value": 100}}


def causes(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str]]:
    """Each cause and its detail, between two states of one indicator as of 2018."""
    before, after = (plan(indicator(**{**HALVE, **keys})) for keys in (old, new))
    changes = changes_between((before, period("2018")), (after, period("2018")))
    return [(step.cause, step.detail) for own in changes.indicators for step in own.causes]


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ({"value": 1300}, "2018: 1,300"),
        ({"low": 10, "high": 20}, "2018: at least 10, at most 20"),
        ({"numerator": 1, "denominator": 3}, "2018: numerator 1, denominator 3"),
        ({"missing": "not-collected"}, "2018: missing not-collected"),
        ({"value": 70, "approximate": True}, "2018: 70"),
    ],
)
def test_a_figure_that_came_or_went_is_told_in_full(figure: dict[str, Any], said: str) -> None:
    """What was counted is written without its name, and nothing else is."""
    has = {"observations": [{"period": "2018", **figure}]}

    assert causes({}, has) == [("new-observation", said)]
    assert causes(has, {}) == [("observation-removed", said)]


def test_one_figure_of_several() -> None:
    """A figure that came, went or changed leaves the others as they were."""

    def seen(**figures: int) -> dict[str, Any]:
        return {"observations": [{"period": when[1:], "value": figures[when]} for when in figures]}

    both = seen(y2016=80, y2017=70)
    assert causes(both, seen(y2016=80)) == [("observation-removed", "2017: 70")]
    assert causes(both, seen(y2017=70)) == [("observation-removed", "2016: 80")]
    assert causes(seen(y2017=70), both) == [("new-observation", "2016: 80")]
    assert causes(both, seen(y2016=80, y2017=60)) == [
        ("observation-revised", "2017: value from 70 to 60")
    ]


def said(verdict: Verdict | None) -> object:
    """What a verdict says, without what is told beside it."""
    return verdict and (verdict.ruling, verdict.possible, verdict.evidence, verdict.numbers)


def test_the_last_state_of_the_replay_is_the_new_one() -> None:
    """Taking a later, worse figure away leaves the earlier one to judge by."""

    def state(*figures: tuple[str, int]) -> Plan:
        observations = [{"period": when, "value": value} for when, value in figures]
        return plan(indicator(**HALVE, observations=observations))

    moment = period("2018")
    worse, better = state(("2016", 70), ("2017", 99)), state(("2016", 70))
    (change,) = changes_between((worse, moment), (better, moment)).indicators

    assert said(change.causes[-1].after) == said(change.after)
    assert change.change == "flipped"
    assert [step.flips for step in change.causes] == [True]
    (back,) = changes_between((better, moment), (worse, moment)).indicators
    assert said(back.causes[-1].after) == said(back.after)
    slower = state(("2016", 70), ("2017", 98))
    (moved,) = changes_between((worse, moment), (slower, moment)).indicators
    assert (moved.change, [step.flips for step in moved.causes]) == ("moved", [False])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], ["break"], [("observation-revised", "2018: the series break")]),
        (["break"], [], [("observation-revised", "2018: the series break")]),
        (["break"], ["break"], []),
        (["break"], ["break", "provisional"], []),
        ([], ["provisional"], []),
    ],
)
def test_a_series_break_that_came_or_went(
    old: list[str], new: list[str], expected: list[tuple[str, str]]
) -> None:
    """It changes what a figure can be held against; no other mark does."""

    def marked(marks: list[str]) -> dict[str, Any]:
        return {"observations": [{"period": "2018", "value": 70, "marks": marks}]}

    assert causes(marked(old), marked(new)) == expected


def test_a_figure_that_has_not_ended_is_not_known() -> None:
    """A figure of December counts as of December, and not as of November."""
    has = plan(indicator(**HALVE, observations=[{"period": "2018-12", "value": 70}]))
    lacks = plan(indicator(**HALVE))

    for as_of, number in (("2018-11", 0), ("2018-12", 1)):
        assert (
            len(changes_between((lacks, period(as_of)), (has, period(as_of))).indicators) == number
        )


def test_a_renamed_indicator_that_changed_too_is_renamed() -> None:
    """The name comes first among the causes, whatever follows."""
    old = plan(indicator(**HALVE, id="old", observations=[{"period": "2018", "value": 70}]))
    new = plan(indicator(**HALVE, id="new", observations=[{"period": "2018", "value": 69}]))
    (change,) = changes_between((old, period("2018")), (new, period("2018"))).indicators

    assert change.change == "renamed"
    assert [step.cause for step in change.causes] == ["renamed", "observation-revised"]


def test_what_is_gone_and_what_has_come() -> None:
    """The lists of indicators and actions are told apart, and what is new is not called removed."""
    one = plan(indicator(**HALVE, id="a"), actions=(action(id="b", due="2018"),))
    changes = changes_between((plan(), period("2018")), (one, period("2018")))
    back = changes_between((one, period("2018")), (plan(), period("2018")))

    assert [(own.id, own.change) for own in changes.indicators] == [("a", "added")]
    assert [(own.id, own.change) for own in changes.actions] == [("b", "added")]
    assert [(own.id, own.change) for own in back.indicators] == [("a", "removed")]
    assert [(own.id, own.change) for own in back.actions] == [("b", "removed")]


GONE = {"date": "2018-06", "why": "withdrawn"}


@pytest.mark.parametrize(
    ("old", "new", "moments", "told"),
    [
        ({}, {"ended": GONE}, ("2018", "2018"), ["ended", "no longer overdue"]),
        ({"ended": GONE}, {"ended": GONE}, ("2018", "2018"), []),
        ({"ended": GONE}, {"ended": GONE}, ("2018-05", "2018-06"), ["ended", "no longer overdue"]),
        ({}, {}, ("2018-03", "2018-04"), ["overdue"]),
        ({}, {"updates": [{"date": "2018-05", "grade": "Fully Achieved"}]}, ("2018", "2018"),
         ["regraded", "no longer overdue"]),
        ({"years": ["2016/17"]}, {"years": ["2016/17", "2017/18"]}, ("2017", "2017"),
         ["carried forward"]),
        ({"years": ["2016/17"]}, {"years": ["2016/17"]}, ("2017", "2017"), []),
        ({}, {"years": ["2017/18"]}, ("2017", "2017"), []),
        ({"id": "other"}, {}, ("2017", "2017"), ["renamed"]),
        ({"lead": ["libraries"]}, {"lead": ["housing"]}, ("2017", "2017"), ["re-led"]),
    ],
)  # fmt: skip
def test_what_became_of_an_action(
    old: dict[str, Any], new: dict[str, Any], moments: tuple[str, str], told: list[str]
) -> None:
    """A line for each thing that is another one, and none for what stayed."""
    before, after = (plan(actions=(action(**{"due": "2018-03", **keys}),)) for keys in (old, new))
    changes = changes_between((before, period(moments[0])), (after, period(moments[1])))

    assert [own.change for own in changes.actions] == told


def test_a_reason_is_told_of_its_own_part() -> None:
    """Why the target moved is not the reason why the milestones did."""
    old = {"milestones": [{"period": "2017", "value": 80}]}
    entries = [
        {"date": "2018-05-17", "what": "target.due", "was": "2020", "now": "2021", "why": "slow"},
        {"date": "2018-05-17", "what": "milestones.2017", "was": "80", "now": "85", "why": "late"},
    ]
    new = {
        "target": {"kind": "halve", "due": "2021"},
        "milestones": [{"period": "2017", "value": 85}],
        "revisions": entries,
    }

    assert causes(old, new) == [
        ("target-changed", "due from 2020 to 2021 (in force from 17 May 2018: slow)"),
        ("target-changed", "the milestones (in force from 17 May 2018: late)"),
    ]


def test_what_was_not_said_is_nothing() -> None:
    """Where a figure was not said to come from anywhere, it came from nothing before."""
    assert causes({}, {"collected_from": "survey"}) == [
        ("definition-changed", "collected_from from nothing to survey")
    ]
