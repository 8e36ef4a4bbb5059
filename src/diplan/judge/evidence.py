"""Which figure a verdict rests on, of those known at the moment."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from diplan.ground.figure import Interval, total
from diplan.ground.period import Period
from diplan.plan import Indicator, Observation, Total

GRACE = 12
"""Months after the due date within which a first figure still tells of it."""


class Evidence(NamedTuple):
    """A figure and the period it stands for.

    `observations` are what it was read from: one, or all that a total sums. `incomplete` says
    that a period of a total has no figure, so that its sum is a lower bound.
    """

    figure: Interval
    period: Period
    observations: tuple[Observation, ...]
    incomplete: bool = False
    broken: bool = False
    """Whether a series break lies among the figures of a total."""


class Series(NamedTuple):
    """An indicator's figures known by the as-of, in order of time, each with its interval."""

    known: tuple[tuple[Observation, Interval], ...]
    breaks: tuple[Fraction, ...]
    """The ends of the periods at which a new series begins."""

    def since_break(self, until: Fraction) -> Sequence[tuple[Observation, Interval]]:
        """The figures up to a moment that belong to the same series as the last of them."""
        start = max((end for end in self.breaks if end <= until), default=Fraction(0))
        first = bisect_left(self.known, start, key=ends)
        return self.known[first : bisect_right(self.known, until, first, key=ends)]


def series(indicator: Indicator, as_of: Period, within: Decimal) -> Series:
    """Collect the figures that count: those with a number, whose period has ended by the as-of."""
    counted = sorted(indicator.observations, key=lambda seen: seen.period.end)
    del counted[bisect_right(counted, as_of.end, key=lambda seen: seen.period.end) :]
    known = tuple(
        (seen, held(figure, indicator.bounds))
        for seen in counted
        if (figure := seen.interval(within)) is not None
    )
    return Series(known, tuple(seen.period.end for seen in counted if "break" in seen.marks))


def held(figure: Interval, bounds: tuple[Fraction, Fraction] | None) -> Interval:
    """Cut a figure's ends to what its unit allows: no percentage is above 100."""
    if bounds is None or figure.exact:
        return figure
    low, high = bounds
    return Interval(
        low if figure.low is None else max(low, figure.low),
        figure.middle,
        high if figure.high is None else min(high, figure.high),
    )


def evidence(indicator: Indicator, series: Series) -> Evidence | None:
    """The figure to judge by: at the due date, else the first within a year after, else the last
    before; of figures after the baseline, since those before it are context.
    """
    target = indicator.target
    if isinstance(target, Total):
        return _total(target, series)
    known, baseline, due = series.known, indicator.baseline_period, target.due
    first = bisect_right(known, baseline.end, key=ends) if baseline else 0
    last = len(known) - 1
    if due:
        at = bisect_left(known, due.end, first, key=ends)
        after = bisect_right(known, due.end, at, key=ends)
        if at < after:
            last = after - 1
        else:
            late = after <= last and ends(known[after]) <= due.end + GRACE
            last = after if late else at - 1
    if last < first:
        return None
    seen, figure = known[last]
    return Evidence(figure, seen.period, (seen,))


def ends(pair: tuple[Observation, Interval]) -> Fraction:
    """When the period of a figure of a series ends."""
    return pair[0].period.end


def _total(target: Total, series: Series) -> Evidence | None:
    """The sum of the figures inside `from`..`due`, or the latest where they are running totals."""
    inside = [
        (seen, figure)
        for seen, figure in series.known
        if seen.period.start >= target.from_.start
        and (target.due is None or seen.period.end <= target.due.end)
    ]
    if not inside:
        return None
    last, figure = inside[-1]
    broken = any(inside[0][0].period.end < end <= last.period.end for end in series.breaks)
    if target.running:
        return Evidence(figure, last.period, (last,), broken=broken)
    covered = target.from_.start
    incomplete = False
    for seen, _ in sorted(inside, key=lambda pair: pair[0].period.start):
        incomplete = incomplete or seen.period.start > covered
        covered = max(covered, seen.period.end)
    summed = total([figure for _, figure in inside], open_above=incomplete)
    return Evidence(summed, last.period, tuple(seen for seen, _ in inside), incomplete, broken)
