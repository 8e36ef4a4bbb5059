"""A table of a document and what it is taken for: its columns, its rows and its headings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from diplan.documents.grid import GridRow, GridTable

SAMPLES = 3


class TableColumn(NamedTuple):
    """A column: its place from 0, its heading, what it holds, and the time that it is for."""

    at: int
    header: str
    role: str
    """A key of the data, `series` for the figures of a period, or empty: it is kept as a note."""
    period: str = ""
    readings: tuple[str, ...] = ()
    """The periods that the heading could mean, where it is not clear."""


class TakenTable(NamedTuple):
    """A table, or a part of one under a header of its own, and what it is taken for."""

    table: GridTable
    kind: str
    """`actions`, `indicators`, `places`, or empty: none of these."""
    columns: tuple[TableColumn, ...]
    rows: tuple[GridRow, ...]
    header: GridRow | None = None
    above: tuple[GridRow, ...] = ()
    """Rows above the header."""

    @property
    def headers(self) -> tuple[str, ...]:
        """The headings of its columns, by which a saved mapping knows it again."""
        return tuple(column.header for column in self.columns)

    @property
    def title(self) -> str:
        """What the document calls it."""
        alone = [row.alone for row in self.above if row.alone and not _ASIDE.match(row.alone)]
        return next(iter(alone[-1:] or self.table.headings[-1:]), "") or self.table.name

    def at(self, role: str) -> list[TableColumn]:
        """The columns that hold something."""
        return [column for column in self.columns if column.role == role]

    def says(self, column: TableColumn) -> bool:
        """Whether a column has a heading, or anything in it."""
        return bool(column.header or self.samples(column))

    def samples(self, column: TableColumn) -> list[str]:
        """The first few different texts of a column."""
        texts = (row.cells[column.at].text for row in self.rows if not row.alone)
        return list(dict.fromkeys(text for text in texts if text))[:SAMPLES]


_ASIDE = re.compile(
    r"(last )?(updated?|revised|version|draft|as (at|of)|dated?|page|prepared|published|agreed|"
    r"approved|author)\b|(key|notes?|owner|status)( ?:|$)",
    re.IGNORECASE,
)
"""How lines above a table begin that say something of the document, and head nothing."""

Mapped = Mapping[tuple[str, ...], tuple[str, Sequence[str]]]
"""What tables are taken for and what columns hold, as somebody said before, by their headings."""


def heading_rows(taken: TakenTable) -> Iterator[tuple[GridRow, str, bool]]:
    """The rows of a table, each with the heading above it, and whether it is one itself.

    A row is a heading if one merged cell takes its width, or if it holds one text, in the first
    column, and the row after it holds more.
    """
    heading = ""
    lone = sum(bool(row.alone) and not row.spans for row in taken.rows)
    believable = lone <= len(taken.rows) / 2
    for at, row in enumerate(taken.rows):
        after = taken.rows[at + 1] if at + 1 < len(taken.rows) else None
        first = row.alone and row.cells[0].text == row.alone
        if row.alone and (row.spans or (first and believable and after and not after.alone)):
            heading = row.alone
            yield row, heading, True
        else:
            yield row, heading, False
