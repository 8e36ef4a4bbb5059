"""What stands on pages as the template reads it: sizes, widths, and what stands beside what."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from diplan.ground.text import visible
from diplan.render import widths
from diplan.render.flow import (
    Flow,
    Heading,
    Illustration,
    Listing,
    Paragraph,
    Quotation,
    Verbatim,
)
from diplan.render.grid import Grid
from diplan.render.html import drawn
from diplan.render.pdf.tables import LaidTable, TableRoom, laid
from diplan.render.pdf.words import cell, spans, yielding
from diplan.report.document import Facts, Layout

A4 = (595.3, 841.9)
"""Points, across and down."""
_MM = 72 / 25.4
_EXTENT = re.compile(r'viewBox="0 0 ([\d.]+) [^>]*font-size="([\d.]+)"')


class Measures(NamedTuple):
    """How a layout is set: sizes of letters, and the margin, in points."""

    size: float
    table: float
    smallest: float
    margin: float


MEASURES = {
    Layout.PAPER: Measures(10, 8.5, 7, 18 * _MM),
    Layout.ONE_PAGE: Measures(8.5, 8, 6.5, 12 * _MM),
    Layout.LARGE_PRINT: Measures(16, 16, 16, 18 * _MM),
}

_NEARLY = 0.75
"""A picture that would be nearly as wide as the page is as wide as the page."""
_GAP = 5 * _MM
_TALLEST = 100 * _MM
"""A table that is higher stands below its picture."""
_INDENT = 2.0
"""How much narrower what stands in a list or a quotation is, in ems."""


class Setter:
    """Sets what stands on pages that lie one way."""

    def __init__(self, measures: Measures, *, on_side: bool) -> None:
        self.measures = measures
        across, down = reversed(A4) if on_side else A4
        self.across, self.down = (side - 2 * measures.margin for side in (across, down))

    def holds(self, table: Grid, size: float = 0) -> bool:
        """Whether no word of a table is broken in letters of a size, that of tables if 0."""
        return widths.needed(table) * (size or self.measures.table) <= self.across

    def within(self, flow: Iterable[Flow], depth: int) -> list[dict[str, Any]]:
        """What stands in lists and quotations, *depth* deep."""
        return [self.one(thing, depth) for thing in flow]

    def one(self, thing: Flow, depth: int = 0) -> dict[str, Any]:
        """A thing as the template reads it, so many lists deep."""
        across = max(self.across / 3, self.across - depth * _INDENT * self.measures.size)
        ems = across / self.measures.size
        match thing:
            case Heading():
                words = yielding(thing.text, ems / 2)
                return {"kind": "heading", "level": thing.level, "text": words}
            case Paragraph():
                return {"kind": "paragraph", "runs": spans(thing.runs, ems)}
            case Listing():
                items = [self.within(item, depth + 1) for item in thing.items]
                return {"kind": "list", "first": thing.first, "items": items}
            case Quotation():
                return {"kind": "quotation", "flow": self.within(thing.blocks, depth + 1)}
            case Verbatim():
                lines = [yielding(line, ems / 2) for line in thing.text.split("\n")]
                return {"kind": "verbatim", "text": "\n".join(lines)}
            case Facts():
                pairs = [
                    {"name": yielding(visible(name), ems / 2), **cell(what, ems / 2)}
                    for name, what in thing.pairs
                ]
                return {"kind": "facts", "pairs": pairs}
            case Grid():
                return self._table(thing, across).data
            case Illustration():
                return self._picture(thing, across)

    def _table(self, table: Grid, across: float) -> LaidTable:
        size, smallest = self.measures.table, self.measures.smallest
        return laid(table, TableRoom(across, self.down, size, smallest))

    def _picture(self, given: Illustration, across: float) -> dict[str, Any]:
        """A picture, and the table that says the same: beside it if there is room."""
        picture, table = given
        svg = drawn(picture)
        wide = self.measures.table * _ems_across(svg)
        wide = across if wide > _NEARLY * across else wide
        made = {
            "kind": "picture",
            "title": yielding(visible(picture.title), 0.9 * across / self.measures.size),
            "says": visible(picture.description or picture.title).strip() or "Picture",
            "svg": svg,
            "across": wide,
            "beside": None,
            "below": None,
            "small": False,
        }
        if not table:
            return made | {"small": 2 * wide + _GAP <= across}
        table = table._replace(quiet=True)
        beside = across - wide - _GAP
        if beside >= self.measures.smallest * widths.needed(table):
            laid_beside = self._table(table, beside)
            if laid_beside.height <= _TALLEST:
                return made | {"beside": laid_beside.data}
        return made | {"below": self._table(table, across).data}


def _ems_across(svg: str) -> float:
    """How wide a picture of ours is, as a multiple of the size of its letters."""
    found = _EXTENT.search(svg)
    return float(found[1]) / float(found[2]) if found else 1.0
