"""`diplan returns`: a workbook for a service to fill in, and what it sent back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.completion import ids_of
from diplan.cli.lookup import known
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
    from diplan.judge import Assessment


def returns_make(
    lead: Annotated[
        str | None,
        typer.Option(
            metavar="SERVICE", help="The service's id.", autocompletion=ids_of("services")
        ),
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="One for each service that leads something.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="The file, or with --all the folder. Default: SERVICE.xlsx."
        ),
    ] = None,
    as_of: AsOfOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Make a workbook (xlsx) for a service to fill in.

    It lists what the service leads, with the last figures and room for new ones. With --all there
    is one for each service that leads anything.

    The same data and moment give the same bytes.

    \b
    Examples:
      diplan returns make --lead libraries
      diplan returns make --lead libraries --as-of 2017-03 --output returns/libraries.xlsx
      diplan returns make --all --output returns
    """
    from diplan.judge import assess

    plan, loaded = open_plan(workspace)
    if (lead is None) is not all_:
        raise OptionError("say for whom: --lead SERVICE, or --all", "`diplan show` lists services")
    service = known("service", lead, plan)
    assessment = assess(plan, moment(as_of, plan))
    if service:
        _make(assessment, service, output or Path(f"{service}.xlsx"), loaded.root)
        return
    folder = output or Path()
    if folder.exists() and not folder.is_dir():
        message = f'"{one_line(str(folder))}" is a file, and --all makes several'
        raise OptionError(message, "name a folder with --output")
    made = [
        _make(assessment, each.id, folder / f"{each.id}.xlsx", loaded.root, skip_empty=True)
        for each in plan.services
    ]
    services = count(len(made), "service")
    if not any(made):
        remark(f"no workbook is made: none of {services} leads anything that is asked about")
        return
    others = "" if all(made) else "; the others lead nothing that is asked about"
    remark(f"{count(sum(made), 'workbook')} for {services}{others}")


def _make(
    assessment: "Assessment", service: str, file: Path, root: Path, *, skip_empty: bool = False
) -> bool:
    """Write the workbook of a service; whether it did: not where it leads nothing."""
    from diplan.exchange.return_form import form, graded_headings, recordable
    from diplan.files.workspace import write_file

    part = assessment.only(lead=service)
    headings = graded_headings(assessment, service)
    if skip_empty and not (recordable(part) or part.live or headings):
        return False
    if file.suffix.lower() != ".xlsx":
        raise OptionError(f'"{file.name}" is not an xlsx file', "end its name in .xlsx")
    refuse_inside_data(file, root)
    write_file(file, form(assessment, service))
    counts = [count(len(recordable(part)), "indicator"), count(len(part.live), "action")]
    counts += [count(len(headings), "heading")] if headings else []
    remark(f"wrote {one_line(str(file))}: {listed(counts)}")
    return True


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
    kinds = (("indicators", "figure"), ("actions", "update"), ("priorities", "update of a heading"))
    sums = [(sum(entry.section == section for entry in entries), what) for section, what in kinds]
    if told := [count(howmany, what) for howmany, what in sums if howmany]:
        remark(f"from {count(len(files), 'file')}: {listed(told)}")
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
    if not (made.bad or made.known or made.entries):
        remark(f"{one_line(file.name)}: nothing was filled in")
