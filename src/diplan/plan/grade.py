"""Grades: the words of a plan for how its actions stand, and what each says about the work."""

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator

from diplan.plan.base import Line, record


class Meaning(StrEnum):
    """What a grade says about the work; colour, lateness and 'done' follow from it."""

    DONE = "done"
    ON_COURSE = "on-course"
    OFF_COURSE = "off-course"
    MISSED = "missed"
    NOT_STARTED = "not-started"
    PAUSED = "paused"
    PROPOSED = "proposed"


DEFAULT_SCALE = {
    "Fully Achieved": Meaning.DONE,
    "On-Track": Meaning.ON_COURSE,
    "Slipped": Meaning.OFF_COURSE,
    "Not Achieved": Meaning.MISSED,
}
"""The grades that need no meaning written beside them."""


@record
class Grade:
    """A grade of the plan's scale."""

    grade: Line
    """The grade, in the plan's own words."""
    means: Meaning | None
    """What it says about the work."""


def _with_meaning(written: object) -> object:
    if isinstance(written, str):
        return {"grade": written, "means": DEFAULT_SCALE.get(written)}
    return written


ScaleEntry = Annotated[Grade, BeforeValidator(_with_meaning)]
"""A grade with its meaning; one of the four usual ones may stand bare."""


def usual_scale() -> tuple[Grade, ...]:
    """The scale of a plan that gives none."""
    return tuple(Grade(grade=grade, means=means) for grade, means in DEFAULT_SCALE.items())
