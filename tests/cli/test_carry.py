"""A new year: unfinished actions are carried forward, moved openly, or ended."""

import shutil
from pathlib import Path

import pytest

from conftest import ROOT, Clock, Diplan, plan_at
from diplan.ground.period import period


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the real plan."""
    shutil.copytree(ROOT / "data", tmp_path / "home" / "data")
    return tmp_path / "home"


def test_all(home: Path, diplan: Diplan) -> None:
    """Without a question each of them stands in both years, and again there is nothing to do."""
    said = diplan("carry", "2017/18", "--all", cwd=home)
    assert said.code == 0
    assert "34 of 34 carried into 2017/18, 0 of them with another date; 0 ended; 0 left" in said.err
    years = (period("2016/17"), period("2017/18"))
    assert {action.years for action in plan_at(home).actions} == {years}
    again = diplan("carry", "2017/18", "--all", cwd=home)
    assert "no action of an earlier year is waiting" in again.err


def test_each_is_asked_about(home: Path, diplan: Diplan, clock: Clock) -> None:
    """By number, by part of a choice; a wrong date is told why; at the end the rest is left."""
    clock("2017-03-20")
    answers = ("1", "another date", "no date", "2017-09", "The supplier was changed", "end", "2")
    said = diplan("carry", "2017/18", cwd=home, answers=answers)
    assert said.code == 0, said.err
    assert '"no date" is not a period' in said.err
    assert "2 of 34 carried into 2017/18, 1 of them with another date; 1 ended; 31 left" in said.err

    first, second, third, fourth = plan_at(home).actions[:4]
    assert period("2017/18") in first.years
    assert first.due == period("2017-03")
    assert second.due == period("2017-09")
    (entry,) = second.revisions
    assert (entry.what, entry.was, entry.now, entry.why) == (
        "due", "2017-03", "2017-09", "The supplier was changed",
    )  # fmt: skip
    assert str(entry.date) == "2017-03-20"
    assert third.ended
    assert third.ended.why == "superseded"
    assert fourth.years == (period("2016/17"),)


def test_a_question_without_a_default_is_named_at_the_end(home: Path, diplan: Diplan) -> None:
    """Nothing is saved then."""
    before = (home / "data" / "actions.yaml").read_bytes()
    said = diplan("carry", "2017/18", cwd=home, answers=("2", "2017-09"))
    assert said.code == 2
    assert "there is no answer to: Why does it move?" in said.err
    assert (home / "data" / "actions.yaml").read_bytes() == before


def test_what_is_done_or_ended_stays_where_it_is(home: Path, diplan: Diplan) -> None:
    """Only what is unfinished is asked about."""
    name = plan_at(home).actions[0].id
    diplan("update", name, "fully achieved", "--evidence", "Done", cwd=home)
    said = diplan("carry", "2017/18", "--all", "--dry-run", cwd=home)
    assert "33 unfinished actions" in said.err
