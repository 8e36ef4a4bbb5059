"""What a grade means decides colour, lateness and being done; its name decides nothing."""

from typing import Any

import pytest

from builders import action, plan
from diplan.checks.cover import scale
from diplan.ground.period import period
from diplan.judge import Standing, assess

SCALE = [
    {"grade": grade, "means": means}
    for grade, means in (
        ("Green", "on-course"),
        ("Red", "off-course"),
        ("Complete", "done"),
        ("On hold", "paused"),
        ("Idea", "proposed"),
        ("Waiting", "not-started"),
        ("Failed", "missed"),
    )
]


def stands(as_of: str, *updates: tuple[str, str], **keys: Any) -> Standing:
    """How an action due in March 2018 stands."""
    given = [{"date": when, "grade": grade} for when, grade in updates]
    own = action(**{"due": "2018-03", "updates": given, "lead": ["x"], **keys})
    return assess(plan(actions=(own,), scale=SCALE), period(as_of)).standings[0]


@pytest.mark.parametrize(
    ("updates", "keys", "overdue"),
    [
        ([], {}, True),
        ([("2018-01-05", "Green")], {}, True),
        ([("2018-01-05", "Red")], {}, True),
        ([("2018-01-05", "Failed")], {}, True),
        ([("2018-01-05", "Waiting")], {}, True),
        ([("2018-01-05", "Complete")], {}, False),
        ([("2018-05-05", "Complete")], {}, False),
        ([("2018-05-05", "Idea")], {}, False),
        ([("2018-03-31", "On hold")], {}, False),
        ([("2018-04-01", "On hold")], {}, True),
        ([("2018-01-05", "On hold"), ("2018-02-05", "Green")], {}, True),
        ([("2018-01-05", "On hold"), ("2018-05-05", "On hold")], {}, False),
        ([("2018-01-05", "On hold"), ("2018-04-05", "Green"), ("2018-05-05", "On hold")], {}, True),
        ([("2018-05-05", "Green")], {"continues": True}, False),
        ([("2018-03-05", "Green")], {"continues": True}, True),
        ([("2018-05-05", "Red")], {"continues": True}, True),
        ([], {"due": "to-be-confirmed"}, False),
        ([], {"due": None, "timescale": "in the first year"}, False),
    ],
)
def test_lateness(updates: list[tuple[str, str]], keys: dict[str, Any], overdue: bool) -> None:
    """After its date, by what the latest grade means and when it was given."""
    keys = {key: value for key, value in keys.items() if value is not None or key != "due"}
    given = {"due": None, **keys} if "timescale" in keys else keys
    assert stands("2018-06", *updates, **given).overdue is overdue


def test_a_scale_without_meanings_is_still_read() -> None:
    """Its first grade says that an action is done, and the others say nothing."""
    cover = plan(scale=["Finished", "Going", "Slipped"]).cover
    assert [cover.meaning(grade) for grade in cover.grades] == ["done", None, "off-course"]
    assert plan().cover.meaning("On-Track") == "on-course"


def test_a_grade_has_one_meaning() -> None:
    """One that is on the scale twice has to say the same both times."""
    twice = plan(scale=[*SCALE, {"grade": "Green", "means": "on-course"}, "On-Track"])
    assert not list(scale(twice))
    other = plan(scale=[*SCALE, {"grade": "Green", "means": "done"}])
    assert [(found.code, found.place.path) for found in scale(other)] == [
        ("duplicate-id", ("scale", len(SCALE)))
    ]


def test_paused_and_proposed_are_counted_apart() -> None:
    """They stay in the plan, and are not under way."""
    assert stands("2018-06", ("2018-01-05", "Idea")).aside
    assert stands("2018-06", ("2018-01-05", "On hold")).aside
    assert not stands("2018-06", ("2018-01-05", "Waiting")).aside
