"""Where which kind of value belongs: what is written in an entity, place by place.

For those who repair what is written. Nothing here judges a value; the records do.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from diplan.ground.period import Period
from diplan.plan.base import (
    Code,
    Id,
    NotNegative,
    Number,
    PerCent,
    Positive,
    PositivePerCent,
    TrueOrFalse,
    Url,
    When,
)
from diplan.plan.fields.shape import Form, forms, kinds, records_at
from diplan.plan.plan import SECTIONS, Area
from diplan.plan.venue import WholeNumber, YesOrNo
from diplan.plan.website import LogoName, WebColour
from diplan.problems import KeyPath

_KINDS: dict[Any, str] = {
    Number: "number",
    Positive: "number",
    NotNegative: "number",
    PositivePerCent: "number",
    PerCent: "number",
    WholeNumber: "count",
    When: "period",
    Period: "period",
    TrueOrFalse: "flag",
    YesOrNo: "answer",
    Code: "code",
    Id: "id",
    Area: "id",
    Url: "id",
    WebColour: "id",
    LogoName: "id",
}


class Slot(NamedTuple):
    """A place in an entity where one value is written."""

    path: KeyPath
    kind: str
    """`number`, `count`, `period`, `flag`, `answer` (yes or no), `code`, `id`, `word`, `text`,
    `record`."""
    words: frozenset[str]
    """The words that may stand here; none where it is no matter of words."""
    beside: frozenset[str]
    """The keys that the record has in which this one is."""


def slots(section: str, value: Any) -> Iterator[Slot]:
    """The places of an entity at which a text is written, and what belongs there.

    What stands under an unknown key, or in the place of something else, is passed over.
    """
    yield from _in_record(SECTIONS[section], value, ())


def slot_at(section: str, path: Sequence[str]) -> tuple[Slot, Form]:
    """The place that a path of keys names, whatever the kinds of record on the way, and its form.

    Where a list may stand, the place is that of an item.

    Raises:
        KeyError: there is no such place.
    """
    for record in records_at(SECTIONS[section], path[:-1]):
        if place := forms(record).get(path[-1]):
            item = place.items or place
            beside = frozenset(forms(record))
            return Slot(tuple(path), _kind(item), frozenset(item.words), beside), place
    raise KeyError(path[-1])


def strangers(section: str, value: Any) -> int:
    """How many keys of an entity are none that may stand there, at any depth."""
    return _strangers(SECTIONS[section], value) if isinstance(value, dict) else 0


def _in_record(record: Any, value: Any, path: KeyPath) -> Iterator[Slot]:
    known = forms(record)
    for key, inner in value.items() if isinstance(value, dict) else ():
        if key in known:
            yield from _in_place(known[key], inner, (*path, key), frozenset(known))


def _in_place(form: Form, value: Any, path: KeyPath, beside: frozenset[str]) -> Iterator[Slot]:
    if form.items and isinstance(value, list):
        for at, item in enumerate(value):
            yield from _in_place(form.items, item, (*path, at), beside)
    elif form.records and isinstance(value, dict):
        yield from _in_record(_meant(form.records, value), value, path)
    elif isinstance(value, str):
        yield Slot(path, _kind(form), frozenset(form.words), beside)


def _kind(form: Form) -> str:
    for hint in form.types:
        if hint in _KINDS:
            return _KINDS[hint]
    return "word" if form.words else "record" if form.records and not form.types else "text"


def _meant(records: Sequence[Any], value: Mapping[str, Any]) -> Any:
    """The record, of several kinds, that a mapping is; the first where it does not say."""
    return next((record for record in records if value.get("kind") in kinds(record)), records[0])


def _strangers(record: Any, value: Mapping[str, Any]) -> int:
    known = forms(record)
    inside = (
        (known[key].inside, item)
        for key in value.keys() & known.keys()
        for item in (value[key] if isinstance(value[key], list) else [value[key]])
    )
    return sum(key not in known for key in value) + sum(
        _strangers(_meant(records, item), item)
        for records, item in inside
        if records and isinstance(item, dict)
    )
