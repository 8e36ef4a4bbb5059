"""Charts as small SVG pictures: the same bytes for the same chart, legible without colour.

A picture asks for nothing from outside: no script, no style sheet, no font. Whatever text goes
in, well-formed XML comes out. The words beneath a picture's axis are its points' labels; the
target's label is taken to be its words. Values are exact until they become coordinates, which
have one decimal. Every line and letter has a contrast of 4.5 to 1 or more on white.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import Literal, NamedTuple

from diplan.report.document import Chart, Point
from diplan.text import visible

WIDTH, HEIGHT = 640, 260
"""Units of the picture; every further row of the legend adds to its height."""

_TOP, _BOTTOM, _RIGHT = 30, 198, 628
_INSET = 26
"""How far from the plot's sides the first and the last point stand."""
_SIZE = 13
_ROW = 19
_LONGEST = 150
"""A label beneath the axis is cut at this width."""

_INK, _GREY = "#1d1d1d", "#595959"
_GRID = "#767676"
_SEEN, _AIM = "#12436d", "#801650"

_ID = re.compile(r"[^A-Za-z0-9-]")
_SCALES = ((12, " trillion"), (9, " billion"), (6, " million"))
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_NARROW = frozenset("iljtfrI.,:;'|!()[] ")

Anchor = Literal["start", "middle", "end"]


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
        share = (float(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


class _Spot(NamedTuple):
    """A point that is drawn, and where."""

    point: Point
    value: Fraction
    x: float
    y: float


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class _Place(NamedTuple):
    """Where a text may stand."""

    x: float
    y: float
    anchor: Anchor

    def box(self, text: str) -> _Box:
        width = _width(text)
        left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return _Box(left - 2, self.y - 12, left + width + 2, self.y + 4)


def svg(chart: Chart, *, name: str = "") -> str:
    """A chart as one `<svg>` element; empty where nothing was ever measured.

    *name* begins its ids and takes the place of the chart's key where one page has two of it.
    """
    seen = [point for point in chart.points if point.value is not None]
    if not seen and (chart.baseline is None or chart.baseline.value is None):
        return ""
    drawing = _Drawing(chart)
    body = "".join(f"\n{line}" for line in drawing.lines())
    own = f"chart-{_ID.sub(lambda found: f'_{ord(found[0]):x}_', name or chart.key)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {drawing.height}" '
        f'width="100%" role="img" aria-labelledby="{own}-title {own}-desc" '
        f'font-family="Arial, Helvetica, sans-serif" font-size="{_SIZE}">\n'
        f'<title id="{own}-title">{_xml(chart.title)}</title>\n'
        f'<desc id="{own}-desc">{_xml(chart.description or chart.title)}</desc>{body}\n</svg>'
    )


class _Drawing:
    """A chart being drawn: its scales, and the places that are taken."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.sign = "%" if chart.unit == "per cent" else ""
        low, high, self.step = _axis(chart)
        self.named = [(tick, _tick(tick, self.step, high, low) + self.sign) for tick in
                      _ticks(low, high, self.step)]  # fmt: skip
        self.left = min(max(_width(text) for _, text in self.named) + 10, 200)
        times = list(_times(chart))
        first, last = float(min(times)), float(max(times))
        self.x = _Scale(first, last, self.left + _INSET, _RIGHT - _INSET)
        self.y = _Scale(float(low), float(high), _BOTTOM, _TOP)
        in_time = sorted(chart.points, key=lambda point: point.time)
        self.runs = list(self._runs(in_time))
        self.baseline = self._spot(chart.baseline)
        self.target = self._spot(chart.target)
        self.path = [(self.x.at(time), self.y.at(value)) for time, value in sorted(chart.path)]
        self.taken: list[_Box] = []
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
            yield _line(self.left, self.target.y, _RIGHT, self.target.y, _AIM, 1.2, "2 4")
        if len(self.path) > 1:
            yield _polyline(self.path, _GREY, 1.6, "7 5")
        for spot in self.measured:
            yield from self._uncertainty(spot)
        for run in self.runs:
            if len(run) > 1:
                yield _polyline([(spot.x, spot.y) for spot in run], _SEEN, 2.4)
        for spot in self.spots:
            yield _circle(spot.x, spot.y)
        if self.baseline:
            yield _square(self.baseline.x, self.baseline.y)
        if self.target:
            yield _diamond(self.target.x, self.target.y)
        yield from self._direct_labels()
        yield from self._legend()

    def _grid(self) -> Iterator[str]:
        cut = "" if self.y.low <= 0 <= self.y.high else " (the axis does not begin at 0)"
        room = _RIGHT - _width(cut)
        yield _text(_Place(0, 14, "start"), _cut(self.chart.unit, room) + cut,
                    _GREY)  # fmt: skip
        for tick, words in self.named:
            y = self.y.at(tick)
            foot = tick in (0, self.y.low)
            yield _line(self.left, y, _RIGHT, y, _INK if foot else _GRID, 1 if foot else 0.4)
            place = _Place(self.left - 7, y + 4, "end")
            yield _text(place, _cut(words, self.left - 7), _GREY)

    def _axis_labels(self) -> Iterator[str]:
        """The labels beneath the axis, as many as there is room for; the last one always."""
        given = [*self.chart.points, *([self.chart.baseline] if self.chart.baseline else [])]
        kept: list[tuple[_Place, str, _Box]] = []
        for point in sorted(given, key=lambda point: point.time):
            words = _cut(point.label, _LONGEST)
            half = _width(words) / 2
            x = max(half, min(WIDTH - half, self.x.at(point.time)))
            place = _Place(x, _BOTTOM + 18, "middle")
            box = place.box(words)
            if words and not any(box.meets(other) for _, _, other in kept):
                kept.append((place, words, box))
                last = self.x.at(point.time)
                yield _line(last, _BOTTOM, last, _BOTTOM + 5, _INK, 1)
                yield _text(place, words, _INK)

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
            yield _line(spot.x, start, spot.x, end, _SEEN, 1.6, "4 3" if is_open else "")
            if not is_open:
                yield _line(spot.x - 5, end, spot.x + 5, end, _SEEN, 1.6)

    def _direct_labels(self) -> Iterator[str]:
        marked = [spot for spot in (*self.measured, self.target) if spot]
        self.taken += [_Box(spot.x - 6, spot.y - 6, spot.x + 6, spot.y + 6) for spot in marked]
        if self.target:
            words = _cut(f"Target: {self.target.point.label}", _RIGHT - self.left - 8)
            yield self._placed(words, list(self._along(self.target)), _AIM)
        if self.baseline:
            words = f"Baseline {_number(self.baseline.value)}{self.sign}"
            yield self._placed(words, list(_around(self.baseline)), _INK)
        if self.spots:
            last = self.spots[-1]
            yield self._placed(f"{_number(last.value)}{self.sign}", list(_around(last)), _SEEN)

    def _along(self, target: _Spot) -> Iterator[_Place]:
        """Above and below the target's line, at its ends."""
        for y in (target.y - 7, target.y + 17):
            yield _Place(_RIGHT - 2, y, "end")
            yield _Place(self.left + 4, y, "start")

    def _placed(self, words: str, places: Sequence[_Place], colour: str) -> str:
        """A label where it covers least."""
        frame = _Box(self.left, _TOP - 12, WIDTH, _BOTTOM)

        def covered(place: _Place) -> int:
            box = place.box(words)
            inside = frame.holds(box.left + 2, box.top) and frame.holds(box.right - 2, box.bottom)
            others = sum(box.meets(other) for other in self.taken)
            left, top, right, bottom = box
            lines = sum(left <= x <= right and top <= y <= bottom for x, y in self.busy)
            return (0 if inside else 200) + 40 * others + lines

        best = min(places, key=covered)
        self.taken.append(best.box(words))
        return _text(best, words, colour, halo=True)

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
        if self.target:
            yield "Target"

    def _legend(self) -> Iterator[str]:
        for row, kinds in enumerate(self.rows):
            x, y = 4.0, HEIGHT - 14 + row * _ROW
            for kind in kinds:
                yield from _key(kind, x, y)
                yield _text(_Place(x + 30, y + 4, "start"), kind, _INK)
                x += _legend_width(kind)


def _legend_width(kind: str) -> float:
    return _width(kind) + 44


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
            yield _square(middle, y)
        case "Measured":
            yield _line(x, y, x + 24, y, _SEEN, 2.4)
            yield _circle(middle, y)
        case "Target":
            yield _line(x, y, x + 24, y, _AIM, 1.2, "2 4")
            yield _diamond(middle, y)
        case "Expected path":
            yield _line(x, y, x + 24, y, _GREY, 1.6, "7 5")
        case "No limit known":
            yield _line(middle, y - 8, middle, y + 8, _SEEN, 1.6, "4 3")
        case _:
            yield _line(middle, y - 7, middle, y + 7, _SEEN, 1.6)
            yield _line(middle - 5, y - 7, middle + 5, y - 7, _SEEN, 1.6)
            yield _line(middle - 5, y + 7, middle + 5, y + 7, _SEEN, 1.6)


def _around(spot: _Spot) -> Iterator[_Place]:
    """Above a marker, below it, to its right and left."""
    yield _Place(spot.x, spot.y - 11, "middle")
    yield _Place(spot.x, spot.y + 20, "middle")
    yield _Place(spot.x + 10, spot.y + 4, "start")
    yield _Place(spot.x - 10, spot.y + 4, "end")
    yield _Place(spot.x + 8, spot.y - 9, "start")
    yield _Place(spot.x - 8, spot.y - 9, "end")
    yield _Place(spot.x + 8, spot.y + 18, "start")
    yield _Place(spot.x - 8, spot.y + 18, "end")


def _points(chart: Chart) -> Iterator[Point]:
    yield from chart.points
    yield from (point for point in (chart.baseline, chart.target) if point)


def _times(chart: Chart) -> Iterator[Fraction]:
    yield from (point.time for point in _points(chart))
    yield from (time for time, _ in chart.path)


def _axis(chart: Chart) -> tuple[Fraction, Fraction, Fraction]:
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


def _ticks(low: Fraction, high: Fraction, step: Fraction) -> Iterator[Fraction]:
    for count in range(int((high - low) / step) + 1):
        yield low + count * step


def _tick(value: Fraction, step: Fraction, *ends: Fraction) -> str:
    """A round number on the axis: `1,500`, `0.25`, `1.2 million`, `3 × 10¹⁸`."""
    most = max(abs(end) for end in ends)
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
        return _scientific(value)
    return f"{_decimal(value / 10**power, places)}{word if value else ''}"


def _number(value: Fraction) -> str:
    """A number with commas, to at most two decimals."""
    if abs(value) >= 10**15 or 0 < abs(value) < Fraction(1, 200):
        return _scientific(value)
    text = _decimal(value, 2).rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _decimal(value: Fraction, places: int) -> str:
    scaled = round(abs(value) * 10**places)
    whole, rest = divmod(scaled, 10**places)
    minus = "−" if value < 0 and scaled else ""
    return f"{minus}{whole:,}.{rest:0{places}d}" if places else f"{minus}{whole:,}"


def _scientific(value: Fraction) -> str:
    """A number too large or too small to be written out, to three digits."""
    if not value:
        return "0"
    power = _exponent(abs(value))
    first = _decimal(value / Fraction(10) ** power, 2).rstrip("0").rstrip(".")
    return f"{first} × 10{str(power).translate(_RAISED)}"


@lru_cache(maxsize=4096)
def _width(text: str) -> float:
    """About how wide a text is, rather more than less."""
    return sum(_SIZE * _advance(letter) for letter in text)


def _advance(letter: str) -> float:
    if letter in _NARROW:
        return 0.36
    if letter in "mwMW%—…" or unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.7 if letter.isupper() else 0.58


def _cut(text: str, room: float) -> str:
    """A text on one line, as much of it as there is room for."""
    flat = visible(" ".join(text.split()))
    if len(flat) <= 500 and _width(flat) <= room:
        return flat
    kept, used = 0, _width("…")
    for letter in flat:
        used += _SIZE * _advance(letter)
        if used > room:
            break
        kept += 1
    return f"{flat[:kept].rstrip()}…"


def _xml(text: str) -> str:
    return escape(visible(" ".join(text.split())))


def _at(value: float) -> str:
    """A coordinate, to one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def _line(
    x: float,
    y: float,
    to_x: float,
    to_y: float,
    colour: str,
    width: float,
    dash: str = "",
) -> str:
    return (
        f'<line x1="{_at(x)}" y1="{_at(y)}" x2="{_at(to_x)}" y2="{_at(to_y)}" '
        f'stroke="{colour}" stroke-width="{width}"{_dashed(dash)}/>'
    )


def _polyline(
    points: Sequence[tuple[float, float]], colour: str, width: float, dash: str = ""
) -> str:
    places = " ".join(f"{_at(x)},{_at(y)}" for x, y in points)
    return (
        f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="{width}" '
        f'stroke-linejoin="round"{_dashed(dash)}/>'
    )


def _dashed(dash: str) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""


def _circle(x: float, y: float) -> str:
    return f'<circle cx="{_at(x)}" cy="{_at(y)}" r="4.5" fill="{_SEEN}"/>'


def _square(x: float, y: float) -> str:
    return (
        f'<rect x="{_at(x - 5)}" y="{_at(y - 5)}" width="10" height="10" '
        f'fill="#fff" stroke="{_INK}" stroke-width="2.4"/>'
    )


def _diamond(x: float, y: float) -> str:
    return (
        f'<path d="M{_at(x)} {_at(y - 7)}L{_at(x + 7)} {_at(y)}L{_at(x)} {_at(y + 7)}'
        f'L{_at(x - 7)} {_at(y)}Z" fill="{_AIM}"/>'
    )


def _text(place: _Place, words: str, colour: str, *, halo: bool = False) -> str:
    anchor = "" if place.anchor == "start" else f' text-anchor="{place.anchor}"'
    ring = ' stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
    return (
        f'<text x="{_at(place.x)}" y="{_at(place.y)}"{anchor} fill="{colour}"'
        f"{ring if halo else ''}>{escape(visible(words))}</text>"
    )
