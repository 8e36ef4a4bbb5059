"""What is recorded counts when the command says: days are written, and a period that has not ended
is asked about.
"""

import json
from pathlib import Path

import pytest

from conftest import Clock, Diplan
from diplan.ground.period import period
from scratch import Scratch

TODAY = "2018-11-14"


@pytest.fixture(autouse=True)
def _in_november(clock: Clock) -> None:
    """All commands are run in the middle of a month."""
    clock(TODAY)


@pytest.fixture
def home(scratch: Scratch) -> Path:
    """The tests' plan, in a repository."""
    return scratch.home


def test_an_update_counts_at_once(home: Path, diplan: Diplan) -> None:
    """Its date is today, so the status that is shown is the one that `status` has."""
    said = diplan("update", "taster-sessions", "1", "--evidence", "Ten sessions", cwd=home)
    shown = json.loads(diplan("show", "taster-sessions", "--format", "json", cwd=home).out)

    assert said.code == 0, said.err
    assert f"date: {TODAY}" in (home / "data" / "actions.yaml").read_text(encoding="utf-8")
    assert "after:  Run taster sessions in the library: Fully Achieved on 14 November" in said.err
    assert shown["action"]["grade"] == "Fully Achieved"


@pytest.mark.parametrize(
    "call",
    [
        ("update", "taster-sessions", "1", "--date", "2018-11"),
        ("record", "adults-with-skills", "67", "--period", "2018/19", "--source", "survey"),
        ("record", "adults-with-skills", "67", "--period", "2031", "--source", "survey"),
    ],
)
def test_what_does_not_count_yet_is_asked_about(
    call: tuple[str, ...], home: Path, diplan: Diplan
) -> None:
    """It says when it will count, saves nothing unless that is meant, and shows both verdicts."""
    before = [path.read_bytes() for path in sorted((home / "data").glob("*.yaml"))]
    last = period(call[-1] if call[0] == "update" else call[4]).last_day
    refused = diplan(*call, cwd=home)

    assert refused.code == 2
    assert f"has not ended, so this counts from {last.day} {last:%B} {last.year} on" in refused.err
    assert f"as of {last.day} {last:%B} {last.year}: " in refused.err
    assert before == [path.read_bytes() for path in sorted((home / "data").glob("*.yaml"))]
    assert diplan(*call, "--yes", cwd=home).code == 0


def test_check_names_an_update_that_does_not_count_yet(home: Path, diplan: Diplan) -> None:
    """Dated by its month, it counts from the end of the month on."""
    diplan("update", "taster-sessions", "1", "--date", "2018-11", "--yes", cwd=home)
    said = diplan("check", cwd=home)

    assert "this update counts once November 2018 has ended [update-not-counted]" in said.out


def test_an_update_of_later_is_not_told(scratch: Scratch, diplan: Diplan) -> None:
    """Reports on an action at a moment have the updates that counted then, in every format."""
    later = "{date: 2018-09-10, grade: Slipped, evidence: The room was closed}"
    scratch.edit("Six sessions were held}", f"Six sessions were held}}\n      - {later}", "actions")
    for call in (("show", "--format", "json"), ("show",), ("why",), ("why", "--format", "json")):
        command, *more = call
        said = diplan(command, "taster-sessions", *more, "--as-of", "2018-06", cwd=scratch.home)
        assert "Six sessions" in said.out or "On-Track" in said.out, call
        assert "Slipped" not in said.out, call
        assert "The room was closed" not in said.out, call


def test_evidence_is_not_hidden_by_an_update_without_any(scratch: Scratch, diplan: Diplan) -> None:
    """The scrutiny form has the latest evidence there is, with its own date."""
    scratch.edit(
        "Six sessions were held}",
        "Six sessions were held}\n      - {date: 2018-09-10, grade: On-Track}",
        "actions",
    )
    paper = diplan("report", "scrutiny", "--as-of", "2018-10", cwd=scratch.home).out
    assert "Six sessions were held (March 2018)" in paper


def test_an_unfinished_action_stays_in_later_years(scratch: Scratch, diplan: Diplan) -> None:
    """Until it is done or has ended, it belongs to every later year; a finished one does not."""
    paper = diplan("report", "scrutiny", "--year", "2019/20", cwd=scratch.home).out
    assert "Run taster sessions in the library" in paper
    assert "Offer a course in basic digital skills" not in paper
    assert "1 action by grade" in paper
