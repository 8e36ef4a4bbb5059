"""Figures as people write them; what gives none, or more than one, is left alone."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from diplan.documents.times import Calendar, read_period
from diplan.ground.figure import between, typed
from diplan.plan.indicator import PER_CENT

POUNDS = "pounds"


class Amount(NamedTuple):
    """A figure as keys of the data, what it says of its unit and time, and whether it says more."""

    keys: dict[str, str]
    unit: str = ""
    """`per cent` or `pounds`, where it has such a sign."""
    period: str = ""
    more: bool = False
    """Whether there are words beside it, which a note has to keep."""

    @property
    def middle(self) -> Fraction | None:
        """Its number, its percentage, or the middle of its ends; None where it is missing."""
        if below := Fraction(self.keys.get("denominator", 0)):
            return 100 * Fraction(self.keys["numerator"]) / below
        ends = (self.keys.get(key) for key in ("low", "value", "high"))
        low, value, high = (None if end is None else Decimal(end) for end in ends)
        interval = between(low, value, high)
        return interval.middle if interval else None


_MARKS = {
    "e": "estimated", "est": "estimated", "estimate": "estimated", "estimated": "estimated",
    "p": "provisional", "provisional": "provisional", "r": "revised", "revised": "revised",
    "f": "forecast", "forecast": "forecast",
}  # fmt: skip
ASIDE = re.compile(r"\s*[(\[]([^()\[\]]{1,60})[)\]]")
_LARGE = {"k": 3, "thousand": 3, "m": 6, "million": 6, "mn": 6, "bn": 9, "billion": 9}
_SCALED = re.compile(r"(\d[\d,]*(?:\.\d+)?) ?(k|thousand|m|mn|million|bn|billion)\b")
_NUMBER = r"[£]?\d[\d,]*(?:\.\d+)?(?: ?(?:%|per ?cent(?!age)))?"
_WORDED = re.compile(
    rf"((?:c\.?|ca\.?|about|around|circa|approx(?:\.|imately)?|~|over|more than|under|less than|"
    rf"fewer than|up to|at least|at most|just under)? ?{_NUMBER})[ ,]+([^\d]+)"
)
_CHANGING = re.compile(
    r"^(and|or|plus|to)\b|\b(more|less|fewer|increas|reduc|decreas|higher|lower|growth|points?)"
)


LONGEST_FIGURE = 300
"""Characters of a text that can be a figure or a target."""


def amount(text: str, calendar: Calendar) -> Amount | None:
    """The figure that a text gives; None where it gives none, or more than one."""
    if len(text) > LONGEST_FIGURE:
        return None
    said = " ".join(text.split())
    period, marks = "", ""
    for aside in ASIDE.finditer(said):
        known = read_period(aside[1], calendar)
        if known.sure and not period:
            period = known.periods[0]
            said = said.replace(aside[0], "", 1)
        elif aside[1].strip().lower() in _MARKS:
            marks = _MARKS[aside[1].strip().lower()]
            said = said.replace(aside[0], "", 1)
    lower = _SCALED.sub(_multiplied, said.lower()).strip(" .;")
    if not lower:
        return None
    if keys := typed(lower):
        return _made(keys, lower, period, marks)
    match = _WORDED.fullmatch(lower)
    if match and not _CHANGING.search(match[2]) and (keys := typed(match[1])):
        return _made(keys, match[1], period, marks)._replace(more=True)
    return None


def _made(keys: dict[str, str], said: str, period: str, marks: str) -> Amount:
    share = "denominator" in keys or re.search(r"%|per ?cent", said)
    unit = PER_CENT if share else POUNDS if "£" in said else ""
    return Amount(keys | ({"marks": marks} if marks else {}), unit, period)


def _multiplied(match: re.Match[str]) -> str:
    """A number with a word such as million, in digits."""
    number = Decimal(match[1].replace(",", "")) * 10 ** _LARGE[match[2]]
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
