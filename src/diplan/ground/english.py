"""Counts, plurals and lists in English. Knows words and numbers, and nothing of plans."""

import re
from collections.abc import Iterable

NONE = "none"
"""What stands for a list with nothing in it."""


def plural(thing: str) -> str:
    """The plural of a noun, or of one before `of` or `with`: `priorities`, `pieces of advice`."""
    noun, *rest = re.split(r"(?= of | with )", thing, maxsplit=1)
    if noun.endswith("y") and noun[-2:-1] not in ("a", "e", "i", "o", "u"):
        return "".join([noun[:-1], "ies", *rest])
    return "".join([noun, "es" if noun.endswith(("s", "x", "ch", "sh")) else "s", *rest])


def agree(howmany: int, singular: str, plural: str) -> str:
    """The word that goes with a number of things: `is` for 1, `are` for 0 and for 2."""
    return singular if howmany == 1 else plural


def count(howmany: int, thing: str, things: str = "") -> str:
    """A number of things: `1 action`, `34 actions`; *things* where the plural is not regular."""
    return f"{howmany:,} {agree(howmany, thing, things or plural(thing))}"


def listed(parts: Iterable[str]) -> str:
    """`a, b and c`; `none` where there are no parts."""
    return _joined(parts, "and")


def either(parts: Iterable[str]) -> str:
    """`a, b or c`; `none` where there are no parts."""
    return _joined(parts, "or")


def _joined(parts: Iterable[str], word: str) -> str:
    *most, last = list(parts) or [NONE]
    return f"{', '.join(most)} {word} {last}" if most else last
