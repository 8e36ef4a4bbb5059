"""Rules on history: what was once promised or measured is changed openly, or not at all.

A plan is held against an earlier state of itself. A baseline, a target, a figure of the past, a
due date or a grade that differs needs an entry under `revisions` which says what it was, what it
is now, and why.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from diplan.ground.english import count
from diplan.ground.period import Period
from diplan.plan import Action, Indicator, Plan, Revision, Update
from diplan.plan.differences import FIGURE, MILESTONE, TARGET, differences, written
from diplan.plan.pairing import pairs
from diplan.plan.promise import on_promises, same_text, value_named
from diplan.problems import Finding, KeyPath, Place, Where

Past = Callable[[Any, Revision], Iterable[tuple[Period, str, str]]]
"""The past days on which an entry changes the verdict on its entity: the day, and both verdicts."""


class Moved(NamedTuple):
    """Something guarded that differs: its name in the ledger, and where it was and is."""

    what: str
    was: str | None
    now: str | None
    old: KeyPath
    new: KeyPath


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


def backdated(old: Plan, new: Plan, since: Period, past: Past) -> Iterator[Finding]:
    """New entries on promises that are dated before *since*, and the past verdicts they change."""
    for section in GUARDED:
        places = {entity.id: at for at, entity in enumerate(getattr(new, section))}
        for before, after in pairs(getattr(old, section), getattr(new, section)):
            known = before.revisions if before else ()
            for entry in on_promises(after) if after else ():
                if entry not in known and entry.date.end < since.end:
                    place = Place(section, places[after.id])
                    yield _backdated(entry, after, place, since, past)


def _backdated(entry: Revision, after: Any, place: Place, since: Period, past: Past) -> Finding:
    changed = list(past(after, entry))
    said = "it changes no verdict before that"
    if changed:
        when, was, now = changed[0]
        others = len(changed) - 1
        more = f" (and on {count(others, 'later day')})" if others else ""
        said = f"so as of {when.words} it is {now}, where it was {was}{more}"
    return Finding(
        "backdated-revision",
        f"this entry on {entry.what} is new and dated {entry.date}, before the revision of"
        f" {since.words}: {said}",
        place._replace(path=("revisions", after.revisions.index(entry))),
        "date it on the day when it is written, unless the promise was moved that early",
    )


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
    chains: dict[str, list[Revision]] = {}
    for entry in sorted(after.revisions, key=lambda entry: entry.date.end):
        if entry not in before.revisions:
            chains.setdefault(entry.what, []).append(entry)
    told = set()
    for what, entries in chains.items():
        if wrong := _wrong_link(what, entries, before, after):
            entry, message = wrong
            yield Finding(
                "revision-mismatch",
                message,
                Place(place.section, place.item, ("revisions", after.revisions.index(entry))),
                "let `what`, `was` and `now` say what the files said and say",
            )
        else:
            told.add(what)
    for one in moved:
        if one.what in told or (one.what.startswith("milestones.") and "milestones" in told):
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
    for entry in before.revisions:
        if entry not in after.revisions:
            yield Finding(
                "deleted-history",
                f"the entry of {entry.date} on {entry.what} is gone",
                place,
                "put it back under `revisions:` as it was",
            )


def _wrong_link(
    what: str, entries: list[Revision], before: Any, after: Any
) -> tuple[Revision, str] | None:
    """Where entries do not lead from what was said to what is said now, and why not.

    What came in since the earlier state, or was to be confirmed there, may begin anywhere.
    """
    begun, said = _says(before, what)
    for entry in entries:
        if begun and not same_text(entry.was, said):
            says = f"this entry says that {what} was {entry.was or 'not given'}"
            return entry, f"{says}, and before it {what} was {said or 'not given'}"
        begun, said = True, entry.now
    now = _says(after, what)[1]
    if same_text(said, now):
        return None
    says = f"this entry says that {what} is now {said or 'not given'}"
    return entries[-1], f"{says}, and the file says {now or 'nothing'}"


def _says(entity: Any, what: str) -> tuple[bool, str | None]:
    """Whether something is settled in a state of an entity, and what it says there."""
    part, _, name = what.partition(".")
    if part == "unit":
        return True, str(entity.unit)
    if part not in ("observations", "updates"):
        return True, value_named(entity, what)
    when, _, field = name.rpartition(".")
    if field not in (*FIGURE, "grade"):
        when, field = name, ""
    for given in getattr(entity, part, ()):
        if str(given.date if part == "updates" else given.period) == when:
            text = written(getattr(given, field, None)) if field else _figure(given)
            return getattr(given, "missing", None) != "to-be-confirmed", text
    return False, None


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
    yield from _milestones(before, after)
    places = {one.period.text: at for at, one in enumerate(after.observations)}
    given = () if before.from_venues and after.from_venues else before.observations
    for at, one in enumerate(given):  # the sum of places changes with them, and is never given
        if one.missing == "to-be-confirmed":  # a figure that has come since is no change of one
            continue
        here = places.get(one.period.text)
        old: KeyPath = ("observations", at)
        name = f"observations.{one.period}"
        if here is None:
            yield Moved(name, _figure(one), None, old, ("observations",))
            continue
        for field, was, now in differences(one, after.observations[here], FIGURE[1:]):
            new = ("observations", here, field)
            yield Moved(f"{name}.{field}", written(was), written(now), (*old, field), new)


def _milestones(before: Indicator, after: Indicator) -> Iterator[Moved]:
    """Milestones by their period: `milestones.2018` is a value."""
    old = {stone.period.text: at for at, stone in enumerate(before.milestones)}
    new = {stone.period.text: at for at, stone in enumerate(after.milestones)}
    for when in {**old, **new}:
        was = before.milestones[old[when]] if when in old else None
        now = after.milestones[new[when]] if when in new else None
        for field, text, other in differences(was, now, MILESTONE):
            name = f"milestones.{when}" + ("" if field == "value" else f".{field}")
            places = [
                ("milestones", *((known[when],) if when in known else ())) for known in (old, new)
            ]
            yield Moved(name, written(text), written(other), *places)


def _of_action(before: Action, after: Action) -> Iterator[Moved]:
    for field, was, now in differences(before, after, ("due",)):
        yield Moved(field, written(was), written(now), (field,), (field,))
    places = {one.date.text: at for at, one in enumerate(after.updates)}
    for at, one in enumerate(before.updates):
        here = places.get(one.date.text)
        old: KeyPath = ("updates", at)
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
    """A whole figure by what it says first; an update by its grade."""
    if isinstance(figure, Update):
        return figure.grade
    given = (written(getattr(figure, field)) for field in FIGURE[1:7])
    return next((text for text in given if text), None)


GUARDED: dict[str, Callable[[Any, Any], Iterator[Moved]]] = {
    "indicators": _of_indicator,
    "actions": _of_action,
}
"""The sections with something guarded, and what yields it."""
