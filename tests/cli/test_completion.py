"""What a shell offers for a word that is being typed: for every parameter, in every plan."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, Diplan
from diplan.cli.commands import COMMANDS, command
from scratch import Scratch

FREE = {
    "--at": "words on a place in a source",
    "--base-url": "an address",
    "--by": "a column of the file of answers",
    "--confidence": "a number",
    "--evidence": "somebody's words",
    "--from": "when a new plan begins",
    "--group": "a name in a file, or on plans that are not read yet",
    "--heading": "somebody's words",
    "--indicator": "a number in a repository that is not read yet",
    "--note": "somebody's words",
    "--organisation": "a name",
    "--service": "a name in a new plan",
    "--title": "somebody's words",
    "--to": "when a new plan ends",
    "--weight": "a column of the file of answers",
    "--where": "a column and a value in a repository that is not read yet",
    "--why": "somebody's words",
    "figure": "a figure",
    "name": "the id of something new",
    "new": "the id of something new",
}
"""The parameters for which there is nothing to offer, each with what is typed there."""

BY_TYPE = ("TyperChoice", "Choice", "TyperPath", "Path", "IntRange")
"""Words of a list, files and numbers: what a shell does with these it knows by itself."""


def parameters() -> Iterator[tuple[str, Any]]:
    """Each parameter of each command that takes a word."""
    for path in COMMANDS:
        for given in command(path).params:
            if not getattr(given, "is_flag", False) and type(given.type).__name__ not in BY_TYPE:
                yield path, given


def test_every_word_is_completed_or_free() -> None:
    """A new option completes its words, or stands above with what is typed there."""
    bare = {
        given.name if given.param_type_name == "argument" else given.opts[0]
        for _, given in parameters()
        if not given._custom_shell_complete
    }
    assert bare == set(FREE)


def offered(words: str, home: Path = ROOT, shell: str = "bash", **more: str) -> list[str]:
    """What a shell is told to offer for the last of some words, by the program itself."""
    environment = {
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
        "_TYPER_COMPLETE_ARGS": words,
        "_DIPLAN_COMPLETE": f"complete_{shell}",
    }
    if shell == "fish":
        environment["_TYPER_COMPLETE_FISH_ACTION"] = "get-args"
    done = subprocess.run(
        [sys.executable, "-m", "diplan"], capture_output=True, text=True, check=False, cwd=home,
        env=os.environ | environment | more,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


@pytest.fixture(name="asked")
def _asked(diplan: Diplan, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What bash is told to offer for the last of some words, in a folder."""

    def ask(words: str, home: Path = ROOT) -> list[str]:
        for name, value in (("COMP_WORDS", words), ("COMP_CWORD", str(words.count(" "))),
                            ("_DIPLAN_COMPLETE", "complete_bash")):  # fmt: skip
            monkeypatch.setenv(name, value)
        said = diplan(cwd=home)
        assert said.err == ""
        return said.out.split()

    return ask


@pytest.mark.parametrize(
    ("words", "some"),
    [
        ("diplan status --year 2017", ["2017/18"]),
        ("diplan why work-clubs --as-of 2016", ["2016/17"]),
        ("diplan diff 2018", ["2018/19"]),
        ("diplan report service librar", ["libraries"]),
        ("diplan update website-redesign Ful", ["Fully", "Achieved"]),
        ("diplan actions --grade not", ["not-graded"]),
        ("diplan record work-clubs --mark prov", ["provisional"]),
        ("diplan record work-clubs 5 --source im", []),
        ("diplan set work-clubs targ", ["target="]),
        ("diplan add action new-one tit", ["title="]),
        ("diplan set x --in ven", ["venues"]),
        ("diplan venues --near smith", ["smithfield-one"]),
        ("diplan venues --open-on T", ["Tu", "Th"]),
        ("diplan import csv x.csv --map per", ["period="]),
        ("diplan skills score x.csv --framework basic", ["basic-digital-skills-2015"]),
        ("diplan skills score x --framework basic-digital-skills-2015 --question c", ["could"]),
        ("diplan status --workspace examples/norwich --lead library", ["library-service"]),
        ("diplan site --with p", ["pdf"]),
        ("diplan export par", ["parquet"]),
    ],
)
def test_words_are_offered(words: str, some: list[str], asked: Any) -> None:
    """Years, ids, grades, keys and other words, of the plan that the line names."""
    found = asked(words)
    assert found == some if some else isinstance(found, list)


def test_revisions_are_offered(scratch: Scratch, asked: Any) -> None:
    """Tags, branches and commits, each with its subject where the shell shows one."""
    scratch.commit("a second state")
    assert {"first", "main"} <= set(asked("diplan status --at ", scratch.home))
    assert "first" in asked("diplan diff f", scratch.home)
    lines = offered("diplan check --against m", scratch.home, "zsh")
    assert any('"main":"a second state"' in line for line in lines)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_environment_names_the_plan(shell: str, tmp_path: Path) -> None:
    """DIPLAN_WORKSPACE is looked at as the commands look at it, and the option comes first."""
    norwich, words = {"DIPLAN_WORKSPACE": str(ROOT / "examples" / "norwich")}, "diplan status "
    lines = offered(f"{words}--lead library", tmp_path, shell, **norwich)
    assert any("library-service" in line for line in lines)
    nearer = offered(f"{words}--workspace {ROOT} --lead librar", tmp_path, shell, **norwich)
    assert any("libraries" in line for line in nearer)
    assert not any("library-service" in line for line in nearer)


@pytest.mark.parametrize("word", ["--year ", "--at ", "--lead ", "--as-of 2"])
def test_outside_a_plan_nothing_is_offered(word: str, tmp_path: Path, asked: Any) -> None:
    """Without a plan, or with a broken one, there is no word and no message."""
    assert asked(f"diplan status {word}", tmp_path) == []
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "indicators.yaml").write_text("indicators: [", encoding="utf-8")
    assert asked(f"diplan status {word}", tmp_path) == []


def test_a_title_steers_no_terminal(tmp_path: Path) -> None:
    """Signs that steer a terminal are written as their numbers, and a long title is cut."""
    shutil.copytree(ROOT / "tests" / "errors" / "base", tmp_path / "home")
    path = tmp_path / "home" / "data" / "indicators.yaml"
    text = path.read_text(encoding="utf-8")
    evil = f'title: "\\e]0;x\\a {"long " * 40}$(id) `id`"'
    path.write_text(text.replace("title: Residents who are not online", evil, 1), encoding="utf-8")
    for shell in ("bash", "zsh", "fish"):
        lines = offered("diplan show res", tmp_path / "home", shell)
        assert "residents-offline" in "\n".join(lines)
        assert "\x1b" not in "".join(lines)
        assert all(len(line) < 200 for line in lines)
