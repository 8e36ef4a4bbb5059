"""`diplan export`: the plan as tables for other programs."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.completion import years
from diplan.cli.moments import moments
from diplan.cli.options import JobsOption, PlansArgument, WorkspaceOption
from diplan.cli.output import emit_bytes, remark
from diplan.cli.workspace import open_plan, refuse_inside_data
from diplan.ground.errors import OptionError
from diplan.ground.text import one_line

if TYPE_CHECKING:
    from diplan.exchange.export import ExportPart

ExportFormat = StrEnum("ExportFormat", ["csv", "xlsx", "json", "parquet", "csvw", "datapackage"])
"""What a plan can be for other programs."""

Every = StrEnum("Every", ["year"])
"""How often verdicts are given."""


def export(
    format: Annotated[  # noqa: A002 - what it is
        ExportFormat,
        typer.Argument(
            metavar="FORMAT",
            help="csv, parquet, csvw and datapackage are a folder; xlsx and json are a file.",
        ),
    ],
    plans: PlansArgument = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The folder or file to write. Without it JSON goes on the screen.",
        ),
    ] = None,
    as_of: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PERIOD",
            autocompletion=years,
            help="The moment of the verdicts; may be given several times. Default: today.",
        ),
    ] = None,
    every: Annotated[
        Every | None,
        typer.Option(help="Also give the verdicts at the end of each year of the plan until then."),
    ] = None,
    jobs: JobsOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Export the plan as tables for spreadsheets and other programs.

    Beside the data there are verdicts, milestones and standings at each moment, and what changed
    from each to the next. Several plans give one set of tables. The same plans and moments give the
    same bytes.

    \b
    Examples:
      diplan export xlsx --output plan.xlsx
      diplan export csv --as-of 2019 --as-of 2020 --output tables
      diplan export datapackage --every year --output published
      diplan export parquet examples --as-of 2025 --output national
      diplan export json --output plan.json
    """
    from diplan.cli.many import Tally, each
    from diplan.exchange.export import ONE_FILE, joined, part_of, see_that_pyarrow_is_there
    from diplan.files.collection import is_one_plan, plan_folders

    to_screen = output in (None, Path("-"))
    if to_screen and format != ExportFormat.json:
        what = "a file" if format in ONE_FILE else "a folder"
        raise OptionError(f"{format} does not go on the screen", f"name {what} with --output")
    if format is ExportFormat.parquet:
        see_that_pyarrow_is_there()
    asked = str(format), tuple(as_of or ()), every is not None
    tally = None
    if plans and not is_one_plan(plans):
        folders, tally = plan_folders(plans), Tally()
        parts = tally.made(each(part, folders, jobs, *asked), lambda made: made.plan.id)
    else:
        plan, loaded = open_plan(plans[0] if plans else workspace)
        folders = [loaded.root]
        parts = iter([part_of(plan, format, moments(plan, asked[1], every_year=asked[2]))])
    files = joined(parts, format)
    if output is None or to_screen:
        for _, pieces in files:
            for piece in pieces:
                emit_bytes(piece, text=True)
    else:
        _write(output, files, folders, single=format in ONE_FILE)
    if tally:
        tally.close()


def part(folder: Path, form: str, as_of: tuple[str, ...], every_year: bool) -> "ExportPart":
    """What one plan among many brings to the tables."""
    from diplan.cli.many import read
    from diplan.exchange.export import part_of

    plan, _ = read(folder)
    return part_of(plan, form, moments(plan, as_of, every_year=every_year))


def _write(
    output: Path,
    files: Iterable[tuple[str, Iterable[bytes]]],
    folders: Sequence[Path],
    *,
    single: bool,
) -> None:
    """Write each file: into a folder, or a single file to where the output says."""
    from diplan.files.workspace import write_file

    if not single and output.exists() and not output.is_dir():
        message = f'"{output}" is a file, and this format is a folder of files'
        raise OptionError(message, "name a folder with --output")
    written = []
    for name, pieces in files:
        path = output if single and not output.is_dir() else output / name
        refuse_inside_data(path, *folders)
        write_file(path, pieces, within=path.parent)
        written.append(path)
    howmany = "" if len(written) == 1 else f"{len(written)} files in "
    remark(f"wrote {howmany}{one_line(str(written[0] if len(written) == 1 else output))}")
