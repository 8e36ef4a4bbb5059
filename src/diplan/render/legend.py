"""Legends: signs and what they stand for, in rows beneath a picture."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from diplan.render import shapes
from diplan.render.lettering import LINE, Label, broadest, wrapped

_SIGN, _APART, _ROW = 30, 12, LINE + 3


class LegendEntry(NamedTuple):
    """A sign, drawn around a place, and its words."""

    sign: Callable[[float, float], Iterable[str]]
    words: str


def legend(entries: Sequence[LegendEntry], top: float) -> tuple[list[str], float]:
    """The elements of a legend that begins at a height, and the height at which it ends.

    Entries follow each other in a row while there is room; a longer one is set in several lines.
    """
    x, y, bottom = 0.0, top, top
    lines: list[str] = []
    for entry in entries:
        words = wrapped(entry.words, shapes.WIDTH - _SIGN)
        across = _SIGN + broadest(words)
        if x and x + across > shapes.WIDTH:
            x, y = 0.0, bottom
        lines += _entry(entry, words, x, y)
        x += across + _APART
        bottom = max(bottom, y + _ROW + LINE * max(0, len(words) - 1))
    return list(shapes.group("legend", lines)), bottom


def _entry(entry: LegendEntry, words: tuple[str, ...], x: float, y: float) -> Iterator[str]:
    yield from entry.sign(x + 12, y + 10)
    yield shapes.text(Label(words, x + _SIGN, y + 14.5), shapes.INK)
