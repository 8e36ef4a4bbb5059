"""Maps: places where they are, legible, well formed, and the same bytes each time."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Golden
from diplan.ground.geography import Spot, kilometres
from diplan.render.maps import LOWEST, MOST_LABELS, TALLEST, WIDTH, bar, flat, svg
from diplan.report.document import Map, Pin, Table
from pages import PLACES

GOLDEN = Path(__file__).parent / "golden"
PINS = st.lists(
    st.builds(Pin, st.text(max_size=40), st.floats(49.5, 61), st.floats(-8, 2)),
    min_size=1,
    max_size=12,
)


def drawn(*pins: Pin) -> str:
    """A map of these places."""
    return svg(Map("here", "Here", "", pins, Table((), [])))


def test_the_picture_is_known(golden: Golden) -> None:
    """A map of three places, as it is known."""
    golden(GOLDEN / "map.svg", svg(PLACES) + "\n")


def test_no_places_no_map() -> None:
    """Without places there is no picture."""
    assert drawn() == ""


def test_one_place_stands_in_the_middle() -> None:
    """One place alone is in the middle of a kilometre or more."""
    layout = flat([Pin("Alone", 53, -2)])
    x, y = layout.at(Pin("Alone", 53, -2))

    assert (x, y) == (WIDTH / 2, (LOWEST - 40) / 2)
    assert WIDTH / layout.scale >= 1


@given(PINS)
def test_every_place_is_inside(pins: list[Pin]) -> None:
    """Every place is drawn within the frame, north above south and west left of east."""
    layout = flat(pins)
    spots = [layout.at(pin) for pin in pins]

    assert LOWEST <= layout.height <= TALLEST
    assert all(0 < x < WIDTH and 0 < y < layout.height - 40 for x, y in spots)
    for one, (x, y) in zip(pins, spots, strict=True):
        for other, (to_x, to_y) in zip(pins, spots, strict=True):
            assert one.north <= other.north or y <= to_y
            assert one.east <= other.east or x >= to_x


@given(PINS)
def test_whatever_the_label_it_is_xml(pins: list[Pin]) -> None:
    """No label breaks the picture, and it asks for nothing from outside."""
    picture = drawn(*pins)

    assert ET.fromstring(picture).tag.endswith("svg")  # noqa: S314 - our own
    assert re.findall(r"(?:href|src|url)\b", re.sub(r">[^<]*<", "><", picture)) == []


@given(
    st.floats(50, 58), st.floats(-6, 1),
    st.lists(st.tuples(st.floats(-0.2, 0.2), st.floats(-0.2, 0.2)), min_size=2, max_size=2),
)  # fmt: skip
def test_the_scale_is_true(north: float, east: float, steps: list[tuple[float, float]]) -> None:
    """Over a county a length on the map is the distance on the earth, to half a per cent."""
    one, other = (Pin("", north + up, east + across) for up, across in steps)
    layout = flat([one, other])
    (x, y), (to_x, to_y) = layout.at(one), layout.at(other)
    length = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5 / layout.scale
    away = kilometres(Spot(one.north, one.east), Spot(other.north, other.east))

    assert length == pytest.approx(away, rel=0.005, abs=1e-6)


@given(st.floats(0.01, 1000))
def test_the_bar_is_round_and_fits(scale: float) -> None:
    """A scale bar is 1, 2 or 5 of a unit, and between an eighth and a third of the width."""
    length = bar(scale)

    assert f"{length:e}"[0] in "125"
    assert WIDTH / 8 < length * scale <= WIDTH / 3 + 1e-9


def test_a_thousand_places_are_numbers() -> None:
    """A map of very many places is drawn in no time, with names for the first of them."""
    picture = drawn(*(Pin(f"Place {at}", 52 + at / 1e3, -2 + at % 7 / 10) for at in range(1000)))

    assert len(re.findall("<circle", picture)) == 1000
    assert 0 < len(re.findall(r">Place \d+<", picture)) <= MOST_LABELS


def test_labels_do_not_cover_each_other() -> None:
    """Where there is no room for a label the number stands alone."""
    crowd = [Pin(f"Place {at}", 53 + at / 1e5, -2) for at in range(9)]
    picture = drawn(*crowd, Pin("Far", 53.1, -2.1))
    labels = re.findall(r">(Place \d|Far)<", picture)

    assert "Far" in labels
    assert len(labels) < 10
    assert len(re.findall("<circle", picture)) == 10
