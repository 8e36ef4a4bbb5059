"""Pictures in a real browser: letters of a real font, on windows from a telephone's to a desk's."""

from typing import Any

import pytest

from axe import Browser
from diplan.render.html import html
from diplan.render.templates import environment
from diplan.report.document import Document, Section
from drawings import GRADES, HARD
from pages import PLACES, SHARE, UNSURE

PICTURES = (*HARD, SHARE, UNSURE, PLACES, GRADES)

MEASURE = """
[...document.querySelectorAll("svg")].map(svg => {
  const room = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll("text")].map(text => {
    const {left, top, right, bottom} = text.getBoundingClientRect();
    return {words: text.textContent, left, top, right, bottom};
  });
  return {left: room.left, top: room.top, right: room.right, bottom: room.bottom,
          letter: 13 * room.width / svg.viewBox.baseVal.width, texts};
})
"""


@pytest.fixture(scope="module", name="page")
def _page() -> str:
    sections = [Section(one.title, [one]) for one in PICTURES]
    return html(Document("Pictures", [], sections), environment([], kind="html"))


@pytest.mark.parametrize("pixels", [320, 800, 1280])
def test_every_word_is_whole_and_legible(page: str, pixels: int, browser: Browser) -> None:
    """No word leaves its picture or meets another, and letters are about 10 pixels or more."""
    assert browser.width_at(page, pixels) <= pixels
    pictures: Any = browser.found(MEASURE)
    assert len(pictures) == len(PICTURES)
    for picture in pictures:
        assert 0 <= picture["left"] < picture["right"] <= pixels
        assert picture["letter"] >= 9.8  # beside a scroll bar
        texts = picture["texts"]
        for at, text in enumerate(texts):
            assert picture["left"] - 0.5 <= text["left"], text["words"]
            assert text["right"] <= picture["right"] + 0.5, text["words"]
            assert text["bottom"] <= picture["bottom"] + 0.5, text["words"]
            assert picture["top"] <= text["top"] + 0.5, text["words"]
            assert [other["words"] for other in texts[:at] if meet(text, other)] == []


def meet(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two texts overlap by more than a pixel."""
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    return across > 1 and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 1
