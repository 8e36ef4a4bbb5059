"""Tables as a workbook: a sheet for each, numbers and dates as such, and texts as nothing else."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from diplan.exchange.export.csv_json import BETWEEN, cell
from diplan.exchange.export.tables import ExportTable, ExportValue
from diplan.ground.errors import DiplanError
from diplan.plan import CoverSheet

MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - fixed, so that the same plan gives the same bytes
MOST_ROWS = 1_048_576
LONGEST = 32_767
WIDEST = 60
"""Characters: wider columns are of no use on a screen."""


class DoesNotFitError(DiplanError):
    """A workbook has bounds that the plan goes beyond."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.hint = "`diplan export csv` has no such bounds"


def workbook(cover: CoverSheet, made: Sequence[ExportTable]) -> bytes:
    """The workbook of a plan's tables.

    Raises:
        DoesNotFitError: a table or a text is longer than a sheet or a cell can be.
    """
    stream = io.BytesIO()
    book = new_book(stream, title=cover.title, company=cover.organisation or "")
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for table in made:
        if len(table.rows) >= MOST_ROWS:
            raise DoesNotFitError(f"{table.name} has more rows than a sheet can have")
        sheet = book.add_worksheet(table.name)
        sheet.freeze_panes(1, 1)
        sheet.set_row(0, None, bold)
        for at, column in enumerate(table.columns):
            sheet.write_string(0, at, column.name)
            values = [row[column.name] for row in table.rows]
            longest = max(len(cell(value)) for value in (column.name, *values))
            sheet.set_column(at, at, min(longest + 2, WIDEST))
            for line, value in enumerate(values, 1):
                _write(sheet, line, at, value, day)
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # periods are texts
    book.close()
    return stream.getvalue()


def new_book(stream: io.BytesIO, **properties: str) -> Any:
    """A workbook of xlsxwriter's, in which every text stays a text; the same data, the same bytes.

    It goes into *stream* once it is closed.
    """
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({**properties, "created": MADE})
    return book


def _write(sheet: Any, row: int, column: int, value: ExportValue, day: Any) -> None:
    """A cell of its own kind; a number of more digits than a cell can hold is a text."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | Decimal) and _fits(value):
        sheet.write_number(row, column, value)  # as a float it would get a digit too many
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif value is not None and value != []:
        text = BETWEEN.join(value) if isinstance(value, list) else str(value)
        if len(text) > LONGEST:
            raise DoesNotFitError(f"a text in {sheet.name} is longer than a cell can hold")
        sheet.write_string(row, column, text)


def _fits(value: int | Decimal) -> bool:
    """Whether a number is the same once it is written with 16 digits, and read as a float."""
    return Decimal(f"{value:.16g}") == value == Decimal(repr(float(value)))
