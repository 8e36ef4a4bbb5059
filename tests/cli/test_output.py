"""What is printed steers nothing: no terminal, and no runner of CI, on either stream."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Diplan, Said
from diplan.cli.output import printable
from diplan.ground.text import UNSAFE
from diplan.render.records import as_json
from diplan.report.document import Document
from scratch import Scratch

ORDER = "\x1b[2J\x9b31m\x1b]0;title\x07\r\u202e##[error]no ##vso[task]no"

Workspace = Callable[..., Path]


def steers(said: Said) -> bool:
    """Whether anything that was printed is more than text."""
    lines = (said.out + said.err).split("\n")
    return any(
        UNSAFE.search(line)
        or "\r" in line.removesuffix("\r")
        or line.lstrip().startswith("::")
        or "##[" in line
        or "##vso[" in line
        for line in lines
    )


@pytest.fixture(params=["runner", "pipe"])
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the output goes."""
    if request.param == "runner":
        monkeypatch.setenv("GITHUB_ACTIONS", "true")
    where: str = request.param
    return where


def expected(place: str, said: Said) -> bool:
    """Whether the output is as it should be: orders to a runner matter only in one."""
    if place == "runner":
        return not steers(said)
    return not UNSAFE.search(said.out + said.err)


def test_a_subject_is_only_text(place: str, diplan: Diplan, scratch: Scratch) -> None:
    """The subject of a commit is whatever its author wrote, in every format."""
    scratch.edit("value: 720", "value: 700")
    scratch.commit(f"::error::x {ORDER}")
    for form in ("table", "plain", "markdown", "json", "csv"):
        said = diplan("history", "residents-offline", "--format", form, cwd=scratch.home)

        assert said.code == 0
        assert "U+001B" in said.out
        assert expected(place, said), form


def test_our_own_colours_stay(diplan: Diplan, scratch: Scratch) -> None:
    """Colours are ours alone: those of a commit are written out."""
    scratch.edit("value: 720", "value: 700")
    scratch.commit("\x1b[31mred")
    said = diplan(
        "history", "residents-offline", "--format", "table", "--color", "always", cwd=scratch.home
    )

    assert "\x1b[1m" in said.out
    assert "\x1b[31m" not in said.out
    assert "<U+001B>[31m" in said.out.replace("\n", "").replace(" ", "")


ARGUMENTS = (
    (f"::error::{ORDER}",),
    ("show", f"::x{ORDER}"),
    ("check", f"::{ORDER}"),
    ("check", "--format", f"::x{ORDER}"),
    ("check", f"--::x{ORDER}"),
    ("status", "--as-of", f"::x{ORDER}"),
    ("status", "--workspace", f"::x{ORDER}"),
    ("diff", f"::x{ORDER}"),
    ("check", "--against", f"::x{ORDER}"),
    ("report", "progress", "--templates", f"::x{ORDER}"),
    ("report", f"::x{ORDER}"),
    ("actions", "--lead", f"\n::x{ORDER}"),
)


def test_an_argument_is_only_text(place: str, diplan: Diplan, scratch: Scratch) -> None:
    """Whatever was typed, or came from a branch's name, is named in the error and does nothing."""
    for words in ARGUMENTS:
        said = diplan(*words, cwd=scratch.home)

        assert said.code in (1, 2)
        assert expected(place, said), said


@pytest.mark.skipif(sys.platform == "win32", reason="no file of Windows is called so")
def test_a_name_of_a_file_is_only_text(place: str, diplan: Diplan, workspace: Workspace) -> None:
    """A file may have any name."""
    home = workspace()
    (home / "data" / f"x\n::error::{ORDER}.yaml").write_text("x: 1\n")
    for words in (("check",), ("status",), ("check", "--format", "json"), ("fmt", "--check")):
        assert expected(place, diplan(*words, cwd=home))


def test_what_git_says_is_only_text(place: str, diplan: Diplan, scratch: Scratch) -> None:
    """Git quotes a damaged repository in its errors."""
    (scratch.home / ".git" / "config").write_text(f'[core\n::error::{ORDER}"')
    said = diplan("diff", "first", cwd=scratch.home)

    assert said.code == 2
    assert expected(place, said)


def test_a_paper_on_the_screen(
    diplan: Diplan, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A template's own characters are written out where they are looked at, and kept elsewhere."""
    home = workspace()
    (home / "templates").mkdir()
    (home / "templates" / "progress.md.j2").write_text(f"a\n::error::{ORDER}\n", newline="")
    words = ("report", "progress", "--as-of", "2018")
    diplan(*words, "--output", str(home / "paper.md"), cwd=home)
    paper = (home / "paper.md").read_bytes()

    assert b"\x1b[2J" in paper
    assert diplan(*words, cwd=home).out.encode() == paper
    monkeypatch.setattr("diplan.cli.output._is_read", lambda: True)
    assert not UNSAFE.search(diplan(*words, cwd=home).out)
    monkeypatch.undo()
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert not steers(diplan(*words, cwd=home))


def test_json_keeps_its_meaning() -> None:
    """Characters that are unsafe to look at are escaped, and mean the same."""
    text = "a\x7fb\x85c\u202ed\ud800e"
    made = as_json(Document("", [], [], lambda: {"text": text}, ""))

    assert not UNSAFE.search(made)
    assert json.loads(made) == {"text": text}


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("a\r\nb\rc\td", "a\r\nb<U+000D>c\td"),
        ("\x1b[31ma", "<U+001B>[31ma"),
        (" \t::x::y", " \t: :x::y"),
        ("\n\n:::x", "\n\n: ::x"),
        ("a::b", "a::b"),
        ("##[x] ##vso[y] ## a", "## [x] ## vso[y] ## a"),
    ],
)
def test_what_is_made_of_it(text: str, made: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Characters that steer are named; orders to a runner are taken apart; all else is kept."""
    monkeypatch.setenv("TF_BUILD", "True")

    assert printable(text) == made
    assert printable(made) == made
    assert printable("\x1b[31ma\x1b[0m\x1b[2J", coloured=True) == "\x1b[31ma\x1b[0m<U+001B>[2J"
