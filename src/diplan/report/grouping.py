"""Things under their headings, in the plan's order."""

from collections.abc import Iterable
from typing import TypeVar

from diplan.judge import Standing, Verdict
from diplan.plan import Plan

T = TypeVar("T", Verdict, Standing)


def by_priority(plan: Plan, things: Iterable[T]) -> list[tuple[str, str, list[T]]]:
    """The id and title of each priority that has some of *things*, and those."""
    groups: dict[str, list[T]] = {priority.id: [] for priority in plan.priorities}
    for thing in things:
        entity = thing.indicator if isinstance(thing, Verdict) else thing.action
        groups.setdefault(entity.priority or "", []).append(thing)
    return [(name, priority_title(plan, name), things) for name, things in groups.items() if things]


def priority_title(plan: Plan, name: str) -> str:
    """The title of a priority; its id where it has none."""
    if not name:
        return "Under no heading"
    return plan.priority[name].title if name in plan.priority else name
