"""A first plan and its first year at a real terminal: every answer a title or plain words."""

import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from conftest import Diplan
from diplan.files.load import load
from diplan.files.workspace import Workspace

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

import pexpect

INDICATORS = (
    ("Homes without broadband", "homes", "Library", "halve", "2024", ("2,400", "2020", "homes")),
    ("Adults offline", "per cent", "Library", "reduce", "2024", ("18.2", "2020", "homes")),
    ("People who took a course", "people", "Adult", "at least", "2024", ("n/a",)),
    ("Computers in libraries", "computers", "Library", "at least", "2024", ("40", "2020", "homes")),
    ("Claims made online", "per cent", "Adult", "at least", "2024", ("n/a",)),
    ("Calls to the contact centre", "calls", "Library", "reduce", "2024",
     ("90,000", "2020", "homes")),
)  # fmt: skip
LEVELS = {"People who took a course": "600", "Computers in libraries": "80",
          "Claims made online": "85"}  # fmt: skip
ACTIONS = (
    "Lend tablets", "Open a computer room", "Train ten volunteers", "Run a help line",
    "Teach online safety", "Publish a directory", "Visit sheltered homes", "Lend data SIMs",
    "Test the website with residents", "Hold a digital day",
)  # fmt: skip
YEAR = "2020/21"
SOURCE = "survey-of-homes"
FIGURES = {
    "Adults offline": 16.5, "People who took a course": 130, "Computers in libraries": 52,
    "Claims made online": 71, "Calls to the contact centre": "c. 84,000",
}  # fmt: skip


class Officer:
    """Somebody at a terminal, who answers what is asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def does(self, command: str, *answers: tuple[str, str]) -> str:
        """Run a command, and answer each question that has these words; what it printed."""
        terminal: Any = pexpect.spawn(
            sys.executable, ["-m", "diplan", *command.split()], cwd=str(self.folder),
            encoding="utf-8", timeout=30, dimensions=(50, 120), echo=False,
        )  # fmt: skip
        terminal.delaybeforesend = terminal.delayafterread = None
        terminal.delayafterclose = terminal.ptyproc.delayafterclose = 0
        printed: str = ""
        for question, answer in answers:
            terminal.expect_exact(question)
            printed += terminal.before + terminal.after
            terminal.sendline(answer)
        terminal.expect(pexpect.EOF)
        printed += terminal.before
        terminal.close()
        assert terminal.exitstatus == 0, printed
        return printed


def test_a_first_year_at_a_terminal(tmp_path: Path, diplan: Diplan) -> None:
    """Six indicators, ten actions, a year of figures, a return, a revision and a paper."""
    officer = Officer(tmp_path)
    begin(officer)
    officer.folder = home = tmp_path / "plan"
    for indicator in INDICATORS:
        add_indicator(officer, *indicator)
    for action in ACTIONS:
        officer.does(
            "add action",
            ("What is promised?", action), ("Under which heading", "skills"),
            ("Who leads it?", "adult"), ("Anybody else?", ""), ("By when?", YEAR), ("Save it?", ""),
        )  # fmt: skip
    officer.does(
        "record",
        ("Which indicator", "without broadband"), ("For which period?", "2021"),
        ("What is the figure?", "2,000"), ("Where is it from?", "survey of homes"),
        ("Save it?", ""),
    )  # fmt: skip
    officer.does(
        "update",
        ("Which action", "tablets"), ("How does it stand?", "2"),
        ("How can you tell?", "Ten so far"), ("Save it?", ""),
    )  # fmt: skip
    returned(officer)
    officer.does(
        "revise",
        ("What is to be changed?", "without broadband"), ("What changes?", "date"),
        ("from now on?", "2025"), ("Anything else?", ""),
        ("Why are you changing it?", "Agreed in May"), ("Save it?", ""),
    )  # fmt: skip
    officer.does(f"report action-plan --year {YEAR} -o plan.md")

    plan = load(Workspace(home)).plan
    assert plan
    assert (len(plan.indicators), len(plan.actions)) == (6, 10)
    assert all(indicator.observations for indicator in plan.indicators)
    assert all(action.updates for action in plan.actions)
    assert [entry.why for entry in plan.indicators[0].revisions] == ["Agreed in May"]
    assert diplan("check", cwd=home).code == 0
    assert (home / "plan.md").read_text("utf-8").startswith("# ")


def begin(officer: Officer) -> None:
    """A new plan with its headings, services and one source."""
    officer.does(
        "init plan",
        ("Whose plan is it?", "Our Council"), ("What is the plan called?", ""),
        ("When does it begin?", "2020-04"), ("When does it end?", "2024-03"),
        ("A heading of the plan", "Get online"), ("A heading of the plan", "Learn skills"),
        ("A heading of the plan", ""), ("A service that takes part", "Library service"),
        ("A service that takes part", "Adult learning"), ("A service that takes part", ""),
        ("Which grades", ""),
    )  # fmt: skip
    officer.folder /= "plan"
    officer.does(
        "add source",
        ("called?", "Survey of homes"), ("Who published it?", "Our council"),
        ("When was it published?", "2020"), ("Where can it be read?", ""), ("Save it?", ""),
    )  # fmt: skip


def add_indicator(
    officer: Officer, title: str, unit: str, lead: str, kind: str, due: str, start: tuple[str, ...]
) -> None:
    """An indicator with what its target needs."""
    begun = [("What is the figure to start from?", start[0])]
    if len(start) > 1:
        begun += [("For which period", start[1]), ("Where is it from?", start[2])]
    level = [("How much is to be reached?", LEVELS[title])] if title in LEVELS else []
    officer.does(
        "add indicator",
        ("What is measured?", title), ("Under which heading", "online"), ("In what unit?", unit),
        ("Who answers for the figure?", lead), ("Anybody else?", ""),
        ("What does the plan promise?", kind), *level, ("By when?", due), *begun, ("Save it?", ""),
    )  # fmt: skip


def returned(officer: Officer) -> None:
    """Each service fills in its workbook and sends it back: a year of figures and grades."""
    officer.does("returns make --all --as-of 2021 -o returns")
    for path in sorted((officer.folder / "returns").glob("*.xlsx")):
        book: Any = load_workbook(path)
        for row in book["Figures"].iter_rows():
            if figure := FIGURES.get(row[1].value):
                row[4].value, row[5].value, row[7].value = "2021", figure, SOURCE
        for row in book["Updates"].iter_rows():
            if row[1].value in ACTIONS and row[3].value == "none yet":
                row[4].value, row[5].value, row[6].value = "2021-03-31", "On-Track", "It began"
        book.save(path)
        officer.does(f"returns read returns/{path.name}")
