"""Maps as small SVG pictures, without tiles: places as numbered dots, a frame and a scale bar.

Degrees are laid out flat, those of longitude shortened as they are at the map's middle; over a
county that is right to a fraction of a per cent. A picture asks for nothing from outside, and
the same places give the same bytes. Whatever text goes in, well-formed XML comes out.
"""

from collections.abc import Iterator, Sequence
from math import cos, floor, log10, radians
from typing import NamedTuple

from diplan.ground.geography import RADIUS
from diplan.render import shapes
from diplan.report.document import Map, Pin

WIDTH = 440
"""Units of the picture: few, so that its letters are large in print."""
LOWEST, TALLEST = 240, 340
"""Between what the height of a picture lies."""

MOST_LABELS = 60
"""How many places are named on the map; beyond that there is hardly room for their numbers."""

_MARGIN, _FOOT = 44, 40
_LEAST = 1.0
"""Kilometres that a map shows at the least, so that one place alone is not blown up."""
_DOT = 11
_DEGREE = radians(1) * RADIUS
"""Kilometres in a degree of latitude."""


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
        return WIDTH / 2 + across * self.scale, (self.height - _FOOT) / 2 - up * self.scale


def flat(pins: Sequence[Pin]) -> Flat:
    """The layout that shows all places, as large as there is room for."""
    norths, easts = [pin.north for pin in pins], [pin.east for pin in pins]
    north, east = (min(norths) + max(norths)) / 2, (min(easts) + max(easts)) / 2
    tall = (max(norths) - min(norths)) * _DEGREE
    wide = (max(easts) - min(easts)) * cos(radians(north)) * _DEGREE
    across, up = WIDTH - 2 * _MARGIN, TALLEST - _FOOT - 2 * _MARGIN
    scale = min(across / max(wide, _LEAST), up / max(tall, _LEAST))
    height = max(LOWEST, tall * scale + 2 * _MARGIN + _FOOT)
    return Flat(north, east, scale, round(height))


def svg(given: Map, *, name: str = "") -> str:
    """A map as one `<svg>` element; empty where it has no places.

    *name* begins its ids and takes the place of the map's key where one page has two of it.
    """
    if not given.pins:
        return ""
    layout = flat(given.pins)
    return shapes.picture("map", given, name, WIDTH, layout.height, _lines(given.pins, layout))


def _lines(pins: Sequence[Pin], layout: Flat) -> Iterator[str]:
    """The picture's elements, what lies beneath first."""
    foot = layout.height - _FOOT
    yield (
        f'<rect x="1" y="1" width="{WIDTH - 2}" height="{foot - 2:.0f}" fill="#fff" '
        f'stroke="{shapes.GRID}"/>'
    )
    places = [layout.at(pin) for pin in pins]
    taken = [shapes.Box(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for x, y in places]
    for number, (x, y) in enumerate(places, 1):
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_DOT}" fill="{shapes.SEEN}" stroke="#fff" '
            f'stroke-width="1.5"/>'
        )
        yield shapes.text(shapes.LabelPosition(x, y + 4.5, "middle"), str(number), "#fff")
    frame = shapes.Box(2, 2, WIDTH - 2, foot - 2)
    for pin, (x, y) in zip(pins[:MOST_LABELS], places, strict=False):
        if place := _beside(pin.label, x, y, frame, taken):
            words = shapes.cut(pin.label, WIDTH / 3)
            taken.append(place.box(words))
            yield shapes.text(place, words, shapes.INK, halo=True)
    yield from _bar(layout, foot)


def _beside(
    label: str, x: float, y: float, frame: shapes.Box, taken: Sequence[shapes.Box]
) -> shapes.LabelPosition | None:
    """Where a label covers nothing; None where it would: the number is enough to look it up."""
    words = shapes.cut(label, WIDTH / 3)
    for place in (
        shapes.LabelPosition(x + _DOT + 4, y + 4, "start"),
        shapes.LabelPosition(x - _DOT - 4, y + 4, "end"),
        shapes.LabelPosition(x, y - _DOT - 6, "middle"),
        shapes.LabelPosition(x, y + _DOT + 14, "middle"),
    ):
        box = place.box(words)
        inside = frame.holds(box.left, box.top) and frame.holds(box.right, box.bottom)
        if inside and not any(box.meets(other) for other in taken):
            return place
    return None


def bar(scale: float) -> float:
    """The kilometres of a scale bar: 1, 2 or 5 of a unit, and at most a third of the width."""
    most = WIDTH / 3 / scale
    unit = 10.0 ** floor(log10(most))
    return max(step * unit for step in (1, 2, 5) if step * unit <= most)


def _bar(layout: Flat, foot: float) -> Iterator[str]:
    length = bar(layout.scale)
    left, y = 4.0, foot + 22
    right = left + length * layout.scale
    yield shapes.line(left, y, right, y, shapes.INK, 2)
    for x in (left, right):
        yield shapes.line(x, y - 6, x, y + 6, shapes.INK, 2)
    words = f"{length:g} km" if length >= 1 else f"{1000 * length:g} m"
    yield shapes.text(shapes.LabelPosition(right + 8, y + 4, "start"), words, shapes.INK)
    yield shapes.text(
        shapes.LabelPosition(WIDTH - 4, y + 4, "end"), "North is at the top", shapes.INK
    )
