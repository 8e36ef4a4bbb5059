"""What refers to what: every id in the data that names something declared elsewhere."""

from collections.abc import Iterator
from itertools import chain
from typing import Any, NamedTuple

from diplan.plan.action import Action
from diplan.plan.governance import Governance
from diplan.plan.indicator import Indicator
from diplan.plan.plan import Note, Plan
from diplan.plan.priority import Priority
from diplan.plan.profile import Activity, Profile
from diplan.plan.venue import Venue
from diplan.problems import KeyPath


class Reference(NamedTuple):
    """The use of a name: the section that must declare it, and where in the entity it stands."""

    section: str
    name: str
    path: KeyPath


def references(entity: object) -> Iterator[Reference]:
    """The names that an entity of a plan uses."""
    match entity:
        case Indicator():
            used = _of_indicator(entity)
        case Action():
            used = _of_action(entity)
        case Priority():
            used = _of_priority(entity)
        case Governance():
            used = iter(
                [("services", entity.body, ("body",)), ("sources", entity.source, ("source",))]
            )
        case Activity():
            used = _of_activity(entity)
        case Profile():
            used = chain(
                [("sources", entity.source, ("source",))],
                _sourced("subtotals", entity.subtotals),
            )
        case Note() | Venue():
            used = iter([("sources", entity.source, ("source",))])
        case _:
            return
    for section, name, path in used:
        if name is not None:
            yield Reference(section, name, path)


REFERRING = (
    "priorities", "governance", "profiles", "activities", "notes",
    "indicators", "actions", "venues",
)  # fmt: skip
"""The sections whose entities use names."""


def all_references(plan: Plan) -> Iterator[tuple[str, int, Reference]]:
    """Every use of a name in a plan, with the section and the number of its user."""
    for section in REFERRING:
        for index, entity in enumerate(getattr(plan, section)):
            for reference in references(entity):
                yield section, index, reference


Used = tuple[str, str | None, KeyPath]


def _each(key: str, names: tuple[str, ...]) -> Iterator[tuple[str, KeyPath]]:
    return ((name, (key, at)) for at, name in enumerate(names))


def _sourced(key: str, figures: tuple[Any, ...]) -> Iterator[Used]:
    return (
        ("sources", figure.source, (key, at, "source"))
        for at, figure in enumerate(figures)
        if figure.source is not None
    )


def _of_priority(priority: Priority) -> Iterator[Used]:
    for name, path in _each("supports", priority.supports):
        yield "corporate", name, path
    for name, path in _each("to", priority.to):
        yield "services", name, path
    for at, measure in enumerate(priority.success_measures):
        for name, path in _each("indicators", measure.indicators):
            yield "indicators", name, ("success_measures", at, *path)
    yield from _sourced("updates", priority.updates)
    if priority.response:
        yield "services", priority.response.by, ("response", "by")
        yield "sources", priority.response.source, ("response", "source")


def _of_indicator(indicator: Indicator) -> Iterator[Used]:
    yield "priorities", indicator.priority, ("priority",)
    yield "indicators", indicator.part_of, ("part_of",)
    if indicator.derived:
        for name, path in _each("of", indicator.derived.of):
            yield "indicators", name, ("derived", *path)
    for name, path in _each("lead", indicator.lead):
        yield "services", name, path
    for name, path in _each("cross_check", indicator.cross_check):
        yield "indicators", name, path
    if indicator.baseline:
        yield "sources", indicator.baseline.source, ("baseline", "source")
    yield from _sourced("observations", indicator.observations)
    yield from _sourced("benchmarks", indicator.benchmarks)
    yield from _sourced("revisions", indicator.revisions)


def _of_action(action: Action) -> Iterator[Used]:
    for at, name in enumerate(action.priorities):
        several = len(action.priorities) > 1
        yield "priorities", name, ("priority", at) if several else ("priority",)
    yield "sources", action.source, ("source",)
    for key, names in action.parts.items():
        for name, path in _each(key, names):
            yield "services", name, path
    for name, path in _each("supports", action.supports):
        yield "indicators", name, path
    yield from _sourced("updates", action.updates)
    yield from _sourced("revisions", action.revisions)
    if action.ended:
        yield "actions", action.ended.by, ("ended", "by")


def _of_activity(activity: Activity) -> Iterator[Used]:
    yield "priorities", activity.priority, ("priority",)
    yield "sources", activity.source, ("source",)
    for name, path in _each("lead", activity.lead):
        yield "services", name, path
