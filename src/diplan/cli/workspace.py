"""Where the plan is: the workspace that a command works on, and the plan that is read from it."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from diplan.cli.output import remark

if TYPE_CHECKING:
    from diplan.files.load import Loaded
    from diplan.files.workspace import Workspace
    from diplan.plan import Plan


def the_workspace(folder: Path | None) -> "Workspace":
    """The workspace that was named, or the nearest one."""
    from diplan.files.workspace import find_workspace, workspace_at

    return without_interrupted_edit(workspace_at(folder) if folder else find_workspace(Path()))


def without_interrupted_edit(home: "Workspace") -> "Workspace":
    """The workspace, after settling an edit in it that was interrupted; the user is told."""
    from diplan.files.workspace import JOURNAL

    if not os.path.lexists(home.root / "data" / JOURNAL):
        return home
    from diplan.files.journal import before_interrupted_edit

    home, said = before_interrupted_edit(home)
    if said:
        remark(said)
    return home


def refuse_inside_data(path: Path, *roots: Path) -> None:
    """Refuse to write a file into the data of one of some plans, directly or through a link.

    Raises:
        OptionError: the path is inside data/.
    """
    from diplan.files.workspace.regular import see_that_outside

    see_that_outside(path, *roots)


_read: "list[Loaded]" = []
"""The last plan that was opened, which a command that goes on to edit it need not read again."""


def last_read(home: "Workspace") -> "Loaded | None":
    """What was last read of a workspace; None if nothing was."""
    return next((loaded for loaded in _read if loaded.root == home.root), None)


def open_plan(folder: Path | None, at: str | None = None) -> "tuple[Plan, Loaded]":
    """The plan, today or at a revision; exits with 1 if part of it cannot be read."""
    from diplan.files.load import load
    from diplan.render.problems import as_text, counted

    home = the_workspace(folder)
    if at is not None:
        from diplan.files.history import GitRepository

        home = GitRepository(home).at(at)
    loaded = load(home)
    _read[:] = [loaded]
    errors = loaded.errors
    if loaded.plan and not errors:
        return loaded.plan, loaded
    print(as_text(errors[:10]), file=sys.stderr)
    remark(f"no report: part of the data cannot be read ({counted(errors)})")
    remark("run `diplan check` to see every problem")
    raise typer.Exit(1)


def plan_of(loaded: "Loaded") -> "Plan":
    """The plan of a workspace that `open_plan` has opened, and so has found to be whole."""
    assert loaded.plan is not None  # noqa: S101 - open_plan saw to it
    return loaded.plan


def homes(
    paths: list[Path] | None, folder: Path | None
) -> "list[tuple[Workspace, set[str] | None]]":
    """The workspaces to work on, each with the files that were asked for (None: all)."""
    from diplan.files.workspace import workspace_at

    if not paths:
        return [(the_workspace(folder), None)]
    return [
        (without_interrupted_edit(workspace_at(root)), wanted)
        for root, wanted in asked_for(paths).items()
    ]


def asked_for(paths: list[Path]) -> dict[Path, set[str] | None]:
    """The folders of the plans that paths are in, each with the files among them (None: all)."""
    from diplan.files.workspace import holds_plan, shown_before

    known: dict[Path, set[str] | None] = {}
    for path in _in_collections(paths):
        root = next((place for place in (path, *path.resolve().parents) if holds_plan(place)), path)
        inside = path.resolve().is_relative_to(root.resolve() / "data")
        if path.is_dir() and path != root and not inside:
            root = path  # the plan above this folder was not asked for
        if root.resolve() == Path.cwd():
            root = Path()
        if path.resolve() in (root.resolve(), root.resolve() / "data"):
            known[root] = None
        elif (wanted := known.setdefault(root, set())) is not None:
            within = path.resolve().relative_to(root.resolve()).as_posix()
            wanted.add(shown_before(root) + within)
    return known


def _in_collections(paths: list[Path]) -> "Iterator[Path]":
    """The paths, with the plans in place of a folder that holds some and of a list of them."""
    from diplan.files.collection import plan_folders
    from diplan.files.workspace import holds_plan

    for path in paths:
        above = [place for place in path.resolve().parents if holds_plan(place)]
        inside = any(path.resolve().is_relative_to(root / "data") for root in above)
        if inside or holds_plan(path):
            yield path
        else:
            yield from plan_folders([path])
