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
            found = _of_indicator(entity)
        case Action():
            found = _of_action(entity)
        case Priority():
            found = _of_priority(entity)
        case Governance():
            found = iter(
                [("services", entity.body, ("body",)), ("sources", entity.source, ("source",))]
            )
        case Activity():
            found = _of_activity(entity)
        case Profile():
            found = chain(
                [("sources", entity.source, ("source",))],
                _sourced("subtotals", entity.subtotals),
            )
        case Note() | Venue():
            found = iter([("sources", entity.source, ("source",))])
        case _:
            return
    for section, name, path in found:
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


def _of_priority(own: Priority) -> Iterator[Used]:
    for name, path in _each("supports", own.supports):
        yield "corporate", name, path
    for name, path in _each("to", own.to):
        yield "services", name, path
    for at, measure in enumerate(own.success_measures):
        for name, path in _each("indicators", measure.indicators):
            yield "indicators", name, ("success_measures", at, *path)
    if own.response:
        yield "services", own.response.by, ("response", "by")
        yield "sources", own.response.source, ("response", "source")


def _of_indicator(own: Indicator) -> Iterator[Used]:
    yield "priorities", own.priority, ("priority",)
    for name, path in _each("lead", own.lead):
        yield "services", name, path
    for name, path in _each("cross_check", own.cross_check):
        yield "indicators", name, path
    if own.baseline:
        yield "sources", own.baseline.source, ("baseline", "source")
    yield from _sourced("observations", own.observations)
    yield from _sourced("benchmarks", own.benchmarks)
    yield from _sourced("revisions", own.revisions)


def _of_action(own: Action) -> Iterator[Used]:
    yield "priorities", own.priority, ("priority",)
    yield "sources", own.source, ("source",)
    for key, names in own.parts.items():
        for name, path in _each(key, names):
            yield "services", name, path
    for name, path in _each("supports", own.supports):
        yield "indicators", name, path
    yield from _sourced("updates", own.updates)
    yield from _sourced("revisions", own.revisions)
    if own.ended:
        yield "actions", own.ended.by, ("ended", "by")


def _of_activity(own: Activity) -> Iterator[Used]:
    yield "priorities", own.priority, ("priority",)
    yield "sources", own.source, ("source",)
    for name, path in _each("lead", own.lead):
        yield "services", name, path
