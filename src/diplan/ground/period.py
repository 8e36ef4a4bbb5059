"""Periods: stretches of time that figures, targets and promises stand for.

Time is counted in months, exactly: the calendar year Y ends at 12Y + 12, and a day is its
share of its month. All comparisons use these ends.
"""

import re
from calendar import month_name, monthrange
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from diplan.ground.errors import BadTextError

FIRST_YEAR, LAST_YEAR = 1900, 2199

FORMS = "2018, 2017/18, AY2017/18, 2018-Q3, 2017/18-Q3, 2018-H1, 2018-05, 2018-05-17 or 2017..2019"

YEARS = {"calendar": 0, "financial": 3, "academic": 8}
"""The kinds of year, and the months by which they begin after January."""

PARTS = {"quarter": 3, "half": 6}
"""The parts of a year, and their months."""

_PERIOD = re.compile(
    r"(?P<ay>AY)?(?P<year>\d{4})(?:/(?P<next>\d{2}))?"
    r"(?:-(?P<part>Q[1-4]|H[12])|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?",
    re.ASCII,
)


class Period(NamedTuple):
    """A stretch of time as it is written, with its start and end in months.

    `kind` is `calendar`, `financial` or `academic` (years), `half`, `quarter`, `month`, `day`, or
    `stretch` (from one period to another). Two with the same start and end are equal, however
    they are written.
    """

    text: str
    kind: str
    start: Fraction
    end: Fraction

    def __str__(self) -> str:
        return self.text

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Period):
            return False
        return self.end == other.end and self.start == other.start

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.end)

    @property
    def financial(self) -> bool:
        """Whether it is a year from April to March, or named as a part of one."""
        return "/" in self.text and not self.text.startswith("AY")

    @property
    def first_day(self) -> date:
        """The first day inside the period."""
        months, rest = divmod(self.start, 1)
        year, month = divmod(int(months), 12)
        return date(year, month + 1, int(rest * monthrange(year, month + 1)[1]) + 1)

    @property
    def last_day(self) -> date:
        """The last day inside the period."""
        months, rest = divmod(self.end, 1)
        year, month = divmod(int(months), 12)
        if rest:
            return date(year, month + 1, int(rest * monthrange(year, month + 1)[1]))
        year, month = (year, month) if month else (year - 1, 12)
        return date(year, month, monthrange(year, month)[1])


@lru_cache(maxsize=8192)
def period(written: str) -> Period:
    """Read a period.

    Raises:
        BadTextError: it has none of the forms, or is not in the calendar.

    """
    first, dots, last = written.partition("..")
    if dots:
        return _stretch(written, first, last)
    match = _PERIOD.fullmatch(written)
    if not match:
        raise BadTextError("not-a-period", f'"{written}" is not a period', _period_hint(written))
    year = int(match["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadTextError(
            "not-a-period",
            f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}",
            "correct the year",
        )
    kind, start, length = _extent(written, match, year)
    return Period(written, kind, Fraction(start), Fraction(start) + length)


def _stretch(written: str, first: str, last: str) -> Period:
    """From the start of one period to the end of another of its kind."""
    since, until = (period(part) if ".." not in part else None for part in (first, last))
    if since is None or until is None or since.kind != until.kind:
        raise BadTextError(
            "not-a-period",
            f'"{written}" does not join two periods of one kind',
            "write the first and the last, such as 2017..2019 or 2017/18..2018/19",
        )
    if until.start <= since.start:
        raise BadTextError(
            "not-a-period", f'"{written}" does not end after it begins', "the earlier one is first"
        )
    return Period(written, "stretch", since.start, until.end)


def _extent(written: str, match: re.Match[str], year: int) -> tuple[str, Fraction, Fraction]:
    """The kind, the start and the length in months."""
    january = Fraction(12 * year)
    ay, part, month = match["ay"], match["part"], match["month"]
    if (ay and (part or not match["next"])) or (match["next"] and month):
        raise BadTextError("not-a-period", f'"{written}" is not a period', _period_hint(written))
    kind = "academic" if ay else "financial" if match["next"] else "calendar"
    if match["next"] and int(match["next"]) != (year + 1) % 100:
        raise BadTextError(
            "not-a-period",
            f'"{written}" does not join two years that follow each other',
            f"write {ay or ''}{year}/{(year + 1) % 100:02}{f'-{part}' if part else ''}",
        )
    if part:
        name = "quarter" if part[0] == "Q" else "half"
        start = january + YEARS[kind] + PARTS[name] * (int(part[1]) - 1)
        return name, start, Fraction(PARTS[name])
    if not month:
        return kind, january + YEARS[kind], Fraction(12)
    return _in_calendar(written, year, int(month), match["day"])


def _in_calendar(
    written: str, year: int, month: int, day: str | None
) -> tuple[str, Fraction, Fraction]:
    """The kind, start and length of a month or a day."""
    start = Fraction(12 * year + month - 1)
    if not 1 <= month <= 12:
        if month == (year + 1) % 100:
            hint = f"a financial year is written {year}/{month:02}"
            raise BadTextError("not-a-period", f'"{written}" is not a period', hint)
        hint = "months are 01 to 12"
        raise BadTextError("not-a-period", f'"{written}" has no month {month}', hint)
    if not day:
        return "month", start, Fraction(1)
    days = monthrange(year, month)[1]
    if not 1 <= int(day) <= days:
        raise BadTextError(
            "not-a-period",
            f'"{written}" is not in the calendar: that month has {days} days',
            "correct the day",
        )
    return "day", start + Fraction(int(day) - 1, days), Fraction(1, days)


def same_period(text: str, when: Period) -> bool:
    """Whether a text names a period, in any of its forms."""
    with suppress(BadTextError):
        return period(text) == when
    return False


_MONTHS = {name.lower(): at for at, name in enumerate(month_name) if name}
_SHORT = {name[:3]: at for name, at in _MONTHS.items()}


def meant(text: str, years: str = "financial") -> str | None:
    """The period that a person means, as the data has it; None if that is not clear.

    `31/03/2018` (the day comes first), `2017-18`, `FY 2017/18`, `2017/2018`, `May 2018`,
    `17th May 2018`, `2018-5`, `Q1 2026/27`, `2026/27 Q1`, `Quarter 1 of 2026/27`, `2017 to 2019`;
    what is a period already means itself, so `2011-12` is a month. Three or six months by their
    names (`April to June 2026`) are written as a part of the plan's kind of *years*, twelve as a
    year.
    """
    said = " ".join(text.split())
    with suppress(BadTextError):
        return period(said).text
    reading = _meant(said.lower(), years)
    return reading[1] if reading else None


def _meant(said: str, years: str = "financial") -> tuple[str, str] | None:
    """How such a period is written, in words that the period completes; and the period."""
    for form, told, rewritten in _LOOSE:
        if match := form.fullmatch(said):
            with suppress(BadTextError):
                return told, period(rewritten(match)).text
    if match := _MONTHS_JOINED.fullmatch(said):
        with suppress(BadTextError):
            return "write", _months_joined(match, years)
    return None


def _years(match: re.Match[str]) -> str:
    ay = "AY" if match[1] else ""
    return f"{ay}{match[2]}/{match[3]}"


def _day(match: re.Match[str]) -> str:
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"


def _named(match: re.Match[str]) -> str:
    month = _month(match[2])
    return _in_month(match, month) if month else ""


def _month(name: str) -> int | None:
    """The number of a month by its name or the first three letters of it."""
    word = "september" if name == "sept" else name
    return next((at for full, at in _MONTHS.items() if word in (full, full[:3])), None)


def _in_month(match: re.Match[str], month: int) -> str:
    return f"{match[3]}-{month:02}" + (f"-{int(match[1]):02}" if match[1] else "")


def _part(match: re.Match[str]) -> str:
    """A quarter or a half of a year, of which either may be named first."""
    joined = f"/{match['next'][-2:]}" if match["next"] else ""
    part = f"H{match['which']}" if match["half"] else f"Q{match['number']}"
    return f"{match['year']}{joined}-{part}"


def _months_joined(match: re.Match[str], years: str) -> str:
    """The quarter, the half or the stretch from one named month to another."""
    first, last, until = _month(match[1]), _month(match[3]), int(match[4])
    if not first or not last:
        raise BadTextError("not-a-period", "these are no months")
    since = int(match[2]) if match[2] else until - (first > last)
    start, end = Fraction(12 * since + first - 1), Fraction(12 * until + last)
    whole = [part_containing(kind, end, years) for kind in PARTS]
    whole += [year_containing(kind, end) for kind in YEARS]
    for made in whole:
        if (made.start, made.end) == (start, end):
            return made.text
    return period(f"{since}-{first:02}..{until}-{last:02}").text


def _joined(match: re.Match[str]) -> str:
    return "..".join(meant(part) or "" for part in (match[1], match[2]))


_YEAR = r"(?:fy ?)?(?P<year>\d{4})(?: ?[/-] ?(?P<next>(?:20|19)?\d{2}))?"
_NAME = r"(?:(?P<name>q)(?:tr|uarter)? ?(?P<number>[1-4])|(?P<half>h)(?:alf)? ?(?P<which>[12]))"
_MONTHS_JOINED = re.compile(
    r"([a-z]+)\.?(?: (\d{4}))? ?(?:to|-|–|and) ?([a-z]+)\.? (\d{4})", re.ASCII
)

_LOOSE: tuple[tuple[re.Pattern[str], str, Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?:fy ?|(ay) ?)?(\d{4}) ?[/-] ?(?:20|19)?(\d{2})", re.ASCII),
     "a financial year is written", _years),
    (re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII), "a day is written", _day),
    (re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]+)\.? (\d{4})", re.ASCII), "write", _named),
    (re.compile(r"(\d{4})-(\d)", re.ASCII), "a month has two digits: write",
     lambda match: f"{match[1]}-0{match[2]}"),
    (re.compile(rf"{_YEAR}[ -]{_NAME}", re.ASCII), "write", _part),
    (re.compile(rf"{_NAME},?(?: of)? {_YEAR}", re.ASCII), "write", _part),
    (re.compile(r"(\d{4}(?:/\d{2})?) ?(?:to|–|until) ?(\d{4}(?:/\d{2})?)", re.ASCII),
     "from one period to another is written", _joined),
)  # fmt: skip


def _period_hint(written: str) -> str:
    """How to write what was probably meant."""
    said = " ".join(written.split()).lower()
    if reading := _meant(said):
        told, text = reading
        return f"{'an academic year is written' if text.startswith('AY') else told} {text}"
    short = re.fullmatch(r"(?:fy ?)?(\d{2}) ?[/-] ?(?:20|19)?(\d{2})", said)
    if short and int(short[2]) == (int(short[1]) + 1) % 100:
        return f"a financial year is written 20{short[1]}/{short[2]}"
    misspelt = re.fullmatch(r"(?:(\d{1,2}) )?([a-z]{3})[a-z]*\.? (\d{4})", said)
    if misspelt and misspelt[2] in _SHORT:
        return f"write {_in_month(misspelt, _SHORT[misspelt[2]])}"
    return f"write {FORMS}"


def year_containing(kind: str, moment: Fraction) -> Period:
    """The year of a kind (`calendar`, `financial`, `academic`) that ends at *moment* or after."""
    year = ceil((moment - YEARS[kind]) / 12) - 1
    if kind == "calendar":
        return period(str(year))
    return period(f"{'AY' if kind == 'academic' else ''}{year}/{(year + 1) % 100:02}")


def part_containing(kind: str, moment: Fraction, years: str) -> Period:
    """The quarter or half, as a year of a kind has it, that ends at *moment* or after."""
    year = year_containing("financial" if years == "financial" else "calendar", moment)
    number = ceil((moment - year.start) / PARTS[kind])
    return period(f"{year}-{'Q' if kind == 'quarter' else 'H'}{number}")


def as_long(first: Period, second: Period) -> bool:
    """Whether two periods are of one length: any two years are, a quarter and a year are not."""
    same = first.end - first.start == second.end - second.start
    return same or first.kind == second.kind == "day"


def following(when: Period) -> Period:
    """The period of the same kind that comes next."""
    if when.kind == "day":
        return day(when.last_day + timedelta(days=1))
    return later(when, ceil(when.end - when.start))


def later(when: Period, months: int) -> Period:
    """The period of the same kind that ends *months* after another, or in which they end."""
    if when.kind == "day":
        return earlier(when, -months)
    if when.kind == "stretch":
        return period("..".join(str(later(period(end), months)) for end in when.text.split("..")))
    end = when.end + months
    if when.kind in YEARS:
        return year_containing(when.kind, end)
    if when.kind in PARTS:
        return part_containing(when.kind, end, "financial" if when.financial else "calendar")
    year, month = divmod(ceil(end) - 1, 12)
    return period(f"{year}-{month + 1:02}")


def earlier(when: Period, months: int) -> Period:
    """The day that lies *months* before a period's last day; a month's end stays one."""
    last = when.last_day
    at_end = last.day == monthrange(last.year, last.month)[1]
    year, month = divmod(12 * last.year + last.month - 1 - months, 12)
    days = monthrange(year, month + 1)[1]
    return day(date(year, month + 1, days if at_end else min(last.day, days)))


def date_at(moment: Fraction) -> date:
    """The last day that has ended by a moment, which is in months."""
    return Period("", "day", moment, moment).last_day


def day(value: date) -> Period:
    """The period of one day."""
    return period(value.isoformat())
