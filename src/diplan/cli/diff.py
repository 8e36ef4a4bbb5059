"""`diplan diff`: what changed between two moments, revisions or folders, and why."""

from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.completion import states
from diplan.cli.moments import moment
from diplan.cli.options import AsOfOption, Colour, ColourOption, WorkspaceOption
from diplan.cli.output import emit, print_report, remark
from diplan.cli.workspace import open_plan, the_workspace, without_interrupted_edit
from diplan.ground.errors import BadTextError, DiplanError, OptionError

if TYPE_CHECKING:
    from diplan.files.load import Loaded
    from diplan.files.workspace import Workspace
    from diplan.ground.period import Period
    from diplan.plan import Plan


DiffFormat = StrEnum("DiffFormat", ["table", "plain", "markdown", "json", "github"])
"""How changes are printed."""


def diff(
    before: Annotated[
        str,
        typer.Argument(
            metavar="A",
            autocompletion=states,
            help="A moment (2016/17), a revision (v2017, main..), or a plan's folder.",
        ),
    ],
    after: Annotated[
        str | None,
        typer.Argument(
            metavar="B",
            autocompletion=states,
            help="The same kind of thing; without it, the files as they are now.",
        ),
    ] = None,
    as_of: AsOfOption = None,
    format: Annotated[  # noqa: A002 - the option's name
        DiffFormat | None,
        typer.Option(
            "--format",
            "-f",
            help="Default: table at a terminal, plain elsewhere; github is a comment's body.",
        ),
    ] = None,
    colour: ColourOption = Colour.auto,
    workspace_: WorkspaceOption = None,
) -> None:
    """Show what changed between two states of the plan, and why.

    A state is a moment, a git revision or a folder.

    Verdicts that changed come first, each with its causes in the order of replaying them.

    \b
    Examples:
      diplan diff 2016/17 2017/18
      diplan diff main
      diplan diff v2017 HEAD --as-of 2018
      diplan diff old/ new/ --format markdown
    """
    from diplan.judge.diff import changes_between
    from diplan.report.diff import changes

    old, new, names = _sides(before, after, as_of, workspace_)
    document = changes(changes_between(old, new), names)
    if format is DiffFormat.github:
        from diplan.render.comment import comment

        emit(comment(document))
        return
    print_report(document, format, colour)


Side = tuple["Plan", "Period"]


def _sides(
    before: str, after: str | None, as_of: str | None, folder: Path | None
) -> tuple[Side, Side, tuple[str, str]]:
    """The two states, and what they are called."""
    from diplan.files.workspace import holds_plan, workspace_at

    if after is None and ".." in before:
        before, _, after = before.partition("..")
        after = after.lstrip(".") or "HEAD"
    moments = [_moment(name) for name in (before, after) if name is not None]
    if len(moments) == 2 and all(moments):
        if as_of is not None:
            message = "--as-of cannot be used to compare two moments"
            raise OptionError(message, "leave it out")
        _say_if_revisions(before, after or "", folder)
        plan, _ = open_plan(folder)
        first, second = filter(None, moments)
        return (plan, first), (plan, second), (first.text, second.text)
    if len(moments) == 2 and any(moments):
        message = "a moment and something else cannot be compared"
        raise OptionError(
            message, "two moments, two revisions or two folders; --as-of sets a moment"
        )
    for name in (before, after):
        if name and Path(name).is_dir() and not holds_plan(Path(name)):
            message = f'"{name}" is a folder without a plan: no data/indicators.yaml in it'
            raise OptionError(message, "name the folder that holds data/")
    when = moment(as_of)
    if after is not None and holds_plan(Path(before)) and holds_plan(Path(after)):
        homes = (
            without_interrupted_edit(workspace_at(Path(before))),
            without_interrupted_edit(workspace_at(Path(after))),
        )
        return (*_read(homes, when), (before, after))
    from diplan.files.history import GitRepository

    home = the_workspace(folder)
    if after is None and moments[0]:
        remark(
            f'"{before}" alone is taken for a revision: two moments are compared with each other'
        )
    repository = GitRepository(home)
    newer = repository.at(after) if after is not None else home
    names = before, after or "the files as they are now"
    return (*_read((repository.at(before), newer), when), names)


def _say_if_revisions(before: str, after: str, folder: Path | None) -> None:
    """Say so, where moments that were named are also the names of revisions."""
    from diplan.files.history import GitRepository

    for name in (before, after):
        with suppress(DiplanError):
            GitRepository(the_workspace(folder)).resolve(name)
            remark(f'"{name}" is read as a moment; the revision is refs/heads/{name} or its like')


def _moment(written: str) -> "Period | None":
    """The moment that an argument names: a period, but no stretch; nothing where it is neither.

    As people type it only with a blank in it, which no revision has: `Q1 2017/18`.
    """
    from diplan.ground.period import meant, period

    try:
        named = period((" " in written and meant(written)) or written)
    except BadTextError:
        return None
    return named if named.kind != "stretch" else None


def _read(homes: "tuple[Workspace, Workspace]", when: "Period") -> tuple[Side, Side]:
    """Both plans at one moment; what cannot be read is said, and the rest compared."""
    from diplan.files.load import load

    newer = load(homes[1])
    older = load(homes[0], cover=newer.plan.cover if newer.plan else None)
    if newer.plan is None and older.plan:
        newer = load(homes[1], cover=older.plan.cover)
    return (_plan(older, homes[0]), when), (_plan(newer, homes[1]), when)


def _plan(loaded: "Loaded", home: "Workspace") -> "Plan":
    from diplan.render.problems import counted

    if errors := loaded.errors:
        remark(f"{home.name('data')}: {counted(errors)}, so not all of it is compared; the first:")
        first = errors[0]
        remark(f"  {first.file}:{first.span.line}: {first.message}")
    if loaded.plan is None:
        message = "neither side has a cover sheet that can be read"
        raise OptionError(message, "`diplan check` says why")
    return loaded.plan
