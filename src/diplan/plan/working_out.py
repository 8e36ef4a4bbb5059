"""What a plan leaves to be worked out: the figures of derived indicators, the dates of baselines.

A derived indicator has a figure for each period that all of its parts have, with every part as its
source. A baseline without a date has that of its source, else of the plan's agreement, else of the
moment before the plan begins.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any, TypeVar

from diplan.ground.figure import Interval, total
from diplan.ground.period import Period, date_at, day
from diplan.plan.indicator import Baseline, Indicator, Mark, Observation
from diplan.plan.plan import Plan

SHOWN = Decimal("0.01")
"""To how much a worked-out figure is shown; it is judged unrounded."""


class WorkedObservation(Observation):
    """A figure worked out from those of other indicators, exactly; its `value` is rounded."""

    __slots__ = ("figure",)
    figure: Interval

    def interval(self, within: Decimal) -> Interval | None:
        """The figure as it was worked out."""
        return self.figure


class WorkedBaseline(Baseline):
    """The starting point, worked out from the figures of other indicators."""

    __slots__ = ("figure",)
    figure: Interval

    def interval(self, within: Decimal) -> Interval | None:
        """The figure as it was worked out."""
        return self.figure


class UndatedBaseline(Baseline):
    """A starting point to which its source gives no date; `period` is taken from what has one."""

    __slots__ = ()


class UndatedWorkedBaseline(WorkedBaseline, UndatedBaseline):
    """A starting point worked out from others, of which one has no date of its own."""

    __slots__ = ()


Worked = TypeVar("Worked", WorkedObservation, WorkedBaseline)


def _worked(record: Worked, figure: Interval) -> Worked:
    """A new record with the figure that it was worked out to."""
    object.__setattr__(record, "figure", figure)
    return record


def worked_out(plan: Plan) -> Plan:
    """The plan with everything worked out; the same where nothing has to be."""
    indicators = tuple(worked_out_in(plan, indicator) for indicator in plan.indicators)
    same = all(new is old for new, old in zip(indicators, plan.indicators, strict=True))
    return plan if same else replace(plan, indicators=indicators)


def worked_out_in(plan: Plan, indicator: Indicator) -> Indicator:
    """One indicator of a plan with its figures and its baseline's date worked out."""
    if indicator.derived:
        indicator = _derived(plan, indicator)
    given = indicator.baseline
    if given and given.period is None and _says_a_number(given) and (date := _dated(plan, given)):
        values = {name: getattr(given, name) for name in Baseline.__pydantic_fields__}  # type: ignore[attr-defined]
        return replace(indicator, baseline=UndatedBaseline(**{**values, "period": date}))
    return indicator


def _says_a_number(given: Baseline) -> bool:
    return given.missing is None and given.interval(Decimal(0)) is not None


def _dated(plan: Plan, given: Baseline) -> Period | None:
    """When a baseline without a date is taken to have been so; None where nothing tells."""
    source = plan.source.get(given.source or "")
    if source and source.published:
        return source.published
    if plan.cover.agreed:
        return plan.cover.agreed
    return day(date_at(plan.cover.from_.start)) if plan.cover.from_ else None


def _derived(plan: Plan, indicator: Indicator) -> Indicator:
    parts = [plan.indicator.get(name) for name in indicator.derived.of] if indicator.derived else []
    if not all(parts) or cycle(plan, indicator):
        return indicator
    known = [worked_out_in(plan, part) for part in parts if part]
    within = plan.cover.approximate_within
    figures = [_figures(part, within) for part in known]
    shared = [when for when in figures[0] if all(when in given for given in figures)]
    observations = []
    breaks = _breaks(known)
    for when in sorted(shared, key=lambda when: when.end):
        made = _made(indicator, [given[when][1] for given in figures])
        if made:
            marks = {mark for given in figures for mark in given[when][0].marks} - {"break"}
            if any(end <= when.end for end in breaks):
                marks.add("break")
                breaks = [end for end in breaks if end > when.end]
            observations.append(_observation(when, made, marks))
    worked = replace(indicator, observations=tuple(observations))
    given = indicator.baseline
    if given is None or given.period is None or given.missing or _says_a_number(given):
        return worked
    starts = [_at_start(part, given.period, within) for part in known]
    undated = any(_rests_on_undated(part, given.period, within) for part in known)
    kind = UndatedWorkedBaseline if undated else WorkedBaseline
    start = _made(indicator, [figure for figure in starts if figure])
    if start is None or None in starts:
        return worked
    return replace(
        worked,
        baseline=_worked(
            kind(
                period=given.period,
                **_shown(start),
                source=given.source,
                at=given.at,
                note=given.note,
                proxy=given.proxy,
            ),
            start,
        ),
    )


def cycle(plan: Plan, indicator: Indicator) -> bool:
    """Whether a derived indicator is, through its parts, made of itself."""

    def leads_back(name: str, path: tuple[str, ...]) -> bool:
        part = plan.indicator.get(name)
        if part is None or part.derived is None:
            return False
        return name in path or any(leads_back(other, (*path, name)) for other in part.derived.of)

    return leads_back(indicator.id, ())


def _figures(part: Indicator, within: Decimal) -> Mapping[Period, tuple[Observation, Interval]]:
    return {
        seen.period: (seen, figure)
        for seen in part.observations
        if (figure := seen.interval(within)) is not None
    }


def _at_start(part: Indicator, when: Period, within: Decimal) -> Interval | None:
    """A part's figure for a period, or else its baseline for it."""
    if when in (figures := _figures(part, within)):
        return figures[when][1]
    given = part.baseline
    return given.interval(within) if given and given.period == when else None


def _rests_on_undated(part: Indicator, when: Period, within: Decimal) -> bool:
    """Whether a part's starting point is a baseline to which nobody gave a date."""
    return isinstance(part.baseline, UndatedBaseline) and when not in _figures(part, within)


def _breaks(parts: list[Indicator]) -> list[Fraction]:
    """The ends of the periods at which a new series begins in any part."""
    return sorted(
        {seen.period.end for part in parts for seen in part.observations if "break" in seen.marks}
    )


def _made(indicator: Indicator, figures: list[Interval]) -> Interval | None:
    """The figure made of the parts'; None where there is none, as for a share of 0."""
    kind = indicator.derived.kind if indicator.derived else "sum"
    if kind == "sum":
        return total(figures) if figures else None
    if len(figures) != 2:
        return None
    first, second = figures
    return _difference(first, second) if kind == "difference" else _share(first, second)


def _difference(first: Interval, second: Interval) -> Interval:
    low = None if first.low is None or second.high is None else first.low - second.high
    high = None if first.high is None or second.low is None else first.high - second.low
    return Interval(low, first.middle - second.middle, high)


def _share(first: Interval, second: Interval) -> Interval | None:
    """100 × first / second; an end is open where a part's is, or the second may be 0."""
    if second.middle == 0:
        return None
    middle = 100 * first.middle / second.middle
    if first.low is None or second.low is None or first.high is None or second.high is None:
        low = high = None
        if first.low is not None and first.low >= 0 and second.high and second.middle > 0:
            low = 100 * first.low / second.high
        if first.high is not None and first.high >= 0 and second.low and second.low > 0:
            high = 100 * first.high / second.low
        return Interval(low, middle, high)
    if second.low <= 0 <= second.high:
        return Interval(None, middle, None)
    corners = [
        100 * above / below
        for above, below in product((first.low, first.high), (second.low, second.high))
    ]
    return Interval(min(corners), middle, max(corners))


def _observation(when: Period, made: Interval, marks: set[Mark]) -> WorkedObservation:
    seen = WorkedObservation(period=when, **_shown(made), marks=tuple(sorted(marks)))
    return _worked(seen, made)


def _shown(made: Interval) -> dict[str, Any]:
    """The keys by which a worked-out figure is shown, rounded."""
    if made.low is None or made.high is None:
        ends = {"low": made.low, "high": made.high}
        known = {name: _rounded(end) for name, end in ends.items() if end is not None}
        return known or {"value": _rounded(made.middle), "approximate": True}
    return {"value": _rounded(made.middle), "approximate": not made.exact}


def _rounded(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1) if value.denominator == 1 else SHOWN)
