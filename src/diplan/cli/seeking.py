"""The day, the time and the spot that options of `diplan venues` name."""

import re
from typing import TYPE_CHECKING

from diplan.cli.options import now

if TYPE_CHECKING:
    from diplan.ground.geography import Spot
    from diplan.plan import Plan, Venue


_DEGREES = re.compile(r"(-?\d{1,3}(?:\.\d+)?) ?, ?(-?\d{1,3}(?:\.\d+)?)", re.ASCII)


def day_and_time(written: str | None) -> tuple[int, int | None, str]:
    """A day of the week, a minute of it or None for all day, and both in words; None is now."""
    from diplan.ground.errors import OptionError
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
    found = period(dated) if dated else None
    if found and found.kind == "day":
        days = [found.last_day.weekday()]
    if not days or (time and at is None):
        message = f'--open-on: "{written}" is not a day, or a day and a time'
        raise OptionError(message, "write it like Sa, 2026-11-25 or 'Sa 10:30'")
    said = f"{NAMES[days[0]]}{f' {found.words}' if found else ''}"
    return days[0], at, f"on {said}{f' at {clock(at)}' if at is not None else ''}"


def start_of(written: str, plan: "Plan") -> "tuple[Spot, str]":
    """The spot that `--near` names, and what to call it."""
    from diplan.checks.venues import LATITUDES, LONGITUDES
    from diplan.ground.errors import OptionError
    from diplan.ground.geography import Spot
    from diplan.ground.text import suggest
    from diplan.judge.venues import spot

    found = _DEGREES.fullmatch(written.strip())
    if found:
        north, east = float(found[1]), float(found[2])
        inside = LATITUDES[0] <= north <= LATITUDES[1] and LONGITUDES[0] <= east <= LONGITUDES[1]
        if not inside:
            message = f'--near: "{written}" is not in the United Kingdom'
            raise OptionError(message, "write degrees north, then degrees east: 53.0027,-2.1794")
        return Spot(north, east), f"{found[1]}, {found[2]}"
    named = _named(written, plan)
    if not named:
        close = suggest(written, [venue.id for venue in plan.venues])
        raise OptionError(
            f'--near: no place of the plan has the id or the postcode "{written}"',
            f'did you mean "{close}"?' if close else
            "nothing is looked up on the network: give LAT,LON, such as 53.0027,-2.1794",
        )  # fmt: skip
    for venue in named:
        if start := spot(venue):
            return start, venue.name
    message = f'--near: nobody has said where "{named[0].name}" is'
    raise OptionError(message, "fill in its latitude and longitude, or give LAT,LON")


def _named(written: str, plan: "Plan") -> "list[Venue]":
    """The places with an id, or with a postcode, however that is spaced."""
    code = written.replace(" ", "").upper()
    return [
        venue
        for venue in plan.venues
        if venue.id == written
        or (venue.postal_code and venue.postal_code.replace(" ", "").upper() == code)
    ]
