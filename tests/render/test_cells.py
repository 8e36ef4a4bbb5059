"""Bars: shares that look alike are alike."""

from fractions import Fraction
from itertools import pairwise

import pytest

from diplan.render.cells import bar


@pytest.mark.parametrize(
    ("per_cent", "drawn"),
    [
        (-7, "░░░░ −7%"),
        (0, "░░░░ 0%"),
        (1, "▏░░░ 1%"),
        (12, "▌░░░ 12%"),
        (13, "▌░░░ 13%"),
        (25, "█░░░ 25%"),
        (26, "█░░░ 26%"),
        (50, "██░░ 50%"),
        (99, "███▉ 99%"),
        (100, "████ 100%"),
        (117, "████ 117%"),
    ],
)
def test_bars(per_cent: int, drawn: str) -> None:
    """Neighbours look alike; above 0 something shows, and only 100 per cent fills the bar."""
    assert bar(Fraction(per_cent, 100)) == drawn


def test_no_bar_where_nothing_is_known() -> None:
    """A share that is not known has no bar."""
    assert bar(None) == "-"


def test_a_bar_never_falls_as_the_share_rises() -> None:
    """Each further per cent draws as much or an eighth of a block more."""
    sizes = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
    drawn = [
        sum(sizes.index(sign) for sign in bar(Fraction(share, 100))[:4].rstrip("░"))
        for share in range(101)
    ]

    assert all(0 <= later - earlier <= 1 for earlier, later in pairwise(drawn))
