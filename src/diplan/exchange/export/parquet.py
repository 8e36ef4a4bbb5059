"""Tables as Apache Parquet, by pyarrow, which is an extra: every column keeps its type.

Numbers are doubles here, as most programs hold them; texts, lists, days, counts and flags are such.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from diplan.exchange.export.columns import ExportColumn
from diplan.exchange.export.tables import ExportRow
from diplan.ground.errors import DiplanError

if TYPE_CHECKING:
    from pyarrow import RecordBatch, Schema

ROWS_TOGETHER = 65_536
"""Rows that are compressed together."""

CHUNK = 1 << 20


class NoPyarrowError(DiplanError):
    """Parquet was asked for, and the library for it is not there."""

    def __init__(self) -> None:
        super().__init__(
            "pyarrow, which writes Parquet, is not installed",
            "run pip install '.[parquet]' in diplan's own folder, or pip install pyarrow",
        )


def see_that_pyarrow_is_there() -> None:
    """See that Parquet can be written.

    Raises:
        NoPyarrowError: it cannot.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise NoPyarrowError from error


def schema_of(columns: Sequence[ExportColumn]) -> "Schema":
    """The types of a table's columns."""
    import pyarrow as pa

    types = {
        "text": pa.string(), "url": pa.string(), "list": pa.list_(pa.string()),
        "number": pa.float64(), "whole": pa.int64(), "flag": pa.bool_(), "date": pa.date32(),
    }  # fmt: skip
    return pa.schema(
        [pa.field(column.name, types[column.kind], not column.needed) for column in columns]
    )


def arrow_batch(columns: Sequence[ExportColumn], rows: Sequence[ExportRow]) -> "RecordBatch":
    """The rows of a table in Arrow's form, with their types even where there are none."""
    import pyarrow as pa

    schema = schema_of(columns)
    arrays = [
        pa.array([_value(row[column.name], column.kind) for row in rows], field.type)
        for column, field in zip(columns, schema, strict=True)
    ]
    return pa.record_batch(arrays, schema=schema)


def arrow_rows(columns: Sequence[ExportColumn], rows: Sequence[ExportRow]) -> bytes:
    """The rows of a table as an Arrow stream; nothing where there are none."""
    import pyarrow as pa

    if not rows:
        return b""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, schema_of(columns)) as writer:
        writer.write_batch(arrow_batch(columns, rows))
    made: bytes = sink.getvalue().to_pybytes()
    return made


def _value(value: Any, kind: str) -> Any:
    return float(value) if kind == "number" and value is not None else value


def parquet_file(columns: Sequence[ExportColumn], pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The Parquet file of a table, from its rows in pieces."""
    import pyarrow as pa
    from pyarrow import parquet

    schema = schema_of(columns)
    with tempfile.TemporaryFile() as file:
        with parquet.ParquetWriter(file, schema) as writer:
            for batches in _together(pieces):
                writer.write_table(pa.Table.from_batches(batches, schema).combine_chunks())
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


def _together(pieces: Iterable[bytes]) -> Iterator[list[Any]]:
    """The batches of some pieces, as many at a time as are compressed together."""
    import pyarrow as pa

    held, rows = [], 0
    for piece in filter(None, pieces):
        for batch in pa.ipc.open_stream(piece):
            held.append(batch)
            rows += batch.num_rows
        if rows >= ROWS_TOGETHER:
            yield held
            held, rows = [], 0
    yield held
