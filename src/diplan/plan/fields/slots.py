"""Where which kind of value belongs: what is written in an entity, place by place.

For those who repair what is written. Nothing here judges a value; the records do.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from types import NoneType
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from diplan.ground.period import Period
from diplan.plan.base import (
    Area,
    Id,
    Number,
    PerCent,
    Positive,
    PositivePerCent,
    TrueOrFalse,
    Url,
    When,
)
from diplan.plan.fields.shape import kinds
from diplan.plan.plan import SECTIONS
from diplan.plan.venue import WholeNumber, YesOrNo
from diplan.problems import KeyPath

_KINDS: dict[Any, str] = {
    Number: "number",
    Positive: "number",
    PositivePerCent: "number",
    PerCent: "number",
    WholeNumber: "count",
    When: "period",
    Period: "period",
    TrueOrFalse: "flag",
    YesOrNo: "answer",
    Id: "id",
    Area: "id",
    Url: "id",
}


class Slot(NamedTuple):
    """A place in an entity where one value is written."""

    path: KeyPath
    kind: str
    """`number`, `count`, `period`, `flag`, `answer` (yes or no), `id`, `word`, `text`, `record`."""
    words: frozenset[str]
    """The words that may stand here; none where it is no matter of words."""
    beside: frozenset[str]
    """The keys that the record has in which this one is."""


def slots(section: str, value: Any) -> Iterator[Slot]:
    """The places of an entity at which a text is written, and what belongs there.

    What stands under an unknown key, or in the place of something else, is passed over.
    """
    yield from _record(SECTIONS[section], value, ())


def strangers(section: str, value: Any) -> int:
    """How many keys of an entity are none that may stand there, at any depth."""
    return _strangers(SECTIONS[section], value) if isinstance(value, dict) else 0


@cache
def _fields(record: Any) -> Mapping[str, Any]:
    """The annotations of a record's fields, by the key that they have in the data."""
    hints = get_type_hints(record, include_extras=True)
    named = record.__pydantic_fields__
    return {(named[name].alias or name): hint for name, hint in hints.items() if name in named}


def _record(record: Any, value: Any, path: KeyPath) -> Iterator[Slot]:
    known = _fields(record)
    for key, inner in value.items() if isinstance(value, dict) else ():
        if key in known:
            yield from _value(known[key], inner, (*path, key), frozenset(known))


def _value(hint: Any, value: Any, path: KeyPath, beside: frozenset[str]) -> Iterator[Slot]:
    many, choices = _choices(hint)
    records = [one for one in choices if hasattr(one, "__pydantic_fields__")]
    if many:
        for at, item in enumerate(value if isinstance(value, list) else ()):
            yield from _value(many, item, (*path, at), beside)
    elif records and isinstance(value, dict):
        yield from _record(_chosen(records, value), value, path)
    elif isinstance(value, str):
        names = [_KINDS[one] for one in choices if one in _KINDS]
        words = frozenset(
            word for one in choices if get_origin(one) is Literal for word in get_args(one)
        )
        kind = names[0] if names else "word" if words else "record" if records else "text"
        yield Slot(path, kind, words, beside)


def _choices(hint: Any) -> tuple[Any, list[Any]]:
    """What the items of a list are, where it is one; and what else may stand in a place."""
    if hint in _KINDS or get_origin(hint) is Literal:
        return None, [hint]
    if get_origin(hint) is tuple:
        return get_args(hint)[0], []
    if get_origin(hint) is Annotated:
        return _choices(get_args(hint)[0])
    inner = [one for one in get_args(hint) if one is not NoneType]
    found = [_choices(one) for one in inner]
    many = next((one for one, _ in found if one), None)
    return many, [one for _, several in found for one in several] if inner else [hint]


def _chosen(records: list[Any], value: Mapping[str, Any]) -> Any:
    """The record of several kinds that a value is."""
    named = (one for one in records if value.get("kind") in kinds(one))
    return next(named, records[0])


def _strangers(record: Any, value: Mapping[str, Any]) -> int:
    known = _fields(record)
    count = sum(key not in known for key in value)
    for key in value.keys() & known.keys():
        many, choices = _choices(known[key])
        records = [one for one in choices if hasattr(one, "__pydantic_fields__")]
        if many:
            records = [one for one in _choices(many)[1] if hasattr(one, "__pydantic_fields__")]
        items = value[key] if isinstance(value[key], list) else [value[key]]
        if records:
            inner = [item for item in items if isinstance(item, dict)]
            count += sum(_strangers(_chosen(records, item), item) for item in inner)
    return count
