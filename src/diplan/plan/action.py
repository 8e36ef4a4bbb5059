"""Actions: what services have promised to do, by when, and how that went."""

from typing import Annotated, Literal

from pydantic import Field, PlainValidator

from diplan.ground.errors import BadTextError
from diplan.ground.period import Period, period
from diplan.ground.text import did_you_mean, suggest
from diplan.plan.base import (
    ONE_OR_MANY,
    Code,
    Id,
    Line,
    NotNegative,
    Text,
    TrueOrFalse,
    When,
    record,
)
from diplan.plan.revision import Revision

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
        hint = did_you_mean(word, f"{error.hint}, to-be-confirmed or ongoing")
        raise BadTextError(error.code, str(error), hint) from None


@record
class Update:
    """How an action stood on a date."""

    date: When
    """When it stood so; a month where the day is not known."""
    grade: Line
    """One of the plan's grades, as `scale` in plan.yaml writes them."""
    evidence: Text | None = None
    """How one can tell; absent where nothing shows it."""
    source: Id | None = None
    """Id of the source that says so, from plan.yaml."""
    at: Line | None = None
    """The place in the source, in words, such as: table 3."""


@record
class Ending:
    """Why an action left the plan before it was done."""

    date: When
    """When it left the plan."""
    why: Literal["withdrawn", "superseded", "merged"]
    """Why it left the plan."""
    by: Id | None = None
    """Id of the action that took its place; absent where none did."""
    note: Text | None = None
    """What else a reader should know of it."""


@record
class Budget:
    """The money of an action."""

    planned: NotNegative | None = None
    """What it is meant to cost; absent where nobody has said."""
    spent: NotNegative | None = None
    """What has been spent so far; absent where nobody has said."""
    currency: Code | None = None
    """The currency, by the three letters of ISO 4217; GBP in GB where nothing is said."""
    funder: Line | None = None
    """Who pays for it, such as a fund or a partner."""


@record
class Action:
    """Something a service has promised to do by a time."""

    id: Id
    """A name of its own, such as `tablet-loans`, by which the plan refers to it."""
    title: Line
    """What is promised, in one line that begins with a verb."""
    priorities: Annotated[tuple[Id, ...], ONE_OR_MANY, Field(alias="priority", min_length=1)]
    """Id of the heading that it stands under, or a list of them: the others refer to the action."""
    due: Annotated[Due, PlainValidator(_due)] | None = None
    """The period by whose end it is promised, or `to-be-confirmed`, or `ongoing` (with `since`)."""
    timescale: Line | None = None
    """When, in the source's own words; with it `due` may be absent, and nothing is late."""
    start: When | None = None
    """When the work begins; absent where nobody has said."""
    continues: TrueOrFalse = False
    """`true` where it is to be in place by `due` and kept up from then on; else `false`."""
    outcome: Id | None = None
    """Id of the outcome of that heading that it works towards."""
    objective: Line | None = None
    """What a group of actions should bring about; actions with the same one stand together."""
    lead: tuple[Id, ...] = ()
    """Ids of the services that promised it: roles, never a person's name."""
    accountable: tuple[Id, ...] = ()
    """Ids of the bodies that answer for it; absent where those that lead it do."""
    delivers: tuple[Id, ...] = ()
    """Ids of the bodies that do the work with those that lead it."""
    consulted: tuple[Id, ...] = ()
    """Ids of the bodies that are asked."""
    since: When | None = None
    """Since when it goes on, where it is ongoing."""
    years: tuple[When, ...] = ()
    """The yearly plans that it stands in; more than one: it was carried forward."""
    supports: tuple[Id, ...] = ()
    """Ids of the indicators that it is meant to move."""
    segments: tuple[Id, ...] = ()
    """Ids of the segments that it serves, of any profile; absent: nobody in particular."""
    success_measure: Text | None = None
    """What would show that it worked, in words."""
    next_steps: tuple[Text, ...] = ()
    """What is to be done next, one text for each step."""
    risks: tuple[Text, ...] = ()
    """What could keep it from being done, one text for each risk."""
    budget: Budget | None = None
    """What it costs and who pays; absent where the plan states no money."""
    updates: tuple[Update, ...] = ()
    """How it went, in order of time; absent where nobody has reported on it."""
    ended: Ending | None = None
    """How it left the plan before it was done; absent while it has not."""
    revisions: tuple[Revision, ...] = ()
    """Changes to its due date or to a grade of the past, each with its reason."""
    source: Id | None = None
    """Id of the source that the action is from."""
    at: Line | None = None
    """The place in the source, in words, such as: table 3."""
    note: Text | None = None
    """What else a reader should know of it."""

    @property
    def priority(self) -> str:
        """The heading that it stands under: the first, where it refers to several."""
        return self.priorities[0]

    @property
    def parts(self) -> dict[str, tuple[str, ...]]:
        """The bodies that have a part in it, by the part that they have."""
        return {
            "lead": self.lead,
            "accountable": self.accountable,
            "delivers": self.delivers,
            "consulted": self.consulted,
        }
