"""The styles of a Word document: those that Word itself has, so that one change reaches them all.

A council's own document has some of them. Those it lacks are added as ours are.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from docx.styles.styles import Styles

from diplan.report.document import Layout

FONT, FIXED = "Arial", "Courier New"
BLUE = "12436D"
SHADE, RULE = "E4EBF1", "9AA5AE"
"""Behind a table's heads, and between its rows."""

PLAN_TABLE, TABLE_TEXT, TABLE_HEADS = "Plan Table", "Plan Table Text", "Plan Table Heads"
FACT, SPACE = "Plan Fact", "Plan Space"
"""The names of those that Word does not have."""

DEEPEST = 3
"""Levels of lists that have a style."""


class LetterSizes(NamedTuple):
    """The sizes of a layout: letters and lines in points, margins in millimetres."""

    body: float
    table: float
    least: float
    """The smallest letters of a table."""
    margin: float
    leading: float
    """The height of a line, as a share of a usual one."""
    tight: bool = False
    """Whether all has to fit on one page: there is less space, and no list of contents."""


SETTINGS = {
    Layout.PAPER: LetterSizes(11, 9, 7.5, 20, 1.12),
    Layout.ONE_PAGE: LetterSizes(8.5, 8, 7, 12, 1, tight=True),
    Layout.LARGE_PRINT: LetterSizes(16, 16, 16, 20, 1.25),
}


class _Style(NamedTuple):
    """A paragraph style; spaces are shares of its letters' height."""

    name: str
    size: float
    before: float = 0
    after: float = 0
    based: str = "Normal"
    then: str = ""
    paragraph: str = ""
    letters: str = ""

    def xml(self, ids: Mapping[str, str], leading: float) -> str:
        based = "" if self.name == "Normal" else f'<w:basedOn w:val="{ids[self.based.lower()]}"/>'
        then = f'<w:next w:val="{ids[self.then.lower()]}"/>' if self.then else ""
        first, _, last = self.paragraph.partition("|")
        line = f'w:line="{round(240 * leading)}" w:lineRule="auto"'
        if self.name == SPACE:
            # exact, and nothing after it: else LibreOffice 7 now and then loses rows of the table
            line = f'w:line="{twips(0.7 * self.size)}" w:lineRule="exact"'
        return (
            f"{based}{then}<w:qFormat/><w:pPr>{first}"
            f'<w:spacing w:before="{twips(self.before * self.size)}" '
            f'w:after="{twips(self.after * self.size)}" {line}/>{last}</w:pPr>'
            f"<w:rPr>{self.letters}{sized(self.size)}</w:rPr>"
        )


def twips(points: float) -> int:
    """Points in twentieths, which Word counts in."""
    return round(20 * points)


def sized(points: float) -> str:
    """The size of letters, for the properties of a run."""
    half = round(2 * points)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def add_styles(styles: Styles, layout: Layout, numbers: int, *, given: bool) -> dict[str, str]:
    """Add what a document's styles lack; the ids of all, by names in small letters.

    *numbers* is the key of our bullets. Where styles are *given*, those of a paper stay as they
    are; other layouts need sizes of their own.
    """
    setting = SETTINGS[layout]
    root = styles.element
    known = dict(_named(root))
    ids = {name: style.get(qn("w:styleId"), "") for name, style in known.items()}
    taken = {*ids.values()}
    wanted, others = list(_paragraphs(setting, numbers)), _others(setting)
    for name in (*(style.name for style in wanted), *others):
        if name.lower() not in ids:
            plain = name.title().replace(" ", "")
            ids[name.lower()] = plain if plain not in taken else f"Plan{plain}"
    for style in wanted:
        if style.name.lower() not in known:
            root.append(_made("paragraph", style.name, ids, style.xml(ids, setting.leading)))
        elif given and layout is not Layout.PAPER:
            ParagraphStyle(known[style.name.lower()]).font.size = Pt(style.size)
    for name, (kind, body) in others.items():
        if name.lower() not in known:
            root.append(_made(kind, name, ids, body))
    return ids


def _named(root: BaseOxmlElement) -> Iterator[tuple[str, BaseOxmlElement]]:
    """The styles that have a name and a key, by their names in small letters."""
    for style in root.iterchildren(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None and style.get(qn("w:styleId")):
            yield name.get(qn("w:val"), "").lower(), style


def _made(kind: str, name: str, ids: Mapping[str, str], body: str) -> BaseOxmlElement:
    default = ' w:default="1"' if name == "Normal" else ""
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="{kind}"{default} w:styleId="{ids[name.lower()]}">'
        f'<w:name w:val="{name}"/>{body}</w:style>'
    )


_KEEP = "<w:keepNext/><w:keepLines/>"
_BOLD = "<w:b/><w:bCs/>"
_BLUE = f'{_BOLD}<w:color w:val="{BLUE}"/>'


def _paragraphs(setting: LetterSizes, numbers: int) -> Iterator[_Style]:
    """Our paragraph styles; what a list is indented by grows with the letters."""
    body, step = setting.body, twips(setting.body * 1.6)
    tight = setting.tight
    yield _Style("Normal", body, 0, 0.3 if tight else 0.6)
    yield _Style("Title", body * 2, 0, 0.4, then="Normal", paragraph=_KEEP, letters=_BLUE)
    for level, (size, before, after) in enumerate(
        ((1.45, 1.1, 0.4), (1.2, 0.9, 0.35), (1.05, 0.8, 0.3), (1, 0.8, 0.3), (1, 0.8, 0.3))
    ):
        space = before / 2 if tight else before
        outline = f'{_KEEP}|<w:outlineLvl w:val="{level}"/>'
        yield _Style(f"heading {level + 1}", body * size, space, after / 2 if tight else after,
                     then="Normal", paragraph=outline, letters=_BLUE)  # fmt: skip
    yield _Style("caption", max(setting.table, body * 0.9), 0.6, 0.4, then="Normal",
                 paragraph=_KEEP, letters=_BOLD)  # fmt: skip
    for level in range(DEEPEST):
        last = "" if level == 0 else f" {level + 1}"
        number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbers}"/></w:numPr>'
        inside = f'|<w:ind w:left="{step * (level + 1)}"/>'
        hung = f'|<w:ind w:left="{step * (level + 1)}" w:hanging="{step}"/>'
        yield _Style(f"List Bullet{last}", body, 0, 0.25, paragraph=number + hung)
        yield _Style(f"List Number{last}", body, 0, 0.25, paragraph=hung)
        yield _Style(f"List Continue{last}", body, 0, 0.25, paragraph=inside)
    bar = f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{RULE}"/></w:pBdr>'
    yield _Style("Quote", body, 0, 0.6, paragraph=f'{bar}|<w:ind w:left="{step}"/>')
    fixed = f'<w:rFonts w:ascii="{FIXED}" w:hAnsi="{FIXED}" w:cs="{FIXED}"/>'
    yield _Style("HTML Preformatted", body if tight else max(setting.least, body * 0.9), 0, 0.6,
                 letters=fixed)  # fmt: skip
    yield _Style("TOC Heading", body * 1.2, 0.8, 0.3, then="Normal", paragraph=_KEEP,
                 letters=_BLUE)  # fmt: skip
    yield _Style("toc 1", body, 0, 0.2)
    small = max(setting.least, body * 0.8)
    yield _Style("header", small)
    yield _Style("footer", small)
    yield _Style(FACT, body, 0, 0.2)
    yield _Style(TABLE_TEXT, setting.table)
    yield _Style(TABLE_HEADS, setting.table, based=TABLE_TEXT, letters=_BOLD)
    yield _Style(SPACE, setting.body)


_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    for side in ("top", "bottom", "insideH")
)
_LINK = f'<w:rPr><w:color w:val="{BLUE}"/><w:u w:val="single"/></w:rPr>'
_CODE = f'<w:rPr><w:rFonts w:ascii="{FIXED}" w:hAnsi="{FIXED}" w:cs="{FIXED}"/></w:rPr>'


def _others(setting: LetterSizes) -> Mapping[str, tuple[str, str]]:
    """Our styles of words and of tables: their kinds and what is in them.

    What stands beside the words of a cell comes to less than `widths.PADDING`.
    """
    beside = twips(0.6 * setting.least)
    edges = "".join(
        f'<w:{side} w:w="{edge}" w:type="dxa"/>'
        for side, edge in (("top", 40), ("left", beside), ("bottom", 40), ("right", beside))
    )
    rows = (
        f"<w:qFormat/><w:tblPr><w:tblBorders>{_LINES}</w:tblBorders>"
        f'<w:tblCellMar>{edges}</w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr></w:tblStylePr>'
    )
    return {
        "Hyperlink": ("character", _LINK),
        "HTML Code": ("character", _CODE),
        PLAN_TABLE: ("table", rows),
    }
