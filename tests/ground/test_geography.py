"""Distances: what is known of a few, and the laws that hold for all."""

from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplan.ground.geography import RADIUS, Spot, kilometres

SPOTS = st.builds(Spot, st.floats(-90, 90), st.floats(-180, 180))
HALF = pi * RADIUS


@pytest.mark.parametrize(
    ("one", "other", "away"),
    [
        (Spot(0, 0), Spot(0, 180), HALF),
        (Spot(90, 0), Spot(-90, 77), HALF),
        (Spot(0, 0), Spot(0, 1), HALF / 180),
        (Spot(51.5074, -0.1278), Spot(48.8566, 2.3522), 343.6),
    ],
)
def test_known_distances(one: Spot, other: Spot, away: float) -> None:
    """Half of the way round, a degree of the equator, and London to Paris."""
    assert kilometres(one, other) == pytest.approx(away, rel=1e-3)


@given(SPOTS, SPOTS)
def test_there_and_back(one: Spot, other: Spot) -> None:
    """It is as far back as there, and nowhere farther than half round the earth."""
    assert kilometres(one, other) == pytest.approx(kilometres(other, one))
    assert 0 <= kilometres(one, other) <= HALF * (1 + 1e-9)
    assert kilometres(one, one) == 0


@given(SPOTS, SPOTS, SPOTS)
def test_no_way_round_is_shorter(one: Spot, between: Spot, other: Spot) -> None:
    """A stop on the way never makes it shorter."""
    round_about = kilometres(one, between) + kilometres(between, other)
    assert kilometres(one, other) <= round_about + 1e-3


@given(st.floats(49, 61), st.floats(-9, 2), st.floats(1e-4, 0.1))
def test_north_is_the_same_everywhere(north: float, east: float, step: float) -> None:
    """A step to the north is as long in Cornwall as in Shetland."""
    away = kilometres(Spot(north, east), Spot(north + step, east))
    assert away == pytest.approx(HALF * step / 180, rel=1e-6)
