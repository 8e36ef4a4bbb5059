"""Priorities: the headings of a plan, what they are for, and what became of a recommendation."""

from typing import Literal

from diplan.plan.action import Update
from diplan.plan.base import Id, Line, Text, When, record

Answer = Literal["accepted", "partly-accepted", "not-accepted", "awaited"]


@record
class Outcome:
    """What a priority is for, and what that is worth."""

    id: Id
    """A name of its own, such as `first-steps`, by which the plan refers to it."""
    title: Line
    """What will be different, in one line."""
    benefits: tuple[Text, ...] = ()
    """What that is worth, one text for each benefit."""


@record
class SuccessMeasure:
    """What the plan says would show success."""

    title: Line
    """The measure, in the plan's words."""
    indicators: tuple[Id, ...] = ()
    """Ids of the indicators that measure it; none: it is not an indicator yet."""
    note: Text | None = None
    """What else to know of it."""


@record
class Response:
    """What those to whom a recommendation is addressed have said to it."""

    answer: Answer
    """What they said; `awaited` where no answer is known."""
    date: When | None = None
    """When they answered."""
    by: Id | None = None
    """Id of the body that answered, from `services`."""
    why: Text | None = None
    """Their reason, in words."""
    source: Id | None = None
    """Id of the source that says so, from plan.yaml."""
    at: Line | None = None
    """The place in the source, in words, such as: table 3."""


@record
class Priority:
    """A heading of the plan."""

    id: Id
    """A name of its own, such as `get-online`, by which the plan refers to it."""
    title: Line
    """The heading, in one line."""
    supports: tuple[Id, ...] = ()
    """Ids of the corporate priorities that it serves."""
    outcomes: tuple[Outcome, ...] = ()
    """What it is for."""
    success_measures: tuple[SuccessMeasure, ...] = ()
    """What the plan says would show success, with figures or without."""
    to: tuple[Id, ...] = ()
    """Ids of the bodies to which a recommendation is addressed."""
    response: Response | None = None
    """Their answer; absent where the heading is no recommendation to answer."""
    updates: tuple[Update, ...] = ()
    """How it stood, in order of time, where the heading itself is graded."""
    note: Text | None = None
    """What else a reader should know of it."""

    @property
    def adopted(self) -> bool:
        """Whether something has to follow: it was accepted, or is nothing to be answered."""
        return self.response is None or self.response.answer == "accepted"
