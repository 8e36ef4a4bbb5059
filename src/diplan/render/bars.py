"""Bars as small SVG pictures: a whole as portions side by side, each with its number and its word.

The words stand beneath the bar in the order of the portions, so colour is never needed.
"""

from collections.abc import Iterator

from diplan.render import shapes
from diplan.report.document import Bar, Tone

WIDTH = 640
_TOP, _DEEP, _ROW = 4, 30, 22
_FILL = {
    Tone.GOOD: "#0b6b3a",
    Tone.FAIR: "#b36b00",
    Tone.POOR: "#a01c25",
    Tone.NONE: "#59646c",
}


def svg(bar: Bar, *, name: str = "") -> str:
    """A bar as one `<svg>` element; empty where there is nothing to count."""
    portions = [portion for portion in bar.portions if portion.number]
    if not portions:
        return ""
    rows = _rows([f"{portion.number} {portion.label}" for portion in portions])
    height = _TOP + _DEEP + 8 + _ROW * (rows[-1][0] + 1)
    return shapes.picture("bar", bar, name, WIDTH, height, _lines(bar, rows))


def _rows(words: list[str]) -> list[tuple[int, float, str]]:
    """Each text with its row and where it starts."""
    placed: list[tuple[int, float, str]] = []
    row, x = 0, 0.0
    for text in words:
        across = shapes.width(text) + 34
        if x and x + across > WIDTH:
            row, x = row + 1, 0.0
        placed.append((row, x, text))
        x += across
    return placed


def _lines(bar: Bar, rows: list[tuple[int, float, str]]) -> Iterator[str]:
    portions = [portion for portion in bar.portions if portion.number]
    of = sum(portion.number for portion in portions)
    x = 0.0
    for portion, (row, left, text) in zip(portions, rows, strict=True):
        across = WIDTH * portion.number / of
        yield (
            f'<rect x="{x:.1f}" y="{_TOP}" width="{across:.1f}" height="{_DEEP}" '
            f'fill="{_FILL[portion.tone]}" stroke="#fff" stroke-width="2"/>'
        )
        count = str(portion.number)
        if across > shapes.width(count) + 8:
            place = shapes.LabelPosition(x + across / 2, _TOP + 20, "middle")
            yield shapes.text(place, count, "#fff")
        y = _TOP + _DEEP + 20 + row * _ROW
        fill = _FILL[portion.tone]
        yield f'<rect x="{left:.1f}" y="{y - 11}" width="13" height="13" fill="{fill}"/>'
        yield shapes.text(shapes.LabelPosition(left + 18, y, "start"), text, shapes.INK)
        x += across
