"""Start-up: a command loads only itself, and lists and completion know the others all the same."""

import os
import re
import subprocess
import sys
from importlib import import_module
from inspect import getdoc

import pytest

from conftest import ROOT, Diplan
from diplan.cli.commands import COMMANDS, function_of

HEAVY = {"pydantic", "yaml", "rich", "tabulate", "jinja2", "markdown_it"}

SHARED = {
    "__init__", "ask", "commands", "completion", "import_questions", "key_edits", "keys", "lookup",
    "many", "moments", "options", "output", "save", "site_plan", "site_server", "workspace",
}  # fmt: skip
"""The modules of the command line that are no commands."""

PROGRAM = """
import os, sys
leave = os._exit
def told(code):
    print(*sys.modules, sep="\\n", file=sys.stderr, flush=True)
    leave(code)
os._exit = told
from diplan.cli import main
main()
"""


def modules_after(*arguments: str) -> set[str]:
    """The modules that the program has imported by its end."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return set(done.stderr.split())


def of_commands(modules: set[str]) -> set[str]:
    """Those of some modules that commands are in."""
    return modules & {f"diplan.{entry.module}" for entry in COMMANDS.values()}


def asking(words: str) -> dict[str, str]:
    """With what in its environment a shell has the last of some words completed."""
    return {
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
        "_TYPER_COMPLETE_ARGS": words,
        "_DIPLAN_COMPLETE": "complete_bash",
    }


def completed(words: str, **more: str) -> list[str]:
    """What the shell would offer for the last of some words."""
    environment = asking(words) | more
    done = subprocess.run(
        [sys.executable, "-m", "diplan"],
        capture_output=True, text=True, check=True, cwd=ROOT, env=os.environ | environment,
    )  # fmt: skip
    return done.stdout.split("\n")[:-1]


@pytest.mark.parametrize("asked", ["--help", "--version", "add --help", "skills --help"])
def test_help_and_version_import_no_command(asked: str) -> None:
    """Asking for help or the version loads no command, no record and no heavy library."""
    modules = modules_after(*asked.split())

    assert not HEAVY & modules
    assert not of_commands(modules)
    assert not {"diplan.plan", "diplan.survey", "diplan.open_sdg"} & modules


@pytest.mark.parametrize("asked", ["status", "explain duplicate-id", "templates list"])
def test_a_command_imports_no_other(asked: str) -> None:
    """Running a command loads the module that it is in, and that of no other command."""
    modules = of_commands(modules_after(*asked.split()))

    assert modules == {f"diplan.cli.{asked.split()[0]}"}


def test_check_does_without_rendering() -> None:
    """Checking needs the models and YAML, and no table."""
    modules = modules_after("check")

    assert {"pydantic", "yaml"} <= modules
    assert not {"rich", "tabulate", "jinja2"} & modules


def test_no_plug_ins_of_pydantic_are_looked_for() -> None:
    """The metadata of installed packages, a tenth of the time of a report, is not read."""
    assert "importlib.metadata" not in modules_after("status")


@pytest.mark.parametrize("path", [path for path, entry in COMMANDS.items() if entry.module])
def test_the_table_says_what_the_command_says(path: str) -> None:
    """The sentence in the lists is the first one of the docstring, and fits on a line."""
    entry = COMMANDS[path]
    written = getdoc(getattr(import_module(f"diplan.{entry.module}"), function_of(path))) or ""

    assert re.split(r"(?<=\.)\s", written, maxsplit=1)[0].replace("\n", " ") == entry.help
    assert len(entry.help) <= 67


def test_every_module_is_a_command_or_shared() -> None:
    """Every module of the command line holds a command, but for those that are shared."""
    modules = {path.stem for path in (ROOT / "src" / "diplan" / "cli").glob("*.py")}
    named = {entry.module.rpartition(".")[2] for entry in COMMANDS.values()}

    assert modules - SHARED <= named
    assert not SHARED & named


def test_every_group_has_commands() -> None:
    """An entry without a module is a group, which has commands; nothing else has."""
    groups = {path for path, entry in COMMANDS.items() if not entry.module}

    assert {path.rpartition(" ")[0] for path in COMMANDS} == groups | {""}


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_help(path: str, diplan: Diplan) -> None:
    """Each command says what it does; one that is no group shows how it is called."""
    said = diplan(*path.split(), "--help")

    assert said.code == 0
    assert f"Usage: diplan {path} " in said.out
    assert "\x08" not in said.out
    if COMMANDS[path].module:
        assert f"Examples:\n    diplan {path}" in said.out


@pytest.mark.parametrize(
    ("typed", "hint"),
    [("statsu", "Did you mean 'status'?"), ("import cvs", "Did you mean 'csv'?"), ("zzzz", "")],
)
def test_an_unknown_command(typed: str, hint: str, diplan: Diplan) -> None:
    """A mistyped command exits with 2, and says which one may have been meant."""
    said = diplan(*typed.split())

    assert said.code == 2
    assert f"No such command '{typed.split()[-1]}'. {hint}".strip() in said.err


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("diplan st", ["status"]),
        ("diplan add v", ["venue"]),
        ("diplan add pr", ["priority", "profile"]),
        ("diplan skills sc", ["score"]),
        ("diplan status --pri", ["--priority"]),
        ("diplan status --status sl", ["slipped"]),
        ("diplan why offline-h", ["offline-households"]),
        ("diplan set offline-h", ["offline-households"]),
        ("diplan rename website-r", ["website-redesign"]),
        ("diplan status --lead librar", ["libraries"]),
        ("diplan explain duplicate-i", ["duplicate-id"]),
        ("diplan report scr", ["scrutiny"]),
    ],
)
def test_the_shell_completes(
    words: str, offered: list[str], diplan: Diplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commands, options, their values and ids of the plan are completed."""
    for name, value in asking(words).items():
        monkeypatch.setenv(name, value)

    assert diplan().out.split("\n")[:-1] == offered


def test_completion_shows_what_commands_do() -> None:
    """A shell that shows descriptions gets the sentences of the table."""
    (line,) = completed("diplan ven", _DIPLAN_COMPLETE="complete_zsh")[-1:]

    assert COMMANDS["venues"].help in line


def test_completion_of_a_command_imports_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """A completed word of the first place loads no command at all."""
    monkeypatch.setenv("_DIPLAN_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "diplan s")
    monkeypatch.setenv("COMP_CWORD", "1")

    assert not of_commands(modules_after())
