"""How wide the columns of a table on paper are: never narrower than their longest word.

Widths are in ems, the size of a letter. They are estimates for any sans serif, rather too wide
than too narrow, so that the same table has the same columns on every machine.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from diplan.ground.columns import shared
from diplan.render.flow import lines
from diplan.render.grid import Grid, laid_out
from diplan.report.document import Badge

PADDING = 1.3
"""What the two sides of a cell take together, in ems."""

_NARROW = frozenset("iljtfrI.,:;'|!()[] ")
_PIECES = re.compile(r"(?:[^\s/-]|[/-](?=\d))+[/-]*|[/-]+")
"""What is never broken: letters up to a space, or up to a hyphen or a stroke and with it.

A figure stays with a stroke or a hyphen before it, as in 2016/17.
"""
_BOLD = 1.16
"""How much wider heads and badges are than other words, since they are bold."""

_LONGEST = 24.0
"""No word is given more than this: a web address may break."""


@lru_cache(maxsize=8192)
def width(words: str) -> float:
    """About how wide a text is, rather more than less."""
    return sum(map(_advance, words))


def _advance(letter: str) -> float:
    if letter in _NARROW:
        return 0.36
    if letter in "mwMW%—…" or unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.7 if letter.isupper() else 0.64 if letter.isdigit() else 0.6


def columns(table: Grid, room: float) -> list[float]:
    """The widths of a table's columns, which come to *room*.

    Each has its longest word, and a share of the rest by how much more it has to say. Where the
    words alone need more than there is, all give way alike: see `needed`.
    """
    return shared(_least(table), _most(table), room)


def needed(table: Grid) -> float:
    """The least width in which no word of a table is broken."""
    return sum(_least(table))


def wished(table: Grid) -> float:
    """The width in which no cell needs a second line."""
    return sum(_most(table))


def _least(table: Grid) -> list[float]:
    return [
        min(_LONGEST, max((share * width(piece) for words, share in texts
                           for piece in _PIECES.findall(words)), default=1.0)) + PADDING
        for texts in _texts(table)
    ]  # fmt: skip


def _most(table: Grid) -> list[float]:
    return [
        max((share * width(words) for words, share in texts), default=1.0) + PADDING
        for texts in _texts(table)
    ]


def _texts(table: Grid) -> Sequence[Sequence[tuple[str, float]]]:
    """The words of each column, its head's among them, with how much wider than usual they are."""
    texts = [[(column.label, _BOLD)] for column in table.columns]
    for row in laid_out(table):
        for at, placed in enumerate(row):
            if placed:
                share = _BOLD if isinstance(placed.cell, Badge) else 1
                texts[at] += [(words, share) for words in lines(placed.cell)]
    return texts
