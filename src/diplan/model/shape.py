"""The shape of the data: which keys may stand at a place, for messages and for documentation."""

from collections.abc import Iterator, Sequence
from typing import Any, get_args, get_origin

from diplan.model.plan import SECTIONS
from diplan.model.target import AnyTarget


def keys_at(section: str, loc: Sequence[str | int]) -> list[str]:
    """The keys of the record that *loc*, a validator's path inside an entity, leads to.

    After a key that takes several kinds of record, the path names the kind.
    """
    record: Any = SECTIONS[section]
    parts = iter([part for part in loc if isinstance(part, str)])
    for part in parts:
        choices = list(_records(fields(record)[part].annotation))
        if not choices:
            return []
        kind = next(parts, None) if len(choices) > 1 else None
        record = next((choice for choice in choices if kind in kinds(choice)), choices[0])
    return list(fields(record))


def is_list(section: str, path: Sequence[str]) -> bool:
    """Whether several values may stand at a path of keys."""
    record: Any = SECTIONS[section]
    for part in path[:-1]:
        choices = list(_records(fields(record)[part].annotation)) if part in fields(record) else []
        record = choices[0] if choices else None
    info = fields(record).get(path[-1]) if record else None
    return info is not None and get_origin(info.annotation) is tuple


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
