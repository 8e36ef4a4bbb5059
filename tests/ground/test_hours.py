"""Opening hours: what is read, what it means, and what is said of another form."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours

from diplan.ground.errors import BadTextError
from diplan.ground.hours import (
    DAYS,
    EXAMPLE,
    HOLIDAYS,
    Hours,
    clock,
    digits,
    hours,
    minute_of,
    words,
)

MONDAY = datetime(2026, 11, 23)  # noqa: DTZ001 - a wall clock's time, wherever the place is


@st.composite
def times(draw: st.DrawFn) -> str:
    """Times of a day in their order, as they are written."""
    ends = sorted(draw(st.sets(st.integers(0, 1440), min_size=2, max_size=6)))
    ends = ends[: len(ends) // 2 * 2]
    pairs = zip(ends[::2], ends[1::2], strict=True)
    return ",".join(f"{digits(start)}-{digits(end)}" for start, end in pairs)


DAY = st.sampled_from(DAYS)
DAYS_WRITTEN = st.lists(
    st.one_of(DAY, st.tuples(DAY, DAY).filter(lambda two: two[0] != two[1]).map("-".join)),
    min_size=1,
    max_size=3,
).map(",".join)
WRITTEN = st.lists(
    st.tuples(DAYS_WRITTEN, st.one_of(st.just("off"), times())).map(" ".join),
    min_size=1,
    max_size=4,
).map("; ".join)
"""Opening hours without holidays, as they are written."""


def refused(written: str) -> BadTextError:
    """How a text is refused."""
    with pytest.raises(BadTextError) as caught:
        hours(written)
    return caught.value


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (EXAMPLE, ["Monday to Friday: 9am to 5pm", "Saturday: 10am to 1pm",
                   "Closed: Sunday and public holidays"]),
        ("24/7", ["Monday to Sunday: all day and night"]),
        ("10:00-16:00", ["Monday to Sunday: 10am to 4pm"]),
        ("Tu,Th 10:00-12:00,13:00-15:30; SH 10:00-12:00",
         ["Tuesday and Thursday: 10am to noon and 1pm to 3.30pm", "School holidays: 10am to noon",
          "Closed: Monday, Wednesday and Friday to Sunday"]),
        ("Mo-Fr 09:00-17:00; We off", ["Monday, Tuesday, Thursday and Friday: 9am to 5pm",
                                       "Closed: Wednesday, Saturday and Sunday"]),
        ("Sa-Mo 20:00-24:00;", ["Monday, Saturday and Sunday: 8pm to midnight",
                                "Closed: Tuesday to Friday"]),
        ("Mo-Su,PH,SH off", ["Closed: Monday to Sunday, public holidays and school holidays"]),
    ],
)  # fmt: skip
def test_in_words(written: str, said: list[str]) -> None:
    """Days that are alike share a line, and those on which it is closed come last."""
    assert words(hours(written)) == said


def test_open_until_the_minute_before() -> None:
    """At 5pm a place that is open until 5pm is closed."""
    found = hours("Mo 09:00-17:00")

    assert found.is_open(0)
    assert not found.is_open(1)
    assert [found.is_open(0, minute) for minute in (539, 540, 1019, 1020)] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("9am to 5pm", "write 09:00-17:00"),
        ("Monday to Friday 9am to 5pm", "write Mo-Fr 09:00-17:00"),
        ("9am to 5pm Monday to Friday", "write Mo-Fr 09:00-17:00"),
        ("Mon-Fri 9.30am-5pm; Sat 10am-1pm; closed bank holidays",
         "write Mo-Fr 09:30-17:00; Sa 10:00-13:00; PH off"),
        ("Tuesdays and Thursdays 10am to noon", "write Tu,Th 10:00-12:00"),
        ("Mo-Fr 9:00-17:00", "write Mo-Fr 09:00-17:00"),
        ("mo-fr 09:00-17:00; sa closed", "write Mo-Fr 09:00-17:00; Sa off"),
        ("daily 10am to 4pm", "write Mo-Su 10:00-16:00"),
        ("Mo 09:00-17:00, Tu 10:00-12:00", "write Mo 09:00-17:00; Tu 10:00-12:00"),
        ("1-5", "write them like 09:00-17:00"),
        ("Mo-Fr", f"the form is {EXAMPLE}"),
        ("by appointment", f"the form is {EXAMPLE}"),
        ("Apr-Sep 10:00-16:00", f"the form is {EXAMPLE}"),
    ],
)  # fmt: skip
def test_remedies(written: str, remedy: str) -> None:
    """What a person writes is said in the form, where that is clear; nothing is guessed."""
    assert refused(written).hint == remedy


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("Fr 20:00-02:00", '"20:00-02:00" ends before it begins'),
        ("Mo 09:00-12:00,11:00-17:00", '"11:00-17:00" begins before the time in front of it ends'),
        ("Mo 09:00-25:00", '"09:00-25:00" is not two times'),
        ("Mo 09:00-24:30", '"09:00-24:30" is not two times'),
        ("", '"" is not days with times'),
        ("Mo 09:00-17:00;; Tu off", '"" is not days with times'),
    ],
)
def test_refused(written: str, message: str) -> None:
    """What is wrong is named, in the words that were written."""
    assert str(refused(written)) == message


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(written: str) -> None:
    """No text breaks the reader, and a remedy is itself in the form."""
    code, hint = "opening-hours-form", ""
    try:
        hours(written)
    except BadTextError as error:
        code, hint = error.code, error.hint
    assert code == "opening-hours-form"
    if hint.startswith("write ") and "like" not in hint:
        assert isinstance(hours(hint.removeprefix("write ")), Hours)


@given(WRITTEN, st.integers(0, 6), st.integers(0, 1439))
def test_another_reader_agrees(written: str, day: int, minute: int) -> None:
    """A library for all of OpenStreetMap's form says the same of every minute."""
    at = MONDAY.replace(day=MONDAY.day + day, hour=minute // 60, minute=minute % 60)

    assert hours(written).is_open(day, minute) == OpeningHours(written).is_open(at)


@given(WRITTEN, st.lists(st.sampled_from(sorted(HOLIDAYS)), unique=True))
def test_holidays_change_no_weekday(written: str, names: Sequence[str]) -> None:
    """What is said of holidays leaves the week as it is."""
    more = "".join(f"; {name} off" for name in names)

    assert hours(written + more) == (hours(written).week, dict.fromkeys(names, ()))


@given(st.integers(0, 1439))
def test_minutes_there_and_back(minute: int) -> None:
    """A minute is read as it is written."""
    assert minute_of(digits(minute)) == minute


def test_no_two_minutes_are_said_alike() -> None:
    """The 1,440 minutes of a day have as many names."""
    assert len({clock(at) for at in range(1440)}) == 1440
