"""Figures that are worked out from the places, and never copied."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from conftest import Diplan
from diplan.checks.venues import fed
from diplan.files.load import load
from diplan.files.workspace import Workspace
from diplan.plan import Venue
from diplan.plan.capacity import capacity, with_capacity
from scratch import Scratch

INDICATOR = """  - id: public-computers
    title: Computers for the public
    priority: get-online
    unit: computers
    target: {kind: at-least, value: 20, due: 2020}
    from_venues: public_computers
"""


def venue(number: int, **keys: Any) -> Venue:
    """A place with what is given; else it is open, and its row is of 2018."""
    whole = {"id": f"place-{number}", "name": "Made up", "type": "library", "as_at": "2018", **keys}
    return TypeAdapter(Venue).validate_python(whole)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"public_computers": 12}, {"public_computers": 5}], ("2018", "17", None)),
        ([{"public_computers": 12}, {}], ("2018", None, "12")),
        ([{"public_computers": 12}, {"public_computers": 5, "status": "planned"}],
         ("2018", "12", None)),
        ([{"public_computers": 12}, {"public_computers": 5, "status": "closed"}],
         ("2018", "12", None)),
        ([{"public_computers": 12, "as_at": "2019"}, {"public_computers": 5}],
         ("2019", "17", None)),
        ([{"public_computers": 12}, {"public_computers": 5, "as_at": None}], ("2018", "12", None)),
        ([{"public_computers": 0}], ("2018", "0", None)),
        ([{"public_computers": 40, "type": "network", "organisation": "Council"},
          {"public_computers": 12, "organisation": "Council"},
          {"public_computers": 3, "organisation": "Church"}], ("2018", "43", None)),
    ],
    ids=str,
)  # fmt: skip
def test_the_sum_of_open_places(
    rows: list[dict[str, Any]], expected: tuple[str | None, ...]
) -> None:
    """Open rows with a time are added; one not known leaves a lower bound; a network stands."""
    found = capacity("public_computers", [venue(at, **row) for at, row in enumerate(rows)])
    assert found
    said = [None if one is None else str(one) for one in (found.value, found.low)]
    assert (found.period.text, *said) == expected


def test_nothing_known_is_no_figure() -> None:
    """Where no row has a count there is no figure, and certainly not 0."""
    assert capacity("public_computers", [venue(1), venue(2)]) is None
    assert capacity("public_computers", []) is None


def test_the_verdict_rests_on_the_places(scratch: Scratch, diplan: Diplan) -> None:
    """The indicator is judged by the sum; a place that changes, changes it; git has the rest."""
    home = scratch.home
    path = home / "data" / "indicators.yaml"
    path.write_text(path.read_text() + INDICATOR)
    scratch.commit("second")
    before = diplan("show", "public-computers", "--as-of", "2018", cwd=home)
    venues = home / "data" / "venues.csv"
    venues.write_text(venues.read_text().replace(",12,yes,2018", ",21,yes,2019"))
    after = diplan("show", "public-computers", "--as-of", "2020", cwd=home)
    then = diplan("show", "public-computers", "--as-of", "2020", "--at", "HEAD", cwd=home)
    held = diplan("check", "--against", "HEAD", "--as-of", "2018", cwd=home)

    assert "Latest: 12 (2018)" in before.out
    assert "Latest: 21 (2019)" in after.out
    assert "achieved" in after.out
    assert "Latest: 12 (2018)" in then.out
    assert (held.code, held.out) == (0, "")
    assert "the sum of public_computers in 1 of 1 open rows" in after.out


def test_figures_are_not_given_twice(workspace: Any, diplan: Diplan) -> None:
    """An indicator that is fed by places has no figures of its own, and none is recorded."""
    base = Path(__file__).parents[1] / "errors" / "base" / "data" / "indicators.yaml"
    given = INDICATOR + "    observations:\n      - {period: 2017, value: 9, source: survey}\n"
    home = workspace(indicators=base.read_text() + given)
    plan = load(Workspace(home)).plan
    assert plan
    assert [found.code for found in fed(plan)] == ["figure-contradicts"]
    refused = diplan("record", "public-computers", "9", "--period", "2019", cwd=home)
    assert refused.code == 2
    assert "come from the places" in refused.err
    assert list(fed(with_capacity(plan)))  # what is given stays, and stays a fault
