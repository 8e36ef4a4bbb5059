"""A paper as a package: its body with all that the body refers to, its pages' feet, its properties.

python-docx looks through a whole package before it adds to it, so keys are given here.
"""

import io
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from typing import NamedTuple

from docx.document import Document as WordDocument
from docx.enum.section import WD_HEADER_FOOTER
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.section import Section
from docx.shared import Pt
from lxml import etree

from diplan.ground.errors import ReferenceDocumentError
from diplan.ground.text import visible
from diplan.render.docx.blank import blank, fill, parsed, room, turn
from diplan.render.docx.body import BodyWriter, Room, footer
from diplan.render.docx.lists import Lists
from diplan.render.docx.reference import dress
from diplan.render.docx.styles import SETTINGS, SPACE, add_styles, twips
from diplan.render.docx.words import paragraph
from diplan.render.flow import Pages
from diplan.render.raster import png

_NEVER = datetime(1980, 1, 1)  # noqa: DTZ001 - a document does not say when it was made
_LEAST, _MOST = 200, 1500
"""Points between the margins of a page, across and down."""

_LONGEST = 255
"""Characters of a property."""


def written(given: Pages, organisation: str, reference: Mapping[str, bytes] | None) -> bytes:
    """A paper as the bytes of a Word document.

    Raises:
        NoExtraError: what draws the pictures is not installed.
        ReferenceDocumentError: the reference cannot be used.
    """
    setting = SETTINGS[given.layout]
    document = blank(setting.margin)
    if reference is not None:
        dress(document, reference)
    lists = Lists(document.part.numbering_part.element, setting)
    ids = add_styles(document.styles, given.layout, lists.bullets, given=reference is not None)
    sheets = _sheets(document, given.title, ids["footer"])
    body = BodyWriter(ids, setting, Room(room(sheets.upright), room(sheets.across)), lists)
    _fill(document, sheets, body, given)
    _bring_along(document, body)
    _name(document, given.title, organisation)
    return _settled(document)


class _Sheets(NamedTuple):
    """The pages that a document has: upright and across; of a council's own, only across."""

    upright: Section
    across: Section


def _sheets(document: WordDocument, title: str, style: str) -> _Sheets:
    """The pages of a document, each with its foot."""
    upright = document.sections[-1]
    if not _has_room(upright):
        message = "the pages of the reference document have no room for text"
        raise ReferenceDocumentError(message, "set their size and their margins in Word")
    across = Section(deepcopy(upright._sectPr), document.part)
    if (upright.page_width or 0) < (upright.page_height or 0):
        turn(across)
    else:
        across = upright
    if not upright._sectPr.footerReference_lst:
        for section in {id(upright): upright, id(across): across}.values():
            part, key = document.part.add_footer_part()  # type: ignore[no-untyped-call]
            foot = parsed(footer(title, style, twips(room(section))))
            fill(part.element, foot)
            section._sectPr.add_footerReference(WD_HEADER_FOOTER.PRIMARY, key)
    return _Sheets(upright, across)


def _has_room(section: Section) -> bool:
    """Whether a line of text goes between the margins of a section's pages, and on them at all."""
    try:
        high = (section.page_height or 0) - (section.top_margin or 0) - (section.bottom_margin or 0)
        return _LEAST <= room(section) <= _MOST and _LEAST <= high / Pt(1) <= _MOST
    except ValueError:
        return False


def _fill(document: WordDocument, sheets: _Sheets, body: BodyWriter, given: Pages) -> None:
    """Write the body; only the first section may have a first page of its own."""
    *before, last = list(body.sections(given))
    made, space = list[str](), body.style(SPACE)
    for lies, content in before:
        made += [content, paragraph("", space, _section(sheets[lies], first=not made))]
    made += [last[1], _section(sheets[last[0]], first=not made)]
    fill(document.element.body, parsed("".join(made)))


def _section(sheet: Section, *, first: bool) -> str:
    properties = deepcopy(sheet._sectPr)
    if not first:
        properties.titlePg_val = False
    return str(etree.tostring(properties, encoding="unicode"))


def _bring_along(document: WordDocument, body: BodyWriter) -> None:
    """Relate the document to the addresses and the pictures that its body refers to."""
    for address, key in body.links.keys.items():
        document.part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, address, key, is_external=True)
    drawn = png([(picture.svg, picture.width) for picture in body.pictures])
    for picture, data in zip(body.pictures, drawn, strict=True):
        name = PackURI(f"/word/media/{picture.key}.png")
        part = Part(name, CONTENT_TYPE.PNG, data)
        document.part.load_rel(RELATIONSHIP_TYPE.IMAGE, part, picture.key)


def _name(document: WordDocument, title: str, organisation: str) -> None:
    """Say what the paper is and whose, and nothing of who made it when."""
    said = document.core_properties
    said.title, said.subject = title[:_LONGEST], "Digital inclusion plan"
    said.author = said.last_modified_by = visible(organisation)[:_LONGEST]
    said.language, said.comments, said.keywords, said.revision = "en-GB", "", "", 1
    said.created = said.modified = _NEVER


def _settled(document: WordDocument) -> bytes:
    """The package, whose files are not dated."""
    saved, made = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            same = zipfile.ZipInfo(entry.filename, date_time=_NEVER.timetuple()[:6])
            packed = not entry.filename.endswith(".png")
            same.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            new.writestr(same, old.read(entry))
    return made.getvalue()
