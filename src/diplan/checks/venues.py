"""Rules on places."""

import re
from collections.abc import Iterator
from decimal import Decimal

from diplan.ground.errors import BadTextError
from diplan.ground.hours import hours
from diplan.plan import Plan, Venue
from diplan.plan.capacity import capacity
from diplan.plan.plan import HOME
from diplan.problems import Finding, Place

POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}", re.ASCII)
"""The form of a British postcode, with its space."""

LATITUDES, LONGITUDES = (49, 61), (-9, 2)
"""Degrees between which the United Kingdom lies."""


def _where(east: Decimal, *, swapped: bool) -> str:
    if swapped:
        return "swap latitude and longitude"
    if LONGITUDES[1] < east <= -LONGITUDES[0]:
        return "is the minus sign of the longitude missing?"
    return "latitude is about 50 to 60 here, longitude about -8 to 2"


def venues(venue: Venue, index: int, country: str) -> Iterator[Finding]:
    """Check the coordinates, the postcode and the opening hours of a place.

    Where coordinates lie and what a postcode looks like is known for Great Britain only.
    """
    north, east = venue.latitude, venue.longitude
    if (north is None) != (east is None):
        yield Finding(
            "coordinates-out-of-country",
            "there is only one of latitude and longitude",
            Place("venues", index, ("longitude" if north is None else "latitude",)),
            "give both, or neither",
        )
    elif north is not None and east is not None and country == HOME:
        inside = LATITUDES[0] <= north <= LATITUDES[1] and LONGITUDES[0] <= east <= LONGITUDES[1]
        swapped = LATITUDES[0] <= east <= LATITUDES[1] and LONGITUDES[0] <= north <= LONGITUDES[1]
        if not inside:
            yield Finding(
                "coordinates-out-of-country",
                f"{north}, {east} is not in the United Kingdom",
                Place("venues", index, ("latitude",)),
                _where(east, swapped=swapped),
            )
    code = venue.postal_code
    if code and country == HOME and not POSTCODE.fullmatch(code):
        tidy = re.sub(r"\s", "", code).upper()
        tidy = f"{tidy[:-3]} {tidy[-3:]}"
        yield Finding(
            "postcode-form",
            f'"{code}" is not a postcode',
            Place("venues", index, ("postal_code",)),
            f"write {tidy}" if POSTCODE.fullmatch(tidy) else "write it like ST4 1HH",
        )
    if venue.opening_hours:
        try:
            hours(venue.opening_hours)
        except BadTextError as error:
            place = Place("venues", index, ("opening_hours",))
            yield Finding(error.code, str(error), place, error.hint)


def fed(plan: Plan) -> Iterator[Finding]:
    """Find indicators whose figure comes from the venues and is given by hand as well."""
    for index, indicator in enumerate(plan.indicators):
        worked_out = capacity(indicator.from_venues, plan.venues) if indicator.from_venues else None
        if indicator.from_venues and any(seen != worked_out for seen in indicator.observations):
            yield Finding(
                "figure-contradicts",
                "the figures come from the places, and are given here as well",
                Place("indicators", index, ("observations",)),
                "keep `from_venues:`, or the observations",
            )
