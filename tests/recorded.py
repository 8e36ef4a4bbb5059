"""The records that a plan's files hold, found from their annotations."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, get_args

from diplan.plan import SECTIONS, Figure, Target
from diplan.plan.fields.shape import fields


def inner_records(annotation: Any) -> Iterator[Any]:
    """The records that a field's type leads to."""
    if hasattr(annotation, "__pydantic_fields__"):
        yield annotation
    for inner in get_args(annotation):
        yield from inner_records(inner)


@lru_cache(maxsize=1)
def records() -> dict[str, Any]:
    """Every record that the data can hold, by its name."""
    known: dict[str, Any] = {"Figure": Figure, "Target": Target}
    waiting: list[Any] = list(SECTIONS.values())
    while waiting:
        record = waiting.pop()
        if record.__name__ not in known:
            known[record.__name__] = record
            for info in fields(record).values():
                waiting += inner_records(info.annotation)
    return known


def is_kind_of_target(record: Any) -> bool:
    """Whether a record is one of the targets."""
    return issubclass(record, Target) and record is not Target
