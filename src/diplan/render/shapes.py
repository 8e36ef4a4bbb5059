"""The lines, markers and words that a chart is drawn with, as SVG elements.

Whatever text goes in, well-formed XML comes out. Coordinates have one decimal. Every colour has a
contrast of 4.5 to 1 or more on white.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Literal, NamedTuple

from diplan.ground.text import visible
from diplan.report.document import Picture

INK, GREY = "#1d1d1d", "#595959"
GRID = "#767676"
SEEN, AIM = "#12436d", "#801650"
SIZE = 13
"""The size of a letter, in the picture's units."""

_ID = re.compile(r"[^A-Za-z0-9-]")
_NARROW = frozenset("iljtfrI.,:;'|!()[] ")

Anchor = Literal["start", "middle", "end"]


class Box(NamedTuple):
    """A part of the picture, in its units; `top` is the smaller of its two heights."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside, or on the edge."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def meets(self, other: "Box") -> bool:
        """Whether the two have a part in common; touching edges are none."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class LabelPosition(NamedTuple):
    """Where a text may stand."""

    x: float
    y: float
    anchor: Anchor

    def box(self, text: str) -> Box:
        """What a text that stands here covers, with a little room around it."""
        across = width(text)
        left = self.x - {"start": 0, "middle": across / 2, "end": across}[self.anchor]
        return Box(left - 2, self.y - 12, left + across + 2, self.y + 4)


@lru_cache(maxsize=4096)
def width(text: str) -> float:
    """About how wide a text is, rather more than less."""
    return sum(SIZE * _advance(letter) for letter in text)


def _advance(letter: str) -> float:
    if letter in _NARROW:
        return 0.36
    if letter in "mwMW%—…" or unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.7 if letter.isupper() else 0.58


def cut(text: str, room: float) -> str:
    """A text on one line, as much of it as there is room for."""
    flat = visible(" ".join(text.split()))
    if len(flat) <= 500 and width(flat) <= room:
        return flat
    kept, used = 0, width("…")
    for letter in flat:
        used += SIZE * _advance(letter)
        if used > room:
            break
        kept += 1
    return f"{flat[:kept].rstrip()}…"


def _xml(text: str) -> str:
    """A text on one line, safe between tags."""
    return escape(visible(" ".join(text.split())))


def picture(kind: str, given: Picture, name: str, across: int, height: float,
            lines: Iterable[str]) -> str:  # fmt: skip
    """A chart or a map as one `<svg>` element, with its title and its description.

    *kind* and *name* begin its ids; without a name the picture's key does.
    """
    drawing = f"{kind}-{_ID.sub(lambda sign: f'_{ord(sign[0]):x}_', name or given.key)}"
    body = "".join(f"\n{line}" for line in lines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {height}" '
        f'width="100%" role="img" aria-labelledby="{drawing}-title {drawing}-desc" '
        f'font-family="Arial, Helvetica, sans-serif" font-size="{SIZE}">\n'
        f'<title id="{drawing}-title">{_xml(given.title)}</title>\n'
        f'<desc id="{drawing}-desc">{_xml(given.description or given.title)}</desc>'
        f"{body}\n</svg>"
    )


def _at(value: float) -> str:
    """A coordinate, to one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def line(
    x: float,
    y: float,
    to_x: float,
    to_y: float,
    colour: str,
    width: float,
    dash: str = "",
) -> str:
    """A straight line, as wide as *width*; *dash* is SVG's `stroke-dasharray`, none if empty."""
    return (
        f'<line x1="{_at(x)}" y1="{_at(y)}" x2="{_at(to_x)}" y2="{_at(to_y)}" '
        f'stroke="{colour}" stroke-width="{width}"{_dashed(dash)}/>'
    )


def polyline(
    points: Sequence[tuple[float, float]], colour: str, width: float, dash: str = ""
) -> str:
    """A line through several points, dashed as `line` is."""
    places = " ".join(f"{_at(x)},{_at(y)}" for x, y in points)
    return (
        f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="{width}" '
        f'stroke-linejoin="round"{_dashed(dash)}/>'
    )


def _dashed(dash: str) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""


def circle(x: float, y: float) -> str:
    """The marker of what was measured."""
    return f'<circle cx="{_at(x)}" cy="{_at(y)}" r="4.5" fill="{SEEN}"/>'


def square(x: float, y: float) -> str:
    """The marker of a baseline."""
    return (
        f'<rect x="{_at(x - 5)}" y="{_at(y - 5)}" width="10" height="10" '
        f'fill="#fff" stroke="{INK}" stroke-width="2.4"/>'
    )


def diamond(x: float, y: float, reach: int = 7, fill: str = AIM) -> str:
    """The marker of a target; one of another fill keeps its edge."""
    line = "" if fill == AIM else f' stroke="{AIM}" stroke-width="1.5"'
    return (
        f'<path d="M{_at(x)} {_at(y - reach)}L{_at(x + reach)} {_at(y)}L{_at(x)} {_at(y + reach)}'
        f'L{_at(x - reach)} {_at(y)}Z" fill="{fill}"{line}/>'
    )


def milestone(x: float, y: float) -> str:
    """The marker of a milestone: a small, hollow one of a target's form."""
    return diamond(x, y, 5, "white")


def text(place: LabelPosition, words: str, colour: str, *, halo: bool = False) -> str:
    """Words at a place; a *halo* keeps them legible where they cross a line."""
    anchor = "" if place.anchor == "start" else f' text-anchor="{place.anchor}"'
    ring = ' stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
    return (
        f'<text x="{_at(place.x)}" y="{_at(place.y)}"{anchor} fill="{colour}"'
        f"{ring if halo else ''}>{escape(visible(words))}</text>"
    )
