"""Actions: what services have promised to do, by when, and how that went."""

from typing import Annotated, Literal

from pydantic import PlainValidator

from diplan.errors import BadTextError
from diplan.model.base import Id, Line, Text, When, record
from diplan.model.revision import Revision
from diplan.period import Period, period
from diplan.text import suggest

Due = Period | Literal["to-be-confirmed", "ongoing"]


def _due(written: object) -> Due:
    if isinstance(written, int) and not isinstance(written, bool):
        written = str(written)
    if isinstance(written, Period) or written in ("to-be-confirmed", "ongoing"):
        return written
    if not isinstance(written, str):
        raise BadTextError("not-a-period", "a time is expected here", "write one, such as 2018-03")
    if written.strip().lower() == "tbc":
        raise BadTextError("not-a-period", f'"{written}" is no time', "write to-be-confirmed")
    try:
        return period(written)
    except BadTextError as error:
        word = suggest(written, ("to-be-confirmed", "ongoing"))
        other = f'did you mean "{word}"?' if word else f"{error.hint}, to-be-confirmed or ongoing"
        raise BadTextError(error.code, str(error), other) from None


@record
class Update:
    """How an action stood on a date."""

    date: When
    grade: Line
    """One of the plan's grades."""
    evidence: Text | None = None
    source: Id | None = None
    at: Line | None = None


@record
class Ending:
    """Why an action left the plan before it was done."""

    date: When
    why: Literal["withdrawn", "superseded", "merged"]
    by: Id | None = None
    """The action that took its place."""
    note: Text | None = None


@record
class Action:
    """Something a service has promised to do by a time."""

    id: Id
    title: Line
    priority: Id
    due: Annotated[Due, PlainValidator(_due)]
    """A period, `to-be-confirmed`, or `ongoing` (with `since`)."""
    outcome: Id | None = None
    objective: Line | None = None
    lead: tuple[Id, ...] = ()
    """The services that promised it: roles, never a person's name."""
    accountable: tuple[Id, ...] = ()
    """The bodies that answer for it."""
    delivers: tuple[Id, ...] = ()
    """The bodies that do the work with those that lead it."""
    consulted: tuple[Id, ...] = ()
    """The bodies that are asked."""
    since: When | None = None
    years: tuple[When, ...] = ()
    """The yearly plans that it stands in; more than one: it was carried forward."""
    supports: tuple[Id, ...] = ()
    """The indicators that it is meant to move."""
    success_measure: Text | None = None
    updates: tuple[Update, ...] = ()
    ended: Ending | None = None
    revisions: tuple[Revision, ...] = ()
    """Changes to its due date or to a grade of the past."""
    source: Id | None = None
    at: Line | None = None
    note: Text | None = None

    @property
    def parts(self) -> dict[str, tuple[str, ...]]:
        """The bodies that have a part in it, by the part that they have."""
        return {
            "lead": self.lead,
            "accountable": self.accountable,
            "delivers": self.delivers,
            "consulted": self.consulted,
        }
