"""Tables as CSV and as JSON: the same bytes for the same plan."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from diplan.exchange.export.columns import ExportColumn
from diplan.exchange.export.tables import ExportRow, ExportValue
from diplan.ground.text import inert
from diplan.report.data import rounded

EXPORT_SCHEMA = "diplan/export/1"

BETWEEN = "; "
"""What stands between the items of a list in one cell."""


def csv_header(columns: Sequence[ExportColumn]) -> bytes:
    """The line above the rows of a table."""
    return _csv([[column.name for column in columns]])


def csv_rows(rows: Iterable[ExportRow]) -> bytes:
    """The rows of a table, as RFC 4180 has them; no cell is a formula."""
    return _csv(
        [None if value is None else _CELLS[type(value)](value) for value in row.values()]
        for row in rows
    )


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode()


def cell(value: ExportValue) -> str:
    """What a CSV file has for a value; nothing where there is none."""
    return "" if value is None else _CELLS[type(value)](value)


class _Cells(dict[type, Callable[[Any], str]]):
    """How a value of each type is written; words of a list of words are texts."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        return self[str if issubclass(kind, str) else list]


_CELLS = _Cells(
    {
        str: inert,
        bool: lambda value: "true" if value else "false",
        Decimal: lambda value: format(value, "f"),
        int: str,
        date: date.isoformat,
        list: lambda value: inert(BETWEEN.join(value)),
    }
)


def json_rows(rows: Iterable[ExportRow]) -> bytes:
    """The rows of a table as records, one a line, without a comma after the last."""
    records = (
        {key: _json(value) if type(value) in _WRITTEN else value for key, value in row.items()}
        for row in rows
    )
    return ",\n".join(map(_ENCODER.encode, records)).encode()


def json_file(plans: Sequence[str], tables: Mapping[str, Iterable[bytes]]) -> Iterator[bytes]:
    """The file of some plans, by their ids, with the rows of each table in pieces."""
    head = {"schema": EXPORT_SCHEMA, "plan": plans[0] if len(plans) == 1 else None}
    said = _ENCODER.encode({**head, "plans": list(plans)})
    yield f'{said[:-1]},\n"tables": {{'.encode()
    for at, (name, pieces) in enumerate(tables.items()):
        yield f'{"," if at else ""}\n"{name}": ['.encode()
        for number, piece in enumerate(filter(None, pieces)):
            yield (b",\n" if number else b"\n") + piece
        yield b"\n]"
    yield b"\n}}\n"


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def json_bytes(value: Any) -> bytes:
    """A value as a file of JSON."""
    return (json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _json(value: Any) -> Any:
    return rounded(Fraction(value)) if isinstance(value, Decimal) else value.isoformat()


_WRITTEN = (Decimal, date)
