"""How an action stands: its grade, and whether it is late."""

from typing import NamedTuple

from diplan.assess.words import NOT_GRADED
from diplan.model import Action, Update
from diplan.period import Period


class Standing(NamedTuple):
    """An action at a moment. `update` is the latest report on it by then, None where none is."""

    action: Action
    update: Update | None
    ended: bool
    overdue: bool

    @property
    def grade(self) -> str:
        """The grade of the latest update, or `not-graded`."""
        return self.update.grade if self.update else NOT_GRADED


def standing(action: Action, as_of: Period, done: str) -> Standing:
    """How an action stands as of the end of a period; *done* is the grade that says it is done.

    It is overdue once its time has ended, unless it is done or has left the plan. An action
    without a date is never on time by omission: it is listed as undated, not as overdue.
    """
    known = [update for update in action.updates if update.date.end <= as_of.end]
    latest = max(known, key=lambda update: update.date.end, default=None)
    ended = action.ended is not None and action.ended.date.end <= as_of.end
    late = isinstance(action.due, Period) and action.due.end < as_of.end
    finished = latest is not None and latest.grade == done
    return Standing(action, latest, ended, late and not finished and not ended)
