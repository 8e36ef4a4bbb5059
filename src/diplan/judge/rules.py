"""The rules of a verdict, on exact numbers: a baseline, a value, a target and their times."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from diplan.ground.figure import power
from diplan.judge.statuses import Reason, Slippage, Status
from diplan.plan import Direction, Target

ON_TRACK = Fraction(95, 100)
"""The least pace that is on track."""

BEHIND = Fraction(60, 100)
"""The least pace that is only behind; below it, well behind; below zero, moving away."""


class Ruling(NamedTuple):
    """A status with what qualifies it."""

    status: Status
    severity: Slippage | None = None
    reason: Reason | None = None


class Waypoint(NamedTuple):
    """A milestone: when it ends, and its value as a number and a share of the baseline."""

    end: Fraction
    number: Fraction
    share: Fraction = Fraction(0)

    def value(self, baseline: Fraction) -> Fraction:
        """The value to be reached."""
        return self.number + self.share * baseline


class Setting(NamedTuple):
    """What stays the same while the numbers of one judgement vary within their uncertainty.

    Times are in months; `start` is the baseline's end (None without a baseline), `time` the
    figure's, `end` the target's (None without a due date).
    """

    target: Target
    start: Fraction | None
    time: Fraction
    end: Fraction | None
    due: bool
    milestones: Sequence[Waypoint] = ()

    @property
    def years(self) -> Fraction | None:
        """From the baseline to the due date."""
        if self.start is None or self.end is None:
            return None
        return Fraction(self.end - self.start) / 12

    @property
    def elapsed(self) -> Fraction | None:
        """tau: the share of the time that had passed when the figure was taken, 0 to 1."""
        if self.start is None or self.end is None:
            return None
        if self.end <= self.start:
            return Fraction(1)
        share = Fraction(self.time - self.start) / Fraction(self.end - self.start)
        return min(max(share, Fraction(0)), Fraction(1))

    def target_value(self, baseline: Fraction | None) -> Fraction | None:
        """T, or None where it cannot be worked out."""
        if self.target.relative and baseline == 0 and "points" not in self.target.kind:
            return None
        return self.target.value_from(baseline, self.years)

    def no_target_value(self, baseline: Fraction | None) -> Reason:
        """Why there is no T."""
        if baseline is None:
            return Reason.BASELINE_MISSING
        return Reason.BASELINE_ZERO if baseline == 0 else Reason.NO_DUE_DATE

    def expected(self, baseline: Fraction, goal: Fraction, *, geometric: bool) -> Fraction | None:
        """E: the value that the path from baseline to target has at the figure's time."""
        start, end = self.start, self.end
        if start is None or end is None:
            return None
        inside = sorted(
            (step.end, step.value(baseline)) for step in self.milestones if start < step.end < end
        )
        points = [(start, baseline), *inside, (end, goal)]
        time = min(max(self.time, start), end)
        for (left, low), (right, high) in pairwise(points):
            if time <= right:
                share = Fraction(time - left) / Fraction(right - left) if right > left else 1
                return _along(low, high, Fraction(share), geometric=geometric)
        return goal


def _along(low: Fraction, high: Fraction, share: Fraction, *, geometric: bool) -> Fraction:
    """The value at a *share* of the way; compound where both ends have one sign."""
    if geometric and low * high > 0:
        return low * power(high / low, share)
    return low + (high - low) * share


def judge(
    setting: Setting, baseline: Fraction | None, value: Fraction, *, geometric: bool
) -> Ruling:
    """Judge *value* by the rules, in their order."""
    goal = setting.target_value(baseline)
    if isinstance(setting.target, Direction):
        return _direction(setting, baseline, value)
    if goal is None:
        return _no_data(setting.no_target_value(baseline))
    met = setting.target.met(value, goal)
    if setting.due:
        return _at_due(setting, met=met)
    if met:
        return Ruling(Status.ACHIEVED)
    if setting.end is None:
        return _no_data(Reason.NO_DUE_DATE)
    if baseline is None or setting.start is None:
        return _no_data(Reason.BASELINE_MISSING)
    if setting.target.met(baseline, goal):
        return Ruling(Status.SLIPPED, Slippage.LOST)
    return _by_pace(setting, baseline, value, goal, geometric=geometric)


def _no_data(reason: Reason) -> Ruling:
    return Ruling(Status.NO_DATA, reason=reason)


def _at_due(setting: Setting, *, met: bool) -> Ruling:
    if met:
        return Ruling(Status.ACHIEVED)
    if setting.end is not None and setting.time >= setting.end:
        return Ruling(Status.NOT_ACHIEVED)
    return _no_data(Reason.OUTCOME_NOT_MEASURED)


def _direction(setting: Setting, baseline: Fraction | None, value: Fraction) -> Ruling:
    if baseline is None:
        return _no_data(Reason.BASELINE_MISSING)
    better = setting.target.better(value, baseline)
    if setting.due:
        return _at_due(setting, met=better)
    if better:
        return Ruling(Status.ON_TRACK)
    return Ruling(Status.SLIPPED, Slippage.NO_CHANGE if value == baseline else Slippage.MOVING_AWAY)


def _by_pace(
    setting: Setting, baseline: Fraction, value: Fraction, goal: Fraction, *, geometric: bool
) -> Ruling:
    if goal == baseline:  # there is no way to go, and yet the target is not met
        still = value == baseline
        return Ruling(Status.SLIPPED, Slippage.NO_CHANGE if still else Slippage.MOVING_AWAY)
    expected = setting.expected(baseline, goal, geometric=geometric)
    pace = pace_of(baseline, value, goal, expected)
    if pace is None:
        # Milestones that begin level, or lead away at first: only the path itself can be held to.
        if expected is not None and not setting.target.better(expected, value):
            return Ruling(Status.ON_TRACK)
        return Ruling(Status.SLIPPED, Slippage.MOVING_AWAY)
    if pace >= ON_TRACK:
        return Ruling(Status.ON_TRACK)
    if pace >= BEHIND:
        return Ruling(Status.SLIPPED, Slippage.BEHIND)
    return Ruling(Status.SLIPPED, Slippage.WELL_BEHIND if pace >= 0 else Slippage.MOVING_AWAY)


def pace_of(
    baseline: Fraction, value: Fraction, goal: Fraction, expected: Fraction | None
) -> Fraction | None:
    """(V - B) / (E - B); None where the path has not left the baseline towards the target."""
    if expected is None or (expected - baseline) * (goal - baseline) <= 0:
        return None
    return (value - baseline) / (expected - baseline)
