"""Moments and periods: the clock's only reader, and what options say of time."""

from typing import TYPE_CHECKING

from diplan.ground.english import in_words
from diplan.ground.errors import NotAloneError, OptionError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from diplan.ground.period import Period
    from diplan.plan import Plan


def now() -> "datetime":
    """The time now, in the local time zone: nothing else reads the clock."""
    from datetime import datetime

    return datetime.now().astimezone()


def today() -> "Period":
    """Today, as a period."""
    from diplan.ground.period import day

    return day(now().date())


def period_option(name: str, written: str, plan: "Plan | None" = None) -> "Period":
    """The period that an option names, in the plan's kind of year: see `named_period`."""
    from diplan.ground.naming import named_period

    return named_period(name, written, plan.cover.years if plan else "financial")


def moment(as_of: str | None, plan: "Plan | None" = None) -> "Period":
    """The moment that `--as-of` names, or today."""
    return today() if as_of is None else period_option("--as-of", as_of, plan)


def moment_in(plan: "Plan", as_of: str | None, year: str | None) -> "Period":
    """The moment that `--as-of` or `--year` names; a year is the plan's kind of year."""
    if year is None:
        return moment(as_of, plan)
    if as_of is not None:
        raise NotAloneError(["--as-of", "--year"])
    return plan_year(plan, year)


def moments(plan: "Plan", as_of: "Sequence[str]", *, every_year: bool) -> "list[Period]":
    """The moments that `--as-of` names, or today; and the end of each year of the plan until then.

    A plan that does not say when it begins has no years.
    """
    from diplan.ground.period import following, year_containing

    named = [moment(written, plan) for written in as_of] or [today()]
    start, end = plan.cover.from_, plan.cover.to
    last = max(period.end for period in named)
    if not every_year or start is None:
        return named
    year, years = year_containing(plan.cover.years, start.start + 1), []
    while year.end <= last and (end is None or year.start < end.end):
        years.append(year)
        year = following(year)
    return [*years, *(named if as_of or not years else ())]


def plan_year(plan: "Plan", year: str) -> "Period":
    """The year of the plan that `--year` names, which is the plan's kind of year."""
    from diplan.ground.naming import named_year

    cover = plan.cover
    return named_year("--year", year, cover.years, cover.from_, cover.to)


def day_and_time(written: str | None) -> tuple[int, int | None, str]:
    """A day of the week, a minute of it or None for all day, and both in words; None is now."""
    from diplan.ground.hours import DAYS, NAMES, clock, minute_of
    from diplan.ground.period import meant, period

    if written is None:
        moment = now()
        minute = 60 * moment.hour + moment.minute
        return moment.weekday(), minute, f"on {NAMES[moment.weekday()]} at {clock(minute)}"
    name, _, time = " ".join(written.split()).rpartition(" ")
    if ":" not in time:
        name, time = " ".join(written.split()), ""
    at = minute_of(time) if time else None
    days = [day for day in range(7) if name.lower() in (
        DAYS[day].lower(), NAMES[day].lower(), NAMES[day][:3].lower())]  # fmt: skip
    dated = meant(name)
    date = period(dated) if dated else None
    if date and date.kind == "day":
        days = [date.last_day.weekday()]
    if not days or (time and at is None):
        message = f'--open-on: "{written}" is not a day, or a day and a time'
        raise OptionError(message, "write it like Sa, 2026-11-25 or 'Sa 10:30'")
    said = f"{NAMES[days[0]]}{f' {in_words(date)}' if date else ''}"
    return days[0], at, f"on {said}{f' at {clock(at)}' if at is not None else ''}"
