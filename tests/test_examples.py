"""The examples are true to their sources, check clean, and make every report there is."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from conftest import Diplan
from diplan.files.load import load
from diplan.files.workspace import Workspace
from diplan.ground.period import period
from diplan.judge import Reason, Status, assess
from diplan.plan import Plan
from diplan.render import render
from diplan.report.actions import action
from diplan.report.actions import why as why_action
from diplan.report.indicator import indicator
from diplan.report.papers import REPORTS
from diplan.report.why import why

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted(path.name for path in (ROOT / "examples").iterdir())
AS_OF = "2026-11"


@cache
def plan(name: str) -> Plan:
    """The plan of an example."""
    found = load(Workspace(ROOT / "examples" / name)).plan
    assert found
    return found


def fences(name: str, kind: str) -> str:
    """The text of the fences of a kind in an example's README."""
    text = (ROOT / "examples" / name / "README.md").read_text(encoding="utf-8")
    return "\n".join(re.findall(rf"^```{kind}\n(.*?)^```", text, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize("name", EXAMPLES)
def test_warnings_are_in_the_readme(name: str, diplan: Diplan) -> None:
    """An example has no error, and its README lists each warning, which is its source's own."""
    said = diplan("check", "--as-of", AS_OF, f"examples/{name}")
    printed = re.findall(r"^\S+:\d+:\d+: .*\]$", said.out, re.MULTILINE)
    listed = re.findall(r"^\S+:\d+:\d+: .*\]$", fences(name, "text"), re.MULTILINE)

    assert said.code == 0
    assert printed == listed


@pytest.mark.parametrize("name", EXAMPLES)
def test_readme_is_a_screen(name: str) -> None:
    """An example's README is short, and says how faithful it is and what is left open."""
    text = (ROOT / "examples" / name / "README.md").read_text(encoding="utf-8")

    assert len(text.splitlines()) < 75
    assert "faithful" in text.lower()
    assert "open" in text.lower()


@pytest.mark.parametrize("name", EXAMPLES)
def test_readme_commands_run(name: str, diplan: Diplan) -> None:
    """Each command of an example's README runs where it is said to."""
    lines = [line.partition("#")[0].split() for line in fences(name, "sh").splitlines()]
    for words in filter(None, lines):
        assert words[0] == "diplan"
        assert diplan(*words[1:]).code == 0, words


@pytest.mark.parametrize("form", ["table", "plain", "markdown", "json", "csv"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_status_in_every_format(name: str, form: str, diplan: Diplan) -> None:
    """The status of every example can be printed."""
    said = diplan("status", "--workspace", f"examples/{name}", "--as-of", "2020", "--format", form)

    assert (said.code, said.err) == (0, "")
    assert said.out


@pytest.mark.parametrize("form", ["markdown", "html"])
@pytest.mark.parametrize("paper", REPORTS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_paper_of_every_example(name: str, paper: str, form: str, diplan: Diplan) -> None:
    """Each paper is made of each example that has something for it, or is refused with a reason.

    One about a service is made for each of its bodies.
    """
    bodies = [[one.id] for one in plan(name).services]
    for subject in bodies if REPORTS[paper].about else [[]]:
        arguments = ("report", paper, *subject, "--as-of", "2020-03", "--format", form)
        said = diplan(*arguments, "--workspace", f"examples/{name}")

        if any(getattr(plan(name), section) for section in REPORTS[paper].needs):
            assert (said.code, said.err) == (0, "")
            assert said.out
        else:
            assert (said.code, said.out) == (2, "")
            assert f'"{paper}" has nothing to show: the plan has no ' in said.err
            assert "add some to data/" in said.err


@pytest.mark.parametrize("name", EXAMPLES)
def test_everything_can_be_shown_and_explained(name: str) -> None:
    """Each indicator and action of each example has its page and its reasons."""
    loaded = load(Workspace(ROOT / "examples" / name))
    assessment = assess(plan(name), period("2020"))
    pages = []
    for id_ in assessment.plan.indicator:
        pages += [indicator(assessment, id_), why(assessment, id_, loaded.where)]
    for id_ in (found.id for found in assessment.plan.actions):
        pages += [action(assessment, id_), why_action(assessment, id_, loaded.where)]
    assert pages
    assert all(render(page, "plain") for page in pages)


# ---- what the documents say


def test_stockton_grades() -> None:
    """As of March 2020: 5 fully achieved, 16 on track, 6 slipped, none not achieved, of 27."""
    found = assess(plan("stockton-digital-optimisation"), period("2020-03"))

    assert found.grades() == {
        "Fully Achieved": 5, "On-Track": 16, "Slipped": 6, "Not Achieved": 0, "not-graded": 0,
    }  # fmt: skip
    assert len(found.plan.priorities) == 13
    assert all(one.response and one.response.answer == "accepted" for one in found.plan.priorities)
    assert all(one.success_measure and one.updates[0].evidence for one in found.plan.actions)


STOCKTON = "133 2 13 1 22 12 2223 1222 33 22 2 22 2"
"""The grades that the source prints under each recommendation, from 1 to 4."""


def test_stockton_grades_by_recommendation() -> None:
    """Each recommendation has the grades of the source, in its order."""
    found = plan("stockton-digital-optimisation")
    grades = [
        "".join(
            str(found.cover.grades.index(one.updates[0].grade) + 1)
            for one in found.actions
            if one.priority == priority.id
        )
        for priority in found.priorities
    ]
    assert " ".join(grades) == STOCKTON


def test_stockton_scrutiny_form(diplan: Diplan) -> None:
    """The form reads like the source's: its rows, its numbered headings, its grades and key."""
    said = diplan(
        "report", "scrutiny", "--as-of", "2020-03",
        "--workspace", "examples/stockton-digital-optimisation",
    )  # fmt: skip
    headings = re.findall(r"^## Recommendation (\d+): ", said.out, re.MULTILINE)
    first = said.out.partition("## Recommendation 1: ")[2].partition("## Recommendation 2")[0]
    rows = re.findall(r"^\| ([A-Z][^|]*?) \|", first, re.MULTILINE)

    assert headings == [str(number) for number in range(1, 14)]
    assert rows == [
        "What was agreed", "Responsibility", "Date", "Agreed action", "Agreed success measure",
        "Evidence of progress (March 2020)", "Assessment of progress (March 2020)",
    ]  # fmt: skip
    assert "| 1: Fully Achieved | 3: Slipped, overdue | 3: Slipped, overdue |" in first
    assert "Action plan agreed: March 2019" in said.out.replace("**", "")
    assert "| 4 | Not Achieved |" in said.out


def test_stockton_survey_counts() -> None:
    """51 of 110 had used the online services; of those 35 would again, and 15 would not."""
    own = [one for one in plan("stockton-digital-optimisation").indicators if one.group]
    counts = [
        (str(seen.numerator), str(seen.denominator)) for one in own for seen in one.observations
    ]
    assert counts == [("51", "110"), ("59", "110"), ("35", "51"), ("15", "51")]


def test_stoke_counts_by_objective(diplan: Diplan) -> None:
    """Commitments 3, 5, 7, 7, 8, 2 and measures of success 3, 3, 3, 4, 4, 1, by objective."""
    said = diplan("status", "--workspace", "examples/stoke-digital-2021-24", "--format", "json")
    objectives: list[dict[str, Any]] = json.loads(said.out)["priorities"]

    assert [one["actions"] for one in objectives] == [3, 5, 7, 7, 8, 2]
    assert [len(one["success_measures"]) for one in objectives] == [3, 3, 3, 4, 4, 1]


def test_stoke_targets_have_a_direction_or_are_all() -> None:
    """The 14 measures that are indicators say which way, or all of them."""
    found = assess(plan("stoke-digital-2021-24"), period("2024"))
    kinds = {one.indicator.target.kind for one in found.targeted}

    assert len(found.targeted) == 14
    assert kinds == {"increase", "reduce", "all"}
    assert {one.status for one in found.targeted} == {Status.NO_DATA}


def test_norwich_shares() -> None:
    """The shares add up to 100; the four groups come to 43, which the source calls about 40."""
    [profile] = plan("norwich").profiles
    whole = profile.sum_of(
        tuple(one.id for one in profile.segments), plan("norwich").cover.approximate_within
    )
    [stated] = profile.subtotals
    four = profile.sum_of(stated.segments, plan("norwich").cover.approximate_within)

    assert len(profile.segments) == 8
    assert whole
    assert whole.middle == 100
    assert four
    assert four.middle == 43
    assert str(stated.share.value) == "40"
    assert stated.share.approximate


@pytest.mark.parametrize(
    "command", [("status",), ("report", "action-plan"), ("report", "inclusion")]
)
def test_norwich_difference_is_shown(command: tuple[str, ...], diplan: Diplan) -> None:
    """That 43 is called about 40 is shown, not hidden."""
    said = diplan(*command, "--workspace", "examples/norwich", "--as-of", "2020")

    assert "4 groups that come to 43%; the source says c. 40%" in said.out.replace("\n  ", " ")


def test_kent_total_is_not_judged() -> None:
    """People helped against the total: no data, because no figure of the time is given."""
    found = assess(plan("kent-citizens-online"), period("2020")).verdict["one-digital-people"]

    assert (found.status, found.ruling.reason) == (Status.NO_DATA, Reason.NO_OBSERVATIONS)
    assert found.target_value == 40_000


def test_kent_recommendations() -> None:
    """Nine recommendations, addressed to bodies by name, and not one answer that is known."""
    found = plan("kent-citizens-online").priorities

    assert len(found) == 9
    assert all(one.to for one in found)
    assert {one.response.answer for one in found if one.response} == {"awaited"}


def test_gloucestershire_milestones() -> None:
    """Gigabit 89% by May 2027 and 98% by April 2030; 5G 92% and 97%; training 5,300 and 23,600."""
    verdicts = assess(plan("gloucestershire-digital"), period("2026-11")).verdicts
    steps = [
        f"{stone.value} by {stone.milestone.period}, {verdict.target_value} by {due}, {how_often}"
        for verdict in verdicts
        for stone in verdict.milestones
        for due, how_often in [(verdict.indicator.target.due, verdict.indicator.frequency)]
    ]
    assert steps == [
        "89 by 2027-05, 98 by 2030-04, yearly",
        "92 by 2027, 97 by 2030, yearly",
        "5300 by 2027-04, 23600 by 2030-04, quarterly",
    ]


@pytest.mark.parametrize(
    ("as_of", "statuses"),
    [
        ("2026-11", ["not-due", "not-due", "not-due"]),
        ("2027-04", ["not-due", "not-due", "no-data"]),
        ("2027-05", ["no-data", "not-due", "no-data"]),
        ("2027", ["no-data", "no-data", "no-data"]),
    ],
)
def test_gloucestershire_milestones_unmeasured(as_of: str, statuses: list[str]) -> None:
    """A milestone that passes without a figure is neither met nor missed."""
    verdicts = assess(plan("gloucestershire-digital"), period(as_of)).verdicts
    assert [str(stone.status) for verdict in verdicts for stone in verdict.milestones] == statuses


def test_gloucestershire_readme_quotes_why(diplan: Diplan) -> None:
    """What the README says of June 2027 is what `diplan why` says."""
    home = "examples/gloucestershire-digital"
    said = diplan("why", "training-completed", "--as-of", "2027-06", "--workspace", home)
    quoted = "5,300 by April 2027: not measured"

    assert quoted in said.out
    assert f"`{quoted}`" in (ROOT / home / "README.md").read_text(encoding="utf-8")


def test_north_carolina_goals() -> None:
    """A place of 5 or better, and 73 to 80 per cent; by 2025, and nothing measured since."""
    found = assess(plan("north-carolina-digital-divide"), period("2022"))
    goals = [
        f"{given.value if given else None} to {verdict.target_value}"
        for verdict in found.targeted
        for given in [verdict.indicator.baseline]
    ]
    assert goals == [
        "None to 5", "73 to 80", "81 to 100", "57 to 80", "64 to 80", "68 to 80", "76 to 80",
    ]  # fmt: skip
    assert {str(verdict.indicator.target.due) for verdict in found.targeted} == {"2025"}
    assert {verdict.status for verdict in found.targeted} == {Status.NO_DATA}


def test_north_carolina_gaps() -> None:
    """White households are 19, 12 and 8 points ahead of the other three groups."""
    found = assess(plan("north-carolina-digital-divide"), period("2022"))
    gaps = [verdict.baseline.middle for verdict in found.context if verdict.baseline]
    assert gaps == [19, 12, 8]


def test_north_carolina_parts_of_the_whole(diplan: Diplan) -> None:
    """Each group is held against the 73 per cent of all households, without a later figure."""
    home = "examples/north-carolina-digital-divide"
    said = diplan("show", "households-online", "--workspace", home, "--as-of", "2022")
    lines = re.findall(
        r"baseline (\d+)% \(no date\), (\d+) points (above|below) the whole", said.out
    )
    assert lines == [
        ("81", "8", "above"), ("57", "16", "below"), ("64", "9", "below"), ("68", "5", "below"),
        ("76", "3", "above"),
    ]  # fmt: skip


def test_north_carolina_money(diplan: Diplan) -> None:
    """967 and 50 million US dollars, to be spent by the end of 2026, come to 1,017 million."""
    found = plan("north-carolina-digital-divide")
    home = "examples/north-carolina-digital-divide"
    said = diplan("actions", "--workspace", home, "--as-of", "2022")

    assert [str(one.budget.planned) for one in found.actions if one.budget] == [
        "967000000", "50000000",
    ]  # fmt: skip
    assert {str(one.due) for one in found.actions} == {"2026"}
    assert "Budgets: $1,017,000,000 planned; 2 of 2 actions state one." in said.out


def test_everett_actions() -> None:
    """1 completed, 2 underway, 11 potential; 4 immediate, 7 intermediate, 3 long term; no date."""
    found = assess(plan("everett-chelsea-revere"), period("2022"))
    times = [(one.timescale or "").partition(" (")[0] for one in found.plan.actions]

    assert found.grades() == {"Completed": 1, "Underway": 2, "Potential": 11, "not-graded": 0}
    assert Counter(times) == {"Immediate": 4, "Intermediate": 7, "Long term": 3}
    assert not any(one.due or one.budget for one in found.plan.actions)
    assert not any(one.overdue for one in assess(found.plan, period("2026-11")).standings)
    assert sum(len(one.next_steps) for one in found.plan.actions) == 25


def test_everett_types() -> None:
    """Three actions are of several types, and stand under the first."""
    actions = plan("everett-chelsea-revere").actions
    first = Counter(one.priority for one in actions)

    assert first == {"connection": 10, "digital-literacy": 3, "device": 1}
    assert [one.id for one in actions if len(one.priorities) > 1] == [
        "housing-wifi-pilot", "equity-trust-fund", "community-tv-hub",
    ]  # fmt: skip


def test_all_five_plans_share_the_national_series(diplan: Diplan) -> None:
    """The ONS series has rows for the areas of all four places, and five plans hold them."""
    said = diplan("compare", ".", "examples", "--as-of", "2020", "--format", "json")
    found = json.loads(said.out)
    [shared] = found["definitions"]
    plans = {one["plan"] for one in found["figures"] if not one["benchmark"]}

    assert shared["id"] == "adults-not-using-the-internet"
    assert shared["period"] == "2020"
    assert len(plans) == 5
