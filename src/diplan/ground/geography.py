"""Distances on the earth, taken as a ball: right to half a per cent, enough for signposting.

The formula is the haversine, which stays exact where two places are close together.
"""

from math import asin, cos, radians, sin, sqrt
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
