"""Ids: listed with their titles, and guessed from the words of a title."""

import json

import pytest

from conftest import Diplan
from diplan.ground.errors import UnknownIdError
from diplan.ground.lookup import grade_of, one_of

NUMBERED = [f"n{at}" for at in range(21)]


def test_show_lists_every_id(diplan: Diplan) -> None:
    """Without an id, `show` lists the ids with what they stand for, section by section."""
    table = diplan("show", "--format", "plain").out
    rows = json.loads(diplan("show", "--format", "json").out)["ids"]
    found = {(row["section"], row["id"]): row["title"] for row in rows}

    assert "Visits to the council's website" in table
    assert found["indicators", "website-visits"] == "Visits to the council's website"
    assert found["actions", "website-redesign"].startswith("Redesign the website")
    assert found["services", "libraries"] == "Library service"
    assert found["venues", "smithfield-one"] == "Smithfield One"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("online forms sent", 'did you mean "e-forms"?'),
        ("staff check", 'did you mean "staff-digital-skills" or "staff-skills-checks"?'),
        ("offlin-adults", 'did you mean "offline-adults"?'),
        ("nothing of this kind", "run `diplan show` to see every id with its title"),
    ],
)
@pytest.mark.parametrize("command", ["show", "why"])
def test_a_name_that_is_no_id(command: str, name: str, hint: str, diplan: Diplan) -> None:
    """Words of a title lead to the id; where nothing does, the hint's command lists the ids."""
    said = diplan(command, name)

    assert said.code == 2
    assert hint in said.err


def test_other_commands_give_the_same_hints(diplan: Diplan) -> None:
    """What changes a plan, and what filters a report, knows titles as well."""
    assert 'did you mean "customer-access"?' in diplan("status", "--lead", "customer acces").err
    assert 'did you mean "libraries"?' in diplan("status", "--lead", "library service").err
    assert 'did you mean "e-forms"?' in diplan("set", "forms sent in", "note=x", "--dry-run").err


def test_names_are_listed_as_far_as_that_helps() -> None:
    """A name that is not known gets the likely one, or the others, or twenty of them."""
    assert one_of("paper", "review", ["review", "scrutiny"]) == "review"
    for name, names, hint in [
        ("revew", ["review", "scrutiny"], 'did you mean "review"?'),
        ("other", ["review", "scrutiny"], "there are review, scrutiny"),
        ("other", NUMBERED, f"there are {', '.join(NUMBERED[:20])}, ..."),
    ]:
        with pytest.raises(UnknownIdError) as caught:
            one_of("paper", name, names)
        assert str(caught.value) == f'no paper is called "{name}"'
        assert caught.value.hint == hint


@pytest.mark.parametrize("written", ["Fully Achieved", "fully achieved", "fully-achieved"])
def test_a_grade_is_known_however_it_is_written(written: str) -> None:
    """Capitals, spaces and hyphens make no difference; a slip is put right with the plan's word."""
    assert grade_of(written, ["Fully Achieved", "Not Achieved"]) == "Fully Achieved"
    with pytest.raises(UnknownIdError) as caught:
        grade_of("fuly achieved", ["Fully Achieved", "Not Achieved"])
    assert caught.value.hint == 'did you mean "Fully Achieved"?'


def test_an_unknown_id_is_said_in_english(diplan: Diplan) -> None:
    """Each section has its own word, and all of them together have none."""
    assert (
        'no priority is called "nope"' in diplan("set", "nope", "title=x", "--in", "priorities").err
    )
    assert 'nothing in the plan is called "nope"' in diplan("set", "nope", "title=x").err


@pytest.mark.parametrize(
    "command",
    [
        "import workbook no.xlsx",
        "returns read no.xlsx",
        "import csv no.csv --map period=A --map value=B --map indicator=C",
    ],
)
def test_a_file_that_is_not_there_is_named(command: str, diplan: Diplan) -> None:
    """Whoever mistyped a name is not sent to look for space on the disk."""
    said = diplan(*command.split())

    assert said.code == 2
    assert "space" not in said.err
    assert "no.xlsx" in said.err or "no.csv" in said.err
