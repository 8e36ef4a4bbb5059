"""The real plan of Stoke-on-Trent, 2016-20: its counts and its story."""

import json
import re
from collections import Counter
from typing import Any

import pytest

from conftest import ROOT, Diplan
from diplan.files.load import load
from diplan.files.workspace import Workspace
from diplan.plan import Plan


@pytest.fixture(scope="module", name="plan")
def _plan() -> Plan:
    loaded = load(Workspace(ROOT))
    assert loaded.plan is not None
    return loaded.plan


def status(diplan: Diplan, as_of: str) -> dict[str, Any]:
    """The JSON of `diplan status`, indicators by id."""
    data = json.loads(diplan("status", "--as-of", as_of, "--format", "json").out)
    return {**data, "by_id": {one["id"]: one for one in data["indicators"]}}


def test_the_data_is_in_order(diplan: Diplan) -> None:
    """The plan checks clean, warnings included."""
    said = diplan("check", "--strict")

    assert said.code == 0, said.out
    assert said.out == ""
    assert "15 indicators, 34 actions" in said.err


def test_counts(plan: Plan) -> None:
    """34 actions stand under five priorities; one has no date and two go on."""
    by_priority = Counter(action.priority for action in plan.actions)
    times = Counter(str(action.due) for action in plan.actions)

    assert [*by_priority.values()] == [14, 8, 8, 2, 2]
    assert times["to-be-confirmed"] == 1
    assert times["ongoing"] == 2
    assert len(plan.indicators) == 15
    assert [one.id for one in plan.indicators if one.group == "website"] == [
        "website-visits",
        "e-forms",
        "linked-accounts",
    ]


def test_every_figure_can_be_looked_up(plan: Plan) -> None:
    """Each baseline and observation names its source and the place in it."""
    for own in plan.indicators:
        for figure in (own.baseline, *own.observations):
            assert figure is not None, own.id
            assert figure.source in plan.source, own.id
            assert figure.at, own.id


def test_what_appendix_3_promises(plan: Plan) -> None:
    """Its 19 outcomes follow the action plan's 8, and an indicator measures each of 10 measures."""
    outcomes = [outcome.id for own in plan.priorities for outcome in own.outcomes]
    used = {action.outcome for action in plan.actions}
    measures = [measure for own in plan.priorities for measure in own.success_measures]

    assert len(used) == 8
    assert len(outcomes) == len(used) + 19
    assert len(measures) == 10
    assert all(set(measure.indicators) <= set(plan.indicator) for measure in measures)
    assert all(measure.indicators for measure in measures)


def test_commitments_of_the_key_areas(plan: Plan) -> None:
    """The 13 commitments, without leads and dates, are notes; each action that they name exists."""
    notes = [note.text for note in plan.notes if (note.at or "").startswith("four key areas, ")]
    ids = {name for text in notes for name in re.findall(r"\b[a-z]+(?:-[a-z]+){1,}\b", text)}

    assert sum(len(re.findall(r"\(\d\)", text)) for text in notes) == 13
    assert ids & set(plan.action) == {
        "library-mentoring-growth", "staff-ict-courses", "staff-skills-checks",
        "publicise-public-computers", "low-cost-broadband", "public-wifi-hotspots",
        "website-redesign", "more-online-forms", "promote-internet-benefits",
        "click-and-easy-campaign", "online-community-pledge", "explain-claims",
        "one-to-one-claim-help",
    }  # fmt: skip


def test_fewer_contacts_has_a_start(plan: Plan, diplan: Diplan) -> None:
    """Fewer calls and visits start from the strategy's monthly figures, undated, with a place."""
    judged = status(diplan, "2020")["by_id"]

    for name, value in (("telephone-calls", 80000), ("face-to-face-contacts", 62000)):
        baseline = plan.indicator[name].baseline
        assert baseline is not None
        assert baseline.value == value
        assert baseline.period is None
        assert baseline.source == "strategy-2016"
        assert baseline.at == "strategic drivers, service transformation"
        assert (judged[name]["status"], judged[name]["target"]["kind"]) == ("no-data", "reduce")


def test_nothing_missing_is_counted_as_zero(diplan: Diplan) -> None:
    """A baseline that is to be confirmed, or not applicable, has no value at all."""
    found = status(diplan, "2020")["by_id"]

    for name in ("digital-sector", "businesses-with-websites"):
        assert found[name]["status"] == "no-data"
        assert found[name]["reason"] == "baseline-missing"
        assert found[name]["baseline"]["value"] is None
    assert found["universal-credit-online"]["reason"] == "no-observations"


def test_adults_offline_in_2020(diplan: Diplan) -> None:
    """Two sources of one thing: the number says achieved, the share says not, and both say so."""
    found = status(diplan, "2020")
    number, share = found["by_id"]["offline-adults"], found["by_id"]["offline-adults-share"]

    assert (found["summary"]["assessed"], found["summary"]["of"]) == (2, 15)
    assert (number["status"], number["certain"]) == ("achieved", True)
    assert number["target"]["value"] == 12000
    assert number["observation"] == {"period": "2020", "value": 10000, "low": None, "high": 10000}
    assert number["fraction"] >= 1.1666
    assert (share["status"], share["fraction"]) == ("not-achieved", -0.065041)
    assert share["target"]["value"] == 6.15
    assert "evidence-conflicts" in number["flags"]
    assert "evidence-conflicts" in share["flags"]


def test_the_terminal_says_which_source_says_what(diplan: Diplan) -> None:
    """The two verdicts and their sources stand in one sentence."""
    said = " ".join(diplan("status", "--as-of", "2020", "--format", "table").out.split())

    assert "achieved by Digital Strategy 2021-24: at most 10,000 [e] (2020)" in said
    assert "not achieved by Internet users (UK Sustainable Development Goals data" in said


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2016", ("no-data", None, None, None)),
        ("2017", ("slipped", "moving-away", -1.252033, None)),
        ("2018", ("slipped", "behind", 0.406504, 0.813008)),
        ("2019", ("slipped", "moving-away", -0.666667, None)),
    ],
)
def test_the_share_through_the_years(
    diplan: Diplan, as_of: str, expected: tuple[str, str, float, float]
) -> None:
    """The share swings: away, behind, away again."""
    share = status(diplan, as_of)["by_id"]["offline-adults-share"]
    found = share["status"], share["severity"], share["fraction"]

    assert found == expected[:3]
    if expected[3]:
        assert share["pace"] == expected[3]


def test_overdue_in_june_2017(diplan: Diplan) -> None:
    """Three months after the year's end, everything with a date is overdue for want of updates."""
    found = status(diplan, "2017-06")

    assert found["summary"]["overdue"] == 31
    assert found["summary"]["actions"] == {
        "Fully Achieved": 0,
        "On-Track": 0,
        "Slipped": 0,
        "Not Achieved": 0,
        "not-graded": 34,
    }
