"""A Word document without text: A4, in British English, and with nothing else in it."""

from collections.abc import Iterable

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Length, Mm, Pt

from diplan.render.docx.styles import FONT

LANGUAGE = '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
_DEFAULTS = (
    f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:eastAsia="{FONT}" '
    f'w:hAnsi="{FONT}" w:cs="{FONT}"/>{LANGUAGE}</w:rPr></w:rPrDefault></w:docDefaults>'
)
_SETTINGS = (
    '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-GB"/>'
)
_KEPT = {"styles", "settings", "numbering", "officeDocument", "core-properties"}


def blank(margin: float) -> WordDocument:
    """A new document, with a margin in millimetres."""
    document = docx.Document()
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, to in relations.items() if last(to.reltype) not in _KEPT]:
            del relations[key]
    fill(document.styles.element, parsed(_DEFAULTS))
    fill(document.settings.element, parsed(_SETTINGS))
    fill(document.part.numbering_part.element, ())
    section = document.sections[-1]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(margin)
    section.top_margin = section.bottom_margin = Mm(margin)
    section.header_distance = section.footer_distance = Mm(0.6 * margin)
    return document


def last(kind: str) -> str:
    """The last word of a relation's kind."""
    return kind.rpartition("/")[2]


def parsed(elements: str) -> list[BaseOxmlElement]:
    """Elements that are written as text."""
    return list(parse_xml(f"<w:body {nsdecls('w', 'r', 'wp', 'a', 'pic')}>{elements}</w:body>"))


def fill(root: BaseOxmlElement, elements: Iterable[BaseOxmlElement]) -> None:
    """Put elements in place of those that a part has."""
    root[:] = list(elements)


def turn(section: Section) -> None:
    """Lay the pages of a section across, or upright again, with the margins that they have."""
    width, height = section.page_width, section.page_height
    section.page_width, section.page_height = height, width
    lies = WD_ORIENT.LANDSCAPE if (height or 0) > (width or 0) else WD_ORIENT.PORTRAIT
    section.orientation = lies


def room(section: Section) -> float:
    """What is between the margins of a section's pages, in points."""
    edges = (section.left_margin or Length(0)) + (section.right_margin or Length(0))
    return ((section.page_width or Length(0)) - edges) / Pt(1)
