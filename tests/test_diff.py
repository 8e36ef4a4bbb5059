"""What changed and why, on folders and on scratch repositories of real git."""

import json
import shutil
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from conftest import Diplan
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
