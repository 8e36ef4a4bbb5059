"""Rules on who does what by when: the plan's reviews, its headings and its actions."""

from collections.abc import Iterator, Sequence

from diplan.checks.cover import backwards
from diplan.ground.period import Period
from diplan.plan import Action, Meaning, Plan, Update
from diplan.plan.plan import HOME
from diplan.problems import Finding, Place


def empty_priorities(plan: Plan) -> Iterator[Finding]:
    """Find priorities without an indicator and without an action.

    A recommendation that nobody has accepted needs nothing yet.
    """
    used = {entity.priority for entity in plan.indicators}
    used |= {name for action in plan.actions for name in action.priorities}
    if plan.is_partial("indicators") or plan.is_partial("actions"):
        return
    if not plan.indicators and not plan.actions:
        return  # it has just been begun
    for index, priority in enumerate(plan.priorities):
        if priority.id not in used and priority.adopted and not priority.updates:
            yield Finding(
                "empty-priority",
                f'the priority "{priority.id}" has no indicator and no action',
                Place("priorities", index, ("id",)),
                "add one, or take the priority out",
            )


def reviews(plan: Plan, as_of: Period) -> Iterator[Finding]:
    """Find reviews whose date has passed, with no new date since."""
    for index, part in enumerate(plan.governance):
        if part.next and part.next.end < as_of.end:
            yield Finding(
                "review-overdue",
                f"{part.body} was to do this next by {part.next}, which has passed",
                Place("governance", index, ("next",)),
                "write when it does so next; take `next:` out if nobody knows",
            )


def actions(plan: Plan, action: Action, index: int) -> Iterator[Finding]:
    """Check that an action says who leads it, since when it runs, and in which years it is."""
    if not action.lead:
        yield Finding(
            "action-without-lead",
            "nobody has promised this action",
            Place("actions", index, ("lead",)),
            "add `lead:` with the service that answers for it",
        )
    if action.due == "ongoing" and action.since is None:
        yield Finding(
            "ongoing-without-since",
            "the action goes on, and nobody can say since when",
            Place("actions", index, ("due",)),
            "add `since:`",
        )
    for at, year in enumerate(action.years):
        if not _in_plan(plan, year):
            yield Finding(
                "year-outside-plan",
                f"{year} is not a {plan.cover.years} year of this plan",
                Place("actions", index, ("years", at)),
                "correct the year, or `from`, `to` and `years` of the plan",
            )
    place = Place("actions", index)
    if action.due is None and action.timescale is None:
        yield Finding(
            "missing-key",
            'the key "due" is missing',
            place,
            "write `due:` with a period, to-be-confirmed or ongoing; or `timescale:` in words",
        )
    if action.continues and not isinstance(action.due, Period):
        yield Finding(
            "continues-without-due",
            "it is to be kept up, and nobody can say from when on",
            place._replace(path=("continues",)),
            "give the date by which it is in place as `due:`; what only goes on is `due: ongoing`",
        )
    if action.budget and action.budget.currency is None and plan.cover.country != HOME:
        yield Finding(
            "budget-without-currency",
            "the budget does not say in which currency it is",
            place._replace(path=("budget",)),
            "add `currency:`, such as USD; only in GB it is GBP where nothing is said",
        )
    yield from in_order(action.updates, place)


def in_order(updates: Sequence[Update], place: Place) -> Iterator[Finding]:
    """Check that updates stand in order of time."""
    latest: Period | None = None
    for at, update in enumerate(updates):
        if latest and update.date.end < latest.end:
            yield Finding(
                "period-out-of-order",
                f"{update.date} stands after {latest}",
                place._replace(path=("updates", at, "date")),
                "put the updates in order of time",
            )
        latest = update.date


def _in_plan(plan: Plan, year: Period) -> bool:
    start, end = plan.cover.from_, plan.cover.to
    return backwards(plan) or (
        year.kind == plan.cover.years
        and (start is None or year.end > start.start)
        and (end is None or year.start < end.end)
    )


EXCUSED = (Meaning.DONE, Meaning.PROPOSED, Meaning.PAUSED)
"""What a grade means after which nobody owes an update for a date."""


def overdue(plan: Plan, action: Action, index: int, as_of: Period) -> Iterator[Finding]:
    """Find an action whose due date has passed without an update since."""
    due = action.due
    if not isinstance(due, Period) or due.end >= as_of.end:
        return
    if action.ended and action.ended.date.end <= as_of.end:
        return
    known = [update for update in action.updates if update.date.end <= as_of.end]
    finished = any(plan.cover.meaning(update.grade) in EXCUSED for update in known)
    if not finished and not any(update.date.end >= due.end for update in known):
        yield Finding(
            "overdue-without-update",
            f"the action was due by {due}, and nobody has said since how it went",
            Place("actions", index, ("due",)),
            "add an update with its grade, or say that it has ended",
        )
