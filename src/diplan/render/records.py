"""Documents for programs: JSON of all, CSV of the records."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from diplan.ground.text import UNSAFE, inert
from diplan.report.data import FIGURE
from diplan.report.document import Document

NESTED: Mapping[str, Sequence[str]] = {
    "baseline": FIGURE,
    "observation": FIGURE,
    "derived": ("kind", "of"),
    "budget": ("planned", "spent", "currency", "funder"),
}
"""Fields that hold several, or nothing: their columns are there for every record."""


def as_json(document: Document) -> str:
    """The document's data; the same bytes for the same data."""
    made = json.dumps(document.data(), indent=1, ensure_ascii=False, allow_nan=False)
    return f"{_escaped(made)}\n"


def json_line(value: Any) -> str:
    """A value on a line of its own, for what is too long to be indented."""
    return _escaped(_LINE.encode(value))


_LINE = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def _escaped(made: str) -> str:
    return UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", made)


def as_csv(document: Document) -> str:
    """The document's records, one a row; nested fields join their names with an underscore."""
    rows = [dict(_flat(record)) for record in document.data()[document.records]]
    header = list(dict.fromkeys(name for row in rows for name in row))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, header, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return stream.getvalue()


def csv_row(record: Mapping[str, Any]) -> str:
    """A record as a row of CSV, without the end of its line."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="").writerow(_cell(value) for _, value in _flat(record))
    return stream.getvalue()


def _flat(record: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in record.items():
        if value is None and name in NESTED:
            yield from ((f"{prefix}{name}_{part}", None) for part in NESTED[name])
        elif isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}_")
        else:
            yield f"{prefix}{name}", value


def _said(item: object) -> str:
    """An item of a list; a record by the fields that it has."""
    if not isinstance(item, Mapping):
        return str(item)
    return ", ".join(f"{name} {_word(value)}" for name, value in _flat(item) if value is not None)


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, list):
        value = "; ".join(_said(item) for item in value)
    return _word(value) if isinstance(value, int | float) else inert(str(value))


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
