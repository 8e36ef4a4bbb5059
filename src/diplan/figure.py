"""Figures as exact intervals: what a written number says, and how sure it is.

All arithmetic is on `Fraction`s of the written decimals, so nothing is ever rounded before it
is compared.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from diplan.errors import BadTextError

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
LONGEST_NUMBER = 30


class Interval(NamedTuple):
    """A figure with its ends. A `low` or `high` of None is open: nobody has said how far.

    `middle` is the value, or the middle of the two ends, or the one end that is known.
    """

    low: Fraction | None
    middle: Fraction
    high: Fraction | None

    @property
    def exact(self) -> bool:
        """Whether the figure is one number."""
        return self.low == self.middle == self.high


def exactly(value: Fraction) -> Interval:
    """The interval that is one number."""
    return Interval(value, value, value)


def between(low: Decimal | None, value: Decimal | None, high: Decimal | None) -> Interval | None:
    """The interval of a value, of one or two ends, or of both; None where nothing is written."""
    ends = [Fraction(end) for end in (low, high) if end is not None]
    if value is not None:
        middle = Fraction(value)
        if not ends:
            return exactly(middle)
    elif ends:
        middle = sum(ends, Fraction(0)) / len(ends)
    else:
        return None
    return Interval(
        None if low is None else Fraction(low), middle, None if high is None else Fraction(high)
    )


def about(value: Decimal, percent: Decimal) -> Interval:
    """The interval of an approximate figure.

    It reaches as far as the larger of half a unit of the last written digit and *percent* per
    cent of the figure itself.
    """
    middle = Fraction(value)
    exponent = value.as_tuple().exponent
    half_unit = Fraction(10) ** (exponent if isinstance(exponent, int) else 0) / 2
    reach = max(half_unit, abs(middle) * Fraction(percent) / 100)
    return Interval(middle - reach, middle, middle + reach)


def total(figures: Sequence[Interval], *, open_above: bool = False) -> Interval:
    """The sum of figures, end by end; an end is open where one of theirs is, or the sum's is."""
    lows = [figure.low for figure in figures]
    highs = [None if open_above else figure.high for figure in figures]
    return Interval(
        None if None in lows else sum(filter(None, lows), Fraction(0)),
        sum((figure.middle for figure in figures), Fraction(0)),
        None if None in highs else sum(filter(None, highs), Fraction(0)),
    )


def whole_per_cent(share: Fraction) -> int:
    """A share in whole per cent: rounded, but never up to 100, since 99.6 is not all."""
    rounded = round(100 * share)
    return 99 if rounded == 100 and share < 1 else rounded


@lru_cache(maxsize=65536)
def number(written: str | int | Decimal) -> Decimal:
    """Read a number as it is written: digits, perhaps a minus sign and a decimal point.

    Raises:
        BadTextError: it is written in any other way; the hint says how to write it.

    """
    if isinstance(written, bool):
        raise BadTextError("not-a-number", f'"{written}" is not a number')
    if not isinstance(written, str):
        return Decimal(written)
    if len(written) > LONGEST_NUMBER:
        raise BadTextError(
            "not-a-number", f"a number of {len(written)} characters is longer than any figure here"
        )
    if not _NUMBER.fullmatch(written):
        raise BadTextError("not-a-number", f'"{written}" is not a number', _number_hint(written))
    return Decimal(written)


_MISSING = {
    "tbc": "to-be-confirmed",
    "n/a": "not-applicable",
    "na": "not-applicable",
    "none": "not-available",
    "not available": "not-available",
    "suppressed": "suppressed",
}


def _number_hint(written: str) -> str:
    text = written.strip().lower().lstrip("£")
    if text in _MISSING:
        return f"put `missing: {_MISSING[text]}` in place of the value"
    if found := re.fullmatch(r"(?:c\.?|about|circa|approx\.?|~)\s*([\d.,]+)", text):
        return f"write `value: {found[1].replace(',', '')}, approximate: true`"
    if found := re.fullmatch(r"(?:over|more than|>)\s*([\d.,]+)", text):
        return f"write `low: {found[1].replace(',', '')}` in place of the value"
    if found := re.fullmatch(r"(?:under|less than|<)\s*([\d.,]+)", text):
        return f"write `high: {found[1].replace(',', '')}` in place of the value"
    if re.fullmatch(r"0\d+", text):
        return f"write {text.lstrip('0') or '0'}: a leading zero can mean another number"
    if re.fullmatch(r"[+-]?[\d.]+e[+-]?\d{1,2}", text):
        return "write the number out in digits"
    plain = re.sub(r"[,_\s%£+]", "", text)
    if _NUMBER.fullmatch(plain):
        return f"write {plain}"
    return "write digits only, such as 1300 or 12.5"
