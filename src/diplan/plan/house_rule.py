"""The house rule: a council's own red, amber and green, as data beside diplan's verdict."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from diplan.plan.base import NotNegative, Text, TrueOrFalse, record


@record
class HouseRule:
    """When a figure is green, amber or red, by how far it is on the wrong side of a value."""

    green: NotNegative = Decimal(0)
    """Green up to this far on the wrong side, in per cent of the value (or as `in` says)."""
    amber: NotNegative
    """Amber up to this far; further off is red."""
    of: Literal["path", "target"] = "path"
    """The value: the one expected at the figure's time, or the target's."""
    in_: Literal["per-cent", "points"] = Field(default="per-cent", alias="in")
    """`points` where `green` and `amber` are in the indicator's unit, for percentages."""
    amber_if_improved: TrueOrFalse = False
    """`true` where red turns amber if the figure is no worse than the one before; else `false`."""
    note: Text | None = None
    """Where the rule is from, or what else to know of it."""
