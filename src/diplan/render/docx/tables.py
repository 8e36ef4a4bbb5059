"""Tables of a Word document as XML: columns of fixed widths, heads on every page, rows unbroken.

The XML is written as text, because python-docx looks through the whole table for every cell.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from diplan.render import widths
from diplan.render.docx.styles import FACT, PLAN_TABLE, TABLE_HEADS, TABLE_TEXT, LetterSizes, twips
from diplan.render.docx.words import Links, leads, paragraph, run, safe, smaller
from diplan.render.flow import lines
from diplan.render.grid import Grid, Placed, laid_out
from diplan.report.document import Badge, Tone

MOST_COLUMNS = 63
"""Word opens no table with more."""

_TONES = {Tone.GOOD: "DCEFE3", Tone.FAIR: "FBECD0", Tone.POOR: "F8DEDD", Tone.NONE: "E9ECEE"}
"""Behind a badge's words, light enough for black letters."""


class Fit(NamedTuple):
    """How a table is laid out: the size of its letters and its columns' widths, in points."""

    size: float
    columns: Sequence[float]


def fit(table: Grid, room: float, setting: LetterSizes) -> Fit | None:
    """The layout in which no word is broken; None if there is none in *room* points."""
    needed = widths.needed(table)
    size = min(setting.table, int(2 * room / needed) / 2)
    if size < setting.least or len(table.columns) > MOST_COLUMNS:
        return None
    ems = widths.columns(table, min(room / size, widths.wished(table)))
    return Fit(size, [size * width for width in ems])


class TableWriter:
    """Writes tables in one document's styles."""

    def __init__(self, ids: Mapping[str, str], setting: LetterSizes, links: Links) -> None:
        self.setting, self.links = setting, links
        self._table = ids[PLAN_TABLE.lower()]
        self._text = ids[TABLE_TEXT.lower()]
        self._heads = ids[TABLE_HEADS.lower()]
        self._fact = ids[FACT.lower()]
        self._linked = ids["hyperlink"]

    def table(self, table: Grid, layout: Fit, *, together: bool = False) -> Iterator[str]:
        """A table; one that is kept *together* stands on one page with what is before it."""
        across = [twips(width) for width in layout.columns]
        size = None if layout.size == self.setting.table else layout.size
        yield (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self._table}"/>'
            f'<w:tblW w:w="{sum(across)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" '
            'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f'<w:tblCaption w:val="{safe(table.name)[:250]}"/></w:tblPr><w:tblGrid>'
        )
        yield from (f'<w:gridCol w:w="{width}"/>' for width in across)
        yield "</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        for column, width in zip(table.columns, across, strict=True):
            right = '<w:jc w:val="right"/>' if column.right else ""
            words = run(column.label, more=smaller(size))
            yield _cell(width, "", paragraph(words, self._heads, right))
        yield "</w:tr>"
        yield from self._rows(table, across, size, together)
        yield "</w:tbl>"

    def _rows(
        self, table: Grid, across: Sequence[int], size: float | None, together: bool
    ) -> Iterator[str]:
        for number, row in enumerate(laid_out(table), 1):
            keep = "<w:keepNext/>" if together and number < len(table.rows) else ""
            yield "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            for placed, width in zip(row, across, strict=True):
                if placed:
                    yield self._placed(placed, width, size, keep)
                else:
                    yield _cell(width, "<w:vMerge/>", paragraph("", self._text, keep))
            yield "</w:tr>"

    def _placed(self, placed: Placed, width: int, size: float | None, keep: str) -> str:
        cell = placed.cell
        form = '<w:vMerge w:val="restart"/>' if placed.rows > 1 else ""
        badge = isinstance(cell, Badge) and bool(cell.text)
        if isinstance(cell, Badge) and badge:
            form += shade(cell)
        more = keep + ('<w:jc w:val="right"/>' if placed.right else "")
        inner = width / 20 / (size or self.setting.table) - widths.PADDING
        content = "".join(
            paragraph(self._words(line, inner, size, bold=badge), self._text, more)
            for line in lines(cell)
        )
        return _cell(width, form, content)

    def _words(self, words: str, room: float, size: float | None, *, bold: bool) -> str:
        if leads(words):
            return self.links.around(words, run(words, more=smaller(size), style=self._linked))
        return run(breakable(words, room), bold=bold, more=smaller(size))

    def records(self, table: Grid) -> Iterator[str]:
        """A table that is wider than any page, row by row: each figure after its column's name."""
        said = [""] * len(table.columns)
        for row in laid_out(table):
            said = [
                "; ".join(lines(placed.cell)) if placed else above
                for placed, above in zip(row, said, strict=True)
            ]
            yield paragraph(run(said[0], bold=True), self._fact, "<w:keepNext/>")
            for column, words in zip(table.columns[1:], said[1:], strict=True):
                if words:
                    label = f"{column.label}: " if column.label else ""
                    yield paragraph(run(f"{label}{words}"), self._fact)


def shade(badge: Badge) -> str:
    """What lies behind a badge's words."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{_TONES[badge.tone]}"/>'


def _cell(width: int, form: str, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{form}</w:tcPr>{content}</w:tc>'


def breakable(words: str, room: float) -> str:
    """Words of which none is wider than *room* ems unless it can be broken after a stroke.

    Word breaks a line at spaces and hyphens only: a space without width lets it break elsewhere.
    """
    if "/" not in words:
        return words
    return re.sub(
        r"\S+/\S+",
        lambda word: word[0] if widths.width(word[0]) <= room else word[0].replace("/", "/\u200b"),
        words,
    )
