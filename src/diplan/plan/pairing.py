"""Two states of a plan side by side: which things are the same, and which of their fields differ.

Things are the same that have the same id. Where an id is gone and another has come, those are the
same that are alike in all but the id, or else in their title. Each is looked up, so the time grows
with the lists and not with their product.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from types import NoneType
from typing import Any, NamedTuple

from diplan.ground.period import Period

FIGURE = (
    "period", "value", "low", "high", "numerator", "denominator", "missing", "approximate",
)  # fmt: skip
"""What a figure says; its source, its marks and its notes are about it."""

TARGET = ("kind", "value", "percent", "points", "from_", "due", "path", "running")
"""What a target promises."""

MILESTONE = ("value", "percent", "points")
"""What a milestone promises, beside its period."""


class Pair(NamedTuple):
    """The same thing in two lists; None where one of them does not have it."""

    old: Any
    new: Any


def pairs(old: Sequence[Any], new: Sequence[Any]) -> list[Pair]:
    """All of both lists in pairs: in the new order, and then what is gone."""
    by_id = {entity.id: entity for entity in old}
    known = {entity.id for entity in new}
    gone = [entity for entity in old if entity.id not in known]
    come = [entity for entity in new if entity.id not in by_id]
    renamed = _renamed(gone, come)
    before = {**by_id, **renamed}
    left = {entity.id for entity in gone} - {entity.id for entity in renamed.values()}
    return [
        *(Pair(before.get(entity.id), entity) for entity in new),
        *(Pair(entity, None) for entity in gone if entity.id in left),
    ]


def _renamed(gone: Sequence[Any], come: Sequence[Any]) -> dict[str, Any]:
    """What was called otherwise, by its new id; nothing stands for two."""
    made: dict[str, Any] = {}
    used: set[str] = set()
    for key in (content, _title):
        places: dict[Any, list[Any]] = {}
        for entity in reversed(gone):
            if entity.id not in used:
                places.setdefault(key(entity), []).append(entity)
        for entity in come:
            if entity.id not in made and (alike := places.get(key(entity))):
                made[entity.id] = alike.pop()
                used.add(made[entity.id].id)
    return made


def _title(entity: Any) -> Any:
    return entity.title


def content(entity: Any) -> Any:
    """All that an entity says but its id, so that it can be looked up."""
    return tuple(_content(getattr(entity, name)) for name in _fields(entity) if name != "id")


_PLAIN = frozenset({str, bool, NoneType, Decimal, Period})
"""The types of most values, which can be looked up as they are."""


def _content(value: Any) -> Any:
    if type(value) in _PLAIN or value == ():
        return value
    if fields := _fields(value):
        return type(value), *(_content(getattr(value, name)) for name in fields)
    if isinstance(value, Mapping):
        return frozenset((key, _content(part)) for key, part in value.items())
    if isinstance(value, tuple | list) and not hasattr(value, "_fields"):
        return tuple(map(_content, value))
    return value


def _fields(value: Any) -> Iterable[str]:
    return getattr(type(value), "__pydantic_fields__", ())


def counterpart(old: Sequence[Any], new: Sequence[Any], name: str) -> Any:
    """What stands in the old list for the new list's entity of an id; None if nothing does."""
    if all(entity.id != name for entity in new):
        return None
    return next(pair.old for pair in pairs(old, new) if pair.new and pair.new.id == name)


def by_time(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[str, int | None, int | None]]:
    """Dated items of two lists (figures, milestones, updates), by the period that they are for.

    Each with its position in both lists; None where a list has nothing for that period. The same
    period may be written in two forms: it is named as in the new list.
    """
    before, after = [_when(item) for item in old], [_when(item) for item in new]
    known, places = frozenset(before), {when: at for at, when in enumerate(after)}
    for at, when in enumerate(before):
        here = places.get(when)
        yield str(when if here is None else after[here]), at, here
    yield from ((str(when), None, at) for when, at in places.items() if when not in known)


def _when(item: Any) -> Period:
    when: Period = getattr(item, "date", None) or item.period
    return when


def differences(old: object, new: object, names: Iterable[str]) -> Iterator[tuple[str, Any, Any]]:
    """The fields that differ between two records, either of which may be missing."""
    for name in names:
        before, after = getattr(old, name, None), getattr(new, name, None)
        if before != after:
            yield name.rstrip("_"), before, after


def written(value: object) -> str | None:
    """A field's value as the data files have it; None where there is none."""
    if value is None or value is False:
        return None
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "true" if value is True else str(value)
