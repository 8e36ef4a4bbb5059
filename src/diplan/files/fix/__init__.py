"""Data files put in order without changing what they say: repairs, and layout.

A repair makes what was meant into what a plan can read, where there is nothing to decide. Layout
puts lines where they belong. Both are made in memory and read back; nothing here writes a file.
"""

from collections.abc import Collection
from typing import NamedTuple


class Repair(NamedTuple):
    """Something that was mended, on a line of the file as it was."""

    line: int
    what: str


class Left(NamedTuple):
    """Something that was left as it is, on a line of the file as it was, and the remedy."""

    line: int
    what: str
    hint: str = ""


class Tidied(NamedTuple):
    """A file before and after, what was mended in it, and what was left."""

    path: str
    """In the workspace."""
    old: bytes
    new: bytes
    repairs: list[Repair]
    left: list[Left]


def asked_for(name: str, wanted: Collection[str] | None) -> bool:
    """Whether a file, by the name that messages have, is one of those wanted, or in a folder."""
    return wanted is None or name in wanted or name.rpartition("/")[0] in wanted
