"""Places in texts, excerpts and suggestions."""

import pytest

from diplan.ground.text import NamedText, Span, excerpt, suggest


def test_excerpt_points_at_the_place() -> None:
    """The line is shown with its number, and carets stand beneath the place."""
    source = NamedText("x", "a: 1\nb: wrong # note\n")

    assert list(excerpt(source, Span(2, 4, 2, 9))) == ["  |", "2 | b: wrong # note", "  |    ^^^^^"]


def test_excerpt_shows_what_could_not_be_seen() -> None:
    """A terminal escape in the data is printed as its code point."""
    source = NamedText("x", "a: \x1b[31m")

    assert list(excerpt(source, Span(1, 4, 1, 5)))[1] == "1 | a: <U+001B>[31m"


def test_excerpt_of_a_long_line_is_cut_around_the_place() -> None:
    """Ten thousand characters are not printed for one."""
    source = NamedText("x", "a" * 5000 + "!" + "b" * 5000)
    lines = list(excerpt(source, Span(1, 5001, 1, 5002)))

    assert len(lines[1]) < 120
    assert lines[1][lines[2].index("^")] == "!"


def test_columns_count_characters_on_every_kind_of_line_end() -> None:
    """CRLF, LF and CR each end one line."""
    source = NamedText("x", "é\r\nb\rc\nd")

    assert source.span_at(source.text.index("d")) == Span(4, 1, 4, 2)
    assert source.lines == ["é", "b", "c", "d"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("offline-househols", "offline-households"),
        ("Offline Households", "offline-households"),
        ("work-clbus", "work-clubs"),
        ("nothing-like-it", None),
    ],
)
def test_suggestions(wrong: str, right: str | None) -> None:
    """A slip is recognised; what is like nothing gets no guess."""
    assert suggest(wrong, ["offline-households", "work-clubs", "e-forms"]) == right


def test_suggestions_among_thousands() -> None:
    """One slip is found among thousands of names without comparing them all."""
    names = {f"indicator-{number}" for number in range(10_000)}

    assert suggest("indcator-77", names) == "indicator-77"
    assert suggest("something-else", names) is None


def test_a_name_of_any_length_is_no_suggestion() -> None:
    """Neither a very long name nor very many of them fill the memory."""
    assert suggest("offline", ["x" * 40_000, "ofline"]) == "ofline"
    assert suggest("offline", [f"{at:070}" for at in range(10_000)] + ["ofline"]) is None
