"""Targets: what a plan promises of an indicator, and when it is met.

A relative target refers to the baseline, and its value is worked out from it; nobody types it.
"""

from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from diplan.ground.figure import power
from diplan.plan.base import Number, Positive, PositivePerCent, Text, TrueOrFalse, When, record

HUNDRED = Fraction(100)

_RISING = frozenset(
    {
        "increase-by", "increase-by-points", "at-least", "more-than", "all", "total-at-least",
        "yearly-growth", "increase",
    }
)  # fmt: skip
_STRICT = frozenset({"more-than", "fewer-than", "increase", "reduce"})


@record
class Target:
    """What every kind of target has."""

    kind: str
    """What is promised: a change from the baseline, a level, a total, or nothing."""
    due: When | None = None
    """The period by whose end it is to be met. Absent: the plan gives no date."""
    note: Text | None = None
    """Why there is no date, where `due` is absent; or what else to know of it."""
    path: Literal["linear", "geometric"] = "linear"
    """The course expected from baseline to target; a straight line where nothing is said."""

    relative: ClassVar[bool] = False
    """Whether its value is worked out from the baseline."""
    level: ClassVar[bool] = False
    """Whether it is a level, for which an early observation may stand in for a baseline."""

    @property
    def rising(self) -> bool:
        """Whether a larger figure is a better one."""
        return self.kind in _RISING

    @property
    def geometric(self) -> bool:
        """Whether the expected course is compound growth."""
        return self.path == "geometric"

    def value_from(self, baseline: Fraction | None, years: Fraction | None) -> Fraction | None:
        """The target value, or None where it cannot be worked out.

        *years* is the time from the baseline's end to the due date's.
        """
        raise NotImplementedError

    def formula(self, baseline: str) -> str:
        """How a relative target's value is worked out, with the baseline put in."""
        raise NotImplementedError

    def better(self, value: Fraction, than: Fraction) -> bool:
        """Whether *value* is strictly better than another."""
        return value > than if self.rising else value < than

    def met(self, value: Fraction, target_value: Fraction) -> bool:
        """Whether *value*, unrounded, meets the target value."""
        return self.better(value, target_value) or (
            value == target_value and self.kind not in _STRICT
        )


@record
class Halve(Target):
    """Half of the baseline: T = B / 2."""

    kind: Literal["halve"]
    relative: ClassVar[bool] = True

    def value_from(self, baseline: Fraction | None, years: Fraction | None) -> Fraction | None:
        """B / 2."""
        return None if baseline is None else baseline / 2

    def formula(self, baseline: str) -> str:
        """B / 2."""
        return f"B / 2 = {baseline} / 2"


@record
class ByPercent(Target):
    """A share of the baseline more or less: T = B (1 ± p / 100)."""

    kind: Literal["reduce-by", "increase-by"]
    percent: PositivePerCent
    """By how much, in per cent of the baseline: above 0, at most 1000."""
    relative: ClassVar[bool] = True

    def value_from(self, baseline: Fraction | None, years: Fraction | None) -> Fraction | None:
        """B (1 ± p / 100)."""
        share = Fraction(self.percent) / 100
        return None if baseline is None else baseline * (1 + (share if self.rising else -share))

    def formula(self, baseline: str) -> str:
        """B (1 ± p / 100)."""
        sign = "+" if self.rising else "−"
        return f"B (1 {sign} p / 100) = {baseline} × (1 {sign} {self.percent} / 100)"


@record
class ByPoints(Target):
    """A number of percentage points (or units) more or less: T = B ± p."""

    kind: Literal["reduce-by-points", "increase-by-points"]
    points: Positive
    """By how much, in percentage points, or in the unit where that is not per cent."""
    relative: ClassVar[bool] = True

    def value_from(self, baseline: Fraction | None, years: Fraction | None) -> Fraction | None:
        """B ± p."""
        points = Fraction(self.points)
        return None if baseline is None else baseline + (points if self.rising else -points)

    def formula(self, baseline: str) -> str:
        """B ± p."""
        sign = "+" if self.rising else "−"
        return f"B {sign} p = {baseline} {sign} {self.points}"


@record
class Level(Target):
    """A level to reach, whatever the baseline."""

    kind: Literal["at-least", "at-most", "more-than", "fewer-than"]
    value: Number
    """The level to be reached, or what a total comes to."""
    level: ClassVar[bool] = True

    def value_from(self, baseline: Fraction | None, years: Fraction | None) -> Fraction | None:
        """The level."""
        return Fraction(self.value)


@record
class All(Target):
    """Every one of them: 100 per cent, and 99.6 is not all."""

    kind: Literal["all"]
    level: ClassVar[bool] = True

    def value_from(self, baseline: Fraction | None, years: Fraction | None) -> Fraction | None:
        """100."""
        return HUNDRED


@record
class Total(Target):
    """A number to reach in all, summed over the periods `from`..`due`."""

    kind: Literal["total-at-least"]
    value: Number
    """What the figures come to together."""
    from_: When = Field(alias="from")
    """The first period that counts towards the total."""
    running: TrueOrFalse = False
    """`true` where each figure is already the total so far; else the figures are added up."""

    def value_from(self, baseline: Fraction | None, years: Fraction | None) -> Fraction | None:
        """The total."""
        return Fraction(self.value)


@record
class YearlyGrowth(Target):
    """Growth by a rate a year: T = B (1 + p / 100) ^ years, on a compound path."""

    kind: Literal["yearly-growth"]
    percent: PositivePerCent
    """By how much each year, in per cent: above 0, at most 1000."""
    relative: ClassVar[bool] = True

    @property
    def geometric(self) -> bool:
        """Always."""
        return True

    def value_from(self, baseline: Fraction | None, years: Fraction | None) -> Fraction | None:
        """B (1 + p / 100) ^ years."""
        if baseline is None or years is None:
            return None
        return baseline * power(1 + Fraction(self.percent) / 100, years)

    def formula(self, baseline: str) -> str:
        """B (1 + p / 100) ^ years."""
        return f"B (1 + p / 100)^years = {baseline} × (1 + {self.percent} / 100)^years"


@record
class Direction(Target):
    """More or fewer than the baseline, by however little."""

    kind: Literal["increase", "reduce"]

    def value_from(self, baseline: Fraction | None, years: Fraction | None) -> Fraction | None:
        """There is none."""
        return None


@record
class NoTarget(Target):
    """None: the plan promises nothing of the indicator, which is there for context."""

    kind: Literal["none"]

    def value_from(self, baseline: Fraction | None, years: Fraction | None) -> Fraction | None:
        """There is none."""
        return None


@record
class ToBeConfirmed(Target):
    """One that has still to be set."""

    kind: Literal["to-be-confirmed"]

    def value_from(self, baseline: Fraction | None, years: Fraction | None) -> Fraction | None:
        """Nobody knows yet."""
        return None


AnyTarget = Annotated[
    Halve
    | ByPercent
    | ByPoints
    | Level
    | All
    | Total
    | YearlyGrowth
    | Direction
    | NoTarget
    | ToBeConfirmed,
    Field(discriminator="kind"),
]

RELATIVE = (
    "halve",
    "reduce-by",
    "increase-by",
    "reduce-by-points",
    "increase-by-points",
    "yearly-growth",
)
"""The kinds whose value is worked out from the baseline."""
