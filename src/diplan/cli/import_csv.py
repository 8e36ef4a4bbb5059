"""`diplan import csv`: figures in a table of any make."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.completion import columns_taken, ids_of
from diplan.cli.keys import pairs
from diplan.cli.lookup import find
from diplan.cli.options import DryRunOption, WorkspaceOption, YesOption
from diplan.cli.output import emit, remark
from diplan.cli.save import carry_out
from diplan.cli.workspace import open_plan
from diplan.ground.english import count
from diplan.ground.errors import OptionError
from diplan.ground.text import one_line

if TYPE_CHECKING:
    from diplan.exchange.csv_figures import Read


def import_csv(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file, in UTF-8.")],
    columns: Annotated[
        list[str],
        typer.Option(
            "--map",
            metavar="KEY=COLUMN",
            autocompletion=columns_taken,
            help="The column of period, value, indicator, numerator, denominator, marks, source, "
            "at or note; to be repeated.",
        ),
    ],
    indicator: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="The indicator of all rows, where no column says it.",
            autocompletion=ids_of("indicators"),
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="The source of rows that name none.",
            autocompletion=ids_of("sources"),
        ),
    ] = None,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Import the good rows even if others are bad.")
    ] = False,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Import figures from a CSV file. Each bad cell is named, and then nothing is written.

    Nothing is overwritten: a figure that the plan has already is passed over, and one that differs
    is bad.

    \b
    Examples:
      diplan import csv homes.csv --map period=Year --map value=Homes --indicator homes-offline
      diplan import csv returns.csv --map indicator=Id --map period=Year --map value=Figure \\
        --source survey-2018 --dry-run
    """
    from diplan.exchange.csv_figures import Given, mapped, read_figures
    from diplan.exchange.entries import additions

    plan, _ = open_plan(workspace)
    keys = mapped(pairs("--map", columns))
    if ("indicator" in keys) == (indicator is not None):
        message = "say in one way which indicator the rows are about"
        raise OptionError(message, "give --map indicator=COLUMN, or --indicator ID")
    find(plan, indicator, ["indicators"]) if indicator else None
    find(plan, source, ["sources"]) if source else None
    _hold(file)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        read = read_figures(file.as_posix(), stream, Given(keys, indicator, source), plan)
    _judge(read, skip_bad=skip_bad)
    carry_out(
        workspace,
        lambda loaded: additions(loaded.plan or plan, read.entries),
        doubts=lambda _: read.doubts,
        dry_run=dry_run,
        yes=yes,
    )
    remark(f"{count(len(read.entries), 'new figure')}")


def _hold(file: Path) -> None:
    """See that a file is a text within bounds.

    Raises:
        OptionError: it cannot be read; the system's own errors are passed on.
    """
    from diplan.files.decoding import misread
    from diplan.files.workspace import LARGEST_FILE
    from diplan.render.problems import as_text

    if not file.is_file():
        raise OptionError(f'there is no file "{one_line(str(file))}"', "name a CSV file")
    if file.stat().st_size > LARGEST_FILE:
        message = f"{one_line(file.name)} is larger than {LARGEST_FILE // 1024 // 1024} MiB"
        raise OptionError(message, "split it into several files")
    with file.open("rb") as stream:
        problem = misread(file.as_posix(), stream)
    if problem:
        emit(as_text([problem]))
        raise typer.Exit(1)


def _judge(read: "Read", *, skip_bad: bool) -> None:
    """Say what is bad in a file, and go no further with it unless the rest is wanted."""
    from diplan.render.problems import as_text

    if read.problems:
        emit(as_text(read.problems))
    if read.unlisted:
        remark(f"and {count(read.unlisted, 'further problem')}")
    if read.years.told:
        remark(read.years.told)
    if read.empty:
        remark(f"{count(read.empty, 'row')} without a figure")
    if read.known:
        remark(f"{count(read.known, 'figure')} known already")
    if read.problems and not (skip_bad and (read.entries or read.known)):
        cells = count(read.bad, "problem")
        remark(f"nothing was written: {cells} to put right (--skip-bad takes the other rows)")
        raise typer.Exit(1)
