"""Tables as a workbook to edit: a sheet for each, with choices, and with what must stay locked.

Numbers and dates are such, and texts are nothing else. `diplan import workbook` takes it back.
"""

import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from diplan.exchange.export.columns import JUDGED, ExportColumn
from diplan.exchange.export.csv_json import BETWEEN, cell
from diplan.exchange.export.tables import ExportTable, ExportValue
from diplan.ground.errors import DiplanError
from diplan.plan import CoverSheet

MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - fixed, so that the same plan gives the same bytes
MOST_ROWS = 1_048_576
LONGEST = 32_767
WIDEST = 60
"""Characters: wider columns are of no use on a screen."""


GUIDANCE = "Read me"

MARK = "as exported"
"""The hidden column that tells what a row said when the workbook was made."""

SPARE = 200
"""Rows below a table in which what may be chosen is listed too."""

_COMPUTED = ("plan", "id", "period_start", "period_end", "due_end", "target_due_end")
LOCKED: dict[str, tuple[str, ...]] = {
    "plan": ("scale",),
    "outcomes": ("priority", "outcome"),
    "success_measures": ("priority",),
    "segments": ("profile", "kind", "segment"),
    "milestones": ("indicator",),
    "observations": ("indicator", "kind", "benchmark", "benchmark_note"),
    "actions": ("priority",),
    "updates": ("action", "priority"),
}
"""The columns of each table that are not for editing, beside those that are worked out."""


def editable(table: str, column: str) -> bool:
    """Whether a cell may be changed in a row that the plan has."""
    if table == "revisions" or table in JUDGED:
        return False
    return column not in (*_COMPUTED, *LOCKED.get(table, ()))


def marked(values: Mapping[str, ExportValue]) -> str:
    """A short mark of what a row says: another one where any of its cells says something else."""
    said = "\x1f".join(f"{name}={cell(value)}" for name, value in values.items() if name != MARK)
    return hashlib.blake2s(said.encode(), digest_size=8).hexdigest()


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
    bold = book.add_format({"bold": True})
    shut = Styles(*(book.add_format({"num_format": form}) for form in ("General", "yyyy-mm-dd")))
    free = Styles(
        *(
            book.add_format({"num_format": form, "locked": False})
            for form in ("General", "yyyy-mm-dd")
        )
    )
    _guidance(book, cover)
    ids = {table.name: [str(row["id"]) for row in table.rows] for table in made}
    for table in made:
        if len(table.rows) >= MOST_ROWS:
            raise DoesNotFitError(f"{table.name} has more rows than a sheet can have")
        sheet = book.add_worksheet(table.name)
        sheet.freeze_panes(1, 2)
        sheet.set_row(0, None, bold)
        below = free if any(editable(table.name, each.name) for each in table.columns) else shut
        for at, column in enumerate(table.columns):
            sheet.write_string(0, at, column.name)
            values = [row[column.name] for row in table.rows]
            longest = max(len(cell(value)) for value in (column.name, *values))
            styles = free if editable(table.name, column.name) else shut
            whole = below.day if column.kind == "date" else below.plain
            sheet.set_column(at, at, min(longest + 2, WIDEST), whole)
            for line, value in enumerate(values, 1):
                if styles is not below or value not in (None, []):  # an empty one is as its column
                    _write(sheet, line, at, value, styles)
            if choices := _choices(table.name, column, ids, cover):
                most = len(values) + SPARE
                validation = {"validate": "list", "source": list(choices), "error_type": "warning"}
                sheet.data_validation(1, at, most, at, validation)
        end = len(table.columns)
        sheet.write_string(0, end, MARK)
        for line, row in enumerate(table.rows if below is free else (), 1):
            sheet.write_string(line, end, marked(row))
        for at in (0, end):  # which plan it is stands on the first sheet
            sheet.set_column(at, at, None, None, {"hidden": True})
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True,
                           "sort": True, "insert_rows": True, "delete_rows": True})  # fmt: skip
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


class Styles(NamedTuple):
    """The formats of cells that are locked, or of those that are not."""

    plain: Any
    day: Any


HOW = {
    "What this is": "The whole plan, a sheet for each kind of thing. Change cells, add rows below a"
    " table, save the file, and have it taken back with `diplan import workbook`.",
    "Cells": "What is locked is worked out, or names the row. Everything else may be changed.",
    "Lists": "Several ids or words in one cell are separated by semicolons.",
    "New rows": "Give a new row an id of small letters, digits and hyphens, or leave the id empty"
    " to have one made of its title. A row that is part of something names that in its column.",
    "Promises": "If a baseline, a target, a milestone, a past figure, a due date or a past grade"
    " changes, you are asked why, and the reason goes into the ledger.",
    "Rows taken out": "You are asked about each. Nothing is removed without an answer.",
    "Revisions": "The sheet revisions is the ledger. It is there to read.",
}
"""What the first sheet says, by heading."""


def _guidance(book: Any, cover: CoverSheet) -> None:
    sheet = book.add_worksheet(GUIDANCE)
    top = book.add_format({"bold": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 18, top)
    sheet.set_column(1, 1, 90, wrap)
    sheet.write_string(0, 0, cover.title, book.add_format({"bold": True, "font_size": 14}))
    for at, (heading, text) in enumerate({"Plan": cover.id, **HOW}.items(), 2):
        sheet.write_string(at, 0, heading)
        sheet.write_string(at, 1, text)
    sheet.protect()


def _choices(
    table: str, column: ExportColumn, ids: Mapping[str, Sequence[str]], cover: CoverSheet
) -> Sequence[str]:
    """What may be chosen in a column, where that fits into the list of a cell."""
    if column.kind == "flag":
        choices: Sequence[str] = ("true", "false")
    elif column.name == "grade" and table == "updates":
        choices = cover.grades
    elif column.of and column.kind == "text":
        choices = ids[column.of]
    else:
        choices = words_in(table, column.name)
    return choices if choices and len(",".join(choices)) <= LONGEST_LIST else ()


LONGEST_LIST = 255
"""Characters of the choices of a cell, with the commas between them."""


def words_in(table: str, name: str) -> Sequence[str]:
    """The words that may be chosen in a column; none where anything may be written."""
    from diplan.plan.fields.shape import forms, target_kinds
    from diplan.plan.plan import SECTIONS

    if (table, name) == ("indicators", "target_kind"):
        return target_kinds()
    record = SECTIONS.get(table)
    form = forms(record).get(name) if record else None
    return form.words if form and not form.items else ()


def _write(sheet: Any, row: int, column: int, value: ExportValue, styles: Styles) -> None:
    """A cell of its own kind; a number of more digits than a cell can hold is a text."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, styles.plain)
    elif isinstance(value, int | Decimal) and _fits(value):
        sheet.write_number(row, column, value, styles.plain)  # a float would get a digit too many
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, styles.day)
    elif value is not None and value != []:
        text = BETWEEN.join(value) if isinstance(value, list) else str(value)
        if len(text) > LONGEST:
            raise DoesNotFitError(f"a text in {sheet.name} is longer than a cell can hold")
        sheet.write_string(row, column, text, styles.plain)
    else:
        sheet.write_blank(row, column, None, styles.plain)


def _fits(value: int | Decimal) -> bool:
    """Whether a number is the same once it is written with 16 digits, and read as a float."""
    return Decimal(f"{value:.16g}") == value == Decimal(repr(float(value)))
