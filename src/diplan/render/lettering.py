"""How wide a text is at most, and how it is set in lines, whatever font the reader has.

No letter is left out: a text that is too wide goes on in the next line, and so does a word. Only
a text of more than `MOST_LINES` lines is cut, so that no text makes a picture without end.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from diplan.ground.text import visible

SIZE, LINE = 13, 16
"""The size of a letter, and the way from one line to the next, in a picture's units."""
ASCENT, DESCENT = 12, 4
"""How far letters reach above and below the line that they stand on."""

MOST_LINES = 8
_LONGEST = 800
"""Letters of a text that are looked at: more than eight lines of a picture hold."""

Anchor = Literal["start", "middle", "end"]

_NARROW = frozenset("iljtfrI.,:;'|!()[]/ -–‘’·")
_WIDE = frozenset("mwMWOQGD@%&+=<>~#^—…−×æœÆŒ")


class Box(NamedTuple):
    """A part of the picture, in its units; `top` is the smaller of its two heights."""

    left: float
    top: float
    right: float
    bottom: float

    def spans(self, y: float) -> bool:
        """Whether a level line at a height goes through it."""
        return self.top < y < self.bottom


class Label(NamedTuple):
    """A text where it stands: `x` is its anchor's, `y` that of the foot of its first line."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: Anchor = "start"

    @property
    def box(self) -> Box:
        """What the text covers, with a little room at its sides."""
        across = broadest(self.lines)
        left = self.x - {"start": 0, "middle": across / 2, "end": across}[self.anchor]
        foot = self.y + (len(self.lines) - 1) * LINE + DESCENT
        return Box(left - 2, self.y - ASCENT, left + across + 2, foot)


def _advance(letter: str) -> float:
    """How wide a letter is, in sizes: that of the widest of the usual fonts (DejaVu Sans)."""
    if letter in _NARROW:
        return 0.42
    if letter in _WIDE:
        return 1.0
    if ord(letter) >= 0x250:  # beyond Latin, fonts differ
        return 0.0 if unicodedata.combining(letter) else 1.3
    return 0.79 if letter.isupper() else 0.65


_LATIN = {chr(code): _advance(chr(code)) for code in range(0x20, 0x250)}


@lru_cache(maxsize=8192)
def width(text: str) -> float:
    """About how wide a text is on one line, rather more than less."""
    return SIZE * sum([_LATIN.get(letter) or _advance(letter) for letter in text])


def broadest(lines: tuple[str, ...]) -> float:
    """How wide several lines are."""
    return max(map(width, lines), default=0)


def wrapped(text: str, room: float, most: int = MOST_LINES) -> tuple[str, ...]:
    """A text in lines no wider than *room*; after *most* of them it is cut, and ends in `…`."""
    shown = f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text
    return _wrapped(shown, room, most)


@lru_cache(maxsize=8192)
def _wrapped(text: str, room: float, most: int) -> tuple[str, ...]:
    lines: list[str] = []
    for line in _lines(visible(text).split(), room):
        if len(lines) == most:
            last = next(_pieces(lines[-1], room - width("…")))
            return (*lines[:-1], f"{last}…")
        lines.append(line)
    return tuple(lines)


def _lines(words: list[str], room: float) -> Iterator[str]:
    line = ""
    for word in words:
        for piece in _pieces(word, room):
            if line and width(line) + width(piece) + width(" ") > room:
                yield line
                line = ""
            line = f"{line} {piece}" if line else piece
    if line:
        yield line


def _pieces(word: str, room: float) -> Iterator[str]:
    """A word in pieces no wider than *room*, each of a letter at least."""
    if width(word) <= room:
        yield word
        return
    start, used = 0, 0.0
    for at, letter in enumerate(word):
        used += width(letter)
        if used > room and at > start:
            yield word[start:at]
            start, used = at, width(letter)
    yield word[start:]
