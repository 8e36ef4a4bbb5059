"""Milestones: interim targets, each judged as a copy of its indicator that has it for a target."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from diplan.ground.period import Period
from diplan.judge.evidence import Evidence
from diplan.judge.indicator import judge_indicator
from diplan.judge.statuses import NOT_DUE, Status
from diplan.plan import Indicator, Milestone, NoTarget, ToBeConfirmed, Total
from diplan.plan.target import ByPercent, ByPoints, Level, Target


class MilestoneVerdict(NamedTuple):
    """How a milestone stands at a moment."""

    milestone: Milestone
    value: Fraction | None
    """The value to be reached; None where it cannot be worked out."""
    status: Status | str
    """A status, or `not-due` before its date while it is not achieved."""
    evidence: Evidence | None
    """The figure that the status rests on; None where there is none."""

    @property
    def missed(self) -> bool:
        """Whether its date came and the value was not reached."""
        return self.status is Status.NOT_ACHIEVED


def judge_milestones(
    indicator: Indicator, as_of: Period, within: Decimal
) -> Iterator[MilestoneVerdict]:
    """Judge each milestone of an indicator as of the end of a period, in file order.

    Earlier milestones bend the path of a later one, and only an unmet one that is not due would
    be held against a path.
    """
    if isinstance(indicator.target, NoTarget | ToBeConfirmed):
        return
    bare = replace(indicator, milestones=(), revisions=())
    for milestone in indicator.milestones:
        target: Any = as_target(indicator.target, milestone)
        if target is None:
            continue
        verdict = judge_indicator(replace(bare, target=target), as_of, within)
        early = as_of.end < milestone.period.end and verdict.status is not Status.ACHIEVED
        status = NOT_DUE if early else verdict.status
        yield MilestoneVerdict(milestone, verdict.target_value, status, verdict.evidence)


_LIKE = {
    "halve": "at-most", "reduce-by": "at-most", "reduce-by-points": "at-most",
    "reduce": "fewer-than", "increase": "more-than",
    "at-most": "at-most", "fewer-than": "fewer-than", "more-than": "more-than",
}  # fmt: skip
"""The level kind that a milestone's value has under a target's kind; `at-least` under others."""


def as_target(target: Target, milestone: Milestone) -> Target | None:
    """The target that a milestone is, due at its period; None where it says no value."""
    way = "increase" if target.rising else "reduce"
    path = "geometric" if target.geometric else "linear"
    common: Any = {"due": milestone.period, "path": path}
    if milestone.value is not None and isinstance(target, Total):
        return replace(target, value=milestone.value, due=milestone.period)
    if milestone.value is not None:
        kind: Any = _LIKE.get(target.kind, "at-least")
        return Level(kind=kind, value=milestone.value, **common)
    if milestone.percent is not None:
        kind = f"{way}-by"
        return ByPercent(kind=kind, percent=milestone.percent, **common)
    if milestone.points is not None:
        kind = f"{way}-by-points"
        return ByPoints(kind=kind, points=milestone.points, **common)
    return None
