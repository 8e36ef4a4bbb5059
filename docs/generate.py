"""Writes what comes from the program itself: the commands, the problems, and the manual page.

Assumes that diplan is installed. `--check` writes nothing, and exits with 1 if a page is stale.
"""
# ruff: noqa: INP001 - a script beside the pages, not a package

import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from diplan.cli import run
from diplan.cli.commands import COMMANDS
from diplan.problems import CODES, pages

sys.path.insert(0, str(Path(__file__).parent))
from manual import manual

DOCS = Path(__file__).parent
NOTICE = "<!-- Made by `python docs/generate.py`: change the program, not this page. -->"
WIDTH = "80"
NOISE = ("GITHUB_ACTIONS", "DIPLAN_WORKSPACE", "FORCE_COLOR")
"""Variables of the environment that would change what `--help` prints."""


ABOUT_COMMANDS = """\
This page shows what each command prints with `--help`. [Output](output.md) explains formats and
exit codes, which are the same for all commands. `diplan report` makes [papers](reports.md), and
`diplan templates` helps you to [change how they look](templates.md). `man diplan` says the same
where diplan is installed with its manual page.

`diplan --install-completion` teaches bash, zsh, fish or PowerShell to complete commands, options
and what they take: ids, years, revisions, grades, keys and other words, with a title beside each
where the shell shows one. It looks at the plan that `--workspace` or `DIPLAN_WORKSPACE` names, or
else at the nearest one."""

ABOUT_PROBLEMS = """\
`diplan check` ends every problem with a code in square brackets. `diplan explain CODE` prints the
section of that code below.

- An error makes a verdict wrong or impossible, so `diplan check` exits with 1.
- A warning does not change the verdicts, but makes the plan hard to trust. With `--strict` it
  counts as an error.
- Advice says what makes a plan hard to hold to account. You get it only with `--advice`, and it
  never counts as an error.

In the examples, replace the lines with `-` by the lines with `+`."""


def help_of(command: str) -> str:
    """What `diplan COMMAND --help` prints in 80 columns; without a command, the program's own."""
    before = dict(os.environ)
    os.environ["COLUMNS"] = WIDTH
    for name in NOISE:
        os.environ.pop(name, None)
    stream = StringIO()
    try:
        with redirect_stdout(stream):
            run([*command.split(), "--help"])
    finally:
        os.environ.clear()
        os.environ.update(before)
    return "\n".join(line.rstrip() for line in stream.getvalue().strip().split("\n"))


def commands() -> str:
    """The page of the commands."""
    parts = [
        "# Commands",
        NOTICE,
        ABOUT_COMMANDS,
        "\n".join(f"- [diplan {name}](#diplan-{name.replace(' ', '-')})" for name in COMMANDS),
        "## diplan",
        fenced(help_of("")),
    ]
    for name in COMMANDS:
        parts += [f"## diplan {name}", fenced(help_of(name))]
    return "\n\n".join(parts) + "\n"


def fenced(text: str, kind: str = "text") -> str:
    """*text* in a fence."""
    return f"```{kind}\n{text}\n```"


def problems() -> str:
    """The page of the problems."""
    parts = [
        "# Problems",
        NOTICE,
        ABOUT_PROBLEMS,
        "\n".join(
            ["| code | severity |", "|---|---|"]
            + [f"| [{code}](#{code}) | {CODES[code]} |" for code in pages()]
        ),
    ]
    for code, page in pages().items():
        parts += [
            f"## {code}",
            f"**{CODES[code].capitalize()}.**\n{page.text}",
            f"`{page.file}`:",
            fenced(page.example.rstrip("\n"), "diff"),
        ]
    return "\n\n".join(parts) + "\n"


PAGES = {"commands.md": commands, "problems.md": problems, "../man/diplan.1": manual}


def stale() -> list[str]:
    """The pages that differ from what the program says."""
    return [
        name
        for name, build in PAGES.items()
        if not (DOCS / name).exists() or (DOCS / name).read_text(encoding="utf-8") != build()
    ]


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or look whether they are current; the exit code."""
    if list(arguments) not in ([], ["--check"]):
        sys.stderr.write("usage: python docs/generate.py [--check]\n")
        return 2
    outdated = stale()
    if arguments:
        for name in outdated:
            sys.stderr.write(f"docs/{name} is out of date: run python docs/generate.py\n")
        return 1 if outdated else 0
    for name in outdated:
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / name).write_text(PAGES[name](), encoding="utf-8", newline="\n")
        sys.stderr.write(f"wrote docs/{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
