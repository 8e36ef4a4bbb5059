"""The page on changes: its story is true, and its entries for the ledger are needed."""

import re
import shlex
from pathlib import Path

import pytest

from conftest import Diplan
from diplan.judge.diff import Cause
from fenced import DOCS, Fence, example_id, fences, shortened
from scratch import Scratch

CHANGES = DOCS / "changes.md"
DAYS = ("2019-01-15", "2019-02-20", "2019-03-08")
"""When the commits of the page were made."""


def edited(scratch: Scratch, fence: Fence, *, ledger: bool = True) -> None:
    """Make the edit that a fence shows, with its entries for the ledger or without them."""
    lines = fence.text.splitlines(keepends=True)
    old = [line[1:] for line in lines if line[0] in " -"]
    new = [line[1:] for line in lines if line[0] in " +"]
    if not ledger:
        new = [line for line in new if "what: " not in line and "revisions:" not in line]
    scratch.edit("".join(old), "".join(new), Path(fence.info.split()[-1]).stem)


def without_hashes(text: str) -> str:
    """A text in which all commits are called the same."""
    return re.sub(r"\b[0-9a-f]{9}\b", "#########", text)


def test_the_story_of_changes_is_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, diplan: Diplan
) -> None:
    """The page on changes, followed from top to bottom, shows what is printed."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    days = iter(DAYS)

    def tomorrow() -> None:
        day = next(days)
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"{day}T12:00:00+0000")
        monkeypatch.setenv("GIT_AUTHOR_DATE", f"{day}T12:00:00+0000")

    tomorrow()
    scratch = Scratch(tmp_path / "story")
    commands = 0
    for fence in fences(CHANGES):
        command, _, output = fence.text.partition("\n")
        if fence.info.startswith("diff data/"):
            edited(scratch, fence)
        elif command.startswith("$ git commit "):
            tomorrow()
            scratch.commit(shlex.split(command)[-1])
        elif command.startswith("$ diplan "):
            said = diplan(*shlex.split(command)[2:], cwd=scratch.home)
            printed = without_hashes(said.out + said.err)
            assert shortened(without_hashes(output), printed), printed
            commands += 1
    assert commands >= 8
    assert next(days, None) is None


LEDGER = [fence for fence in fences(CHANGES) if fence.info.startswith("diff ledger ")]


@pytest.mark.parametrize("fence", LEDGER, ids=example_id)
def test_entries_of_the_ledger_are_needed(fence: Fence, scratch: Scratch, diplan: Diplan) -> None:
    """An edit on the page fails without its entries, and passes with them."""
    call = ("check", "--against", "first", "--as-of", "2019-02")
    edited(scratch, fence, ledger=False)
    quiet = diplan(*call, cwd=scratch.home)
    scratch.git("checkout", "-q", "data")
    edited(scratch, fence)
    told = diplan(*call, cwd=scratch.home)
    entries = len(re.findall("what: ", fence.text))
    assert (quiet.code, quiet.out.count("[unrecorded-change]")) == (1, entries), quiet.out
    assert (told.code, told.out) == (0, "")


def test_every_kind_of_entry_has_an_example() -> None:
    """Each name that the table of `what` has is in an example."""
    text = CHANGES.read_text(encoding="utf-8")
    shown = re.findall(r"what: ([^,]+),", "".join(fence.text for fence in LEDGER))
    rows = re.findall(r"^\| `(\S+)` \| an (?:indicator|action) \|", text, re.MULTILINE)
    names = {
        row: row.replace(".", r"\.").replace("FIELD", r"[a-z]+").replace("PERIOD", r"\d{4}")
        .replace("DATE", r"\d{4}-\d\d")
        for row in rows
    }  # fmt: skip
    assert len(rows) == 9
    assert [row for row in rows if not any(re.fullmatch(names[row], what) for what in shown)] == []


FIGURE_OF_2018 = "      - {period: 2018, value: 720, source: survey}\n"
CAUSED = {
    "definition-changed": ("unit: residents", "unit: households"),
    "baseline-revised": ("value: 1000", "value: 1400"),
    "target-changed": ("due: 2020", "due: 2022"),
    "observation-revised": ("value: 720", "value: 790"),
    "observation-removed": (FIGURE_OF_2018, ""),
    "new-observation": (
        FIGURE_OF_2018, f"{FIGURE_OF_2018}      - {{period: 2019, value: 640, source: survey}}\n",
    ),
    "renamed": ("id: residents-offline", "id: people-offline"),
}  # fmt: skip
"""An edit of the first commit for each cause that one edit can have alone."""


@pytest.mark.parametrize("cause", list(Cause), ids=str)
def test_each_cause_has_a_true_example(cause: Cause, scratch: Scratch, diplan: Diplan) -> None:
    """The example in the table of causes is what the report says."""
    text = CHANGES.read_text(encoding="utf-8")
    row = re.search(rf"^\| `{cause}` \| [^|]+ \| `([^`]+)` \|$", text, re.MULTILINE)
    assert row
    call = ["first", "--as-of", "2019"]
    if cause is Cause.TIME_PASSED:
        call = ["2018", "2020"]
    elif cause in (Cause.ADDED, Cause.REMOVED):
        path = scratch.home / "data" / "indicators.yaml"
        whole = path.read_text(encoding="utf-8")
        path.write_text(whole.partition("  - id: adults-with-skills")[0], encoding="utf-8")
        scratch.commit("second")
        call = ["HEAD", "first"] if cause is Cause.ADDED else ["first", "HEAD"]
    else:
        scratch.edit(*CAUSED[str(cause)])
    if cause is Cause.OBSERVATION_REVISED:
        call[-1] = "2018"
    said = diplan("diff", *call, "--format", "plain", cwd=scratch.home)
    assert f"why: {row[1]}\n" in said.out
