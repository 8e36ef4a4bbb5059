"""Advice: each kind once, with its count, some examples, and why it matters."""

import json

import pytest

from builders import action, indicator, plan
from conftest import Diplan
from diplan.checks import advice
from diplan.ground.period import period
from diplan.problems import CODES, Severity

NOW = period("2019")

ADVICE = [code for code, severity in CODES.items() if severity is Severity.ADVICE]


def test_counts_examples_and_reason() -> None:
    """A piece of advice says of how many, names three of them, and why it matters."""
    own = plan(
        *(
            indicator(id=f"i{at}", title=f"Thing {at}", target={"kind": "increase", "due": "2020"},
                      baseline={"period": "2016", "value": 5})
            for at in range(5)
        ),
        indicator(id="level", target={"kind": "at-least", "value": 5, "due": "2020"},
                  baseline={"period": "2016", "value": 1}),
    )  # fmt: skip
    [found] = advice(own, NOW)

    assert found.code == "direction-only"
    assert found.message == (
        '5 of 6 targets say only which way: "Thing 0", "Thing 1", "Thing 2" and 2 more'
    )
    assert found.hint == ("the smallest change would meet it: say how much would count as success")


def test_indicators_for_context_are_not_advised_on() -> None:
    """Nothing is promised of them, so nothing is missing."""
    assert list(advice(plan(indicator(target={"kind": "none"})), NOW)) == []


def test_actions_that_ended_are_not_advised_on() -> None:
    """An action that left the plan needs no date."""
    ended = {"date": "2017", "why": "withdrawn"}
    own = action(due="to-be-confirmed", ended=ended)
    assert list(advice(plan(actions=(own,)), NOW)) == []


@pytest.mark.parametrize(
    ("title", "open_ended"),
    [
        ("Explore options for mandatory training", True),
        ("Investigate the use of video", True),
        ("We will look to connect schools", True),
        ("Look into lending tablets", True),
        ("Run a course", False),
        ("Unexplored ground is mapped", False),
        ("Telescope lending", False),
    ],
)
def test_verbs_without_an_end(title: str, open_ended: bool) -> None:
    """Only a verb whose action is done whatever comes of it is meant."""
    own = action(title=title, due="2020", supports=["made-up"])
    found = [one.code for one in advice(plan(actions=(own,)), NOW)]
    assert ("open-ended-verb" in found) is open_ended


def test_an_outcome_closes_an_open_verb() -> None:
    """Whoever says what is to be there at the end may well explore first."""
    own = action(title="Explore options", due="2020", success_measure="A choice is made")
    assert list(advice(plan(actions=(own,)), NOW)) == []


@pytest.mark.parametrize(("howmany", "told"), [(4, False), (5, True)])
def test_few_actions_have_one_lead_by_nature(howmany: int, told: bool) -> None:
    """Of a handful of actions it means nothing that one service leads them."""
    own = tuple(
        action(id=f"a{at}", lead=["all"], due="2020", success_measure="Done")
        for at in range(howmany)
    )
    assert ("one-lead" in [one.code for one in advice(plan(actions=own), NOW)]) is told


def test_advice_is_never_an_error(diplan: Diplan) -> None:
    """Not even with --strict does advice fail a check, and without --advice there is none."""
    advised = diplan("check", "--strict", "--advice", "--format", "json")
    plain = diplan("check", "--strict", "--format", "json")

    assert advised.code == plain.code == 0
    assert json.loads(plain.out)["problems"] == []
    codes = [one["code"] for one in json.loads(advised.out)["problems"]]
    assert codes
    assert set(codes) <= set(ADVICE)
    assert len(codes) == len(set(codes))


def test_advice_is_summed_up_beside_the_verdict_on_the_data(diplan: Diplan) -> None:
    """The last line says both that the data is in order, and how much advice there is."""
    said = diplan("check", "--advice")
    assert said.err.startswith("the data is in order: ")
    assert said.err.rstrip().endswith("6 pieces of advice in 2 files")


def test_vague_promises_of_a_real_strategy(diplan: Diplan) -> None:
    """What makes the digital strategy of 2021-24 hard to hold to account is told in seven kinds."""
    said = diplan("check", "--advice", "--format", "json", "examples/stoke-digital-2021-24")
    found = {one["code"]: one["message"] for one in json.loads(said.out)["problems"]}

    assert found["no-baseline"].startswith("14 of 14 targets have no baseline")
    assert found["direction-only"].startswith("12 of 14 targets")
    assert found["measure-without-indicator"].startswith("4 of 18 measures of success")
    assert found["undated-action"].startswith("32 of 32 actions")
    assert found["one-lead"].startswith("32 of 32 actions are led by one")
    assert "open-ended-verb" in found
    assert "no-target-date" in found
