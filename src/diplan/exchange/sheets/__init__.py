"""Sheets that came back: xlsx, ods and csv as cells, within bounds, whoever made them.

No formula is worked out: its cell says that it is one.
"""

import csv
import io
from pathlib import Path

from diplan.exchange.sheets.cells import AGAIN, Gathering, Sheet, SheetCell, SheetError
from diplan.files.csvfile import separator

LARGEST = 10 * 1024 * 1024
"""Bytes of a file."""


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets of a file, by what its name ends in.

    Raises:
        SheetError: it is none that can be read, or larger than a return can be.
    """
    kind = path.suffix.lower()
    if kind not in (".xlsx", ".ods", ".csv"):
        raise SheetError(path, "this is not an xlsx, ods or csv file", "save it as one of these")
    with path.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise SheetError(path, f"the file is larger than {LARGEST // 1024 // 1024} MiB")
    if kind == ".csv":
        return _csv(path, data)
    from diplan.exchange.sheets.package import Package

    package = Package(path, data)
    if kind == ".xlsx":
        from diplan.exchange.sheets.xlsx import read_xlsx

        return read_xlsx(package)
    from diplan.exchange.sheets.ods import read_ods

    return read_ods(package)


def _csv(path: Path, data: bytes) -> list[Sheet]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetError(path, "the file is not UTF-8", 'save it as "CSV UTF-8"') from error
    made = Gathering(path)
    made.begin("")
    lines = io.StringIO(text, newline="")
    try:
        for at, row in enumerate(csv.reader(lines, delimiter=separator(text), strict=True), 1):
            for column, value in enumerate(row, 1):
                if value:
                    made.add(SheetCell(at, column, value.strip(), value.strip().startswith("=")))
    except csv.Error as error:
        raise SheetError(path, f"the table cannot be read: {error}", AGAIN) from error
    return made.sheets
