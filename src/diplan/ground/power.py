"""Powers of fractions, for compound growth: exact where they can be, to 50 digits elsewhere."""

from decimal import Context, Decimal
from fractions import Fraction

_CONTEXT = Context(prec=50)
_LARGEST_EXACT = 400


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """*base* to the power of *exponent*; *base* must be positive.

    A whole exponent, and a root that comes out even, are exact: 1.1 to the power of 2 is 1.21.
    """
    if exponent.denominator == 1 and abs(exponent.numerator) <= _LARGEST_EXACT:
        return base**exponent.numerator
    result = _CONTEXT.power(_decimal(base), _decimal(exponent))
    near = Fraction(result).limit_denominator(10**12)
    small = abs(exponent.numerator) + exponent.denominator <= 60
    if small and near**exponent.denominator == base**exponent.numerator:
        return near
    return Fraction(result)


def _decimal(value: Fraction) -> Decimal:
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))
