"""The pages to follow from top to bottom: each command prints what they show."""

import shlex
import subprocess
from pathlib import Path

import pytest

from conftest import Clock, Diplan
from fenced import DOCS, LISTINGS, Fence, example_id, fences, shortened
from scratch import GIT

FEBRUARY = "2026-02-02"
"""When the story of the tutorial is set."""


def change(where: Path, fence: Fence) -> None:
    """Make the edit of a plan's file that a fence shows."""
    kind, *_, name = fence.info.split()
    path = where / name
    text = path.read_text(encoding="utf-8")
    if kind == "diff":
        old, new = (
            "".join(line[1:] for line in fence.text.splitlines(keepends=True) if line[0] in marks)
            for marks in (" -", " +")
        )
        assert text.count(old) == 1
        text = text.replace(old, new)
    else:
        text += fence.text
    path.write_text(text, encoding="utf-8", newline="\n")


def test_tutorial_is_true(
    tmp_path: Path, diplan: Diplan, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From nothing to a plan that CI can check: each command prints what the tutorial shows."""
    for name, value in (
        ("NO_COLOR", "1"),
        ("GIT_COMMITTER_DATE", f"{FEBRUARY}T12:00:00+0000"),
        ("GIT_AUTHOR_DATE", f"{FEBRUARY}T12:00:00+0000"),
    ):
        monkeypatch.setenv(name, value)
    clock(FEBRUARY)
    where, used = tmp_path, []
    for fence in fences(DOCS / "tutorial.md"):
        if fence.info.startswith(("yaml append ", "diff ")):
            change(where, fence)
        if fence.info != "console":
            continue
        for step in fence.text.removeprefix("$ ").split("\n$ "):
            line, _, output = step.partition("\n")
            program, *words = shlex.split(line)
            used.append(f"{program} {words[0]}")
            if program == "cd":
                where /= words[0]
            elif program == "git":
                subprocess.run([*GIT, *words], cwd=where, check=True, capture_output=True)
            else:
                words += ["--format", "table"] if words[0] in {*LISTINGS, "due"} else []
                said = diplan(*words, cwd=where)
                printed = said.out + said.err
                assert shortened(output.rstrip("\n") + "\n", printed), printed
                assert said.code == int("unrecorded-change" in output)
    steps = ["init", "check", "record", "add", "update", "status", "why", "due", "report", "revise"]
    assert [step for step in steps if f"diplan {step}" not in used] == []


@pytest.mark.parametrize(
    "fence",
    [fence for fence in fences(DOCS / "compare.md") if fence.text.startswith("$ diplan ")],
    ids=example_id,
)
def test_comparison_is_what_is_printed(fence: Fence, diplan: Diplan) -> None:
    """The page on comparing plans shows what the command prints."""
    command, _, output = fence.text[2:].partition("\n")
    said = diplan(*shlex.split(command)[1:], "--format", "table")
    assert shortened(output, said.out), said.out


def test_the_page_on_editing_is_true(tmp_path: Path, diplan: Diplan, clock: Clock) -> None:
    """The page, followed from top to bottom on a new plan, shows what is printed."""
    clock("2027-01-15")
    diplan("init", "plan", "--with-example", "--from", "2024-04", "--to", "2028-03", cwd=tmp_path)
    commands = 0
    for fence in fences(DOCS / "editing.md"):
        if fence.info != "console":
            continue
        for step in fence.text.removeprefix("$ ").split("\n$ "):
            line, _, output = step.partition("\n")
            said = diplan(*shlex.split(line)[1:], cwd=tmp_path / "plan")
            printed = said.out + said.err
            assert shortened(output.rstrip("\n") + "\n", printed), printed
            commands += 1
    checked = diplan("check", "--as-of", "2027-01-15", cwd=tmp_path / "plan")
    assert (checked.code, checked.out) == (0, "")
    assert commands > 10
