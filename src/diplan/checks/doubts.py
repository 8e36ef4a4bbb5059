"""Doubts about a figure that somebody enters: worth asking once, and never an error."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from diplan.ground.english import listed
from diplan.ground.figure import Interval
from diplan.ground.period import as_long
from diplan.plan import Baseline, Indicator, NoTarget, Observation, ToBeConfirmed, Total

FACTOR = 10
"""How many times as large or as small as the last figure one has to be to be doubted."""

FAR = Fraction(1, 2)
"""The share of the last figure by which a change for the worse is doubted."""


def not_recorded(indicator: Indicator) -> tuple[str, str] | None:
    """Why no figure can be entered for an indicator, and what to do; None where one can."""
    if indicator.derived:
        parts = listed(indicator.derived.of)
        which = "its figures are" if len(indicator.derived.of) > 1 else "its figure is"
        return f'"{indicator.id}" is derived: {which} worked out from {parts}', "record those"
    if indicator.from_venues:
        message = f'the figures of "{indicator.id}" come from the places'
        return message, f"change {indicator.from_venues} in data/venues.csv, and its as_at"
    return None


def doubts(indicator: Indicator, new: Observation, within: Decimal) -> Iterator[str]:
    """Yield what somebody who knows the series would ask about a new figure, most often nothing."""
    figure = new.interval(within)
    if figure is None:
        return
    value = figure.middle
    last = _last(indicator, new, within)
    if indicator.bounds and 0 < value < 1 and (last is None or last.middle >= 2):
        meant = f"{float(100 * value):g}"
        yield f"{float(value):g} per cent is less than one in a hundred: was {meant} meant?"
        return
    if last is None or last.middle == 0:
        return
    times = value / last.middle
    if times >= FACTOR or (0 < times <= Fraction(1, FACTOR)):
        earlier = f"the last figure, {float(last.middle):,g}"
        more = f"this is {round(times):,} times {earlier}"
        yield more if times >= 1 else f"{earlier}, is {round(1 / times):,} times as much"
    elif not isinstance(indicator.target, NoTarget | ToBeConfirmed):
        worse = not indicator.target.better(value, last.middle) and value != last.middle
        if worse and abs(value - last.middle) > FAR * abs(last.middle):
            yield f"this is far worse than the last figure, {float(last.middle):,g}"


def _last(indicator: Indicator, new: Observation, within: Decimal) -> Interval | None:
    """The latest figure before a new one that can be compared with it.

    A count of a quarter says nothing of a year's: only percentages and running totals compare
    across periods of different lengths. A figure without a period, or of something other than
    the target's, compares with none.
    """
    baseline = [indicator.baseline] if indicator.baseline and not indicator.baseline.proxy else []
    before: list[Baseline | Observation] = [*baseline, *indicator.observations]
    any_length = indicator.bounds is not None or (
        isinstance(indicator.target, Total) and indicator.target.running
    )
    for given in sorted(
        (figure for figure in before if figure.period and figure.period.end < new.period.end),
        key=lambda figure: figure.period.end if figure.period else 0,
        reverse=True,
    ):
        if given.period and (any_length or as_long(given.period, new.period)):
            return given.interval(within)
    return None
