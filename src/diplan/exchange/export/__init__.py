"""A plan in a format for other programs: the files that it becomes, by their names."""

from diplan.exchange.export.csv_json import as_csv, as_json, json_bytes
from diplan.exchange.export.descriptions import csvw, datapackage
from diplan.exchange.export.tables import tables
from diplan.plan import Plan

FORMATS = {
    "csv": "a folder of CSV files",
    "csvw": "the CSV files, described for CSV on the Web",
    "datapackage": "the CSV files, described as a Data Package",
    "xlsx": "a workbook with a sheet for each table",
    "json": "one JSON file",
}
"""The formats, each with what it makes."""

ONE_FILE = ("xlsx", "json")
"""The formats that are one file."""


def export(plan: Plan, form: str) -> dict[str, bytes]:
    """The files of a plan in one of `FORMATS`, by name.

    Raises:
        UnsoundError: the plan's ids are not in order.
        DoesNotFitError: it is too large for a workbook.
    """
    made = tables(plan)
    if form == "json":
        return {"plan.json": as_json(plan.cover.id, made)}
    if form == "xlsx":
        from diplan.exchange.export.workbook import workbook

        return {"plan.xlsx": workbook(plan.cover, made)}
    files = {f"{table.name}.csv": as_csv(table) for table in made}
    if form == "csvw":
        files["csv-metadata.json"] = json_bytes(csvw(plan.cover, made))
    if form == "datapackage":
        files["datapackage.json"] = json_bytes(datapackage(plan.cover, made))
    return files
