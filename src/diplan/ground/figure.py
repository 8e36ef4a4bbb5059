"""Figures as exact intervals: what a written number says, and how sure it is.

All arithmetic is on `Fraction`s of the written decimals, so nothing is ever rounded before it
is compared.
"""

import re
import sys
from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from diplan.ground.errors import BadTextError

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
LONGEST_NUMBER = 30

_FIFTY_DIGITS = Context(prec=50)
_LARGEST_EXACT = 400


class Interval(NamedTuple):
    """A figure with its least and greatest value; None where nobody has said how low or high.

    `middle` is the value, or the middle of the two ends, or the one end that is known.
    """

    low: Fraction | None
    middle: Fraction
    high: Fraction | None

    @property
    def exact(self) -> bool:
        """Whether the figure is one number."""
        alike = self.low is self.middle is self.high  # as `exactly` makes them
        return alike or self.low == self.middle == self.high


def exactly(value: Fraction) -> Interval:
    """The interval that is one number."""
    return Interval(value, value, value)


@lru_cache(maxsize=2**15)  # a plan's figures are read again and again
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


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """*base* to the power of *exponent*; *base* must be positive.

    A whole exponent, and a root that comes out even, are exact: 1.1 to the power of 2 is 1.21.
    Others are right to 50 digits.
    """
    if exponent.denominator == 1 and abs(exponent.numerator) <= _LARGEST_EXACT:
        return base**exponent.numerator
    result = _FIFTY_DIGITS.power(_decimal(base), _decimal(exponent))
    near = Fraction(result).limit_denominator(10**12)
    small = abs(exponent.numerator) + exponent.denominator <= 60
    if small and near**exponent.denominator == base**exponent.numerator:
        return near
    return Fraction(result)


def _decimal(value: Fraction) -> Decimal:
    return _FIFTY_DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))


def as_float(value: Fraction) -> float:
    """A number as programs hold it; one beyond that is the largest there is."""
    try:
        return float(value)
    except OverflowError:
        return sys.float_info.max if value > 0 else -sys.float_info.max


def whole_per_cent(share: Fraction) -> int:
    """A share in whole per cent: rounded, but never up to 100, since 99.6 is not all."""
    rounded = round(100 * share)
    return 99 if rounded == 100 and share < 1 else rounded


@lru_cache(maxsize=65536, typed=True)  # True is not 1
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
    "to be confirmed": "to-be-confirmed",
    "n/a": "not-applicable",
    "na": "not-applicable",
    "not applicable": "not-applicable",
    "none": "not-available",
    "not available": "not-available",
    "not collected": "not-collected",
    "suppressed": "suppressed",
    "[c]": "suppressed",
    "[x]": "not-available",
    "[z]": "not-applicable",
}
_ABOUT = re.compile(r"(?:c\.?|ca\.?|about|around|circa|approx(?:\.|imately)?|~)\s*(.+)")
_OVER = re.compile(r"(?:over|more than|at least|>=?)\s*(.+)")
_UNDER = re.compile(r"(?:(?:just )?under|less than|fewer than|at most|up to|<=?)\s*(.+)")
_BETWEEN = re.compile(r"(?:between\s+)?(\S+)\s*(?:to|and|–|-)\s*(\S+)")
_PART = re.compile(r"(\S+)\s+(?:of|out of)\s+(\S+)")


def typed(text: str) -> dict[str, str] | None:
    """Turn a figure as people type it into keys and values of the data; None where it is unclear.

    `1,300`, `85%`, `c. 4,500`, `over 70`, `under 10,000`, `850 to 950`, `51 of 110`, `TBC`.
    """
    said = " ".join(text.split()).lower()
    if said in _MISSING:
        return {"missing": _MISSING[said]}
    if match := _ABOUT.fullmatch(said):
        return _keys({"value": match[1]}, {"approximate": "true"})
    if match := _OVER.fullmatch(said):
        return _keys({"low": match[1]})
    if match := _UNDER.fullmatch(said):
        return _keys({"high": match[1]})
    if match := _PART.fullmatch(said):
        return _keys({"numerator": match[1], "denominator": match[2]})
    if plain := _keys({"value": said}):
        return plain
    match = _BETWEEN.fullmatch(said)
    return _keys({"low": match[1], "high": match[2]}) if match else None


def _keys(numbers: dict[str, str], more: dict[str, str] | None = None) -> dict[str, str] | None:
    """Numbers without their separators and signs; None if one of them is no number."""
    bare = {key: _bare(text) for key, text in numbers.items()}
    good = all(_NUMBER.fullmatch(text) for text in bare.values())
    return {**bare, **(more or {})} if good else None


def _bare(text: str) -> str:
    """A number as the data has it: no thousands separators, no unit's sign, a plain minus."""
    bare = re.sub(r"^£|\s*(?:%|per cent|percent|points?)$", "", text.strip())
    bare = bare.replace("−", "-")
    if re.fullmatch(r"[+-]?\d{1,3}(?:[,_ \u00a0]\d{3})+(?:\.\d+)?", bare):
        bare = re.sub(r"[,_ \u00a0]", "", bare)
    return bare.lstrip("+")


def _number_hint(written: str) -> str:
    """How to write what was meant by something that is no number."""
    text = written.strip().lower()
    if re.fullmatch(r"0\d+", text):
        return f"write {text.lstrip('0') or '0'}: a leading zero can mean another number"
    if re.fullmatch(r"[+-]?[\d.]+e[+-]?\d{1,2}", text):
        return "write the number out in digits"
    meant = typed(text) or {}
    if "missing" in meant:
        return f"put `missing: {meant['missing']}` in place of the value"
    if "approximate" in meant:
        return f"write `value: {meant['value']}, approximate: true`"
    if list(meant) in (["low"], ["high"]):
        ((key, number),) = meant.items()
        return f"write `{key}: {number}` in place of the value"
    return (
        f"write {meant['value']}" if "value" in meant else "write digits only, such as 1300 or 12.5"
    )
