"""Where everything in a chart is: its scales, its points and its lines, before they are drawn.

Values are exact until they become coordinates, in the units of the picture.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from diplan.ground.figure import as_float
from diplan.render import axis, shapes
from diplan.render.lettering import LINE, Box, width, wrapped
from diplan.render.placing import LabelSpace, Marker
from diplan.report.document import Chart, Point

DEEP = 180
"""How tall the plot is."""
RIGHT = shapes.WIDTH - 2
_INSET = 14
"""How far from the plot's sides the first and the last point stand."""
_PARTS = 6
"""In how many parts the target's line is tried for its label."""

Corner = tuple[float, float]


class _Scale(NamedTuple):
    """A stretch of values laid upon a stretch of the picture."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: Fraction) -> float:
        """Where a value is drawn; one value alone is drawn in the middle."""
        if self.low == self.high:
            return (self.start + self.end) / 2
        share = (as_float(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


class PlottedPoint(NamedTuple):
    """A point that is drawn, where, and how far its marker reaches."""

    point: Point
    value: Fraction
    x: float
    y: float
    reach: int

    @property
    def box(self) -> Box:
        """What its marker covers."""
        x, y, reach = self.x, self.y, self.reach
        return Box(x - reach, y - reach, x + reach, y + reach)


class Reach(NamedTuple):
    """How far a figure may lie from its middle, up or down; one that is open has no known end."""

    x: float
    y: float
    end: float
    is_open: bool

    @property
    def tip(self) -> Box:
        """What the stop or the arrow at its end covers."""
        deep = 6 if self.is_open else 1
        return Box(self.x - 5, self.end - deep, self.x + 5, self.end + deep)


class Plot:
    """A chart laid out."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.sign = "%" if chart.unit == "per cent" else ""
        low, high, step = axis.span(chart)
        ticks, counted = axis.ticks(low, high, step)
        self.ticks = [(tick, f"{words}{self.sign}") for tick, words in ticks]
        unit = f"{chart.unit}, in {counted}" if counted else chart.unit
        self.caption = wrapped(unit, shapes.WIDTH)
        if not low <= 0 <= high:
            self.caption += wrapped("(the axis does not begin at 0)", shapes.WIDTH)
        self.left = max(width(words) for _, words in self.ticks) + 10
        self.top = LINE * len(self.caption) + 18
        self.foot = self.top + DEEP
        times = list(axis.times(chart))
        first, last = float(min(times)), float(max(times))
        self.x = _Scale(first, last, self.left + _INSET, RIGHT - _INSET)
        self.y = _Scale(as_float(low), as_float(high), self.foot, self.top)
        in_time = sorted(chart.points, key=lambda point: float(point.time))
        self.runs = list(self._runs(in_time, 5))
        self.baseline = self._mark(chart.baseline, 6)
        self.seen = self._seen()
        self.measured = [*([self.baseline] if self.baseline else []), *self.seen]
        self.reaches = list(self._reaches())
        self.target = self._mark(chart.target, 8)
        stones = [(self._mark(stone.point, 7), stone.status.text) for stone in chart.milestones]
        self.milestones = [(mark, stands) for mark, stands in stones if mark]
        self.path = [(self.x.at(time), self.y.at(value)) for time, value in sorted(chart.path)]
        benchmarks = [(line.name, list(self._runs(line.points, 4))) for line in chart.benchmarks]
        self.compared = [name for name, runs in benchmarks if runs]
        self.benchmarks = [runs for _, runs in benchmarks if runs][: len(shapes.BENCHMARKS)]

    def _mark(self, point: Point | None, reach: int) -> PlottedPoint | None:
        if point is None or point.value is None:
            return None
        return PlottedPoint(
            point, point.value, self.x.at(point.time), self.y.at(point.value), reach
        )

    def _runs(self, points: Sequence[Point], reach: int) -> Iterator[list[PlottedPoint]]:
        """The stretches of points between gaps."""
        run: list[PlottedPoint] = []
        for point in points:
            if mark := self._mark(point, reach):
                run.append(mark)
            elif run:
                yield run
                run = []
        if run:
            yield run

    def _seen(self) -> list[PlottedPoint]:
        """The observations that are drawn as circles: the baseline has a square of its own."""
        given = self.chart.baseline
        held = (given.time, given.value) if given else None
        return [mark for run in self.runs for mark in run if (mark.point.time, mark.value) != held]

    def _reaches(self) -> Iterator[Reach]:
        """How far each figure may lie from where it is drawn."""
        for mark in self.measured:
            low, high = mark.point.low, mark.point.high
            for end, edge in ((low, self.foot), (high, self.top)):
                to = edge if end is None else self.y.at(end)
                if to != mark.y and (low is not None or high is not None):
                    yield Reach(mark.x, mark.y, to, end is None)

    def lines(self) -> Iterator[tuple[Corner, Corner]]:
        """Every straight line that a label must not cover."""
        runs = [*self.runs, *(run for line in self.benchmarks for run in line)]
        yield from pairwise(self.path)
        for run in runs:
            yield from pairwise([(mark.x, mark.y) for mark in run])
        for x, y, end, _ in self.reaches:
            yield (x, y), (x, end)
        if self.target:
            yield (self.left, self.target.y), (RIGHT, self.target.y)
        if self.y.low <= 0 <= self.y.high:
            nought = self.y.at(Fraction(0))
            yield (self.left, nought), (RIGHT, nought)

    def along(self, mark: PlottedPoint) -> list[Marker]:
        """Places on the level line through a mark, from its right end to its left."""
        parts = range(_PARTS, -1, -1)
        return [
            Marker(self.left + (RIGHT - self.left) * part / _PARTS, mark.y, 4) for part in parts
        ]

    def room(self) -> LabelSpace:
        """The plot with what its lines and markers leave free."""
        room = LabelSpace(Box(self.left, self.top - 14, shapes.WIDTH, self.foot - 1))
        for start, end in self.lines():
            room.take_line(*start, *end)
        for reach in self.reaches:
            room.take(reach.tip)
        others = [mark for line in self.benchmarks for run in line for mark in run]
        stones = [mark for mark, _ in self.milestones]
        for mark in (*self.measured, *stones, *others, *([self.target] if self.target else [])):
            room.take(mark.box)
        return room
