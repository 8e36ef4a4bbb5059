"""Tables as CSV and as JSON: the same bytes for the same plan."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from diplan.exchange.export.tables import ExportTable, ExportValue
from diplan.ground.text import inert
from diplan.report.data import rounded

EXPORT_SCHEMA = "diplan/export/1"

BETWEEN = "; "
"""What stands between the items of a list in one cell."""


def as_csv(table: ExportTable) -> bytes:
    """A table under a header, as RFC 4180 has it; no cell is a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    for row in table.rows:
        writer.writerow(cell(row[column.name]) for column in table.columns)
    return stream.getvalue().encode()


def cell(value: ExportValue) -> str:
    """What a CSV file has for a value; nothing where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return inert(value if isinstance(value, str) else BETWEEN.join(value))


def as_json(plan: str, made: list[ExportTable]) -> bytes:
    """Every table of the plan with an id, as a list of records."""
    whole = {
        "schema": EXPORT_SCHEMA,
        "plan": plan,
        "tables": {
            table.name: [{key: _json(value) for key, value in row.items()} for row in table.rows]
            for table in made
        },
    }
    return json_bytes(whole)


def json_bytes(value: Any) -> bytes:
    """A value as a file of JSON."""
    return (json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _json(value: ExportValue) -> Any:
    if isinstance(value, Decimal):
        return rounded(Fraction(value))
    return value.isoformat() if isinstance(value, date) else value
