"""The lines, markers and words that pictures are drawn with, as SVG elements.

Whatever text goes in, well-formed XML comes out. Coordinates have one decimal. Every colour has a
contrast of 4.5 to 1 or more on white, and every marker a form of its own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from diplan.ground.text import visible
from diplan.render.lettering import LINE, SIZE, Box, Label
from diplan.render.placing import PlacedLabel
from diplan.report.document import Picture

WIDTH = 360
"""Units across a picture: its letters are legible 288 pixels wide, and 90 millimetres in print."""

INK, GREY = "#1d1d1d", "#595959"
GRID = "#767676"
SEEN, AIM = "#12436d", "#801650"

_ID = re.compile(r"[^A-Za-z0-9-]")


def _xml(text: str) -> str:
    """A text on one line, safe between tags."""
    return escape(visible(" ".join(text.split())))


def picture(kind: str, given: Picture, name: str, height: float, lines: Iterable[str]) -> str:
    """What is drawn as one `<svg>` element, with its title and its description.

    *kind* and *name* begin its ids; without a name the picture's key does.
    """
    drawing = f"{kind}-{_ID.sub(lambda sign: f'_{ord(sign[0]):x}_', name or given.key)}"
    body = "".join(f"\n{line}" for line in lines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
        f'width="100%" role="img" aria-labelledby="{drawing}-title {drawing}-desc" '
        f'font-family="Arial, Helvetica, Source Sans Pro, sans-serif" font-size="{SIZE}">\n'
        f'<title id="{drawing}-title">{_xml(given.title)}</title>\n'
        f'<desc id="{drawing}-desc">{_xml(given.description or given.title)}</desc>'
        f"{body}\n</svg>"
    )


def group(name: str, lines: Iterable[str]) -> Iterator[str]:
    """Elements that belong together, named by a class."""
    yield f'<g class="{name}">'
    yield from lines
    yield "</g>"


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


def path(x: float, y: float, form: str, colour: str, fill: str = "none", width: float = 1.6) -> str:
    """A form that is written in SVG's lower-case commands, and begins at a place."""
    return (
        f'<path d="M{_at(x)} {_at(y)}{form}" fill="{fill}" stroke="{colour}" '
        f'stroke-width="{width}"/>'
    )


def circle(x: float, y: float) -> str:
    """The marker of what was measured."""
    return f'<circle cx="{_at(x)}" cy="{_at(y)}" r="4.5" fill="{SEEN}"/>'


def dot(x: float, y: float, reach: float) -> str:
    """A place on a map."""
    return f'<circle cx="{_at(x)}" cy="{_at(y)}" r="{reach}" fill="{SEEN}"/>'


def pill(box: Box) -> str:
    """A box with round ends and a white edge, for a number on a map."""
    return f'<rect {_sides(box)} rx="10" fill="{SEEN}" stroke="#fff"/>'


def frame(box: Box, colour: str = GRID, width: float = 1) -> str:
    """The edges of a box."""
    return f'<rect {_sides(box)} fill="none" stroke="{colour}" stroke-width="{width}"/>'


def _sides(box: Box) -> str:
    left, top, right, bottom = box
    return (
        f'x="{_at(left)}" y="{_at(top)}" width="{_at(right - left)}" height="{_at(bottom - top)}"'
    )


def square(x: float, y: float) -> str:
    """The marker of a baseline."""
    return (
        f'<rect x="{_at(x - 5)}" y="{_at(y - 5)}" width="10" height="10" '
        f'fill="#fff" stroke="{INK}" stroke-width="2.4"/>'
    )


def target(x: float, y: float) -> str:
    """The marker of a target: a diamond with a hole."""
    hole = "m-3 8a3 3 0 1 0 6 0a3 3 0 1 0 -6 0"
    return (
        f'<path d="M{_at(x)} {_at(y - 8)}l8 8l-8 8l-8 -8z{hole}" fill="{AIM}" fill-rule="evenodd"/>'
    )


_INSIDE = {"met": "", "missed": "m-7 0l14 14m0 -14l-14 14", "not measured": "m-3.5 7h7"}
"""What is drawn inside a milestone's marker, from its top: nothing, a cross, a dash."""


def milestone(x: float, y: float, stands: str) -> str:
    """The marker of a milestone, a small diamond: how it stands is its form.

    One that was met is filled, one that was missed crossed out, one that was not measured has a
    dash, and one that is not due yet is empty.
    """
    fill = AIM if stands == "met" else "#fff"
    return path(x, y - 7, f"l7 7l-7 7l-7 -7z{_INSIDE.get(stands, '')}", AIM, fill)


BENCHMARKS = (
    ("", "m-4 0h8m-4 -4v8"),
    ("4 2", "m-3 -3l6 6m0 -6l-6 6"),
    ("1 2", "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0"),
    ("8 2 2 2", "m-3 3h6l-3 -6z"),
)
"""The dashes of a benchmark's line, and its marker: a plus, a cross, a ring, a triangle."""


def benchmark(x: float, y: float, kind: int) -> str:
    """The marker of a benchmark, thin and small."""
    return path(x, y, BENCHMARKS[kind][1], INK, width=1)


_PATTERNS = ("", "3 3", "level", "none", "1.5 6", "8 2")
"""How boxes are filled by turns: all of it, stripes, level stripes, nothing, lines, and blocks."""


def pattern(box: Box, kind: int, colour: str) -> Iterator[str]:
    """A box with a pattern of its own."""
    left, top, right, bottom = box
    form, middle = _PATTERNS[kind % len(_PATTERNS)], (top + bottom) / 2
    if form == "level":
        for level in range(int(top) + 4, int(bottom), 5):
            yield line(left, level, right, level, colour, 2)
    elif form != "none":
        yield line(left, middle, right, middle, colour, bottom - top, form)
    yield frame(box, colour, 1.5)


def text(label: Label, colour: str) -> str:
    """A label, each of its lines beneath the one before."""
    lines, x, y, anchor = label
    set_at = "" if anchor == "start" else f' text-anchor="{anchor}"'
    first, *rest = [escape(line) for line in lines] or [""]
    more = "".join(f'<tspan x="{_at(x)}" dy="{LINE}">{line}</tspan>' for line in rest)
    return f'<text x="{_at(x)}" y="{_at(y)}"{set_at} fill="{colour}">{first}{more}</text>'


def placed(colour: str, found: PlacedLabel) -> Iterator[str]:
    """A label that found room, with its leader line."""
    if found.leader:
        yield line(*found.leader, GREY, 0.8)
    yield text(found.label, colour)
