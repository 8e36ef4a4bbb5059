"""Checks a plan that can be read: what it should not say, as findings. Nothing here writes.

Every rule is a generator of findings. Rules on lateness stop once the plan's last day has passed:
then nobody owes it another figure. Other rooms take the names below from here, and from the modules
what asks for more than a plan: `ledger` (an earlier state) and `doubts` (a figure just typed).
"""

from collections.abc import Iterator

from diplan.checks.advice import advice
from diplan.checks.cover import dates, house_rule, scale, website
from diplan.checks.delivery import actions, empty_priorities, in_order, overdue, reviews
from diplan.checks.derived import circles, derived
from diplan.checks.figures import figures, periods, stale
from diplan.checks.milestones import milestones
from diplan.checks.names import duplicates, grades, outcomes, unknown
from diplan.checks.profiles import profiles, served
from diplan.checks.promises import promises, updates_to_come
from diplan.checks.targets import targets
from diplan.checks.texts import personal_data
from diplan.checks.venues import fed, venues
from diplan.ground.period import Period
from diplan.plan import Plan
from diplan.plan.promise import in_force
from diplan.plan.working_out import worked_out
from diplan.problems import Finding, Place

__all__ = ["CHECKS", "advice", "check", "personal_data"]


def of_plan(plan: Plan, as_of: Period) -> Iterator[Finding]:
    """Check the cover sheet, the ids and the headings."""
    yield from dates(plan)
    yield from scale(plan)
    yield from house_rule(plan.cover.rag, Place("plan"))
    yield from website(plan.cover.site)
    if plan.is_running(as_of):
        yield from reviews(plan, as_of)
    yield from duplicates(plan)
    yield from unknown(plan)
    yield from empty_priorities(plan)
    for index, priority in enumerate(plan.priorities):
        place = Place("priorities", index)
        yield from grades(plan, priority.updates, place)
        yield from in_order(priority.updates, place)
        yield from updates_to_come(priority.updates, place, as_of)


def of_profiles(plan: Plan, _as_of: Period) -> Iterator[Finding]:
    """Check each profile, and who serves its segments."""
    for index, profile in enumerate(plan.profiles):
        yield from profiles(profile, index, plan.cover.approximate_within)
    yield from served(plan)


def of_indicators(plan: Plan, as_of: Period) -> Iterator[Finding]:
    """Check each indicator."""
    running, known = plan.is_running(as_of), worked_out(plan).indicators
    for index, indicator in enumerate(plan.indicators):
        place = Place("indicators", index)
        yield from figures(indicator, place)
        yield from periods(indicator, place)
        yield from targets(known[index], place)
        yield from milestones(known[index], place)
        yield from derived(plan, indicator, place)
        yield from house_rule(indicator.rag, place)
        yield from promises(indicator, place, as_of)
        if running and not indicator.has_ended(as_of.end):
            yield from stale(indicator, place, as_of)
    yield from circles(plan)


def of_actions(plan: Plan, as_of: Period) -> Iterator[Finding]:
    """Check each action."""
    running = plan.is_running(as_of)
    promised = in_force(plan, as_of).actions
    for index, action in enumerate(plan.actions):
        yield from actions(plan, action, index)
        yield from grades(plan, action.updates, Place("actions", index))
        yield from outcomes(plan, action, index)
        place = Place("actions", index)
        yield from promises(action, place, as_of)
        yield from updates_to_come(action.updates, place, as_of)
        if running:
            yield from overdue(plan, promised[index], index, as_of)


def of_venues(plan: Plan, _as_of: Period) -> Iterator[Finding]:
    """Check each venue, and the indicators whose figures come from the venues."""
    for index, venue in enumerate(plan.venues):
        yield from venues(venue, index, plan.cover.country)
    yield from fed(plan)


CHECKS = (of_plan, of_profiles, of_indicators, of_actions, of_venues)


def check(plan: Plan, as_of: Period) -> Iterator[Finding]:
    """Everything that the rules find in a plan as of the end of a period, rule by rule."""
    for rule in CHECKS:
        yield from rule(plan, as_of)
