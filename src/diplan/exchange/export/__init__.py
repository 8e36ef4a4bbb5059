"""Plans in a format for other programs: the files that they become, by their names.

Each plan is made into a part, which can be done anywhere and in any order. The parts are joined
into one set of tables, in which `plan` says whose a row is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from diplan.exchange.export.columns import EXPORTED
from diplan.exchange.export.csv_json import (
    csv_header,
    csv_rows,
    json_bytes,
    json_file,
    json_rows,
)
from diplan.exchange.export.descriptions import Described, csvw, datapackage
from diplan.exchange.export.judged import all_tables, tables_of
from diplan.exchange.export.parquet import arrow_rows, parquet_file, see_that_pyarrow_is_there
from diplan.exchange.export.tables import ExportTable
from diplan.files.spool import Spool
from diplan.ground.errors import DiplanError
from diplan.ground.period import Period
from diplan.plan import Plan

__all__ = [
    "FORMATS",
    "ONE_FILE",
    "ExportPart",
    "export",
    "exports",
    "joined",
    "part_of",
    "see_that_pyarrow_is_there",
    "tables_of",
]

FORMATS = {
    "csv": "a folder of CSV files",
    "csvw": "the CSV files, described for CSV on the Web",
    "datapackage": "the CSV files, described as a Data Package",
    "parquet": "a folder of Parquet files",
    "xlsx": "a workbook with a sheet for each table, for one plan",
    "json": "one JSON file",
}
"""The formats, each with what it makes."""

ONE_FILE = ("xlsx", "json")
"""The formats that are one file."""

_DESCRIBED = ("csvw", "datapackage")
"""The formats that are CSV files with a description."""


class ExportPart(NamedTuple):
    """What one plan brings to the files: a piece for each table, or for xlsx the file."""

    plan: Described
    pieces: Mapping[str, bytes]


def part_of(plan: Plan, form: str, moments: Iterable[Period]) -> ExportPart:
    """What a plan brings to the files of one of `FORMATS`, with its verdicts at some moments.

    Raises:
        UnsoundError: the plan's ids are not in order.
        DoesNotFitError: it is too large for a workbook.
    """
    return _part(plan, form, all_tables(plan, moments))


def _part(plan: Plan, form: str, made: Sequence[ExportTable]) -> ExportPart:
    cover = plan.cover
    described = Described(cover.id, cover.title, cover.organisation, cover.licence)
    if form == "xlsx":
        from diplan.exchange.export.workbook import workbook

        return ExportPart(described, {"plan.xlsx": workbook(cover, made)})
    return ExportPart(described, {table.name: _piece(table, form) for table in made})


def _piece(table: ExportTable, form: str) -> bytes:
    if form == "json":
        return json_rows(table.rows)
    if form == "parquet":
        return arrow_rows(table.columns, table.rows)
    return csv_rows(table.rows)


def joined(parts: Iterable[ExportPart], form: str) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The files of some plans in one of `FORMATS`: each name with the content, in pieces.

    No two plans have the same id. Each file has to be taken before the next.

    Raises:
        DiplanError: a workbook is asked for, and there are several plans.
    """
    plans: list[Described] = []
    with Spool() as spool:
        for part in parts:
            plans.append(part.plan)
            if form == "xlsx" and len(plans) > 1:
                message = "a workbook is for one plan, which it is taken back into"
                raise DiplanError(message, "use csv or parquet for several plans")
            spool.add(part.pieces)
        yield from _files(plans, spool, form)


def _files(
    plans: Sequence[Described], spool: Spool, form: str
) -> Iterator[tuple[str, Iterable[bytes]]]:
    if form == "json":
        tables = {name: spool.pieces(name) for name in EXPORTED}
        yield "plan.json", json_file([plan.id for plan in plans], tables)
    elif form == "xlsx":
        yield "plan.xlsx", spool.pieces("plan.xlsx")
    for name, columns in EXPORTED.items() if form not in ONE_FILE else ():
        if form == "parquet":
            yield f"{name}.parquet", parquet_file(columns, spool.pieces(name))
        else:
            yield f"{name}.csv", chain([csv_header(columns)], spool.pieces(name))
    if form == "csvw":
        yield "csv-metadata.json", [json_bytes(csvw(plans))]
    if form == "datapackage":
        yield "datapackage.json", [json_bytes(datapackage(plans))]


def export(plan: Plan, form: str, *moments: Period) -> dict[str, bytes]:
    """The files of one plan in one of `FORMATS`, by name, with its verdicts at some moments."""
    return _written([part_of(plan, form, moments)], form)


def exports(plan: Plan, forms: Iterable[str], made: Sequence[ExportTable]) -> dict[str, bytes]:
    """The files of one plan in several of `FORMATS`, from its tables."""
    kinds = {form: "csv" if form in _DESCRIBED else form for form in forms}
    parts = {kind: _part(plan, kind, made) for kind in dict.fromkeys(kinds.values())}
    return {
        name: content
        for form, kind in kinds.items()
        for name, content in _written([parts[kind]], form).items()
    }


def _written(parts: Iterable[ExportPart], form: str) -> dict[str, bytes]:
    return {name: b"".join(pieces) for name, pieces in joined(parts, form)}
