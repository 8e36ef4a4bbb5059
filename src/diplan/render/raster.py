"""SVG pictures as PNG, for programs that show no SVG, by way of typst.

Pictures are drawn a page each, many in one run. The letters are those of a font that comes with
diplan's extra, so the same picture gives the same bytes on every machine.
"""

import json
import re
from collections.abc import Sequence

from diplan.ground.errors import NoExtraError

RESOLUTION = 220
"""Dots an inch, at the width that a picture is drawn for."""

BATCH = 4
"""Pictures that are drawn together: typst keeps those of the last few runs in memory."""

_FONT = re.compile(r'font-family="[^"]*"')
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_SOURCE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#for (drawing, width) in json(bytes(sys.inputs.pictures)) {
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
    if not pictures:
        return []
    try:
        import font_source_sans_pro
        import typst
    except ImportError:
        raise NoExtraError("charts in documents") from None
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[font_source_sans_pro.font_directory],
    )
    compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
    drawn = [(_FONT.sub('font-family="Source Sans Pro"', svg), width) for svg, width in pictures]
    made: list[bytes] = []
    for start in range(0, len(drawn), BATCH):
        batch = {"pictures": json.dumps(drawn[start : start + BATCH])}
        pages = compiler.compile(_SOURCE, format="png", ppi=RESOLUTION, sys_inputs=batch)
        made += [pages] if isinstance(pages, bytes) else pages or ()
    return made
