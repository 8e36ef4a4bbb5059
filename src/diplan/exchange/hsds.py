"""Places in the shape of HSDS 3, on which Open Referral UK builds: lists of its objects.

Each object fits HSDS's schema, and what is not known is left out: HSDS has no null. A
network is no location, and is left out. Ids are UUIDs made from the plan's id and the place's, so
they are the same every time.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID, uuid5

from diplan.ground.hours import DAYS, HOLIDAYS, OpeningTimes, digits
from diplan.judge.venues import COUNTS, opening
from diplan.plan import NETWORK, Plan, Venue
from diplan.report.venues import LABELS

NAMESPACE = UUID("6f2ac1d0-3c55-5a5e-9a53-1b7a1f6d2e90")
"""Of all ids that diplan makes. It is never changed: other systems keep the ids."""

STATUS = {"open": "active", "planned": "inactive", "closed": "defunct"}
"""HSDS's words for how a service stands."""


def hsds(venues: Sequence[Venue], plan: Plan) -> str:
    """The places as HSDS-shaped JSON; the same bytes for the same places."""
    places = [venue for venue in venues if venue.type != NETWORK]
    names = dict.fromkeys(place.organisation for place in places if place.organisation)
    whole = {
        "organizations": [
            {
                "id": _id(plan, "organization", name),
                "name": name,
                "description": f"Has places that are listed in {plan.cover.title}",
            }
            for name in names
        ],
        "services": [_service(place, plan) for place in places],
        "locations": [_location(place, plan) for place in places],
        "service_at_locations": [
            {
                "id": _id(plan, "service_at_location", place.id),
                "service_id": _id(plan, "service", place.id),
                "location_id": _id(plan, "location", place.id),
                "description": None,
            }
            for place in places
        ],
    }
    return json.dumps(_said(whole), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _said(value: Any) -> Any:
    """A value without what is not known: HSDS has no null."""
    if isinstance(value, dict):
        return {key: _said(part) for key, part in value.items() if part is not None}
    return [_said(part) for part in value] if isinstance(value, list) else value


def _id(plan: Plan, kind: str, name: str) -> str:
    return str(uuid5(NAMESPACE, f"{plan.cover.id}/{kind}/{name}"))


def _organisation(venue: Venue, plan: Plan) -> str | None:
    return _id(plan, "organization", venue.organisation) if venue.organisation else None


def _service(venue: Venue, plan: Plan) -> dict[str, Any]:
    """Getting online at a place."""
    needs_booking = {True: "You have to book.", False: "You do not need to book.", None: None}
    return {
        "id": _id(plan, "service", venue.id),
        "organization_id": _organisation(venue, plan),
        "name": f"Getting online at {venue.name}",
        "description": "; ".join(_offered(venue)) or None,
        "url": venue.url,
        "status": STATUS[venue.status],
        "application_process": needs_booking[venue.booking],
        "alert": "Planned, and not open yet." if venue.status == "planned" else None,
    }


def _offered(venue: Venue) -> Iterator[str]:
    """What is known of what there is."""
    for key in COUNTS:
        if (number := getattr(venue, key)) is not None:
            yield f"{LABELS[key]}: {number:,}"
    if venue.wifi is not None:
        yield f"{LABELS['wifi']}: {'yes' if venue.wifi else 'no'}"
    if venue.staff_support is not None:
        yield f"{LABELS['staff_support']}: {'yes' if venue.staff_support else 'no'}"


def _location(venue: Venue, plan: Plan) -> dict[str, Any]:
    location = _id(plan, "location", venue.id)
    access = {
        "id": _id(plan, "accessibility", venue.id),
        "location_id": location,
        "description": venue.accessibility,
        "details": None,
        "url": None,
    }
    return {
        "id": location,
        "location_type": "physical",
        "organization_id": _organisation(venue, plan),
        "name": venue.name,
        "description": "; ".join(filter(None, (venue.notes, _rest(venue)))) or None,
        "url": venue.url,
        "latitude": None if venue.latitude is None else float(venue.latitude),
        "longitude": None if venue.longitude is None else float(venue.longitude),
        "external_identifier": venue.id,
        "external_identifier_type": "diplan",
        "addresses": [_address(venue, plan, location)] if _addressed(venue) else [],
        "accessibility": [access] if venue.accessibility else [],
        "schedules": list(_schedules(venue, plan, location)),
    }


def _addressed(venue: Venue) -> bool:
    return bool(venue.address_1 and venue.city and venue.postal_code)


def _rest(venue: Venue) -> str:
    """The parts of an address of which HSDS would demand the others."""
    parts = (venue.address_1, venue.city, venue.postal_code)
    return "" if _addressed(venue) else ", ".join(filter(None, parts))


def _address(venue: Venue, plan: Plan, location: str) -> dict[str, Any]:
    return {
        "id": _id(plan, "address", venue.id),
        "location_id": location,
        "address_1": venue.address_1,
        "city": venue.city,
        "state_province": "",  # demanded, and no part of a British address
        "postal_code": venue.postal_code,
        "country": "GB",
        "address_type": "physical",
    }


def _schedules(venue: Venue, plan: Plan, location: str) -> Iterator[dict[str, Any]]:
    """A schedule for each time at which a place opens, with the days on which it does.

    Hours in words are a schedule with a description alone. HSDS has no way to name holidays, so
    what is said of them stands in `notes`.
    """
    if not venue.opening_hours:
        return
    blank = {
        "location_id": location, "freq": None, "wkst": None, "byday": None, "opens_at": None,
        "closes_at": None, "description": venue.opening_hours, "notes": None,
    }  # fmt: skip
    hours = opening(venue)
    if hours is None:
        yield {"id": _id(plan, "schedule", venue.id), **blank}
        return
    notes = "; ".join(f"{HOLIDAYS[name]}: {_times(spans)}" for name, spans in
                      hours.holidays.items())  # fmt: skip
    times = dict.fromkeys(span for day in hours.week for span in day)
    for start, end in times:
        days = [DAYS[at].upper() for at, day in enumerate(hours.week) if (start, end) in day]
        yield {
            "id": _id(plan, "schedule", f"{venue.id}/{digits(start)}-{digits(end)}"),
            **blank,
            "freq": "WEEKLY",
            "wkst": "MO",
            "byday": ",".join(days),
            "opens_at": digits(start),
            "closes_at": digits(end),
            "notes": notes or None,
        }


def _times(spans: OpeningTimes) -> str:
    return ", ".join(f"{digits(span.start)}-{digits(span.end)}" for span in spans) or "closed"
