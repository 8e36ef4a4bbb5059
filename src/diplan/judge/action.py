"""How an action or a graded heading stands: its grade, what that means, and whether it is late."""

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from diplan.ground.period import Period
from diplan.judge.statuses import NOT_GRADED
from diplan.plan import Action, CoverSheet, Meaning, Priority, Update
from diplan.plan.promise import Move


class Standing(NamedTuple):
    """How an action stands at a moment, with the updates that count by then, in order of time."""

    action: Action
    updates: tuple[Update, ...]
    ended: bool
    overdue: bool
    means: Meaning | None = None
    """What the grade says about the work; None where there is none, or the plan does not say."""
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

    @property
    def aside(self) -> bool:
        """Whether it is paused or only proposed, so that it is counted apart."""
        return self.means in (Meaning.PAUSED, Meaning.PROPOSED)

    @property
    def undated(self) -> bool:
        """Whether its date is still to be confirmed, and no timescale stands for it."""
        return self.action.due == "to-be-confirmed" and self.action.timescale is None


class HeadingStanding(NamedTuple):
    """How a heading stands that carries updates of its own."""

    priority: Priority
    updates: tuple[Update, ...]
    means: Meaning | None

    @property
    def grade(self) -> str | None:
        """The grade of the latest update; None where nobody has graded the heading by then."""
        return self.updates[-1].grade if self.updates else None


def heading_standing(priority: Priority, as_of: Period, cover: CoverSheet) -> HeadingStanding:
    """How a heading stands as of the end of a period."""
    known = _known(priority.updates, as_of)
    return HeadingStanding(priority, known, _meaning(known, cover))


def standing(action: Action, as_of: Period, cover: CoverSheet) -> Standing:
    """How an action stands as of the end of a period."""
    known = _known(action.updates, as_of)
    ended = action.ended is not None and action.ended.date.end <= as_of.end
    means = _meaning(known, cover)
    late = not ended and _late(action, known, cover, as_of)
    return Standing(action, known, ended, late, means)


def _late(action: Action, known: Sequence[Update], cover: CoverSheet, as_of: Period) -> bool:
    """Whether its time has ended, unless it is done, proposed, or was paused before then.

    What was paused in time and is said to be so again since is not late.
    Something to be kept up from a date on is in time where it was on course after that date. An
    action without a date is never late: it is listed as undated.
    """
    due, means = action.due, _meaning(known, cover)
    paused = list(takewhile(lambda each: cover.meaning(each.grade) is Meaning.PAUSED, known[::-1]))
    if not isinstance(due, Period) or due.end >= as_of.end:
        return False
    if means in (Meaning.DONE, Meaning.PROPOSED):
        return False
    if paused and paused[-1].date.end <= due.end:
        return False
    kept_up = action.continues and means is Meaning.ON_COURSE and known[-1].date.end > due.end
    return not kept_up


def _known(updates: Sequence[Update], as_of: Period) -> tuple[Update, ...]:
    known = [update for update in updates if update.date.end <= as_of.end]
    return tuple(sorted(known, key=lambda update: update.date.end))


def _meaning(known: Sequence[Update], cover: CoverSheet) -> Meaning | None:
    return cover.meaning(known[-1].grade) if known else None
