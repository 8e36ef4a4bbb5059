"""SVG pictures as PNG, for programs that show no SVG."""

import re
from collections.abc import Sequence

from diplan.render.typesetting import FONT, typeset

RESOLUTION = 220
"""Dots an inch, at the width that a picture is drawn for."""

BATCH = 4
"""Pictures that are drawn together: typst keeps those of its last few runs in memory."""

_LETTERS = re.compile(r'font-family="[^"]*"')
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_SOURCE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#for (drawing, width) in json(bytes(sys.inputs.data)) {
  page(image(bytes(drawing), format: "svg", width: width * 1pt))
}
"""


def extent(svg: str) -> tuple[float, float]:
    """How wide and how high a picture of ours is, in its own units."""
    box = _BOX.search(svg)
    return (float(box[1]), float(box[2])) if box else (1, 1)


def png(pictures: Sequence[tuple[str, float]]) -> list[bytes]:
    """Pictures of ours, each with its width in points, as PNG.

    Raises:
        NoExtraError: typst or the font is not installed.
    """
    drawn = [(_LETTERS.sub(f'font-family="{FONT}"', svg), width) for svg, width in pictures]
    return [
        page
        for start in range(0, len(drawn), BATCH)
        for page in typeset(_SOURCE, drawn[start : start + BATCH], "png", resolution=RESOLUTION)
    ]
