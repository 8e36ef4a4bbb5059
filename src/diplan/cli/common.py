"""What every command shares: its options, its streams, and how it finds the plan.

Only this package prints, reads the clock or the environment, or exits. Exit codes: 0 fine,
1 the data has problems, 2 wrong usage or no workspace, 3 anything unexpected.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from diplan.loading import Loaded
    from diplan.model import Plan
    from diplan.period import Period
    from diplan.problems import Problem
    from diplan.workspace import Workspace

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        envvar="DIPLAN_WORKSPACE",
        help="The folder that holds the plan's data/; by default the nearest one upwards.",
        show_default=False,
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        metavar="PERIOD",
        help="The moment to describe: the end of a year, quarter, month or day. Default: today.",
        show_default=False,
    ),
]


def workspace(folder: Path | None) -> "Workspace":
    """The workspace that was named, or the nearest one."""
    from diplan.workspace import find_workspace, workspace_at

    return workspace_at(folder) if folder else find_workspace(Path())


def today() -> "Period":
    """The clock's only reader."""
    from datetime import datetime

    from diplan.period import day

    return day(datetime.now().astimezone().date())


def period_option(name: str, written: str) -> "Period":
    """The period that an option names."""
    from diplan.errors import BadTextError, OptionError
    from diplan.period import period

    try:
        return period(written)
    except BadTextError as error:
        message = f"{name}: {error}"
        raise OptionError(message, error.hint) from None


def moment(as_of: str | None) -> "Period":
    """The moment that `--as-of` names, or today."""
    return today() if as_of is None else period_option("--as-of", as_of)


def moment_in(plan: "Plan", as_of: str | None, year: str | None) -> "Period":
    """The moment that `--as-of` or `--year` names; a year is the plan's kind of year."""
    from diplan.errors import NotAloneError, OptionError

    if year is None:
        return moment(as_of)
    if as_of is not None:
        raise NotAloneError(["--as-of", "--year"])
    found = period_option("--year", year)
    if found.kind != plan.cover.years:
        example = {"financial": "2017/18", "calendar": "2018", "academic": "AY2017/18"}
        raise OptionError(
            f'--year: "{year}" is not a {plan.cover.years} year, which this plan\'s years are',
            f"write one like {example[plan.cover.years]}, or use --as-of",
        )
    return found


def whole_plan(loaded: "Loaded") -> "Plan":
    """The plan, if all of it could be read; half a plan is never reported on."""
    from diplan.render.problems import as_text, counted

    errors = [problem for problem in loaded.problems if problem.severity == "error"]
    if loaded.plan and not errors:
        return loaded.plan
    print(as_text(errors[:10]), file=sys.stderr)
    remark(f"no report: the data cannot be read whole ({counted(errors)})")
    remark("run `diplan check` to see every problem")
    raise typer.Exit(1)


def emit(text: str) -> None:
    """Put a command's product on stdout.

    Inside GitHub Actions, what looks like a command to its runner is taken apart.
    """
    if os.environ.get("GITHUB_ACTIONS"):
        text = "\n".join(_disarmed(text.split("\n")))
    sys.stdout.write(text if text.endswith("\n") or not text else f"{text}\n")


def _disarmed(lines: list[str]) -> Iterator[str]:
    for line in lines:
        safe = line.replace("##[", "## [")
        yield safe.replace("::", ": :", 1) if safe.lstrip().startswith("::") else safe


def remark(text: str) -> None:
    """Say something beside the product, on stderr."""
    print(text, file=sys.stderr)


def in_order(problems: "list[Problem]", files: list[str]) -> "list[Problem]":
    """Problems in the order of the files, then of the places in them."""
    rank = {name: at for at, name in enumerate(files)}
    return sorted(
        problems,
        key=lambda found: (
            rank.get(found.file, -1),
            found.file,
            found.span.line,
            found.span.column,
            found.code,
        ),
    )
