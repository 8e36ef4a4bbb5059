"""Data files put in order without changing what they say: repairs, and layout.

A repair makes what was meant into what a plan can read, where there is nothing to decide. Layout
puts lines where they belong. Both are made in memory and read back; nothing here writes a file.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from diplan.files.workspace import Workspace
from diplan.plan.plan import FILES
from diplan.problems import Problem


class Repair(NamedTuple):
    """Something that was mended, on a line of the file as it was."""

    line: int
    what: str


class Left(NamedTuple):
    """Something that was left as it is, on a line of the file as it was, and the remedy."""

    line: int
    what: str
    hint: str = ""


def left_because(problem: Problem) -> Left:
    """What was left, because of a problem that is not for a repair to solve."""
    return Left(problem.span.line, problem.message, problem.hint)


class Tidied(NamedTuple):
    """A file before and after, what was mended in it, and what was left."""

    path: str
    """In the workspace."""
    old: bytes
    new: bytes
    repairs: list[Repair]
    left: list[Left]


def data_files(home: Workspace, wanted: Collection[str] | None) -> Iterator[str]:
    """The data files of a workspace, or those that are wanted: they, or the folders that hold them.

    *wanted* are names as messages have them.
    """
    for path in (path for stem in FILES for path in home.files(stem)):
        name = home.name(path)
        if wanted is None or name in wanted or name.rpartition("/")[0] in wanted:
            yield path
