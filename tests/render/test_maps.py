"""Maps: places where they are, legible, well formed, and the same bytes each time."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Golden
from diplan.ground.geography import Spot, kilometres
from diplan.render.lettering import Box
from diplan.render.maps import (
    FOOT,
    LOWEST,
    MOST_LABELS,
    TALLEST,
    flat,
    round_length,
    scale_bars,
    svg,
)
from diplan.render.shapes import WIDTH
from diplan.report.document import Map, Pin, Table
from drawings import SVG, group, labels, overlap
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

    assert (x, y) == (WIDTH / 2, (LOWEST - FOOT) / 2)
    assert WIDTH / layout.scale >= 1


@given(PINS)
def test_every_place_is_inside(pins: list[Pin]) -> None:
    """Every place is drawn within the frame, north above south and west left of east."""
    layout = flat(pins)
    spots = [layout.at(pin) for pin in pins]

    assert LOWEST <= layout.height <= TALLEST
    assert all(0 < x < WIDTH and 0 < y < layout.height - FOOT for x, y in spots)
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
def test_the_bars_are_round_and_fit(scale: float) -> None:
    """Each scale bar is 1, 2 or 5 of a unit, and between an eighth and a third of the width."""
    for length, words in scale_bars(scale):
        assert re.match(r"0?\.?0*[125]0*(e[+]\d+)? (m|km|yards|miles?)$", words)
        assert WIDTH / 8 < length <= WIDTH / 3 + 1e-9


@pytest.mark.parametrize(
    ("most", "round_one"), [(1, 1), (1.99, 1), (4.9, 2), (5, 5), (99, 50), (0.3, 0.2)]
)
def test_round_lengths(most: float, round_one: float) -> None:
    """The longest round length that fits."""
    assert round_length(most) == pytest.approx(round_one)


def test_distances_are_in_metres_and_in_miles() -> None:
    """A map has a bar in metric units and one in miles, in yards where a mile is far too long."""
    near, far = drawn(Pin("", 53, -2)), drawn(Pin("", 53, -2), Pin("", 54, -2))

    assert re.findall(r">(\d[\d.]* \w+)<", near) == ["200 m", "0.2 miles"]
    assert re.findall(r">(\d[\d.]* \w+)<", far) == ["50 km", "20 miles"]
    assert [words for _, words in scale_bars(2000)] == ["50 m", "50 yards"]
    assert ">North<" in near


def test_a_thousand_places_are_drawn() -> None:
    """A map of very many places has them all, and says how many have no room for a number."""
    picture = drawn(*(Pin(f"Place {at}", 52 + at / 1e3, -2 + at % 7 / 10) for at in range(1000)))
    silent = re.findall(r">(\d+) places without room for a number<", picture)
    numbers = re.findall(r"\d+", " ".join(re.findall(r'fill="#fff">(.*?)</text>', picture)))

    assert len({*numbers} - {"360"}) >= 1000 - int(silent[0])
    assert 0 < len(re.findall(r">Place \d+<", picture)) <= MOST_LABELS


def test_places_at_one_spot_share_a_dot() -> None:
    """Where places are at one address, their numbers stand together, without names."""
    picture = drawn(*(Pin(f"Place {at}", 53, -2) for at in range(3)), Pin("Far", 53.1, -2.1))

    assert ">1, 2, 3<" in picture
    assert ">Far<" in picture
    assert "Place" not in picture.partition("</desc>")[2]
    assert "without room" not in picture


def test_places_close_together_are_told_apart() -> None:
    """Places too close for their numbers are small dots, each with a line to its number."""
    near = [Pin(f"Place {at}", 53 + at / 300, -2) for at in range(3)]
    picture = drawn(*near, Pin("Far", 53.2, -2))

    assert picture.count("<circle") == 3
    assert {"1", "2", "3", "4"} <= {*re.findall(r'fill="#fff">(\d)<', picture)}
    assert picture.count('stroke-width="1.2"') == 3


@given(PINS)
def test_no_name_covers_anything(pins: list[Pin]) -> None:
    """No name stands on a number, on a place or on another name, and none leaves the map."""
    picture = ET.fromstring(drawn(*pins))  # noqa: S314 - our own
    layout = flat(pins)
    names, dots = labels(group(picture, "labels")), group(picture, "markers")
    boxes = [label.box for label in names]
    taken = [
        Box(x, y, x + float(one.get("width", 0)), y + float(one.get("height", 0)))
        for one in dots.iter(f"{SVG}rect")
        for x, y in [(float(one.get("x", 0)), float(one.get("y", 0)))]
    ]
    taken += [Box(x - 3, y - 3, x + 3, y + 3) for x, y in map(layout.at, pins)]
    for at, box in enumerate(boxes):
        assert not any(overlap(box, other) for other in (*boxes[:at], *taken))
        assert 0 <= box.left <= box.right <= WIDTH
        assert 0 <= box.top <= box.bottom <= layout.height - FOOT
