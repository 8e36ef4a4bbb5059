"""Rules on history: what was once promised or measured is changed openly, or not at all.

A plan is held against an earlier state of itself. A baseline, a target, a figure of the past, a
due date or a grade that differs needs an entry under `revisions` which says what it was, what it
is now, and why.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from diplan.ground.english import count, in_words
from diplan.ground.period import Period, same_period
from diplan.plan import Action, Indicator, Milestone, Observation, Plan, Revision, Update
from diplan.plan.pairing import FIGURE, MILESTONE, TARGET, by_time, differences, pairs, written
from diplan.plan.promise import on_promises, same_text, value_named
from diplan.problems import Finding, KeyPath, Place, Where

Past = Callable[[Any, Revision], Iterable[tuple[Period, str, str]]]
"""The past days on which an entry changes the verdict on its entity: the day, and both verdicts."""


class Change(NamedTuple):
    """A change that needs an entry in the ledger: its name there, and its place before and now."""

    what: str
    was: str | None
    now: str | None
    old: KeyPath
    new: KeyPath


def ledger(old: Plan, new: Plan, where: Where) -> Iterator[Finding]:
    """Find everything that changed between two states of a plan without an entry that says so."""
    for section in GUARDED:
        ours, theirs = getattr(new, section), getattr(old, section)
        places = {entity.id: Place(section, at) for at, entity in enumerate(ours)}
        same = {before.id: after for before, after in pairs(theirs, ours) if before and after}
        for at, before in enumerate(theirs):
            earlier = Place(section, at)
            if after := same.get(before.id):
                changes = list(changes_to_record(section, before, after))
                yield from _held(before, after, changes, earlier, places[after.id], where)
            elif before.id not in new.names.get(section, {before.id}):
                yield Finding(
                    "deleted-history",
                    f'"{before.id}" is gone, with all that was said of it ({where(earlier)})',
                    Place("plan", 0, ("id",)),
                    "put it back; an action that is given up says so under `ended`, and stays",
                )


def changes_to_record(section: str, before: Any, after: Any) -> Iterator[Change]:
    """Yield the changes between two states of an indicator or an action that need an entry."""
    yield from GUARDED[section](before, after)


def backdated(old: Plan, new: Plan, since: Period, past: Past) -> Iterator[Finding]:
    """Find new entries on promises dated before *since*, with the past verdicts they change."""
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
        said = f"so as of {in_words(when)} it is {now}, where it was {was}{more}"
    return Finding(
        "backdated-revision",
        f"this entry on {entry.what} is new and dated {entry.date}, before the revision of"
        f" {in_words(since)}: {said}",
        place._replace(path=("revisions", after.revisions.index(entry))),
        "date it on the day when it is written, unless the promise was moved that early",
    )


def unheld(old: Plan, name: str) -> Iterator[Finding]:
    """Warn of what cannot be compared, because the earlier state of it cannot be read."""
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
    before: Any, after: Any, changes: list[Change], earlier: Place, place: Place, where: Where
) -> Iterator[Finding]:
    """Compare what changed in one entity with the entries that were added for it."""
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
    for change in changes:
        if change.what in told or (change.what.startswith("milestones.") and "milestones" in told):
            continue
        was = where(Place(earlier.section, earlier.item, change.old))
        if change.now is None:
            said = f"{change.what} was {change.was} ({was}) and is gone"
        else:
            said = f"{change.what} was {change.was or 'not given'} ({was}) and is {change.now}"
        yield Finding(
            "unrecorded-change",
            f"{said}, without an entry under revisions",
            Place(place.section, place.item, change.new),
            f"add under `revisions:` of {after.id}: {_entry(change)}",
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
    """The first entry that does not fit what was said before and is said now, and why not.

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
    if part in ("unit", "derived"):
        said = getattr(entity, part, None)
        return said is not None, written(said)
    if part not in ("observations", "updates"):
        return True, value_named(entity, what)
    when, _, field = name.rpartition(".")
    if field not in (*FIGURE, "grade"):
        when, field = name, ""
    for given in getattr(entity, part, ()):
        if same_period(when, given.date if part == "updates" else given.period):
            text = written(getattr(given, field, None)) if field else _figure(given)
            return getattr(given, "missing", None) != "to-be-confirmed", text
    return False, None


def _entry(change: Change) -> str:
    """An entry for a change, to be pasted into the file."""
    parts = ["date: ...", f"what: {change.what}"]
    parts += [
        f"{name}: {text}" for name, text in (("was", change.was), ("now", change.now)) if text
    ]
    return f"- {{{', '.join(parts)}, why: ...}}"


def _of_indicator(before: Indicator, after: Indicator) -> Iterator[Change]:
    yield from _fields("baseline", before.baseline, after.baseline, FIGURE)
    yield from _fields("target", before.target, after.target, TARGET)
    measured = ("unit", "derived") if before.derived else ("unit",)  # a first one is a new figure
    for field, was, now in differences(before, after, measured):
        yield Change(field, written(was), written(now), (field,), (field,))
    yield from _milestones(before.milestones, after.milestones)
    if not (before.from_venues and after.from_venues):  # else they are summed, and never given
        yield from _observations(before.observations, after.observations)


def _observations(before: Sequence[Observation], after: Sequence[Observation]) -> Iterator[Change]:
    """Compare figures by their period; one that was still to be confirmed may come in freely."""
    for when, at, here in by_time(before, after):
        if at is None or before[at].missing == "to-be-confirmed":
            continue
        name, old = f"observations.{when}", ("observations", at)
        if here is None:
            yield Change(name, _figure(before[at]), None, old, ("observations",))
            continue
        for field, was, now in differences(before[at], after[here], FIGURE):
            new = ("observations", here, field)
            yield Change(f"{name}.{field}", written(was), written(now), (*old, field), new)


def _milestones(before: Sequence[Milestone], after: Sequence[Milestone]) -> Iterator[Change]:
    """Compare milestones by their period; `milestones.2018` names a value."""
    for when, at, here in by_time(before, after):
        old: KeyPath = ("milestones",) if at is None else ("milestones", at)
        new: KeyPath = ("milestones",) if here is None else ("milestones", here)
        was, now = None if at is None else before[at], None if here is None else after[here]
        for field, text, other in differences(was, now, MILESTONE):
            name = f"milestones.{when}" + ("" if field == "value" else f".{field}")
            yield Change(name, written(text), written(other), old, new)


def _of_action(before: Action, after: Action) -> Iterator[Change]:
    for field, was, now in differences(before, after, ("due",)):
        yield Change(field, written(was), written(now), (field,), (field,))
    for when, at, here in by_time(before.updates, after.updates):
        if at is None:
            continue
        was, old = before.updates[at].grade, ("updates", at)
        if here is None:
            yield Change(f"updates.{when}", was, None, old, ("updates",))
        elif (now := after.updates[here].grade) != was:
            new = ("updates", here, "grade")
            yield Change(f"updates.{when}.grade", was, now, (*old, "grade"), new)


def _fields(name: str, before: Any, after: Any, fields: tuple[str, ...]) -> Iterator[Change]:
    for field, was, now in differences(before, after, fields):
        path = (name, field)
        yield Change(f"{name}.{field}", written(was), written(now), path, path)


def _figure(figure: Any) -> str | None:
    """A whole figure by what it says first; an update by its grade."""
    if isinstance(figure, Update):
        return figure.grade
    given = (written(getattr(figure, field)) for field in FIGURE[1:7])
    return next((text for text in given if text), None)


GUARDED: dict[str, Callable[[Any, Any], Iterator[Change]]] = {
    "indicators": _of_indicator,
    "actions": _of_action,
}
"""The sections with something guarded, and what yields it."""
