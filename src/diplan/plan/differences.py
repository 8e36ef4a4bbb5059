"""What differs between two versions of a record, field by field."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

FIGURE = (
    "period", "value", "low", "high", "numerator", "denominator", "missing", "approximate",
)  # fmt: skip
"""What a figure says; its source, its marks and its notes are about it."""

TARGET = ("kind", "value", "percent", "points", "from_", "due", "path", "running")
"""What a target promises."""

MILESTONE = ("value",)
"""What a milestone promises, beside its period."""


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
