"""`diplan returns`: a workbook for a service to fill in, and what it sent back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.lookup import ids_of, known
from diplan.cli.moments import moment, today
from diplan.cli.options import AsOfOption, DryRunOption, WorkspaceOption, YesOption
from diplan.cli.output import emit, remark
from diplan.cli.save import carry_out
from diplan.cli.workspace import open_plan, refuse_inside_data
from diplan.ground.english import count, listed
from diplan.ground.errors import OptionError
from diplan.ground.text import one_line

if TYPE_CHECKING:
    from diplan.exchange.entries import IncomingEntry
    from diplan.exchange.returns import Return


def returns_make(
    lead: Annotated[
        str,
        typer.Option(
            metavar="SERVICE", help="The service's id.", autocompletion=ids_of("services")
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file to write. Default: SERVICE.xlsx."),
    ] = None,
    as_of: AsOfOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Make a workbook (xlsx) for a service to fill in.

    It lists what the service leads, with the last figures and room for new ones.

    The same data and moment give the same bytes.

    \b
    Examples:
      diplan returns make --lead libraries
      diplan returns make --lead libraries --as-of 2017-03 --output returns/libraries.xlsx
    """
    from diplan.exchange.return_form import form, graded_headings, recordable
    from diplan.files.workspace import write_file
    from diplan.judge import assess

    plan, loaded = open_plan(workspace)
    service = known("service", lead, plan) or lead
    assessment = assess(plan, moment(as_of, plan))
    part = assessment.only(lead=service)
    headings = graded_headings(assessment, service)
    file = output or Path(f"{service}.xlsx")
    if file.suffix.lower() != ".xlsx":
        raise OptionError(f'"{file.name}" is not an xlsx file', "end its name in .xlsx")
    refuse_inside_data(file, loaded.root)
    write_file(file, form(assessment, service))
    counts = [count(len(recordable(part)), "indicator"), count(len(part.live), "action")]
    counts += [count(len(headings), "heading")] if headings else []
    remark(f"wrote {one_line(str(file))}: {listed(counts)}")


def returns_read(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="The filled-in files: xlsx, ods or csv.")
    ],
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Read workbooks that came back, and save the new figures.

    Shows what would change, and names each bad cell.

    Nothing that is there is overwritten. If a cell is bad, nothing is saved, unless --yes says to
    save the rest.

    \b
    Examples:
      diplan returns read libraries.xlsx --dry-run
      diplan returns read returns/*.xlsx
    """
    from diplan.exchange.entries import additions
    from diplan.exchange.returns import changes, read_return
    from diplan.exchange.sheets import read_sheets

    plan, _ = open_plan(workspace)
    entries: list[IncomingEntry] = []
    bad = 0
    for file in files:
        made = read_return(plan, read_sheets(file), today())
        _say(file, made)
        bad += len(made.bad)
        entries += made.entries
    for line in changes(entries):
        remark(f"new: {line}")
    if bad and not yes:
        cells = count(bad, "cell")
        remark(f"nothing was saved: {cells} to put right (--yes saves the other rows)")
        raise typer.Exit(1)
    if entries:
        carry_out(
            workspace,
            lambda loaded: additions(loaded.plan or plan, entries),
            dry_run=dry_run,
            yes=True,
        )
    if bad:
        raise typer.Exit(1)


def _say(file: Path, made: "Return") -> None:
    """What is wrong with a file, cell by cell, and what it says that is known."""
    from diplan.exchange.refused import listing

    if made.bad:
        emit(listing(file.name, made.bad))
    if made.known:
        rows = count(made.known, "row")
        remark(f"{one_line(file.name)}: {rows} in the plan already")
