"""Indicators: measured things, with a baseline, a target and the figures observed since."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal, get_args

from pydantic import TypeAdapter

from diplan.ground.figure import Interval, about, between, exactly
from diplan.ground.period import Period
from diplan.plan.action import Ending
from diplan.plan.base import (
    Id,
    Line,
    Number,
    Positive,
    PositivePerCent,
    Text,
    TrueOrFalse,
    When,
    record,
)
from diplan.plan.derived import Derived
from diplan.plan.house_rule import HouseRule
from diplan.plan.revision import Revision
from diplan.plan.target import AnyTarget

Missing = Literal[
    "to-be-confirmed", "not-available", "not-applicable", "not-collected", "suppressed"
]
Mark = Literal[
    "estimated", "provisional", "revised", "forecast", "low-reliability", "break"
]  # fmt: skip
Frequency = Literal["monthly", "quarterly", "six-monthly", "yearly", "two-yearly", "once"]

MARKS: tuple[str, ...] = get_args(Mark)
"""The marks that a figure may have."""

MONTHS: dict[str, int] = {
    "monthly": 1, "quarterly": 3, "six-monthly": 6, "yearly": 12, "two-yearly": 24,
}  # fmt: skip
"""How many months a frequency lets pass between two figures; `once` has no entry."""

PER_CENT = "per cent"


@record
class Figure:
    """A number with all that is known of it; or, with `missing`, why there is none."""

    value: Number | None = None
    """The number, without commas or signs; absent where only its ends are known, or nothing."""
    low: Number | None = None
    """The least that it can be. Without `value` and `high`: 'over', with an open end."""
    high: Number | None = None
    """The most that it can be. Without `value` and `low`: 'under', with an open end."""
    numerator: Number | None = None
    """How many of the `denominator`; only where the unit is per cent."""
    denominator: Number | None = None
    """With `numerator`: a percentage, worked out and never typed."""
    missing: Missing | None = None
    """Why there is no number; it takes the place of one, and is never 0."""
    approximate: TrueOrFalse = False
    """`true` where the source says 'c.' or 'about'; else `false`."""
    marks: tuple[Mark, ...] = ()
    """How sure the figure is, in the words that statistics use."""
    source: Id | None = None
    """Id of the source that has the figure; without it nobody can look it up."""
    at: Line | None = None
    """The place in the source, in words, such as: table 3."""
    note: Text | None = None
    """What else a reader should know of the figure."""

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
    """The time that the figure is for; it counts once that has ended."""


def figure_of(values: object) -> Observation:
    """The figure that some keys and values of the data make.

    Raises:
        ValidationError: they make none.
    """
    made: Observation = _observations().validate_python(values)
    return made


@lru_cache(maxsize=1)
def _observations() -> "TypeAdapter[Any]":
    return TypeAdapter(Observation)


@record
class Baseline(Figure):
    """The figure that progress is measured from."""

    period: When | None = None
    """The time that the figure is for; needed wherever progress is measured from it."""
    proxy: Text | None = None
    """What the figure measures, where that is something other than the target does."""


@record
class Milestone:
    """An interim target: a value to be reached on the way, which bends the expected path."""

    period: When
    """By when, between the baseline and the due date."""
    value: Number | None = None
    """The value to be reached by then; absent where `percent` or `points` says it."""
    percent: PositivePerCent | None = None
    """By how much less or more than the baseline, in per cent of it, as the target has it."""
    points: Positive | None = None
    """By how many points less or more than the baseline, as the target has it."""
    note: Text | None = None
    """Where the value is from, or who agreed to it."""


@record
class Benchmark:
    """Somebody else's figures for the same thing: compared, never a target."""

    name: Line
    """Whose figures they are, such as: England."""
    source: Id | None = None
    """Id of the source of all of its figures; absent where each names its own."""
    at: Line | None = None
    """The place in the source, in words, such as: table 3."""
    note: Text | None = None
    """What to bear in mind when comparing."""
    observations: tuple[Observation, ...] = ()
    """The figures, one for each period, in order of time."""


@record
class Indicator:
    """A measured thing with a unit, a baseline, a target and observations."""

    id: Id
    """A name of its own, such as `offline-adults`, by which the plan refers to it."""
    title: Line
    """What is measured, in one line."""
    priority: Id | None = None
    """Id of the heading that it belongs to; only an indicator without a target can do without."""
    unit: Line
    """What is counted, such as: adults; `per cent` holds figures between 0 and 100."""
    target: AnyTarget
    """What the plan promises, and by when; the kind `none` where it promises nothing."""
    group: Id | None = None
    """Any id: ties together rows that the plan prints as one."""
    definition: Id | None = None
    """What is measured, by a name that several plans share: their figures can be compared."""
    of: Line | None = None
    """What a percentage is a share of, such as people aged 16 and over."""
    area: Line | None = None
    """The area that the figures are for, where it is not the plan's own."""
    lead: tuple[Id, ...] = ()
    """Ids of the services that answer for the figure."""
    from_venues: (
        Literal["public_computers", "quick_use_computers", "suite_computers", "laptops"] | None
    ) = None
    """The column of `venues.csv` whose sum over the open places is the figure."""
    derived: Derived | None = None
    """How its figures are worked out from those of other indicators; absent: they are given."""
    part_of: Id | None = None
    """Id of the indicator of which it is a part, such as one age group of all adults."""
    segment: Line | None = None
    """Which part it is: PROFILE/SEGMENT, or in words."""
    collected_from: Line | None = None
    """Where the figures are gathered, such as: survey of residents."""
    frequency: Frequency | None = None
    """How often a figure comes in; absent: no figure is ever called stale."""
    baseline: Baseline | None = None
    """The figure that progress is measured from; without one, progress cannot be measured."""
    milestones: tuple[Milestone, ...] = ()
    """Values to be reached on the way; without them the path is straight."""
    observations: tuple[Observation, ...] = ()
    """The figures since, in order of time; absent where it was never measured."""
    cross_check: tuple[Id, ...] = ()
    """Ids of indicators that measure the same thing by other evidence."""
    benchmarks: tuple[Benchmark, ...] = ()
    """Somebody else's figures for the same thing: compared, never a target."""
    rag: HouseRule | None = None
    """The council's own rule for this indicator, in the place of the plan's."""
    ended: Ending | None = None
    """How it left the plan; absent while it is in it."""
    revisions: tuple[Revision, ...] = ()
    """Changes to baseline, target or past figures, each with its reason."""
    note: Text | None = None
    """What else a reader should know of it."""

    @property
    def bounds(self) -> tuple[Fraction, Fraction] | None:
        """What a figure in this unit must lie between; None where anything goes."""
        if self.unit != PER_CENT:
            return None
        signed = self.derived is not None and self.derived.kind == "difference"
        return Fraction(-100 if signed else 0), Fraction(100)

    @property
    def parts(self) -> tuple[str, ...]:
        """Ids of the indicators that its figures are worked out from; none where they are given."""
        return self.derived.of if self.derived else ()

    def has_ended(self, moment: Fraction) -> bool:
        """Whether it had left the plan by a moment in months."""
        return self.ended is not None and self.ended.date.end <= moment

    @property
    def baseline_period(self) -> Period | None:
        """The period of the baseline; it counts even where its number is missing."""
        return self.baseline.period if self.baseline else None
