"""Papers as Word documents: what is in the package, and what another reader makes of it."""

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from conftest import Diplan
from diplan.render import raster, widths
from diplan.render.chart import svg
from diplan.render.docx import docx as made
from diplan.render.docx.words import leads
from diplan.render.grid import grid, turned
from diplan.report.document import (
    Badge,
    Bar,
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
)
from pages import ACTIONS, EVERYTHING, PLACES, SHARE

BAR = Bar(
    "actions",
    "How the actions stand",
    "3 done, 2 late.",
    [Portion("done", 3, Tone.GOOD), Portion("late", 2, Tone.POOR)],
)
LISTS = """1. one
2. two

   - inner

4) four
5) five

Some `code` and **bold** words.
"""
DOCUMENT = EVERYTHING._replace(
    sections=[*EVERYTHING.sections, Section("More", [BAR, Prose(LISTS)])]
)


def read(data: bytes) -> WordDocument:
    """A document as python-docx reads it."""
    return docx.Document(io.BytesIO(data))


def paper(*blocks: object, layout: Layout = Layout.PAPER) -> WordDocument:
    """A document with these blocks in its only section."""
    document = Document("Title", [], [Section("Part", blocks)], layout=layout)  # type: ignore[arg-type]
    return read(made(document, "", None))


def words(document: WordDocument) -> str:
    """All that a document says."""
    return "\n".join("".join(each.itertext()) for each in document.element.body.iter(qn("w:p")))


@pytest.fixture(scope="module", name="everything")
def _everything() -> WordDocument:
    return read(made(DOCUMENT, "Stoke-on-Trent City Council", None))


def test_the_title_and_headings_are_styles_in_order(everything: WordDocument) -> None:
    """The title has the style for titles, and headings go down by one level at a time."""
    named = [p.style.name for p in everything.paragraphs if p.style]
    levels = [int(name[-1]) for name in named if name and name.startswith("Heading")]

    assert named[0] == "Title"
    assert named.count("Title") == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_repeats_its_head_and_keeps_its_rows(everything: WordDocument) -> None:
    """The first row is a head on every page, and no row is cut in two."""
    assert len(everything.tables) == 7
    for table in everything.tables:
        first, *rows = table._tbl.tr_lst

        assert first.find(f".//{qn('w:tblHeader')}") is not None
        assert not any(row.find(f".//{qn('w:tblHeader')}") is not None for row in rows)
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in (first, *rows))


def test_columns_are_fixed_and_fit_the_page(everything: WordDocument) -> None:
    """Each cell has its column's width, and the columns come to no more than the page has."""
    room = 11906 - 2 * 1134
    for table in everything.tables:
        across = [int(column.get(qn("w:w"), "0")) for column in table._tbl.tblGrid.gridCol_lst]
        layout = table._tbl.tblPr.find(qn("w:tblLayout"))

        assert layout is not None
        assert layout.get(qn("w:type")) == "fixed"
        assert sum(across) <= room
        for row in table._tbl.tr_lst:
            assert [cell.width.twips for cell in row.tc_lst if cell.width] == across


def test_merged_cells_go_on_in_every_row() -> None:
    """A cell over three rows begins once and goes on twice; its words are there once."""
    (table,) = paper(ACTIONS).tables
    merges = [
        [cell.vMerge for cell in row.tc_lst][0]  # noqa: RUF015 - a list is compared
        for row in table._tbl.tr_lst
    ]

    assert merges == [None, "restart", "continue", "continue", None, None]


def test_pictures_have_words_for_those_who_do_not_see_them(everything: WordDocument) -> None:
    """A chart, a map and a bar say in words what they show; each is a picture of its own."""
    named = {each.get("descr") for each in everything.element.body.iter(qn("wp:docPr"))}

    assert {SHARE.description, PLACES.description, BAR.description} <= named
    assert len(everything.inline_shapes) == 4
    assert all(shape.width <= docx.shared.Mm(170) for shape in everything.inline_shapes)


def test_a_chart_s_figures_stand_beneath_it_across() -> None:
    """The periods are the heads of the columns, where there is room."""
    document = paper(SHARE)
    (table,) = document.tables

    assert [cell.text for cell in table.rows[0].cells] == ["Period", *map(str, SHARE_YEARS)]
    assert [cell.text for cell in table.rows[1].cells][:2] == ["Figure", "26.2%"]


SHARE_YEARS = (2013, 2014, 2015, 2017, 2018, 2019)


def test_lists_count_anew() -> None:
    """Each list that counts has a number of its own, from its first number on."""
    document = paper(Prose(LISTS), Items(["a", "b"]))
    styles = [p.style.name for p in document.paragraphs if p.style and "List" in p.style.name]
    numbering = etree.tostring(document.part.numbering_part.element).decode()

    assert styles == [
        "List Number", "List Number", "List Bullet 2", "List Number", "List Number",
        "List Bullet", "List Bullet",
    ]  # fmt: skip
    assert re.findall(r'startOverride w:val="(\d+)"', numbering) == ["1", "4"]


def test_badges_are_words_before_they_are_colours() -> None:
    """A badge is its word, bold, on a light ground of its own."""
    document = paper(Table([Column("a", "A"), Column("b", "B")], [["x", Badge("late", Tone.POOR)]]))
    cell = document.tables[0].rows[1].cells[1]
    shade = cell._tc.find(f".//{qn('w:shd')}")

    assert cell.text == "late"
    assert cell.paragraphs[0].runs[0].bold
    assert shade is not None
    assert contrast(str(shade.get(qn("w:fill")))) > 7


def contrast(ground: str) -> float:
    """The contrast of black letters on a ground (WCAG 2.2)."""
    parts = [int(ground[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) / 0.05


def test_a_wide_table_lies_across_with_its_chapter() -> None:
    """A table that needs it turns its chapter's pages, and the next chapter stands again."""
    heads = [Column(str(at), "Responsible") for at in range(7)]
    document = Document(
        "T", ["Before."],
        [Section("Short", ["Words."]), Section("Wide", [Table(heads, [["x"] * 7])]),
         Section("After", ["More words."])],
    )  # fmt: skip
    sections = read(made(document, "", None)).sections

    assert [section.orientation for section in sections] == [0, 1, 0]
    assert [round(section.page_width.mm) for section in sections if section.page_width] == [
        210, 297, 210,
    ]  # fmt: skip


@pytest.mark.parametrize("columns", [20, 70])
def test_a_table_for_no_page_is_told_row_by_row(columns: int) -> None:
    """A table that breaks words even across, or has more columns than Word opens, is no table."""
    heads = [Column(str(at), f"Responsibility {at}") for at in range(columns)]
    document = paper(Table(heads, [["Row", *("Communications",) * (columns - 1)]]))

    assert document.tables == []
    assert f"Responsibility {columns - 1}: Communications" in words(document)


@pytest.mark.parametrize(("layout", "least"), [(Layout.PAPER, 7.5), (Layout.LARGE_PRINT, 16)])
def test_no_letter_is_smaller_than_its_layout_allows(layout: Layout, least: float) -> None:
    """Large print is of 16 points everywhere, tables and feet of pages among it."""
    data = zipfile.ZipFile(io.BytesIO(made(DOCUMENT._replace(layout=layout), "", None)))
    sizes = {
        int(half) / 2
        for name in data.namelist()
        if name.endswith(".xml")
        for half in re.findall(r'<w:sz w:val="(\d+)"', data.read(name).decode())
    }

    assert min(sizes) >= least


def test_one_page_has_small_margins_and_no_contents() -> None:
    """A paper on one page has 12 mm around it, and does not list its chapters."""
    sections = [Section(f"Part {at}", ["Words."]) for at in range(9)]
    long = read(made(Document("T", [], sections), "", None))
    short = read(made(Document("T", [], sections, layout=Layout.ONE_PAGE), "", None))

    assert "Contents" in words(long)
    assert "Contents" not in words(short)
    assert short.sections[0].left_margin is not None
    assert round(short.sections[0].left_margin.mm) == 12


def test_contents_lead_to_their_chapters(everything: WordDocument) -> None:
    """Each line of the contents is a link to a heading that is there."""
    body = everything.element.body
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}

    assert len([link for link in links if link]) >= 6
    assert {link for link in links if link} <= marks


def test_language_title_and_nobody(everything: WordDocument) -> None:
    """The language is British English; the properties name the paper and the organisation."""
    said = everything.core_properties
    defaults = etree.tostring(everything.styles.element).decode()

    assert 'w:lang w:val="en-GB"' in defaults
    assert (said.title, said.language) == ("Digital Inclusion Strategy", "en-GB")
    assert said.author == "Stoke-on-Trent City Council"
    assert said.created == said.modified
    assert said.created is not None
    assert said.created.year == 1980


def test_the_foot_says_which_page_of_how_many(everything: WordDocument) -> None:
    """Word works out the page and their number, behind the paper's title."""
    foot = everything.sections[0].footer._element
    fields = [each.text for each in foot.iter(qn("w:instrText"))]

    assert "Digital Inclusion Strategy" in "".join(foot.itertext())
    assert [str(field).strip() for field in fields] == ["PAGE", "NUMPAGES"]


def test_the_same_bytes_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """No byte depends on when or where a document is made."""
    first = made(DOCUMENT, "Council", None)
    monkeypatch.setattr("zipfile.time.time", lambda: 2_000_000_000.0)
    monkeypatch.setenv("TZ", "Pacific/Auckland")

    assert made(DOCUMENT, "Council", None) == first
    assert {entry.date_time[0] for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {1980}


@pytest.mark.parametrize(
    ("address", "goes"),
    [
        ("https://example.org/a?b=1&c=2#d", True),
        ("HTTP://example.org", True),
        ("mailto:digital@example.org", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://exa mple.org", False),
        ("https://example.org:port/", False),
        ("https://example.org/%zz", False),
        ("//example.org", False),
        ("#part", False),
    ],
)
def test_links_lead_to_the_web_and_to_e_mail(address: str, goes: bool) -> None:
    """Any other address stays words, and so does one that Word would choke on."""
    assert leads(address) is goes


def test_only_links_lead_out(everything: WordDocument) -> None:
    """What is outside the package is the address of a link, and nothing else."""
    outside = [rel for rel in everything.part.rels.values() if rel.is_external]

    assert [rel.target_ref for rel in outside] == ["https://www.stoke.gov.uk/strategy"]
    assert {rel.reltype.rpartition("/")[2] for rel in outside} == {"hyperlink"}


hostile = st.text(st.characters(codec=None, exclude_categories=())) | st.sampled_from(
    ["<w:p/>", "]]>", "&amp;", "\x00\x1b[2J", "\ud800", "\ufffe", "‮txt", "a\r\nb\tc", "{=1+1}"]
)


def texts(document: WordDocument) -> Iterator[str]:
    """The words of each paragraph, those in tables among them."""
    for paragraph in document.element.body.iter(qn("w:p")):
        yield "".join(str(each.text or "") for each in paragraph.iter(qn("w:t")))


@given(hostile)
def test_any_text_is_only_words(text: str) -> None:
    """Whatever is in a plan, the document opens, and its text is markup nowhere."""
    table = Table([Column("a", text), Column("b", "B")], [[text, Lines([text, text])]], text)
    sections = [Section(text, [text, table, Items([text]), Facts([(text, text)]), Prose(text)])]
    document = read(made(Document(text, [], sections), text, None))

    assert list(texts(document))
    assert len(document.tables) >= 1


def test_a_word_with_strokes_can_be_broken_at_them() -> None:
    """Word breaks no line at a stroke, so a wide word gets a place to break after each."""
    long = "communications/engagement/partnerships/procurement"
    heads = [Column("a", "A"), Column("b", "B")]
    narrow = paper(Table([*heads, Column("c", "C")], [[long, "word " * 90, "word " * 90]]))
    wide = paper(Table(heads, [["ICT/Web", "x"]]))

    assert long.replace("/", "/\u200b") in words(narrow)
    assert "ICT/Web" in words(wide)


def test_pictures_are_drawn_with_their_words() -> None:
    """A chart with words is another picture than one without; the same one is the same bytes."""
    drawn = svg(SHARE)
    silent = re.sub(r"<text.*?</text>", "", drawn)
    first, second, third = raster.png([(drawn, 250), (silent, 250), (drawn, 250)])

    assert first.startswith(b"\x89PNG")
    assert first == third
    assert len(first) > 1.2 * len(second)


def test_every_picture_of_many_is_drawn() -> None:
    """Pictures come in the order that they are given in, however many there are."""
    shown = [(svg(SHARE._replace(unit=f"unit {at}")), 100) for at in range(raster.BATCH * 2 + 1)]
    alone = [raster.png([each])[0] for each in shown]

    assert raster.png(shown) == alone
    assert raster.png([]) == []


def test_a_turned_table_has_its_rows_as_columns() -> None:
    """The first column becomes the heads, and each other column a row that its head names."""
    table = grid(SHARE.table, "T", "T")
    other = turned(table)

    assert [column.label for column in other.columns] == ["Period", *map(str, SHARE_YEARS)]
    assert [placed.cell for placed in other.rows[0]] == [
        "Figure", "26.2%", "11.7%", "13.4%", "20.0%", "9.8%", "16.4%",
    ]  # fmt: skip
    assert widths.needed(other) > widths.needed(table)
    assert Fraction(len(other.rows)) == len(table.columns) - 1


@pytest.mark.parametrize("missing", ["diplan.render.docx.writing", "typst"])
def test_without_the_extra_a_sentence_says_so(
    missing: str, diplan: Diplan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where a package is missing, the command says how to get it, and writes nothing."""
    monkeypatch.setitem(sys.modules, missing, None)
    output = tmp_path / "x.docx"
    said = diplan("report", "progress", "--as-of", "2020", "--output", str(output))

    assert said.code == 2
    assert "is not installed" in said.err
    assert "pip install 'diplan[documents]'" in said.err
    assert not output.exists()
