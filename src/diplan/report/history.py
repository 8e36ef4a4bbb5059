"""What became of one indicator or action, commit by commit."""

from collections.abc import Sequence
from typing import NamedTuple

from diplan.ground.english import count
from diplan.report.document import Cell, Column, Document, Lines, Section, Table

SCHEMA = "diplan/history/1"

COLUMNS = (
    Column("day", "Date", width=12),
    Column("commit", "Commit", width=22),
    Column("what", "What changed", width=30),
    Column("status", "Status then", width=14),
)


class HistoryEntry(NamedTuple):
    """A commit that changed it: what changed, and its status as then known."""

    day: str
    commit: str
    subject: str
    what: tuple[str, ...]
    status: str


def history(name: str, title: str, entries: Sequence[HistoryEntry]) -> Document:
    """The report of `diplan history`."""
    rows: list[list[Cell]] = [
        [entry.day, f"{entry.commit[:9]} {entry.subject}", Lines(entry.what), entry.status]
        for entry in entries
    ]
    return Document(
        f"History: {title}",
        [f"{count(len(entries), 'change')} of {name}, oldest first."],
        [Section("Changes", [Table(COLUMNS, rows)])] if rows else [],
        lambda: {
            "schema": SCHEMA,
            "id": name,
            "entries": [{**entry._asdict(), "what": list(entry.what)} for entry in entries],
        },
        "entries",
    )
