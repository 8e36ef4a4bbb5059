"""Rules on names: every id is given once, and every id that is used is given."""

from collections.abc import Iterator
from typing import Any

from diplan.model import Action, Indicator, Plan
from diplan.problems import Finding, Place
from diplan.text import suggest

_CODES = {
    "priorities": ("unknown-priority", "priority"),
    "corporate": ("unknown-corporate-priority", "corporate priority"),
    "services": ("unknown-service", "service"),
    "sources": ("unknown-source", "source"),
    "indicators": ("unknown-indicator", "indicator"),
    "actions": ("unknown-action", "action"),
}


def duplicates(plan: Plan) -> Iterator[Finding]:
    """An id stands for one thing in its section."""
    for section in (*_CODES, "venues"):
        seen: set[str] = set()
        for index, entity in enumerate(getattr(plan, section)):
            if entity.id in seen:
                yield Finding(
                    "duplicate-id",
                    f'the id "{entity.id}" is given to two {section}',
                    Place(section, index, ("id",)),
                    "give one of them another id; what refers to it has to follow",
                )
            seen.add(entity.id)


class Names:
    """Looks up whether names that are used are given anywhere."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.declared: dict[str, frozenset[str]] = dict(plan.declared) or {
            section: frozenset(entity.id for entity in getattr(plan, section)) for section in _CODES
        }
        self.outcomes = {
            priority.id: frozenset(outcome.id for outcome in priority.outcomes)
            for priority in plan.priorities
        }
        self.grades = frozenset(plan.cover.scale)

    def unknown(self, section: str, name: str | None, place: Place) -> Iterator[Finding]:
        """A finding where *name* is used and not given; none where nobody can tell."""
        names = self.declared.get(section)
        if name is None or names is None or name in names:
            return
        code, what = _CODES[section]
        yield Finding(code, f'unknown {what} "{name}"', place, self._hint(name, names, section))

    @staticmethod
    def _hint(name: str, names: frozenset[str], section: str) -> str:
        close = suggest(name, names)
        if close:
            return f'did you mean "{close}"?'
        if len(names) <= 8:
            return f"the {section} are {', '.join(sorted(names))}" if names else f"no {section} yet"
        return f"add it under `{section}:`, or use one of the {len(names)} there"


def indicator_names(names: Names, indicator: Indicator, index: int) -> Iterator[Finding]:
    """What an indicator refers to."""
    place = "indicators", index
    yield from names.unknown("priorities", indicator.priority, Place(*place, ("priority",)))
    for at, lead in enumerate(indicator.lead):
        yield from names.unknown("services", lead, Place(*place, ("lead", at)))
    for at, other in enumerate(indicator.cross_check):
        if other == indicator.id:
            yield _own(Place(*place, ("cross_check", at)))
        yield from names.unknown("indicators", other, Place(*place, ("cross_check", at)))
    yield from _sources(names, indicator, place)


def _sources(names: Names, indicator: Indicator, place: tuple[str, int]) -> Iterator[Finding]:
    known = names.declared.get("sources")
    if known is None:
        return
    cited: list[tuple[Any, tuple[str | int, ...]]] = [(indicator.baseline, ("baseline",))]
    cited += [(seen, ("observations", at)) for at, seen in enumerate(indicator.observations)]
    cited += [(mark, ("benchmarks", at)) for at, mark in enumerate(indicator.benchmarks)]
    cited += [(change, ("revisions", at)) for at, change in enumerate(indicator.revisions)]
    for what, path in cited:
        if what is not None and what.source is not None and what.source not in known:
            yield from names.unknown("sources", what.source, Place(*place, (*path, "source")))


def action_names(names: Names, action: Action, index: int) -> Iterator[Finding]:
    """What an action refers to."""
    place = "actions", index
    yield from names.unknown("priorities", action.priority, Place(*place, ("priority",)))
    yield from names.unknown("sources", action.source, Place(*place, ("source",)))
    for at, lead in enumerate(action.lead):
        yield from names.unknown("services", lead, Place(*place, ("lead", at)))
    for at, indicator in enumerate(action.supports):
        yield from names.unknown("indicators", indicator, Place(*place, ("supports", at)))
    for at, update in enumerate(action.updates):
        yield from names.unknown("sources", update.source, Place(*place, ("updates", at, "source")))
        if update.grade not in names.grades:
            close = suggest(update.grade, names.grades)
            scale = f"the plan's grades are {', '.join(names.plan.cover.scale)}"
            yield Finding(
                "unknown-grade",
                f'unknown grade "{update.grade}"',
                Place(*place, ("updates", at, "grade")),
                f'did you mean "{close}"?' if close else scale,
            )
    if action.ended:
        if action.ended.by == action.id:
            yield _own(Place(*place, ("ended", "by")))
        yield from names.unknown("actions", action.ended.by, Place(*place, ("ended", "by")))
    outcomes = names.outcomes.get(action.priority)
    if action.outcome and outcomes is not None and action.outcome not in outcomes:
        yield Finding(
            "unknown-outcome",
            f'the priority "{action.priority}" has no outcome "{action.outcome}"',
            Place(*place, ("outcome",)),
            _other_outcome(names, action.outcome, outcomes),
        )


def _other_outcome(names: Names, wrong: str, own: frozenset[str]) -> str:
    if close := suggest(wrong, own):
        return f'did you mean "{close}"?'
    for priority, outcomes in names.outcomes.items():
        if wrong in outcomes:
            return f'it is an outcome of "{priority}": should the action stand there?'
    return f"it has {', '.join(sorted(own)) or 'no outcomes yet: add one to it'}"


def _own(place: Place) -> Finding:
    return Finding("self-reference", "this names itself", place, "name another one, or delete it")


def plan_names(names: Names) -> Iterator[Finding]:
    """What priorities, notes and venues refer to."""
    plan = names.plan
    for index, priority in enumerate(plan.priorities):
        for at, corporate in enumerate(priority.supports):
            where = Place("priorities", index, ("supports", at))
            yield from names.unknown("corporate", corporate, where)
    for section in ("notes", "venues"):
        for index, entity in enumerate(getattr(plan, section)):
            where = Place(section, index, ("source",))
            yield from names.unknown("sources", entity.source, where)
