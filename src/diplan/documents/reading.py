"""A document to its tables: by what is in the file where that says it, else by its name."""

from bisect import bisect_right
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from diplan.documents.grid import Collecting, DocumentError, FoundDocument, RawCell, tidy
from diplan.exchange.sheets.cells import (
    AGAIN,
    AS_MADE,
    MOST_COLUMNS,
    MOST_ROWS,
    CellValue,
    Sheet,
    SheetCell,
    SheetError,
)
from diplan.ground.english import either, in_words
from diplan.ground.period import FIRST_YEAR, LAST_YEAR, period

if TYPE_CHECKING:
    from diplan.exchange.sheets.package import Package

LARGEST = 20 * 1024 * 1024
LARGEST_TEXT = 5 * 1024 * 1024
"""Bytes of a file, and of one that is all text."""

PACKED = (".docx", ".docm", ".xlsx", ".xlsm", ".odt", ".ods")
TEXTS = (".html", ".htm", ".md", ".markdown")
OPENED = "open it in the program that it was made with, and save it again"
NAMES = ["docx", "xlsx", "odt", "ods", "csv", "html", "md"]
_OTHERS = {
    ".pdf": "save the document that it was made from as docx, or copy its tables into one",
    ".doc": "save it as a docx document",
    ".xls": "save it as an xlsx workbook",
    ".rtf": "save it as a docx document",
    ".xlsb": "save it as an xlsx workbook",
}


def read_document(path: Path) -> FoundDocument:
    """The tables of a document.

    Raises:
        DocumentError: it is none that can be read, or it is beyond a bound.
        OSError: the system does not give it.
    """
    try:
        made = _collected(path)
    except SheetError as error:
        message = str(error).removeprefix(f"{path.name}: ")
        hint = {AS_MADE: "", AGAIN: OPENED}.get(error.hint, error.hint)
        raise DocumentError(path, message, hint) from error
    return FoundDocument(
        path.name, tidy(made.title or made.first)[:200], made.modified, tuple(made.tables)
    )


def _collected(path: Path) -> Collecting:
    kind = path.suffix.lower()
    if kind not in (*PACKED, *TEXTS, ".csv"):
        message = f"this is not a {either(NAMES)} file"
        raise DocumentError(path, message, _OTHERS.get(kind, "save it as one of these"))
    if not path.is_file():
        raise DocumentError(path, "there is no such file", "name a document")
    with path.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    most = LARGEST if kind in PACKED else LARGEST_TEXT
    if len(data) > most:
        raise DocumentError(path, f"the file is larger than {most // 1024 // 1024} MiB")
    made = Collecting(path)
    if kind in PACKED:
        from diplan.exchange.sheets.package import Package

        _packed(Package(path, data), made)
    elif kind == ".csv":
        from diplan.exchange.sheets import read_sheets

        _sheets(read_sheets(path), made)
    elif kind in (".md", ".markdown"):
        from diplan.documents.markdown import read_markdown

        read_markdown(_decoded(path, data), made)
    else:
        from diplan.documents.webpage import read_html

        read_html(_decoded(path, data), made)
    return made


def _packed(package: "Package", made: Collecting) -> None:
    """A document or workbook of either family, whatever its name ends in."""
    from diplan.documents.docx import read_docx
    from diplan.documents.odt import read_odt
    from diplan.exchange.sheets.ods import read_ods
    from diplan.exchange.sheets.relations import relations
    from diplan.exchange.sheets.xlsx import read_xlsx

    family = package.raw("mimetype").decode("ascii", "replace")
    if "opendocument" in family:
        _properties(package, "meta.xml", made)
        if "spreadsheet" in family:
            _sheets(read_ods(package), made)
        else:
            read_odt(package, made)
        return
    top = dict(relations(package, "").values())
    _properties(package, top.get("core-properties", ""), made)
    main = top.get("officeDocument", "")
    if main.startswith("word/"):
        read_docx(package, main, made)
    elif main.startswith("xl/"):
        _sheets(read_xlsx(package), made)
    else:
        raise DocumentError(made.path, "there is neither a document nor a workbook in it", OPENED)


def _properties(package: "Package", part: str, made: Collecting) -> None:
    """The title and the day of the last change, where the file says them."""
    from diplan.documents.docx import CoreProperties

    if part in package:
        said = CoreProperties()
        package.read(part, said)
        made.title, made.modified = said.said.get("title", "").strip(), said.modified


def _sheets(sheets: list[Sheet], made: Collecting) -> None:
    """Each sheet as a table, with the cells that are merged."""
    for sheet in sheets:
        area = sum(
            (bottom - top + 1) * (right - left + 1) for top, left, bottom, right in sheet.merges
        )
        if area > MOST_ROWS * MOST_COLUMNS:
            message = f'the sheet "{sheet.name}" has cells that are merged twice'
            raise DocumentError(made.path, message, "take the merging back")
        spans, covered = _merged(sheet)
        numbers = sorted(sheet.rows)
        rows = []
        for at in numbers:
            cells, row = sheet.rows[at], []
            for column in range(1, max(cells, default=0) + 1):
                if column in covered.get(at, ()):
                    continue
                bottom, right = spans.get((at, column), (at, column))
                high = bisect_right(numbers, bottom) - bisect_right(numbers, at) + 1
                text = _shown(cells[column]) if column in cells else ""
                row.append(RawCell(text, right - column + 1, high))
            rows.append(row)
        stale = sum(
            cell.formula and cell.cached is not None
            for cells in sheet.rows.values()
            for cell in cells.values()
        )
        where = f"sheet {tidy(sheet.name)[:60]}" if sheet.name else ""
        made.table(rows, sheet.name, numbers, where, stale)


def _merged(sheet: Sheet) -> tuple[dict[tuple[int, int], tuple[int, int]], dict[int, set[int]]]:
    """How far the first cell of each merged area reaches, and the columns it covers in each row.

    A row that holds nothing but what reaches into it is a row too.
    """
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: dict[int, set[int]] = {}
    for top, left, bottom, right in sheet.merges:
        if left not in sheet.rows.get(top, ()):
            continue
        spans[top, left] = bottom, right
        for row in range(top, bottom + 1):
            sheet.rows.setdefault(row, {})
            columns = range(left + (row == top), right + 1)
            covered.setdefault(row, set()).update(columns)
    return spans, covered


def _shown(cell: SheetCell) -> str:
    """What a spreadsheet shows of a cell, in words that have one reading."""
    value: CellValue = cell.value
    if cell.formula and cell.cached is not None:
        value = cell.cached
    if isinstance(value, date):
        text = value.isoformat()[: {"year": 4, "month": 7}.get(cell.form)]
        known = FIRST_YEAR <= value.year <= LAST_YEAR
        return in_words(period(text)) if cell.form and known else text
    if isinstance(value, float):
        scaled = round(value * 100, 10) if cell.form == "percent" else value
        text = f"{scaled:.10f}".rstrip("0").rstrip(".") if abs(scaled) < 1e15 else f"{scaled:g}"
        return f"{text}%" if cell.form == "percent" else text
    return value or ""


def _decoded(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(path, "the file is not UTF-8", 'save it again as "UTF-8"') from error
