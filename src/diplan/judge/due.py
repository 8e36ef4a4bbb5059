"""What a plan is owed: figures, updates, dates, reviews and answers, from whom and since when.

Pure arithmetic on a plan and a moment. Once a plan has come to its last day, nobody owes it
anything; what was owed at its end is what is owed as of that day.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from diplan.ground.errors import BadTextError
from diplan.ground.period import Period, date_at, day, earlier, later, year_containing
from diplan.plan import Action, Indicator, Meaning, Observation, Plan, Priority, Total, Update
from diplan.plan.indicator import MONTHS
from diplan.plan.promise import in_force
from diplan.plan.working_out import worked_out

LOOK_AHEAD = 3
"""How many months ahead of the moment are looked at where nobody says."""

NOT_YET = "to-be-confirmed"


class OwedKind(StrEnum):
    """The kinds of thing that can be owed."""

    FIGURE = "figure"
    BASELINE = "baseline"
    UPDATE = "update"
    DATE = "date"
    REVIEW = "review"
    ANSWER = "answer"


class Owed(NamedTuple):
    """Something that is owed. A `due` of None: nobody has said by when."""

    kind: OwedKind
    id: str
    """Of the indicator, action or heading; for a review, of the body."""
    title: str
    services: tuple[str, ...]
    """Ids of those that owe it; none where the plan names nobody."""
    due: Period | None = None
    """By the end of this."""
    overdue: bool = False
    """Whether that had ended before the moment did."""
    periods: tuple[Period, ...] = ()
    """Of a figure: what it is for, the earliest first; several where several were missed."""
    last: Period | None = None
    """The latest figure or update that there is; None where there is none."""


def due(plan: Plan, as_of: Period, until: Fraction | None = None) -> list[Owed]:
    """List what is owed as of the end of a period, and what will be by a moment (in months).

    In order of time, then in the plan's order of services; what has no date is last.
    """
    if not plan.is_running(as_of):
        return []
    rank = {service.id: at for at, service in enumerate(plan.services)}

    def order(item: Owed) -> tuple[bool, Fraction, int]:
        first = min((rank.get(name, len(rank)) for name in item.services), default=len(rank))
        return item.due is None, item.due.end if item.due else Fraction(0), first

    walk = _Walk(
        worked_out(in_force(plan, as_of)), as_of.end, ahead(as_of) if until is None else until
    )
    return sorted(walk.items(), key=order)


def figures_awaited(plan: Plan, as_of: Period) -> dict[str, Period]:
    """The earliest period that ended without a figure, by the id of the indicator that owes it."""
    owed = due(plan, as_of, as_of.end)
    return {
        item.id: item.periods[0]
        for item in owed
        if item.kind is OwedKind.FIGURE and item.periods[0].end <= as_of.end
    }


def ahead(as_of: Period) -> Fraction:
    """The moment (in months) up to which we look ahead by default: the end of a day."""
    with suppress(BadTextError):
        return earlier(as_of, -LOOK_AHEAD).end
    return as_of.end + LOOK_AHEAD


class _Walk:
    """One walk through a plan, for what is owed at a moment and due by a later one."""

    def __init__(self, plan: Plan, now: Fraction, until: Fraction) -> None:
        self.plan = plan
        self.now = now
        self.until = until
        self.start = plan.cover.from_.start if plan.cover.from_ else None
        self.end = plan.cover.to.end if plan.cover.to else None

    def items(self) -> Iterator[Owed]:
        for indicator in self.plan.indicators:
            yield from self.indicator(indicator)
        for action in self.plan.actions:
            yield from self.action(action)
        for part in self.plan.governance:
            if part.next:
                yield from self.by(
                    part.next, Owed(OwedKind.REVIEW, part.body, part.does, (part.body,))
                )
        for priority in self.plan.priorities:
            if priority.response and priority.response.answer == "awaited":
                yield Owed(OwedKind.ANSWER, priority.id, priority.title, priority.to)
            yield from self.heading(priority)

    def by(self, when: Period, item: Owed) -> Iterator[Owed]:
        """An item that is due by the end of a period, unless that is too far ahead."""
        if when.end <= self.until:
            yield item._replace(due=when, overdue=when.end < self.now)

    def indicator(self, indicator: Indicator) -> Iterator[Owed]:
        """The baseline; the periods that ended without a figure, or else the next one to end.

        A derived figure is asked of nobody: its parts are.
        """
        if indicator.derived or indicator.has_ended(self.now):
            return
        if indicator.baseline and indicator.baseline.missing == NOT_YET:
            yield Owed(OwedKind.BASELINE, indicator.id, indicator.title, indicator.lead)
        known = [seen for seen in indicator.observations if seen.period.end <= self.now]
        given = [seen.period for seen in known if seen.missing != NOT_YET]
        if indicator.baseline and indicator.baseline.period:
            given.append(indicator.baseline.period)
        last = max(given, key=lambda when: when.end, default=None)
        wanted = {seen.period.end: seen.period for seen in known if seen.missing == NOT_YET}
        for when in (*self.periodic(indicator, last), *_outcome(indicator, known)):
            wanted.setdefault(when.end, when)
        times = [wanted[end] for end in sorted(wanted) if end <= self.until]
        missed = tuple(when for when in times if when.end <= self.now)
        for first in times[:1]:
            item = Owed(OwedKind.FIGURE, indicator.id, indicator.title, indicator.lead, last=last)
            yield from self.by(first, item._replace(periods=missed or (first,)))

    def periodic(self, indicator: Indicator, last: Period | None) -> Iterator[Period]:
        """By the indicator's frequency: the periods after the last one, up to one ahead."""
        months = MONTHS.get(indicator.frequency or "", 0)
        when = self.first(indicator, months, last) if months else None
        while when and (self.end is None or when.end <= self.end):
            if self.start is None or when.end > self.start:
                yield when
                if when.end > self.now:
                    return
            when = _later(when, months)

    def first(self, indicator: Indicator, months: int, last: Period | None) -> Period | None:
        """The period after the last one; else the first of a total, or of the plan."""
        counts = indicator.target.from_ if isinstance(indicator.target, Total) else None
        if counts and (last is None or last.end <= counts.start):
            regular = counts.end - counts.start == months
            return counts if regular else self.natural(counts.start, months)
        if last is None:
            return self.natural(self.start, months) if self.start is not None else None
        if last.kind != "day" and last.end - last.start > months:
            return self.natural(last.end, months)
        return _later(last, months)

    def natural(self, since: Fraction, months: int) -> Period | None:
        """The first month, quarter or year of the plan that a frequency asks for since then."""
        kind = self.plan.cover.years if months >= 12 else "quarter" if months >= 3 else "month"
        end = since + 1 + months - {"quarter": 3, "month": 1}.get(kind, 12)
        return _later(Period("", kind, end, end), 0)

    def action(self, action: Action) -> Iterator[Owed]:
        """A date, where there is none; an update, by its own date or for a review."""
        if action.ended and action.ended.date.end <= self.now:
            return
        known = [update for update in action.updates if update.date.end <= self.now]
        last, means = self.latest(known)
        live = means not in (Meaning.DONE, Meaning.PROPOSED)
        if action.due == NOT_YET and live and not action.timescale:
            yield Owed(OwedKind.DATE, action.id, action.title, action.lead)
        begun = [action.since.start] if action.since else [year.start for year in action.years]
        if action.start and not action.since:
            begun = [action.start.start]
        times = list(self.review(begun, last)) if live else []
        if (
            isinstance(action.due, Period)
            and means is not Meaning.PAUSED
            and live
            and not any(update.date.end >= action.due.end for update in known)
        ):
            times.append(action.due)
        for when in sorted(times, key=lambda when: when.end)[:1]:
            yield from self.by(
                when, Owed(OwedKind.UPDATE, action.id, action.title, action.lead, last=last)
            )

    def heading(self, priority: Priority) -> Iterator[Owed]:
        """An update of a heading that carries updates, for a review."""
        if not priority.updates:
            return
        known = [update for update in priority.updates if update.date.end <= self.now]
        last, means = self.latest(known)
        for when in () if means is Meaning.DONE else self.review([], last):
            item = Owed(OwedKind.UPDATE, priority.id, priority.title, priority.to, last=last)
            yield from self.by(when, item)

    def latest(self, known: Sequence[Update]) -> tuple[Period | None, Meaning | None]:
        """When the latest update is from, and what its grade means."""
        update = max(known, key=lambda update: update.date.end, default=None)
        return (update.date, self.plan.cover.meaning(update.grade)) if update else (None, None)

    def review(self, begun: Sequence[Fraction], last: Period | None) -> Iterator[Period]:
        """The first review of the plan since something began, or was last reported on."""
        months = MONTHS.get(self.plan.cover.review or "", 0)
        if not months:
            return
        if begun and min(begun) >= self.now:
            return
        year = year_containing(self.plan.cover.years, self.now).start
        anchor = year if self.start is None else self.start
        if self.start is None:
            since = last.end if last else year
        else:
            since = max([last.end] if last else [self.start, *begun])
        number = (since - anchor) // months + 1
        with suppress(BadTextError):
            while (when := day(date_at(anchor + months * number))).end <= since:
                number += 1
            if self.end is None or when.end <= self.end:
                yield when


def _outcome(indicator: Indicator, known: Sequence[Observation]) -> Iterator[Period]:
    """The target's date: it needs a figure, whether there is a frequency or not."""
    aim = indicator.target.due
    if aim and not any(seen.period.end >= aim.end for seen in known):
        yield aim


def _later(when: Period, months: int) -> Period | None:
    """The period of the same kind that ends so much later; None after the last year there is."""
    with suppress(BadTextError):
        return later(when, months)
    return None
