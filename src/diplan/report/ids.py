"""The ids of a plan with the titles they stand for, for whoever knows only titles."""

from diplan.plan import Plan
from diplan.report.document import Column, Document, Section, Table

SCHEMA = "diplan/ids/1"
COLUMNS = (Column("id", "Id", width=36), Column("title", "Title", width=52))
LISTED = ("indicators", "actions", "priorities", "services", "sources", "corporate", "profiles",
          "venues")  # fmt: skip
"""The sections whose ids a command may be given, in the order in which they are listed."""


def ids(plan: Plan) -> Document:
    """Every id that a command may be given, by section, in the order of the files."""
    listed = {
        section: [
            (entity.id, getattr(entity, "title", None) or entity.name)
            for entity in getattr(plan, section)
        ]
        for section in LISTED
    }
    return Document(
        f"{plan.cover.title}: ids",
        [],
        [
            Section(section.capitalize(), [Table(COLUMNS, [list(row) for row in rows])])
            for section, rows in listed.items()
            if rows
        ],
        lambda: {
            "schema": SCHEMA,
            "plan": plan.cover.id,
            "ids": [
                {"section": section, "id": name, "title": title}
                for section, rows in listed.items()
                for name, title in rows
            ],
        },
        "ids",
    )
