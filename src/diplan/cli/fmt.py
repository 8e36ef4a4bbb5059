"""`diplan fmt`: the layout of the data files."""

from typing import Annotated

import typer

from diplan.cli.fix import list_repairs, locked
from diplan.cli.options import PathsArgument, WorkspaceOption
from diplan.cli.output import emit, remark
from diplan.cli.workspace import homes
from diplan.ground.english import count
from diplan.ground.text import one_line


def fmt(
    paths: PathsArgument = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if a file would change.")
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Lay out the data files: lists in order of time, and blank lines.

    Comments move with the lines below them. Names the files that change.

    \b
    Examples:
      diplan fmt
      diplan fmt --check
      diplan fmt data/actions.yaml
    """
    from diplan.files.format.layout import formatted

    stale = False
    for home, wanted in homes(paths, workspace):
        with locked(home, dry_run=check) as (now, put):
            files = formatted(now, wanted)
            put(files)
        list_repairs(home, files, wanted)
        changed = [file.path for file in files if file.new != file.old]
        for path in changed:
            emit(one_line(home.name(path)))
        done = "would be reformatted" if check else "reformatted"
        remark(f"{len(changed)} of {count(len(files), 'file')} {done}")
        stale = stale or any(file.left for file in files) or (check and bool(changed))
    if stale:
        raise typer.Exit(1)
