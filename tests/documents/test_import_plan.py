"""`diplan import plan`: what tables are taken for, the account, the mapping and the questions."""

from pathlib import Path

import pytest
import xlsxwriter
from laid_out import Laid, Tabled, docx, html, markdown, xlsx
from plans import fresh, held

from conftest import Clock, Diplan, Said


@pytest.fixture
def home(tmp_path: Path, clock: Clock) -> Path:
    """A plan with nothing in it, on a day of 2016."""
    clock("2016-06-15")
    return fresh(tmp_path / "home")


def rows(*lines: str) -> list[list[Laid]]:
    """Rows whose cells stand between bars."""
    return [[Laid(text.strip()) for text in line.split("|")] for line in lines]


def imported(home: Path, text: str, diplan: Diplan, *options: str) -> Said:
    """What comes of importing a Markdown text with `--yes`."""
    (home / "plan.md").write_text(text, encoding="utf-8")
    return diplan("import", "plan", "plan.md", "--yes", *options, cwd=home)


HEADINGS = """\
| Theme | Action | Lead officer | Deadline | BRAG | Dependencies |
|---|---|---|---|---|---|
| Skills | Train champions | Libraries / ICT | Q2 2016 | G | the budget |
| | Lend tablets | | | purple | |
"""


def test_the_account_names_each_cell_that_was_not_taken_as_it_stands(
    home: Path, diplan: Diplan
) -> None:
    """With its column, its text, its row, and what became of it."""
    said = imported(home, HEADINGS, diplan)

    assert said.code == 0
    assert (
        said.err
        == """\
plan.md: 1 table
  table 1, 2 rows: actions
    Theme: heading of the plan
    Action: title
    Lead officer: who leads
    Deadline: by when
    BRAG: how it stands
    Dependencies: kept as a note
  grades without a date are dated 2016-06-15 (today)
the column "Lead officer" may name people: a plan names services and roles, so look at `services:`
the plan's scale of grades becomes: Fully Achieved (done), Green (on-course)
empty cells, read as the ones above them:
  Theme (table 1, row 3)
two readings: 2016-Q2 or 2016/17-Q2; kept as `timescale`:
  Deadline: "Q2 2016" (table 1, row 2)
no date, so it is to be confirmed:
  "Lend tablets" (table 1, row 3)
no lead, so it has the placeholder service:
  "Lend tablets" (table 1, row 3)
not a status whose meaning is known, kept as a note:
  BRAG: "purple" (table 1, row 3)
2 rows read; new: 2 actions, 1 heading, 3 services, 1 source
wrote data/plan.yaml, data/actions.yaml
saved the mapping as imports/plan.yaml
"""
    )
    actions = held(home, "actions")
    assert actions["Train champions"]["timescale"] == "Q2 2016"
    assert actions["Train champions"]["note"] == "Dependencies: the budget"
    assert actions["Lend tablets"]["due"] == "to-be-confirmed"
    assert actions["Lend tablets"]["note"] == "BRAG: purple"
    assert diplan("check", cwd=home).code == 0


def test_dry_run_writes_nothing(home: Path, diplan: Diplan) -> None:
    """It shows the account and what would change."""
    (home / "plan.md").write_text(HEADINGS, encoding="utf-8")
    before = sorted(path.read_bytes() for path in home.rglob("*.*") if path.is_file())

    said = diplan("import", "plan", "plan.md", "--dry-run", cwd=home)

    assert "+  - id: train-champions" in said.out
    assert said.err.endswith("would write data/plan.yaml, data/actions.yaml\n")
    assert sorted(path.read_bytes() for path in home.rglob("*.*") if path.is_file()) == before


def test_without_a_terminal_somebody_has_to_say_yes(home: Path, diplan: Diplan) -> None:
    """Nothing is accepted by nobody."""
    (home / "plan.md").write_text(HEADINGS, encoding="utf-8")

    said = diplan("import", "plan", "plan.md", cwd=home)

    assert (said.code, said.out) == (2, "")
    assert "--yes accepts the proposal, --dry-run shows what it would change" in said.err


def test_a_document_without_a_table_of_a_plan_is_refused(home: Path, diplan: Diplan) -> None:
    """It says what the table begins with, and which headings would be known."""
    said = imported(home, "| Amount | Purpose |\n|---|---|\n| $50 million | skills |\n", diplan)

    assert said.code == 2
    assert "none of these, left out (its first row: Amount | Purpose)" in said.err
    assert "no table is taken for actions, indicators or places" in said.err


def test_a_header_need_not_be_in_the_first_row(home: Path, diplan: Diplan) -> None:
    """What is above it is a heading, or is told to be left out."""
    lines = rows("Our plan||", "Updated May 2016||", "||", "Action|Lead|Due", "Lend|ICT|2017")
    xlsx(home / "plan.xlsx", [Tabled([], lines)])

    said = diplan("import", "plan", "plan.xlsx", "--yes", cwd=home)

    assert list(held(home, "priorities")) == ["Our plan"]
    assert 'above the header, left out:\n  "Updated May 2016" (sheet Sheet1, row 2)' in said.err
    assert held(home, "actions")["Lend"]["at"] == "sheet Sheet1, row 5"


def test_a_header_of_two_rows_is_one(home: Path, diplan: Diplan) -> None:
    """A heading above several columns stands before each of theirs."""
    table = [
        [Laid("Indicator", high=2), Laid("Actual", wide=2), Laid("Target 2020", high=2)],
        [Laid("2014/15"), Laid("2015/16")],
        *rows("Adults offline|5,000|4,000|2,000"),
    ]
    docx(home / "plan.docx", [Tabled([(1, "Measures")], table)])

    assert diplan("import", "plan", "plan.docx", "--yes", cwd=home).code == 0

    made = held(home, "indicators")["Adults offline"]
    assert [seen["period"] for seen in made["observations"]] == ["2014/15", "2015/16"]
    assert made["target"] == {"kind": "at-most", "value": "2000", "due": "2020"}
    assert list(held(home, "priorities")) == ["Measures"]


def test_a_merged_title_is_one_action_of_several_leads(home: Path, diplan: Diplan) -> None:
    """Rows that go on with an action add to it."""
    table = [
        *rows("Action|Led by|Timescale"),
        [Laid("Train staff", high=2), Laid("Libraries"), Laid("March 2017")],
        [Laid("Housing"), Laid("March 2017")],
    ]
    for write, name in ((docx, "a.docx"), (html, "a.html"), (xlsx, "a.xlsx"), (markdown, "a.md")):
        write(fresh(home) / name, [Tabled([(1, "Skills")], table)])

        assert diplan("import", "plan", name, "--yes", cwd=home).code == 0

        (action,) = held(home, "actions").values()
        assert (action["lead"], action["due"]) == (["libraries", "housing"], "2017-03")


def test_a_heading_comes_from_a_column_a_row_or_above(home: Path, diplan: Diplan) -> None:
    """The nearest of them; without any it is the document's title."""
    lines = rows("Action|Lead|Due", "Access||", "Lend|ICT|2017", "Map|ICT|2017")
    tables = [
        Tabled([(1, "Skills")], rows("Action|Lead|Due", "Train|ICT|2017")),
        Tabled([(1, "Overall")], lines),
    ]
    docx(home / "plan.docx", tables)
    markdown(home / "bare.md", [Tabled([], rows("Action|Lead|Due", "Count|ICT|2017"))])

    diplan("import", "plan", "plan.docx", "--yes", cwd=home)
    diplan("import", "plan", "bare.md", "--yes", cwd=home)

    titles = {name["id"]: title for title, name in held(home, "priorities").items()}
    under = {title: titles[action["priority"]] for title, action in held(home, "actions").items()}
    assert under == {"Train": "Skills", "Lend": "Access", "Map": "Access", "Count": "Bare"}


def test_a_heading_in_a_frame_is_a_heading(home: Path, diplan: Diplan) -> None:
    """A table with one text in it heads the next one."""
    tables = [
        Tabled([(1, "Plan")], [[Laid("Priority 1: Skills", wide=3)]]),
        Tabled([], rows("Action|Lead|Due", "Lend|ICT|2017")),
    ]
    for write, name in ((docx, "a.docx"), (html, "a.html")):
        write(fresh(home) / name, tables)

        assert diplan("import", "plan", name, "--yes", cwd=home).code == 0

        assert list(held(home, "priorities")) == ["Skills"]
        assert held(home, "actions")["Lend"]["at"] == "table 1, row 2"


def test_sheets_hold_tables_below_each_other_formulas_and_formats(
    home: Path, diplan: Diplan
) -> None:
    """A month is a month, a percentage is one, and the saved result of a formula is taken."""
    book = xlsxwriter.Workbook(str(home / "plan.xlsx"))
    month, share = book.add_format({"num_format": "mmm-yy"}), book.add_format({"num_format": "0%"})
    sheet = book.add_worksheet("Plan")
    sheet.write_row(0, 0, ["Action", "Lead", "Due"])
    sheet.write_row(1, 0, ["Lend", "ICT"])
    sheet.write_number(1, 2, 42795, month)
    sheet.write_row(4, 0, ["Indicator", "2015", "Target 2018"])
    sheet.write(5, 0, "Homes with fibre")
    sheet.write_formula(5, 1, "=1/4", share, 0.25)
    sheet.write_number(5, 2, 0.5, share)
    book.close()

    said = diplan("import", "plan", "plan.xlsx", "--yes", cwd=home)

    assert held(home, "actions")["Lend"]["due"] == "2017-03"
    made = held(home, "indicators")["Homes with fibre"]
    assert (made["unit"], made["observations"][0]["value"]) == ("per cent", "25")
    assert made["target"] == {"kind": "at-least", "value": "50", "due": "2018"}
    assert "1 of its cells hold formulas; what was saved as their results was taken" in said.err


def test_days_beyond_the_calendar_are_no_dates(home: Path, diplan: Diplan) -> None:
    """A 0 that is shown as a date, or a file of the year 1, is read without one."""
    book = xlsxwriter.Workbook(str(home / "plan.xlsx"))
    sheet = book.add_worksheet("Plan")
    sheet.write_row(0, 0, ["Action", "Lead", "Due", "RAG"])
    for at, form in enumerate(("mmm-yy", "dd/mm/yyyy", "yyyy"), 1):
        sheet.write_row(at, 0, [f"Lend {at}", "ICT"])
        sheet.write_number(at, 2, 0 if at < 3 else 2_000_000, book.add_format({"num_format": form}))
    book.close()
    table = rows("Action|Lead|Due|RAG", "Map|ICT|2017|Green")
    docx(home / "plan.docx", [Tabled([], table)], modified="0001-01-01T00:00:00Z")

    for name in ("plan.xlsx", "plan.docx"):
        assert diplan("import", "plan", name, "--yes", cwd=home).code == 0

    actions = held(home, "actions")
    assert ["timescale" in actions[f"Lend {at}"] for at in (1, 2, 3)] == [True] * 3
    assert actions["Map"]["updates"][0]["date"] == "2016-06-15"


def test_numbers_beside_a_description_are_no_titles(home: Path, diplan: Diplan) -> None:
    """The description is the title, and a target that is a date is when it is due."""
    text = """\
| Milestone | Description | Responsible | Target | Progress |
|---|---|---|---|---|
| M1 | Procure Wi-Fi | ICT | June 2016 | On track |
| M2 | Join up the hubs | ICT | Sept 2016 | Waiting for funds |
"""
    assert imported(home, text, diplan, "--date", "2016-05").code == 0

    action = held(home, "actions")["Procure Wi-Fi"]
    assert (action["due"], action["updates"][0]["grade"]) == ("2016-06", "On-Track")
    assert action["at"] == "table 1, row 2, ref M1"


def test_a_first_column_without_a_heading_has_the_titles(home: Path, diplan: Diplan) -> None:
    """Where baselines, figures and targets stand beside it."""
    text = "| | Baseline (2014) | Target 2020 |\n|---|---|---|\n| Adults offline | 90 | 40 |\n"

    assert imported(home, text, diplan).code == 0

    (made,) = held(home, "indicators").values()
    assert made["title"] == "Adults offline"
    assert made["target"] == {"kind": "at-most", "value": "40", "due": "2020"}


def test_a_table_with_a_row_for_each_time_is_one_indicator(home: Path, diplan: Diplan) -> None:
    """Its rows are its figures."""
    text = "| KPI | Year | Value |\n|---|---|---|\n| Visits | 2014 | 10 |\n| Visits | 2015 | 12 |\n"

    assert imported(home, text, diplan).code == 0

    (made,) = held(home, "indicators").values()
    assert [seen["value"] for seen in made["observations"]] == ["10", "12"]
    assert (made["unit"], made["target"]) == ("number", {"kind": "none"})


def test_places_come_in_with_what_they_offer(home: Path, diplan: Diplan) -> None:
    """Postcodes, hours and answers in their form; what is none of them is a note."""
    text = """\
| Venue | Postcode | PCs | Wi-Fi | Opening hours |
|---|---|---|---|---|
| Central Library | st4 1hh | 12 | Yes | Mon-Fri 9am-5pm |
| Town Hall | ? | some | free | by appointment |
"""
    said = imported(home, text, diplan)

    table = (home / "data" / "venues.csv").read_text(encoding="utf-8").splitlines()
    assert "central-library,Central Library,library," in table[1]
    assert "ST4 1HH" in table[1]
    assert "Mo-Fr 09:00-17:00" in table[1]
    assert "PCs: some; Postcode: ?; Opening hours: by appointment" in table[2]
    assert 'not a whole number, kept as a note:\n  PCs: "some" (table 1, row 3)' in said.err
    assert diplan("check", cwd=home).code == 0


def test_a_mapping_is_saved_and_used_again(home: Path, diplan: Diplan) -> None:
    """It can be changed by hand, and says what a table is that nobody would have known."""
    text = "| Thing | Body | End |\n|---|---|---|\n| Lend | ICT | 2017 |\n"
    (home / "plan.md").write_text(text + "\n" + HEADINGS, encoding="utf-8")
    assert diplan("import", "plan", "plan.md", "--yes", cwd=home).code == 0
    path = home / "imports" / "plan.yaml"
    saved = path.read_text(encoding="utf-8")
    assert "kind: none" in saved
    for old, new in (
        ("kind: none", "kind: actions"),
        ("heading: Thing, holds: a note", "heading: Thing, holds: title"),
        ("heading: Body, holds: a note", "heading: Body, holds: lead"),
        ("heading: End, holds: a note", "heading: End, holds: due"),
        ("heading: Dependencies, holds: a note", "heading: Dependencies, holds: risks"),
    ):
        assert old in saved
        saved = saved.replace(old, new)
    path.write_text(saved, encoding="utf-8")

    said = diplan(
        "import", "plan", "plan.md", "--mapping", "imports/plan.yaml", "--yes", cwd=home
    )  # fmt: skip

    assert said.code == 0
    actions = held(home, "actions")
    assert (actions["Lend"]["lead"], actions["Lend"]["due"]) == (["ict"], "2017")
    assert actions["Train champions"]["risks"] == ["the budget"]
    assert path.read_text(encoding="utf-8") == saved


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "this is not a mapping"),
        ("tables: 1\n", "this is not a mapping: it has no `tables:`"),
        ("tables: [{kind: things, columns: []}]\n", 'a table of the mapping is "things"'),
        ("tables: [{kind: actions, columns: [{heading: A, holds: led}]}]\n",
         'a column of actions cannot hold "led"'),
        ("tables: [{kind: actions, columns: [{heading: A}]}]\n", "lacks `heading:` or `holds:`"),
    ],
)  # fmt: skip
def test_a_mapping_that_is_none_is_named(
    text: str, message: str, home: Path, diplan: Diplan
) -> None:
    """With what is wrong, and no traceback."""
    (home / "m.yaml").write_text(text, encoding="utf-8")

    said = imported(home, HEADINGS, diplan, "--mapping", "m.yaml")

    assert said.code == 2
    assert message in said.err


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is somebody at a terminal, who can be asked."""
    monkeypatch.setattr("diplan.cli.import_plan.interactive", lambda: True)


@pytest.mark.usefixtures("somebody")
def test_at_a_terminal_columns_and_cells_are_asked_about(home: Path, diplan: Diplan) -> None:
    """A column is changed by its number, a wrong one is named, and two readings are a choice."""
    (home / "plan.md").write_text(HEADINGS, encoding="utf-8")
    answers = ["9", "6", "risks", "", "2", "y"]

    said = diplan("import", "plan", "plan.md", cwd=home, answers=answers)

    assert said.code == 0, said.err
    assert '"9" is not a column from 1 to 6, or t' in said.out
    assert 'table 1, row 2, Deadline: "Q2 2016" can be read as:' in said.out
    action = held(home, "actions")["Train champions"]
    assert (action["due"], action["risks"]) == ("2016/17-Q2", ["the budget"])


@pytest.mark.usefixtures("somebody")
def test_at_a_terminal_a_table_is_taken_for_something_else(home: Path, diplan: Diplan) -> None:
    """Also one that was none of these."""
    text = "| Thing | Lead | End |\n|---|---|---|\n| Lend | ICT | 2017 |\n"
    (home / "plan.md").write_text(text, encoding="utf-8")
    answers = ["actions", "", "1", "title", "", ""]

    said = diplan("import", "plan", "plan.md", cwd=home, answers=answers)

    assert said.code == 0, said.err
    assert "a column has to hold the title" in said.out
    assert held(home, "actions")["Lend"]["due"] == "2017"


@pytest.mark.usefixtures("somebody")
def test_what_is_changed_at_a_terminal_is_saved_in_the_mapping(home: Path, diplan: Diplan) -> None:
    """In the file that was named, or else in one named after the document."""
    (home / "plan.md").write_text(HEADINGS, encoding="utf-8")
    (home / "mine.yaml").write_text("tables: []\n", encoding="utf-8")
    answers = ["6", "risks", "", "", "y"]

    said = diplan("import", "plan", "plan.md", "--mapping", "mine.yaml", cwd=home, answers=answers)

    assert "saved the mapping as mine.yaml" in said.err
    assert "{heading: Dependencies, holds: risks}" in (home / "mine.yaml").read_text("utf-8")
    assert not (home / "imports").exists()


@pytest.mark.usefixtures("somebody")
def test_at_a_terminal_a_promise_moves_with_a_reason(home: Path, diplan: Diplan) -> None:
    """The reason is asked for once, and stands in the ledger."""
    imported(home, HEADINGS.replace("Q2 2016", "June 2016"), diplan)
    (home / "plan.md").write_text(HEADINGS.replace("Q2 2016", "July 2016"), encoding="utf-8")
    answers = ["", "Staff were ill", "y"]

    said = diplan("import", "plan", "plan.md", cwd=home, answers=answers)

    assert said.code == 0, said.err
    action = held(home, "actions")["Train champions"]
    assert action["due"] == "2016-07"
    (entry,) = action["revisions"]
    assert (entry["was"], entry["now"], entry["why"]) == ("2016-06", "2016-07", "Staff were ill")


def test_a_grade_is_dated_by_the_option_the_document_or_today(home: Path, diplan: Diplan) -> None:
    """In this order; a time in the column's heading goes before all of them."""
    lines = rows("Action|Lead|Due|RAG", "Lend|ICT|2017|Green")
    later = rows("Action|Lead|Due|RAG March 2016", "Lend|ICT|2017|Green")
    for table, options, when in (
        (lines, ("--date", "2016-05"), "2016-05"),
        (lines, (), "2016-04-02"),
        (later, ("--date", "2016-05"), "2016-03"),
    ):
        docx(fresh(home) / "plan.docx", [Tabled([], table)], modified="2016-04-02T10:00:00Z")

        diplan("import", "plan", "plan.docx", "--yes", *options, cwd=home)

        (update,) = held(home, "actions")["Lend"]["updates"]
        assert (update["date"], update["grade"]) == (when, "Green")


def test_each_column_of_grades_with_a_time_is_an_update(home: Path, diplan: Diplan) -> None:
    """In order of time, whatever the order of the columns."""
    text = """\
| Action | Lead | Due | RAG May 2016 | RAG April 2016 |
|---|---|---|---|---|
| Lend | ICT | 2017 | Green | Amber |
"""
    assert imported(home, text, diplan).code == 0

    updates = held(home, "actions")["Lend"]["updates"]
    assert [(update["date"], update["grade"]) for update in updates] == [
        ("2016-04", "Amber"), ("2016-05", "Green")
    ]  # fmt: skip


def test_a_column_of_dates_dates_the_grade_of_its_row(home: Path, diplan: Diplan) -> None:
    """Where it says when the row was last updated; a text there is evidence."""
    text = """\
| Action | Lead | Due | Status | Last updated |
|---|---|---|---|---|
| Lend | ICT | 2017 | Complete | 01/04/2016 |
| Map | ICT | 2017 | Complete | |
"""
    assert imported(home, text, diplan, "--date", "2016-06").code == 0
    dates = {title: action["updates"][0]["date"] for title, action in held(home, "actions").items()}
    assert dates == {"Lend": "2016-04-01", "Map": "2016-06"}

    words = text.replace("01/04/2016", "ten are lent").replace("Last updated", "Last update")
    assert imported(fresh(home), words, diplan).code == 0
    assert held(home, "actions")["Lend"]["updates"][0]["evidence"] == "ten are lent"


def test_several_documents_are_one_import(home: Path, diplan: Diplan) -> None:
    """What stands in two of them comes in once, and is told."""
    for name in ("a.md", "b.md"):
        markdown(home / name, [Tabled([(1, "Skills")], rows("Action|Lead|Due", "Lend|ICT|2017"))])

    said = diplan("import", "plan", "a.md", "b.md", "--yes", cwd=home)

    assert "in another document of this import too, left out here" in said.err
    assert len(held(home, "actions")) == 1


def test_a_plan_begins_with_a_document(tmp_path: Path, diplan: Diplan) -> None:
    """Headings and services are not asked about: the document has them."""
    (tmp_path / "plan.md").write_text(HEADINGS, encoding="utf-8")
    answers = ("Our Council", "", "2015-04", "2019-03", "")

    said = diplan("init", "new", "--document", "plan.md", cwd=tmp_path, answers=answers)

    assert said.code == 0, said.err
    assert "A heading of the plan" not in said.err
    assert "Train champions" in held(tmp_path / "new", "actions")
    assert diplan("check", cwd=tmp_path / "new").code == 0


def test_a_document_that_cannot_be_read_leaves_no_plan(tmp_path: Path, diplan: Diplan) -> None:
    """It is read before anything is written."""
    (tmp_path / "plan.docx").write_bytes(b"not a document")
    answers = ("Our Council", "", "", "", "")

    said = diplan("init", "new", "--document", "plan.docx", cwd=tmp_path, answers=answers)

    assert (said.code, (tmp_path / "new").exists()) == (2, False)


def test_a_start_and_an_end_under_one_heading_are_told_apart(home: Path, diplan: Diplan) -> None:
    """Two rows of headings, as in many action plans; a row that sums up is named and left out."""
    page = """<table>
    <tr><th rowspan=2>Action</th><th rowspan=2>Lead</th><th colspan=2>Timescales</th></tr>
    <tr><th>Start</th><th>End</th></tr>
    <tr><td>Lend</td><td>ICT</td><td>Apr 2016</td><td>Mar 2017</td></tr>
    <tr><td>Total</td><td>1 action</td><td></td><td></td></tr></table>"""
    (home / "plan.html").write_text(page, encoding="utf-8")

    said = diplan("import", "plan", "plan.html", "--yes", cwd=home)

    assert 'totals, left out:\n  "Total | 1 action" (table 1, row 4)' in said.err
    (action,) = held(home, "actions").values()
    assert (action["title"], action["start"], action["due"]) == ("Lend", "2016-04", "2017-03")


def test_mappings_get_names_that_any_system_takes(home: Path, diplan: Diplan) -> None:
    """Whatever the documents are called; two of one name are kept in one file."""
    for name, due in (("We, ird!.md", "Deadline"), ("we ird.md", "Due")):
        text = f"| Action | Lead | {due} |\n|---|---|---|\n| Lend for {due} | ICT | 2017 |\n"
        (home / name).write_text(text, encoding="utf-8")

    said = diplan("import", "plan", "We, ird!.md", "we ird.md", "--yes", cwd=home)

    assert said.code == 0, said.err
    (path,) = (home / "imports").iterdir()
    assert path.name == "we-ird.yaml"
    assert path.read_text("utf-8").count("kind: actions") == 2
