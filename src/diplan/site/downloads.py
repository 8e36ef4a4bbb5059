"""The data of a plan to download: every table with the verdicts, and what its columns mean."""

from collections.abc import Sequence

from diplan.exchange.export import exports, tables_of
from diplan.exchange.export.columns import EXPORTED, ExportColumn
from diplan.judge import Assessment
from diplan.plan import SECTIONS, Plan
from diplan.plan.fields.schema import meanings
from diplan.report.document import Column, Document, Items, Section, Table, linked
from diplan.site.addresses import DATA
from diplan.site.programs import STATUS
from diplan.site.records import Site, SitePage

FORMS = ("csvw", "datapackage", "json", "xlsx")
"""What the tables are given out as: the CSV files come with the first two."""

COLUMNS = (
    Column("column", "Column"),
    Column("kind", "Kind"),
    Column("meaning", "What it holds"),
)
OFFERED = (
    ("data/plan.xlsx", "A workbook with a sheet for each table"),
    ("data/plan.json", "One JSON file with all tables"),
    ("data/datapackage.json", "The description of the CSV files as a Data Package"),
    ("data/csv-metadata.json", "The description of the CSV files for CSV on the Web"),
    (STATUS, "How every indicator and action stands, as JSON"),
)


def data_files(plan: Plan, assessments: Sequence[Assessment]) -> dict[str, bytes]:
    """The tables of a plan as it is recorded, in every format, by the files' names.

    They have its verdicts at each moment; the assessments are in order of time.
    """
    return exports(plan, FORMS, tables_of(plan, assessments))


def data_page(site: Site) -> SitePage:
    """What there is to download, and what each column means."""
    files = [linked("files", address, name) for address, name in OFFERED]
    sections = [Section("The tables", [_tables()], key="tables")]
    sections += [
        Section(name.replace("_", " ").capitalize(), [_columns(name, columns)], 3, f"table-{name}")
        for name, columns in EXPORTED.items()
    ]
    licence = site.plan.cover.licence
    under = f" They are under {licence}." if licence else ""
    said = f"All of the plan's data, and what comes of it.{under}"
    return SitePage(
        DATA,
        Document("Data to download", [said, Items(files)], sections),
        (),
        "Every table of the plan, with verdicts, to download",
        linked_data={
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": site.plan.cover.title,
            "description": said,
            "creator": {"@type": "GovernmentOrganization", "name": site.name},
            **({"license": licence} if licence else {}),
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": name,
                    "contentUrl": f"{site.base_url}{address}",
                }
                for address, name in OFFERED
            ],
        },
    )


def _tables() -> Items:
    return Items([linked("files", f"data/{name}.csv", f"{name}.csv") for name in EXPORTED])


def _columns(table: str, columns: tuple[ExportColumn, ...]) -> Table:
    told = meanings(SECTIONS[table]) if table in SECTIONS else {}
    rows = [[column.name, column.kind, _meaning(column, told)] for column in columns]
    return Table(COLUMNS, rows)


def _meaning(column: ExportColumn, told: dict[str, str]) -> str:
    """What a column holds, as far as the data's own description says it."""
    words = told.get(column.name, "")
    if column.of:
        several = "Ids" if column.kind == "list" else "The id of one"
        words = words or f"{several} of the table {column.of}."
    always = "" if column.needed else " Empty where it is not known."
    return f"{words or column.name.replace('_', ' ').capitalize() + '.'}{always}"
