"""Written numbers and what they say."""

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplan.ground.errors import BadTextError
from diplan.ground.figure import Interval, about, between, number, power, whole_per_cent


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("1,300", "write 1300"),
        ("1_300", "write 1300"),
        ("85%", "write 85"),
        ("£21", "write 21"),
        ("012", "write 12: a leading zero can mean another number"),
        ("1e3", "write the number out in digits"),
        ("0x1F", "write digits only"),
        (".inf", "write digits only"),
        ("1:30", "write digits only"),
        ("c. 4,500", "value: 4500, approximate: true"),
        ("over 6,000", "low: 6000"),
        ("under 10,000", "high: 10000"),
        ("TBC", "missing: to-be-confirmed"),
        ("n/a", "missing: not-applicable"),
        ("٣", "write digits only"),
    ],
)
def test_near_misses_are_put_right(written: str, hint: str) -> None:
    """What is no number says how it should have been written."""
    with pytest.raises(BadTextError) as caught:
        number(written)

    assert hint in caught.value.hint


@given(st.decimals(-(10**12), 10**12, places=3, allow_nan=False))
def test_plain_numbers_come_back(value: Decimal) -> None:
    """Digits are read to the last one."""
    assert number(f"{value:f}") == value


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_refused(written: str) -> None:
    """No text makes the reader fall over."""
    with suppress(BadTextError):
        number(written)


def test_approximate_figures() -> None:
    """About 4,500 is within 225; about 3 is within half a unit of its last digit."""
    assert about(Decimal(4500), Decimal(5)) == Interval(
        Fraction(4275), Fraction(4500), Fraction(4725)
    )
    assert about(Decimal(3), Decimal(5)).low == Fraction(5, 2)
    assert about(Decimal("0.30"), Decimal(0)).high == Fraction(305, 1000)


def test_open_ends() -> None:
    """'Just under 10,000' has one end, and that end is its middle."""
    assert between(None, None, Decimal(10000)) == Interval(None, Fraction(10000), Fraction(10000))
    assert between(None, None, None) is None


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Fraction(996, 1000), 99),
        (Fraction(1), 100),
        (Fraction(2, 3), 67),
        (Fraction(-1, 8), -12),
    ],
)
def test_whole_per_cent(share: Fraction, said: int) -> None:
    """99.6 per cent is not all."""
    assert whole_per_cent(share) == said


def test_powers() -> None:
    """Powers are exact where they can be: roots that come out even among them."""
    assert power(Fraction(11, 10), Fraction(2)) == Fraction(121, 100)
    assert power(Fraction(4, 9), Fraction(1, 2)) == Fraction(2, 3)
    assert power(Fraction(8), Fraction(2, 3)) == 4
    assert abs(float(power(Fraction(2), Fraction(1, 2))) - 2**0.5) < 1e-15
