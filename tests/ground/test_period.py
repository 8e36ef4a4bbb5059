"""Periods and their exact ends."""

from contextlib import suppress
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplan.ground.english import in_or_on, in_words
from diplan.ground.errors import BadTextError
from diplan.ground.period import (
    as_long,
    date_at,
    day,
    earlier,
    following,
    later,
    meant,
    period,
    year_containing,
)


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
    assert in_words(period(written)) == words


@pytest.mark.parametrize(
    ("written", "first", "when"),
    [
        ("2018", "2018-01-01", "in 2018"),
        ("2017/18", "2017-04-01", "in 2017/18"),
        ("AY2017/18", "2017-09-01", "in academic year 2017/18"),
        ("2018-Q1", "2018-01-01", "in January to March 2018"),
        ("2018-Q4", "2018-10-01", "in October to December 2018"),
        ("2018-12", "2018-12-01", "in December 2018"),
        ("2018-05-17", "2018-05-17", "on 17 May 2018"),
    ],
)
def test_first_day_and_when(written: str, first: str, when: str) -> None:
    """A period knows its first day, and how a sentence says that something was in it."""
    assert period(written).first_day.isoformat() == first
    assert in_or_on(period(written)) == when


@pytest.mark.parametrize(
    "calendar",
    [
        ("2017", "2018", "2019"),
        ("1999/00", "2000/01", "2001/02"),
        ("2008/09", "2009/10", "2010/11"),
        ("AY2017/18", "AY2018/19", "AY2019/20"),
        ("2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4", "2019-Q1"),
        ("2018-01", "2018-02", "2018-03"),
        ("2018-11", "2018-12", "2019-01"),
        ("2016-02-28", "2016-02-29", "2016-03-01"),
        ("2018-12-31", "2019-01-01"),
    ],
)
def test_periods_follow_each_other(calendar: tuple[str, ...]) -> None:
    """Each period begins on the day after the one before it has ended, and is of the same kind."""
    for first, second in pairwise(calendar):
        one, other = period(first), period(second)
        assert following(one) == other
        assert other.start == one.end
        assert (other.first_day - one.last_day).days == 1


@pytest.mark.parametrize(
    ("kind", "within", "year"),
    [
        ("calendar", "2018-01-01", "2018"),
        ("calendar", "2018-12-31", "2018"),
        ("financial", "2018-03-31", "2017/18"),
        ("financial", "2018-04-01", "2018/19"),
        ("financial", "1999-04-01", "1999/00"),
        ("academic", "2018-08-31", "AY2017/18"),
        ("academic", "2018-09-01", "AY2018/19"),
    ],
)
def test_the_year_that_a_day_lies_in(kind: str, within: str, year: str) -> None:
    """A financial year begins in April, an academic one in September."""
    assert year_containing(kind, period(within).end).text == year


@pytest.mark.parametrize(
    ("written", "months", "then"),
    [
        ("2017", 12, "2018"),
        ("2017", 1, "2018"),
        ("2017/18", 24, "2019/20"),
        ("AY2017/18", 6, "AY2018/19"),
        ("2018-Q3", 3, "2018-Q4"),
        ("2018-Q4", 1, "2019-Q1"),
        ("2018-Q4", 12, "2019-Q4"),
        ("2018-11", 1, "2018-12"),
        ("2018-12", 1, "2019-01"),
        ("2018-05-17", 3, "2018-08-17"),
        ("2018-11-30", 3, "2019-02-28"),
    ],
)
def test_some_months_later(written: str, months: int, then: str) -> None:
    """The period of the same kind that ends so many months after, or in which they end."""
    assert later(period(written), months).text == then


@pytest.mark.parametrize(
    ("written", "months", "then"),
    [
        ("2018-05-17", 1, "2018-04-17"),
        ("2018-03-30", 1, "2018-02-28"),
        ("2018-02-28", 1, "2018-01-31"),
        ("2016-02-28", 1, "2016-01-28"),
        ("2018-01-15", 1, "2017-12-15"),
        ("2018-01", 2, "2017-11-30"),
        ("2017/18", 12, "2017-03-31"),
        ("2018-12-31", 0, "2018-12-31"),
    ],
)
def test_some_months_earlier(written: str, months: int, then: str) -> None:
    """A day keeps its number where the month has it, and a month's end stays one."""
    assert earlier(period(written), months).text == then


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2018", "2017/18", True),
        ("2018", "2018-Q1", False),
        ("2018-Q1", "2018-Q4", True),
        ("2018-02", "2018-01", True),
        ("2018-02-01", "2018-01-01", True),
        ("2018-02-01", "2018-02", False),
        ("2018-02", "2018-02-01", False),
    ],
)
def test_lengths(first: str, second: str, same: bool) -> None:
    """Any two years, months or days are of one length, whatever the calendar; others are not."""
    assert as_long(period(first), period(second)) is same


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_a_moment_has_its_day(value: date) -> None:
    """The end of a day is a moment at which that day is the last that has ended."""
    assert date_at(day(value).end) == value


@pytest.mark.parametrize(
    ("said", "period_meant"),
    [
        ("2011-12", "2011-12"),
        ("2017-18", "2017/18"),
        ("2012-13", "2012/13"),
        ("FY 2017/18", "2017/18"),
        ("fy2017-2018", "2017/18"),
        ("1999/2000", "1999/00"),
        ("AY 2017/2018", "AY2017/18"),
        ("31/03/2018", "2018-03-31"),
        ("1.2.2018", "2018-02-01"),
        ("17th May 2018", "2018-05-17"),
        ("1st january 2018", "2018-01-01"),
        ("Dec. 2018", "2018-12"),
        ("Sept 2018", "2018-09"),
        ("2018-5", "2018-05"),
        (" 2018 ", "2018"),
        ("Mai 2018", None),
        ("2017-19", None),
        ("31/02/2018", None),
        ("2018-0", None),
        ("some time", None),
    ],
)
def test_what_people_mean(said: str, period_meant: str | None) -> None:
    """The day comes before the month; two years that do not follow each other mean nothing."""
    assert meant(said) == period_meant


@pytest.mark.parametrize(
    ("said", "financial", "calendar"),
    [
        ("April to June 2026", "2026/27-Q1", "2026-Q2"),
        ("Apr-Sept 2026", "2026/27-H1", "2026-04..2026-09"),
        ("January to March 2027", "2026/27-Q4", "2027-Q1"),
        ("April 2026 to March 2027", "2026/27", "2026/27"),
        ("January to December 2026", "2026", "2026"),
        ("September 2026 to August 2027", "AY2026/27", "AY2026/27"),
        ("May to July 2026", "2026-05..2026-07", "2026-05..2026-07"),
        ("Quarter 1 of 2026/27", "2026/27-Q1", "2026/27-Q1"),
        ("2026/27 Q1", "2026/27-Q1", "2026/27-Q1"),
        ("Q1 2026", "2026-Q1", "2026-Q1"),
        ("2017 to 2019", "2017..2019", "2017..2019"),
    ],
)
def test_months_and_parts_of_years(said: str, financial: str, calendar: str) -> None:
    """Months by their names are a part of a year of the plan's kind, or a whole year."""
    assert meant(said) == financial
    assert meant(said, "calendar") == calendar
    assert period(financial) == period(calendar)


@pytest.mark.parametrize(
    "written",
    ["1900", "2199", "2018-01", "2018-12", "2018-Q1", "2018-Q4", "2018-01-01", "2018-01-31"],
)
def test_the_first_and_the_last_are_in_the_calendar(written: str) -> None:
    """The ends of what is allowed are allowed."""
    assert period(written).text == written


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("1899", "the year 1899 is not between 1900 and 2199"),
        ("2200", "the year 2200 is not between 1900 and 2199"),
        ("2018-00", '"2018-00" has no month 0'),
        ("2018-13", '"2018-13" has no month 13'),
        ("2012-13", '"2012-13" is not a period'),
        ("2018-01-00", '"2018-01-00" is not in the calendar: that month has 31 days'),
        ("2018-02-29", '"2018-02-29" is not in the calendar: that month has 28 days'),
        ("2017/17", '"2017/17" does not join two years that follow each other'),
    ],
)
def test_what_lies_beside_the_calendar(written: str, told: str) -> None:
    """One less or one more than there is, is refused, and the message says why."""
    with pytest.raises(BadTextError) as caught:
        period(written)

    assert str(caught.value) == told


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
        ("2018-13", "months are 01 to 12"),
        ("2012-13", "a financial year is written 2012/13"),
        ("1999-00", "a financial year is written 1999/00"),
        ("99/00", "a financial year is written 2099/00"),
        ("fy 17-18", "a financial year is written 2017/18"),
        ("17/19", "write 2018, 2017/18"),
        ("AY2017/19", "write AY2017/18"),
        ("1999/01", "write 1999/00"),
        ("2008/10", "write 2008/09"),
        ("AY2017-18", "an academic year is written AY2017/18"),
        ("Septembr 2018", "write 2018-09"),
        ("17 Decembre 2018", "write 2018-12-17"),
        ("31/02/2018", "write 2018, 2017/18"),
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
