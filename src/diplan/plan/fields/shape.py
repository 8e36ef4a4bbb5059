"""What may stand where in the data, read from the annotations of the records, once for all uses."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import chain
from types import NoneType
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from pydantic import BeforeValidator

from diplan.plan.base import Line
from diplan.plan.plan import SECTIONS
from diplan.plan.target import AnyTarget


class Form(NamedTuple):
    """What may stand in a place. Empty parts stand for what may not."""

    types: tuple[Any, ...] = ()
    """Types of a value, such as `plan.base.When`."""
    words: tuple[str, ...] = ()
    """The words that may be chosen."""
    records: tuple[Any, ...] = ()
    """Records; of several, the key `kind` says which is meant."""
    items: "Form | None" = None
    """What each item of a list may be; None where no list may stand.

    With `types` as well, a single item may stand in the place of the list.
    """
    least: int = 0
    """How many items a list has at the least."""
    optional: bool = False
    """Whether the place may be left empty."""

    @property
    def inside(self) -> tuple[Any, ...]:
        """The records that may stand here, or be items of the list here."""
        return (self.items or self).records


def form(hint: Any) -> Form:
    """What may stand where a field has this annotation."""
    origin, parts = get_origin(hint), get_args(hint)
    if hint is NoneType:
        return Form(optional=True)
    if origin is Literal:
        return Form(words=parts)
    if origin is tuple:
        return Form(items=form(parts[0]))
    if origin is Annotated and hasattr(parts[0], "__pydantic_fields__"):
        return form(parts[0])._replace(types=(Line,))  # a bare word stands for a record
    if origin is Annotated and get_origin(parts[0]) is None:
        return Form(types=(hint,))
    if origin is Annotated:
        inner = form(parts[0])
        least = (size.min_length for rule in parts[1:] for size in getattr(rule, "metadata", ()))
        alone = any(isinstance(rule, BeforeValidator) for rule in parts[1:]) and inner.items
        return inner._replace(least=next(least, 0), types=alone.types if alone else inner.types)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Form(words=tuple(hint))
    if not parts:
        return Form(records=(hint,)) if hasattr(hint, "__pydantic_fields__") else Form((hint,))
    alternatives = [form(part) for part in parts]
    return Form(
        tuple(chain.from_iterable(each.types for each in alternatives)),
        tuple(chain.from_iterable(each.words for each in alternatives)),
        tuple(chain.from_iterable(each.records for each in alternatives)),
        next((each.items for each in alternatives if each.items), None),
        optional=any(each.optional for each in alternatives),
    )


@cache
def forms(record: Any) -> Mapping[str, Form]:
    """What may stand under each key of a record."""
    hints = get_type_hints(record, include_extras=True)
    return {
        info.alias or name: form(hints[name]) for name, info in record.__pydantic_fields__.items()
    }


def fields(record: Any) -> dict[str, Any]:
    """Pydantic's fields of a record, by the key that they have in the data."""
    return {info.alias or name: info for name, info in record.__pydantic_fields__.items()}


def kinds(record: Any) -> tuple[str, ...]:
    """The words that select this record where several kinds may stand."""
    kind = forms(record).get("kind")
    return kind.words if kind else ()


def target_kinds() -> list[str]:
    """The words that a target's kind may be."""
    return [kind for record in form(AnyTarget).records for kind in kinds(record)]


def keys_at(section: str, loc: Sequence[str | int]) -> list[str]:
    """The keys of the record that *loc*, a path inside an entity, leads to: see `keys_in`."""
    return keys_in(SECTIONS[section], loc)


def keys_in(home: Any, loc: Sequence[str | int]) -> list[str]:
    """The keys of the record that *loc*, a path inside a record, leads to; none where it does not.

    After a key that takes several kinds of record, a validator's path names the kind. Where a path
    does not, the keys of all kinds are meant.
    """
    records = records_at(home, [part for part in loc if isinstance(part, str)])
    return list(dict.fromkeys(key for record in records for key in forms(record)))


def records_at(home: Any, keys: Sequence[str]) -> list[Any]:
    """The records that may stand at a path of keys inside a record."""
    records: list[Any] = [home]
    for key in keys:
        chosen = [record for record in records if key in kinds(record)] if records[1:] else []
        places = [forms(record)[key] for record in records if key in forms(record)]
        records = chosen or [record for place in places for record in place.inside]
    return records
