"""The rows of a table as what they are about: cells that belong together, under their headings."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from diplan.documents.account import Account
from diplan.documents.grid import GridRow
from diplan.documents.statuses import normal
from diplan.documents.taken import TableColumn, TakenTable, heading_rows
from diplan.documents.targets import Goal
from diplan.documents.times import Calendar, read_period
from diplan.documents.words import TITLE

GROUPING = ("heading", "objective", "outcome", "benefits")
"""What several rows share: an empty cell below one that is filled goes on with it."""

NOTHING = frozenset({"-", "–", "—", "--", ".", "…"})
"""What people put into a cell that has nothing to say."""


LONGEST = 15_000
"""Characters of a cell, so that a text of the plan has room for it."""


class Said(NamedTuple):
    """What a column says of something."""

    column: TableColumn
    text: str


class FoundRow:
    """A row that is about something, with the rows that go on with it."""

    def __init__(self, kind: str, where: str, heading: str) -> None:
        self.kind, self.where, self.heading = kind, where, heading
        self.said: dict[str, list[Said]] = {}
        self.extra: list[Said] = []
        self.readings: tuple[str, ...] = ()
        """What its time could be, where that is not clear."""
        self.goal: Goal | None = None
        """Its target, where that is not clear."""

    def text(self, role: str) -> str:
        """What the first column of a role says; empty where nothing is said."""
        return self.said[role][0].text if self.said.get(role) else ""

    def texts(self, role: str) -> list[str]:
        """All that is said of a role."""
        return [said.text for said in self.said.get(role, ())]

    def header(self, role: str) -> str:
        """The heading of the first column of a role."""
        return self.said[role][0].column.header if self.said.get(role) else ""

    @property
    def ref(self) -> str:
        """The document's own number for it."""
        return self.text("ref")


def rows_of(taken: TakenTable, account: Account, calendar: Calendar) -> list[FoundRow]:
    """What the rows of a table are about."""
    return list(_Gathering(taken, account, calendar).rows())


class _Gathering:
    def __init__(self, taken: TakenTable, account: Account, calendar: Calendar) -> None:
        self.taken, self.account, self.calendar = taken, account, calendar
        self.by_period = bool(taken.at("period") and taken.at("value"))
        self.title = taken.at(TITLE[taken.kind])[0]
        self.above: dict[int, str] = {}
        self.heading = self.time = ""
        self.last: FoundRow | None = None
        self.merged = {
            column.at
            for column in taken.columns
            if any(row.cells[column.at].down and row.cells[column.at].text for row in taken.rows)
        }

    def rows(self) -> Iterator[FoundRow]:
        """Each thing, once all rows that go on with it are read."""
        headers = self.taken.header.texts if self.taken.header else ()
        heads = 0
        self._above()
        for row, heading, is_heading in heading_rows(self.taken):
            where = f"{self.taken.table.where}, row {row.number}"
            if is_heading:
                self.account.cell(where, "", heading, "rows read as headings")
            if is_heading or not any(row.texts):
                continue
            if row.texts == headers:
                heads += 1
                continue
            if self.taken.kind == "actions" and _is_total(row):
                said = " | ".join(filter(None, row.texts))
                self.account.cell(where, "", said, "totals, left out")
                continue
            self.account.rows += 1
            self.time = self._time_of(row)
            if heading != self.heading:
                self.heading, self.above = heading, {}
            if not self._goes_on(row, where):
                if self.last:
                    yield self.last
                self.last = self._begin(row, where)
        if self.last:
            yield self.last
        if heads:
            times = "once" if heads == 1 else f"{heads} times"
            self.account.line(f"{self.taken.table.where}: the header is repeated {times}")

    def _above(self) -> None:
        """Tell what stands above the header, and is not taken over."""
        for row in self.taken.above:
            texts = " | ".join(cell.text for cell in row.cells if cell.text and not cell.across)
            if texts and texts != self.taken.title:
                where = f"{self.taken.table.where}, row {row.number}"
                self.account.cell(where, "", texts, "above the header, left out")
        for column in self.taken.columns:
            if column.role in ("lead", "delivers") and re.search(
                r"\b(officer|person|contact|name)s?\b", column.header.lower()
            ):
                said = f'the column "{column.header}" may name people'
                self.account.line(
                    f"{said}: a plan names services and roles, so look at `services:`"
                )

    def _goes_on(self, row: GridRow, where: str) -> bool:
        """Take a row into the thing before it, where it is a part of that."""
        cell = row.cells[self.title.at]
        if cell.text in NOTHING:
            cell = cell._replace(text="")
        own = [
            column for column in self.taken.columns
            if row.cells[column.at].text and not row.cells[column.at].down
            and not row.cells[column.at].across
        ]  # fmt: skip
        if cell.text and not cell.down and not self._repeats(row):
            return False
        grouping = [column for column in own if column.role in (*GROUPING, "ref")]
        if self.last is None or (grouping and not cell.text):
            for column in own:
                text = row.cells[column.at].text
                self.account.cell(where, column.header, text, "left out, as the row has no title")
            return True
        if not cell.down and not self.by_period:
            said = self.last.text(self.title.role)
            what = "the row repeats" if cell.text else "the row has no title, and was added to"
            self.account.cell(where, "", said, f"{what} the one above")
        for column in own:
            if column != self.title and row.cells[column.at].text not in NOTHING:
                self._add(self.last, column, row.cells[column.at].text, where)
        return True

    def _time_of(self, row: GridRow) -> str:
        """The time of a row, in a table with a row for each time; empty where it is not clear."""
        if not self.by_period:
            return ""
        known = read_period(row.cells[self.taken.at("period")[0].at].text, self.calendar)
        return known.periods[0] if known.sure else ""

    def _repeats(self, row: GridRow) -> bool:
        """Whether a row has the title and number of the one before, under the same headings."""
        if self.last is None or (self.last.kind != "actions" and not self.by_period):
            return False
        roles = (*GROUPING, "ref", "start", "due", "grade")
        same = (self.title, *(column for role in roles for column in self.taken.at(role)))
        return self.last.heading == self.heading and all(
            normal(row.cells[column.at].text) == normal(self.last.text(column.role))
            for column in same
        )

    def _begin(self, row: GridRow, where: str) -> FoundRow:
        found = FoundRow(self.taken.kind, where, self.heading)
        for column in self.taken.columns:
            cell = row.cells[column.at]
            text = cell.text
            if cell.across and column.at and self.taken.columns[column.at - 1].role == column.role:
                continue
            if column.role in GROUPING and column.at not in self.merged:
                if text:
                    self.above[column.at] = text
                elif column.at < self.title.at and column.at in self.above:
                    text = self.above[column.at]
                    what = "empty cells, read as the ones above them"
                    self.account.cell(where, column.header, "", what)
            if text in NOTHING:
                continue
            if text:
                self._add(found, column, text, where)
        return found

    def _add(self, found: FoundRow, column: TableColumn, text: str, where: str) -> None:
        """Take what a cell says; what only one cell can say is kept as a note the second time."""
        if self.time and column.role == "value":
            column = column._replace(role="series", period=self.time)
        elif self.time and column.role == "period":
            return
        if len(text) > LONGEST:
            what = f"longer than {LONGEST:,} characters, and cut there"
            self.account.cell(where, column.header, text, what)
            text = f"{text[: LONGEST - 3].rstrip()}..."
        said = Said(column, text)
        if not column.role:
            found.extra.append(said)
            return
        there = found.said.setdefault(column.role, [])
        if said in there:
            return
        single = column.role in (
            "due",
            "start",
            "objective",
            "outcome",
            "heading",
            "ref",
            "frequency",
            "dated",
        )
        if there and single:
            found.extra.append(said)
            self.account.cell(where, column.header, text, "a second one, kept as a note")
        else:
            there.append(said)


_TOTAL = re.compile(r"(grand |overall |sub-?)?totals?:?", re.IGNORECASE)


def _is_total(row: GridRow) -> bool:
    """Whether a row sums up those above it: its first text is the word for that."""
    return bool(_TOTAL.fullmatch(next(filter(None, row.texts), "")))
