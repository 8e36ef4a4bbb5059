"""What a service sent back: each filled row as a figure or an update, each bad cell by its name.

A return is read cell by cell, and what is wrong with one loses no other. It never overwrites: a
figure that differs from one that is there is said, and left to `diplan revise`.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from diplan.checks.doubts import doubts
from diplan.exchange.forms import FIGURE_FIELDS, FIGURES, UPDATE_FIELDS, UPDATES, Field
from diplan.exchange.merging import IncomingEntry, same_figure
from diplan.exchange.sheets.cells import Sheet, SheetCell
from diplan.files.yaml.plain import Plain
from diplan.ground.english import in_words
from diplan.ground.errors import BadTextError
from diplan.ground.figure import typed
from diplan.ground.period import Period, period
from diplan.ground.text import did_you_mean, suggest, visible
from diplan.plan import Action, Indicator, Plan
from diplan.plan.indicator import MARKS, figure_of


class RefusedCell(NamedTuple):
    """A cell that cannot be taken over: where it is, what is wrong, and what to do."""

    sheet: str
    cell: str
    column: str
    message: str
    hint: str


class Return(NamedTuple):
    """What came of reading a file. `known` are the entries that are in the plan already."""

    entries: list[IncomingEntry]
    known: list[IncomingEntry]
    bad: list[RefusedCell]


def read_return(plan: Plan, sheets: Sequence[Sheet], today: Period) -> Return:
    """The figures and updates in the sheets of a file; sheets of other kinds are passed over.

    What is for a period that has not ended *today* would not count yet, and is refused.
    """
    made = Return([], [], [])
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
        made.bad.append(RefusedCell(sheets[0].name if sheets else "", "A1", "", message, hint))
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
    found: dict[str, int] = {}
    for column, cell in sorted(sheet.rows[at].items()):
        said = str(cell.value)
        label = labels.get(said.lower())
        if label:
            found.setdefault(label, column)
            continue
        close = suggest(said.lower(), labels)
        message = f'the header "{visible(said)}" is none of the form\'s'
        hint = f'did it say "{labels[close]}"?' if close else "take the column out"
        made.bad.append(RefusedCell(sheet.name, cell.name, said, message, hint))
    missing = [field.label for field in fields if field.label not in found]
    needed = [name for name in missing if name in ("Id", "Period", "Figure", "Date", "Grade")]
    for name in needed:
        message = f'the column "{name}" is missing or was renamed'
        made.bad.append(RefusedCell(sheet.name, f"A{at}", name, message, f'name it "{name}" again'))
    return None if needed else found


class _Row(NamedTuple):
    """A row of a sheet, cell by cell by the label of its column; what is bad goes into `made`."""

    sheet: Sheet
    number: int
    cells: dict[str, SheetCell]
    columns: dict[str, int]
    made: Return
    today: Period

    def text(self, label: str) -> str:
        """What a cell says; empty where it is, or where it is bad, which is said."""
        cell = self.cells.get(label)
        if cell is None:
            return ""
        if cell.formula:
            hint = "type the figure that it shows in its place"
            self.bad(label, "this is a formula, and no formula is worked out here", hint)
        elif cell.merged:
            self.bad(label, "this cell is merged with others", "take the merging back")
        else:
            return _written(cell.value)
        return ""

    def bad(self, label: str, message: str, hint: str) -> None:
        """Note a bad cell."""
        name = SheetCell(self.number, self.columns.get(label, 1), None).name
        self.made.bad.append(
            RefusedCell(self.sheet.name, name, label, visible(message), visible(hint))
        )

    def when(self, label: str) -> Period | None:
        """The period that a cell names."""
        text = self.text(label)
        if not text:
            if self.cells.get(label) is None:
                self.bad(label, "there is no period", "write one, such as 2018 or 2017/18")
            return None
        if re.fullmatch(r"\d{5}", text):
            hint = "format the cell as text, and write the day like 2018-03-31"
            self.bad(label, f"{text} is how spreadsheets count days, and no period", hint)
            return None
        try:
            when = period(text)
        except BadTextError as error:
            self.bad(label, str(error), error.hint)
            return None
        if when.end > self.today.end:
            message = f"{in_words(when)} has not ended, so this would not count yet"
            self.bad(label, message, "write the day, or the period that the figure is for")
            return None
        return when


def _written(value: object) -> str:
    """A cell's value as a person would have typed it."""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    return value.isoformat() if isinstance(value, date) else str(value or "").strip()


def _rows(
    plan: Plan, sheet: Sheet, at: int, columns: dict[str, int], made: Return, today: Period
) -> None:
    labels = {column: label for label, column in columns.items()}
    for number, row in sorted(sheet.rows.items()):
        if number <= at:
            continue
        cells = {labels[column]: cell for column, cell in row.items() if column in labels}
        record = _Row(sheet, number, cells, columns, made, today)
        if "Figure" in columns and cells.get("Figure"):
            _figure(plan, record)
        elif "Grade" in columns and (cells.get("Grade") or cells.get("Evidence")):
            _update(plan, record)


def _figure(plan: Plan, row: _Row) -> None:
    """A row with a figure."""
    before = len(row.made.bad)
    indicator = _named(row, plan.indicator, "indicator")
    when = row.when("Period")
    said = row.text("Figure")
    given = typed(said) if said else None
    if said and given is None:
        hint = "write one like 1300, 85%, c. 4500, over 70, 51 of 110, TBC"
        row.bad("Figure", f'"{said}" is no figure', hint)
    values: dict[str, Plain] = {"period": when.text if when else "", **(given or {})}
    marks: list[Plain] = [
        part.strip().lower() for part in row.text("Mark").split(",") if part.strip()
    ]
    for mark in marks:
        if mark not in MARKS:
            row.bad("Mark", f'"{mark}" is no mark', f"one of: {', '.join(MARKS)}")
    source = row.text("Source")
    if source and source not in plan.source:
        hint = did_you_mean(suggest(source, plan.source), "add it to the plan's sources first")
        row.bad("Source", f'unknown source "{source}"', hint)
    if marks:
        values["marks"] = marks
    values |= {key: text for key, text in (("source", source), ("note", row.text("Note"))) if text}
    if isinstance(indicator, Indicator) and when and given and len(row.made.bad) == before:
        _take(row, IncomingEntry("indicators", indicator.id, when, values), indicator, plan)


def _take(row: _Row, entry: IncomingEntry, indicator: Indicator, plan: Plan) -> None:
    """A sound figure: new, known already, or at odds with one that is there."""
    new = figure_of(entry.values)
    there = next(
        (observation for observation in indicator.observations if observation.period == entry.when),
        None,
    )
    within = plan.cover.approximate_within
    if there:
        if same_figure(there, new, within):
            row.made.known.append(entry)
            return
        key = f"observations.{entry.when}.value"
        hint = f"if that was wrong: `diplan revise {indicator.id} {key}=... --why ...`"
        row.bad("Figure", f"there is another figure for {entry.when} already", hint)
    elif any(other.id == entry.id and other.when == entry.when for other in row.made.entries):
        row.bad("Period", f"there are two figures for {entry.when}", "keep one of them")
    elif doubt := next(iter(doubts(indicator, new, within)), ""):
        row.bad("Figure", doubt, "if it is right, record it with `diplan record ... --yes`")
    else:
        row.made.entries.append(entry)


def _update(plan: Plan, row: _Row) -> None:
    """A row with a grade, or with evidence that lacks one."""
    before = len(row.made.bad)
    action = _named(row, plan.action, "action")
    when, said = row.when("Date"), row.text("Grade")
    grades = {grade.lower(): grade for grade in plan.cover.scale}
    if not said and not row.cells.get("Grade"):
        row.bad(
            "Grade", "there is evidence, and no grade", f"one of: {', '.join(plan.cover.scale)}"
        )
    elif said.lower() not in grades:
        close = suggest(said.lower(), grades)
        listing = f"one of: {', '.join(plan.cover.scale)}"
        row.bad("Grade", f'unknown grade "{said}"', did_you_mean(close and grades[close], listing))
    evidence = row.text("Evidence")
    if not isinstance(action, Action) or when is None or len(row.made.bad) > before:
        return
    values: dict[str, Plain] = {"date": when.text, "grade": grades[said.lower()]}
    values |= {"evidence": evidence} if evidence else {}
    entry = IncomingEntry("actions", action.id, when, values)
    there = next((update for update in action.updates if update.date == when), None)
    if there and (there.grade, there.evidence or "") == (values["grade"], evidence):
        row.made.known.append(entry)
    elif there or any(entry.id == action.id and entry.when == when for entry in row.made.entries):
        hint = (
            f"write another date, or `diplan revise {action.id} updates.{when}.grade=... --why ...`"
        )
        row.bad("Date", f"there is an update of {when} already", hint)
    else:
        row.made.entries.append(entry)


def _named(row: _Row, known: dict[str, Indicator] | dict[str, Action], what: str) -> object:
    """The entity that a row is about."""
    name = row.text("Id")
    if name in known:
        return known[name]
    if not name:
        row.bad("Id", f"the row does not say which {what} it is about", "copy the id into it")
        return None
    hint = did_you_mean(suggest(name, known), f"no {what} of the plan has this id")
    row.bad("Id", f'unknown {what} "{name}"', hint)
    return None


def changes(entries: Sequence[IncomingEntry]) -> Iterator[str]:
    """Each entry in a line, for people."""
    for entry in entries:
        said = ", ".join(f"{key} {value}" for key, value in entry.values.items() if value)
        yield f"{entry.id}: {said}"
