"""Returns and imports of a plan with derived figures, graded headings and figures to come."""

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from conftest import Diplan, plan_at
from diplan.exchange.return_form import FIGURES, GUIDANCE, HEADER_ROW, UPDATES, form
from diplan.ground.period import period
from diplan.judge import assess

FIGURE_HEADER = "Id,Indicator,Unit,Last figure,Period,Figure,Mark,Source,Note"
UPDATE_HEADER = "Id,Action,Due,Last grade,Date,Grade,Evidence"

TEXTS = {
    "plan": """\
plan:
  id: a-plan
  title: A plan
  from: 2016-04
  to: 2028-03
  scale: [{grade: Green, means: on-course}, {grade: Complete, means: done}]
priorities:
  - {id: skills, title: Skills, to: [board], updates: [{date: 2018-05-01, grade: Green}]}
  - {id: access, title: Access, to: [board]}
services: [{id: board, title: Board}]
sources: [{id: survey, title: Survey}]
""",
    "indicators": """\
indicators:
  - id: adults
    title: Adults
    priority: skills
    unit: adults
    lead: [board]
    target: {kind: at-least, value: 90, due: 2020}
    observations: [{period: 2018/19-Q1, value: 50, source: survey}]
  - id: older
    title: Older
    priority: skills
    unit: adults
    lead: [board]
    target: {kind: at-least, value: 90, due: 2020}
    observations: [{period: 2018/19-Q1, missing: to-be-confirmed}]
  - id: gap
    title: Gap
    priority: skills
    unit: adults
    lead: [board]
    derived: {kind: difference, of: [adults, older]}
    target: {kind: at-most, value: 5, due: 2020}
  - id: gone
    title: Gone
    priority: access
    unit: adults
    lead: [board]
    target: {kind: at-least, value: 90, due: 2020}
    ended: {date: 2017-03, why: withdrawn}
""",
    "actions": """\
actions:
  - {id: loans, title: Lend, priority: skills, due: 2027-03, lead: [board]}
""",
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A workspace with such a plan."""
    data = tmp_path / "home" / "data"
    data.mkdir(parents=True)
    for stem, text in TEXTS.items():
        (data / f"{stem}.yaml").write_text(text, encoding="utf-8")
    return data.parent


def rows(book: Any, sheet: str) -> list[list[str]]:
    """The filled cells of each row of a table."""
    told = ([cell.value for cell in row] for row in book[sheet].iter_rows(min_row=HEADER_ROW + 1))
    return [row for row in told if row[0]]


def test_the_form_asks_only_for_what_can_be_answered(home: Path) -> None:
    """No derived figure and no indicator that has ended; headings that are graded, with grades."""
    book = load_workbook(io.BytesIO(form(assess(plan_at(home), period("2019")), "board")))

    assert [row[0] for row in rows(book, FIGURES)] == ["adults", "older"]
    updates = rows(book, UPDATES)
    assert [row[0] for row in updates] == ["skills", "loans"]
    assert updates[0][3] == "Green (2018-05-01)"
    guidance = {row[0].value: row[1].value for row in book[GUIDANCE].iter_rows(min_row=3)}
    assert guidance["Grades"] == (
        "Green: it goes as promised, and is not done yet. Complete: it is done."
    )


def test_the_count_says_what_is_in_the_form(home: Path, diplan: Diplan) -> None:
    """Headings are counted where there are any."""
    said = diplan("returns", "make", "--lead", "board", "--as-of", "Q4 2018/19", cwd=home)
    assert said.err == "wrote board.xlsx: 2 indicators, 1 action and 1 heading\n"


def test_figures_and_updates_come_back(home: Path, diplan: Diplan) -> None:
    """Periods as people type them; a figure that was to be confirmed is filled in; headings."""
    (home / "figures.csv").write_text(
        f"{FIGURE_HEADER}\n"
        "adults,,,,July to September 2018,60,,survey,\n"
        "older,,,,2018-Q2,40,,survey,\n",
        encoding="utf-8",
    )
    (home / "updates.csv").write_text(
        f"{UPDATE_HEADER}\nskills,,,,1 June 2018,complete,All done\nloans,,,,June 2018,Green,\n",
        encoding="utf-8",
    )
    said = diplan("returns", "read", "figures.csv", "updates.csv", cwd=home)

    assert said.code == 0, said.out + said.err
    now = plan_at(home)
    adults, older = now.indicator["adults"].observations, now.indicator["older"].observations
    assert [str(seen.period) for seen in adults] == ["2018/19-Q1", "2018/19-Q2"]
    assert [(str(seen.value), seen.missing) for seen in older] == [("40", None)]
    assert [str(update.date) for update in now.priority["skills"].updates] == [
        "2018-05-01", "2018-06-01",
    ]  # fmt: skip
    assert str(now.action["loans"].updates[0].date) == "2018-06"


@pytest.mark.parametrize(
    ("row", "message", "hint"),
    [
        ("gap,,,,2018,5,,survey,", "worked out from adults and older", "record those"),
        ("adults,,,,2018-Q2,55,,survey,", "another figure for 2018-Q2: 50", "diplan revise"),
        ("adults,,,,Q1 2018/19,55,,survey,", "another figure for 2018/19-Q1", "diplan revise"),
    ],
)
def test_a_return_names_what_it_cannot_take(
    row: str, message: str, hint: str, home: Path, diplan: Diplan
) -> None:
    """A derived figure names its parts; a period is the same in each of its forms."""
    (home / "back.csv").write_text(f"{FIGURE_HEADER}\n{row}\n", encoding="utf-8")
    said = diplan("returns", "read", "back.csv", cwd=home)

    assert said.code == 1
    assert message in said.out
    assert hint in said.out


def test_an_update_of_a_heading_that_is_there(home: Path, diplan: Diplan) -> None:
    """It is refused; a heading has no ledger, so `set` corrects it."""
    (home / "back.csv").write_text(
        f"{UPDATE_HEADER}\nskills,,,,1 May 2018,Complete,\n", encoding="utf-8"
    )
    said = diplan("returns", "read", "back.csv", cwd=home)

    assert said.code == 1
    assert "`diplan set skills updates.2018-05-01.grade=...`" in said.out


def test_a_table_is_read_as_people_write_periods(home: Path, diplan: Diplan) -> None:
    """Each period is written in one form; a derived figure is refused with its parts."""
    (home / "table.csv").write_text(
        "id,when,how many\nadults,Q2 2018/19,60\nadults,Oct to Dec 2018,61\nolder,2018-Q2,40\n"
        "adults,2019/20,65\n",
        encoding="utf-8",
    )
    columns = ("--map", "indicator=id", "--map", "period=when", "--map", "value=how many")
    call = ("import", "csv", "table.csv", *columns, "--source", "survey")
    said = diplan(*call, cwd=home)
    (home / "table.csv").write_text("id,when,how many\ngap,2018,5\n", encoding="utf-8")
    refused = diplan(*call, cwd=home)

    assert said.code == 0, said.out + said.err
    observations = plan_at(home).indicator["adults"].observations
    assert [str(seen.period) for seen in observations] == [
        "2018/19-Q1", "2018/19-Q2", "2018/19-Q3", "2019/20",
    ]  # fmt: skip
    assert str(plan_at(home).indicator["older"].observations[0].value) == "40"
    assert refused.code == 1
    assert "worked out from adults and older" in refused.out
