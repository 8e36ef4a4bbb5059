"""English: counts, plurals, lists, dates, periods and numbers. Knows nothing of plans."""

import re
from calendar import month_name
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import lru_cache

from diplan.ground.figure import whole_per_cent
from diplan.ground.period import Period, period

NONE = "none"
"""What stands for a list with nothing in it."""

_SHARES = {
    Fraction(1, 4): "a quarter",
    Fraction(1, 3): "a third",
    Fraction(1, 2): "half",
    Fraction(2, 3): "two thirds",
    Fraction(3, 4): "three quarters",
    Fraction(1): "all",
}


def plural(thing: str) -> str:
    """The plural of a noun, or of one before `of` or `with`: `priorities`, `pieces of advice`."""
    noun, *rest = re.split(r"(?= of | with )", thing, maxsplit=1)
    if noun.endswith("y") and noun[-2:-1] not in ("a", "e", "i", "o", "u"):
        return "".join([noun[:-1], "ies", *rest])
    return "".join([noun, "es" if noun.endswith(("s", "x", "ch", "sh")) else "s", *rest])


def singular(things: str) -> str:
    """The singular of the plural of a noun: `priority`, `source`; others stay as they are."""
    if things.endswith("ies"):
        return f"{things.removesuffix('ies')}y"
    return things.removesuffix("s")


def agree(howmany: int, alone: str, together: str) -> str:
    """The word that goes with a number of things: `is` for 1, `are` for 0 and for 2."""
    return alone if howmany == 1 else together


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


def capital(text: str) -> str:
    """A text as the beginning of a sentence or a title; the rest stays as it is."""
    return f"{text[:1].upper()}{text[1:]}"


def day_in_words(day: date) -> str:
    """A day in a sentence: `17 May 2018`."""
    return f"{day.day} {month_name[day.month]} {day.year}"


def in_words(when: Period) -> str:
    """A period in a sentence: `17 May 2018`, `April to June 2018`, `academic year 2017/18`."""
    return _in_words(when.text, when)


@lru_cache(maxsize=4096)
def _in_words(_text: str, when: Period) -> str:
    """The same, kept by the text as well: periods of one extent are equal, and not their words."""
    first, day = when.first_day, when.last_day
    match when.kind:
        case "day":
            return day_in_words(day)
        case "month":
            return f"{month_name[day.month]} {day.year}"
        case "quarter" | "half":
            year = f" {first.year}" if first.year != day.year else ""
            return f"{month_name[first.month]}{year} to {month_name[day.month]} {day.year}"
        case "academic":
            return f"academic year {when.text[2:]}"
        case "stretch":
            return " to ".join(in_words(period(part)) for part in when.text.split(".."))
        case _:
            return when.text


def in_or_on(when: Period) -> str:
    """A period as a sentence says when something was: `in May 2018`, `on 17 May 2018`."""
    return f"{'on' if when.kind == 'day' else 'in'} {in_words(when)}"


def decimal(value: Fraction, places: int) -> str:
    """A number with commas and so many decimals, halves rounded away from zero."""
    scaled = int(abs(value) * 10**places + Fraction(1, 2))
    whole, rest = divmod(scaled, 10**places)
    minus = "−" if value < 0 and scaled else ""
    return f"{minus}{whole:,}.{rest:0{places}d}" if places else f"{minus}{whole:,}"


def number(value: Fraction) -> str:
    """A number with commas, to at most two decimals, halves rounded away from zero."""
    return decimal(value, 2).rstrip("0").rstrip(".")


def share(value: Fraction) -> str:
    """A share in a sentence: `a third`, or in whole per cent."""
    return _SHARES.get(value) or f"{whole_per_cent(value):,} per cent"
