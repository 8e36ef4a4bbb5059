"""What a service sent back: each filled row as a figure or an update, each bad cell by its name.

A return is read cell by cell, and what is wrong with one loses no other. It never overwrites: a
figure that differs from one that is there is said, and left to `diplan revise`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from diplan.exchange.entries import IncomingEntry
from diplan.exchange.refused import RefusedCell
from diplan.exchange.return_form import FIGURE_FIELDS, FIGURES, UPDATE_FIELDS, UPDATES, Field
from diplan.exchange.rows import FigureRow, Incoming
from diplan.exchange.sheets.cells import Sheet
from diplan.files.yaml.plain import Plain
from diplan.ground.english import in_words
from diplan.ground.errors import BadTextError
from diplan.ground.period import Period, meant, period
from diplan.ground.text import did_you_mean, suggest, visible
from diplan.plan import Action, Plan, Priority

LABELS = {
    "indicator": "Id",
    "period": "Period",
    "value": "Figure",
    "marks": "Mark",
    "source": "Source",
    "note": "Note",
}
"""What the columns of the keys of a figure are called."""


@dataclass(slots=True)
class Return(Incoming):
    """What came of reading a file."""

    bad: list[RefusedCell] = field(default_factory=list)


def read_return(plan: Plan, sheets: Sequence[Sheet], today: Period) -> Return:
    """The figures and updates in the sheets of a file; sheets of other kinds are passed over.

    What is for a period that has not ended *today* would not count yet, and is refused.
    """
    made = Return()
    is_return = False
    for sheet in sheets:
        for fields in (FIGURE_FIELDS, UPDATE_FIELDS):
            at = _header(sheet, fields)
            if at is None:
                continue
            is_return = True
            columns = _columns(sheet, at, fields, made)
            if columns:
                _rows(plan, sheet, at, columns, made, today)
    if not is_return:
        names = ", ".join(field.label for field in FIGURE_FIELDS)
        message = "no sheet has the header of a return"
        hint = f"the row above the figures begins with {names}; `diplan returns make` has it"
        made.bad.append(
            RefusedCell(1, 1, "", message, hint, sheet=sheets[0].name if sheets else "")
        )
    return made


def _header(sheet: Sheet, fields: Sequence[Field]) -> int | None:
    """The row that most looks like the header; None where none does."""
    labels = {field.label.lower() for field in fields}
    other = fields[1].label.lower()
    for at, row in sorted(sheet.rows.items())[:20]:
        said = {str(cell.value).lower() for cell in row.values()}
        named = sheet.name == (FIGURES if fields is FIGURE_FIELDS else UPDATES)
        if len(said & labels) >= 3 and (named or other in said):
            return at
    return None


def _columns(sheet: Sheet, at: int, fields: Sequence[Field], made: Return) -> dict[str, int] | None:
    """The column of each field; None after saying which header was renamed."""
    labels = {field.label.lower(): field.label for field in fields}
    places: dict[str, int] = {}
    for column, cell in sorted(sheet.rows[at].items()):
        said = str(cell.value)
        label = labels.get(said.lower())
        if label:
            places.setdefault(label, column)
            continue
        close = suggest(said.lower(), labels)
        message = f'the header "{visible(said)}" is not one of the form\'s'
        hint = f'did it say "{labels[close]}"?' if close else "take the column out"
        made.bad.append(RefusedCell(cell.row, cell.column, said, message, hint, sheet=sheet.name))
    missing = [field.label for field in fields if field.label not in places]
    needed = [name for name in missing if name in ("Id", "Period", "Figure", "Date", "Grade")]
    for name in needed:
        message = f'the column "{name}" is missing or was renamed'
        hint = f'name it "{name}" again'
        made.bad.append(RefusedCell(at, 1, name, message, hint, sheet=sheet.name))
    return None if needed else places


class _Row(FigureRow):
    """A row of a sheet, cell by cell by the label of its column."""

    def __init__(
        self, plan: Plan, sheet: Sheet, number: int, columns: dict[str, int], made: Return,
        today: Period,
    ) -> None:  # fmt: skip
        super().__init__(plan, made)
        self.sheet, self.row, self.columns, self.made = sheet, number, columns, made
        cells = sheet.rows[number]
        self.cells = {label: cells[at] for label, at in columns.items() if at in cells}
        self.today = today

    def text(self, key: str) -> str:
        cell = self.cells.get(LABELS.get(key, key))
        if cell is None:
            return ""
        if cell.formula:
            message = "this is a formula, and no formula is worked out here"
            self.refuse(key, "", message, "type the figure that it shows in its place")
        elif cell.merged:
            self.refuse(key, "", "this cell is merged with others", "take the merging back")
        else:
            return _written(cell.value)
        return ""

    def note(self, key: str, code: str, message: str, hint: str) -> None:
        label = LABELS.get(key, key)
        column = self.columns.get(label, 1)
        refused = RefusedCell(self.row, column, label, message, hint, sheet=self.sheet.name)
        self.made.bad.append(refused)

    def period(self, written: str) -> Period:
        if re.fullmatch(r"\d{5}", written):
            message = f"{written} is how spreadsheets count days, and no period"
            hint = "format the cell as text, and write the day like 2018-03-31"
            raise BadTextError("not-a-period", message, hint)
        when = period(meant(written, self.plan.cover.years) or written)
        if when.end > self.today.end:
            message = f"{in_words(when)} has not ended, so this would not count yet"
            hint = "write the day, or the period that the figure is for"
            raise BadTextError("not-a-period", message, hint)
        return when

    def doubt(self, entry: IncomingEntry, questions: Iterator[str]) -> None:
        for question in islice(questions, 1):
            hint = "if it is right, record it with `diplan record ... --yes`"
            self.refuse("value", "", question, hint)

    def read_update(self) -> None:
        """Take a grade, or refuse evidence that lacks one."""
        entities: dict[str, Action | Priority] = {**self.plan.priority, **self.plan.action}
        entity = self.entity("Id", entities, "action")
        when, grade, evidence = self.when("Date"), self.grade(), self.text("Evidence")
        if not entity or not when or not grade or self.refused:
            return
        values: dict[str, Plain] = {"date": when.text, "grade": grade}
        values |= {"evidence": evidence} if evidence else {}
        there = next((update for update in entity.updates if update.date == when), None)
        if there and (there.grade, there.evidence or "") == (grade, evidence):
            self.made.known += 1
        elif there or (entity.id, when) in self.made.taken:
            path = f"{entity.id} updates.{there.date if there else when}.grade=..."
            hint = f"`diplan revise {path} --why ...`"
            if isinstance(entity, Priority):
                hint = f"`diplan set {path}`"
            message = f"there is an update of {when} already"
            self.refuse("Date", "", message, f"write another date, or {hint}")
        else:
            section = "priorities" if isinstance(entity, Priority) else "actions"
            self.made.keep(IncomingEntry(section, entity.id, when, values))

    def grade(self) -> str:
        """The plan's grade that a cell names; empty where it is refused."""
        said, scale = self.text("Grade"), self.plan.cover.grades
        grades = {grade.lower(): grade for grade in scale}
        listing = f"one of: {', '.join(scale)}"
        if not said and not self.cells.get("Grade"):
            self.refuse("Grade", "", "there is evidence, and no grade", listing)
        elif said.lower() not in grades:
            close = self.close(said.lower(), grades)
            hint = did_you_mean(close and grades[close], listing)
            self.refuse("Grade", "", f'unknown grade "{said}"', hint)
        return grades.get(said.lower(), "")


def _written(value: object) -> str:
    """A cell's value as a person would have typed it."""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    return value.isoformat() if isinstance(value, date) else str(value or "").strip()


def _rows(
    plan: Plan, sheet: Sheet, at: int, columns: dict[str, int], made: Return, today: Period
) -> None:
    for number in sorted(number for number in sheet.rows if number > at):
        row = _Row(plan, sheet, number, columns, made, today)
        if row.cells.get("Figure"):
            row.read()
        elif row.cells.get("Grade") or row.cells.get("Evidence"):
            row.read_update()


def changes(entries: Sequence[IncomingEntry]) -> Iterator[str]:
    """Each entry in a line, for people."""
    for entry in entries:
        said = ", ".join(f"{key} {value}" for key, value in entry.values.items() if value)
        yield f"{entry.id}: {said}"
