"""Distances on the earth, taken as a ball: right to half a per cent, enough for signposting.

The formula is the haversine, which stays exact where two places are close together.
"""

from collections.abc import Sequence
from math import asin, atan2, cos, degrees, inf, radians, sin, sqrt
from typing import NamedTuple

RADIUS = 6371.0088
"""The earth's mean radius in kilometres (IUGG)."""


class Spot(NamedTuple):
    """A spot on the earth, in degrees north and degrees east (WGS 84)."""

    north: float
    east: float


def kilometres(start: Spot, end: Spot) -> float:
    """The distance from one spot to another along a great circle, in kilometres."""
    half_north = radians(end.north - start.north) / 2
    half_east = radians(end.east - start.east) / 2
    across = cos(radians(start.north)) * cos(radians(end.north)) * sin(half_east) ** 2
    return 2 * RADIUS * asin(min(1.0, sqrt(sin(half_north) ** 2 + across)))


_COMPASS = (
    "north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west",
)  # fmt: skip
_TOGETHER = 0.025
"""Kilometres within which two places are next to each other: coordinates are hardly better."""
_MILE = 1.609344


class Neighbour(NamedTuple):
    """The nearest other place: which of the list it is, how far away and in which direction.

    `direction` is the way from it to the place whose neighbour it is.
    """

    place: int
    kilometres: float
    direction: str

    def told(self, name: str) -> str:
        """Where a place is, by its neighbour's name: `300 metres north of City Library`."""
        if self.kilometres < _TOGETHER:
            return f"next to {name}"
        return f"{distance_in_words(self.kilometres)} {self.direction} of {name}"


def direction(start: Spot, end: Spot) -> str:
    """The way from one spot to another as one of the eight points of the compass."""
    east = radians(end.east - start.east)
    across = sin(east) * cos(radians(end.north))
    up = cos(radians(start.north)) * sin(radians(end.north))
    up -= sin(radians(start.north)) * cos(radians(end.north)) * cos(east)
    return _COMPASS[round(degrees(atan2(across, up)) / 45) % 8]


def nearest(spots: Sequence[Spot]) -> list[Neighbour | None]:
    """The nearest other place of each; of two as near, the first. None where there is no other.

    Each is held against others only as far north and south as its nearest so far.
    """
    order = sorted(range(len(spots)), key=lambda index: spots[index].north)
    found: list[Neighbour | None] = [None] * len(spots)
    for rank, index in enumerate(order):
        best = (inf, index)
        for ranks in (range(rank + 1, len(order)), range(rank - 1, -1, -1)):
            for other in map(order.__getitem__, ranks):
                north = abs(spots[other].north - spots[index].north)
                if radians(north) * RADIUS > best[0]:
                    break
                best = min(best, (kilometres(spots[index], spots[other]), other))
        if best[1] != index:
            away, other = best
            found[index] = Neighbour(other, away, direction(spots[other], spots[index]))
    return found


def distance_in_words(kilometres: float) -> str:
    """A distance for somebody who walks or rides: `300 metres`, `1.2 miles (2 km)`.

    It is rounded to 50 metres below a kilometre, else to a tenth.
    """
    if kilometres < 0.975:
        return f"{max(50, round(kilometres * 20) * 50)} metres"
    miles, km = (f"{far:.1f}".removesuffix(".0") for far in (kilometres / _MILE, kilometres))
    return f"{miles} {'mile' if miles == '1' else 'miles'} ({km} km)"
