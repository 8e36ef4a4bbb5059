"""What describes the CSV files to other programs: CSV on the Web, the W3C's standard, and a Data
Package (version 2) with a Table Schema for each.

Nothing is fetched to make or to check them. To both an empty cell beside the plan's id, or a list
in one, would be a key that leads nowhere, so only columns that every row fills are foreign keys.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from diplan.exchange.export.columns import EXPORTED, ExportColumn
from diplan.exchange.export.csv_json import BETWEEN, EXPORT_SCHEMA
from diplan.ground.english import count

KEY = ("plan", "id")
"""The columns that together are the key of every table."""

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


class Described(NamedTuple):
    """What is said of a plan whose tables are described."""

    id: str
    title: str
    organisation: str | None
    licence: str | None


def csvw(plans: Sequence[Described]) -> dict[str, Any]:
    """The description of the tables of some plans for CSV on the Web."""
    said = {
        "dc:title": _title(plans),
        "dc:publisher": _common(plan.organisation for plan in plans),
        "dc:license": _common(plan.licence for plan in plans),
    }
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        **{key: value for key, value in said.items() if value},
        "tables": [
            {"url": f"{name}.csv", "tableSchema": _table_schema(columns)}
            for name, columns in EXPORTED.items()
        ],
    }


def _title(plans: Sequence[Described]) -> str:
    return plans[0].title if len(plans) == 1 else count(len(plans), "plan")


def _common(values: Iterable[str | None]) -> str | None:
    """What all of them say; None where they differ."""
    told = set(values)
    return told.pop() if len(told) == 1 else None


def _table_schema(columns: Sequence[ExportColumn]) -> dict[str, Any]:
    keys = [
        {
            "columnReference": ["plan", column.name],
            "reference": {"resource": f"{column.of}.csv", "columnReference": list(KEY)},
        }
        for column in _leading(columns)
    ]
    schema = {"columns": [_column(column) for column in columns], "primaryKey": list(KEY)}
    return schema | ({"foreignKeys": keys} if keys else {})


def _leading(columns: Sequence[ExportColumn]) -> list[ExportColumn]:
    """The columns that lead to a row of another table in every row."""
    return [column for column in columns if column.of and column.needed and column.kind != "list"]


def _column(column: ExportColumn) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": column.name,
        "datatype": TYPES[column.kind].datatype,
        **({"separator": BETWEEN} if column.kind == "list" else {}),
        **({"required": True} if column.needed else {}),
    }


def datapackage(plans: Sequence[Described]) -> dict[str, Any]:
    """The description of the tables of some plans as a Data Package."""
    licence = _common(plan.licence for plan in plans)
    organisation = _common(plan.organisation for plan in plans)
    whole: dict[str, Any] = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": plans[0].id if len(plans) == 1 else "plans",
        "title": _title(plans),
    }
    if licence and re.fullmatch(r"[-\w.]+", licence, re.ASCII):
        whole["licenses"] = [{"name": licence}]
    if organisation:
        whole["contributors"] = [{"title": organisation, "roles": ["publisher"]}]
    return {**whole, "resources": [_resource(*table) for table in EXPORTED.items()]}


def _resource(name: str, columns: Sequence[ExportColumn]) -> dict[str, Any]:
    keys = [
        {
            "fields": ["plan", column.name],
            "reference": {
                "resource": "" if column.of == name else column.of,
                "fields": list(KEY),
            },
        }
        for column in _leading(columns)
    ]
    schema: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(column) for column in columns],
        "missingValues": [""],
        "primaryKey": list(KEY),
    }
    return {
        "name": name,
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }


def _field(column: ExportColumn) -> dict[str, Any]:
    needed = {"constraints": {"required": True}} if column.needed else {}
    return {"name": column.name, **TYPES[column.kind].field, **needed}


JSON_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "url": {"type": "string", "format": "uri"},
    "list": {"type": "array", "items": {"type": "string"}},
    "number": {"type": "number"},
    "whole": {"type": "integer"},
    "flag": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema of an export as JSON."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The tables of one plan or several, as `diplan export json` writes them",
        "type": "object",
        "required": ["schema", "plan", "plans", "tables"],
        "properties": {
            "schema": {"const": EXPORT_SCHEMA},
            "plan": {"type": ["string", "null"]},
            "plans": {"type": "array", "items": {"type": "string"}},
            "tables": {
                "type": "object",
                "required": list(EXPORTED),
                "properties": {name: _records(columns) for name, columns in EXPORTED.items()},
            },
        },
    }


def _records(columns: Sequence[ExportColumn]) -> dict[str, Any]:
    names = [column.name for column in columns]
    properties = {
        column.name: JSON_TYPES[column.kind]
        if column.needed
        else {"anyOf": [JSON_TYPES[column.kind], {"type": "null"}]}
        for column in columns
    }
    record = {"type": "object", "required": names, "properties": properties}
    return {"type": "array", "items": record}
