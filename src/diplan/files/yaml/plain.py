"""YAML to plain values, fast: what is read when all is well, which is nearly always.

Scalars stay the text that was written (`no` is not False, `3.10` not 3.1), except that a plain
`null`, `~` or nothing is None. Whatever is not the small YAML that plans are written in raises
`Irregular`; `tree` then reads the text again to say what and where, and keeps positions.
"""

from collections.abc import Callable
from typing import Any

from yaml.error import YAMLError
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from diplan.ground.text import UNSAFE

try:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]
except ImportError:  # a PyYAML without libyaml reads the same, twenty times slower
    from yaml import SafeLoader as CParser  # type: ignore[assignment]

Parser: Any = CParser

DEEPEST = 20
MOST_ENTRIES = 200_000
MOST_IN_ALL = 4_000_000

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
AMBIGUOUS = frozenset({"yes", "no", "on", "off"})

Plain = str | None | list["Plain"] | dict[str, "Plain"]


class Irregular(Exception):  # noqa: N818 - no error: the text may be fine in other eyes
    """The text holds something that has to be explained."""


class _Scalars(dict[str, str | None]):
    """Each distinct plain scalar is judged and kept once: equal scalars are worth sharing."""

    def __missing__(self, text: str) -> str | None:
        if text.lower() in AMBIGUOUS:
            raise Irregular
        value = self[text] = None if text in NULLS else text
        return value


def read_yaml(text: str) -> Plain:
    """The value of a document; an empty one is None.

    Raises:
        Irregular: the text is no YAML, or more than the YAML of a plan.
    """
    if not text.isascii() and UNSAFE.search(text):
        raise Irregular
    try:
        return _Reader(Parser(text).get_event).document()
    except (YAMLError, ValueError) as error:
        raise Irregular from error


class _Reader:
    """Drives libyaml's events straight into plain objects, without its constructors."""

    __slots__ = ("entries", "get", "scalars")

    def __init__(self, get: Callable[[], Any]) -> None:
        self.get = get
        self.scalars = _Scalars()
        self.entries = 0

    def document(self) -> Plain:
        get = self.get
        get()
        if get().__class__ is not DocumentStartEvent:
            return None
        event = get()
        value = self.scalar(event) if event.__class__ is ScalarEvent else self.nested(event, 0)
        get()
        if get().__class__ is not StreamEndEvent:
            raise Irregular
        return value

    def scalar(self, event: Any) -> str | None:
        text: str = event.value
        if event.anchor or event.tag:
            raise Irregular
        if event.implicit[0]:
            return self.scalars[text]
        if UNSAFE.search(text):
            raise Irregular
        return text

    def nested(self, event: Any, depth: int) -> Plain:
        kind = event.__class__
        if event.anchor or depth > DEEPEST or self.entries > MOST_IN_ALL:
            raise Irregular
        if kind is MappingStartEvent and not event.tag:
            return self.mapping(depth + 1)
        if kind is SequenceStartEvent and not event.tag:
            return self.sequence(depth + 1)
        raise Irregular

    def mapping(self, depth: int) -> Plain:
        get, scalar = self.get, self.scalar
        found: dict[str, Plain] = {}
        while True:
            event = get()
            kind = event.__class__
            if kind is MappingEndEvent:
                self.entries += len(found)
                return found
            if kind is not ScalarEvent or len(found) > MOST_ENTRIES:
                raise Irregular
            key = scalar(event)
            if key is None or key == "<<" or key in found:
                raise Irregular
            event = get()
            if event.__class__ is ScalarEvent:
                found[key] = scalar(event)
            else:
                found[key] = self.nested(event, depth)

    def sequence(self, depth: int) -> Plain:
        get, scalar = self.get, self.scalar
        found: list[Plain] = []
        while True:
            event = get()
            kind = event.__class__
            if kind is ScalarEvent:
                found.append(scalar(event))
            elif kind is SequenceEndEvent:
                self.entries += len(found)
                return found
            else:
                found.append(self.nested(event, depth))
            if len(found) > MOST_ENTRIES:
                raise Irregular
