"""Where labels stand in a picture: beside what they tell of, and on nothing else.

A picture's lines, markers and labels take up squares of a few units; one that is touched is taken
whole. So a label that finds room covers none of them, and the search costs next to nothing.
"""

from collections.abc import Iterator, Sequence
from math import hypot
from typing import NamedTuple

from diplan.render.lettering import ASCENT, DESCENT, LINE, Box, Label, broadest, wrapped

_SQUARE = 4
_MOST_LINES = 4
"""A label of more lines than these is told beneath the picture."""
_WHOLE, _ROOMS = 1000, (250, 150, 105, 75)
"""How wide the lines of a label may be: to tell whether a word is broken, and by turns."""
_CLOSE, _AWAY = (0, 5), (16, 30, 44, 60, 80)
"""How far from its marker a label may stand, without a leader line and with one."""
_SIDES: Sequence[tuple[float, float]] = (
    (0, -1), (0, 1), (1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1),
    (0.5, -1), (-0.5, -1), (0.5, 1), (-0.5, 1), (1, -0.5), (-1, -0.5), (1, 0.5), (-1, 0.5),
)  # fmt: skip
"""Above, below, right, left, and between them."""


Leader = tuple[float, float, float, float]
"""The ends of a thin line from a marker to what stands away from it."""


class Found(NamedTuple):
    """A box that found room: which of the sizes it has, and on which side of its marker it is."""

    box: Box
    size: int
    aside: float
    leader: Leader | None


class PlacedLabel(NamedTuple):
    """A label that found room, and the ends of its leader line; without one it stands close by."""

    label: Label
    leader: Leader | None


class Marker(NamedTuple):
    """What a label may tell of: where it is, and how far it reaches to all sides."""

    x: float
    y: float
    reach: float


class LabelSpace:
    """A frame in a picture, and what is taken of it."""

    def __init__(self, frame: Box) -> None:
        self.frame = frame
        rows = int(frame.bottom / _SQUARE) + 2
        self._lines, self._solid = [0] * rows, [0] * rows

    def take(self, box: Box) -> None:
        """Take up a box: a marker or a label."""
        squares = _squares(max(box.left, 0), max(box.right, 0))
        for row in range(*_rows(max(box.top, 0), min(box.bottom, self.frame.bottom))):
            self._solid[row] |= squares

    def take_line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """Take up a straight line inside the frame, which leader lines may cross."""
        for row, squares in _crossed(x, y, to_x, to_y):
            self._lines[row] |= squares

    def has(self, box: Box) -> bool:
        """Whether a box is inside the frame, and free."""
        left, top, right, bottom = box
        frame = self.frame
        if left < frame.left or top < frame.top or right > frame.right or bottom > frame.bottom:
            return False
        squares = _squares(left, right)
        for row in range(*_rows(top, bottom)):
            if (self._lines[row] | self._solid[row]) & squares:
                return False
        return True

    def place(
        self,
        words: str,
        marker: Marker,
        level: Sequence[Marker] = (),
        rooms: Sequence[float] = _ROOMS,
    ) -> PlacedLabel | None:
        """Find room for a marker's label and take it; None without.

        It may stand above and below the places of *level* as well, which are on the marker's line.
        Its lines are as wide as *rooms* say, by turns.
        """
        shapes = dict.fromkeys(wrapped(words, room) for room in (_WHOLE, *rooms))
        whole = " ".join(next(iter(shapes)))
        fit = [
            lines for lines in shapes if len(lines) <= _MOST_LINES and " ".join(lines) == whole
        ]  # no word is broken
        sizes = [(broadest(lines) + 4, (len(lines) - 1) * LINE + ASCENT + DESCENT) for lines in fit]
        if found := self.find(sizes, marker, level):
            return PlacedLabel(_set(fit[found.size], found.box, found.aside), found.leader)
        return None

    def find(
        self,
        sizes: Sequence[tuple[float, float]],
        marker: Marker,
        level: Sequence[Marker] = (),
    ) -> Found | None:
        """Find room for a box near a marker, of one of several sizes, and take it."""
        for away in (*_CLOSE, *_AWAY):
            for size, (across, deep) in enumerate(sizes):
                for box, aside in self._beside(across, deep, marker, away, level):
                    if not self.has(box):
                        continue
                    leader = self._leader(box, marker) if away in _AWAY else None
                    if leader or away in _CLOSE:
                        self.take(box)
                        return Found(box, size, aside, leader)
        return None

    def _beside(
        self, across: float, deep: float, marker: Marker, away: float, level: Sequence[Marker]
    ) -> Iterator[tuple[Box, float]]:
        """Boxes beside a marker, and on which side; a middle one is pushed into the frame."""
        tried = [(marker, side) for side in _SIDES]
        tried += [(other, side) for other in level if away in _CLOSE for side in _SIDES[:2]]
        for (x, y, reach), (aside, down) in tried:
            left = x + aside * (reach + away) + across * (aside - 1) / 2
            top = y + down * (reach + away) + deep * (down - 1) / 2
            if not aside:
                left = max(min(left, self.frame.right - across), self.frame.left)
            yield Box(left, top, left + across, top + deep), aside

    def _leader(self, box: Box, marker: Marker) -> Leader | None:
        """A line from a marker to its label, which it takes; None where it would cross a mark."""
        x, y, reach = marker
        to_x, to_y = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
        length = hypot(to_x - x, to_y - y)

        def along(distance: float) -> tuple[float, float]:
            return x + (to_x - x) * distance / length, y + (to_y - y) * distance / length

        own = _squares(max(x - reach, 0), x + reach)
        rows = range(*_rows(max(y - reach, 0), y + reach))
        crossed = list(_crossed(*along(reach), to_x, to_y))
        for row, squares in crossed:
            if self._solid[row] & squares & ~(own if row in rows else 0):
                return None
        for row, squares in crossed:
            self._solid[row] |= squares
        return (*along(reach), to_x, to_y)


def _set(lines: tuple[str, ...], box: Box, aside: float) -> Label:
    """A label in its box, set towards its marker."""
    y = box.top + ASCENT
    if aside:
        return Label(lines, box.left + 2, y) if aside > 0 else Label(lines, box.right - 2, y, "end")
    return Label(lines, (box.left + box.right) / 2, y, "middle")


def _crossed(x: float, y: float, to_x: float, to_y: float) -> Iterator[tuple[int, int]]:
    """The squares that a line touches, row by row."""
    if y > to_y:
        x, y, to_x, to_y = to_x, to_y, x, y
    slope = (to_x - x) / (to_y - y) if to_y > y else 0.0
    for row in range(*_rows(y, to_y)):
        first = x + slope * (max(y, row * _SQUARE) - y)
        last = x + slope * (min(to_y, (row + 1) * _SQUARE) - y) if slope else to_x
        yield row, _squares(first, last) if first < last else _squares(last, first)


def _squares(left: float, right: float) -> int:
    """A row's squares from one side to the other, as bits."""
    first = int(left / _SQUARE)
    return ((1 << (int(right / _SQUARE) - first + 1)) - 1) << first


def _rows(top: float, bottom: float) -> tuple[int, int]:
    """The first row between two heights, and the one after the last."""
    return int(top / _SQUARE), int(bottom / _SQUARE) + 1
