"""Distances: what is known of a few, and the laws that hold for all."""

from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplan.ground.geography import (
    RADIUS,
    Neighbour,
    Spot,
    direction,
    distance_in_words,
    kilometres,
    nearest,
)

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


@pytest.mark.parametrize(
    ("north", "east", "way"),
    [
        (1, 0, "north"), (1, 1.7, "north-east"), (0, 1, "east"), (-1, 1.7, "south-east"),
        (-1, 0, "south"), (-1, -1.7, "south-west"), (0, -1, "west"), (1, -1.7, "north-west"),
    ],
)  # fmt: skip
def test_points_of_the_compass(north: float, east: float, way: str) -> None:
    """At 53 degrees a step to the east is 0.6 of one to the north."""
    assert direction(Spot(53, -2), Spot(53 + north / 100, -2 + east / 100)) == way


@given(st.lists(st.builds(Spot, st.floats(50, 58), st.floats(-6, 2)), max_size=12))
def test_the_nearest_is_the_nearest(spots: list[Spot]) -> None:
    """No other place is nearer than the nearest, and a place alone has none."""
    for index, neighbour in enumerate(nearest(spots)):
        others = [kilometres(spots[index], at) for at in spots[:index] + spots[index + 1 :]]
        assert (neighbour is None) == (not others)
        if neighbour:
            assert neighbour.place != index
            assert neighbour.kilometres == min(others)
            assert neighbour.direction == direction(spots[neighbour.place], spots[index])


def test_many_places_are_not_held_against_all() -> None:
    """Of places along a road each is told from the one before or after it."""
    road = [Spot(50 + at / 1000, -2) for at in range(5000)]
    found = nearest(road)

    assert {abs(at.place - place) for place, at in enumerate(found) if at} == {1}


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (0.0, "next to the Library"), (0.024, "next to the Library"),
        (0.026, "50 metres west of the Library"), (0.31, "300 metres west of the Library"),
        (0.97, "950 metres west of the Library"), (0.98, "0.6 miles (1 km) west of the Library"),
        (1.609, "1 mile (1.6 km) west of the Library"),
        (12.34, "7.7 miles (12.3 km) west of the Library"),
    ],
)  # fmt: skip
def test_where_a_place_is(away: float, words: str) -> None:
    """A place is told by the nearest other, in metres that one can pace, then in miles."""
    assert Neighbour(0, away, "west").told("the Library") == words


@given(st.floats(0.025, 100))
def test_a_distance_is_never_nought(away: float) -> None:
    """However it is rounded, a distance is more than 0."""
    assert not distance_in_words(away).startswith("0 ")
