"""Revisions: what was changed openly, and why."""

from diplan.plan.base import Id, Line, Text, TrueOrFalse, When, record


@record
class Revision:
    """A declared change to what was promised or measured: the ledger's entry."""

    date: When
    """When it was changed: the day; a month counts from its end."""
    what: Line
    """What was changed, such as `target.due`, `milestones.2018` or `observations.2018.value`."""
    was: Line | None = None
    """What it said before; absent where nothing was given."""
    now: Line | None = None
    """What it says since; absent where it was taken out."""
    why: Text
    """Why it was changed, in words."""
    source: Id | None = None
    """Id of the source that says so, from plan.yaml."""
    correction: TrueOrFalse = False
    """`true` where the file was wrong, not the promise: the new value then holds at all times."""
