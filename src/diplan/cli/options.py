"""What every command shares: its options, its streams, and how it finds the plan.

Only this package prints, reads the clock or the environment, or exits. Exit codes: 0 fine,
1 the data has problems, 2 wrong usage or no workspace, 3 anything unexpected.
"""

import os
import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.output import emit as emit
from diplan.cli.output import emit_bytes as emit_bytes
from diplan.cli.output import remark as remark
from diplan.ground.text import one_line, visible

if TYPE_CHECKING:
    from datetime import datetime

    from diplan.files.load import Loaded
    from diplan.files.workspace import Workspace
    from diplan.ground.period import Period
    from diplan.plan import Plan
    from diplan.problems import Problem
    from diplan.report.document import Document

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


class Format(StrEnum):
    """How a report is printed."""

    table = "table"
    plain = "plain"
    markdown = "markdown"
    json = "json"
    csv = "csv"


class Colour(StrEnum):
    """When colour stands beside the words."""

    auto = "auto"
    always = "always"
    never = "never"


FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help="Columns, lines to be read aloud, Markdown, or data. "
        "Default: table at a terminal, plain elsewhere.",
        show_default=False,
    ),
]
ColourOption = Annotated[
    Colour, typer.Option("--color", help="When to colour; auto heeds the terminal and NO_COLOR.")
]


def _ids(section: str, incomplete: str) -> list[str]:
    """Ids of a section that begin so, for the shell's completion."""
    from diplan.files.load import load
    from diplan.ground.errors import DiplanError

    try:
        plan = load(workspace(None)).plan
    except DiplanError:
        return []
    entities = getattr(plan, section, ())
    return [entity.id for entity in entities if entity.id.startswith(incomplete)]


def priority_ids(incomplete: str) -> list[str]:
    """Priorities, for the shell's completion."""
    return _ids("priorities", incomplete)


def service_ids(incomplete: str) -> list[str]:
    """Services, for the shell's completion."""
    return _ids("services", incomplete)


def indicator_ids(incomplete: str) -> list[str]:
    """Indicators, for the shell's completion."""
    return _ids("indicators", incomplete)


def indicator_and_action_ids(incomplete: str) -> list[str]:
    """Indicators and actions, for the shell's completion."""
    return [*indicator_ids(incomplete), *_ids("actions", incomplete)]


PriorityOption = Annotated[
    str | None,
    typer.Option(
        metavar="ID",
        help="Only what stands under this priority.",
        autocompletion=priority_ids,
        show_default=False,
    ),
]
LeadOption = Annotated[
    str | None,
    typer.Option(
        metavar="SERVICE",
        help="Only what this service leads.",
        autocompletion=service_ids,
        show_default=False,
    ),
]

YearOption = Annotated[
    str | None,
    typer.Option(metavar="YEAR", help="As of the end of a year of the plan.", show_default=False),
]

AtOption = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="REV",
        help="What was known then: the data of a git revision.",
        show_default=False,
    ),
]


def workspace(folder: Path | None) -> "Workspace":
    """The workspace that was named, or the nearest one."""
    from diplan.files.workspace import find_workspace, workspace_at

    return whole(workspace_at(folder) if folder else find_workspace(Path()))


def whole(home: "Workspace") -> "Workspace":
    """A workspace as it was before an edit that was cut short, of which the user is told."""
    from diplan.files.workspace import JOURNAL

    if not os.path.lexists(home.root / "data" / JOURNAL):
        return home
    from diplan.files.journal import seen_through

    home, said = seen_through(home)
    if said:
        remark(said)
    return home


def keep_out(path: Path, root: Path) -> None:
    """See that a file to be written is not among a plan's own data, be it by a link.

    Raises:
        OptionError: it is.
    """
    from diplan.ground.errors import OptionError

    real, data = (Path(os.path.realpath(place)) for place in (path, root / "data"))
    if real.is_relative_to(data):
        message = f"{one_line(str(path))} is among the plan's own data"
        raise OptionError(message, "write it somewhere else")


def now() -> "datetime":
    """The clock's only reader."""
    from datetime import datetime

    return datetime.now().astimezone()


def today() -> "Period":
    """The day that it is."""
    from diplan.ground.period import day

    return day(now().date())


def period_option(name: str, written: str) -> "Period":
    """The period that an option names."""
    from diplan.ground.errors import BadTextError, OptionError
    from diplan.ground.period import period

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
    from diplan.ground.errors import NotAloneError

    if year is None:
        return moment(as_of)
    if as_of is not None:
        raise NotAloneError(["--as-of", "--year"])
    return plan_year(plan, year)


def plan_year(plan: "Plan", year: str) -> "Period":
    """The year of the plan that `--year` names, which is the plan's kind of year."""
    from diplan.ground.errors import OptionError

    found = period_option("--year", year)
    if found.kind != plan.cover.years:
        example = {"financial": "2017/18", "calendar": "2018", "academic": "AY2017/18"}
        raise OptionError(
            f'--year: "{year}" is not a {plan.cover.years} year, which this plan\'s years are',
            f"write one like {example[plan.cover.years]}, or use --as-of",
        )
    first, last = plan.cover.from_, plan.cover.to
    if (first and found.end <= first.start) or (last and found.start >= last.end):
        message = f"--year: {year} is not a year of this plan"
        raise OptionError(
            message, f"it runs from {first or '...'} to {last or '...'}; or use --as-of"
        )
    return found


_read: "list[Loaded]" = []
"""The last plan that was opened, which a command that goes on to edit it need not read again."""


def last_read(home: "Workspace") -> "Loaded | None":
    """What was read of a workspace last, if anything was."""
    return next((loaded for loaded in _read if loaded.root == home.root), None)


def open_plan(folder: Path | None, at: str | None = None) -> "tuple[Plan, Loaded]":
    """The plan (as a revision has it), if all of it could be read; never half a plan."""
    from diplan.files.load import load
    from diplan.render.problems import as_text, counted

    home = workspace(folder)
    if at is not None:
        from diplan.files.history import GitRepository

        home = GitRepository(home).at(at)
    loaded = load(home)
    _read[:] = [loaded]
    errors = [problem for problem in loaded.problems if problem.severity == "error"]
    if loaded.plan and not errors:
        return loaded.plan, loaded
    print(as_text(errors[:10]), file=sys.stderr)
    remark(f"no report: the data cannot be read whole ({counted(errors)})")
    remark("run `diplan check` to see every problem")
    raise typer.Exit(1)


def known(what: str, name: str | None, plan: "Plan") -> str | None:
    """*name*, if the plan has it: a mistyped one gets a suggestion."""
    from diplan.cli.naming import LISTING, unknown

    names = getattr(plan, what)
    if name is None or name in names:
        return name
    listing = f"there are {', '.join(names)}" if len(names) <= 30 else LISTING
    raise unknown(what, name, names.values(), listing)


def print_report(document: "Document", form: str | None, colour: Colour) -> None:
    """Print a report: in columns at a terminal, in lines elsewhere, unless told otherwise."""
    from diplan.render import render

    terminal = sys.stdout.isatty()
    form = form or ("table" if terminal else "plain")
    wanted = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    coloured = colour is Colour.always or (colour is Colour.auto and wanted)
    width = shutil.get_terminal_size().columns
    emit(render(document, form, width=width, colour=coloured), coloured=coloured)


def as_at(document: "Document", at: str | None) -> "Document":
    """A report that says which revision its data is from, where one was asked for."""
    if at is None:
        return document
    return document._replace(
        blocks=[f"What was known then: the data of revision {visible(at)}.", *document.blocks],
        data=lambda: {**document.data(), "revision": at},
    )


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
