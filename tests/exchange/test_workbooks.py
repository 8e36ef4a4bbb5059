"""Workbooks from anywhere: read as a second reader does, or named and refused."""

import json
import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import books
import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook

from conftest import Diplan
from diplan.exchange.sheets import read_sheets
from diplan.exchange.sheets.cells import MOST_CELLS, MOST_SHEETS, SheetError

MIB = 1024 * 1024
LONG = "x" * MIB

LIMITED = """
import json, resource, sys
from pathlib import Path
from diplan.exchange.sheets.cells import SheetError
from diplan.exchange.sheets import read_sheets
resource.setrlimit(resource.RLIMIT_AS, (400 * 1024 * 1024,) * 2)
for path in json.load(sys.stdin):
    try:
        sheets = read_sheets(Path(path))
        print(sum(len(row) for sheet in sheets for row in sheet.rows.values()))
    except (SheetError, MemoryError) as error:
        print(error or "out of memory")
"""


def bounded(*paths: Path) -> list[str]:
    """What comes of each file in a process that may have 400 MiB: its cells counted, or why not.

    One process reads all of them, as it starts no quicker than it reads.
    """
    pytest.importorskip("resource", reason="there are no limits there")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED], input=json.dumps([str(path) for path in paths]),
        capture_output=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


# ---- small files with huge costs


def many(text: str, times: int) -> str:
    """A text, over and over."""
    return text * times


def far(parts: dict[str, Any]) -> None:
    """A cell in the last row and column."""
    parts[books.SHEET] = books.sheet('<row><c r="XFD1048576"><v>1</v></c></row>')


def deep(parts: dict[str, Any]) -> None:
    """A text in a hundred thousand others."""
    parts[books.STRINGS] = books.strings(f"{many('<r>', 10**5)}{many('</r>', 10**5)}")


def attributes(parts: dict[str, Any]) -> None:
    """A tag with a hundred thousand attributes."""
    told = "".join(f' a{at}=""' for at in range(10**5))
    parts[books.SHEET] = books.sheet(f"<row{told}/>")


def merges(parts: dict[str, Any]) -> None:
    """Everything merged, ten thousand times."""
    parts[books.SHEET] = books.sheet("", many('<mergeCell ref="A1:XFD1048576"/>', 10**4))


def cells(parts: dict[str, Any]) -> None:
    """More cells than there may be, each in bounds."""
    row = "".join(f'<c r="{chr(65 + at)}ROW"><v>1</v></c>' for at in range(26))
    rows = (f"<row>{row.replace('ROW', str(at))}</row>" for at in range(1, MOST_CELLS // 26 + 2))
    parts[books.SHEET] = books.sheet("".join(rows))


HUGE: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "far": (far, "goes as far as XFD1048576"),
    "deep": (deep, "nested more than 100 deep"),
    "attributes": (attributes, "an XML tag longer than 256 KiB"),
    "merges": (merges, "cells that are merged twice"),
    "cells": (cells, "more than 100,000 cells of it are filled"),
    "styles": (
        lambda parts: parts.update(
            {books.STYLES: books.styles(f"<cellXfs>{many('<xf/>', 10**6)}</cellXfs>")}
        ),
        "more than 65,490 styles",
    ),
    "strings": (
        lambda parts: parts.update({books.STRINGS: books.strings(many("<si/>", 10**6))}),
        "more than 100,000 texts",
    ),
    "text": (
        lambda parts: parts.update({books.STRINGS: books.strings(f"<si><t>{LONG}</t></si>")}),
        "more than 32,767 characters",
    ),
    "texts": (
        lambda parts: parts.update(
            {books.STRINGS: books.strings(many(f"<si><t>{many('x', 32_000)}</t></si>", 400))}
        ),
        "more than 10,000,000 characters together",
    ),
    "empty": (
        lambda parts: parts.update(
            {books.SHEET: books.sheet(
                many("<row r='1'/>", 10**6), many("<conditionalFormatting/>", 10**6)
            )}
        ),
        "more than 2,000,000 XML elements",
    ),
    "bomb": (
        lambda parts: parts.update({"xl/media/image1.png": bytes(61 * MIB)}),
        "larger than 60 MiB",
    ),
    "sheets": (
        lambda parts: parts.update(books.xlsx_parts(sheets=MOST_SHEETS + 1)), "more than 50 sheets",
    ),
    "members": (
        lambda parts: parts.update({f"a{at}": "" for at in range(301)}),
        "more than 300 files are packed",
    ),
}  # fmt: skip


@pytest.fixture(scope="module", name="answers")
def _answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What comes of each huge file, by its name."""
    paths = []
    for name, (change, _) in HUGE.items():
        parts = books.xlsx_parts()
        change(parts)
        paths.append(books.book(tmp_path_factory.mktemp(name), parts))
    for name, (rows, _) in ODS.items():
        folder = tmp_path_factory.mktemp(name)
        paths.append(books.book(folder, books.ods_parts(rows), "return.ods"))
    names = [*HUGE, *(f"ods {name}" for name in ODS)]
    return dict(zip(names, bounded(*paths), strict=True))


@pytest.mark.parametrize("name", HUGE)
def test_a_small_file_with_a_huge_cost_is_refused(name: str, answers: dict[str, str]) -> None:
    """The bound is named, and memory is not filled."""
    assert HUGE[name][1] in answers[name]


def test_one_merge_of_everything_costs_nothing(tmp_path: Path) -> None:
    """A merge makes no cells; those that it covers are marked."""
    parts = books.xlsx_parts()
    whole = str(parts[books.SHEET]).replace(
        "</sheetData>",
        '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        f"{many('<conditionalFormatting/>', 1000)}",
    )
    path = books.book(tmp_path, parts | {books.SHEET: whole})
    [filled] = bounded(path)
    assert int(filled) > 8
    assert all(cell.merged for row in read_sheets(path)[0].rows.values() for cell in row.values())


CELL = '<table:table-cell office:value-type="float" office:value="5"/>'
WIDE = CELL.replace("cell ", 'cell table:number-columns-repeated="16384" ')


def row(cells: str) -> str:
    """A row of an OpenDocument sheet."""
    return f"<table:table-row>{cells}</table:table-row>"


def words(text: str) -> str:
    """A cell of one that says something."""
    return f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"


ODS = {
    "deep": (row(words(many("<text:p>", 24_000) + many("</text:p>", 24_000))), "100 deep"),
    "rows": (
        row(CELL).replace("row>", 'row table:number-rows-repeated="1048576">', 1),
        "goes as far as A5001",
    ),
    "columns": (row(WIDE), "goes as far as BI1"),
    "cells": (many(row(many(CELL, 60)), 1700), "more than 100,000 cells of it are filled"),
    "text": (many(row(words(many("x", 32_000))), 400), "more than 10,000,000 characters together"),
}


@pytest.mark.parametrize("name", ODS)
def test_an_opendocument_sheet_with_a_huge_cost_is_refused(
    name: str, answers: dict[str, str]
) -> None:
    """The same for this form."""
    assert ODS[name][1] in answers[f"ods {name}"]


def test_a_csv_file_with_a_huge_cost_is_refused(tmp_path: Path) -> None:
    """Millions of cells in ten megabytes are not held."""
    long, wide = tmp_path / "long.csv", tmp_path / "wide.csv"
    long.write_text("Id,Period\n" + many("1\n", 5 * 10**6 - 10))
    wide.write_text("Id,Period\n" + many(",", 3 * 10**6))
    refused, empty = bounded(long, wide)

    assert "goes as far as A5001" in refused
    assert empty == "2"


# ---- damage


def flagged(data: bytes, offset: int, value: int) -> bytes:
    """An archive with a number in each head of a member, of both kinds."""
    made = bytearray(data)
    for sign, shift in ((b"PK\x03\x04", 0), (b"PK\x01\x02", 2)):
        at = made.find(sign)
        while at >= 0:
            struct.pack_into("<H", made, at + shift + offset, value)
            at = made.find(sign, at + 4)
    return bytes(made)


LOCKED = "this workbook is password protected"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
RUINS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "encrypted": (lambda data: flagged(data, 6, 1), LOCKED),
    "bzip2": (lambda data: flagged(data, 8, 12), "not read (method 12)"),
    "lzma": (lambda data: flagged(data, 8, 14), "not read (method 14)"),
    "unknown": (lambda data: flagged(data, 8, 99), "not read (method 99)"),
    "password": (lambda _: OLD + "EncryptedPackage".encode("utf-16-le"), LOCKED),
    "xls": (lambda _: OLD + "Workbook".encode("utf-16-le"), "the old Excel format"),
    "half": (lambda data: data[: len(data) // 2], "damaged, or is not what its name says"),
}


@pytest.mark.parametrize("name", RUINS)
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_file_that_cannot_be_unpacked_says_why(name: str, kind: str, tmp_path: Path) -> None:
    """A password, an old format and an odd packing have a message each."""
    change, said = RUINS[name]
    parts = books.xlsx_parts() if kind == "xlsx" else books.ods_parts()
    path = tmp_path / f"return.{kind}"
    path.write_bytes(change(books.packed(parts)))
    with pytest.raises(SheetError, match="return") as caught:
        read_sheets(path)
    assert said in str(caught.value)
    assert caught.value.hint


def test_a_password_of_an_opendocument_sheet(tmp_path: Path) -> None:
    """Its manifest says that the content is encrypted."""
    parts = books.ods_parts() | {"META-INF/manifest.xml": "<manifest:encryption-data/>"}
    with pytest.raises(SheetError, match=LOCKED):
        read_sheets(books.book(tmp_path, parts, "return.ods"))


def without(name: str) -> dict[str, Any]:
    """The parts of a workbook but for one."""
    return {part: data for part, data in books.xlsx_parts().items() if part != name}


def bent(part: str, old: str, new: str) -> dict[str, Any]:
    """The parts of a workbook with something else in one."""
    parts = books.xlsx_parts()
    assert old in str(parts[part])
    return parts | {part: str(parts[part]).replace(old, new)}


BENT = {
    "no-workbook": (without("xl/workbook.xml"), "there is no workbook in it"),
    "no-relations": (without("_rels/.rels"), "there is no workbook in it"),
    "no-sheet": (without(books.SHEET), f'the part "{books.SHEET}" of it is missing'),
    "no-strings": (without(books.STRINGS), f'the part "{books.STRINGS}" of it is missing'),
    "string": (
        bent(books.SHEET, "<v>1</v>", "<v>2</v>"), "A3 has the text number 2, and there are 2",
    ),
    "negative": (bent(books.SHEET, "<v>1</v>", "<v>-1</v>"), "A3 has the text number -1"),
    "style": (bent(books.SHEET, 's="1"', 's="9"'), "the style number 9, and there are 3"),
    "number": (bent(books.SHEET, "<v>700</v>", "<v>many</v>"), f'"{books.SHEET}" is damaged'),
    "infinite": (bent(books.SHEET, "<v>700</v>", "<v>1e999</v>"), "is damaged"),
    "place": (bent(books.SHEET, 'r="A2"', 'r="A0"'), "is damaged"),
    "row": (bent(books.SHEET, 'r="2"', 'r="two"'), "is damaged"),
    "doctype": (
        bent(books.SHEET, "<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet'),
        "declares a document type",
    ),
    "encoding": (
        bent(books.SHEET, "<worksheet", '<?xml version="1.0" encoding="nonsense"?><worksheet'),
        "is damaged",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BENT)
def test_a_damaged_part_is_named(name: str, tmp_path: Path) -> None:
    """Which part it is, or which cell."""
    parts, said = BENT[name]
    with pytest.raises(SheetError) as caught:
        read_sheets(books.book(tmp_path, parts))
    assert said in str(caught.value)
    assert caught.value.hint


def test_damaged_packing_is_no_crash(tmp_path: Path) -> None:
    """Bytes all over a workbook changed in turn: it is read, or refused with a message."""
    for kind, parts in (("xlsx", books.xlsx_parts()), ("ods", books.ods_parts())):
        data = books.packed(parts)
        path = tmp_path / f"return.{kind}"
        refused = 0
        for at in range(0, len(data), 7):
            path.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
            try:
                read_sheets(path)
            except SheetError:
                refused += 1
        assert refused > len(data) / 50


def test_each_part_missing_cut_and_garbled(tmp_path: Path, workspace: Any, diplan: Diplan) -> None:
    """Whatever becomes of a part, the command ends with 0, 1 or 2 and a message."""
    home = workspace()
    luck = random.Random(1)  # noqa: S311 - the same each time
    for kind, parts in (("xlsx", books.xlsx_parts()), ("ods", books.ods_parts())):
        for name in parts:
            whole = str(parts[name])
            words = whole.replace('="', '="x')
            other = [None, "", whole[: len(whole) // 2], words, luck.randbytes(200), "<a/>"]
            for data in other:
                made = {part: text for part, text in parts.items() if part != name}
                path = books.book(
                    home, made if data is None else made | {name: data}, f"return.{kind}"
                )
                said = diplan("returns", "read", path.name, "--dry-run", cwd=home)
                assert said.code in (0, 1, 2), (kind, name, data, said.err)
                assert said.out or said.err


# ---- a second reader


def as_openpyxl(value: object) -> object:
    """What openpyxl reads, as a return has it."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return float(value)
    return value if isinstance(value, date | float) else str(value).strip()


def held_against(path: Path) -> int:
    """How many cells a workbook has, once openpyxl has found the same in all of them."""
    mine = read_sheets(path)
    theirs = load_workbook(path).worksheets
    assert [sheet.name for sheet in mine] == [sheet.title for sheet in theirs]
    for sheet, other in zip(mine, theirs, strict=True):
        found = {
            (cell.row, cell.column): (
                "formula" if cell.data_type == "f" else as_openpyxl(cell.value)
            )
            for row in other.iter_rows()
            for cell in row
            if cell.value not in (None, "")
        }
        assert found == {
            (cell.row, cell.column): "formula" if cell.formula else cell.value
            for row in sheet.rows.values()
            for cell in row.values()
        }
    return sum(len(row) for sheet in mine for row in sheet.rows.values())


VALUES: tuple[str | float | date, ...] = (
    "text", " spaced ", "ü ☃ 😀", "two\nlines", 5, -3.25, 0.1, 123456.789, True, False,
    date(2018, 3, 31), datetime(2018, 3, 31, 12), "=1+1",  # noqa: DTZ001 - a cell has no zone
    "2017/18", "12,500",
)  # fmt: skip


@pytest.mark.parametrize("epoch", [False, True], ids=["1900", "1904"])
def test_what_xlsxwriter_writes_is_read_as_openpyxl_reads_it(epoch: bool, tmp_path: Path) -> None:
    """Values of each kind, in each of some formats, hidden sheets and both calendars."""
    path = tmp_path / "made.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": epoch}) as made:
        forms = ["General", "0.00", "dd/mm/yyyy", "mmm yy", '"day" 0', "[Red]0", "yyyy\\-mm", "0%"]
        for title in ("Figures", "Hidden"):
            own = made.add_worksheet(title)
            for column, form in enumerate(forms):
                style = made.add_format({"num_format": form})
                for row, value in enumerate(VALUES):
                    dated = isinstance(value, date)
                    (own.write_datetime if dated else own.write)(row, column, value, style)
                own.write_number(len(VALUES), column, 43_190, style)
        own.hide()
        own.write_rich_string("A30", "one ", made.add_format({"bold": True}), "two")
    assert held_against(path) == 2 * len(forms) * (len(VALUES) + 1) + 1


def test_what_openpyxl_writes_is_read_as_it_reads_it(tmp_path: Path) -> None:
    """Another program's way to write the same."""
    made = Workbook()
    own = made.active
    assert own
    for row, value in enumerate(VALUES, 1):
        own.cell(row, 2 * row, value)
    made.save(tmp_path / "made.xlsx")
    assert held_against(tmp_path / "made.xlsx") == len(VALUES)


def test_an_hour_is_no_figure(tmp_path: Path) -> None:
    """What is shown as 12:00 is not taken for a half."""
    path = tmp_path / "made.xlsx"
    with xlsxwriter.Workbook(path) as made:
        style = made.add_format({"num_format": "hh:mm"})
        made.add_worksheet("Figures").write_datetime(0, 0, time(12), style)
    assert read_sheets(path)[0].rows[1][1].value == "12:00:00"


def test_comments_are_not_in_cells(tmp_path: Path) -> None:
    """What somebody noted about a cell is not what it holds; gaps in a text are kept."""
    note = "<office:annotation><text:p>why?</text:p></office:annotation>"
    rows = (
        f"<table:table-row><table:table-cell>{note}<text:p>one<text:s/>two</text:p>"
        "<text:p>three</text:p></table:table-cell><table:covered-table-cell>"
        "<text:p>under</text:p></table:covered-table-cell></table:table-row>"
    )
    [found] = read_sheets(books.book(tmp_path, books.ods_parts(rows), "return.ods"))
    assert found.rows[1][1].value == "one two\nthree"
    assert found.rows[1][2].merged


def test_an_archive_holds_what_its_heads_say(tmp_path: Path) -> None:
    """A member that unpacks to more than it claims is cut off and refused."""
    path = books.book(tmp_path, books.xlsx_parts() | {books.SHEET: books.sheet("<row/>" * 9999)})
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = struct.pack("<I", archive.getinfo(books.SHEET).file_size)
    assert data.count(size) == 2
    path.write_bytes(bytes(data).replace(size, struct.pack("<I", 10)))
    with pytest.raises(SheetError, match=r"sheet1\.xml"):
        read_sheets(path)
