"""Tables as HTML: written here and not by a template, since pages have thousands of cells."""

from collections.abc import Callable, Iterator
from functools import lru_cache

from markupsafe import Markup, escape

from diplan.ground.text import visible
from diplan.render.grid import Grid, Placed
from diplan.report.document import Cell, Column


def table(grid: Grid, cell: Callable[[Cell], Markup]) -> Markup:
    """A table in a region that scrolls by itself; *cell* makes the HTML of what is in a cell."""
    return Markup("\n".join(_lines(grid, cell)))  # noqa: S704 - every text in it is escaped


def _lines(grid: Grid, cell: Callable[[Cell], Markup]) -> Iterator[str]:
    name, caption = plain(grid.name), plain(grid.caption)
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{name}">'
    yield "<table>"
    hidden = ' class="hidden"' if grid.quiet else ""
    yield f"<caption{hidden}>{caption}</caption>"
    yield "<thead>\n<tr>"
    yield from map(_head, grid.columns)
    yield "</tr>\n</thead>\n<tbody>"
    for row in grid.rows:
        yield "<tr>"
        for placed in row:
            yield _cell(placed, cell(placed.cell))
        yield "</tr>"
    yield "</tbody>\n</table>\n</div>"


def _head(column: Column) -> str:
    if not column.label.strip():
        return "<td></td>"
    side = ' class="right"' if column.right else ""
    return f'<th scope="col"{side}>{plain(column.label)}</th>'


def _cell(placed: Placed, content: Markup) -> str:
    rows = f' rowspan="{placed.rows}"' if placed.rows > 1 else ""
    side = ' class="right"' if placed.right else ""
    if placed.heads:
        return f'<th scope="row"{rows}{side}>{content}</th>'
    return f"<td{rows}{side}>{content}</td>"


@lru_cache(maxsize=2**14)  # most words of a site stand on several pages
def plain(words: str) -> Markup:
    """Words as HTML that shows them and does nothing else."""
    return escape(visible(words))
