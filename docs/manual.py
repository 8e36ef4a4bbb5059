"""The manual page of diplan in roff, made of the commands themselves."""
# ruff: noqa: INP001 - a script beside the pages, not a package

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from diplan import __version__
from diplan.cli.commands import COMMANDS, command

CHANGELOG = Path(__file__).parents[1] / "CHANGELOG.md"

INTRODUCTION = """\
diplan keeps a council's digital inclusion plan as YAML and CSV in a folder called data/. It checks
the files, judges how far each target has come, says what changed and why, and makes papers and a
website. Commands look for the plan in the folder that --workspace or DIPLAN_WORKSPACE names, or
else in the nearest folder upwards that holds data/."""

FILES = (
    ("data/indicators.yaml", "What is measured: baselines, targets and figures."),
    ("data/actions.yaml", "What services have promised, by when, and how it went."),
    ("data/venues.csv", "Places to get online."),
    ("data/plan.yaml", "The cover sheet: the plan's title, years, grades, services and sources."),
)
VARIABLES = (
    ("DIPLAN_WORKSPACE", "The folder that holds the plan's data/."),
    ("NO_COLOR", "Without colours, where it is set."),
)
EXITS = (
    ("0", "Done."),
    ("1", "The data has errors, or what was asked about is stale or missing."),
    ("2", "The command line cannot be understood, or something outside the data went wrong."),
)


def manual() -> str:
    """The whole page. Its day is that of the version in the changelog."""
    text = CHANGELOG.read_text(encoding="utf-8")
    dated = re.search(rf"^## \[{re.escape(__version__)}\] - (\S+)$", text, re.MULTILINE)
    day = dated[1] if dated else ""
    parts = [
        f'.TH DIPLAN 1 "{day}" "diplan {__version__}" "User Commands"',
        ".SH NAME",
        r"diplan \- track a digital inclusion plan",
        ".SH SYNOPSIS",
        ".B diplan",
        r"\fICOMMAND\fR [\fIOPTION\fR]... [\fIARGUMENT\fR]...",
        ".SH DESCRIPTION",
        _words(INTRODUCTION),
        ".SH COMMANDS",
        *(line for path in COMMANDS for line in _command(path)),
    ]
    for title, rows in (("FILES", FILES), ("ENVIRONMENT", VARIABLES), ("EXIT STATUS", EXITS)):
        parts.append(f".SH {title}")
        parts += [line for name, said in rows for line in _row(name, said)]
    return "\n".join(parts) + "\n"


def _command(path: str) -> Iterator[str]:
    """What a command does, its examples, and what it takes."""
    made = command(path)
    summary, _, examples = (made.help or "").partition("Examples:")
    yield f'.SS "diplan {path}"'
    paragraphs = [part for part in re.split(r"\n\s*\n|\x08", summary) if part.strip()]
    for at, part in enumerate(paragraphs):
        yield from ([".PP"] if at else [])
        yield _words(part)
    for given in made.params:
        if not getattr(given, "hidden", False) and given.name != "help":
            yield from _row(*_named(given))
    if examples.strip():
        yield from (".PP", "Examples:", ".PP", ".nf", ".RS")
        yield from (_escaped(line.strip()) for line in examples.strip().splitlines())
        yield from (".RE", ".fi")


def _named(given: Any) -> tuple[str, str]:
    """How a parameter is written, and what it is."""
    said = " ".join((given.help or "").split())
    if given.param_type_name == "argument":
        return str(given.metavar or (given.name or "").upper()), said
    words = "|".join(map(str, getattr(given.type, "choices", ())))
    taken = "" if given.is_flag else f" {given.metavar or words or given.type.name.upper()}"
    return f"{', '.join(sorted(given.opts, key=len))}{taken}", said


def _row(name: str, said: str) -> Iterator[str]:
    yield ".TP"
    yield f"\\fB{_escaped(name)}\\fR"
    yield _words(said or "See the examples.")


def _words(text: str) -> str:
    """A paragraph on lines of its own sentences, as roff wants it."""
    flat = " ".join(text.split()).replace("`", "")
    return "\n".join(_escaped(line) for line in re.split(r"(?<=[.:]) (?=[A-Z])", flat))


def _escaped(text: str) -> str:
    """Text in which roff sees no request and no escape."""
    safe = text.replace("\\", r"\e").replace("-", r"\-")
    return f"\\&{safe}" if safe[:1] in (".", "'") else safe
