"""How grades are coloured."""

import pytest

from builders import action, plan
from diplan.ground.period import period
from diplan.judge.action import standing
from diplan.report.document import Tone
from diplan.report.wording import grade

USUAL = ("Fully Achieved", "On-Track", "Slipped", "Not Achieved")


@pytest.mark.parametrize(
    ("scale", "tones"),
    [
        (USUAL, [Tone.GOOD, Tone.GOOD, Tone.FAIR, Tone.POOR]),
        (("Done", "Partly", "Late", "Dropped"), [Tone.GOOD, Tone.FAIR, Tone.FAIR, Tone.POOR]),
        (("Done",), [Tone.GOOD]),
    ],
)
def test_tones(scale: tuple[str, ...], tones: list[Tone]) -> None:
    """On-Track has another colour than Slipped; grades of other scales go by their place."""
    found = []
    for name in scale:
        own = action(lead=["x"], due="2020", updates=[{"date": "2018", "grade": name}])
        whole = plan(actions=(own,), scale=scale)
        found.append(grade(standing(own, period("2018-12"), scale[0]), whole).tone)

    assert found == tones
