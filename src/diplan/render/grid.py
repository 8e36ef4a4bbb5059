"""Tables ready to be laid out as HTML: cells over several rows, and cells that name their row."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from diplan.render.cells import text, without_trends
from diplan.report.document import Cell, Column, Table


class Placed(NamedTuple):
    """A cell of a table's body, and how it stands there."""

    cell: Cell
    heads: bool
    """Whether it names its row."""
    rows: int
    """How many rows it reaches over."""
    right: bool


class Grid(NamedTuple):
    """A table ready to be laid out.

    `name` is its region's, unlike any other's in the page; the caption is `quiet` where it would
    say its heading again.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Placed]]
    caption: str
    quiet: bool
    name: str


_EMPTY = Placed("", heads=False, rows=1, right=False)


def laid_out(table: Grid) -> Iterator[list[Placed | None]]:
    """The rows with a place for each column: None where a cell above reaches down to it."""
    covered = [0] * len(table.columns)
    for row in table.rows:
        cells, full = iter(row), list[Placed | None]()
        for at, left in enumerate(covered):
            cell = None if left else next(cells, _EMPTY)
            covered[at] = cell.rows - 1 if cell else left - 1
            full.append(cell)
        yield full


def turned(table: Grid) -> Grid:
    """A table with its first column as its heads, and each other column as a row."""
    first, *others = table.columns
    heads = [Column(str(at), text(row[0].cell), right=True) for at, row in enumerate(table.rows)]
    rows = [
        [
            Placed(column.label, heads=True, rows=1, right=False),
            *(Placed(row[at].cell, heads=False, rows=1, right=True) for row in table.rows),
        ]
        for at, column in enumerate(others, 1)
    ]
    return table._replace(columns=[first, *heads], rows=rows)


def grid(table: Table, title: str, name: str) -> Grid:
    """A table with its trends left out, and its merged cells merged."""
    columns, rows = without_trends(table)[:2]
    spans = merged(rows, table.merged)
    full = list(_filled(rows, table.merged))
    return Grid(
        columns,
        [list(_placed(row, span, columns)) for row, span in zip(full, spans, strict=True)],
        table.caption or title,
        not table.caption,
        name,
    )


def merged(rows: Sequence[Sequence[Cell]], leading: int) -> list[list[int]]:
    """How many rows each cell of the leading columns reaches over: 0 where one above does.

    A cell reaches no further than the cell before it in its row.
    """
    spans = [[1] * len(row) for row in rows]
    starts = [0] * leading
    for at in range(1, len(rows)):
        joined = True
        for column in range(min(leading, len(rows[at]))):
            joined = joined and rows[at][column] == ""
            if joined:
                spans[starts[column]][column] += 1
                spans[at][column] = 0
            else:
                starts[column] = at
    return spans


def _filled(rows: Sequence[Sequence[Cell]], leading: int) -> Iterator[list[Cell]]:
    """The rows of a merged table with the words that their empty cells stand for."""
    above: list[Cell] = []
    for row in rows:
        filled = [*row]
        if above:
            filled[:leading] = [
                cell or other for cell, other in zip(row[:leading], above, strict=False)
            ]
        yield filled
        above = filled


def _placed(
    row: Sequence[Cell], spans: Sequence[int], columns: Sequence[Column]
) -> Iterator[Placed]:
    for at, (content, span, column) in enumerate(zip(row, spans, columns, strict=True)):
        if span:
            yield Placed(content, at == 0 and bool(text(content).strip()), span, column.right)
