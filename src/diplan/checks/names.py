"""Rules on names: every id is given once, and every id that is used is given."""

from collections.abc import Iterator, Sequence

from diplan.ground.text import did_you_mean, suggest
from diplan.plan import Action, Plan, Update
from diplan.plan.references import all_references
from diplan.problems import Finding, Place

NAMED = {
    "priorities": ("unknown-priority", "priority"),
    "corporate": ("unknown-corporate-priority", "corporate priority"),
    "services": ("unknown-service", "service"),
    "sources": ("unknown-source", "source"),
    "indicators": ("unknown-indicator", "indicator"),
    "actions": ("unknown-action", "action"),
}
"""The sections that names refer to: the code of an unknown one, and what it is called."""


PLURALS = {"corporate": "corporate priorities"}
"""What messages call the things of a section, where that is not its key."""


def duplicates(plan: Plan) -> Iterator[Finding]:
    """Find ids that are given twice in a section."""
    for section in (*NAMED, "profiles", "activities", "venues"):
        first: dict[str, int] = {}
        for index, entity in enumerate(getattr(plan, section)):
            before = first.setdefault(entity.id, index)
            if before != index:
                yield Finding(
                    "duplicate-id",
                    f'the id "{entity.id}" is given to two {PLURALS.get(section, section)}',
                    Place(section, index, ("id",)),
                    f"the other one is number {before + 1} of them: give one another id, and"
                    " change what refers to it",
                )


def unknown(plan: Plan) -> Iterator[Finding]:
    """Find ids that are used and never given; silent where a file that may give them is unread."""
    declared = plan.names
    for section, index, used in all_references(plan):
        names = declared.get(used.section)
        if names is None:
            continue
        if used.name not in names:
            code, what = NAMED[used.section]
            yield Finding(
                code,
                f'unknown {what} "{used.name}"',
                Place(section, index, used.path),
                _hint(used.name, names, used.section),
            )
        elif used.section == section and getattr(plan, section)[index].id == used.name:
            place = Place(section, index, used.path)
            yield Finding(
                "self-reference", "this names itself", place, "name another one, or delete it"
            )


def _hint(name: str, names: frozenset[str], section: str) -> str:
    listing = f"add it under `{section}:`, or use one of the {len(names)} there"
    if not names:
        listing = f"there are no {PLURALS.get(section, section)} yet"
    elif len(names) == 1:
        listing = f"there is one: {', '.join(names)}"
    elif len(names) <= 8:
        listing = f"the {PLURALS.get(section, section)} are {', '.join(sorted(names))}"
    return did_you_mean(suggest(name, names), listing)


def grades(plan: Plan, updates: Sequence[Update], place: Place) -> Iterator[Finding]:
    """Find updates whose grade is not on the plan's scale."""
    for at, update in enumerate(updates):
        if update.grade not in plan.cover.grades:
            listing = f"the plan's grades are {', '.join(plan.cover.grades)}"
            yield Finding(
                "unknown-grade",
                f'unknown grade "{update.grade}"',
                place._replace(path=("updates", at, "grade")),
                did_you_mean(suggest(update.grade, plan.cover.grades), listing),
            )


def outcomes(plan: Plan, action: Action, index: int) -> Iterator[Finding]:
    """Find an action whose outcome is none of its priority's."""
    priority = plan.priority.get(action.priority)
    if action.outcome is None or priority is None:
        return
    known = [outcome.id for outcome in priority.outcomes]
    if action.outcome not in known:
        yield Finding(
            "unknown-outcome",
            f'the priority "{action.priority}" has no outcome "{action.outcome}"',
            Place("actions", index, ("outcome",)),
            _other_outcome(plan, action.outcome, known),
        )


def _other_outcome(plan: Plan, wrong: str, known: list[str]) -> str:
    listing = f"it has {', '.join(known) or 'no outcomes yet: add one to it'}"
    for priority in plan.priorities:
        if any(outcome.id == wrong for outcome in priority.outcomes):
            listing = f'it is an outcome of "{priority.id}": should the action stand there?'
    return did_you_mean(suggest(wrong, known), listing)
