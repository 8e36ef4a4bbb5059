"""Returns: a form that a service can fill in, and nothing that comes back taken on trust."""

import io
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from office import fill
from openpyxl import load_workbook

from conftest import Diplan
from diplan.exchange.refused import cell_name, listing
from diplan.exchange.return_form import (
    FIGURE_FIELDS,
    FIGURES,
    HEADER_ROW,
    UPDATE_FIELDS,
    UPDATES,
    form,
)
from diplan.exchange.returns import read_return
from diplan.exchange.sheets import read_sheets
from diplan.exchange.sheets.cells import Sheet, SheetCell, SheetError
from diplan.files.load import load
from diplan.files.workspace import Workspace
from diplan.ground.english import in_words
from diplan.ground.period import Period, period
from diplan.judge import assess
from diplan.judge.due import OwedKind, due
from diplan.plan import Plan

ROOT = Path(__file__).parents[2]
TODAY = period("2026-11-25")
AS_OF = period("2017-03")


@pytest.fixture(name="plan")
def _plan() -> Plan:
    found = load(Workspace(ROOT)).plan
    assert found
    return found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the real plan."""
    shutil.copytree(ROOT / "data", tmp_path / "home" / "data")
    return tmp_path / "home"


def column(fields: Any, label: str) -> int:
    """The number of a column of the form."""
    return [field.label for field in fields].index(label) + 1


def sheet(rows: list[dict[str, Any]], fields: Any = FIGURE_FIELDS, name: str = FIGURES) -> Sheet:
    """A sheet of the form with these rows, as it comes back."""
    found: dict[int, dict[int, SheetCell]] = {
        HEADER_ROW: {
            at: SheetCell(HEADER_ROW, at, field.label) for at, field in enumerate(fields, 1)
        }
    }
    for number, row in enumerate(rows, HEADER_ROW + 1):
        found[number] = {
            column(fields, label): value
            if isinstance(value, SheetCell)
            else SheetCell(number, column(fields, label), value)
            for label, value in row.items()
        }
    return Sheet(name, found)


ROW = {"Id": "offline-households", "Period": "2017", "Figure": "13,900", "Source": "strategy-2016"}


# ---- the form


def test_the_form_has_just_what_a_service_leads(plan: Plan) -> None:
    """One row for each indicator and action that it leads, and no other."""
    book = load_workbook(io.BytesIO(form(assess(plan, AS_OF), "libraries")))
    figures = [row[0].value for row in book[FIGURES].iter_rows(min_row=HEADER_ROW + 1)]
    updates = [row[0].value for row in book[UPDATES].iter_rows(min_row=HEADER_ROW + 1)]

    assert [one for one in figures if one] == [
        one.id for one in plan.indicators if "libraries" in one.lead
    ]
    assert [one for one in updates if one] == [
        one.id for one in plan.actions if "libraries" in one.lead
    ]


def test_the_form_is_accessible(plan: Plan) -> None:
    """A title in the first cell, one header row, frozen; nothing merged; lists to choose from."""
    book = load_workbook(io.BytesIO(form(assess(plan, AS_OF), "policy-performance")))

    assert (
        book.properties.title
        == "Digital Inclusion Strategy 2016-20: return of Policy and Performance"
    )
    for own in book.worksheets:
        assert own["A1"].value
        assert own["A1"].font.b
        assert not own.merged_cells.ranges
        assert own.protection.sheet
    figures = book[FIGURES]
    assert figures.freeze_panes == f"C{HEADER_ROW + 1}"
    assert [cell.value for cell in figures[HEADER_ROW]] == [one.label for one in FIGURE_FIELDS]
    assert not figures.cell(HEADER_ROW + 1, column(FIGURE_FIELDS, "Figure")).protection.locked
    assert figures.cell(HEADER_ROW + 1, column(FIGURE_FIELDS, "Last figure")).protection.locked
    lists = [one.formula1 for one in figures.data_validations.dataValidation]
    assert any("provisional" in one for one in lists)
    assert any("Slipped" in one.formula1 for one in book[UPDATES].data_validations.dataValidation)


def rows_of(plan: Plan, as_of: Period) -> dict[object, dict[str, Any]]:
    """The rows of the form's figures, by the id of the indicator and the label of the column."""
    book = load_workbook(io.BytesIO(form(assess(plan, as_of), "policy-performance")))
    labels = [field.label for field in FIGURE_FIELDS]
    rows = book[FIGURES].iter_rows(min_row=HEADER_ROW + 1)
    return {row[0].value: dict(zip(labels, row, strict=True)) for row in rows}


def test_the_form_knows_the_last_figure(plan: Plan) -> None:
    """Whoever fills it in sees the last figure, and its source is there already."""
    said = rows_of(plan, AS_OF)["offline-adults-share"]

    assert said["Last figure"].value == "12.7% [u] (2020)"
    assert said["Source"].value == "ons-internet-users"


def test_the_form_asks_for_the_figures_that_are_due(plan: Plan) -> None:
    """The period is the first that has ended without a figure, as `diplan due` has it, or none."""
    as_of = period("2018-06")
    owed = {
        item.id: item.periods[0].text
        for item in due(plan, as_of)
        if item.kind is OwedKind.FIGURE and item.overdue
    }
    rows = rows_of(plan, as_of)

    assert rows["offline-households"]["Period"].value == owed["offline-households"] == "2016"
    for name, row in rows.items():
        assert row["Period"].value == owed.get(str(name)), name


def test_the_same_data_gives_the_same_bytes(plan: Plan) -> None:
    """A form made twice is the same file."""
    assert form(assess(plan, AS_OF), "libraries") == form(assess(plan, AS_OF), "libraries")


def test_text_of_the_data_is_never_a_formula(plan: Plan) -> None:
    """A title that begins like a formula stays a text."""
    from dataclasses import replace

    first = replace(plan.indicators[0], title='=HYPERLINK("http://x")', lead=("libraries",))
    made = form(assess(replace(plan, indicators=(first,)), AS_OF), "libraries")
    cell = load_workbook(io.BytesIO(made))[FIGURES].cell(HEADER_ROW + 1, 2)
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x")')


# ---- what comes back


def test_a_figure_comes_back(plan: Plan) -> None:
    """A row with a figure is an entry; rows without one are passed over."""
    made = read_return(plan, [sheet([{"Id": "website-visits", "Period": "2016"}, ROW])], TODAY)
    [entry] = made.entries
    assert made.bad == []
    assert (entry.section, entry.id) == ("indicators", "offline-households")
    assert entry.values == {"period": "2017", "value": "13900", "source": "strategy-2016"}


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        (13900.0, {"value": "13900"}),
        (13900.5, {"value": "13900.5"}),
        ("13 900", {"value": "13900"}),
        ("12,300", {"value": "12300"}),
        ("c. 14,500", {"value": "14500", "approximate": "true"}),
        ("n/a", {"missing": "not-applicable"}),
        ("TBC", {"missing": "to-be-confirmed"}),
        ("not available", {"missing": "not-available"}),
        ("over 7,000", {"low": "7000"}),
    ],
    ids=str,
)
def test_figures_are_understood(typed: Any, keys: dict[str, str], plan: Plan) -> None:
    """Numbers, and what people type in their place, mean what they say."""
    made = read_return(plan, [sheet([{**ROW, "Figure": typed}])], TODAY)
    assert made.bad == []
    [entry] = made.entries
    assert {key: entry.values[key] for key in keys} == keys


@pytest.mark.parametrize(
    ("row", "where", "message", "hint"),
    [
        ({"Figure": "lots"}, "F5", '"lots" is not a figure', "1300"),
        ({"Figure": SheetCell(5, 6, "=A1*2", formula=True)}, "F5", "this is a formula", "type the"),
        ({"Figure": SheetCell(5, 6, "5", merged=True)}, "F5", "merged", "take the merging back"),
        ({"Period": 43190.0}, "E5", "how spreadsheets count days", "2018-03-31"),
        ({"Period": "spring 2018"}, "E5", "is not a period", "2018"),
        ({"Period": "2017-19"}, "E5", '"2017-19" has no month 19', "01 to 12"),
        ({"Id": "offline-househols"}, "A5", "unknown indicator", '"offline-households"?'),
        ({"Mark": "guessed"}, "G5", '"guessed" is not a mark', "estimated"),
        ({"Source": "strategy-2061"}, "H5", "unknown source", 'did you mean "strategy-2016"?'),
        ({"Figure": "139000"}, "F5", "far worse", "--yes"),
        ({"Id": "offline-adults-share", "Period": "2020", "Figure": "13"}, "F5",
         "another figure for 2020", "diplan revise"),
        ({"Id": "offline-adults-share", "Period": "2021", "Figure": 0.12}, "F5",
         "was 12 meant", "--yes"),
        ({"Id": "offline-adults-share", "Period": "2021", "Figure": "red \x1b[31m"}, "F5",
         "is not a figure", "1300"),
        ({"Figure": "9" * 31}, "F5", "is not a figure", "1300"),
        ({"Id": "offline-adults-share", "Period": "2021", "Figure": "101"}, "F5",
         "101 per cent is not between 0 and 100", "correct"),
        ({"Note": "x" * 20_001}, "I5", "longer than 20,000 characters", "shorten"),
        ({"Id": ""}, "A5", "does not say which indicator", "write its id"),
    ],
    ids=str,
)  # fmt: skip
def test_bad_cells_are_named(
    row: dict[str, Any], where: str, message: str, hint: str, plan: Plan
) -> None:
    """A cell that cannot be taken over is named with sheet, cell and column, and a remedy."""
    good = {**ROW, "Id": "website-visits", "Figure": "1,100,000"}
    made = read_return(plan, [sheet([{**ROW, **row}, good])], TODAY)
    [bad] = made.bad

    assert bad.place.startswith(f'sheet "{FIGURES}", cell {where} ("')
    assert message in bad.message
    assert hint in bad.hint
    assert "\x1b" not in listing("back.xlsx", made.bad)
    assert [one.id for one in made.entries] == ["website-visits"]  # one bad row loses no other


def test_a_date_cell_is_a_day(plan: Plan) -> None:
    """A period that a spreadsheet made a date of is that day."""
    made = read_return(plan, [sheet([{**ROW, "Period": date(2018, 3, 31)}])], TODAY)
    assert [str(one.when) for one in made.entries] == ["2018-03-31"]


def test_what_is_known_is_no_change(plan: Plan) -> None:
    """A figure that the plan has already is neither new nor bad."""
    row = {"Id": "offline-adults-share", "Period": 2020.0, "Figure": 12.7}
    made = read_return(plan, [sheet([row])], TODAY)
    assert (made.entries, made.bad, made.known) == ([], [], 1)


def test_renamed_headers_are_named(plan: Plan) -> None:
    """A header that was renamed is told with what it was, and nothing is guessed."""
    given = sheet([ROW])
    at = column(FIGURE_FIELDS, "Figure")
    given.rows[HEADER_ROW][at] = SheetCell(HEADER_ROW, at, "Figures")
    made = read_return(plan, [given], TODAY)

    assert made.entries == []
    assert [(cell_name(cell.row, cell.column), cell.hint) for cell in made.bad] == [
        ("F4", 'did it say "Figure"?'),
        ("A4", 'name it "Figure" again'),
    ]


def test_two_figures_for_one_period(plan: Plan) -> None:
    """Of two rows for the same indicator and period the second is refused."""
    made = read_return(plan, [sheet([ROW, {**ROW, "Figure": "13,800"}])], TODAY)
    assert len(made.entries) == 1
    assert "a figure for 2017 in an earlier row" in made.bad[0].message


@pytest.mark.parametrize(
    ("row", "where", "message"),
    [
        ({"Grade": "On-Trak"}, "F5", "unknown grade"),
        ({"Grade": None, "Evidence": "It went well"}, "F5", "no grade"),
        ({"Date": "soon"}, "E5", "not a period"),
        ({"Id": "website"}, "A5", "unknown action"),
    ],
    ids=str,
)
def test_updates_come_back(row: dict[str, Any], where: str, message: str, plan: Plan) -> None:
    """A grade and its evidence are an entry, or a bad cell by its name."""
    good = {"Id": "website-redesign", "Date": "2017-03", "Grade": "slipped", "Evidence": "Late"}
    rows = [{key: value for key, value in {**good, **row}.items() if value}, good]
    made = read_return(plan, [sheet(rows, UPDATE_FIELDS, UPDATES)], TODAY)
    [bad] = made.bad
    [entry] = made.entries

    assert cell_name(bad.row, bad.column) == where
    assert message in bad.message
    assert entry.values == {"date": "2017-03", "grade": "Slipped", "evidence": "Late"}


def test_no_form_at_all(plan: Plan) -> None:
    """A workbook that is no return says which header one has."""
    made = read_return(plan, [Sheet("Budget", {1: {1: SheetCell(1, 1, "Cost")}})], TODAY)
    assert "no sheet has the header" in made.bad[0].message


# ---- files that mean harm


def workbook(tmp_path: Path, build: Callable[[Any], None]) -> Path:
    """A workbook built by hand."""
    path = tmp_path / "return.xlsx"
    book = xlsxwriter.Workbook(str(path))
    build(book)
    book.close()
    return path


def test_formulas_are_seen_and_not_worked_out(tmp_path: Path) -> None:
    """A cell with a formula is marked as one, whatever result is stored with it."""

    def build(book: Any) -> None:
        book.add_worksheet("Figures").write_formula(0, 0, "=1+1", None, 42)

    [found] = read_sheets(workbook(tmp_path, build))
    assert found.rows[1][1].formula


def test_merged_cells_are_seen(tmp_path: Path) -> None:
    """A cell that is merged with others is marked."""

    def build(book: Any) -> None:
        book.add_worksheet("Figures").merge_range(1, 1, 2, 3, "12")

    [found] = read_sheets(workbook(tmp_path, build))
    assert found.rows[2][2].merged


def rewritten(source: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy of a workbook with one of its parts changed."""
    path = source.with_name("changed.xlsx")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for one in old.infolist():
            data = old.read(one)
            new.writestr(one, change(data) if one.filename == name else data)
    return path


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_entities_are_refused(part: str, tmp_path: Path) -> None:
    """XML that declares entities of its own is not expanded."""

    def build(book: Any) -> None:
        book.add_worksheet("Figures").write_string(0, 0, "Id")

    made = rewritten(
        workbook(tmp_path, build), part, lambda data: data.replace(b"?>", b"?>" + ENTITIES, 1)
    )
    with pytest.raises(SheetError):
        read_sheets(made)


def test_links_to_elsewhere_are_not_followed(tmp_path: Path) -> None:
    """A formula that reads another workbook is a formula like any other."""

    def build(book: Any) -> None:
        own = book.add_worksheet("Figures")
        own.write_formula(0, 0, "='[//example.test/share/other.xlsx]Sheet1'!A1")

    [found] = read_sheets(workbook(tmp_path, build))
    assert found.rows[1][1].formula


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.xlsx", b""),
        ("text.xlsx", b"Id,Figure\n"),
        ("half.xlsx", b"PK\x03\x04half"),
        ("other.docx", b"PK"),
        ("old.xls", b"\xd0\xcf\x11\xe0"),
        ("none.ods", b"PK\x05\x06" + b"\0" * 18),
        ("bytes.csv", b"\xff\xfe\x00I"),
        ("quotes.csv", b'Id,"Period\n'),
    ],
)
def test_what_is_no_sheet_is_refused(name: str, data: bytes, tmp_path: Path) -> None:
    """A file of another kind, or half of one, is refused with a hint."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SheetError) as caught:
        read_sheets(tmp_path / name)
    assert name in str(caught.value)
    assert caught.value.hint


def ods(tmp_path: Path, rows: str) -> Path:
    """An OpenDocument sheet with these rows."""
    path = tmp_path / "return.ods"
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    text = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Figures">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", text)
    return path


TIMES = 'table:number-columns-repeated="99999"'


def test_ten_million_rows_are_no_trouble(tmp_path: Path) -> None:
    """Empty rows by the million are passed over; a filled one that repeats so often is refused."""
    times = 'table:number-rows-repeated="10000000"'
    cell = '<table:table-cell office:value-type="float" office:value="5"/>'
    [found] = read_sheets(
        ods(tmp_path, f"<table:table-row {times}><table:table-cell/></table:table-row>")
    )
    assert found.rows == {}
    full = f"<table:table-row {times}>{cell}</table:table-row>"
    with pytest.raises(SheetError, match="as far as"):
        read_sheets(ods(tmp_path, full))
    wide = cell.replace("office:value-type", f"{TIMES} office:value-type")
    with pytest.raises(SheetError, match="as far as"):
        read_sheets(ods(tmp_path, f"<table:table-row>{wide}</table:table-row>"))


def test_a_formula_of_an_opendocument_sheet(tmp_path: Path) -> None:
    """A formula is seen in this form as well."""
    cell = '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'
    [found] = read_sheets(ods(tmp_path, f"<table:table-row>{cell}</table:table-row>"))
    assert found.rows[1][1].formula


# ---- the commands


def test_a_return_filled_in_with_libreoffice(home: Path, diplan: Diplan) -> None:
    """Made, opened in LibreOffice, typed into, saved as both kinds: both read back, and save."""
    made = diplan("returns", "make", "--lead", "policy-performance", "--as-of", "2017-03", cwd=home)
    source = home / "policy-performance.xlsx"
    rows = {
        row[0].value: row[0].row
        for row in load_workbook(source)[FIGURES].iter_rows(min_row=HEADER_ROW + 1)
        if row[0].value
    }
    typed: list[tuple[str, str, str | float]] = [
        (FIGURES, f"E{rows['offline-households']}", "2017"),
        (FIGURES, f"F{rows['offline-households']}", "13,900"),
        (FIGURES, f"H{rows['offline-households']}", "strategy-2016"),
        (FIGURES, f"E{rows['offline-adults-share']}", "2021"),
        (FIGURES, f"F{rows['offline-adults-share']}", 11.9),
    ]
    back = [home / "back.xlsx", home / "back.ods"]
    fill(source, typed, *back)
    first = diplan("returns", "read", "back.ods", "--dry-run", cwd=home)
    second = diplan("returns", "read", "back.xlsx", cwd=home)
    again = diplan("returns", "read", "back.ods", cwd=home)
    found = load(Workspace(home)).plan

    assert made.code == 0
    assert "wrote policy-performance.xlsx: " in made.err
    assert (first.code, second.code, again.code) == (0, 0, 0), first.out + second.out
    assert "+      - {period: 2017, value: 13900, source: strategy-2016}" in first.out
    assert "2 rows in the plan already" in again.err
    assert found
    assert str(found.indicator["offline-adults-share"].observations[-1].value) == "11.9"


def test_bad_cells_hold_back_the_rest_unless_told(home: Path, diplan: Diplan) -> None:
    """With a bad cell nothing is saved; --yes saves the good rows, and the exit code stays 1."""
    (home / "back.csv").write_text(
        "Id,Indicator,Period,Figure,Source\n"
        'offline-households,,2017,"13,900",strategy-2016\n'
        "website-visits,,2017,many,strategy-2016\n"
    )
    held = diplan("returns", "read", "back.csv", cwd=home)
    before = (home / "data" / "indicators.yaml").read_bytes()
    told = diplan("returns", "read", "back.csv", "--yes", cwd=home)
    after = (home / "data" / "indicators.yaml").read_bytes()

    assert held.code == told.code == 1
    assert 'back.csv: cell D3 ("Figure"): "many" is not a figure' in held.out
    assert "nothing was saved: 1 cell to put right" in held.err
    assert before == (ROOT / "data" / "indicators.yaml").read_bytes()
    assert b"value: 13900" in after


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (("make", "--lead", "librarys"), "librarys"),
        (("make", "--lead", "libraries", "-o", "form.ods"), "not an xlsx file"),
        (("make", "--lead", "libraries", "-o", "data/form.xlsx"), "the plan's own data"),
        (("read", "nowhere.xlsx"), "nowhere.xlsx"),
        (("read", "data/plan.yaml"), "not an xlsx, ods or csv"),
    ],
    ids=str,
)
def test_wrong_usage_is_explained(
    call: tuple[str, ...], message: str, home: Path, diplan: Diplan
) -> None:
    """What cannot be made or read is said, with a hint."""
    said = diplan("returns", *call, cwd=home)
    assert said.code == 2
    assert message in said.err
    assert "\n  = " in said.err


@pytest.mark.parametrize(
    ("when", "counts"), [("2026-10", True), ("2026-11", False), ("2031", False)]
)
def test_what_does_not_count_yet_is_refused(when: str, counts: bool, plan: Plan) -> None:
    """A period that has not ended is a bad cell, of figures and of updates alike."""
    grade = {"Id": "website-redesign", "Action": "x", "Due": "x", "Date": when, "Grade": "Slipped"}
    made = read_return(
        plan,
        [sheet([{**ROW, "Period": when}]), sheet([grade], UPDATE_FIELDS, UPDATES)],
        TODAY,
    )
    assert [cell.message for cell in made.bad] == (
        []
        if counts
        else [f"{in_words(period(when))} has not ended, so this would not count yet"] * 2
    )
    assert len(made.entries) == (2 if counts else 0)


def test_a_workbook_for_each_service(tmp_path: Path, diplan: Diplan) -> None:
    """One for each that leads something; one that comes back empty is said to be."""
    said = diplan("returns", "make", "--all", "--as-of", "2017-03", "-o", str(tmp_path / "out"))
    files = sorted((tmp_path / "out").iterdir())
    assert said.code == 0, said.err
    assert f"{len(files)} workbooks for" in said.err
    assert len(files) > 5
    back = diplan("returns", "read", *map(str, files), "--dry-run")
    assert back.code == 0
    assert back.err.count("nothing was filled in") == len(files)
    assert diplan("returns", "make").code == 2
