"""Opening hours, in a small part of OpenStreetMap's form: `Mo-Fr 09:00-17:00; Sa off; PH off`.

Rules stand between semicolons. A rule names days and times, or days and `off`; a later rule takes
the place of an earlier one on the days that it names. Times lie within one day. Which days are
public holidays (`PH`) or school holidays (`SH`) is not known here. Reads no clock.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from diplan.ground.english import listed
from diplan.ground.errors import BadTextError

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
"""The days of a week, as they are written; Monday is day 0."""

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

HOLIDAYS = {"PH": "public holidays", "SH": "school holidays"}

EXAMPLE = "Mo-Fr 09:00-17:00; Sa 10:00-13:00; PH off"

MIDNIGHT = 24 * 60
"""Minutes in a day."""

_DAY = f"(?:{'|'.join(DAYS)})"
_RULE = re.compile(
    rf"(?:(?P<always>24/7)|(?P<days>(?:{_DAY}(?: ?- ?{_DAY})?|PH|SH)"
    rf"(?: ?, ?(?:{_DAY}(?: ?- ?{_DAY})?|PH|SH))*)? ?(?P<times>off|[\d:,\- ]+))"
)
_TIMES = re.compile(
    r"([01]\d|2[0-3]):([0-5]\d) ?- ?(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))", re.ASCII
)


class OpeningTime(NamedTuple):
    """A stretch of a day, in minutes after midnight; `end` is the first minute after it."""

    start: int
    end: int


OpeningTimes = tuple[OpeningTime, ...]


class Hours(NamedTuple):
    """When a place is open: seven days, and the holidays of which something is said.

    A day without spans is closed. A holiday that is not in `holidays` is a day like any other.
    """

    week: tuple[OpeningTimes, ...]
    holidays: dict[str, OpeningTimes]

    def is_open(self, day: int, minute: int | None = None) -> bool:
        """Whether it is open on a day of the week: at a minute of it, or at all. No holiday."""
        return any(minute is None or span.start <= minute < span.end for span in self.week[day])


def hours(written: str) -> Hours:
    """Read opening hours.

    Raises:
        BadTextError: they have another form; the hint says how to write what was probably meant.

    """
    try:
        return _hours(written)
    except BadTextError as error:
        meant = _meant(written)
        hint = f"write {meant}" if meant else error.hint
        raise BadTextError(error.code, str(error), hint) from None


def _hours(written: str) -> Hours:
    week: list[OpeningTimes] = [()] * 7
    holidays: dict[str, OpeningTimes] = {}
    for rule in written.strip().removesuffix(";").split(";"):
        match = _RULE.fullmatch(" ".join(rule.split()))
        if not match:
            raise _bad(f'"{rule.strip()}" is not days with times', f"the form is {EXAMPLE}")
        spans = tuple(_spans("00:00-24:00" if match["always"] else match["times"]))
        for name in _days(match["days"] or "Mo-Su"):
            if isinstance(name, int):
                week[name] = spans
            else:
                holidays[name] = spans
    return Hours(tuple(week), holidays)


def _days(written: str) -> Iterator[int | str]:
    """Days by their number, and holidays by their name; `Sa-Mo` goes over the weekend."""
    for part in written.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if first in HOLIDAYS:
            yield first
            continue
        start = DAYS.index(first)
        length = (DAYS.index(last) - start) % 7 if last else 0
        yield from ((start + step) % 7 for step in range(length + 1))


def _spans(written: str) -> Iterator[OpeningTime]:
    """Times in their order, each within one day."""
    before = 0
    for part in written.split(",") if written != "off" else ():
        match = _TIMES.fullmatch(part.strip())
        if not match:
            raise _bad(f'"{part.strip()}" is not two times', "write them like 09:00-17:00")
        start = 60 * int(match[1]) + int(match[2])
        end = 60 * int(match[3] or match[5]) + int(match[4] or match[6])
        if end <= start:
            hint = "what goes on after midnight is a rule for the next day: Fr 20:00-24:00; Sa ..."
            raise _bad(f'"{part.strip()}" ends before it begins', hint)
        if start < before:
            raise _bad(f'"{part.strip()}" begins before the time in front of it ends')
        before = end
        yield OpeningTime(start, end)


def _bad(message: str, hint: str = "") -> BadTextError:
    return BadTextError("opening-hours-form", message, hint)


def words(given: Hours) -> list[str]:
    """Opening hours as a person would say them: days that are alike in a line, closed ones last."""
    closed = [*_runs([day for day in range(7) if not given.week[day]])]
    closed += [HOLIDAYS[name] for name, spans in given.holidays.items() if not spans]
    lines = []
    for spans in dict.fromkeys(filter(None, given.week)):
        days = _runs([day for day in range(7) if given.week[day] == spans])
        lines.append(f"{listed(days)}: {_said(spans)}")
    lines += [f"{HOLIDAYS[name].capitalize()}: {_said(spans)}"
              for name, spans in given.holidays.items() if spans]  # fmt: skip
    return [*lines, f"Closed: {listed(closed)}"] if closed else lines


def _runs(days: list[int]) -> list[str]:
    """Days by their names; three or more that follow each other as one stretch."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [
        name
        for run in runs
        for name in (
            [f"{NAMES[run[0]]} to {NAMES[run[-1]]}"]
            if len(run) > 2
            else [NAMES[day] for day in run]
        )
    ]


def _said(spans: OpeningTimes) -> str:
    if spans == (OpeningTime(0, MIDNIGHT),):
        return "all day and night"
    return listed(f"{clock(time.start)} to {clock(time.end)}" for time in spans)


def clock(minute: int) -> str:
    """A minute of the day as a sentence says it: `9am`, `12.30pm`, `midnight`."""
    if minute in (0, MIDNIGHT):
        return "midnight"
    if minute == MIDNIGHT // 2:
        return "noon"
    hour, rest = divmod(minute, 60)
    return f"{(hour - 1) % 12 + 1}{f'.{rest:02}' if rest else ''}{'am' if hour < 12 else 'pm'}"


def digits(minute: int) -> str:
    """A minute of the day in four digits: `09:00`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def minute_of(written: str) -> int | None:
    """The minute of the day that `09:00` or `9:00` is; None where it is no time."""
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", written, re.ASCII)
    return 60 * int(match[1]) + int(match[2]) if match else None


# ---- what was meant

_WORDS = (
    (r"\b(?:opening hours|open)\b:?", ""),
    (r"\b(?:every ?day|daily|seven days a week|7 days a week)\b", "Mo-Su"),
    (r"\bweekdays\b", "Mo-Fr"),
    (r"\bweekends?\b", "Sa-Su"),
    (r"\b(?:public|bank) holidays?\b", "PH"),
    (r"\bschool holidays?\b", "SH"),
    (r"\b(?:noon|midday)\b", "12:00"),
    (r"\bclosed\b", "off"),
    ((r"\b(mo|tu|we|th|fr|sa|su)"
     r"(?:n|nday|e|es|esday|d|dnesday|u|ur|urs|ursday|i|iday|t|turday)?s?\b"),
     lambda match: match[1].capitalize()),
    (r"\b(\d{1,2})(?:[.:](\d{2}))? ?(am|pm)?\b(?!/)", lambda match: _time(match)),
    (r" ?(?:to|until|till|–|—|-) ?", "-"),
    (r" ?(?:and|&|,) ?", ","),
    (r"([A-Za-z]):", r"\1"),
    (r"(\d),(?=[A-Z])|(off),(?=[A-Z])", r"\1\2; "),
)  # fmt: skip


_EARLY = re.compile(r"\b0[1-6]:")
"""A start that nobody means by `1-5`: the afternoon is meant, or one cannot tell."""


def _time(match: re.Match[str]) -> str:
    hour, rest, half = int(match[1]), match[2] or "00", match[3]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02}:{rest}"


def _meant(written: str) -> str | None:
    """Words such as `9am to 5pm, Monday to Friday` in the form; None where that is not clear."""
    said = " ".join(written.lower().split()).strip(". ")
    if len(said) > 200:
        return None
    for pattern, meant in _WORDS:
        said = re.sub(pattern, meant, said)
    rules = (_days_first(" ".join(rule.split()).strip(" ,")) for rule in said.split(";"))
    text = "; ".join(rule for rule in rules if rule)
    try:
        _hours(text)
    except BadTextError:
        return None
    return text if "am" in written.lower() or not _EARLY.search(text) else None


def _days_first(rule: str) -> str:
    """A rule whose days stand behind its times, the other way round."""
    match = re.fullmatch(r"([\d:,-]+|off),? ?(?:on )?([A-Z][A-Za-z,-]+)", rule)
    return f"{match[2]} {match[1]}" if match else rule
