"""What a plan promised at a moment: later entries of the ledger are taken back, the last one first.

Targets, milestones, due dates and the starting point of a target are promises. Everything else in
the ledger corrects a measurement, and measurements are always read as best known.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from diplan.ground.errors import BadTextError
from diplan.ground.period import Period, period
from diplan.plan.action import Action
from diplan.plan.indicator import Indicator
from diplan.plan.pairing import FIGURE, MILESTONE, TARGET, written
from diplan.plan.plan import Plan
from diplan.plan.revision import Revision

Entity = TypeVar("Entity", Indicator, Action, Indicator | Action)

Raw = dict[str, Any]
"""Promises as text: the fields of `target` and `baseline`, `milestones` by period, or `due`."""


class Move(NamedTuple):
    """An entry of the ledger on a promise, and whether it holds at the moment."""

    entry: Revision
    in_force: bool


def in_force(plan: Plan, as_of: Period) -> Plan:
    """The plan with its promises as they stood at the end of a period."""
    indicators = tuple(promised(indicator, as_of.end) for indicator in plan.indicators)
    actions = tuple(promised(action, as_of.end) for action in plan.actions)
    pairs = zip((*indicators, *actions), (*plan.indicators, *plan.actions), strict=True)
    if all(then is today for then, today in pairs):
        return plan
    return replace(plan, indicators=indicators, actions=actions)


def promised(entity: Entity, moment: Fraction | None) -> Entity:
    """An indicator or action as it was promised at a moment in months; None: as at first.

    It is returned as it is where nothing was moved since, or where the ledger does not lead back.
    """
    later = _later(entity, moment) if entity.revisions else ()
    if not later or broken_at(entity):
        return entity
    return _without(entity, later) or entity


def original(indicator: Indicator) -> Indicator | None:
    """The indicator as it was first promised; None where no promise was ever moved."""
    first = promised(indicator, None)
    return None if first is indicator else first


def moves(entity: Indicator | Action, moment: Fraction) -> tuple[Move, ...]:
    """The entries on promises and units, in file order, and whether each holds at a moment."""
    promises = {id(entry) for entry in on_promises(entity)}
    still = _later(entity, moment) if promises and not broken_at(entity) else ()
    later = {id(entry) for entry in still}
    return tuple(
        Move(entry, id(entry) not in later)
        for entry in entity.revisions
        if entry.what == "unit" or id(entry) in promises
    )


def on_promises(entity: Indicator | Action) -> list[Revision]:
    """The entries that move a promise, in file order; a new starting point is one.

    With `baseline.period` go all entries on the baseline of the same date.
    """
    starts = [entry.date for entry in entity.revisions if entry.what == "baseline.period"]

    def moving(entry: Revision) -> bool:
        part = entry.what.partition(".")[0]
        return part in ("due", "target", "milestones") or (
            part == "baseline" and entry.date in starts
        )

    return [entry for entry in entity.revisions if moving(entry)]


def broken_at(entity: Indicator | Action) -> Revision | None:
    """The entry where the ledger does not lead to today's file, or back to nothing that reads.

    Of every field the last entry has to say what the file says. None where all is well.
    """
    promises = on_promises(entity)
    names = {entry.what for entry in promises}
    last = {entry.what: entry for entry in _in_time(entity.revisions) if entry.what in names}
    if any(name.startswith("milestones.") for name in names):
        last.pop("milestones", None)
    raw = _raw(entity) if last else {}
    for entry in last.values():
        if not same_text(entry.now, _value(raw, entry.what)):
            return entry
    lists = ("observations", "milestones") if isinstance(entity, Indicator) else ("updates",)
    nothing: Any = dict.fromkeys((*lists, "revisions"), ())
    bare, raw = replace(entity, **nothing), _raw(entity)
    for _, day in groupby(reversed(_later(entity, None)), key=lambda entry: entry.date.end):
        entries = list(day)
        for entry in entries:
            _take_back(raw, entry)
        if _read(bare, raw, entries, _named(raw, entries)) is None:
            return entries[-1]
    return None


def same_text(first: str | None, second: str | None) -> bool:
    """Whether two values say the same.

    `12` and `12.0` do, one period in two forms, and a straight path and none.
    """
    first, second = (None if text == "linear" else text for text in (first, second))
    if first == second or first is None or second is None:
        return first == second
    for read in (Decimal, period):
        with suppress(InvalidOperation, BadTextError):
            return bool(read(first) == read(second))
    return False


def milestone_named(what: str) -> tuple[str, str]:
    """The period and the field that `milestones.PERIOD` or `milestones.PERIOD.FIELD` names."""
    name = what.partition(".")[2]
    when, _, field = name.rpartition(".")
    return (when, field) if field in MILESTONE else (name, "value")


def value_named(entity: Indicator | Action, what: str) -> str | None:
    """What the file says where the ledger names a promise; None where it says nothing."""
    part = what.partition(".")[0]
    raw = _raw(entity)
    return _value(raw, what) if part in raw else None


def _in_time(entries: Iterable[Revision]) -> list[Revision]:
    return sorted(entries, key=lambda entry: entry.date.end)


def _later(entity: Indicator | Action, moment: Fraction | None) -> Sequence[Revision]:
    """The entries to take back, in order of time: none from before a change of the unit.

    Where `baseline.period` was only corrected, nothing on the baseline goes with it.
    """
    units = (entry for entry in entity.revisions if entry.what == "unit" and not entry.correction)
    until = max((entry.date.end for entry in units), default=None)
    starts = [
        entry.date
        for entry in entity.revisions
        if entry.what == "baseline.period" and not entry.correction
    ]
    return [
        entry
        for entry in _in_time(on_promises(entity))
        if not entry.correction
        and (not entry.what.startswith("baseline.") or entry.date in starts)
        and (moment is None or entry.date.end > moment)
        and (until is None or entry.date.end > until)
    ]


def _without(entity: Entity, later: Sequence[Revision]) -> Entity | None:
    """The entity with some entries taken back; None where that cannot be read."""
    raw = _raw(entity)
    for entry in reversed(later):
        _take_back(raw, entry)
    return _read(entity, raw, later, raw.get("milestones", {}))


def _read(
    entity: Entity, raw: Raw, entries: Sequence[Revision], stones: Mapping[Period | str, Any]
) -> Entity | None:
    """The entity with what entries were on as *raw* has it, and *stones* for its milestones."""
    changed = {part: raw[part] for part in {entry.what.partition(".")[0] for entry in entries}}
    if "kind" not in changed.get("target", {"kind": ""}):
        kept = {name: text for name, text in raw["target"].items() if name in ("due", "note")}
        changed["target"] = {"kind": "to-be-confirmed", **kept}
    if "milestones" in changed:
        changed["milestones"] = _in_order(entity, stones)
    if "baseline" in changed:
        changed["baseline"] = raw["baseline"] or None
    try:
        return replace(entity, **changed)
    except ValidationError:
        return None


def _named(raw: Raw, entries: Sequence[Revision]) -> Mapping[Period | str, Any]:
    """The milestones that entries are on."""
    stones: Mapping[Period | str, Any] = raw.get("milestones", {})
    if any(entry.what == "milestones" for entry in entries):
        return stones
    names = {
        _key(milestone_named(entry.what)[0])
        for entry in entries
        if entry.what.startswith("milestones.")
    }
    return {name: stones[name] for name in names if name in stones}


def _in_order(entity: Any, stones: Mapping[Period | str, Any]) -> tuple[Any, ...]:
    """Milestones in the order of the file, or of time where there was one that is gone since."""
    if stones.keys() <= {stone.period for stone in entity.milestones}:
        return tuple(stones.values())
    return tuple(
        stones[when]
        for when in sorted(stones, key=lambda when: when.end if isinstance(when, Period) else 0)
    )


def _raw(entity: Indicator | Action) -> Raw:
    if isinstance(entity, Action):
        return {"due": written(entity.due)}
    return {
        "target": _texts(entity.target, (*TARGET, "note")),
        "baseline": _texts(entity.baseline, (*FIGURE, "proxy")),
        "milestones": {
            stone.period: _texts(stone, ("period", *MILESTONE, "note"))
            for stone in entity.milestones
        },
    }


def _texts(record: Any, names: Iterable[str]) -> dict[str, str]:
    given = ((name.rstrip("_"), written(getattr(record, name, None))) for name in names)
    return {name: text for name, text in given if text is not None}


def _value(raw: Raw, what: str) -> str | None:
    """What the file says where an entry points."""
    part, _, name = what.partition(".")
    if part == "milestones":
        stones = raw[part]
        if not name:
            texts = (f"{when} {stone.get('value')}" for when, stone in stones.items())
            return "; ".join(texts) or None
        when, field = milestone_named(what)
        return _text(stones.get(_key(when), {}).get(field))
    return _text(raw[part].get(name) if name else raw[part])


def _key(when: str) -> Period | str:
    """A period by its extent, so that it is the same in each of its forms."""
    with suppress(BadTextError):
        return period(when)
    return when


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _take_back(raw: Raw, entry: Revision) -> None:
    part, _, name = entry.what.partition(".")
    if entry.what == "due":
        raw["due"] = entry.was
    elif entry.what == "milestones":  # all of them in one entry: `2018 95; 2019 90`
        pairs = [text.split() for text in (entry.was or "").split(";") if text.strip()]
        raw[part] = {_key(pair[0]): {"period": pair[0], "value": pair[-1]} for pair in pairs}
    elif part == "milestones":
        when, field = milestone_named(entry.what)
        stone = raw[part].setdefault(_key(when), {"period": when})
        _set(stone, field, entry.was)
        if not stone.keys() & set(MILESTONE):
            del raw[part][_key(when)]
    else:
        _set(raw[part], name, entry.was)


def _set(fields: dict[str, str], name: str, text: str | None) -> None:
    if text is None:
        fields.pop(name, None)
    else:
        fields[name] = text
