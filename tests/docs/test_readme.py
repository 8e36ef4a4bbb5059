"""The README and the pages on reports show what the commands print."""

import re
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import ROOT, Diplan
from diplan import cli
from diplan.cli.commands import COMMANDS, command
from fenced import DOCS, LISTINGS, Fence, fences, pieces, script, shortened


class Shown(NamedTuple):
    """A command that a page shows, its output, and a file that it tells to write before."""

    command: str
    output: str
    file: Fence | None
    line: int


README, READING, OUTPUT = ROOT / "README.md", DOCS / "reading.md", DOCS / "output.md"


def shown_commands(page: Path = README) -> Iterator[Shown]:
    """Every block of a page that begins with `$ diplan`."""
    file = None
    for fence in fences(page):
        place = fence.info.partition(" ")[2]
        if place.startswith("data/") and not (ROOT / place).exists():
            file = fence
        if fence.text.startswith("$ diplan") and fence.info == "text":
            command, _, output = fence.text[2:].partition("\n")
            yield Shown(command, output, file, fence.line)
            file = None


@pytest.mark.parametrize(
    "shown",
    [shown for page in (README, READING, OUTPUT) for shown in shown_commands(page)],
    ids=lambda shown: shown.command,
)
def test_page_shows_what_is_printed(
    shown: Shown,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A page's output is the command's on the real plan, as a terminal shows it."""
    for folder in ("data", "examples"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    if shown.file:
        path = tmp_path / shown.file.info.partition(" ")[2]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(shown.file.text, encoding="utf-8", newline="\n")
    arguments = shlex.split(shown.command)[1:]
    if arguments[0] in LISTINGS and "--format" not in arguments:
        arguments += ["--format", "table"]
    monkeypatch.chdir(tmp_path)
    code = cli.run(arguments)
    printed = capsys.readouterr()
    assert shortened(shown.output, printed.out + printed.err), printed.out + printed.err
    assert code == (1 if shown.file else 0)


def commands_on(page: Path) -> set[str]:
    """The commands whose output a page shows."""
    return {shlex.split(shown.command)[1] for shown in shown_commands(page)}


def test_readme_tour_is_complete() -> None:
    """The README shows why, who, what is wrong, what changed and a paper; status is its picture."""
    assert commands_on(README) == {"why", "actions", "check", "diff", "report"}
    assert commands_on(READING) == {"status", "show", "why", "actions", "diff"}
    assert any("^^^" in shown.output and shown.file for shown in shown_commands())


def words_of_picture() -> list[str]:
    """The lines of the terminal's picture, without the blanks between words."""
    drawn = ET.parse(DOCS / "pictures" / "status.svg")  # noqa: S314 - a file of ours
    lines: dict[float, str] = {}
    for element in drawn.iter("{http://www.w3.org/2000/svg}text"):
        if "clip-path" in element.attrib:
            height = float(element.attrib["y"])
            lines[height] = f"{lines.get(height, '')} {element.text or ''}"
    return [" ".join(line.split()) for _, line in sorted(lines.items()) if line.strip()]


def test_picture_of_a_terminal_is_current(diplan: Diplan) -> None:
    """The README's picture shows what the command prints: else run docs/pictures.py."""
    pictures = script("pictures")
    said = diplan(*pictures.STATUS.split(), "--format", "table")
    lines = [f"$ diplan {pictures.STATUS}", *said.out.splitlines()[: pictures.LINES]]
    assert words_of_picture() == [" ".join(line.split()) for line in lines if line.strip()]


def test_pictures_are_described_and_load_nothing() -> None:
    """Each picture of the README is there, has words in its place, and asks no server."""
    text = README.read_text(encoding="utf-8")
    pictures = re.findall(r"!\[([^]]+)\]\(([^)]+)\)", text)
    assert [path for _, path in pictures] == [
        "docs/pictures/status.svg", "docs/pictures/page.png", "docs/pictures/site.png"
    ]  # fmt: skip
    assert all(len(words) > 100 and (ROOT / path).exists() for words, path in pictures)
    svg = (ROOT / pictures[0][1]).read_text(encoding="utf-8")
    assert re.findall(r"https?://[^\s\"]+", svg) == ["http://www.w3.org/2000/svg"]


def test_every_command_with_json_is_on_the_page_on_output() -> None:
    """The page names each command that prints JSON, by itself or with a link to its own page."""
    text = OUTPUT.read_text(encoding="utf-8")
    formats = {
        name: option.type.choices
        for name in COMMANDS
        for option in command(name).params
        if "--format" in option.opts and hasattr(option.type, "choices")
    }
    printing = {name for name, words in formats.items() if "json" in map(str, words)}
    assert {"status", "check"} <= printing
    told = {name.partition(" ")[0] for name in printing}
    assert {name for name in told if not re.search(rf"`(diplan )?{name}|{name}\.md", text)} == set()


# ---- citations and commands


def test_data_is_cited_word_for_word() -> None:
    """The excerpt of a data file is in that file, but for what dots stand for."""
    cited = [fence for fence in fences(READING) if fence.info.startswith("yaml data/")]
    real = [fence for fence in cited if (ROOT / fence.info.split()[1]).exists()]
    assert real
    for fence in real:
        text = (ROOT / fence.info.split()[1]).read_text(encoding="utf-8")
        at = 0
        for piece in filter(None, pieces(fence.text)):
            at = text.find(piece, at)
            assert at >= 0, piece
            at += len(piece)


def test_readme_commands_run_outside_the_tests() -> None:
    """The first command of the README's tour works from the folder of the clone."""
    first = next(iter(shown_commands()))
    arguments = [*shlex.split(first.command)[1:], "--format", "table"]
    command = [sys.executable, "-m", "diplan", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert shortened(first.output, done.stdout)
    assert done.stderr == ""


def test_readme_installs_what_there_is() -> None:
    """The README's two commands for a fresh machine make an environment of their own each."""
    shells = [fence.text.strip() for fence in fences(ROOT / "README.md") if fence.info == "sh"]
    assert len(shells) == 2
    assert all(shell.startswith("python3 -m venv .venv && ") for shell in shells)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "pip install -q ." in shells[0]
    assert "-e '.[test]'" in shells[1]
    assert re.search(r"^test = \[", project, re.MULTILINE)
