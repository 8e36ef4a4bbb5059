"""`diplan fix`: repairs of the data files that need no decision."""

from contextlib import contextmanager
from typing import TYPE_CHECKING

from diplan.cli.moments import moment
from diplan.cli.options import AsOfOption, DryRunOption, PathsArgument, WorkspaceOption
from diplan.cli.output import emit, remark
from diplan.cli.workspace import homes
from diplan.ground.english import count
from diplan.ground.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from diplan.files.fix import Tidied
    from diplan.files.fix.repairing import Fixed
    from diplan.files.workspace import Workspace


def fix(
    paths: PathsArgument = None,
    dry_run: DryRunOption = False,
    as_of: AsOfOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Repair what needs no decision, such as dates, tabs and quotes.

    It also repairs signs in numbers and encodings.

    Says what it did, one line a repair, and leaves everything else to `diplan check`.

    \b
    Examples:
      diplan fix --dry-run
      diplan fix
      diplan fix data/indicators.yaml
    """
    from diplan.files.fix.repairing import fixed

    when = moment(as_of)
    for home, wanted in homes(paths, workspace):
        with locked(home, dry_run=dry_run) as (now, put):
            done = fixed(now, wanted, when)
            put(done.files)
        list_repairs(home, done.files, wanted)
        remark(_summed(done, dry_run=dry_run))


@contextmanager
def locked(
    home: "Workspace", *, dry_run: bool
) -> "Iterator[tuple[Workspace, Callable[[Sequence[Tidied]], None]]]":
    """Lock a workspace, and give what replaces files in it; a dry run does neither."""
    if dry_run:
        yield home, lambda _: None
        return
    from diplan.files.edit import replace, writing

    with writing(home, remark) as now:
        yield (
            now,
            lambda files: replace(
                now, {file.path: (file.old, file.new) for file in files if file.new != file.old}
            ),
        )


def list_repairs(home: "Workspace", files: "Sequence[Tidied]", wanted: set[str] | None) -> None:
    """Print what was repaired and what was left, by file and line."""
    for file in files:
        name = home.name(file.path)
        told = [(repair.line, repair.what) for repair in file.repairs]
        told += [
            (left.line, f"left: {left.what}" + (f" ({left.hint})" if left.hint else ""))
            for left in file.left
        ]
        for line, what in sorted(told):
            emit(one_line(f"{name}:{line}: {what}"))
    if wanted and not files:
        remark(f"{', '.join(sorted(wanted))}: no data file of this kind")


def _summed(done: "Fixed", *, dry_run: bool) -> str:
    """How many repairs were made, and how many errors are left."""
    things = sum(len(file.repairs) for file in done.files)
    changed = sum(file.new != file.old for file in done.files)
    files = count(len(done.files), "file")
    said = "would be mended" if dry_run else "mended"
    what = f"{count(things, 'thing')} {said} in {changed} of {files}"
    if not things:
        what = f"nothing to mend in {files}"
    if not done.before:
        return what
    rest = f"{count(done.after, 'error')} left, of {done.before:,}"
    return f"{what}; {rest}" + (": `diplan check` shows them" if done.after else "")
