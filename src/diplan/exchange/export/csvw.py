"""What describes the CSV files to programs that know CSV on the Web, the W3C's standard.

Nothing is fetched to make or to check it. Only columns that every row fills are foreign keys: to
the standard an empty cell, or a list in one, would be a key that leads nowhere.
"""

import json
from collections.abc import Sequence
from typing import Any

from diplan.exchange.export.columns import ExportColumn
from diplan.exchange.export.csv_json import BETWEEN
from diplan.exchange.export.tables import ExportTable
from diplan.plan import CoverSheet

NAME = "csv-metadata.json"
"""What the standard calls the file beside the tables."""

DATATYPES = {
    "text": "string",
    "list": "string",
    "number": "decimal",
    "whole": "integer",
    "flag": "boolean",
    "date": "date",
    "url": "anyURI",
}


def metadata(cover: CoverSheet, made: Sequence[ExportTable]) -> bytes:
    """The description of a plan's tables."""
    said = {
        "dc:title": cover.title,
        "dc:publisher": cover.organisation,
        "dc:license": cover.licence,
    }
    whole = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        **{key: value for key, value in said.items() if value},
        "tables": [_table(table) for table in made],
    }
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


def _table(table: ExportTable) -> dict[str, Any]:
    keys = [
        {
            "columnReference": column.name,
            "reference": {"resource": f"{column.of}.csv", "columnReference": "id"},
        }
        for column in table.columns
        if column.of and column.needed
    ]
    schema: dict[str, Any] = {"columns": [_column(column) for column in table.columns]}
    schema |= {"primaryKey": "id"} | ({"foreignKeys": keys} if keys else {})
    return {"url": f"{table.name}.csv", "tableSchema": schema}


def _column(column: ExportColumn) -> dict[str, Any]:
    said: dict[str, Any] = {"name": column.name, "titles": column.name}
    said["datatype"] = DATATYPES[column.kind]
    if column.kind == "list":
        said["separator"] = BETWEEN
    return said | ({"required": True} if column.needed else {})
