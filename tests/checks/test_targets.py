"""Rules on targets that need a case of their own, beside the error gallery."""

import pytest

from builders import indicator
from diplan.checks.targets import targets
from diplan.problems import Place


@pytest.mark.parametrize("kind", ["halve", "reduce-by", "increase-by-points"])
def test_a_share_of_what_is_not_applicable_can_never_be_judged(kind: str) -> None:
    """It is an error that says so, and what to write in its place."""
    amount = {"reduce-by": {"percent": "10"}, "increase-by-points": {"points": "10"}}.get(kind, {})
    promised = indicator(
        baseline={"missing": "not-applicable"}, target={"kind": kind, "due": "2020", **amount}
    )
    (finding,) = targets(promised, Place("indicators", 0))
    assert finding.code == "relative-without-baseline"
    assert "nobody can ever judge it" in finding.message
    assert "at-least" in finding.hint


@pytest.mark.parametrize(
    ("unit", "value", "codes"),
    [
        ("households", "1200", ["milestone-off-course"]),
        ("households", "1000", []),
        ("households", "500", []),
        ("households", "499", ["milestone-off-course"]),
    ],
)
def test_a_milestone_lies_between_baseline_and_target(
    unit: str, value: str, codes: list[str]
) -> None:
    """Both ends belong to the way."""
    promised = indicator(
        unit=unit,
        baseline={"period": "2014", "value": "1000"},
        target={"kind": "halve", "due": "2020"},
        milestones=[{"period": "2016", "value": value}],
    )
    assert [finding.code for finding in targets(promised, Place("indicators", 0))] == codes


def test_a_milestone_keeps_to_its_unit() -> None:
    """A percentage is between 0 and 100, whatever the baseline says."""
    promised = indicator(
        unit="per cent",
        target={"kind": "at-least", "value": "85", "due": "2020"},
        milestones=[{"period": "2016", "value": "120"}],
    )
    (finding,) = targets(promised, Place("indicators", 0))
    assert finding.message == "120 per cent is not between 0 and 100"
