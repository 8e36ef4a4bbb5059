"""What every part of a plan is made of: frozen records, and the types of their fields.

Records are built from written text (`"2018"`, `"13900"`) and hold what it means (a period, a
decimal). They know nothing of files. A key that a record does not have is refused, not ignored.
"""

import re
from collections.abc import Iterable
from dataclasses import FrozenInstanceError
from decimal import Decimal
from typing import Annotated, Any, Self, TypeVar, dataclass_transform

from pydantic import BeforeValidator, ConfigDict, Field, PlainValidator, StringConstraints
from pydantic.dataclasses import dataclass as pydantic_dataclass

from diplan.ground.errors import BadTextError
from diplan.ground.figure import number
from diplan.ground.period import Period, period

T = TypeVar("T")

_CONFIG = ConfigDict(
    defer_build=True, extra="forbid", validate_by_name=True, validate_by_alias=True
)


class _Frozen:
    """What every record has in common, written once: generated code would be paid at each start."""

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(name)

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(name)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and all(
            getattr(self, name) == getattr(other, name) for name in _names(self)
        )

    __hash__ = None  # type: ignore[assignment]

    def __deepcopy__(self, _memo: object) -> Self:
        return self

    def __setstate__(self, state: tuple[None, dict[str, object]]) -> None:
        """Take the fields that another process sent."""
        for name, value in state[1].items():
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        given = (f"{name}={value!r}" for name in _names(self) if (value := getattr(self, name)))
        return f"{type(self).__name__}({', '.join(given)})"


def _names(record: object) -> Iterable[str]:
    return type(record).__pydantic_fields__  # type: ignore[attr-defined, no-any-return]


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Field,))
def record(cls: type[T]) -> type[T]:
    """Make *cls* a frozen, slotted, validated record (a third of a BaseModel's memory)."""
    make: Any = pydantic_dataclass(slots=True, kw_only=True, repr=False, eq=False, config=_CONFIG)
    made: type[T] = make(cls)
    for name in ("__setattr__", "__delattr__", "__eq__", "__hash__", "__repr__", "__setstate__"):
        setattr(made, name, getattr(_Frozen, name))
    return made


MOST_PER_CENT = 1000
"""The largest change that a relative target may ask for."""


def _period(written: object) -> Period:
    if isinstance(written, Period):
        return written
    if isinstance(written, int) and not isinstance(written, bool):
        written = str(written)
    if not isinstance(written, str):
        raise BadTextError("not-a-period", "a period is expected here", "write one, such as 2018")
    return period(written)


def _number(written: object) -> Decimal:
    if not isinstance(written, str | int | Decimal):
        raise BadTextError("not-a-number", "a number is expected here", "write one, such as 1300")
    return number(written)


def _positive(written: object) -> Decimal:
    value = _number(written)
    if value <= 0:
        raise BadTextError("not-allowed", f"{value} is not more than 0", "write a positive number")
    return value


def _per_cent(written: object) -> Decimal:
    value = _number(written)
    if not 0 <= value <= 100:
        raise BadTextError("not-allowed", f"{value} is not between 0 and 100", "write a percentage")
    return value


def _positive_per_cent(written: object) -> Decimal:
    value = _positive(written)
    if value > MOST_PER_CENT:
        raise BadTextError(
            "not-allowed",
            f"{value} per cent is more than {MOST_PER_CENT}",
            "write the target as a level: `at-least`",
        )
    return value


def _flag(written: object) -> bool:
    if isinstance(written, bool):
        return written
    if written not in ("true", "false"):
        raise BadTextError("wrong-type", f'"{written}" is not true or false', "write true or false")
    return written == "true"


def _not_negative(written: object) -> Decimal:
    value = _number(written)
    if value < 0:
        raise BadTextError("not-allowed", f"{value} is less than 0", "write 0 or more")
    return value


def _several(written: object) -> object:
    return (written,) if isinstance(written, str) else written


def _url(written: object) -> str:
    if not isinstance(written, str) or not written.startswith(("https://", "http://")):
        raise BadTextError(
            "not-allowed", f'"{written}" is not a web address', "begin it with https://"
        )
    if not re.fullmatch(r"[^\s<>\"'`]{1,500}", written):
        hint = "blanks, quotes, < and > are written as %20, %22, %3C and %3E"
        raise BadTextError("not-allowed", "a web address cannot hold these characters", hint)
    return written


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A name in the data: small letters and digits, with hyphens between words."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\n\r]*$")]
"""A text of one line."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
"""A text of any number of lines."""

When = Annotated[Period, PlainValidator(_period)]
"""A period, in one of its forms."""

Number = Annotated[Decimal, PlainValidator(_number)]
"""A number as it is written, to its last digit."""

Positive = Annotated[Decimal, PlainValidator(_positive)]
"""A number greater than zero."""

PositivePerCent = Annotated[Decimal, PlainValidator(_positive_per_cent)]
"""A change in per cent, greater than zero."""

PerCent = Annotated[Decimal, PlainValidator(_per_cent)]
"""A percentage."""

TrueOrFalse = Annotated[bool, PlainValidator(_flag)]
"""`true` or `false`."""

NotNegative = Annotated[Decimal, PlainValidator(_not_negative)]
"""A number of 0 or more."""

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]+$", min_length=2, max_length=3)]
"""A country (ISO 3166-1, two letters) or a currency (ISO 4217, three letters)."""

ONE_OR_MANY = BeforeValidator(_several)
"""Lets a single text stand for a list of one."""

Url = Annotated[str, PlainValidator(_url)]
"""A web address."""
