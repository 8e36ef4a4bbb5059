"""Sheets that came back: xlsx, ods and csv as cells, within bounds, whoever made them.

A workbook is a zip of XML, and either can be a bomb. Sizes are looked at before anything is
unpacked, rows and columns are counted while reading, and XML with entities of its own is refused.
No formula is worked out: its cell says that it is one.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from diplan.errors import DiplanError

LARGEST = 10 * 1024 * 1024
"""Bytes of a file."""

UNPACKED = 60 * 1024 * 1024
"""Bytes of all that is packed in one."""

MOST_ROWS = 5_000
MOST_COLUMNS = 60
MOST_MEMBERS = 300

Value = str | float | date | None


class SheetError(DiplanError):
    """A file that cannot be read as sheets."""

    def __init__(self, path: Path, message: str, hint: str) -> None:
        super().__init__(f"{path.name}: {message}")
        self.hint = hint


class Cell(NamedTuple):
    """A cell that holds something, by the row and column that a spreadsheet shows for it."""

    row: int
    column: int
    value: Value
    formula: bool = False
    merged: bool = False

    @property
    def name(self) -> str:
        """What a spreadsheet calls it: `D5`."""
        letters, left = "", self.column
        while left:
            left, rest = divmod(left - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{letters}{self.row}"


class Sheet(NamedTuple):
    """A sheet: its name and its rows, each with the cells that hold something, by column."""

    name: str
    rows: dict[int, dict[int, Cell]]


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets of a file, by what its name ends in.

    Raises:
        SheetError: it is none that can be read, or larger than a return can be.
    """
    readers = {".xlsx": _xlsx, ".ods": _ods, ".csv": _csv}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise SheetError(path, "this is no xlsx, ods or csv file", "save it as one of these")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            message = f"the file is larger than {LARGEST // 1024 // 1024} MiB"
            raise SheetError(path, message, "send back the workbook as it was made, filled in")
        return list(reader(path, path.read_bytes()))
    except (zipfile.BadZipFile, ParseError, KeyError, ValueError, EOFError) as error:
        said = "the file is damaged, or is not what its name says"
        raise SheetError(path, said, "open it in a spreadsheet and save it again") from error


def _gathered(path: Path, name: str, cells: Iterator[Cell]) -> Sheet:
    """A sheet of the cells that hold something, while there are not too many of them."""
    rows: dict[int, dict[int, Cell]] = {}
    for cell in cells:
        if cell.value in (None, "") and not cell.formula:
            continue
        if cell.row > MOST_ROWS or cell.column > MOST_COLUMNS:
            message = f'the sheet "{name}" goes as far as {cell.name}'
            most = f"{MOST_ROWS:,} rows and {MOST_COLUMNS} columns"
            hint = f"a return has at most {most}: delete what is far out"
            raise SheetError(path, message, hint)
        rows.setdefault(cell.row, {})[cell.column] = cell
    return Sheet(name, rows)


# ---- packed files


def _opened(path: Path, data: bytes) -> zipfile.ZipFile:
    """The archive, once it is clear that unpacking it is harmless."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > UNPACKED:
        message = f"what is packed in it is larger than {UNPACKED // 1024 // 1024} MiB"
        raise SheetError(path, message, "send back the workbook as it was made, filled in")
    return archive


def _xlsx(path: Path, data: bytes) -> Iterator[Sheet]:
    archive = _opened(path, data)
    merged = any(
        b"<mergeCell " in archive.read(name)
        for name in archive.namelist()
        if name.startswith("xl/worksheets/")
    )
    try:
        book = load_workbook(io.BytesIO(data), read_only=not merged, keep_links=False)
    except (InvalidFileException, TypeError, AttributeError, IndexError) as error:
        raise ValueError(path.name) from error
    for sheet in book.worksheets:
        yield _gathered(path, sheet.title, _xlsx_cells(path, sheet, merged=merged))


def _xlsx_cells(path: Path, sheet: Any, *, merged: bool) -> Iterator[Cell]:
    ranges = sheet.merged_cells.ranges if merged else ()
    for at, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), 1):
        if at > 20 * MOST_ROWS:
            message = f'the sheet "{sheet.title}" has more than {20 * MOST_ROWS:,} rows'
            raise SheetError(path, message, "delete the rows below the table, and save it again")
        for cell in row:
            if cell.value is not None:
                formula = cell.data_type == "f"
                inside = any(cell.coordinate in one for one in ranges)
                yield Cell(cell.row, cell.column, _simple(cell.value), formula, inside)


def _simple(value: object) -> Value:
    """A value of one of the four kinds that a return may hold."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return float(value)
    return value if isinstance(value, date) else str(value).strip()


_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def _ods(path: Path, data: bytes) -> Iterator[Sheet]:
    """Read here and not by a library: none of them bounds the repetitions that a cell may claim."""
    with _opened(path, data).open("content.xml") as stream:
        for _, element in iterparse(stream):
            if element.tag == f"{_TABLE}table":
                name = element.get(f"{_TABLE}name", "")
                yield _gathered(path, name, _ods_cells(element))
                element.clear()


def _ods_cells(table: Element) -> Iterator[Cell]:
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        cells, column = [], 0
        for cell in line:
            if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
                value = _ods_value(cell)
                formula = cell.get(f"{_TABLE}formula") is not None
                spans = any(
                    cell.get(f"{_TABLE}number-{what}-spanned", "1") != "1"
                    for what in ("columns", "rows")
                )
                if value not in (None, "") or formula:
                    last = column + min(times, MOST_COLUMNS + 1)
                    cells += [(at, value, formula, spans) for at in range(column + 1, last + 1)]
                column += times
        times = int(line.get(f"{_TABLE}number-rows-repeated", "1"))
        for at in range(row + 1, row + (min(times, MOST_ROWS + 1) if cells else 0) + 1):
            yield from (Cell(at, *cell) for cell in cells)
        row += times


def _ods_value(cell: Element) -> Value:
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind in ("float", "percentage", "currency"):
        return float(cell.get(f"{_OFFICE}value", "nan"))
    if kind == "date":
        return date.fromisoformat(cell.get(f"{_OFFICE}date-value", "")[:10])
    return "\n".join("".join(one.itertext()) for one in cell.iter(f"{_TEXT}p")).strip()


def _csv(path: Path, data: bytes) -> Iterator[Sheet]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetError(path, "the file is not UTF-8", 'save it as "CSV UTF-8"') from error
    if re.match(r"[^,\n]*;[^,\n]*;", text):
        hint = 'save the file as "CSV UTF-8 (comma delimited)"'
        raise SheetError(path, "the cells are not separated by commas", hint)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise SheetError(path, f"the table cannot be read: {error}", "save it again") from error
    cells = (
        Cell(at, column, value.strip(), value.strip().startswith("="))
        for at, row in enumerate(rows, 1)
        for column, value in enumerate(row, 1)
    )
    yield _gathered(path, "", cells)
