"""What describes the CSV files to other programs: CSV on the Web, the W3C's standard, and a Data
Package (version 2) with a Table Schema for each.

Nothing is fetched to make or to check them. To CSV on the Web an empty cell, or a list in one,
would be a key that leads nowhere, so only columns that every row fills are foreign keys there.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from diplan.exchange.export.columns import ExportColumn
from diplan.exchange.export.csv_json import BETWEEN
from diplan.exchange.export.tables import ExportTable
from diplan.plan import CoverSheet

PROFILES = "https://datapackage.org/profiles/2.0"


class ColumnType(NamedTuple):
    """What a kind of column is called by each standard."""

    datatype: str
    field: dict[str, str]


TYPES = {
    "text": ColumnType("string", {"type": "string"}),
    "list": ColumnType("string", {"type": "string"}),
    "number": ColumnType("decimal", {"type": "number"}),
    "whole": ColumnType("integer", {"type": "integer"}),
    "flag": ColumnType("boolean", {"type": "boolean"}),
    "date": ColumnType("date", {"type": "date"}),
    "url": ColumnType("anyURI", {"type": "string", "format": "uri"}),
}
"""Lists are texts to Table Schema, since few programs know its type for them yet."""


def csvw(cover: CoverSheet, made: Sequence[ExportTable]) -> dict[str, Any]:
    """The description of a plan's tables for CSV on the Web."""
    said = {
        "dc:title": cover.title,
        "dc:publisher": cover.organisation,
        "dc:license": cover.licence,
    }
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        **{key: value for key, value in said.items() if value},
        "tables": [
            {"url": f"{table.name}.csv", "tableSchema": _table_schema(table)} for table in made
        ],
    }


def _table_schema(table: ExportTable) -> dict[str, Any]:
    keys = [
        {
            "columnReference": column.name,
            "reference": {"resource": f"{column.of}.csv", "columnReference": "id"},
        }
        for column in table.columns
        if column.of and column.needed
    ]
    schema = {"columns": [_column(column) for column in table.columns], "primaryKey": "id"}
    return schema | ({"foreignKeys": keys} if keys else {})


def _column(column: ExportColumn) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": column.name,
        "datatype": TYPES[column.kind].datatype,
        **({"separator": BETWEEN} if column.kind == "list" else {}),
        **({"required": True} if column.needed else {}),
    }


def datapackage(cover: CoverSheet, made: Sequence[ExportTable]) -> dict[str, Any]:
    """The description of a plan's tables as a Data Package."""
    whole: dict[str, Any] = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": cover.id,
        "title": cover.title,
    }
    if cover.licence and re.fullmatch(r"[-\w.]+", cover.licence, re.ASCII):
        whole["licenses"] = [{"name": cover.licence}]
    if cover.organisation:
        whole["contributors"] = [{"title": cover.organisation, "roles": ["publisher"]}]
    return {**whole, "resources": [_resource(table) for table in made]}


def _resource(table: ExportTable) -> dict[str, Any]:
    keys = [
        {
            "fields": [column.name],
            "reference": {
                "resource": "" if column.of == table.name else column.of,
                "fields": ["id"],
            },
        }
        for column in table.columns
        if column.of and column.kind != "list"
    ]
    schema: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": ["id"],
    }
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }


def _field(column: ExportColumn) -> dict[str, Any]:
    needed = {"constraints": {"required": True}} if column.needed else {}
    return {"name": column.name, **TYPES[column.kind].field, **needed}
