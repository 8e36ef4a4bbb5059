"""`diplan export`: the plan as tables for other programs."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from diplan.cli.options import WorkspaceOption
from diplan.cli.output import emit, remark
from diplan.cli.workspace import open_plan, refuse_inside_data
from diplan.ground.errors import OptionError
from diplan.ground.text import one_line

ExportFormat = StrEnum("ExportFormat", ["csv", "xlsx", "json", "csvw", "datapackage"])
"""What a plan can be for other programs."""


def export(
    format: Annotated[  # noqa: A002 - what it is
        ExportFormat,
        typer.Argument(
            metavar="FORMAT",
            help="csv, csvw and datapackage are a folder; xlsx and json are a file.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The folder or file to write. Without it JSON goes on the screen.",
        ),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Export the plan as tables for spreadsheets and other programs.

    csvw describes the CSV files for CSV on the Web, datapackage as a Data Package. The same plan
    gives the same bytes.

    \b
    Examples:
      diplan export xlsx --output plan.xlsx
      diplan export csv --output tables
      diplan export datapackage --output published
      diplan export json --output plan.json
    """
    from diplan.exchange.export import ONE_FILE
    from diplan.exchange.export import export as exported
    from diplan.files.workspace import write_file

    plan, loaded = open_plan(workspace)
    files = exported(plan, format)
    to_screen = output in (None, Path("-"))
    if to_screen and format == ExportFormat.json:
        emit("".join(data.decode() for data in files.values()))
        return
    if output is None or to_screen:
        what = "a file" if format in ONE_FILE else "a folder"
        raise OptionError(f"{format} does not go on the screen", f"name {what} with --output")
    targets = _targets(output, files, single=format in ONE_FILE)
    for path in targets:
        refuse_inside_data(path, loaded.root)
    for path, data in targets.items():
        write_file(path, data, within=path.parent)
    howmany = "" if len(targets) == 1 else f"{len(targets)} files in "
    shown = next(iter(targets)) if len(targets) == 1 else output
    remark(f"wrote {howmany}{one_line(str(shown))}")


def _targets(output: Path, files: dict[str, bytes], *, single: bool) -> dict[Path, bytes]:
    """Where each file goes: into a folder, or a single file to where the output says."""
    if single and not output.is_dir():
        return dict.fromkeys([output], *files.values())
    if output.exists() and not output.is_dir():
        message = f'"{output}" is a file, and this format is a folder of files'
        raise OptionError(message, "name a folder with --output")
    return {output / name: data for name, data in files.items()}
