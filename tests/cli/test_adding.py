"""Every part of a plan by answering questions: no id, no YAML."""

from pathlib import Path

import pytest

from conftest import Diplan, plan_at


@pytest.fixture
def home(tmp_path: Path, diplan: Diplan) -> Path:
    """A new plan with two headings and a service."""
    answers = ("Our Council", "", "2026-04", "2030-03", "Get online", "Learn skills", "",
               "Library service", "")  # fmt: skip
    assert diplan("init", "plan", cwd=tmp_path, answers=answers).code == 0
    return tmp_path / "plan"


def test_a_plan_without_an_id(home: Path, diplan: Diplan) -> None:
    """By parts of titles and by numbers; what is missing from a list is made at once."""
    source = ("Survey of homes", "Our council", "2026", "", "y")
    assert diplan("add", "source", cwd=home, answers=source).code == 0
    homes = ("Homes without broadband", "online", "homes", "libr", "", "halve", "2030", "2,400",
             "2025", "survey", "")  # fmt: skip
    said = diplan("add", "indicator", cwd=home, answers=homes)
    assert said.code == 0, said.err
    assert "  baseline value: 2400" in said.err
    tablets = ("Lend tablets", "1", "new", "Youth service", "lib", "", "Q1 2027/28", "y")
    assert diplan("add", "action", cwd=home, answers=tablets).code == 0

    made = plan_at(home)
    indicator, action = made.indicators[0], made.actions[0]
    assert (indicator.id, indicator.priority, indicator.lead) == (
        "homes-without-broadband", "get-online", ("library-service",),
    )  # fmt: skip
    assert indicator.baseline
    assert (str(indicator.baseline.value), indicator.baseline.source) == (
        "2400",
        "survey-of-homes",
    )
    assert action.lead == ("youth-service", "library-service")
    assert str(action.due) == "2027/28-Q1"
    assert [service.title for service in made.services] == ["Library service", "Youth service"]


@pytest.mark.parametrize(
    ("kind", "answers", "section"),
    [
        ("priority", ("Open data",), "priorities"),
        ("service", ("Youth service",), "services"),
        ("corporate", ("Fair chances",), "corporate"),
        ("governance", ("library", "reviews", "Looks at the figures", "yearly", ""), "governance"),
        ("profile", ("Homes", "homes", "Families", "c. 40", "Others", "60", ""), "profiles"),
        ("activity", ("ICT courses", "skills", "library", ""), "activities"),
        ("note", ("All figures are made up",), "notes"),
        ("venue", ("Central Library", "library"), "venues"),
    ],
)
def test_every_kind(
    kind: str, answers: tuple[str, ...], section: str, home: Path, diplan: Diplan
) -> None:
    """One more of it, and the plan has no error."""
    before = len(getattr(plan_at(home), section))
    said = diplan("add", kind, cwd=home, answers=answers)
    assert said.code == 0, said.err
    assert len(getattr(plan_at(home), section)) == before + 1


def test_an_outcome_stands_in_its_heading(home: Path, diplan: Diplan) -> None:
    """With an id made of its title."""
    assert diplan("add", "outcome", cwd=home, answers=("learn", "More people can")).code == 0
    assert plan_at(home).priority["learn-skills"].outcomes[0].id == "more-people-can"


def test_the_lines_are_shown_on_request(home: Path, diplan: Diplan) -> None:
    """A summary in words by default, with `--diff` what changes in the file."""
    words = diplan("add", "service", cwd=home, answers=("Youth service", "n"))
    assert (words.code, words.out) == (1, "")
    assert "  title: Youth service" in words.err
    assert "nothing was saved" in words.err
    lines = diplan("add", "service", "--diff", cwd=home, answers=("Youth service", "n"))
    assert "+  - " in lines.out or "+services:" in lines.out
    assert [service.id for service in plan_at(home).services] == ["library-service"]


def test_what_is_missing_at_the_end_is_named(home: Path, diplan: Diplan) -> None:
    """All of it, with exit code 2, and nothing is saved."""
    said = diplan("add", "action", "title=Lend tablets", cwd=home)
    assert said.code == 2
    assert "priority=..., lead=..., due=... are missing" in said.err


def test_a_title_that_is_there_gets_another_id(home: Path, diplan: Diplan) -> None:
    """Two things of one title are two things."""
    for _ in range(2):
        assert diplan("add", "service", "title=Youth service", cwd=home).code == 0
    assert [service.id for service in plan_at(home).services][1:] == [
        "youth-service",
        "youth-service-2",
    ]


def test_a_year_by_titles_alone(home: Path, diplan: Diplan) -> None:
    """A figure, an update and a revision by someone who knows no id."""
    diplan("add", "source", cwd=home, answers=("Survey", "", "2026", "", "y"))
    homes = ("Homes without broadband", "online", "homes", "libr", "", "halve", "2030", "2,400",
             "2025", "survey", "")  # fmt: skip
    diplan("add", "indicator", cwd=home, answers=homes)
    diplan("add", "action", cwd=home, answers=("Lend tablets", "1", "1", "", "2027-03", "y"))

    figures = ("without broadband", "", "2,000", "survey")
    unsure = diplan("record", cwd=home, answers=figures)
    assert unsure.code == 2  # 2026 has not ended, and nobody says that it is right
    assert "say so with --yes" in unsure.err
    said = diplan("record", cwd=home, answers=(*figures, "y"))
    assert said.code == 0, said.err
    update = diplan("update", cwd=home, answers=("tablets", "2", "Ten are on loan", "y"))
    assert update.code == 0, update.err
    moved = diplan(
        "revise", cwd=home, answers=("broadband", "date", "2031", "", "Agreed in May", "y")
    )
    assert moved.code == 0, moved.err
    assert "The date of the target (now 2030)" in moved.err

    made = plan_at(home)
    indicator, action = made.indicators[0], made.actions[0]
    assert [str(seen.value) for seen in indicator.observations] == ["2000"]
    assert (action.updates[-1].grade, action.updates[-1].evidence) == (
        "On-Track",
        "Ten are on loan",
    )
    (entry,) = indicator.revisions
    assert (entry.what, entry.was, entry.now, entry.why) == (
        "target.due", "2030", "2031", "Agreed in May",
    )  # fmt: skip


def test_a_figure_brings_its_new_source(home: Path, diplan: Diplan) -> None:
    """The list of sources offers a new one, which is saved with the figure or not at all."""
    people = ("People helped", "online", "people", "libr", "", "none", "")
    assert diplan("add", "indicator", cwd=home, answers=people).code == 0

    figure = ("people", "2025", "120", "new", "Desk count", "")
    said = diplan("record", cwd=home, answers=figure)

    assert said.code == 0, said.err
    made = plan_at(home)
    assert [(source.id, source.title) for source in made.sources] == [("desk-count", "Desk count")]
    assert made.indicators[0].observations[0].source == "desk-count"
