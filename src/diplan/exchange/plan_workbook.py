"""The workbook of a plan, sent back: which of its cells were changed, and what that means.

A row is found by its id. What its cells said when the workbook was made is told by a mark in the
last column: where the plan's row has another one by now, somebody changed it meanwhile, and what
differs there is not taken over.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from diplan.exchange.export.columns import TABLES, ExportColumn
from diplan.exchange.export.csv_json import BETWEEN
from diplan.exchange.export.rows_in_place import PlacedRow, rows_in_place
from diplan.exchange.export.workbook import MARK, editable, marked
from diplan.exchange.refused import RefusedCell
from diplan.exchange.sheets.cells import Sheet, SheetCell
from diplan.files.edit import Put
from diplan.files.yaml.plain import Plain
from diplan.files.yaml.splice import NOTHING
from diplan.ground.text import did_you_mean, one_line, suggest
from diplan.plan import Plan
from diplan.plan.grade import DEFAULT_SCALE
from diplan.problems import KeyPath, Place


class CellChange(NamedTuple):
    """A cell that says something else than the plan does."""

    table: str
    row: str
    column: str
    was: str
    now: str
    puts: tuple[Put, ...]


class NewRow(NamedTuple):
    """A row of something that the plan does not have: where it goes, and its keys."""

    table: str
    name: str
    place: Place
    values: dict[str, Plain]


class SentBack(NamedTuple):
    """What a workbook says that the plan does not."""

    changes: list[CellChange]
    new: list[NewRow]
    missing: list[PlacedRow]
    """Rows of the plan that the workbook lacks."""
    refused: list[RefusedCell]
    rows: int
    """How many rows were read."""


def read_plan_workbook(plan: Plan, sheets: Sequence[Sheet]) -> SentBack:
    """Hold the sheets of a workbook that `export xlsx` made against the plan."""
    back = SentBack([], [], [], [], 0)
    rows = 0
    known = rows_in_place(plan)
    for sheet in sheets:
        if sheet.name in TABLES and sheet.rows:
            rows += _Table(plan, sheet, known[sheet.name], back).read()
    return back._replace(rows=rows)


class _Table:
    """A sheet of the workbook, beside the rows of the plan's table."""

    def __init__(self, plan: Plan, sheet: Sheet, rows: Sequence[PlacedRow], back: SentBack) -> None:
        self.plan = plan
        self.sheet = sheet
        self.back = back
        self.columns = {column.name: column for column in TABLES[sheet.name]}
        self.rows = {row.id: row for row in rows}
        first = min(sheet.rows)
        self.headers = {at: str(cell.value).strip() for at, cell in sheet.rows[first].items()}
        self.first = first
        self.id_at = next((at for at, name in self.headers.items() if name == "id"), first)

    def read(self) -> int:
        """Tell what the sheet says that the plan does not; how many rows it has."""
        for at, header in self.headers.items():
            if header not in self.columns and header != MARK:
                hint = did_you_mean(suggest(header, self.columns), "leave the headers as they are")
                self.refuse(self.first, at, f'"{header}" is not a column of this table', hint)
        told: set[str] = set()
        numbers = sorted(number for number in self.sheet.rows if number > self.first)
        for number in numbers:
            cells = {
                self.headers[at]: cell
                for at, cell in self.sheet.rows[number].items()
                if at in self.headers
            }
            name = _text(cells.get("id"))
            if name in told and name:
                self.refuse(
                    number, self.id_at, f'the id "{name}" stands twice', "keep one of the rows"
                )
            elif name in self.rows:
                self.known(number, cells, self.rows[name])
            elif any(_text(cell) for key, cell in cells.items() if key != MARK):
                self.new(number, cells)
            told.add(name)
        self.back.missing.extend(
            row for name, row in self.rows.items() if name not in told and row.removable
        )
        return len(numbers)

    def known(self, number: int, cells: Mapping[str, SheetCell], row: PlacedRow) -> None:
        """A row that the plan has."""
        mark = _text(cells.get(MARK))
        stale = bool(mark) and mark != marked(row.values)
        for at, header in self.headers.items():
            column = self.columns.get(header)
            if column is None:
                continue
            said = self.said(number, at, cells.get(header), column)
            was = _shown(row.values.get(header))
            if said is None or _same(said, was, column):
                continue
            if not row.editable or not editable(self.sheet.name, header):
                self.refuse(number, at, "this cell is not for editing", "undo the change")
            elif stale:
                message = f"the plan was changed meanwhile: it says {was or 'nothing'} here"
                self.refuse(number, at, message, "export the workbook again, and change it there")
            else:
                puts = tuple(_puts(self.sheet.name, row, header, said, column))
                change = CellChange(self.sheet.name, row.id, header, was, said, puts)
                self.back.changes.append(change)

    def new(self, number: int, cells: Mapping[str, SheetCell]) -> None:
        """A row that the plan does not have."""
        values: dict[str, Any] = {}
        for at, header in self.headers.items():
            column = self.columns.get(header)
            said = self.said(number, at, cells.get(header), column) if column else ""
            if said is None:
                return
            if column and said and (header == "id" or editable(self.sheet.name, header)):
                inner = values
                *above, key = map(str, _path(self.sheet.name, header))
                for part in above:
                    inner = inner.setdefault(part, {})
                inner[key] = _plain(said, column)
        place = self.place_of_new(number, cells, values)
        if place:
            named = [_text(cells.get(key)) for key in ("id", "title", "name", *NAMING)]
            name = " ".join(filter(None, named[:3])) or ", ".join(filter(None, named[3:]))
            one_heading = values.get("priority")
            if isinstance(one_heading, list) and len(one_heading) == 1:
                values["priority"] = one_heading[0]
            self.back.new.append(NewRow(self.sheet.name, name, place, values))

    def place_of_new(
        self, number: int, cells: Mapping[str, SheetCell], values: dict[str, Any]
    ) -> Place | None:
        """Where a new row goes; None after saying why it can go nowhere."""
        table = self.sheet.name
        section = SECTION_OF.get(table)
        if section:
            return Place(section, -1)
        owners = [name for name in OWNERS.get(table, ()) if _text(cells.get(name))]
        for owner in owners:
            name = _text(cells[owner])
            section, key = OWNERS[table][owner]
            entities = [entity.id for entity in getattr(self.plan, section)]
            if name in entities:
                values.pop("id", None)
                return Place(section, entities.index(name), (key, -1))
            hint = did_you_mean(suggest(name, entities), f"write the id of one of the {section}")
            self.refuse(number, self.id_at, f'there is no "{name}" among the {section}', hint)
            return None
        hint = f"fill in {' or '.join(OWNERS.get(table, ())) or 'another table'}"
        self.refuse(number, self.id_at, "a new row of this table cannot be placed", hint)
        return None

    def said(
        self, number: int, at: int, cell: SheetCell | None, column: ExportColumn
    ) -> str | None:
        """What a cell says, as the data would have it; None where it cannot be taken over."""
        if cell is None:
            return ""
        if cell.formula:
            self.refuse(number, at, "this is a formula", "write the value in its place")
            return None
        text = _text(cell)
        if column.kind in ("number", "whole") and text:
            try:
                Decimal(text)
            except InvalidOperation:
                self.refuse(number, at, f'"{text}" is not a number', "write digits only")
                return None
        if column.kind == "flag" and text.lower() in ("true", "false", "yes", "no"):
            return "true" if text.lower() in ("true", "yes") else "false"
        return text

    def refuse(self, row: int, column: int, message: str, hint: str) -> None:
        header = self.headers.get(column, "")
        self.back.refused.append(
            RefusedCell(row, column, header, message, hint, sheet=self.sheet.name)
        )


SECTION_OF = {
    name: name
    for name in (
        "corporate", "priorities", "services", "governance", "sources", "profiles", "activities",
        "notes", "indicators", "actions", "venues",
    )
}  # fmt: skip
"""The tables whose rows are entities of a section."""

OWNERS: dict[str, dict[str, tuple[str, str]]] = {
    "outcomes": {"priority": ("priorities", "outcomes")},
    "success_measures": {"priority": ("priorities", "success_measures")},
    "segments": {"profile": ("profiles", "segments")},
    "milestones": {"indicator": ("indicators", "milestones")},
    "observations": {"indicator": ("indicators", "observations")},
    "updates": {"action": ("actions", "updates"), "priority": ("priorities", "updates")},
}
"""Of the other tables, the column that says what a row is a part of: its section, and its key."""

NAMING = ("indicator", "action", "priority", "profile", "period", "date")
"""What names a row that has neither an id nor a title."""

NESTED: dict[str, dict[str, str]] = {
    "plan": {"rag_": "rag"},
    "priorities": {"response_": "response"},
    "indicators": {
        "baseline_": "baseline", "target_": "target", "derived_": "derived", "rag_": "rag",
        "ended_": "ended",
    },
    "actions": {"budget_": "budget", "ended_": "ended"},
    "segments": {"share_": "share"},
}  # fmt: skip
"""The columns of a table that belong to a record inside the row's own, by how they begin."""

NAMED = {("actions", "priorities"): "priority", ("outcomes", "outcome"): "id",
         ("segments", "segment"): "id"}  # fmt: skip
"""Columns that have another name than their key."""


def _path(table: str, header: str) -> KeyPath:
    """The keys that a column stands for, inside the record of a row."""
    for prefix, key in NESTED.get(table, {}).items():
        if header.startswith(prefix):
            return key, header.removeprefix(prefix)
    return (NAMED.get((table, header), header),)


def _puts(
    table: str, row: PlacedRow, header: str, said: str, column: ExportColumn
) -> Iterator[Put]:
    """What a changed cell puts into the plan."""
    if table == "grades":
        entry = {"grade": str(row.values["grade"]), "means": str(row.values["means"] or "")}
        entry[header] = said
        usual = DEFAULT_SCALE.get(entry["grade"]) == entry["means"]
        yield Put(row.place, entry["grade"] if usual else dict(entry))
        return
    path = (*row.place.path, *_path(table, header))
    nothing = "" if table == "venues" else NOTHING
    value = _plain(said, column) if said else nothing
    if (table, header) == ("actions", "priorities") and isinstance(value, list) and value:
        value = value[0] if len(value) == 1 else value
    yield Put(row.place._replace(path=path), value)


def _plain(said: str, column: ExportColumn) -> Plain:
    if column.kind == "list":
        return [part.strip() for part in said.split(BETWEEN.strip()) if part.strip()]
    return said


def _shown(value: Any) -> str:
    """A value of the plan as a cell's text, before it is made harmless for a spreadsheet."""
    if isinstance(value, list):
        return BETWEEN.join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _text(cell: SheetCell | None) -> str:
    """What a cell says, as a text; a number without a point that says nothing."""
    value = cell.value if cell else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        number = Decimal(repr(value))
        return f"{number.to_integral_value() if number == number.to_integral_value() else number:f}"
    return "" if value is None else str(value).strip()


def _same(said: str, was: str, column: ExportColumn) -> bool:
    """Whether a cell says what the plan does: numbers by their value, texts by their words."""
    if column.kind in ("number", "whole") and said and was:
        return Decimal(said) == Decimal(was)
    if column.kind == "flag" and not said:
        return was in ("", "false")
    if column.kind == "list":
        return _plain(said, column) == _plain(was, column)
    return one_line(said).split() == one_line(was).split()
