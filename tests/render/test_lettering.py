"""Letters: texts in lines, none too wide, nothing left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplan.render.lettering import MOST_LINES, broadest, width, wrapped


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("halve to 12% by 2020", 1000, ("halve to 12% by 2020",)),
        ("halve  to\n12% by 2020", 90, ("halve to", "12% by", "2020")),
        ("", 90, ()),
        ("Antidisestablishment", 60, ("Antidis", "establis", "hment")),
    ],
)
def test_lines_are_broken_between_words(text: str, room: float, lines: tuple[str, ...]) -> None:
    """Lines end between words; a word too long for a line is broken at any letter."""
    assert wrapped(text, room) == lines


@given(st.text(max_size=200), st.floats(40, 400))
def test_no_line_is_too_wide_and_no_letter_lost(text: str, room: float) -> None:
    """However narrow the room, every letter is there, unless the lines are too many."""
    lines = wrapped(text, room)

    assert broadest(lines) <= room
    assert len(lines) <= MOST_LINES
    if not lines or not lines[-1].endswith("…"):
        whole = "".join(wrapped(text, 1e9))
        assert "".join("".join(lines).split()) == "".join(whole.split())


def test_too_many_lines_end_in_an_ellipsis() -> None:
    """A text of 100,000 letters fills its lines, and the last one says that there is more."""
    lines = wrapped("to get people online " * 5000, 90, 3)

    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert broadest(lines) <= 90


def test_letters_of_other_scripts_have_room() -> None:
    """A wide letter counts as wide, and an accent that stands on another letter not at all."""
    assert width("漢") > width("W") > width("n") > width("i")
    assert width("e\u0301") == width("e")
