"""Priorities: the headings of a plan, what they are for, and what became of a recommendation."""

from typing import Literal

from diplan.model.base import Id, Line, Text, When, record

Answer = Literal["accepted", "partly-accepted", "not-accepted", "awaited"]


@record
class Outcome:
    """What a priority is for, and what that is worth."""

    id: Id
    title: Line
    benefits: tuple[Text, ...] = ()


@record
class SuccessMeasure:
    """What the plan says would show success."""

    title: Line
    indicators: tuple[Id, ...] = ()
    """What measures it; none: it is not an indicator yet."""
    note: Text | None = None


@record
class Response:
    """What those to whom a recommendation is addressed have said to it."""

    answer: Answer
    """`awaited` where no answer is known."""
    date: When | None = None
    by: Id | None = None
    """The body that answered."""
    why: Text | None = None
    source: Id | None = None
    at: Line | None = None


@record
class Priority:
    """A heading of the plan."""

    id: Id
    title: Line
    supports: tuple[Id, ...] = ()
    """Corporate priorities."""
    outcomes: tuple[Outcome, ...] = ()
    success_measures: tuple[SuccessMeasure, ...] = ()
    to: tuple[Id, ...] = ()
    """The bodies to which a recommendation is addressed."""
    response: Response | None = None
    """Their answer; absent where the heading is no recommendation to answer."""
    note: Text | None = None

    @property
    def adopted(self) -> bool:
        """Whether something has to follow: it was accepted, or is nothing to be answered."""
        return self.response is None or self.response.answer == "accepted"
