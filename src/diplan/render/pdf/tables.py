"""Tables on pages: how wide each column is, which rows may part, and what is said again."""

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise, zip_longest
from math import ceil
from typing import Any, NamedTuple

from diplan.ground.text import visible
from diplan.render import widths
from diplan.render.flow import Flow, Paragraph, Run, lines
from diplan.render.grid import Grid, Placed, laid_out
from diplan.render.pdf.words import cell, yielding
from diplan.report.document import Facts

PlacedRows = Sequence[Sequence[Placed | None]]

_LINE, _AROUND = 1.3, 0.9
"""The height of a line of a row, and what a row is higher than its lines, in ems."""


class TableRoom(NamedTuple):
    """What there is for a table, in points, and the sizes that its letters may have."""

    across: float
    down: float
    size: float
    smallest: float


class LaidTable(NamedTuple):
    """A table as the template reads it, and about how high it is, in points."""

    data: dict[str, Any]
    height: float


def laid(table: Grid, room: TableRoom) -> LaidTable:
    """A table whose letters are as large as there is room for its words."""
    size = max(room.smallest, min(room.size, room.across / widths.needed(table)))
    across = widths.columns(table, room.across / size)
    inner = [width - widths.PADDING for width in across]
    rows = list(laid_out(table))
    heights = [size * _height(row, inner) for row in rows]
    head = size * _height([Placed(c.label, False, 1, False) for c in table.columns], inner)
    caption = room.across / room.size / 1.5
    data = {
        "kind": "table",
        "caption": "" if table.quiet else yielding(visible(table.caption), caption),
        "size": size,
        "widths": [size * width for width in across],
        "whole": head + sum(heights) < room.down / 3,
        "repeat": head < room.down / 4,
        "head": [
            {"lines": [yielding(visible(column.label), width)], "right": column.right}
            for column, width in zip(table.columns, inner, strict=True)
        ],
        "rows": [
            [
                {
                    **cell(placed.cell, width),
                    "rows": placed.rows,
                    "right": placed.right,
                    "parts": height > room.down / 2,
                }
                for placed, width in zip(row, inner, strict=True)
                if placed
            ]
            for row, height in zip(parted(rows, heights, room.down / 3), heights, strict=True)
        ],
    }
    return LaidTable(data, head + sum(heights))


def _height(row: Sequence[Placed | None], inner: Sequence[float]) -> float:
    """About how high a row is, in ems; what reaches over several rows is shared among them."""
    most = max(
        (
            sum(max(1, ceil(widths.width(line) / width)) for line in lines(placed.cell))
            / placed.rows
            for placed, width in zip(row, inner, strict=True)
            if placed
        ),
        default=1,
    )
    return _LINE * max(1, most) + _AROUND


def records(table: Grid) -> Iterator[Flow]:
    """A table for which no page is wide enough, row by row: each cell after its column's name."""
    above: Sequence[Placed | None] = []
    for row in laid_out(table):
        above = [placed or over for placed, over in zip_longest(row, above)]
        name, *cells = (placed.cell if placed else "" for placed in above)
        yield Paragraph([Run("; ".join(lines(name)), strong=True)])
        labels = (column.label for column in table.columns[1:])
        yield Facts([pair for pair in zip(labels, cells, strict=True) if any(lines(pair[1]))])


def parted(rows: PlacedRows, heights: Sequence[float], most: float) -> PlacedRows:
    """The rows, in which cells over several rows reach over no more than *most* points.

    A row and the cells that reach into it stay on one page, so what such a cell says is said
    again where it would be higher.
    """
    starts = set(_starts(rows, heights, most))
    return list(zip(*(_column(cells, starts) for cells in zip(*rows, strict=True)), strict=True))


def _starts(rows: PlacedRows, heights: Sequence[float], most: float) -> Iterator[int]:
    """The rows at which what reaches over them begins anew."""
    used = 0.0
    for at, (row, height) in enumerate(zip(rows, heights, strict=True)):
        if row[0]:
            used = 0.0
        elif used + height > most:
            used = 0.0
            yield at
        used += height


def _column(cells: Sequence[Placed | None], starts: Container[int]) -> list[Placed | None]:
    """A column whose cells begin where they did, and at *starts* too."""
    begin = [at for at, placed in enumerate(cells) if placed or at in starts]
    made: list[Placed | None] = [None] * len(cells)
    said = None
    for at, end in pairwise([*begin, len(cells)]):
        said = cells[at] or said
        made[at] = said and said._replace(rows=end - at)
    return made
