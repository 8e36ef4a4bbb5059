"""How an action stands: its grade, and whether it is late."""

from typing import NamedTuple

from diplan.ground.period import Period
from diplan.judge.statuses import NOT_GRADED
from diplan.plan import Action, Update
from diplan.plan.promise import Move


class Standing(NamedTuple):
    """How an action stands at a moment, with the updates that count by then, in order of time."""

    action: Action
    updates: tuple[Update, ...]
    ended: bool
    overdue: bool
    moved: tuple[Move, ...] = ()
    """Every entry of the ledger on its due date, and whether it holds at this moment."""

    @property
    def update(self) -> Update | None:
        """The latest update; None where nobody has reported on it."""
        return self.updates[-1] if self.updates else None

    @property
    def evidence(self) -> Update | None:
        """The latest update that gives evidence; None where none does."""
        return next((update for update in reversed(self.updates) if update.evidence), None)

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
    known.sort(key=lambda update: update.date.end)
    ended = action.ended is not None and action.ended.date.end <= as_of.end
    late = isinstance(action.due, Period) and action.due.end < as_of.end
    finished = bool(known) and known[-1].grade == done
    return Standing(action, tuple(known), ended, late and not finished and not ended)
