"""Taking things out of the plan: nothing that was promised disappears."""

import shutil
from pathlib import Path

import pytest

from conftest import ROOT, Diplan, plan_at
from scratch import Scratch


@pytest.fixture
def committed(tmp_path: Path) -> Path:
    """A small plan in a repository of its own."""
    return Scratch(tmp_path / "home").home


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the real plan, in no repository of its own."""
    shutil.copytree(ROOT / "data", tmp_path / "home" / "data")
    return tmp_path / "home"


def test_what_was_committed_stays_as_ended(committed: Path, diplan: Diplan) -> None:
    """With the day, the reason and what took its place; it leaves the counts."""
    silent = diplan("remove", "taster-sessions", cwd=committed)
    assert (silent.code, silent.out) == (2, "")
    assert "say why with --why, one of withdrawn, superseded, merged" in silent.err

    said = diplan(
        "remove", "taster-sessions", "--why", "superseded", "--by", "skills-course", cwd=committed
    )
    assert said.code == 0
    ended = plan_at(committed).action["taster-sessions"].ended
    assert ended
    assert (ended.why, ended.by) == ("superseded", "skills-course")
    assert diplan("remove", "residents-offline", "--why", "withdrawn", cwd=committed).code == 0
    assert plan_at(committed).indicator["residents-offline"].ended
    assert "of 1 indicator assessed" in diplan("status", "--as-of", "2030", cwd=committed).out


def test_what_is_new_goes_without_a_trace(committed: Path, diplan: Diplan) -> None:
    """An action that was never committed leaves the files as they were."""
    before = (committed / "data" / "actions.yaml").read_bytes()
    diplan(
        "add", "action", "tablet-loans", "title=Lend tablets", "priority=get-online",
        "lead=libraries", "due=2019-03", cwd=committed,
    )  # fmt: skip
    assert (committed / "data" / "actions.yaml").read_bytes() != before
    said = diplan("remove", "tablet-loans", cwd=committed)
    assert "Lend tablets is removed" in said.err
    assert plan_at(committed).action.keys() == {"taster-sessions", "skills-course"}
    assert (committed / "data" / "actions.yaml").read_bytes().strip() == before.strip()


def test_what_is_referred_to_stays(home: Path, diplan: Diplan) -> None:
    """Whatever refers to it is named, with what to do."""
    said = diplan("remove", "libraries", "--in", "services", cwd=home)
    assert said.code == 2
    assert '18 things in the plan refer to "libraries": "Library staff and volunteers' in said.err
    assert "and others" in said.err
    one = diplan("remove", "housing-associations", cwd=home)
    assert '1 thing in the plan refers to "housing-associations"' in one.err


def test_a_place_is_closed_once_it_was_committed(committed: Path, diplan: Diplan) -> None:
    """A new place is a row less."""
    table = committed / "data" / "venues.csv"
    text = 'id,name,type,notes\nhall,Old Hall,hall,"two\nlines"\nhut,Hut,hall,\n'
    table.write_text(text, encoding="utf-8", newline="\n")
    assert diplan("remove", "hall", cwd=committed).code == 0
    assert table.read_text(encoding="utf-8") == "id,name,type,notes\nhut,Hut,hall,\n"
    Scratch(committed).commit("a place")
    said = diplan("remove", "hut", "--dry-run", cwd=committed)
    assert "Hut stays, marked as closed" in said.err


def test_the_cover_sheet_stays(home: Path, diplan: Diplan) -> None:
    """A plan without it is none."""
    assert diplan("remove", "plan", cwd=home).code == 2
