"""What a plan leaves to be worked out: the figures of derived indicators, the dates of baselines.

A derived indicator has a figure for each period that all of its parts have, with every part as its
source. A baseline without a date has that of its source, else of the plan's agreement, else of the
moment before the plan begins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple, TypeVar

from diplan.ground.figure import Interval, total
from diplan.ground.period import Period, date_at, day
from diplan.plan.derived import in_order
from diplan.plan.indicator import Baseline, Indicator, Mark, Observation
from diplan.plan.plan import Plan

LARGEST = 10**60
"""What is worked out to more than this is no figure: shares of shares of shares grow so."""


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


def _exactly(record: Worked, figure: Interval) -> Worked:
    """A new record with the figure that it was worked out to."""
    object.__setattr__(record, "figure", figure)
    return record


def worked_out(plan: Plan) -> Plan:
    """The plan with everything worked out; the same where nothing has to be."""
    known = _known(plan, [name for indicator in plan.indicators for name in indicator.parts])
    indicators = tuple(
        known[indicator.id].indicator
        if indicator.id in known and plan.indicator[indicator.id] is indicator
        else _worked(plan, indicator, known)
        for indicator in plan.indicators
    )
    same = all(new is old for new, old in zip(indicators, plan.indicators, strict=True))
    return plan if same else replace(plan, indicators=indicators)


def worked_out_in(plan: Plan, indicator: Indicator) -> Indicator:
    """One indicator of a plan with its figures and its baseline's date worked out."""
    return _worked(plan, indicator, _known(plan, indicator.parts))


class Known(NamedTuple):
    """An indicator with everything worked out, and the ends of the periods with a new series."""

    indicator: Indicator
    breaks: frozenset[Fraction]


def _known(plan: Plan, names: Sequence[str]) -> Mapping[str, Known]:
    """Indicators worked out, and what they are made of, by id; none that is made of itself."""
    parts: dict[str, tuple[str, ...]] = {}
    wanted = list(names)
    while wanted:
        name = wanted.pop()
        if name in plan.indicator and name not in parts:
            parts[name] = plan.indicator[name].parts
            wanted += parts[name]
    known: dict[str, Known] = {}
    for name in in_order(parts):
        if name in parts:
            given = plan.indicator[name]
            passed_on = (known[part].breaks for part in parts[name] if part in known)
            known[name] = Known(_worked(plan, given, known), _breaks(given).union(*passed_on))
    return known


def _worked(plan: Plan, indicator: Indicator, known: Mapping[str, Known]) -> Indicator:
    """An indicator worked out from those that are *known* already."""
    given = indicator.baseline
    if given and given.period is None and _says_a_number(given) and (date := _dated(plan, given)):
        values = {name: getattr(given, name) for name in Baseline.__pydantic_fields__}  # type: ignore[attr-defined]
        indicator = replace(indicator, baseline=UndatedBaseline(**{**values, "period": date}))
    parts = [known[name] for name in indicator.parts if name in known]
    if not parts or len(parts) < len(indicator.parts):
        return indicator
    return _derived(indicator, parts, plan.cover.approximate_within)


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


def _derived(indicator: Indicator, parts: list[Known], within: Decimal) -> Indicator:
    figures = [_figures(part.indicator, within) for part in parts]
    shared = [when for when in figures[0] if all(when in given for given in figures)]
    observations = []
    breaks = frozenset[Fraction]().union(*(part.breaks for part in parts))
    start = indicator.baseline_period
    for when in sorted(shared, key=lambda when: when.end):
        made = _made(indicator, [given[when][1] for given in figures])
        if start and start.end < when.end:  # what begins by then, begins with the baseline
            breaks = frozenset(end for end in breaks if end > start.end)
        if made:
            marks = {mark for given in figures for mark in given[when][0].marks} - {"break"}
            if any(end <= when.end for end in breaks):
                marks.add("break")
                breaks = frozenset(end for end in breaks if end > when.end)
            observations.append(_observation(when, made, marks))
    worked = replace(indicator, observations=tuple(observations))
    given = indicator.baseline
    if given is None or given.period is None or given.missing or _says_a_number(given):
        return worked
    starts = [_at_start(part.indicator, given.period, within) for part in parts]
    undated = any(_rests_on_undated(part.indicator, given.period, within) for part in parts)
    kind = UndatedWorkedBaseline if undated else WorkedBaseline
    at_start = _made(indicator, [figure for figure in starts if figure])
    if at_start is None or None in starts:
        return worked
    return replace(
        worked,
        baseline=_exactly(
            kind(
                period=given.period,
                **_shown(at_start),
                source=given.source,
                at=given.at,
                note=given.note,
                proxy=given.proxy,
            ),
            at_start,
        ),
    )


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


def _breaks(indicator: Indicator) -> frozenset[Fraction]:
    """The ends of the periods at which a new series begins."""
    return frozenset(seen.period.end for seen in indicator.observations if "break" in seen.marks)


def _made(indicator: Indicator, figures: list[Interval]) -> Interval | None:
    """The figure made of the parts'; None where there is none, as for a share of 0."""
    kind = indicator.derived.kind if indicator.derived else "sum"
    made = None
    if kind == "sum" and figures:
        made = total(figures)
    elif len(figures) == 2:
        made = _difference(*figures) if kind == "difference" else _share(*figures)
    return None if made and abs(made.middle) > LARGEST else made


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
    return _exactly(seen, made)


def _shown(made: Interval) -> dict[str, Any]:
    """The keys by which a worked-out figure is shown, rounded."""
    if made.low is None or made.high is None:
        ends = {"low": made.low, "high": made.high}
        known = {name: _rounded(end) for name, end in ends.items() if end is not None}
        return known or {"value": _rounded(made.middle), "approximate": True}
    return {"value": _rounded(made.middle), "approximate": not made.exact}


def _rounded(value: Fraction) -> Decimal:
    if value.denominator == 1:
        return Decimal(value.numerator)
    return Decimal(f"{round(value * 100)}e-2")
