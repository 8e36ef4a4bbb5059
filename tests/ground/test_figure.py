"""Written numbers and what they say."""

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplan.ground.errors import BadTextError
from diplan.ground.figure import (
    LONGEST_NUMBER,
    Interval,
    about,
    between,
    number,
    power,
    total,
    typed,
    whole_per_cent,
)


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
        ("over 6,000", "write `low: 6000` in place of the value"),
        ("under 10,000", "write `high: 10000` in place of the value"),
        ("00", "write 0: a leading zero can mean another number"),
        ("-1.5E-12", "write the number out in digits"),
        ("850 to 950", "write digits only"),
        ("+5", "write 5"),
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
        (Fraction(994, 1000), 99),
        (Fraction(1004, 1000), 100),
        (Fraction(0), 0),
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


@pytest.mark.parametrize(
    ("base", "exponent", "value"),
    [
        ("1.1", "400", Fraction(11, 10) ** 400),
        ("2", "-3", Fraction(1, 8)),
        ("27", "-1/3", Fraction(1, 3)),
        ("1.21", "3/2", Fraction("1.331")),
        ("1/1002001", "1/2", Fraction(1, 1001)),
        ("7", "0", Fraction(1)),
        ("1.04", "1/2", None),
        ("2", "1/3", None),
    ],
)
def test_a_power_is_exact_or_good_to_49_digits(
    base: str, exponent: str, value: Fraction | None
) -> None:
    """A root that does not come out even, taken to its power again, is what it was."""
    share = Fraction(exponent)
    found = power(Fraction(base), share)

    if value is not None:
        assert found == value
    else:
        back = found**share.denominator
        assert found.denominator > 10**12
        assert 0 < abs(back - Fraction(base) ** share.numerator) < Fraction(1, 10**48)


def test_hundreds_of_years_are_not_worked_out_to_the_last_digit() -> None:
    """401 years of growth are 50 digits, and not the thousands that exactness would take."""
    found = power(Fraction(10001, 10000), Fraction(401))
    exact = Fraction(10001, 10000) ** 401

    assert found != exact
    assert abs(found / exact - 1) < Fraction(1, 10**48)


@pytest.mark.parametrize(
    ("low", "value", "high", "interval"),
    [
        (None, 5, None, (5, 5, 5)),
        (4, 5, 7, (4, 5, 7)),
        (4, 5, None, (4, 5, None)),
        (4, None, 7, (4, Fraction(11, 2), 7)),
        (4, None, None, (4, 4, None)),
        (None, None, 7, (None, 7, 7)),
        (0, None, 0, (0, 0, 0)),
    ],
)
def test_the_middle_is_the_value_or_between_the_ends(
    low: int | None, value: int | None, high: int | None, interval: tuple[Any, ...]
) -> None:
    """One number is exact; one end leaves the other open."""
    given = (None if part is None else Decimal(part) for part in (low, value, high))
    found = between(*given)

    assert found == interval
    assert found is not None
    assert found.exact is (interval[0] == interval[1] == interval[2])


def test_a_sum_is_as_open_as_its_parts() -> None:
    """Ends are added to ends; 0 is an end, and nothing is not."""
    one, over, under = (
        Interval(Fraction(0), Fraction(2), Fraction(3)),
        Interval(Fraction(5), Fraction(5), None),
        Interval(None, Fraction(7), Fraction(7)),
    )

    sums: list[tuple[Any, ...]] = [total([one, other]) for other in (one, over, under)]
    assert sums == [(0, 4, 6), (5, 7, None), (None, 9, 10)]
    sums = [total([one, one], open_above=True), total([])]
    assert sums == [(0, 4, None), (0, 0, 0)]


def test_a_figure_is_no_longer_than_any_figure() -> None:
    """Thirty characters are a number, and thirty-one are not; nor is yes or no."""
    assert number("1" * LONGEST_NUMBER) == Decimal("1" * 30)
    assert number(5) == 5
    assert number(1) == 1
    with pytest.raises(BadTextError, match="a number of 31 characters is longer"):
        number("1" * 31)
    with pytest.raises(BadTextError, match='"True" is not a number'):
        number(True)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("1,300", {"value": "1300"}),
        ("1 300 000", {"value": "1300000"}),
        ("85%", {"value": "85"}),
        ("85 per cent", {"value": "85"}),
        ("£21", {"value": "21"}),
        ("−5", {"value": "-5"}),
        ("+5", {"value": "5"}),
        ("c. 4,500", {"value": "4500", "approximate": "true"}),
        ("Around 70%", {"value": "70", "approximate": "true"}),
        ("over 70", {"low": "70"}),
        ("just under 10,000", {"high": "10000"}),
        ("850 to 950", {"low": "850", "high": "950"}),
        ("between 850 and 950", {"low": "850", "high": "950"}),
        ("850-950", {"low": "850", "high": "950"}),
        ("51 of 110", {"numerator": "51", "denominator": "110"}),
        ("51 out of 110", {"numerator": "51", "denominator": "110"}),
        ("TBC", {"missing": "to-be-confirmed"}),
        ("[c]", {"missing": "suppressed"}),
        ("13,00", None),
        ("many", None),
        ("over many", None),
        ("850 to many", None),
    ],
)
def test_what_people_write_for_a_figure(text: str, keys: dict[str, str] | None) -> None:
    """Separators and signs go; words become the keys of the data; what is not clear is nothing."""
    assert typed(text) == keys
