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

FORMS = "2018, 2017/18, AY2017/18, 2018-Q3, 2018-05 or 2018-05-17"

_PERIOD = re.compile(
    r"(?P<ay>AY)?(?P<year>\d{4})"
    r"(?:/(?P<next>\d{2})|-Q(?P<quarter>[1-4])|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?",
    re.ASCII,
)


class Period(NamedTuple):
    """A stretch of time as it is written, with its start and end in months.

    `kind` is `calendar`, `financial` or `academic` (years), `quarter`, `month` or `day`.
    """

    text: str
    kind: str
    start: Fraction
    end: Fraction

    def __str__(self) -> str:
        return self.text

    @property
    def first_day(self) -> date:
        """The first day inside the period."""
        if self.kind == "day":
            return self.last_day
        year, month = divmod(int(self.start), 12)
        return date(year, month + 1, 1)

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
        BadTextError: it has none of the six forms, or is not in the calendar.

    """
    match = _PERIOD.fullmatch(written)
    if not match:
        raise BadTextError("not-a-period", f'"{written}" is not a period', _period_hint(written))
    year = int(match["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadTextError(
            "not-a-period", f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}"
        )
    kind, start, length = _extent(written, match, year)
    return Period(written, kind, Fraction(start), Fraction(start) + length)


def _extent(written: str, match: re.Match[str], year: int) -> tuple[str, Fraction, Fraction]:
    """The kind, the start and the length in months."""
    january = Fraction(12 * year)
    if match["next"]:
        if int(match["next"]) != (year + 1) % 100:
            raise BadTextError(
                "not-a-period",
                f'"{written}" does not join two years that follow each other',
                f"write {match['ay'] or ''}{year}/{(year + 1) % 100:02}",
            )
        kind, first = ("academic", 8) if match["ay"] else ("financial", 3)
        return kind, january + first, Fraction(12)
    if match["ay"]:
        raise BadTextError("not-a-period", f'"{written}" is not a period', _period_hint(written))
    if match["quarter"]:
        return "quarter", january + 3 * (int(match["quarter"]) - 1), Fraction(3)
    if not match["month"]:
        return "calendar", january, Fraction(12)
    month = int(match["month"])
    if not 1 <= month <= 12:
        if month == (year + 1) % 100:
            hint = f"a financial year is written {year}/{month:02}"
            raise BadTextError("not-a-period", f'"{written}" is not a period', hint)
        hint = "months are 01 to 12"
        raise BadTextError("not-a-period", f'"{written}" has no month {month}', hint)
    if not match["day"]:
        return "month", january + month - 1, Fraction(1)
    days, day = monthrange(year, month)[1], int(match["day"])
    if not 1 <= day <= days:
        raise BadTextError(
            "not-a-period", f'"{written}" is not in the calendar: that month has {days} days'
        )
    return "day", january + month - 1 + Fraction(day - 1, days), Fraction(1, days)


_MONTHS = {name.lower(): at for at, name in enumerate(month_name) if name}
_SHORT = {name[:3]: at for name, at in _MONTHS.items()}


def meant(text: str) -> str | None:
    """The period that a person means, as the data has it; None if that is not clear.

    `31/03/2018` (the day comes first), `2017-18`, `FY 2017/18`, `2017/2018`, `May 2018`,
    `17th May 2018`, `2018-5`; what is a period already means itself, so `2011-12` is a month.
    """
    said = " ".join(text.split())
    with suppress(BadTextError):
        return period(said).text
    reading = _meant(said.lower())
    return reading[1] if reading else None


def _meant(said: str) -> tuple[str, str] | None:
    """How such a period is written, in words that the period completes; and the period."""
    for form, told, rewritten in _LOOSE:
        if match := form.fullmatch(said):
            with suppress(BadTextError):
                return told, period(rewritten(match)).text
    return None


def _years(match: re.Match[str]) -> str:
    ay = "AY" if match[1] else ""
    return f"{ay}{match[2]}/{match[3]}"


def _day(match: re.Match[str]) -> str:
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"


def _named(match: re.Match[str]) -> str:
    word = "september" if match[2] == "sept" else match[2]
    months = [at for name, at in _MONTHS.items() if word in (name, name[:3])]
    return _in_month(match, months[0]) if months else ""


def _in_month(match: re.Match[str], month: int) -> str:
    return f"{match[3]}-{month:02}" + (f"-{int(match[1]):02}" if match[1] else "")


_LOOSE: tuple[tuple[re.Pattern[str], str, Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?:fy ?|(ay) ?)?(\d{4}) ?[/-] ?(?:20|19)?(\d{2})", re.ASCII),
     "a financial year is written", _years),
    (re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII), "a day is written", _day),
    (re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]+)\.? (\d{4})", re.ASCII), "write", _named),
    (re.compile(r"(\d{4})-(\d)", re.ASCII), "a month has two digits: write",
     lambda match: f"{match[1]}-0{match[2]}"),
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
    shift = {"calendar": 0, "financial": 3, "academic": 8}[kind]
    year = ceil((moment - shift) / 12) - 1
    if kind == "calendar":
        return period(str(year))
    return period(f"{'AY' if kind == 'academic' else ''}{year}/{(year + 1) % 100:02}")


def as_long(first: Period, second: Period) -> bool:
    """Whether two periods are of one length: any two years are, a quarter and a year are not."""
    same = first.end - first.start == second.end - second.start
    return same or first.kind == second.kind == "day"


def following(when: Period) -> Period:
    """The period of the same kind that comes next."""
    if when.kind in ("calendar", "financial", "academic"):
        return year_containing(when.kind, when.end + 1)
    if when.kind == "day":
        return day(when.last_day + timedelta(days=1))
    year, month = divmod(int(when.end), 12)
    if when.kind == "quarter":
        return period(f"{year}-Q{month // 3 + 1}")
    return period(f"{year}-{month + 1:02}")


def later(when: Period, months: int) -> Period:
    """The period of the same kind that ends *months* after another, or in which they end."""
    if when.kind == "day":
        return earlier(when, -months)
    end = when.end + months
    if when.kind in ("calendar", "financial", "academic"):
        return year_containing(when.kind, end)
    year, month = divmod(ceil(end) - 1, 12)
    return period(
        f"{year}-Q{month // 3 + 1}" if when.kind == "quarter" else f"{year}-{month + 1:02}"
    )


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
