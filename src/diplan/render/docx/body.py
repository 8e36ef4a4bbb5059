"""What stands on the pages of a Word document, as XML: one part of a paper after the other.

Chapters whose tables are wide lie across. What the XML refers to (addresses, pictures, lists that
count) is gathered on the way, for the document to bring along.
"""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import shorten
from typing import NamedTuple

from diplan.ground.text import visible
from diplan.render import lettering, raster, widths
from diplan.render.docx.lists import Lists
from diplan.render.docx.styles import DEEPEST, FACT, SPACE, LetterSizes
from diplan.render.docx.tables import TableWriter, fit, shade
from diplan.render.docx.words import Links, field, paragraph, run, runs, safe
from diplan.render.flow import (
    Flow,
    Heading,
    Illustration,
    Listing,
    Pages,
    Paragraph,
    Quotation,
    Verbatim,
    lines,
)
from diplan.render.grid import Grid, turned
from diplan.render.html import drawn
from diplan.report.document import Badge, Chart, Facts, Layout

_ROOMY = 0.85
"""A table that needs more of the width of an upright page than this reads better across."""

_FEWEST = 6
"""Chapters from which on there is a list of contents."""

_EMU = 12700
"""Word's smallest length, in a point."""


class Room(NamedTuple):
    """What a page has for text, upright and across, in points."""

    upright: float
    across: float


class DrawnPicture(NamedTuple):
    """A picture that the XML refers to by its key, and the width that it is drawn for."""

    key: str
    svg: str
    width: float


class BodyWriter:
    """Writes the body of one document."""

    def __init__(
        self, ids: Mapping[str, str], setting: LetterSizes, room: Room, lists: Lists
    ) -> None:
        self.ids, self.setting, self.space = ids, setting, room
        self.links = Links()
        self.pictures: list[DrawnPicture] = []
        self._lists = lists
        self._tables = TableWriter(ids, setting, self.links)
        self._room = room.upright
        self._headings = 0

    def style(self, name: str) -> str:
        """The key of a style."""
        return self.ids[name.lower()]

    def sections(self, given: Pages) -> Iterator[tuple[bool, str]]:
        """The document in stretches of one orientation: whether each lies across, and its XML."""
        chapters = list(_chapters(given.flow))
        across = _orientations([self._is_wide(chapter) for chapter in chapters])
        begin = [paragraph(run(given.title), self.style("Title"))]
        for at, (chapter, lies) in enumerate(zip(chapters, across, strict=True)):
            self._room = self.space.across if lies else self.space.upright
            begin += self._blocks(chapter)
            if at == 0:
                begin += self._contents(given)
            if at + 1 == len(chapters) or across[at + 1] != lies:
                yield lies, "".join(begin)
                begin = []

    def _is_wide(self, chapter: Sequence[Flow]) -> bool:
        """Whether a table of a chapter needs more room than an upright page has."""
        ems = self.space.upright / self.setting.table
        return any(
            isinstance(flow, Grid)
            and widths.needed(flow) > _ROOMY * ems
            and fit(flow, self.space.across, self.setting) is not None
            for flow in chapter
        )

    def _contents(self, given: Pages) -> Iterator[str]:
        """The chapters as links; Word puts the pages' numbers to them when it is asked to."""
        headings = [each for each in given.flow if isinstance(each, Heading)]
        named = [(at, each.text) for at, each in enumerate(headings, 1) if each.level == 2]
        if len(named) < _FEWEST or given.layout is not Layout.PAPER:
            return
        yield paragraph(run("Contents"), self.style("TOC Heading"))
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
            ' TOC \\o "1-1" \\h \\z \\u </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        for at, (number, words) in enumerate(named, 1):
            link = f'<w:hyperlink w:anchor="_Toc{number}">{run(words)}</w:hyperlink>'
            made = (begin if at == 1 else "") + link + (end if at == len(named) else "")
            yield paragraph(made, self.style("toc 1"))

    def _blocks(self, flow: Sequence[Flow]) -> Iterator[str]:
        for each in flow:
            yield from self._block(each)

    def _block(self, flow: Flow, level: int = -1, style: str = "Normal") -> Iterator[str]:
        """A part of a document; *level* is that of the list it stands in, -1 for none."""
        match flow:
            case Heading():
                yield self._heading(flow)
            case Paragraph():
                yield paragraph(self._runs(flow), self.style(style))
            case Listing():
                yield from self._listing(flow, level + 1)
            case Quotation():
                for inner in flow.blocks:
                    yield from self._block(inner, level, "Quote")
            case Verbatim():
                written = "<w:r><w:br/></w:r>".join(map(run, flow.text.split("\n")))
                yield paragraph(written, self.style("HTML Preformatted"))
            case Facts():
                yield from (self._fact(name, cell) for name, cell in flow.pairs)
            case Grid():
                yield from self._grid(flow)
            case Illustration():
                yield from self._illustration(flow)

    def _runs(self, flow: Paragraph) -> str:
        return runs(flow.runs, self.links, self.style("Hyperlink"), self.style("HTML Code"))

    def _heading(self, flow: Heading) -> str:
        self._headings += 1
        key = self._headings
        mark = f'<w:bookmarkStart w:id="{key}" w:name="_Toc{key}"/>'
        named = f'{mark}{run(flow.text)}<w:bookmarkEnd w:id="{key}"/>'
        return paragraph(named, self.style(f"heading {max(1, min(flow.level - 1, 5))}"))

    def _listing(self, flow: Listing, level: int) -> Iterator[str]:
        kept = min(level, DEEPEST - 1)
        last = f" {kept + 1}" if kept else ""
        kind, number = "List Bullet", ""
        if flow.first is not None:
            key = self._lists.counted(kept, flow.first)
            kind = "List Number"
            number = f'<w:numPr><w:ilvl w:val="{kept}"/><w:numId w:val="{key}"/></w:numPr>'
        for item in flow.items:
            first, rest = Paragraph([]), item
            if item and isinstance(item[0], Paragraph):
                first, rest = item[0], item[1:]
            yield paragraph(self._runs(first), self.style(kind + last), number)
            for inner in rest:
                yield from self._block(inner, level, f"List Continue{last}")

    def _fact(self, name: str, cell: object) -> str:
        words = "; ".join(lines(cell))
        more = shade(cell) if isinstance(cell, Badge) else ""
        said = run(f"{name}: ", bold=True) + run(words, bold=bool(more), more=more)
        return paragraph(said, self.style(FACT))

    def _grid(self, table: Grid, *, together: bool = False) -> Iterator[str]:
        if not table.quiet and table.caption.strip():
            yield paragraph(run(table.caption), self.style("caption"))
        if layout := fit(table, self._room, self.setting):
            yield from self._tables.table(table, layout, together=together)
        else:
            yield from self._tables.records(table)
        yield paragraph("", self.style(SPACE))

    def _illustration(self, flow: Illustration) -> Iterator[str]:
        picture, table = flow.picture, flow.grid
        yield paragraph(run(picture.title), self.style("caption"))
        svg = drawn(picture)
        if picture.description.strip():
            keep = "<w:keepNext/>" if svg or table else ""
            yield paragraph(run(picture.description), self.style("Normal"), keep)
        if svg:
            keep = "<w:keepNext/>" if table and isinstance(picture, Chart) else ""
            yield paragraph(self._inline(svg, picture.title, picture.description), "", keep)
        if table:
            table = table._replace(quiet=True)
            if isinstance(picture, Chart) and fit(turned(table), self._room, self.setting):
                table = turned(table)
            yield from self._grid(table, together=isinstance(picture, Chart))

    def _inline(self, svg: str, title: str, description: str) -> str:
        """A picture in a line, so wide that its letters are those of a table."""
        units, high = raster.extent(svg)
        width = min(self._room, units * self.setting.table / lettering.SIZE)
        number = len(self.pictures) + 1
        key = f"picture{number}"
        self.pictures.append(DrawnPicture(key, svg, width))
        across, up = round(width * _EMU), round(width * high / units * _EMU)
        named = f'name="Picture {number}" descr="{safe(description or title)}"'
        return (
            '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{across}" cy="{up}"/>'
            f'<wp:docPr id="{number}" {named} title="{safe(title)}"/>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
            "</wp:cNvGraphicFramePr>"
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}"/>'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{key}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
            f'<a:off x="0" y="0"/><a:ext cx="{across}" cy="{up}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )


def footer(title: str, style: str, end: int) -> str:
    """The foot of each page: the paper's title, and at *end* twips which page of how many."""
    short = shorten(visible(title), 90, placeholder=" …")
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{end}"/></w:tabs>'
    pages = f"{run('Page ')}{field('PAGE', '1')}{run(' of ')}{field('NUMPAGES', '1')}"
    return paragraph(f"{run(short)}<w:r><w:tab/></w:r>{pages}", style, tab)


def _chapters(flow: Sequence[Flow]) -> Iterator[list[Flow]]:
    """What stands before the first heading of the second rank, and what follows each."""
    chapter: list[Flow] = []
    for each in flow:
        if isinstance(each, Heading) and each.level == 2:
            yield chapter
            chapter = []
        chapter.append(each)
    yield chapter


def _orientations(wide: list[bool]) -> list[bool]:
    """Which chapters lie across: wide ones, what opens one, and one between two."""
    lies = [*wide]
    for at in range(1, len(wide) - 1):
        lies[at] = wide[at] or (wide[at - 1] and wide[at + 1])
    if len(lies) > 1:
        lies[0] = lies[0] or lies[1]
    return lies
