"""Tables of other published plans, laid out again: what a person would make of them.

Facts only, in short, from Gloucestershire's monitoring framework (2026), the digital equity plan of
Everett, Chelsea and Revere (MAPC, 2022) and North Carolina's plan (2021).
"""

from pathlib import Path

import pytest
from laid_out import Laid, Tabled, docx, html
from plans import fresh, held

from conftest import Diplan


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A plan with nothing in it."""
    return fresh(tmp_path / "home")


def rows(*lines: tuple[str, ...]) -> list[list[Laid]]:
    """Rows of texts."""
    return [[Laid(text) for text in line] for line in lines]


KPI = ("Objective", "KPI", "Target", "Reporting Frequency")


def test_gloucestershire_has_targets_at_two_times(home: Path, diplan: Diplan) -> None:
    """The last is the target, the one before a milestone, and rising values say which side."""
    tables = [
        Tabled([(1, "Appendix A: Performance"), (2, "A. Digital Connectivity")], rows(
            KPI,
            ("Expand gigabit coverage", "% of premises with gigabit-capable broadband",
             "89% by May 2027 98% by April 2030", "Annual"),
            ("Expand 5G coverage", "% of the county with 5G coverage", "92% by 2027 97% by 2030",
             "Annual"),
        )),
        Tabled([(2, "B. Digital Inclusion")], rows(
            KPI,
            ("Reduce digital exclusion", "Residents completing digital skills training",
             "5,300 by April 2027 23,600 by April 2030", "Quarterly"),
        )),
    ]  # fmt: skip
    docx(home / "kpis.docx", tables)

    said = diplan("import", "plan", "kpis.docx", "--yes", cwd=home)

    known = held(home, "indicators")
    gigabit = known["% of premises with gigabit-capable broadband"]
    assert gigabit["target"]["value"] == "98"
    assert (gigabit["target"]["kind"], gigabit["target"]["due"]) == ("at-least", "2030-04")
    assert gigabit["milestones"] == [{"period": "2027-05", "value": "89"}]
    assert (gigabit["unit"], gigabit["frequency"]) == ("per cent", "yearly")
    assert known["Residents completing digital skills training"]["frequency"] == "quarterly"
    assert list(held(home, "priorities")) == ["Digital Connectivity", "Digital Inclusion"]
    assert "3 rows read; new: 3 indicators, 2 headings, 1 source" in said.err


def test_gloucestershire_had_a_table_with_metrics_beside_indicators(
    home: Path, diplan: Diplan
) -> None:
    """The indicators are the titles; the metrics are kept; an empty heading goes on."""
    table = rows(
        ("Strategy Priority", "Proposed Metrics", "Indicators", "Source"),
        ("Infrastructure growth", "Connectivity", "% of gigabit dwellings", "ThinkBroadband"),
        ("", "Innovation Grant", "No. of SMEs awarded the grant", "Application process"),
        ("Inclusion", "Targeted outreach", "Individuals gaining access", "surveys"),
    )
    html(home / "earlier.html", [Tabled([(1, "Framework")], table)])

    said = diplan("import", "plan", "earlier.html", "--yes", cwd=home)

    known = held(home, "indicators")
    assert list(known) == [
        "% of gigabit dwellings", "No. of SMEs awarded the grant", "Individuals gaining access"
    ]  # fmt: skip
    assert known["No. of SMEs awarded the grant"]["priority"] == "infrastructure-growth"
    assert "Proposed Metrics: Innovation Grant" in known["No. of SMEs awarded the grant"]["note"]
    assert {entry["target"]["kind"] for entry in known.values()} == {"none"}
    assert "Strategy Priority (table 1, row 3)" in said.err


def test_mapc_has_statuses_of_its_own_and_times_in_words(home: Path, diplan: Diplan) -> None:
    """Words join the scale, 'Immediate / Underway' is none, and no time is made of words."""
    head = ("Recommendation", "Timeframe", "Status", "Type", "Actor", "Steps")
    table = rows(
        head,
        ("Join the bridge programme", "Immediate (Fall 2021 – Winter 2022)", "Completed",
         "Connection", "School District", "Complete data exchanges\nUse the data"),
        ("Apply for funding", "Immediate", "Underway", "Connection", "Municipal Staff, MAPC",
         "Identify needs"),
        ("Establish Wi-Fi", "Intermediate (Summer 2021 – 2024)", "Immediate / Underway",
         "Connection", "Housing Authority, Municipal Staff", "Identify needs"),
        ("Hire an officer", "Long term", "Potential", "Connection", "Municipal Staff",
         "Pull positions"),
    )  # fmt: skip
    docx(home / "mapc.docx", [Tabled([(2, "Immediate")], table)])

    said = diplan("import", "plan", "mapc.docx", "--yes", "--date", "2022-06", cwd=home)

    known = held(home, "actions")
    assert len(known) == 4
    first = known["Join the bridge programme"]
    assert first["timescale"] == "Immediate (Fall 2021 – Winter 2022)"
    assert first["next_steps"] == ["Complete data exchanges", "Use the data"]
    assert first["updates"][0]["grade"] == "Completed"
    assert "updates" not in known["Establish Wi-Fi"]
    assert "Status: Immediate / Underway" in known["Establish Wi-Fi"]["note"]
    assert "Completed (done), Underway (on-course), Potential (proposed)" in said.err
    assert 'Status: "Immediate / Underway" (table 1, row 4)' in said.err


def test_north_carolina_has_a_table_of_money_and_no_plan(home: Path, diplan: Diplan) -> None:
    """Amounts and purposes are neither actions nor indicators."""
    table = rows(
        ("Amount", "Purpose"), ("$967 million", "Infrastructure"), ("$50 million", "Skills")
    )
    docx(home / "money.docx", [Tabled([(1, "Closing the Digital Divide")], table)])

    said = diplan("import", "plan", "money.docx", "--yes", cwd=home)

    assert said.code == 2
    assert 'table 1 "Closing the Digital Divide", 2 rows: none of these, left out' in said.err


def test_what_is_done_already_is_no_action(home: Path, diplan: Diplan) -> None:
    """The Stoke-on-Trent strategy has a table of current activity, and one to assess oneself."""
    tables = [
        Tabled([(1, "Current activity")], rows(
            ("Priority", "Target group(s)", "Current activity", "Scale", "Service area(s)"),
            ("Skills", "Low skills", "Work Clubs help jobseekers", "16 Work Clubs", "Libraries"),
        )),
        Tabled([(1, "Basic Digital Skills Assessment")], rows(
            ("Basic Digital Skills category", "Action", "Could you do this?"),
            ("Transacting", "Buy items from a website", ""),
        )),
    ]  # fmt: skip
    docx(home / "tables.docx", tables)

    said = diplan("import", "plan", "tables.docx", "--yes", cwd=home)

    assert said.code == 2
    assert said.err.count("none of these, left out") == 2
