"""Documents made to do harm, or that are not what they say: named, or read within bounds."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from laid_out import Laid, Tabled, docx, odt, packed, xlsx
from plans import fresh, held

from conftest import Diplan

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
ROW = f"<w:tr>{CELL.format('Action')}{CELL.format('Lead')}</w:tr>"
TABLE = [[Laid("Action"), Laid("Lead")], [Laid("Lend"), Laid("ICT")]]

Make = Callable[[Path], object]


def word(body: str, before: str = "") -> Make:
    """Make a Word document with a body."""

    def make(path: Path) -> None:
        docx(path, [])
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name).decode() for name in archive.namelist()}
        parts["word/document.xml"] = (
            f"{before}<w:document {WORD}><w:body>{body}</w:body></w:document>"
        )
        packed(path, parts)

    return make


def text(said: str) -> Make:
    """Make a text file."""
    return lambda path: path.write_text(said, encoding="utf-8")


def raw(data: bytes) -> Make:
    """Make a file of some bytes."""
    return lambda path: path.write_bytes(data)


def bomb(path: Path) -> None:
    """Make a file that would be 200 MB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 200_000_000)


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
NESTED = 3_000
GALLERY: dict[str, tuple[str, Make, str]] = {
    "a bomb": ("a.docx", bomb, "what is packed in it is larger than 60 MiB"),
    "tables": ("a.docx", word(f"<w:tbl>{ROW}</w:tbl>" * 10_000),
               "there are more than 200 tables in it"),
    "rows": ("a.docx", word(f"<w:tbl>{ROW * 6_000}</w:tbl>"), "table 1 has more than 5,000 rows"),
    "columns": ("a.docx", word(f"<w:tbl><w:tr>{CELL.format('a') * 100_000}</w:tr></w:tbl>"),
                "table 1 has more than 60 columns"),
    "nested": ("a.docx",
               word("<w:tbl><w:tr><w:tc>" * NESTED + "</w:tc></w:tr></w:tbl>" * NESTED),
               "XML elements nested more than 100 deep"),
    "an entity": ("a.docx", word("&a;", '<!DOCTYPE d [<!ENTITY a "aaaa">]>'),
                  "declares a document type"),
    "no number": ("a.docx",
                  word('<w:tbl><w:tr><w:tc><w:gridSpan w:val="x"/></w:tc></w:tr></w:tbl>'),
                  'the part "word/document.xml" is damaged'),
    "an empty file": ("a.docx", raw(b""), "the file is damaged, or is not what its name says"),
    "a text": ("a.xlsx", text("Action"), "the file is damaged, or is not what its name says"),
    "a zip file": ("a.docx", lambda path: packed(path, {"a": "b"}),
                   "there is neither a document nor a workbook in it"),
    "a pdf": ("a.pdf", raw(b"%PDF"), "this is not a docx, xlsx, odt, ods, csv, html or md file"),
    "an old document": ("a.docx", raw(OLD), "this is the old Word format (doc)"),
    "an old name": ("a.doc", raw(OLD), "save it as a docx document"),
    "latin-1": ("a.md", raw("| Café |".encode("latin-1")), "the file is not UTF-8"),
    "utf-16": ("a.csv", raw("Action,Lead\n".encode("utf-16")), "the file is not UTF-8"),
    "csv columns": ("a.csv", text("Action,Lead" + ",x" * 100_000), "the table goes as far as BI1"),
    "csv rows": ("a.csv", text("Action,Lead\n" + "a,b\n" * 6_000),
                 "the table goes as far as A5001"),
    "html tables": ("a.html", text("<table><td>Action<td>Lead</table>" * 10_000),
                    "there are more than 200 tables in it"),
    "html cells": ("a.html", text("<table><tr>" + "<td>a" * 10_000), "more than 60 columns"),
    "md tables": ("a.md", text("|Action|Lead|\n|-|-|\n|a|b|\n\n" * 300),
                  "there are more than 200 tables in it"),
    "a large text": ("a.md", text("a" * (6 * 1024 * 1024)), "the file is larger than 5 MiB"),
    "nothing there": ("a.md", lambda _: None, "there is no such file"),
    "a folder": ("a.docx", Path.mkdir, "there is no such file"),
}  # fmt: skip
"""What is wrong, in a file of which name, and what is said of it."""


@pytest.mark.parametrize("name", GALLERY)
def test_what_cannot_be_read_is_named(name: str, tmp_path: Path, diplan: Diplan) -> None:
    """In words, with a hint, and nothing is written."""
    file, make, message = GALLERY[name]
    home = fresh(tmp_path / "home")
    make(home / file)

    said = diplan("import", "plan", file, "--yes", cwd=home)

    assert said.code == 2
    assert f"diplan: {file}: " in said.err
    assert message in said.err
    assert "\n  = " in said.err
    assert held(home, "actions") == {}


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("a.html", "<table><tr><td>" * 20_000),
        ("a.html", "<" * 300_000),
        ("a.html", "<td " * 100_000),
        ("a.html", "<!--" * 100_000),
        ("a.html", "<script>" * 50_000),
        ("a.html", "<title>" * 20_000),
        ("a.html", ("<tr>" + "<td rowspan=9999 colspan=9999>Action" * 3) * 500),
        ("a.html", "<table>" + ("<tr>" + "<td rowspan=9999 colspan=9999>Action" * 3) * 500),
        ("a.md", "[" * 100_000),
        ("a.md", "*a_" * 50_000),
        ("a.md", "> " * 20_000),
        ("a.md", "|" + " a |" * 20_000 + "\n|" + "---|" * 20_000),
        ("a.csv", "Action,Lead\n" + '"' * 1_001),
        ("a.csv", "\x00" * 1_000),
    ],
)
def test_texts_made_to_take_long_are_read_or_refused(
    file: str, said: str, tmp_path: Path, diplan: Diplan
) -> None:
    """Within bounds, and without a traceback."""
    home = fresh(tmp_path / "home")
    (home / file).write_text(said, encoding="utf-8")

    assert diplan("import", "plan", file, "--yes", cwd=home).code == 2


def test_a_cell_that_claims_the_width_of_a_continent_takes_no_more_than_there_is(
    tmp_path: Path, diplan: Diplan
) -> None:
    """Cells count where others stand beside or below them."""
    home = fresh(tmp_path / "home")
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>'
    span = CELL.format("Skills").replace("<w:tc>", wide)
    row = f"<w:tr>{CELL.format('Lend')}{CELL.format('ICT')}</w:tr>"
    word(f"<w:tbl>{ROW}<w:tr>{span}</w:tr>{row}</w:tbl>")(home / "a.docx")

    assert diplan("import", "plan", "a.docx", "--yes", cwd=home).code == 0

    assert list(held(home, "priorities")) == ["Skills"]


def test_a_packed_file_is_read_by_what_is_in_it(tmp_path: Path, diplan: Diplan) -> None:
    """Whatever its name ends in."""
    home = fresh(tmp_path / "home")
    xlsx(home / "a.xlsx", [Tabled([], TABLE)])
    odt(home / "b.odt", [Tabled([], TABLE)])
    shutil.move(home / "a.xlsx", home / "a.docx")
    shutil.move(home / "b.odt", home / "b.xlsx")

    for name in ("a.docx", "b.xlsx"):
        assert diplan("import", "plan", name, "--yes", cwd=home).code == 0

    assert list(held(home, "actions")) == ["Lend"]


def test_nothing_outside_is_opened_and_nothing_inside_is_run(
    tmp_path: Path, diplan: Diplan
) -> None:
    """Links, macros and objects are passed over; deleted text is not read, inserted text is."""
    home = fresh(tmp_path / "home")
    cell = (
        '<w:tc><w:p><w:hyperlink r:id="rId9" xmlns:r="r"><w:r><w:t>Lend</w:t></w:r></w:hyperlink>'
        "<w:del><w:r><w:delText>no</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t> tablets</w:t></w:r></w:ins>"
        '<w:r><w:instrText>INCLUDETEXT "/etc/passwd"</w:instrText></w:r></w:p></w:tc>'
    )
    word(f"<w:tbl>{ROW}<w:tr>{cell}{CELL.format('ICT')}</w:tr></w:tbl>")(home / "a.docx")
    with zipfile.ZipFile(home / "a.docx", "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")
        archive.writestr("../evil.txt", b"evil")

    assert diplan("import", "plan", "a.docx", "--yes", cwd=home).code == 0

    assert list(held(home, "actions")) == ["Lend tablets"]
    assert not list(tmp_path.rglob("evil.txt"))


def test_texts_cannot_steer_a_terminal_or_write_formulas(tmp_path: Path, diplan: Diplan) -> None:
    """What could do so is taken out of cells, headings and names."""
    home = fresh(tmp_path / "home")
    said = "# A\u202eb\x1b[31m\n\n| Venue | Postcode |\n|---|---|\n| =1+1\x1b[2J | ST4 1HH |\n"
    (home / "a.md").write_text(said, encoding="utf-8")

    shown = diplan("import", "plan", "a.md", "--yes", cwd=home)

    assert shown.code == 0
    assert "\x1b" not in shown.err + (home / "data" / "venues.csv").read_text(encoding="utf-8")
    assert diplan("check", cwd=home).code == 0
