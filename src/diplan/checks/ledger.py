"""Rules on history: what was once promised or measured is changed openly, or not at all.

A plan is held against an earlier state of itself. A baseline, a target, a figure of the past, a
due date or a grade that differs needs an entry under `revisions` which says what it was, what it
is now, and why.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from diplan.model import Action, Indicator, Plan, Revision
from diplan.model.differences import FIGURE, TARGET, differences, written
from diplan.model.pairing import pairs
from diplan.problems import Finding, Place

Where = Callable[[Place], str]
"""Turns a place in the earlier plan into `file:line`."""


class Moved(NamedTuple):
    """Something guarded that differs: its name in the ledger, and where it was and is."""

    what: str
    was: str | None
    now: str | None
    old: tuple[str | int, ...]
    new: tuple[str | int, ...]


def ledger(old: Plan, new: Plan, where: Where) -> Iterator[Finding]:
    """Everything that was changed quietly between two states of a plan."""
    for section in GUARDED:
        ours, theirs = getattr(new, section), getattr(old, section)
        now = {entity.id: at for at, entity in enumerate(ours)}
        after = {one.id: other for one, other in pairs(theirs, ours) if one and other}
        for at, before in enumerate(theirs):
            earlier = Place(section, at)
            if same := after.get(before.id):
                found = list(moved(section, before, same))
                place = Place(section, now[same.id])
                yield from _held(before, same, found, earlier, place, where)
            elif before.id not in new.names.get(section, {before.id}):
                yield Finding(
                    "deleted-history",
                    f'"{before.id}" is gone, with all that was said of it ({where(earlier)})',
                    Place("plan", 0, ("id",)),
                    "put it back; an action that is given up says so under `ended`, and stays",
                )


def moved(section: str, before: Any, after: Any) -> Iterator[Moved]:
    """What is guarded and differs between two states of an indicator or an action."""
    yield from GUARDED[section](before, after)


def unheld(old: Plan, name: str) -> Iterator[Finding]:
    """What the earlier state cannot say, because it cannot be read there."""
    for section in ("indicators", "actions"):
        names = old.names.get(section)
        lost = sorted((names or set()) - {entity.id for entity in getattr(old, section)})
        if names is None or lost:
            what = ", ".join(lost) if lost else f"all {section}"
            yield Finding(
                "earlier-unreadable",
                f"{name} cannot be read whole, so nobody can say what was changed in: {what}",
                Place("plan", 0, ("id",)),
                "hold it against a revision that `diplan check` finds in order",
            )


def _held(
    before: Any, after: Any, moved: list[Moved], earlier: Place, place: Place, where: Where
) -> Iterator[Finding]:
    """What differs in one entity, against the entries that were made for it."""
    fresh = [entry for entry in after.revisions if entry not in before.revisions]
    for one in moved:
        entry = next((entry for entry in fresh if _tells(entry, one)), None)
        if entry:
            fresh.remove(entry)
            continue
        was = where(Place(earlier.section, earlier.item, one.old))
        if one.now is None:
            said = f"{one.what} was {one.was} ({was}) and is gone"
        else:
            said = f"{one.what} was {one.was or 'not given'} ({was}) and is {one.now}"
        yield Finding(
            "unrecorded-change",
            f"{said}, without an entry under revisions",
            Place(place.section, place.item, one.new),
            f"add under `revisions:` of {after.id}: {_entry(one)}",
        )
    for entry in fresh:
        at = after.revisions.index(entry)
        yield Finding(
            "revision-mismatch",
            f"this entry says that {entry.what} went from {entry.was or 'nothing'} to"
            f" {entry.now or 'nothing'}, and it did not",
            Place(place.section, place.item, ("revisions", at)),
            "let `what`, `was` and `now` say what the files said and say",
        )
    for entry in before.revisions:
        if entry not in after.revisions:
            yield Finding(
                "deleted-history",
                f"the entry of {entry.date} on {entry.what} is gone",
                place,
                "put it back under `revisions:` as it was",
            )


def _tells(entry: Revision, one: Moved) -> bool:
    return (entry.what, entry.was, entry.now) == (one.what, one.was, one.now)


def _entry(one: Moved) -> str:
    """The entry to paste."""
    parts = ["date: ...", f"what: {one.what}"]
    parts += [f"{name}: {text}" for name, text in (("was", one.was), ("now", one.now)) if text]
    return f"- {{{', '.join(parts)}, why: ...}}"


def _of_indicator(before: Indicator, after: Indicator) -> Iterator[Moved]:
    yield from _fields("baseline", before.baseline, after.baseline, FIGURE)
    yield from _fields("target", before.target, after.target, TARGET)
    for field, was, now in differences(before, after, ("unit",)):
        yield Moved(field, written(was), written(now), (field,), (field,))
    if before.milestones != after.milestones:
        was, now = _stones(before), _stones(after)
        if was != now:
            yield Moved("milestones", was, now, ("milestones",), ("milestones",))
    places = {one.period.text: at for at, one in enumerate(after.observations)}
    given = () if before.from_venues and after.from_venues else before.observations
    for at, one in enumerate(given):  # the sum of places changes with them, and is never given
        if one.missing == "to-be-confirmed":  # a figure that has come since is no change of one
            continue
        here = places.get(one.period.text)
        old: tuple[str | int, ...] = ("observations", at)
        name = f"observations.{one.period}"
        if here is None:
            yield Moved(name, _figure(one), None, old, ("observations",))
            continue
        for field, was, now in differences(one, after.observations[here], FIGURE[1:]):
            new = ("observations", here, field)
            yield Moved(f"{name}.{field}", written(was), written(now), (*old, field), new)


def _stones(own: Indicator) -> str | None:
    """Milestones on one line: `2018 95; 2019 90`."""
    return "; ".join(f"{one.period} {written(one.value)}" for one in own.milestones) or None


def _of_action(before: Action, after: Action) -> Iterator[Moved]:
    for field, was, now in differences(before, after, ("due",)):
        yield Moved(field, written(was), written(now), (field,), (field,))
    places = {one.date.text: at for at, one in enumerate(after.updates)}
    for at, one in enumerate(before.updates):
        here = places.get(one.date.text)
        old: tuple[str | int, ...] = ("updates", at)
        if here is None:
            yield Moved(f"updates.{one.date}", one.grade, None, old, ("updates",))
        elif after.updates[here].grade != one.grade:
            now = after.updates[here].grade
            new = ("updates", here, "grade")
            yield Moved(f"updates.{one.date}.grade", one.grade, now, (*old, "grade"), new)


def _fields(name: str, before: Any, after: Any, fields: tuple[str, ...]) -> Iterator[Moved]:
    for field, was, now in differences(before, after, fields):
        if (field, written(was), written(now)) in (
            ("path", "linear", None),
            ("path", None, "linear"),
        ):
            continue
        path = (name, field)
        yield Moved(f"{name}.{field}", written(was), written(now), path, path)


def _figure(figure: Any) -> str | None:
    """A whole figure by what it says first."""
    given = (written(getattr(figure, field)) for field in FIGURE[1:7])
    return next((text for text in given if text), None)


GUARDED: dict[str, Callable[[Any, Any], Iterator[Moved]]] = {
    "indicators": _of_indicator,
    "actions": _of_action,
}
"""The sections with something guarded, and what yields it."""
