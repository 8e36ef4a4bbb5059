"""Bars as small SVG pictures: a whole as portions side by side, each with its number and its word.

Each portion has a pattern of its own, and the words stand beneath the bar in the order of the
portions, so colour is never needed.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from diplan.render import shapes
from diplan.render.legend import LegendEntry, legend
from diplan.render.lettering import Box, Label, width
from diplan.report.document import Bar, Portion, Tone

_TOP, _DEEP = 18, 28
_LEAST = 5
"""How wide the smallest portion is at the least, in a bar of not too many."""
_COLOUR = {Tone.GOOD: "#0b6b3a", Tone.FAIR: "#8a5200", Tone.POOR: "#a01c25", Tone.NONE: shapes.GREY}

Drawn = tuple[Portion, int]
"""A portion and its place among all of them, which gives it its pattern."""


def svg(bar: Bar, *, name: str = "") -> str:
    """A bar as one `<svg>` element; empty where there is nothing to count."""
    portions = [(one, kind) for kind, one in enumerate(bar.portions) if one.number > 0]
    if not portions:
        return ""
    words, height = legend([_entry(*drawn) for drawn in portions], _TOP + _DEEP + 8)
    return shapes.picture("bar", bar, name, height, [*_portions(portions), *words])


def _entry(portion: Portion, kind: int) -> LegendEntry:
    return LegendEntry(
        partial(_swatch, portion=portion, kind=kind), f"{portion.number:,} {portion.label}"
    )


def _swatch(x: float, y: float, *, portion: Portion, kind: int) -> Iterator[str]:
    yield from shapes.pattern(Box(x - 10, y - 7, x + 10, y + 7), kind, _COLOUR[portion.tone])


def _portions(portions: Sequence[Drawn]) -> Iterator[str]:
    """The bar, and above it the numbers for which there is room."""
    whole = sum(portion.number for portion, _ in portions)
    least = min(_LEAST, shapes.WIDTH / 2 / len(portions))
    left, free = 0.0, 0.0
    for portion, kind in portions:
        # each has the same width to begin with, so that one of very few is seen
        across = least + (shapes.WIDTH - least * len(portions)) * portion.number / whole
        box = Box(left + 1.5, _TOP, left + across - 1.5, _TOP + _DEEP)
        yield from shapes.pattern(box, kind, _COLOUR[portion.tone])
        words = f"{portion.number:,}"
        half = width(words) / 2
        middle = min(max(left + across / 2, half), shapes.WIDTH - half)
        if middle - half >= free:
            yield shapes.text(Label((words,), middle, _TOP - 5, "middle"), shapes.INK)
            free = middle + half + 4
        left += across
