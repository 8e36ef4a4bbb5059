"""Derived indicators: how their figures are made from those of others."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, Literal

from pydantic import Field

from diplan.plan.base import Id, record


@record
class Derived:
    """What is done with the figures of other indicators, for each period that all of them have."""

    kind: Literal["difference", "sum", "share"]
    """The first less the second, all together, or the first in per cent of the second."""
    of: Annotated[tuple[Id, ...], Field(min_length=1)]
    """Ids of the parts, in order: two for a difference or a share, any number for a sum."""

    def __str__(self) -> str:
        """The derivation as the ledger and the change reports name it."""
        return f"{self.kind} of {', '.join(self.of)}"


def in_order(parts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """All names, each after those that it is made of; none that is made of itself or of such."""
    sorter = TopologicalSorter(parts)
    with suppress(CycleError):  # the rest can be had in spite of it
        sorter.prepare()
    while ready := sorter.get_ready():
        yield from ready
        sorter.done(*ready)


def circular(parts: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The names that are, in the end, made of themselves, and any between two circles."""
    rest = set(parts).difference(in_order(parts))
    uses: dict[str, list[str]] = {name: [] for name in rest}
    for name in rest:
        for part in rest.intersection(parts[name]):
            uses[part].append(name)
    return frozenset(rest.difference(in_order(uses)))
