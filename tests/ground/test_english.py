"""Counts, plurals, lists, dates and numbers in words."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from diplan.ground.english import agree, capital, count, either, listed, number, plural

SRC = Path(__file__).parents[2] / "src" / "diplan"


@pytest.mark.parametrize(
    ("howmany", "thing", "said"),
    [
        (0, "action", "0 actions"),
        (1, "action", "1 action"),
        (2, "priority", "2 priorities"),
        (2, "day", "2 days"),
        (3, "branch", "3 branches"),
        (1, "piece of advice", "1 piece of advice"),
        (1200, "piece of advice", "1,200 pieces of advice"),
        (2, "action with a budget", "2 actions with a budget"),
    ],
)
def test_a_count_has_its_noun(howmany: int, thing: str, said: str) -> None:
    """One thing is singular; none, and more than one, are plural."""
    assert count(howmany, thing) == said


def test_an_irregular_plural_is_given() -> None:
    """A plural that no rule makes is given by whoever counts."""
    assert count(2, "person", "people") == "2 people"
    assert count(1, "person", "people") == "1 person"


def test_verbs_agree() -> None:
    """A verb goes with its number."""
    assert [agree(howmany, "is", "are") for howmany in (0, 1, 2)] == ["are", "is", "are"]


def test_lists() -> None:
    """Parts stand between commas, and before the last one stands a word."""
    assert listed([]) == "none"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert either(["a", "b"]) == "a or b"
    assert plural("measure of success") == "measures of success"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Fraction(1300), "1,300"),
        (Fraction(1, 8), "0.13"),
        (Fraction(-1, 8), "−0.13"),
        (Fraction(-1, 1000), "0"),
        (Fraction(12345, 10), "1,234.5"),
        (Fraction(0), "0"),
    ],
)
def test_numbers(value: Fraction, said: str) -> None:
    """A number has commas and at most two decimals; halves go away from zero, and 0 has no sign."""
    assert number(value) == said


def test_a_capital() -> None:
    """Only the first letter changes, and an empty text stays empty."""
    assert [capital(text) for text in ("the NHS", "")] == ["The NHS", ""]


def test_nobody_writes_a_day_by_hand() -> None:
    """No other module puts a month's name, a number's commas and decimals, or a capital first."""
    by_hand = re.compile(r"month_name\[|%[Bb]\b|\[(?:0|:1)\]\.upper\(\)|\{whole:,\}")

    for path in SRC.rglob("*.py"):
        if path.name != "english.py":
            assert not by_hand.search(path.read_text(encoding="utf-8")), path


def test_nobody_makes_a_plural_by_hand() -> None:
    """No other module adds an `s`, or the `th` of an ordinal, to what it counts."""
    by_hand = re.compile(r"""(["'])\1 if [^}]*== 1 else (["'])s\2|\}(?:th|st|nd|rd)\b""")

    for path in SRC.rglob("*.py"):
        if path.name != "english.py":
            assert not by_hand.search(path.read_text(encoding="utf-8")), path
