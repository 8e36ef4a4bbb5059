"""What describes the CSV files as a Data Package, version 2, with a Table Schema for each."""

import json
import re
from collections.abc import Sequence
from typing import Any

from diplan.exchange.export.columns import ExportColumn
from diplan.exchange.export.tables import ExportTable
from diplan.plan import CoverSheet

NAME = "datapackage.json"
PROFILES = "https://datapackage.org/profiles/2.0"

TYPES: dict[str, dict[str, str]] = {
    "text": {"type": "string"},
    "list": {"type": "string"},
    "number": {"type": "number"},
    "whole": {"type": "integer"},
    "flag": {"type": "boolean"},
    "date": {"type": "date"},
    "url": {"type": "string", "format": "uri"},
}
"""Types of Table Schema. Lists are texts here, since few programs know its type for them yet."""


def metadata(cover: CoverSheet, made: Sequence[ExportTable]) -> bytes:
    """The description of a plan's tables."""
    whole: dict[str, Any] = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": cover.id,
        "title": cover.title,
    }
    if cover.licence and re.fullmatch(r"[-\w.]+", cover.licence, re.ASCII):
        whole["licenses"] = [{"name": cover.licence}]
    if cover.organisation:
        whole["contributors"] = [{"title": cover.organisation, "roles": ["publisher"]}]
    whole["resources"] = [_resource(table) for table in made]
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


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
    return {"name": column.name, **TYPES[column.kind], **needed}
