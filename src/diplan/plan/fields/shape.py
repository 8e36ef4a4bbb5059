"""The shape of the data: which keys may stand at a place, for messages and for documentation."""

from collections.abc import Iterator, Sequence
from typing import Any, get_args, get_origin

from diplan.plan.plan import SECTIONS
from diplan.plan.target import AnyTarget


def keys_at(section: str, loc: Sequence[str | int]) -> list[str]:
    """The keys of the record that *loc*, a path inside an entity, leads to; none where it does not.

    After a key that takes several kinds of record, a validator's path names the kind. Where a path
    does not, the keys of all kinds are meant.
    """
    found = _at(section, [part for part in loc if isinstance(part, str)])
    return list(dict.fromkeys(key for record in found for key in fields(record)))


def is_list(section: str, path: Sequence[str]) -> bool:
    """Whether several values may stand at a path of keys."""
    infos = [fields(record).get(path[-1]) for record in _at(section, path[:-1])]
    return any(info is not None and get_origin(info.annotation) is tuple for info in infos)


def _at(section: str, parts: Sequence[str]) -> list[Any]:
    """The records that may stand at a path of keys."""
    found: list[Any] = [SECTIONS[section]]
    for part in parts:
        of_kind = [record for record in found if part in kinds(record)] if len(found) > 1 else []
        found = of_kind or [
            inner
            for record in found
            if part in fields(record)
            for inner in _records(fields(record)[part].annotation)
        ]
    return found


def fields(record: Any) -> dict[str, Any]:
    """The fields of a record, by the key that they have in the data."""
    return {info.alias or name: info for name, info in record.__pydantic_fields__.items()}


def target_kinds() -> list[str]:
    """The words that a target's kind may be."""
    return [kind for record in _records(AnyTarget) for kind in kinds(record)]


def kinds(record: Any) -> tuple[str, ...]:
    """The words that select this record where several kinds may stand."""
    kind = fields(record).get("kind")
    return get_args(kind.annotation) if kind else ()


def _records(annotation: Any) -> Iterator[Any]:
    if hasattr(annotation, "__pydantic_fields__"):
        yield annotation
    for inner in get_args(annotation):
        yield from _records(inner)
