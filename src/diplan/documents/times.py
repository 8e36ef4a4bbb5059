"""When things are to be done, as people write it; nothing is chosen where two readings stand."""

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

from diplan.ground.errors import BadTextError
from diplan.ground.period import meant, period
from diplan.plan.plan import HOME

DAY_FIRST = HOME
"""The country in which 03/04/2026 is 3 April; elsewhere it may be 4 March."""


LONGEST_TIME, LONGEST_HEADER = 100, 300
"""Characters of a text that can be a time, and of a heading that can have one in it."""


class Calendar(NamedTuple):
    """What a plan's dates are read by: its kind of year, and its country."""

    years: str = "financial"
    country: str = HOME


USUAL = Calendar()


class Reading(NamedTuple):
    """The periods that a text may stand for; `sure` where it is one, and nothing else."""

    periods: tuple[str, ...] = ()
    sure: bool = False


UNREAD = Reading()

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,? "
_BEFORE = re.compile(
    rf"(?:(?:due |complete |completed |in place |target:? )?by |due |in |until |to )?"
    rf"(?:the )?(?:end of |end )?(?:the )?(?:{_WEEKDAY})?"
)
_SHORT_MONTH = re.compile(rf"({_MONTH})(?:-|/| ?['’])(\d{{2}})")
_MONTH_AND_NUMBER = re.compile(rf"({_MONTH}) (\d{{2}})")
_NAMED_DAY = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[ -/]({_MONTH})[ -/,]+(\d{{4}}|\d{{2}})")
_MONTH_DAY = re.compile(rf"({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})")
_LONG_MONTH = re.compile(rf"({_MONTH})[-/,]? ?(\d{{4}})")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.-](\d{4})")
_SHORT_YEARS = re.compile(r"(?:fy ?)?(\d{2}) ?[/-] ?(\d{2})")
_PART_OF = re.compile(
    r"(.*\b(?:q(?:tr|uarter)?|h(?:alf)?) ?[1-4](?: of)?,? )(?:fy ?)?(\d{2})/(\d{2})"
)
_PART_BEHIND = re.compile(r"(?:fy ?)?(\d{2})/(\d{2})( (?:q|h).*)")
_ACADEMIC = re.compile(
    r"(?:academic|school) year (\d{4}/\d{2})|(\d{4}/\d{2}) (?:academic|school) year"
)
_CALENDAR_PART = re.compile(r"(\d{4})-([QH]\d)")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")


@lru_cache(maxsize=1024)
def read_period(text: str, calendar: Calendar = USUAL) -> Reading:
    """The period that a text stands for: `End of Q2 2025/26`, `Mar-17`, `31/12/2025`."""
    if len(text) > LONGEST_TIME:
        return UNREAD
    said = " ".join(text.split()).lower().strip(" .;")
    bare = _BEFORE.sub("", said, count=1) if _BEFORE.match(said) else said
    for readings in _doubtful(bare, calendar):
        return Reading(readings, sure=False)
    for form in _forms(bare, calendar):
        if known := meant(form, calendar.years):
            return Reading((known,), sure=True)
    return UNREAD


def _doubtful(said: str, calendar: Calendar) -> Iterator[tuple[str, ...]]:
    """What has two readings: each of them that is a period."""
    if match := _MONTH_AND_NUMBER.fullmatch(said):  # the 17th, or 2017
        yield _all(f"{match[1]} 20{match[2]}")
    if (match := _ISO_MONTH.fullmatch(said)) and int(match[2]) == (int(match[1]) + 1) % 100 <= 12:
        yield _all(said, f"{match[1]}/{match[2]}")
    match = _SHORT_YEARS.fullmatch(said)
    if match and int(match[2]) == int(match[1]) + 1 <= 12 and "fy" not in said:
        yield _all(f"20{match[1]}/{match[2]}", f"20{match[2]}-{match[1]}")
    match = _NUMBERS.fullmatch(said)
    if match and calendar.country != DAY_FIRST and match[1] != match[2]:
        day, month, year = int(match[1]), int(match[2]), _year(match[3])
        if day <= 12 and month <= 12:
            yield _all(f"{year}-{month:02}-{day:02}", f"{year}-{day:02}-{month:02}")
    if calendar.years == "financial" and "/" not in said:
        known = meant(said)
        part = _CALENDAR_PART.fullmatch(known or "")
        if part and not _MONTHS_NAMED.search(said):
            following = f"{(int(part[1]) + 1) % 100:02}"
            yield _all(part[0], f"{part[1]}/{following}-{part[2]}")


_MONTHS_NAMED = re.compile(_MONTH)


def _all(*texts: str) -> tuple[str, ...]:
    """Those of some texts that are periods."""
    return tuple(known for text in texts if (known := meant(text)))


def _forms(said: str, calendar: Calendar) -> Iterator[str]:
    """The forms that a text may be rewritten in, which have one reading."""
    yield from _named_months(said)
    if match := _NUMBERS.fullmatch(said):
        first, second, year = int(match[1]), int(match[2]), _year(match[3])
        yield f"{first}/{second}/{year}"
        if second > 12 and calendar.country != DAY_FIRST:
            yield f"{second}/{first}/{year}"
    if match := _MONTH_YEAR.fullmatch(said):
        yield f"{match[2]}-{int(match[1]):02}"
    match = _SHORT_YEARS.fullmatch(said)
    if match and int(match[2]) == (int(match[1]) + 1) % 100:
        yield f"20{match[1]}/{match[2]}"
    elif match and int(match[1]) <= 12 < int(match[2]):
        yield f"20{match[2]}-{int(match[1]):02}"
    if match := _PART_OF.fullmatch(said):
        yield f"{match[1]}20{match[2]}/{match[3]}"
    if match := _ACADEMIC.fullmatch(said):
        yield f"AY{match[1] or match[2]}"
    if match := _PART_BEHIND.fullmatch(said):
        yield f"20{match[1]}/{match[2]}{match[3]}"
    yield re.sub(r"^financial year |^fy ?|^year |^calendar year ", "", said)


def _named_months(said: str) -> Iterator[str]:
    """Forms with a month's name."""
    if match := _SHORT_MONTH.fullmatch(said):
        yield f"{match[1]} 20{match[2]}"
    if match := _NAMED_DAY.fullmatch(said):
        yield f"{match[1]} {match[2].rstrip('.')} {_year(match[3])}"
    if match := _MONTH_DAY.fullmatch(said):
        yield f"{match[2]} {match[1].rstrip('.')} {match[3]}"
    if match := _LONG_MONTH.fullmatch(said):
        yield f"{match[1].rstrip('.')} {match[2]}"


def _year(written: str) -> str:
    return written if len(written) == 4 else f"20{written}"


class Timing(NamedTuple):
    """What a text says of when an action is done, as keys of the data, which nobody changes.

    Without keys it is not understood, or is one of several `readings`.
    """

    keys: dict[str, str]
    readings: tuple[str, ...] = ()


_TO_BE_CONFIRMED = frozenset({
    "tbc", "tba", "tbd", "to be confirmed", "to be agreed", "to be decided", "to be determined",
    "date tbc", "not yet agreed",
})  # fmt: skip
_GOING_ON = r"(?:ongoing|on-going|continuous|continuing|rolling)(?: (?:programme|thereafter|work))?"
_ONGOING = re.compile(rf"{_GOING_ON}(?:,? (?:since|from) (.+))?|(?:since|from) (.+?),? {_GOING_ON}")
_THEN_ONGOING = re.compile(rf"(.+?),?(?: and| then| &)+ {_GOING_ON}")
_FROM_TO = re.compile(r"(?:from |between )?(.+?) ?(?: to | - |–|—| until | and ) ?(.+)")


@lru_cache(maxsize=1024)
def timing(text: str, start: str | None, calendar: Calendar = USUAL) -> Timing:
    """What a text says of when an action is done; *start* is what another column has for that."""
    if len(text) > LONGEST_TIME:
        return Timing({})
    said = " ".join(text.split()).lower().strip(" .;")
    if said in _TO_BE_CONFIRMED:
        return Timing({"due": "to-be-confirmed"})
    if match := _ONGOING.fullmatch(said):
        since = read_period(match[1] or match[2] or start or "", calendar)
        return Timing({"due": "ongoing", "since": since.periods[0]} if since.sure else {})
    if match := _FROM_TO.fullmatch(said):
        first, last = (read_period(part, calendar) for part in match.groups())
        if first.sure and last.sure and _in_order(first.periods[0], last.periods[0]):
            return Timing({"start": first.periods[0], "due": last.periods[0]})
    known = read_period(said, calendar)
    if known.sure:
        return Timing(_parted(known.periods[0]))
    if known.periods:
        return Timing({}, known.periods)
    if match := _THEN_ONGOING.fullmatch(said):
        due = read_period(match[1], calendar)
        if due.sure:
            return Timing({"due": due.periods[0], "continues": "true"})
    return Timing({})


def _parted(known: str) -> dict[str, str]:
    """A stretch as its start and its end; any other period is when something is due."""
    first, dots, last = known.partition("..")
    return {"start": first, "due": last} if dots else {"due": known}


def _in_order(first: str, last: str) -> bool:
    with suppress(BadTextError):
        return period(first).end < period(last).end
    return False


_IN_HEADER = (
    r"(?:end of )?q[1-4] ?,? ?\d{2,4}/\d{2}", r"\d{2,4}/\d{2} ?q[1-4]", r"q[1-4] \d{4}",
    r"\d{4} q[1-4]", r"\d{1,2}/\d{1,2}/\d{4}", r"\d{4}-\d{2}-\d{2}",
    rf"\d{{1,2}}(?:st|nd|rd|th)? {_MONTH} \d{{4}}", rf"{_MONTH}[ -]?\d{{4}}", rf"{_MONTH}-\d{{2}}",
    r"\d{4} ?[/-] ?(?:20)?\d{2}(?!\d)", r"(?<!\d)\d{2}/\d{2}(?!\d)", r"(?<!\d)(?:19|20)\d{2}(?!\d)",
)  # fmt: skip


def period_in(header: str, calendar: Calendar = USUAL) -> tuple[Reading, str]:
    """The period that a column's heading names, and the heading without it."""
    said = " ".join(header[:LONGEST_HEADER].split()).lower()
    for form in _IN_HEADER:
        if match := re.search(rf"(?<![\w/]){form}(?![\w/])", said):
            rest = f"{said[: match.start()]} {said[match.end() :]}"
            return read_period(match[0], calendar), " ".join(re.sub(r"[()\[\]]", " ", rest).split())
    return UNREAD, said
