"""Derived indicators: how their figures are made from those of others."""

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
