"""Bars: every portion is seen, told apart without colour, and named beneath."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from conftest import Golden
from diplan.render.bars import svg
from diplan.render.shapes import WIDTH
from diplan.report.document import Bar, Portion, Tone
from drawings import GRADES, SVG, labels, overlap

GOLDEN = Path(__file__).parent / "golden"
BARS = st.builds(
    Bar,
    st.text(max_size=10),
    st.text(max_size=20),
    st.text(max_size=20),
    st.lists(
        st.builds(
            Portion,
            st.text(max_size=30) | st.just("a long word or two " * 9),
            st.integers(0, 500) | st.just(10**12),
            st.sampled_from(Tone),
        ),
        max_size=9,
    ),
)


def drawn(bar: Bar) -> ET.Element:
    """A bar as it is read back."""
    return ET.fromstring(svg(bar))  # noqa: S314 - our own


def portions(picture: ET.Element) -> list[tuple[float, float]]:
    """From where to where each portion of a bar reaches."""
    return [
        (float(one.get("x", "")), float(one.get("x", "")) + float(one.get("width", "")))
        for one in picture.findall(f"{SVG}rect")
    ]


def test_the_picture_is_known(golden: Golden) -> None:
    """The grades of a plan, as they were looked at."""
    golden(GOLDEN / "bar.svg", svg(GRADES) + "\n")


def test_nothing_to_count_is_no_picture() -> None:
    """Without portions, or with empty ones only, there is no bar."""
    assert svg(GRADES._replace(portions=())) == ""
    assert svg(GRADES._replace(portions=[Portion("none", 0, Tone.GOOD)])) == ""


def test_one_of_five_hundred_is_seen() -> None:
    """The smallest portion is as wide as a pen's stroke or more, and has its number."""
    most = (Portion("done", 499, Tone.GOOD), Portion("missed", 1, Tone.POOR))
    picture = drawn(GRADES._replace(portions=most))
    (_, _), (start, end) = portions(picture)
    said = [label.lines[0] for label in labels(picture)]

    assert end - start >= 2
    assert said == ["499", "1", "499 done", "1 missed"]


def test_portions_are_told_apart_without_colour() -> None:
    """Neighbours have different patterns, and one grade has the same in every bar."""

    def without_colour(bar: Bar) -> list[str]:
        legend = re.sub(r"#[0-9a-f]{6}", "", svg(bar).partition('class="legend"')[2])
        signs = re.sub(r'(x|y|x1|x2|y1|y2|width|height)="[\d.]+"', "", legend)
        return [re.sub(r"<text.*", "", sign) for sign in signs.split("</text>")[:-1]]

    every = without_colour(GRADES)
    fewer = GRADES.portions[0]._replace(number=0), *GRADES.portions[1:]

    assert len({*every}) == 5
    assert without_colour(GRADES._replace(portions=fewer))[1:] == every[2:]


@given(BARS)
def test_every_bar_is_legible(bar: Bar) -> None:
    """Portions follow each other inside the picture, and every word is whole and on no other."""
    text = svg(bar)
    assert text == svg(bar)
    if text:
        picture = drawn(bar)
        height = float(picture.get("viewBox", "").split()[3])
        at = 0.0
        for start, end in portions(picture):
            assert at <= start < end <= WIDTH
            at = end
        boxes = [label.box for label in labels(picture)]
        for index, box in enumerate(boxes):
            assert -2.2 <= box.left <= box.right <= WIDTH + 2.2
            assert 0 <= box.top <= box.bottom <= height
            assert not any(overlap(box, other) for other in boxes[:index])
