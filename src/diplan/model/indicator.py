"""Indicators: measured things, with a baseline, a target and the figures observed since."""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from diplan.figure import Interval, about, between, exactly
from diplan.model.base import Flag, Id, Line, Number, Text, When, record
from diplan.model.revision import Revision
from diplan.model.target import AnyTarget
from diplan.period import Period

Missing = Literal[
    "to-be-confirmed", "not-available", "not-applicable", "not-collected", "suppressed"
]
Mark = Literal[
    "estimated", "provisional", "revised", "forecast", "low-reliability", "break"
]  # fmt: skip
Frequency = Literal["monthly", "quarterly", "six-monthly", "yearly", "two-yearly", "once"]

MONTHS: dict[str, int] = {
    "monthly": 1, "quarterly": 3, "six-monthly": 6, "yearly": 12, "two-yearly": 24,
}  # fmt: skip
"""How many months a frequency lets pass between two figures; `once` has no entry."""

PER_CENT = "per cent"


@record
class Figure:
    """A number with all that is known of it; or, with `missing`, why there is none."""

    value: Number | None = None
    low: Number | None = None
    """The least that it can be. Without `value` and `high`: 'over', with an open end."""
    high: Number | None = None
    """The most that it can be. Without `value` and `low`: 'under', with an open end."""
    numerator: Number | None = None
    denominator: Number | None = None
    """With `numerator`: a percentage, worked out and never typed."""
    missing: Missing | None = None
    approximate: Flag = False
    """'c.' or 'about' in the source."""
    marks: tuple[Mark, ...] = ()
    source: Id | None = None
    at: Line | None = None
    """The place in the source, in words."""
    note: Text | None = None

    def interval(self, within: Decimal) -> Interval | None:
        """The figure and its ends; None where it is missing or no number is given.

        *within* is the plan's per cent for an approximate figure.
        """
        if self.value is not None and self.approximate and self.low is self.high is None:
            return about(self.value, within)
        if self.numerator is not None and self.denominator:
            return exactly(100 * Fraction(self.numerator) / Fraction(self.denominator))
        return between(self.low, self.value, self.high)


@record
class Observation(Figure):
    """A figure for one period."""

    period: When


@record
class Baseline(Figure):
    """The figure that progress is measured from."""

    period: When | None = None
    proxy: Text | None = None
    """What the figure measures, where that is something else than the target does."""


@record
class Milestone:
    """A value to be reached on the way; it bends the expected path."""

    period: When
    value: Number
    note: Text | None = None


@record
class Benchmark:
    """Somebody else's figures for the same thing: compared, never a target."""

    name: Line
    source: Id | None = None
    at: Line | None = None
    note: Text | None = None
    observations: tuple[Observation, ...] = ()


@record
class Indicator:
    """A measured thing with a unit, a baseline, a target and observations."""

    id: Id
    title: Line
    unit: Line
    """What is counted; `per cent` holds figures between 0 and 100."""
    target: AnyTarget
    priority: Id | None = None
    """The heading that it belongs to; only an indicator without a target can do without."""
    group: Id | None = None
    """Ties together rows that the plan prints as one."""
    definition: Id | None = None
    """What is measured, by a name that several plans share: their figures can be compared."""
    of: Line | None = None
    """What a percentage is a share of, such as people aged 16 and over."""
    area: Line | None = None
    """The area that the figures are for, where it is not the plan's own."""
    lead: tuple[Id, ...] = ()
    """The services that answer for the figure."""
    collected_from: Line | None = None
    frequency: Frequency | None = None
    baseline: Baseline | None = None
    milestones: tuple[Milestone, ...] = ()
    observations: tuple[Observation, ...] = ()
    cross_check: tuple[Id, ...] = ()
    """Indicators that measure the same thing by other evidence."""
    benchmarks: tuple[Benchmark, ...] = ()
    revisions: tuple[Revision, ...] = ()
    note: Text | None = None

    @property
    def bounds(self) -> tuple[Fraction, Fraction] | None:
        """What a figure in this unit must lie between; None where anything goes."""
        return (Fraction(0), Fraction(100)) if self.unit == PER_CENT else None

    @property
    def baseline_period(self) -> Period | None:
        """The period of a baseline that has a figure."""
        return self.baseline.period if self.baseline and not self.baseline.missing else None
