"""Maps as small SVG pictures, without tiles: places as numbered dots, a frame and a scale bar.

Degrees are laid out flat, those of longitude shortened as they are at the map's middle; over a
county that is right to a fraction of a per cent. A picture asks for nothing from outside, and
the same places give the same bytes. Whatever text goes in, well-formed XML comes out.

A number stands on its place. Where places are too close for that, each is a small dot, and their
numbers stand beside them. Names are there as far as there is room for them.
"""

from collections.abc import Iterator, Sequence
from math import cos, floor, log10, radians
from typing import NamedTuple

from diplan.ground.english import count
from diplan.ground.geography import RADIUS
from diplan.render import shapes
from diplan.render.lettering import LINE, Box, Label, broadest, wrapped
from diplan.render.placing import LabelSpace, Marker
from diplan.report.document import Map, Pin

LOWEST, TALLEST = 260, 380
"""Between what the height of a picture lies, but for what is written beneath it."""

MOST_LABELS = 60
"""How many places are named on the map; beyond that there is hardly room for their numbers."""

FOOT = 50
"""What is beneath the frame: the scale bars and the arrow."""
_MARGIN = 44
_LEAST = 1.0
"""Kilometres that a map shows at the least, so that one place alone is not blown up."""
_DOT, _APART = 3, 6
"""How far a small dot reaches, and how far apart two places are that have one each."""
_NUMBERS = 70
"""How wide a line of numbers may be."""
_NAMES = (125, 90, 160)
"""How wide the lines of a name may be, by turns."""
_DEGREE = radians(1) * RADIUS
"""Kilometres in a degree of latitude."""
_MILE, _YARDS = 1.609344, 1760
"""Kilometres in a mile, and yards in one."""


class Flat(NamedTuple):
    """How degrees become units of the picture: the middle of the map, and units a kilometre."""

    north: float
    east: float
    scale: float
    height: float

    def at(self, pin: Pin) -> tuple[float, float]:
        """Where a place is drawn."""
        across = (pin.east - self.east) * cos(radians(self.north)) * _DEGREE
        up = (pin.north - self.north) * _DEGREE
        return shapes.WIDTH / 2 + across * self.scale, (self.height - FOOT) / 2 - up * self.scale


class NumberedDot(NamedTuple):
    """Numbers on the map, those of places at one spot together: where they are, and the spot."""

    numbers: Sequence[int]
    x: float
    y: float
    spot: tuple[float, float]

    @property
    def words(self) -> tuple[str, ...]:
        """What stands in it."""
        return wrapped(", ".join(map(str, self.numbers)), _NUMBERS)

    @property
    def box(self) -> Box:
        """What it covers: a circle, or more where that is too small."""
        across, deep = max(10, broadest(self.words) / 2 + 4), 10 + (len(self.words) - 1) * LINE / 2
        return Box(self.x - across, self.y - deep, self.x + across, self.y + deep)


def flat(pins: Sequence[Pin]) -> Flat:
    """The layout that shows all places, as large as there is room for."""
    norths, easts = [pin.north for pin in pins], [pin.east for pin in pins]
    north, east = (min(norths) + max(norths)) / 2, (min(easts) + max(easts)) / 2
    tall = (max(norths) - min(norths)) * _DEGREE
    wide = (max(easts) - min(easts)) * cos(radians(north)) * _DEGREE
    across, up = shapes.WIDTH - 2 * _MARGIN, TALLEST - FOOT - 2 * _MARGIN
    scale = min(across / max(wide, _LEAST), up / max(tall, _LEAST))
    height = max(LOWEST, tall * scale + 2 * _MARGIN + FOOT)
    return Flat(north, east, scale, round(height))


def svg(given: Map, *, name: str = "") -> str:
    """A map as one `<svg>` element; empty where it has no places.

    *name* begins its ids and takes the place of the map's key where one page has two of it.
    """
    if not given.pins:
        return ""
    layout = flat(given.pins)
    foot = layout.height - FOOT
    dots = _together([layout.at(pin) for pin in given.pins])
    room = LabelSpace(Box(2, 2, shapes.WIDTH - 2, foot - 2))
    numbered = _numbered(dots, room)
    lines = [
        shapes.frame(Box(1, 1, shapes.WIDTH - 1, foot - 1)),
        *shapes.group("labels", _names(given.pins, numbered, room)),
        *shapes.group("markers", _markers(dots, numbered)),
        *shapes.group("scale", _scale(layout, foot)),
    ]
    height = layout.height
    if silent := len(given.pins) - sum(len(dot.numbers) for dot in numbered):
        words = f"{count(silent, 'place')} without room for a number"
        lines.append(shapes.text(Label((words,), 0, height + 10), shapes.INK))
        height += LINE
    return shapes.picture("map", given, name, height, lines)


def _together(places: Sequence[tuple[float, float]]) -> list[NumberedDot]:
    """Every place on its spot, those that are hardly apart as one."""
    spots: dict[tuple[int, int], list[int]] = {}
    for number, (x, y) in enumerate(places, 1):
        spots.setdefault((round(x / _APART), round(y / _APART)), []).append(number)
    return [
        NumberedDot(numbers, *places[numbers[0] - 1], places[numbers[0] - 1])
        for numbers in spots.values()
    ]


def _numbered(dots: Sequence[NumberedDot], room: LabelSpace) -> list[NumberedDot]:
    """Those that have room: on their spots, else beside them."""
    taken, shared = LabelSpace(room.frame), LabelSpace(room.frame)
    for dot in dots:
        if not taken.has(dot.box):
            shared.take(dot.box)
        taken.take(dot.box)
    alone = [shared.has(dot.box) for dot in dots]
    for dot, apart in zip(dots, alone, strict=True):
        x, y = dot.spot
        room.take(dot.box if apart else Box(x - _DOT, y - _DOT, x + _DOT, y + _DOT))
    numbered = []
    for dot, apart in zip(dots, alone, strict=True):
        left, top, right, bottom = dot.box
        if apart:
            numbered.append(dot)
        elif found := room.find([(right - left, bottom - top)], Marker(*dot.spot, _DOT + 3)):
            left, top, right, bottom = found.box
            numbered.append(dot._replace(x=(left + right) / 2, y=(top + bottom) / 2))
    return numbered


def _names(pins: Sequence[Pin], numbered: Sequence[NumberedDot], room: LabelSpace) -> Iterator[str]:
    """The names for which there is room; the number is enough to look up the others."""
    for dot in numbered[:MOST_LABELS]:
        if len(dot.numbers) == 1:
            marker = Marker(dot.x, dot.y, (dot.box.right - dot.box.left) / 2)
            if found := room.place(pins[dot.numbers[0] - 1].label, marker, rooms=_NAMES):
                yield from shapes.placed(shapes.INK, found)


def _markers(dots: Sequence[NumberedDot], numbered: Sequence[NumberedDot]) -> Iterator[str]:
    """Every spot, and its numbers on it or beside it."""
    on_spot = {dot.spot for dot in numbered if dot.spot == (dot.x, dot.y)}
    yield from (shapes.dot(*dot.spot, _DOT) for dot in dots if dot.spot not in on_spot)
    for dot in numbered:
        x, y, spot = dot.x, dot.y, dot.spot
        if spot not in on_spot:
            yield shapes.line(*spot, x, y, shapes.SEEN, 1.2)
        first = y + 4.5 - (len(dot.words) - 1) * LINE / 2
        yield shapes.pill(dot.box)
        yield shapes.text(Label(dot.words, x, first, "middle"), "#fff")


def round_length(most: float) -> float:
    """The longest of 1, 2 or 5 times a power of ten that is at most *most*."""
    unit = 10.0 ** floor(log10(most))
    return max(times * unit for times in (1, 2, 5) if times * unit <= most)


def scale_bars(scale: float) -> Iterator[tuple[float, str]]:
    """A round length in metric units and one in miles, each as units of the picture and in words.

    Both are at most a third of the picture's width, which is *scale* units a kilometre.
    """
    most = shapes.WIDTH / 3 / scale
    length = round_length(most)
    yield length * scale, f"{length:g} km" if length >= 1 else f"{1000 * length:g} m"
    if most >= _MILE / 5:
        length = round_length(most / _MILE)
        words = f"{length:g} {'mile' if length == 1 else 'miles'}"
        yield length * _MILE * scale, words
    else:
        length = round_length(most / _MILE * _YARDS)
        yield length * _MILE / _YARDS * scale, f"{length:g} yards"


def _scale(layout: Flat, foot: float) -> Iterator[str]:
    """The scale bars, and an arrow to the north."""
    for row, (length, words) in enumerate(scale_bars(layout.scale)):
        y = foot + 16 + 20 * row
        yield shapes.path(4, y - 5, f"v10m0 -5h{length:.1f}m0 -5v10", shapes.INK, width=2)
        yield shapes.text(Label((words,), 4 + length + 8, y + 4.5), shapes.INK)
    x, y = shapes.WIDTH - 12, foot + 12
    yield shapes.path(x, y + 30, "v-28m-6 9l6 -9l6 9", shapes.INK, width=2)
    yield shapes.text(Label(("North",), x - 12, y + 20, "end"), shapes.INK)
