"""Revisions: what was changed openly, and why."""

from diplan.model.base import Id, Line, Text, When, record


@record
class Revision:
    """A declared change to what was promised or measured: the ledger's entry."""

    date: When
    what: Line
    """What was changed, such as `baseline.value`, `target.due` or `observations.2018.value`."""
    was: Line | None = None
    """What it said before; absent where nothing was given."""
    now: Line | None = None
    """What it says since; absent where it was taken out."""
    why: Text
    source: Id | None = None
