"""What a chart's two axes span, and the numbers written beside them, in exact arithmetic."""

from collections.abc import Iterator
from fractions import Fraction

from diplan.ground import english
from diplan.report.document import Chart, Point

_SCALES = ((12, "trillions"), (9, "billions"), (6, "millions"))
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _points(chart: Chart) -> Iterator[Point]:
    yield from chart.points
    yield from (stone.point for stone in chart.milestones)
    yield from (point for point in (chart.baseline, chart.target) if point)
    yield from (point for line in chart.benchmarks for point in line.points)


def times(chart: Chart) -> Iterator[Fraction]:
    """Every moment that a chart shows, in years."""
    yield from (point.time for point in _points(chart))
    yield from (time for time, _ in chart.path)


def span(chart: Chart) -> tuple[Fraction, Fraction, Fraction]:
    """Where the axis of values begins and ends, and its step: one, two or five times a power of 10.

    It takes in 0 where that leaves the figures at least half of it.
    """
    drawn = [point for point in _points(chart) if point.value is not None]
    values = [
        value
        for point in drawn
        for value in (point.value, point.low, point.high)
        if value is not None
    ]
    values += [value for _, value in chart.path]
    low, high = min(values), max(values)
    if low == high or 0 <= low <= high / 2 or low / 2 <= high <= 0 or 0 in (low, high):
        low, high = min(low, Fraction(0)), max(high, Fraction(0))
    if low == high:
        high = Fraction(1)
    if any((point.low is None) != (point.high is None) for point in drawn):
        room = (high - low) / 10
        low, high = (low - room if low else low), (high + room if high else high)
    step = _step((high - low) / 4)
    return (low // step) * step, -(-high // step) * step, step


def _step(least: Fraction) -> Fraction:
    """The smallest round step that is not below *least*."""
    power = Fraction(10) ** _exponent(least)
    return next(power * times for times in (1, 2, 5, 10) if power * times >= least)


def _exponent(value: Fraction) -> int:
    """The power of ten of a positive number's first digit."""
    bits = value.numerator.bit_length() - value.denominator.bit_length()
    guess = bits * 30103 // 100000 - 1
    while Fraction(10) ** (guess + 1) <= value:
        guess += 1
    while Fraction(10) ** guess > value:
        guess -= 1
    return guess


def ticks(low: Fraction, high: Fraction, step: Fraction) -> tuple[list[tuple[Fraction, str]], str]:
    """The round numbers that the axis names, both ends among them, and what they count in.

    The numbers are short: `1,500`, `0.25`, `1.2` in `millions`, `3 × 10¹⁸`.
    """
    values = [low + count * step for count in range(int((high - low) / step) + 1)]
    most = max(abs(low), abs(high))
    power, word = next(
        (
            (power, word)
            for power, word in _SCALES
            if most >= 10**power and step * 100 >= 10**power and most < 1000 * 10**power
        ),
        (0, ""),
    )
    places = max(0, power - _exponent(step))
    if most >= 10**15 or places > 6:
        return [(value, _scientific(value)) for value in values], ""
    return [(value, english.decimal(value / 10**power, places)) for value in values], word


def number(value: Fraction) -> str:
    """A number with commas, to at most two decimals."""
    if abs(value) >= 10**15 or 0 < abs(value) < Fraction(1, 200):
        return _scientific(value)
    return english.number(value)


def _scientific(value: Fraction) -> str:
    """A number too large or too small to be written out, to three digits."""
    if not value:
        return "0"
    power = _exponent(abs(value))
    first = english.number(value / Fraction(10) ** power)
    return f"{first} × 10{str(power).translate(_RAISED)}"
