"""Plans beyond any measure: parts of parts, numbers that no program holds, ledgers without end."""

import json
from fractions import Fraction
from typing import Any

from builders import indicator, plan
from diplan.ground.figure import as_float
from diplan.ground.period import period
from diplan.judge import assess
from diplan.plan.promise import broken_at, moves
from diplan.problems import Place
from diplan.report.data import status
from diplan.report.parts import in_parts
from diplan.report.why import why


def test_parts_of_parts_stand_under_their_whole_however_deep() -> None:
    """Each once, a step deeper than what it is a part of."""
    aim = {"kind": "none"}
    wholes = [{}, *({"part_of": f"n{at}"} for at in range(1499))]
    chain = [indicator(id=f"n{at}", target=aim, **whole) for at, whole in enumerate(wholes)]
    told = list(in_parts(assess(plan(*reversed(chain)), period("2018")).verdicts))
    assert [(verdict.indicator.id, depth) for verdict, depth in told[:2]] == [("n0", 0), ("n1", 1)]
    assert [depth for _, depth in told] == list(range(1500))


def test_a_number_that_no_program_holds_is_the_largest_there_is() -> None:
    """Three hundred years of growing to eleven times as much are no reason to fail."""
    grown = indicator(
        unit="units",
        baseline={"period": "1900", "value": "9" * 27 + ".5"},
        target={"kind": "yearly-growth", "percent": 1000, "due": "2199"},
        observations=[{"period": "2016", "value": 5}],
    )
    told = json.loads(json.dumps(status(assess(plan(grown), period("2018")))))
    assert told["indicators"][0]["target"]["value"] > 1e308
    assert as_float(Fraction(-(10**400))) < -1e308


def test_a_thousand_entries_on_a_thousand_milestones_are_followed_back() -> None:
    """Each state of the promise is read, and only what an entry is on is read again."""
    days = [f"{1950 + at // 300}-{at % 12 + 1:02}-{at // 12 % 25 + 1:02}" for at in range(1500)]
    entries: list[dict[str, Any]] = [
        {"date": "2016-05-06", "what": f"milestones.{day}", "was": "4", "now": "5", "why": "agreed"}
        for day in days
    ]
    moved = indicator(
        target={"kind": "at-least", "value": 9, "due": "2190"},
        milestones=[{"period": day, "value": 5} for day in days],
        revisions=entries,
    )
    assert broken_at(moved) is None
    assert not any(move.in_force for move in moves(moved, period("2015").end))
    verdict = assess(plan(moved), period("2015")).verdicts[0]
    assert {stone.value for stone in verdict.milestones} == {4}


def test_a_milestone_is_named_where_the_file_has_it() -> None:
    """At a moment before the first of two was set, the second is still the second in the file."""
    moved = indicator(
        baseline={"period": "2014", "value": 0},
        target={"kind": "at-least", "value": 9, "due": "2020"},
        milestones=[{"period": "2016", "value": 3}, {"period": "2018", "value": 6}],
        observations=[{"period": "2015", "value": 1}],
        revisions=[
            {"date": "2019-01-05", "what": "milestones.2016", "now": "3", "why": "agreed"},
            {"date": "2019-01-05", "what": "milestones.2017", "was": "4", "why": "dropped"},
        ],
    )
    places: list[Place] = []

    def where(place: Place) -> str:
        places.append(place)
        return ""

    why(assess(plan(moved), period("2015")), "made-up", where)
    stones = [place.path for place in places if place.path[0] in ("milestones", "revisions")]
    assert stones == [("revisions",), ("milestones", 1)]
