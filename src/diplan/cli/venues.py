"""`diplan venues`: where people can get online, and what there is."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.completion import days, ids_of, types_of_venues
from diplan.cli.moments import day_and_time
from diplan.cli.options import Colour, ColourOption, WorkspaceOption
from diplan.cli.output import emit, print_report, remark
from diplan.cli.workspace import open_plan
from diplan.ground.errors import NotAloneError, OptionError
from diplan.ground.lookup import one_of
from diplan.ground.text import did_you_mean, suggest

if TYPE_CHECKING:
    from diplan.ground.geography import Spot
    from diplan.judge.venues import Wish
    from diplan.plan import Plan, Venue

_DEGREES = re.compile(r"(-?\d{1,3}(?:\.\d+)?) ?, ?(-?\d{1,3}(?:\.\d+)?)", re.ASCII)


VenueFormat = StrEnum(
    "VenueFormat", ["table", "plain", "markdown", "json", "csv", "geojson", "hsds"]
)
"""How places are printed."""


VenueStatus = StrEnum("VenueStatus", ["open", "planned", "closed"])
"""Whether people can use a place."""


def venues(
    type: Annotated[  # noqa: A002 - the option's name
        str | None,
        typer.Option(
            autocompletion=types_of_venues, help="Only this type, such as library or network."
        ),
    ] = None,
    status: Annotated[
        VenueStatus | None, typer.Option(help="Only places with this status.")
    ] = None,
    wifi: Annotated[bool, typer.Option("--wifi", help="Only places with free Wi-Fi.")] = False,
    computers: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, help="Only places with at least this many public computers."
        ),
    ] = None,
    staff_support: Annotated[
        bool, typer.Option("--staff-support", help="Only places where staff help.")
    ] = False,
    booking: Annotated[
        bool | None,
        typer.Option(
            "--booking/--no-booking", help="Only places where you have to book, or need not."
        ),
    ] = None,
    open_now: Annotated[
        bool, typer.Option("--open-now", help="Only places open now, by this computer's clock.")
    ] = False,
    open_on: Annotated[
        str | None,
        typer.Option(
            metavar="'DAY [HH:MM]'",
            autocompletion=days,
            help="Only places open on a day, such as Sa or 2026-11-25, or at a time on it.",
        ),
    ] = None,
    near: Annotated[
        str | None,
        typer.Option(
            metavar="PLACE",
            autocompletion=ids_of("venues"),
            help="Nearest first: LAT,LON, or the id or postcode of a place in the plan. No other "
            "postcode is known: nothing is looked up on the network.",
        ),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        VenueFormat | None,
        typer.Option(
            "--format",
            "-f",
            help="geojson is for maps, hsds has the shape of Open Referral UK's data. "
            "Default: table at a terminal, plain elsewhere.",
        ),
    ] = None,
    colour: ColourOption = Colour.auto,
    workspace: WorkspaceOption = None,
) -> None:
    """List places to get online, and what each of them offers.

    A filter keeps the places that are known to match. Places that may match are counted apart.

    \b
    Examples:
      diplan venues --status open --wifi --computers 5
      diplan venues --open-on 'Sa 10:30' --near central-library
      diplan venues --near 53.0027,-2.1794 --format json
      diplan venues --format geojson > places.geojson
    """
    from diplan.judge.venues import Wish, at_least, open_at, search, with_coordinates
    from diplan.report.venues import VenuesView
    from diplan.report.venues import venues as build

    if open_now and open_on is not None:
        raise NotAloneError(["--open-now", "--open-on"])
    plan, _ = open_plan(workspace)
    kind = _type(type, plan)
    wishes: list[Wish] = []
    if kind:
        wishes.append(Wish(kind, lambda venue: venue.type == kind))
    if status:
        wishes.append(Wish(status.value, lambda venue: venue.status == status.value))
    wishes += _answers(wifi, staff_support, booking)
    if computers is not None:
        wishes.append(at_least(computers))
    at = ""
    if open_now or open_on is not None:
        day, minute, at = day_and_time(open_on)
        wishes.append(open_at(day, minute, at))
    start, said = start_of(near, plan) if near is not None else (None, "")
    result = search(plan.venues, [*wishes, *([with_coordinates()] if start else [])])
    view = VenuesView(plan, result, [wish.said for wish in wishes], start, said, at)
    if format is VenueFormat.geojson:
        from diplan.exchange.geojson import geojson

        emit(geojson(view.shown))
    elif format is VenueFormat.hsds:
        from diplan.exchange.hsds import hsds

        emit(hsds(view.shown, plan))
    else:
        print_report(build(view), format, colour)
        return
    _remarks(view.shown, len(result.unsure), format)


def _type(written: str | None, plan: "Plan") -> str | None:
    """The type that is meant, if a place has it."""
    types = list(dict.fromkeys(venue.type for venue in plan.venues))
    listing = "" if types else "the plan has no places"
    return written and one_of("type of place", written, types, listing)


def _answers(wifi: bool, staff_support: bool, booking: bool | None) -> "Iterator[Wish]":
    from diplan.judge.venues import Wish

    if wifi:
        yield Wish("free Wi-Fi", lambda venue: venue.wifi)
    if staff_support:
        yield Wish("help from staff", lambda venue: venue.staff_support)
    if booking:
        yield Wish("booking", lambda venue: venue.booking)
    if booking is False:
        yield Wish("no booking", lambda venue: None if venue.booking is None else not venue.booking)


def _remarks(shown: "list[Venue]", unsure: int, form: VenueFormat) -> None:
    """What a file for other programs has no place for."""
    from diplan.judge.venues import spot
    from diplan.plan import NETWORK

    of = len(shown)
    nowhere = sum(spot(venue) is None for venue in shown)
    networks = sum(venue.type == NETWORK for venue in shown)
    if nowhere and form is VenueFormat.geojson:
        remark(f"{nowhere} of {of} have no coordinates, so they are left out")
    if networks and form is VenueFormat.hsds:
        remark(f"{networks} of {of} are totals of several places, so they are left out")
    if unsure:
        remark(f"{unsure} more may match: not enough is known of them")


def start_of(written: str, plan: "Plan") -> "tuple[Spot, str]":
    """The spot that `--near` names, and what to call it."""
    from diplan.checks.venues import LATITUDES, LONGITUDES
    from diplan.ground.geography import Spot
    from diplan.judge.venues import spot

    degrees = _DEGREES.fullmatch(written.strip())
    if degrees:
        north, east = float(degrees[1]), float(degrees[2])
        inside = LATITUDES[0] <= north <= LATITUDES[1] and LONGITUDES[0] <= east <= LONGITUDES[1]
        if not inside:
            message = f'--near: "{written}" is not in the United Kingdom'
            raise OptionError(message, "write degrees north, then degrees east: 53.0027,-2.1794")
        return Spot(north, east), f"{degrees[1]}, {degrees[2]}"
    named = _named(written, plan)
    if not named:
        close = suggest(written, [venue.id for venue in plan.venues])
        otherwise = "nothing is looked up on the network: give LAT,LON, such as 53.0027,-2.1794"
        message = f'--near: no place of the plan has the id or the postcode "{written}"'
        raise OptionError(message, did_you_mean(close, otherwise))
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
