"""Papers as PDF: what a program that reads pages aloud finds, and what no text can bring about."""

import io
import re
import sys
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from diplan.ground.errors import NoExtraError
from diplan.render.flow import pages
from diplan.render.pdf import pdf
from diplan.render.pdf.paper import paper
from diplan.render.pdf.setting import MEASURES
from diplan.render.typesetting import TypesettingError, typeset
from diplan.report.document import (
    Badge,
    Bar,
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Items,
    Layout,
    Lines,
    Portion,
    Prose,
    Section,
    Table,
    Tone,
    Way,
)
from pages import EVERYTHING, PLACES, SHARE
from paper_pages import needs_poppler, printed

HOSTILE = '#read("/etc/passwd") #{1+1} $x^2$ @ref <label> *b* _i_ `r` \\ [a] // c /* d */ -- "q"'
BAR = Bar("b", "Actions", "3 done", [Portion("done", 3, Tone.GOOD)])


def read(document: Document, organisation: str = "") -> pypdf.PdfReader:
    """A document's PDF, as another program reads it."""
    return pypdf.PdfReader(io.BytesIO(pdf(document, organisation)))


def words(document: Document) -> str:
    """All that stands on the pages of a document's PDF."""
    return "\n".join(page.extract_text() for page in read(document).pages)


def holding(*blocks: Any, layout: Layout = Layout.PAPER) -> Document:
    """A document of one section."""
    return Document("Title", [], [Section("Section", list(blocks))], layout=layout)


def table(rows: list[list[Cell]], merged: int = 0) -> Table:
    """A table with rows."""
    columns = [Column(str(at), f"Column {at}") for at in range(len(rows[0]))]
    return Table(columns, rows, "Caption", merged)


def elements(reader: pypdf.PdfReader) -> Iterator[Any]:
    """The elements of a PDF's structure, in the order in which they are read."""
    waiting = [reader.root_object["/StructTreeRoot"]["/K"]]  # type: ignore[index]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict):
            if "/S" in node:
                yield node
            if "/K" in node:
                waiting.append(node["/K"])


@pytest.fixture(scope="module", name="everything")
def _everything() -> pypdf.PdfReader:
    return read(EVERYTHING, "Anytown Council")


def test_a_paper_says_what_it_is(everything: pypdf.PdfReader) -> None:
    """Title, author, language and PDF/UA-1 are told to programs; the title stands in the window."""
    root: Any = everything.root_object
    about = everything.metadata

    assert about is not None
    assert (about.title, about.author) == (EVERYTHING.title, "Anytown Council")
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 - pypdf's own
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_structure_has_headings_lists_tables_and_pictures(everything: pypdf.PdfReader) -> None:
    """Headings skip no rank, heads of columns are marked as such, and each picture has words."""
    found = list(elements(everything))
    kinds = [node["/S"] for node in found]
    ranks = [int(kind[2:]) for kind in kinds if kind[1:2] == "H" and kind[2:].isdigit()]
    heads = [node for node in found if node["/S"] == "/TH"]
    scopes = [{part.get("/Scope") for part in head["/A"]} - {None} for head in heads]
    said = [node["/Alt"] for node in found if node["/S"] == "/Figure"]

    assert ranks[0] == 1
    assert ranks.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(ranks))
    assert scopes == [{"/Column"}] * len(heads)
    assert {"/L", "/LI", "/BlockQuote", "/Caption", "/Link"} <= set(kinds)
    assert said == [picture.description for picture in EVERYTHING.pictures]


def test_headings_are_bookmarks(everything: pypdf.PdfReader) -> None:
    """A reader can jump to every section."""

    def titles(outline: Any) -> Iterator[str]:
        for one in outline:
            if isinstance(one, list):
                yield from titles(one)
            else:
                yield one.title

    sections = [section.title for section in EVERYTHING.sections]

    assert [title for title in titles(everything.outline) if title in sections] == sections


def test_letters_are_those_of_the_papers_font(everything: pypdf.PdfReader) -> None:
    """Pages and charts are set in one font, which the file brings with it."""
    fonts = {
        font["/BaseFont"].partition("+")[2]
        for page in everything.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }

    assert all(name.startswith("SourceSansPro-") for name in fonts), fonts


def test_links_lead_to_the_web_and_to_letters_only() -> None:
    """An address that leads elsewhere is a word."""
    said = "[web](https://example.org/a) [post](mailto:a@example.org) [part](#part)"
    plain = Items(["At https://example.org/c, and not at ftp://example.org."])
    reader = read(holding(Prose(said), table([["https://example.org/b", "x"]]), plain))
    leads = [
        note.get_object()["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots", [])
    ]

    assert leads == [
        "https://example.org/a", "mailto:a@example.org", "https://example.org/b",
        "https://example.org/c",
    ]  # fmt: skip


def test_bytes_depend_on_the_document_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Day, time zone, folder and language of the machine leave no trace."""
    first = pdf(EVERYTHING, "Anytown Council")
    monkeypatch.chdir(tmp_path)
    for name, value in (("TZ", "Pacific/Apia"), ("LANG", "ar_EG"), ("SOURCE_DATE_EPOCH", "1")):
        monkeypatch.setenv(name, value)

    assert pdf(EVERYTHING, "Anytown Council") == first
    assert b"CreationDate" not in first


@pytest.mark.parametrize("layout", Layout)
def test_text_is_never_markup(layout: Layout) -> None:
    """Whatever typst would read as a command stands on the page as it is, wherever it stands."""
    rows: list[list[Cell]] = [[HOSTILE, Badge(HOSTILE), Lines([HOSTILE, HOSTILE])]]
    blocks = [HOSTILE, table(rows), Facts([(HOSTILE, HOSTILE)]), Items([HOSTILE])]
    chart = SHARE._replace(title=HOSTILE, description=HOSTILE, unit=HOSTILE)
    document = holding(*blocks, chart, layout=layout)
    said = " ".join(words(document._replace(title=HOSTILE)).split())

    assert said.count('#read("/etc/passwd")') >= 10
    assert "root:" not in said


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("well done 😀", "well done [grinning face]"),
        ("✅ ▲ é ŵ Ł − ½ €", "[white heavy check mark] ▲ é ŵ Ł − ½ €"),
        ("中文", "<U+4E2D><U+6587>"),
        ("1️⃣", "1<U+20E3>"),
        ("👩‍👧", "[woman][girl]"),
        ("Привет Ωμέγα", "Привет Ωμέγα"),
        ("bell \x07 and \u202e turned", "bell <U+0007> and <U+202E> turned"),
    ],
)
def test_letters_that_no_font_has_are_named(given: str, shown: str) -> None:
    """A sign is told by its name, and any other letter by its number."""
    said = words(holding(given, BAR._replace(portions=[Portion(given, 3, Tone.GOOD)])))

    assert shown in " ".join(said.replace("\u200d", "").split())


def test_right_to_left_letters_are_shown() -> None:
    """Hebrew and Arabic come from fonts that typst brings."""
    said = words(holding("שלום", "العربية", SHARE._replace(unit="שלום 😀 العربية")))

    assert "<U+" not in said


@example("#")
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=12))
def test_any_text_makes_a_paper(text: str) -> None:
    """There is no text that typst refuses."""
    cells: list[list[Cell]] = [[text, Badge(text)], [Lines([text, text]), Way(Fraction(1, 3))]]
    blocks: list[Block] = [
        text,
        Prose(text),
        table(cells),
        Facts([(text, text)]),
        SHARE._replace(unit=text),
    ]
    document = Document(text, [text], [Section(text, blocks)])

    assert pdf(document, text).startswith(b"%PDF")


@needs_poppler
@pytest.mark.parametrize("layout", Layout)
def test_long_words_stay_on_the_page(layout: Layout, tmp_path: Path) -> None:
    """A word that is wider than its line breaks, in titles, cells, lists and captions as well."""
    word = "W" * 400
    rows: list[list[Cell]] = [[word, "short", Badge(word)], ["2016/17", word, "x"]]
    prose = Prose(f"- `{word}`\n\n> {word}\n\n    {word}")
    blocks: list[Block] = [word, Items([word]), Facts([(word, word)]), prose]
    blocks += [table(rows)._replace(caption=word), BAR._replace(title=word)]
    target = tmp_path / "paper.pdf"
    target.write_bytes(pdf(Document(word, [word], [Section(word, blocks)], layout=layout), word))
    margin = MEASURES[layout].margin

    assert [
        found
        for page in printed(target)
        for found in page.words
        if found.left < margin - 1 or found.right > page.width - margin + 1
    ] == []


def test_a_wide_table_turns_its_section_and_nothing_else() -> None:
    """A page lies on its side where a table needs it."""
    wide = table([["communications"] * 9])
    document = Document("Title", ["Before"], [Section("A", [wide]), Section("B", ["After"])])
    boxes = [page.mediabox for page in read(document).pages]

    assert [box.width > box.height for box in boxes] == [False, True, False]


def test_a_table_too_wide_for_any_page_is_told_row_by_row() -> None:
    """No word is broken for the sake of a table: its rows become lists of what they say."""
    document = holding(table([["communications"] * 30]))

    assert "Column 29: communications" in words(document)
    assert "/TH" not in [node["/S"] for node in elements(read(document))]


def test_a_high_merged_cell_is_said_again_where_it_is_parted() -> None:
    """A cell over many rows has its words on every page that its rows are on."""
    rows: list[list[Cell]] = [["Aim" if at == 0 else "", f"row {at}"] for at in range(120)]
    said = [page.extract_text() for page in read(holding(table(rows, merged=1))).pages]

    assert len(said) > 2
    assert all("Aim" in page.split() for page in said)


def test_heads_of_columns_stand_on_every_page() -> None:
    """A table's head is repeated, but for one that would fill the page."""
    rows: list[list[Cell]] = [["word", "word"]] * 150
    long = table(rows)._replace(columns=[Column("a", "word " * 4000), Column("b", "B")])
    said = [page.extract_text() for page in read(holding(table(rows))).pages]

    assert all("Column 1" in page for page in said)
    assert len(read(holding(long)).pages) < 40


def test_large_print_is_16_points_everywhere() -> None:
    """No letter of a leaflet in large print is smaller, but in pictures as wide as the page."""
    given = paper(pages(EVERYTHING._replace(layout=Layout.LARGE_PRINT)))
    blocks = [block for part in given["parts"] for block in part["blocks"]]

    assert given["size"] == 16
    assert {block["size"] for block in blocks if block["kind"] == "table"} == {16}
    assert all(
        letters(block) >= 16 or block["across"] > 490
        for block in blocks
        if block["kind"] == "picture"
    )


def letters(picture: dict[str, Any]) -> float:
    """How large the letters of a picture on a page are, in points."""
    box = re.search(r'viewBox="0 0 (\d+) .*?font-size="(\d+)"', picture["svg"])
    assert box
    return float(picture["across"] / int(box[1]) * int(box[2]))


def test_a_small_table_stands_beside_its_picture() -> None:
    """What says the same takes no height of its own, where there is room for it."""
    small, large = (
        paper(pages(holding(PLACES._replace(table=table([["2019", "16.4"]] * many)))))
        for many in (3, 60)
    )

    assert small["parts"][-1]["blocks"][-1]["beside"]
    assert large["parts"][-1]["blocks"][-1]["below"]


def test_what_typst_says_is_told_in_our_words() -> None:
    """An error of typst's is one of ours, with its first words."""
    with pytest.raises(TypesettingError, match="typst could not make the document: "):
        typeset(b"#panic()", {}, "pdf")


def test_without_the_extra_a_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever has not installed typst is told how."""
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(NoExtraError) as caught:
        pdf(holding("words"))

    assert str(caught.value) == "what makes PDF files is not installed"
    assert "diplan[documents]" in caught.value.hint
