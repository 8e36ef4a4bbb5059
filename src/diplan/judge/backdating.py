"""Which verdicts of the past change because an entry of the ledger bears an earlier date."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from diplan.ground.period import Period, date_at, day
from diplan.judge.action import standing
from diplan.judge.indicator import judge_indicator
from diplan.plan import Action, Indicator, Plan, Revision
from diplan.plan.promise import promised
from diplan.plan.working_out import worked_out_in


def past_verdicts(
    entity: Indicator | Action, entry: Revision, until: Period, plan: Plan
) -> Iterator[tuple[Period, str, str]]:
    """Yield days up to *until* on which the verdict differs: the day, what it would be, what it is.

    The entity is compared with itself with the entry dated on the day after *until*, on the days
    on which a verdict can change: after a figure, an update or a due date.
    """
    honest = replace(entry, date=day(until.last_day + timedelta(days=1)), correction=False)
    revisions = tuple(honest if other is entry else other for other in entity.revisions)
    dated = replace(entity, revisions=revisions)
    for moment in sorted(_moments(entity, dated, until)):
        as_of = day(date_at(moment))
        was, now = (_word(state, as_of, plan) for state in (dated, entity))
        if was != now:
            yield as_of, was, now


def _moments(now: Indicator | Action, dated: Indicator | Action, until: Period) -> set[Fraction]:
    """The days up to *until* on which something ends, and the days after them."""
    ends = {until.end, *(entry.date.end for entry in now.revisions)}
    for entity in (now, dated, promised(now, None), promised(dated, None)):
        due = entity.due if isinstance(entity, Action) else entity.target.due
        if isinstance(due, Period):
            ends.add(due.end)
        if isinstance(entity, Action):
            ends |= {update.date.end for update in entity.updates}
        else:
            ends |= {seen.period.end for seen in entity.observations}
    after = {day(date_at(end) + timedelta(days=1)).end for end in ends}
    return {end for end in ends | after if end <= until.end}


def _word(entity: Indicator | Action, as_of: Period, plan: Plan) -> str:
    """How it stands on a day: a status, or whether it is overdue."""
    then = promised(entity, as_of.end)
    if isinstance(then, Action):
        return "overdue" if standing(then, as_of, plan.cover).overdue else "not overdue"
    known = worked_out_in(plan, then)
    return str(judge_indicator(known, as_of, plan.cover.approximate_within).status)
