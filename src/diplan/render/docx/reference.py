"""What a paper takes from a council's own document: styles, theme, numbering, headers and footers.

The document is not trusted. Only what is named here is taken over, with the pictures inside it.
Whatever leads out of the file, runs or opens something stays behind; so does its text.
"""

import posixpath
from collections.abc import Collection, Iterator, Mapping
from itertools import count

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree

from diplan.ground.errors import ReferenceDocumentError
from diplan.render.docx.blank import fill, last

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADS = {
    "header": (CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    "footer": (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
}
_PICTURES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
    "bmp": "image/bmp", "tif": "image/tiff", "tiff": "image/tiff", "emf": "image/x-emf",
    "wmf": "image/x-wmf",
}  # fmt: skip
"""Kinds of pictures, by the endings of their names; SVG is none, since it may ask for others."""

_FIELDS = {
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "STYLEREF", "TITLE", "SUBJECT", "AUTHOR",
    "DATE", "SAVEDATE", "PRINTDATE", "CREATEDATE", "TIME", "DOCPROPERTY", "FILENAME",
    "REVNUM", "IF",
}  # fmt: skip
"""What a header may have Word work out: none of these opens a file or an address."""

_SETTINGS = (
    "mirrorMargins", "gutterAtTop", "defaultTabStop", "autoHyphenation", "evenAndOddHeaders",
    "characterSpacingControl", "compat", "themeFontLang", "clrSchemeMapping",
)  # fmt: skip
_SECTION = ("pgSz", "pgMar", "pgBorders", "titlePg", "docGrid")
_ALONE = ("hlinkClick", "hlinkHover", "svgBlip")
"""What a picture goes well without."""

_DRAWN = ("numPicBullet", "drawing", "pict", "object")
_AGAIN = 'save it in Word as "Word Document (*.docx)", and try again'


def dress(document: WordDocument, parts: Mapping[str, bytes]) -> None:
    """Give an empty document what is of use in a council's own, whose parts are given by name.

    Raises:
        ReferenceDocumentError: they are not those of a Word document, or would do something.
    """
    _Reference(document, parts).take()


class _Reference:
    """A council's own document, and the one that takes from it."""

    def __init__(self, document: WordDocument, given: Mapping[str, bytes]) -> None:
        self.document, self.given = document, given
        self._numbers = count(1)
        tops = [name for _, kind, name in self._related("") if kind == "officeDocument"]
        self.main = tops[0] if tops else ""
        if b"macroEnabled" in given.get("[Content_Types].xml", b""):
            message = "the reference document can hold macros"
            raise ReferenceDocumentError(message, _AGAIN)
        if self.main not in given or self._read(self.main).tag != f"{_W}document":
            raise ReferenceDocumentError("the reference is not a Word document", _AGAIN)

    def take(self) -> None:
        """Take over each part that is of use."""
        related = {key: (kind, name) for key, kind, name in self._related(self.main)}
        roots = {
            "styles": self.document.styles.element,
            "numbering": self.document.part.numbering_part.element,
            "settings": self.document.settings.element,
        }
        for kind, name in related.values():
            if kind == "theme":
                theme = etree.tostring(self._clean(name))
                part = Part(PackURI("/word/theme1.xml"), CONTENT_TYPE.OFC_THEME, theme)
                self.document.part.load_rel(RELATIONSHIP_TYPE.THEME, part, "theme")
            elif kind in roots:
                only = _SETTINGS if kind == "settings" else None
                kept = [each for each in self._clean(name) if not only or _local(each) in only]
                fill(roots[kind], kept)
        self._take_pages(related)

    def _take_pages(self, related: Mapping[str, tuple[str, str]]) -> None:
        """Take over the last section's pages, with the headers and footers that hold for it."""
        heads: dict[tuple[str, str], str] = {}
        section = self.document.sections[-1]._sectPr
        for properties in self._read(self.main).iter(f"{_W}sectPr"):
            parent = properties.getparent()
            if parent is None or _local(parent) == "sectPrChange":
                continue
            for each in properties:
                kind, name = related.get(each.get(f"{_R}id", ""), ("", ""))
                where = each.get(f"{_W}type", "default")
                if _local(each) == f"{kind}Reference" and where in ("default", "first", "even"):
                    heads[kind, where] = name
            fill(section, [each for each in properties if _local(each) in _SECTION])
        for (kind, where), name in sorted(heads.items(), reverse=True):
            reference = section.makeelement(f"{_W}{kind}Reference")
            reference.set(f"{_W}type", where)
            reference.set(f"{_R}id", self._head(kind, name))
            section.insert(0, reference)

    def _head(self, kind: str, name: str) -> str:
        """Take over a header or a footer with its pictures; the key of its relation."""
        pictures = dict(self._pictures(name))
        key = f"head{next(self._numbers)}"
        content, relation = _HEADS[kind]
        data = etree.tostring(self._clean(name, set(pictures)))
        part = Part(PackURI(f"/word/{key}.xml"), content, data)
        for own, picture in pictures.items():
            part.load_rel(RELATIONSHIP_TYPE.IMAGE, picture, own)
        self.document.part.load_rel(relation, part, key)
        return key

    def _pictures(self, name: str) -> Iterator[tuple[str, Part]]:
        """The pictures inside the file that a part refers to, by key."""
        for key, kind, target in self._related(name):
            ending = posixpath.splitext(target)[1].lower().removeprefix(".")
            if kind == "image" and ending in _PICTURES and target in self.given:
                uri = PackURI(f"/word/media/head{next(self._numbers)}.{ending}")
                yield key, Part(uri, _PICTURES[ending], self.given[target])

    def _clean(self, name: str, kept: Collection[str] = ()) -> BaseOxmlElement:
        """A part without what leads out of it, other than to the pictures that are *kept*."""
        root = self._read(name)
        _harmless(root, kept)
        return root

    def _related(self, part: str) -> Iterator[tuple[str, str, str]]:
        """What a part refers to inside the file: key, kind and name."""
        folder, file = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{file}.rels")
        for each in self._read(name) if name in self.given else ():
            if each.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))
                yield each.get("Id", ""), last(each.get("Type", "")), target.lstrip("/")

    def _read(self, name: str) -> BaseOxmlElement:
        try:
            root = parse_xml(self.given[name])
        except (KeyError, ValueError, etree.XMLSyntaxError):
            message = f'the part "{name[:80]}" of the reference document is missing or damaged'
            raise ReferenceDocumentError(message, _AGAIN) from None
        etree.strip_tags(root, etree.Comment, etree.PI)
        return root


def _harmless(root: BaseOxmlElement, kept: Collection[str]) -> None:
    """Take out what leads out of a part, other than to the pictures that are *kept*.

    Raises:
        ReferenceDocumentError: a field may open something.
    """
    for element in list(root.iter("*")):
        for key in [key for key in element.attrib if _leads_out(element, key, kept)]:
            del element.attrib[key]
            if _local(element) != "hyperlink" and element.get(f"{_R}embed") is None:
                _drop(element)
    for bullet in list(root.iter(f"{_W}lvlPicBulletId")):
        _drop(bullet)
    for code in _instructions(root):
        word = next(iter(code.upper().split()), "")
        if word and word not in _FIELDS:
            message = f'the reference document has the field "{word[:40]}" in it'
            raise ReferenceDocumentError(message, "take the field out of its header or footer")


def _leads_out(element: BaseOxmlElement, key: str, kept: Collection[str]) -> bool:
    """Whether an attribute names something outside a part."""
    if key.startswith(_R):
        return element.get(key) not in kept
    return key.rpartition("}")[2] in ("src", "href", "althref") and ":vml" in element.tag


def _drop(element: BaseOxmlElement) -> None:
    """Take an element out, with the drawing that would be nothing without it."""
    gone = element
    if _local(element) not in _ALONE:
        gone = next((up for up in element.iterancestors() if _local(up) in _DRAWN), element)
    if (parent := gone.getparent()) is not None:
        parent.remove(gone)


def _instructions(root: BaseOxmlElement) -> Iterator[str]:
    """The fields of a part, however they are cut into pieces."""
    open_fields = [""]
    for element in root.iter(f"{_W}fldSimple", f"{_W}fldChar", f"{_W}instrText"):
        match _local(element), element.get(f"{_W}fldCharType"):
            case "fldSimple", _:
                yield element.get(f"{_W}instr", "")
            case "fldChar", "begin":
                open_fields.append("")
            case "fldChar", "end" if len(open_fields) > 1:
                yield open_fields.pop()
            case "instrText", _:
                open_fields[-1] += element.text or ""
    yield from open_fields


def _local(element: BaseOxmlElement) -> str:
    return str(etree.QName(element).localname)
