"""Periods and their exact ends."""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplan.ground.errors import BadTextError
from diplan.ground.period import period


@pytest.mark.parametrize(
    ("written", "end"),
    [
        ("2018", 12 * 2018 + 12),
        ("2017/18", 12 * 2018 + 3),
        ("1999/00", 12 * 2000 + 3),
        ("AY2017/18", 12 * 2018 + 8),
        ("2018-Q3", 12 * 2018 + 9),
        ("2018-05", 12 * 2018 + 5),
        ("2018-05-31", 12 * 2018 + 5),
        ("2018-06-15", 12 * 2018 + 5 + Fraction(1, 2)),
        ("2016-02-29", 12 * 2016 + 2),
    ],
)
def test_ends(written: str, end: Fraction) -> None:
    """Every form ends where its last day does, in months."""
    assert period(written).end == end


@pytest.mark.parametrize(
    ("written", "day", "words"),
    [
        ("2018", "2018-12-31", "2018"),
        ("2017/18", "2018-03-31", "2017/18"),
        ("AY2017/18", "2018-08-31", "academic year 2017/18"),
        ("2018-Q3", "2018-09-30", "July to September 2018"),
        ("2018-05", "2018-05-31", "May 2018"),
        ("2018-05-17", "2018-05-17", "17 May 2018"),
    ],
)
def test_last_day_and_words(written: str, day: str, words: str) -> None:
    """A period knows its last day, and how a sentence says it."""
    assert period(written).last_day.isoformat() == day
    assert period(written).words == words


@given(st.dates())
def test_days_come_back(date: object) -> None:
    """A day's period ends on that day, to the fraction."""
    written = str(date)
    if "1900" <= written[:4] <= "2199":
        assert str(period(written).last_day) == written


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("2017-18", "2017/18"),
        ("2017/2018", "2017/18"),
        ("17/18", "2017/18"),
        ("2017/19", "2017/18"),
        ("31/03/2018", "2018-03-31"),
        ("March 2018", "2018-03"),
        ("17 May 2018", "2018-05-17"),
        ("2018-3", "2018-03"),
        ("2018-13", "01 to 12"),
        ("soon", "2018-Q3"),
    ],
)
def test_near_misses_are_put_right(written: str, hint: str) -> None:
    """What is no period says how it should have been written."""
    with pytest.raises(BadTextError) as caught:
        period(written)

    assert hint in caught.value.hint


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_refused(written: str) -> None:
    """No text makes the reader fall over."""
    with suppress(BadTextError):
        assert period(written).text == written
