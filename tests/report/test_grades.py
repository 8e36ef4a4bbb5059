"""How grades are coloured."""

from typing import Any

import pytest

from builders import action, plan
from diplan.ground.period import period
from diplan.judge.action import standing
from diplan.report.document import Tone
from diplan.report.wording import grade

RAG = [
    {"grade": "Green", "means": "on-course"},
    {"grade": "Red", "means": "off-course"},
    {"grade": "Complete", "means": "done"},
    {"grade": "On hold", "means": "paused"},
]
USUAL = ("Fully Achieved", "On-Track", "Slipped", "Not Achieved")


@pytest.mark.parametrize(
    ("scale", "tones"),
    [
        (USUAL, [Tone.GOOD, Tone.GOOD, Tone.FAIR, Tone.POOR]),
        ((RAG[2], RAG[0], RAG[1], RAG[3]), [Tone.GOOD, Tone.GOOD, Tone.FAIR, Tone.NONE]),
        (("Done", "Partly"), [Tone.GOOD, Tone.NONE]),
    ],
)
def test_tones(scale: tuple[Any, ...], tones: list[Tone]) -> None:
    """A grade has the colour of what it means, wherever it stands on the scale."""
    found = []
    for entry in scale:
        name = entry if isinstance(entry, str) else entry["grade"]
        own = action(lead=["x"], due="2020", updates=[{"date": "2018", "grade": name}])
        whole = plan(actions=(own,), scale=scale)
        found.append(grade(standing(own, period("2018-12"), whole.cover)).tone)

    assert found == tones
