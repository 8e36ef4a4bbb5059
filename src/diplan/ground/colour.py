"""Colours, and how well one can be told from another (WCAG 2.2)."""

import re
from typing import NamedTuple

from diplan.ground.errors import BadTextError

_WRITTEN = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)


class RgbColour(NamedTuple):
    """Red, green and blue, each from 0 to 255."""

    red: int
    green: int
    blue: int


WHITE = RgbColour(255, 255, 255)


def colour(written: str) -> RgbColour:
    """A colour from its hexadecimal digits: `#005eb8`.

    Raises:
        BadTextError: it is not written like that.
    """
    matched = _WRITTEN.fullmatch(written)
    if not matched:
        raise BadTextError(
            "not-allowed",
            f'"{written}" is not a colour',
            'write six hexadecimal digits in quotes, such as "#005eb8"',
        )
    return RgbColour(*(int(part, 16) for part in matched.groups()))


def contrast(one: RgbColour, other: RgbColour) -> float:
    """The contrast ratio of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(given: RgbColour) -> float:
    """Relative luminance, from 0 for black to 1 for white."""
    red, green, blue = (_linear(part / 255) for part in given)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
