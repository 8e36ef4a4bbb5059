"""The plan as a workbook, and back: just what was changed in it changes the plan."""

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from conftest import ROOT, Diplan, plan_at
from diplan.exchange.export import export
from diplan.exchange.export.columns import TABLES
from diplan.exchange.export.workbook import editable
from diplan.exchange.plan_workbook import read_plan_workbook
from diplan.exchange.sheets import read_sheets
from diplan.exchange.sheets.cells import Sheet, SheetCell

HOMES = [ROOT, *sorted((ROOT / "examples").iterdir()), ROOT / "tests" / "fixed-plan"]


@cache
def sheets_of(home: Path, folder: Path) -> tuple[Sheet, ...]:
    """The sheets of a plan's workbook, as they come back when nobody has touched it."""
    path = folder / f"{home.name}.xlsx"
    path.write_bytes(export(plan_at(home), "xlsx")["plan.xlsx"])
    return tuple(read_sheets(path))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where workbooks are made."""
    return tmp_path_factory.mktemp("workbooks")


@pytest.mark.parametrize("home", HOMES, ids=lambda home: home.name)
def test_a_workbook_that_nobody_touched_changes_nothing(home: Path, folder: Path) -> None:
    """Every cell says what the plan does."""
    back = read_plan_workbook(plan_at(home), sheets_of(home, folder))
    assert (back.changes, back.new, back.missing, back.refused) == ([], [], [], [])
    assert back.rows > 10


def with_cell(sheets: tuple[Sheet, ...], table: str, row: int, column: int, value: Any) -> Any:
    """The same sheets with another value in a cell; None empties it."""
    made = []
    for sheet in sheets:
        if sheet.name == table:
            cells = dict(sheet.rows[row])
            cells.pop(column, None)
            if value is not None:
                cells[column] = SheetCell(row, column, value)
            sheet = sheet._replace(rows={**sheet.rows, row: cells})
        made.append(sheet)
    return tuple(made)


def header(sheets: tuple[Sheet, ...], table: str, name: str) -> int:
    """The number of a column."""
    (sheet,) = (each for each in sheets if each.name == table)
    return next(at for at, cell in sheet.rows[1].items() if cell.value == name)


TEXTS = ("note", "evidence", "success_measure", "at", "title", "text", "response_why")


@given(data=st.data())
def test_just_the_changed_cells_change_the_plan(data: st.DataObject, folder: Path) -> None:
    """Random texts in random cells: the plan's files differ in just these values."""
    sheets = sheets_of(ROOT, folder)
    plan = plan_at(ROOT)
    places = [
        (sheet.name, row, at)
        for sheet in sheets
        if sheet.name in TABLES and sheet.name != "revisions"
        for row in sheet.rows
        if row > 1
        for at, cell in sheet.rows[1].items()
        if cell.value in TEXTS
        and editable(sheet.name, str(cell.value))
        and not (sheet.name == "observations" and _is_baseline(sheet, row))
    ]
    chosen = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=5, unique=True))
    wanted = {}
    for number, (table, row, at) in enumerate(chosen):
        text = f"Changed {number}: {data.draw(st.text('ab;:#- ', max_size=8))}.".strip()
        sheets = with_cell(sheets, table, row, at, text)
        wanted[table, row, at] = " ".join(text.split())
    back = read_plan_workbook(plan, sheets)

    assert (back.refused, back.new, back.missing) == ([], [], [])
    assert sorted(" ".join(change.now.split()) for change in back.changes) == sorted(
        wanted.values()
    )
    assert len({(put.place, str(put.value)) for change in back.changes for put in change.puts}) == (
        len(chosen)
    )


def _is_baseline(sheet: Sheet, row: int) -> bool:
    return str(sheet.rows[row][2].value).endswith("/baseline")


def test_the_files_differ_in_just_the_changed_values(
    tmp_path: Path, folder: Path, diplan: Diplan
) -> None:
    """A text, a list, a promise and new rows: every other line of the files stays as it is."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    path = tmp_path / "plan.xlsx"
    path.write_bytes(export(plan_at(ROOT), "xlsx")["plan.xlsx"])
    book: Any = load_workbook(path)

    def put(sheet: str, row: str, column: str, value: object) -> None:
        labels = [cell.value for cell in book[sheet][1]]
        number = next(cell.row for cell in book[sheet]["B"] if cell.value == row)
        book[sheet].cell(number, labels.index(column) + 1).value = value

    def add(sheet: str, **values: object) -> None:
        labels = [cell.value for cell in book[sheet][1]]
        number = max(row[0].row for row in book[sheet].iter_rows() if any(c.value for c in row)) + 1
        for column, value in values.items():
            book[sheet].cell(number, labels.index(column) + 1).value = value

    put("actions", "website-redesign", "lead", "ict; libraries")
    put("indicators", "offline-households", "target_due", 2021)
    add("observations", indicator="offline-households", period=2018, value=13000,
        source="strategy-2016")  # fmt: skip
    add("services", title="Youth service")
    book.save(path)

    silent = diplan("import", "workbook", str(path), "-w", str(tmp_path))
    assert silent.code == 2
    assert "target.due was promised or measured" in silent.err
    told = diplan("import", "workbook", str(path), "--why", "Agreed", "-w", str(tmp_path))
    assert told.code == 0, told.err
    assert "indicators, offline-households: target_due from 2020 to 2021" in told.err

    before, after = plan_at(ROOT), plan_at(tmp_path)
    both = zip(before.indicators, after.indicators, strict=True)
    changed_ones = [new for old, new in both if old != new]
    assert [indicator.id for indicator in changed_ones] == ["offline-households"]
    (entry,) = after.indicator["offline-households"].revisions
    assert (entry.what, entry.was, entry.now, entry.why) == ("target.due", "2020", "2021", "Agreed")
    assert after.action["website-redesign"].lead == ("ict", "libraries")
    assert replace(after, actions=before.actions, indicators=before.indicators,
                   services=before.services, declared=before.declared) == before  # fmt: skip
    assert after.services[-1].id == "youth-service"

    again = diplan("import", "workbook", str(path), "-w", str(tmp_path))
    assert again.code == 1  # the rows were changed meanwhile, and new ones are there already
    assert "Youth service" in again.err or "youth-service" in again.err


@pytest.mark.parametrize(
    ("table", "column", "value", "message"),
    [
        ("actions", "id", "another-name", ""),
        ("indicators", "target_value", "many", '"many" is not a number'),
        ("indicators", "target_due_end", "2020-01-01", "this cell is not for editing"),
        ("observations", "period_end", "2020-01-01", "this cell is not for editing"),
    ],
)
def test_what_cannot_be_taken_over_is_named(
    table: str, column: str, value: str, message: str, folder: Path
) -> None:
    """Each cell with what is wrong with it, and what to do."""
    sheets = sheets_of(ROOT, folder)
    back = read_plan_workbook(
        plan_at(ROOT), with_cell(sheets, table, 2, header(sheets, table, column), value)
    )
    if message:
        (refused,) = back.refused
        assert (refused.message, refused.sheet, refused.header) == (message, table, column)
    else:  # another id is another row: the old one is missing, and nothing is lost
        assert [row.name.split()[0] for row in back.new] == [value]
        assert len(back.missing) == 1


def test_a_row_that_the_plan_changed_meanwhile_is_left_alone(folder: Path) -> None:
    """Somebody else's change is not undone by an old workbook."""
    sheets, plan = sheets_of(ROOT, folder), plan_at(ROOT)
    first = replace(plan.actions[0], note="Changed by somebody else")
    now = replace(plan, actions=(first, *plan.actions[1:]))
    back = read_plan_workbook(now, sheets)

    assert back.changes == []
    (refused,) = back.refused
    assert "the plan was changed meanwhile: it says Changed by somebody else" in refused.message


def test_a_formula_is_refused(folder: Path) -> None:
    """Nothing is worked out."""
    sheets = sheets_of(ROOT, folder)
    at = header(sheets, "actions", "note")
    made = with_cell(sheets, "actions", 2, at, "=1+1")
    (sheet,) = (each for each in made if each.name == "actions")
    sheet.rows[2][at] = sheet.rows[2][at]._replace(formula=True)
    (refused,) = read_plan_workbook(plan_at(ROOT), made).refused
    assert refused.message == "this is a formula"


def test_a_missing_row_is_told_and_stays(folder: Path) -> None:
    """Nothing leaves the plan without an answer."""
    sheets = [
        sheet._replace(rows={at: row for at, row in sheet.rows.items() if at != 3})
        if sheet.name == "actions"
        else sheet
        for sheet in sheets_of(ROOT, folder)
    ]
    back = read_plan_workbook(plan_at(ROOT), sheets)
    assert [row.id for row in back.missing] == [plan_at(ROOT).actions[1].id]
