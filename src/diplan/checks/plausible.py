"""Doubts about a figure that somebody enters: worth asking once, and never an error."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from diplan.model import Figure, Indicator, NoTarget, Observation

FACTOR = 10
"""How many times as large or as small as the last figure one has to be to be doubted."""

FAR = Fraction(1, 2)
"""The share of the last figure by which a change for the worse is doubted."""


def doubts(own: Indicator, new: Observation, within: Decimal) -> Iterator[str]:
    """What somebody who knows the series would ask about a new figure."""
    figure = new.interval(within)
    if figure is None:
        return
    value = figure.middle
    before = [one for one in own.observations if one.period.end < new.period.end]
    given: Figure | None = before[-1] if before else own.baseline
    last = given.interval(within) if given and not getattr(given, "proxy", None) else None
    if own.bounds and 0 < value < 1 and (last is None or last.middle >= 2):
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
    elif not isinstance(own.target, NoTarget):
        worse = not own.target.better(value, last.middle) and value != last.middle
        if worse and abs(value - last.middle) > FAR * abs(last.middle):
            yield f"this is far worse than the last figure, {float(last.middle):,g}"
