"""The real plan of 2016-17, laid out again as its source has it, comes in from every format."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from laid_out import WRITERS
from plans import fresh
from stoke import action_tables, performance_table, read

from conftest import ROOT, Diplan
from diplan.files.yaml.plain import read_yaml


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A plan of the same years with nothing in it."""
    return fresh(tmp_path / "home")


def data(home: Path, stem: str) -> Any:
    """A data file, with every value as text."""
    return read_yaml((home / "data" / f"{stem}.yaml").read_text(encoding="utf-8"))


def imported(home: Path, suffix: str, diplan: Diplan) -> str:
    """What is said when the plan comes in from a document of a format."""
    path = home / f"stoke{suffix}"
    tables = [performance_table(), *action_tables()]
    WRITERS[suffix](path, tables, title="Digital Inclusion Strategy 2016-20")
    said = diplan("import", "plan", path.name, "--yes", cwd=home)
    assert said.code == 0, said.err
    return said.err


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_actions_come_in_with_leads_times_and_headings(
    suffix: str, empty: Path, diplan: Diplan
) -> None:
    """All 34 actions have the leads, the time, the objective and the headings of the source."""
    imported(empty, suffix, diplan)

    cover, known = data(empty, "plan"), data(empty, "actions")["actions"]
    titles = {
        section: {entry["id"]: entry["title"] for entry in cover[section]}
        for section in ("services", "priorities")
    }
    source = read("plan")
    theirs = {
        section: {entry["id"]: entry["title"] for entry in source[section]}
        for section in ("services", "priorities")
    }
    in_order = [entry["id"] for entry in source["priorities"]]
    wanted = sorted(read("actions")["actions"], key=lambda entry: in_order.index(entry["priority"]))
    assert len(known) == 34
    for made, action in zip(known, wanted, strict=True):
        assert made["title"] == action["title"]
        assert made["objective"] == action["objective"]
        assert titles["priorities"][made["priority"]] == theirs["priorities"][action["priority"]]
        leads = [titles["services"][name] for name in made["lead"]]
        assert leads == [theirs["services"][name] for name in action["lead"]]
        if action["due"] == "ongoing":
            assert (made.get("due"), made["timescale"]) == (None, "Ongoing")
        else:
            assert made["due"] == str(action["due"])
        assert made["source"] == "digital-inclusion-strategy-2016-20"
        assert ", row " in made["at"]


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_performance_table_comes_in_with_its_ten_rows(
    suffix: str, empty: Path, diplan: Diplan
) -> None:
    """Figures and targets that are clear are taken, and the others are listed and kept as notes."""
    err = imported(empty, suffix, diplan)

    known = {entry["title"]: entry for entry in data(empty, "indicators")["indicators"]}
    assert len(known) == 10
    offline = known["Offline households"]
    assert (offline["baseline"]["value"], offline["baseline"]["period"]) == ("15000", "2014")
    assert offline["target"] == {"kind": "halve", "due": "2020"}
    lacking = known["Adults lacking basic digital skills"]["baseline"]
    assert (lacking["value"], lacking["approximate"]) == ("4500", "true")
    claims = known["Universal Credit claims managed online"]
    assert claims["target"] == {"kind": "at-least", "value": "85", "due": "2020"}
    assert claims["unit"] == "per cent"
    clubs = known["People in Work Clubs"]
    assert clubs["target"] == {"kind": "to-be-confirmed"}
    assert "At least 6,000 adults take part between 2016-20" in clubs["note"]
    assert "At least 6,000 adults take part between 2016-20" in err
    assert "44 rows read; new: 34 actions, 10 indicators" in err


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_again_brings_nothing(suffix: str, empty: Path, diplan: Diplan) -> None:
    """The same document a second time changes no byte, and the plan has no errors."""
    imported(empty, suffix, diplan)
    before = {path: path.read_bytes() for path in sorted((empty / "data").iterdir())}

    assert "nothing new" in imported(empty, suffix, diplan)

    assert {path: path.read_bytes() for path in sorted((empty / "data").iterdir())} == before
    assert diplan("check", cwd=empty).code == 0


def test_the_real_plan_knows_its_own_actions(tmp_path: Path, diplan: Diplan) -> None:
    """Its action plan as a document is nothing new to it, and what goes on is not late."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    WRITERS[".docx"](tmp_path / "plan.docx", action_tables())

    said = diplan("import", "plan", "plan.docx", "--yes", cwd=tmp_path)

    assert "34 rows read; nothing new" in said.err
    assert "left alone" not in said.err
