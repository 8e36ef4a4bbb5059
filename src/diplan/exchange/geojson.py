"""Places for maps: a FeatureCollection by RFC 7946. Coordinates are degrees east, then north.

Only places with coordinates are in it, each under the id that the plan gives it. What is not known
is null.
"""

import json
from collections.abc import Iterable
from typing import Any

from diplan.plan import Venue
from diplan.report.venues import record


def geojson(venues: Iterable[Venue]) -> str:
    """The places that have coordinates, as GeoJSON; the same bytes for the same places."""
    features = [
        feature(venue)
        for venue in venues
        if venue.latitude is not None and venue.longitude is not None
    ]
    whole = {"type": "FeatureCollection", "features": features}
    return json.dumps(whole, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def feature(venue: Venue) -> dict[str, Any]:
    """A place as a feature."""
    told = record(venue)
    north, east = told.pop("latitude"), told.pop("longitude")
    return {
        "type": "Feature",
        "id": told.pop("id"),
        "geometry": {"type": "Point", "coordinates": [east, north]},
        "properties": told,
    }
