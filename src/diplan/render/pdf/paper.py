"""A document as the data that the template of papers lays out.

All that takes judgement is decided here: how large letters are, which pages lie on their sides,
and what stands beside what. The template only draws.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from typing import Any, NamedTuple

from diplan.ground.text import visible
from diplan.render import widths
from diplan.render.flow import (
    Flow,
    Heading,
    Illustration,
    Listing,
    Pages,
    Paragraph,
    Quotation,
    Verbatim,
)
from diplan.render.grid import Grid
from diplan.render.html import drawn
from diplan.render.pdf.tables import LaidTable, Room, laid, records
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
_TALLEST = 80 * _MM
"""A table that is higher stands below its picture."""
_INDENT = 2.0
"""How much narrower what stands in a list or a quotation is, in ems."""
_SHORT, _RUNNING = 200, 90
"""How many letters a short paragraph has, and a title at the foot of a page."""
_SECTIONS = 5
"""A paper with more sections than this, on more than a few pages, has a list of them."""


def paper(pages: Pages, organisation: str = "") -> dict[str, Any]:
    """Everything that the template needs, as values of JSON."""
    measures = MEASURES[pages.layout]
    ems = (A4[0] - 2 * measures.margin) / measures.size
    parts = list(_parts(pages.flow, measures))
    before, *sections = _sections(pages.flow)
    if pages.layout != Layout.ONE_PAGE and len(sections) > _SECTIONS:
        parts[0]["blocks"].insert(len(before), {"kind": "contents", "leads": False})
    return {
        "name": " ".join(pages.title.split()) or "Paper",
        "author": " ".join(visible(organisation).split()),
        "title": yielding(pages.title, ems / 2).strip() or "Paper",
        "organisation": yielding(visible(organisation), ems).strip(),
        "running": _short(pages.title, ems),
        "size": measures.size,
        "margin": measures.margin,
        "parts": parts,
    }


def _parts(flow: Sequence[Flow], measures: Measures) -> Iterator[dict[str, Any]]:
    """Runs of sections that stand upright, or lie on their sides since a table is too wide."""
    upright, on_side = (_Setter(measures, on_side=on_side) for on_side in (False, True))

    def lies(section: Sequence[Flow]) -> bool:
        return not all(upright.holds(thing) for thing in section if isinstance(thing, Grid))

    kept = [
        part
        for thing in flow
        for part in (
            records(thing)
            if isinstance(thing, Grid) and not on_side.holds(thing, measures.smallest)
            else [thing]
        )
    ]
    for wide, sections in groupby(_sections(kept), lies):
        setter = on_side if wide else upright
        blocks = [block for section in sections for block in setter.blocks(section)]
        yield {"on_side": wide, "blocks": blocks}


def _sections(flow: Iterable[Flow]) -> list[list[Flow]]:
    """What stands before the first section, and each section with its heading."""
    sections: list[list[Flow]] = [[]]
    for thing in flow:
        if isinstance(thing, Heading) and thing.level == 2:
            sections.append([])
        sections[-1].append(thing)
    return sections


def _leads(thing: Flow, following: Flow | None) -> bool:
    """Whether a thing stays with what follows it."""
    match thing:
        case Heading():
            return True
        case Paragraph(runs=[*_, last]) if last.text.rstrip().endswith(":"):
            return True
        case Paragraph(runs=runs):
            short = sum(len(run.text) for run in runs) < _SHORT
            return short and isinstance(following, Facts | Grid | Illustration)
        case Facts():
            return isinstance(following, Illustration)
        case _:
            return False


class _Setter:
    """Sets what stands on pages that lie one way."""

    def __init__(self, measures: Measures, *, on_side: bool) -> None:
        self.measures = measures
        across, down = reversed(A4) if on_side else A4
        self.across, self.down = (side - 2 * measures.margin for side in (across, down))

    def holds(self, table: Grid, size: float = 0) -> bool:
        """Whether no word of a table is broken in letters of a size, that of tables if 0."""
        return widths.needed(table) * (size or self.measures.table) <= self.across

    def blocks(self, section: Sequence[Flow]) -> Iterator[dict[str, Any]]:
        """What stands in a section; each thing knows whether it leads to what follows it."""
        for thing, following in zip_longest(section, section[1:]):
            yield self.one(thing, 0) | {"leads": _leads(thing, following)}

    def within(self, flow: Iterable[Flow], depth: int) -> list[dict[str, Any]]:
        """What stands in lists and quotations, *depth* deep."""
        return [self.one(thing, depth) for thing in flow]

    def one(self, thing: Flow, depth: int) -> dict[str, Any]:
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
                return self.table(thing, across).data
            case Illustration():
                return self.picture(thing, across)

    def table(self, table: Grid, across: float) -> LaidTable:
        size, smallest = self.measures.table, self.measures.smallest
        return laid(table, Room(across, self.down, size, smallest))

    def picture(self, given: Illustration, across: float) -> dict[str, Any]:
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
        }
        if not table:
            return made
        table = table._replace(quiet=True)
        beside = across - wide - _GAP
        if beside >= self.measures.table * widths.needed(table):
            laid_beside = self.table(table, beside)
            if laid_beside.height <= _TALLEST:
                return made | {"beside": laid_beside.data}
        return made | {"below": self.table(table, across).data}


def _ems_across(svg: str) -> float:
    """How wide a picture of ours is, as a multiple of the size of its letters."""
    found = _EXTENT.search(svg)
    return float(found[1]) / float(found[2]) if found else 1.0


def _short(title: str, room: float) -> str:
    """As much of a title as stands on one line beside a page's number."""
    flat = " ".join(title.split())
    kept = flat[:_RUNNING]
    while widths.width(kept) > 0.8 * room:
        kept = kept[:-1]
    return kept if kept == flat else f"{kept.rsplit(' ', 1)[0]}…"
