"""Charts as small SVG pictures: the same bytes for the same chart, legible without colour.

A picture asks for nothing from outside: no script, no style sheet, no font. Whatever text goes
in, well-formed XML comes out. The words beneath a picture's axis are its points' labels; the
target's label is taken to be its words. Values are exact until they become coordinates.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from diplan.ground.figure import as_float
from diplan.render import axis, shapes
from diplan.report.document import Chart, Point

WIDTH, HEIGHT = 640, 260
"""Units of the picture; every further row of the legend adds to its height."""

_TOP, _BOTTOM, _RIGHT = 30, 198, 628
_INSET = 26
"""How far from the plot's sides the first and the last point stand."""
_ROW = 19
_LONGEST = 150
"""A label beneath the axis is cut at this width."""


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


class _Spot(NamedTuple):
    """A point that is drawn, and where."""

    point: Point
    value: Fraction
    x: float
    y: float


def svg(chart: Chart, *, name: str = "") -> str:
    """A chart as one `<svg>` element; empty where nothing was ever measured.

    *name* begins its ids and takes the place of the chart's key where one page has two of it.
    """
    seen = [point for point in chart.points if point.value is not None]
    if not seen and (chart.baseline is None or chart.baseline.value is None):
        return ""
    drawing = _Drawing(chart)
    return shapes.picture("chart", chart, name, WIDTH, drawing.height, drawing.lines())


class _Drawing:
    """A chart being drawn: its scales, and the places that are taken."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.sign = "%" if chart.unit == "per cent" else ""
        low, high, self.step = axis.span(chart)
        self.named = [(tick, axis.tick(tick, self.step, high, low) + self.sign) for tick in
                      axis.ticks(low, high, self.step)]  # fmt: skip
        self.left = min(max(shapes.width(text) for _, text in self.named) + 10, 200)
        times = list(axis.times(chart))
        first, last = float(min(times)), float(max(times))
        self.x = _Scale(first, last, self.left + _INSET, _RIGHT - _INSET)
        self.y = _Scale(as_float(low), as_float(high), _BOTTOM, _TOP)
        in_time = sorted(chart.points, key=lambda point: point.time)
        self.runs = list(self._runs(in_time))
        self.baseline = self._spot(chart.baseline)
        self.target = self._spot(chart.target)
        self.stones = [spot for stone in chart.milestones if (spot := self._spot(stone.point))]
        self.path = [(self.x.at(time), self.y.at(value)) for time, value in sorted(chart.path)]
        self.taken: list[shapes.Box] = []
        self.busy = list(self._busy())
        self.rows = _legend_rows(list(self._kinds()))
        self.height = HEIGHT + _ROW * (len(self.rows) - 1)

    def _spot(self, point: Point | None) -> _Spot | None:
        if point is None or point.value is None:
            return None
        return _Spot(point, point.value, self.x.at(point.time), self.y.at(point.value))

    def _runs(self, points: Sequence[Point]) -> Iterator[list[_Spot]]:
        """The stretches of points between gaps."""
        run: list[_Spot] = []
        for point in points:
            if spot := self._spot(point):
                run.append(spot)
            elif run:
                yield run
                run = []
        if run:
            yield run

    @property
    def spots(self) -> list[_Spot]:
        """The observations that are drawn as circles: the baseline has a square of its own."""
        given = self.chart.baseline
        held = (given.time, given.value) if given else None
        return [spot for run in self.runs for spot in run if (spot.point.time, spot.value) != held]

    @property
    def measured(self) -> list[_Spot]:
        """Whatever was measured, the baseline first."""
        return [*([self.baseline] if self.baseline else []), *self.spots]

    def _busy(self) -> Iterator[tuple[float, float]]:
        """Points on the lines, which no label should cover."""
        lines = [[(spot.x, spot.y) for spot in run] for run in self.runs]
        for line in (*lines, self.path):
            for (x, y), (to_x, to_y) in pairwise(line):
                for part in range(13):
                    share = part / 12
                    yield x + (to_x - x) * share, y + (to_y - y) * share
        for spot in self.measured:
            for low, high, _ in self._bars(spot):
                yield from ((spot.x, low + (high - low) * part / 6) for part in range(7))

    def lines(self) -> Iterator[str]:
        """The picture's elements, what lies beneath first."""
        yield from self._grid()
        yield from self._axis_labels()
        if self.target:
            yield shapes.line(
                self.left, self.target.y, _RIGHT, self.target.y, shapes.AIM, 1.2, "2 4"
            )
        if len(self.path) > 1:
            yield shapes.polyline(self.path, shapes.GREY, 1.6, "7 5")
        for spot in self.measured:
            yield from self._uncertainty(spot)
        for run in self.runs:
            if len(run) > 1:
                yield shapes.polyline([(spot.x, spot.y) for spot in run], shapes.SEEN, 2.4)
        for spot in self.spots:
            yield shapes.circle(spot.x, spot.y)
        if self.baseline:
            yield shapes.square(self.baseline.x, self.baseline.y)
        for stone in self.stones:
            yield shapes.milestone(stone.x, stone.y)
        if self.target:
            yield shapes.diamond(self.target.x, self.target.y)
        yield from self._direct_labels()
        yield from self._legend()

    def _grid(self) -> Iterator[str]:
        cut = "" if self.y.low <= 0 <= self.y.high else " (the axis does not begin at 0)"
        room = _RIGHT - shapes.width(cut)
        unit = shapes.cut(self.chart.unit, room) + cut
        yield shapes.text(shapes.LabelPosition(0, 14, "start"), unit, shapes.GREY)
        for tick, words in self.named:
            y = self.y.at(tick)
            foot = tick in (0, self.y.low)
            yield shapes.line(
                self.left, y, _RIGHT, y, shapes.INK if foot else shapes.GRID, 1 if foot else 0.4
            )
            place = shapes.LabelPosition(self.left - 7, y + 4, "end")
            yield shapes.text(place, shapes.cut(words, self.left - 7), shapes.GREY)

    def _axis_labels(self) -> Iterator[str]:
        """The labels beneath the axis, as many as there is room for; the last one always."""
        given = [*self.chart.points, *([self.chart.baseline] if self.chart.baseline else [])]
        kept: list[tuple[shapes.LabelPosition, str, shapes.Box]] = []
        for point in sorted(given, key=lambda point: point.time):
            words = shapes.cut(point.label, _LONGEST)
            half = shapes.width(words) / 2
            x = max(half, min(WIDTH - half, self.x.at(point.time)))
            place = shapes.LabelPosition(x, _BOTTOM + 18, "middle")
            box = place.box(words)
            if words and not any(box.meets(other) for _, _, other in kept):
                kept.append((place, words, box))
                last = self.x.at(point.time)
                yield shapes.line(last, _BOTTOM, last, _BOTTOM + 5, shapes.INK, 1)
                yield shapes.text(place, words, shapes.INK)

    def _bars(self, spot: _Spot) -> Iterator[tuple[float, float, bool]]:
        """The stretches that a figure may lie in, from and to; the last says whether it is open."""
        low, high = spot.point.low, spot.point.high
        if low is None and high is None:
            return
        for end, edge in ((low, _BOTTOM), (high, _TOP)):
            to = edge if end is None else self.y.at(end)
            if to != spot.y:
                yield spot.y, to, end is None

    def _uncertainty(self, spot: _Spot) -> Iterator[str]:
        for start, end, is_open in self._bars(spot):
            yield shapes.line(
                spot.x, start, spot.x, end, shapes.SEEN, 1.6, "4 3" if is_open else ""
            )
            if not is_open:
                yield shapes.line(spot.x - 5, end, spot.x + 5, end, shapes.SEEN, 1.6)

    def _direct_labels(self) -> Iterator[str]:
        marked = [spot for spot in (*self.measured, *self.stones, self.target) if spot]
        self.taken += [
            shapes.Box(spot.x - 6, spot.y - 6, spot.x + 6, spot.y + 6) for spot in marked
        ]
        if self.target:
            words = shapes.cut(f"Target: {self.target.point.label}", _RIGHT - self.left - 8)
            yield self._placed(words, list(self._along(self.target)), shapes.AIM)
        for stone in self.stones:
            words = shapes.cut(stone.point.label, (_RIGHT - self.left) / 2)
            yield self._placed(words, list(_around(stone)), shapes.AIM)
        if self.baseline:
            words = f"Baseline {axis.number(self.baseline.value)}{self.sign}"
            yield self._placed(words, list(_around(self.baseline)), shapes.INK)
        if self.spots:
            last = self.spots[-1]
            yield self._placed(
                f"{axis.number(last.value)}{self.sign}", list(_around(last)), shapes.SEEN
            )

    def _along(self, target: _Spot) -> Iterator[shapes.LabelPosition]:
        """Above and below the target's line, at its ends."""
        for y in (target.y - 7, target.y + 17):
            yield shapes.LabelPosition(_RIGHT - 2, y, "end")
            yield shapes.LabelPosition(self.left + 4, y, "start")

    def _placed(self, words: str, places: Sequence[shapes.LabelPosition], colour: str) -> str:
        """A label where it covers least."""
        frame = shapes.Box(self.left, _TOP - 12, WIDTH, _BOTTOM)

        def covered(place: shapes.LabelPosition) -> int:
            box = place.box(words)
            inside = frame.holds(box.left + 2, box.top) and frame.holds(box.right - 2, box.bottom)
            others = sum(box.meets(other) for other in self.taken)
            left, top, right, bottom = box
            lines = sum(left <= x <= right and top <= y <= bottom for x, y in self.busy)
            return (0 if inside else 200) + 40 * others + lines

        free = next((place for place in places if not covered(place)), None)
        best = free or min(places, key=covered)
        self.taken.append(best.box(words))
        return shapes.text(best, words, colour, halo=True)

    def _kinds(self) -> Iterator[str]:
        if self.baseline:
            yield "Baseline"
        if self.spots:
            yield "Measured"
        bars = [is_open for spot in self.measured for _, _, is_open in self._bars(spot)]
        if False in bars:
            yield "Range it may lie in"
        if True in bars:
            yield "No limit known"
        if len(self.path) > 1:
            yield "Expected path"
        if self.stones:
            yield "Milestone"
        if self.target:
            yield "Target"

    def _legend(self) -> Iterator[str]:
        for row, kinds in enumerate(self.rows):
            x, y = 4.0, HEIGHT - 14 + row * _ROW
            for kind in kinds:
                yield from _key(kind, x, y)
                yield shapes.text(shapes.LabelPosition(x + 30, y + 4, "start"), kind, shapes.INK)
                x += _legend_width(kind)


def _legend_width(kind: str) -> float:
    return shapes.width(kind) + 44


def _legend_rows(kinds: Sequence[str]) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    for kind in kinds:
        if sum(map(_legend_width, (*rows[-1], kind))) > WIDTH:
            rows.append([])
        rows[-1].append(kind)
    return rows


def _key(kind: str, x: float, y: float) -> Iterator[str]:
    """The sign that stands before its word in the legend."""
    middle = x + 12
    match kind:
        case "Baseline":
            yield shapes.square(middle, y)
        case "Measured":
            yield shapes.line(x, y, x + 24, y, shapes.SEEN, 2.4)
            yield shapes.circle(middle, y)
        case "Target":
            yield shapes.line(x, y, x + 24, y, shapes.AIM, 1.2, "2 4")
            yield shapes.diamond(middle, y)
        case "Milestone":
            yield shapes.milestone(middle, y)
        case "Expected path":
            yield shapes.line(x, y, x + 24, y, shapes.GREY, 1.6, "7 5")
        case "No limit known":
            yield shapes.line(middle, y - 8, middle, y + 8, shapes.SEEN, 1.6, "4 3")
        case _:
            yield shapes.line(middle, y - 7, middle, y + 7, shapes.SEEN, 1.6)
            yield shapes.line(middle - 5, y - 7, middle + 5, y - 7, shapes.SEEN, 1.6)
            yield shapes.line(middle - 5, y + 7, middle + 5, y + 7, shapes.SEEN, 1.6)


def _around(spot: _Spot) -> Iterator[shapes.LabelPosition]:
    """Above a marker, below it, to its right and left."""
    yield shapes.LabelPosition(spot.x, spot.y - 11, "middle")
    yield shapes.LabelPosition(spot.x, spot.y + 20, "middle")
    yield shapes.LabelPosition(spot.x + 10, spot.y + 4, "start")
    yield shapes.LabelPosition(spot.x - 10, spot.y + 4, "end")
    yield shapes.LabelPosition(spot.x + 8, spot.y - 9, "start")
    yield shapes.LabelPosition(spot.x - 8, spot.y - 9, "end")
    yield shapes.LabelPosition(spot.x + 8, spot.y + 18, "start")
    yield shapes.LabelPosition(spot.x - 8, spot.y + 18, "end")
