"""Rules on milestones: each says one value, in its place between the baseline and the target."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from diplan.ground.english import listed
from diplan.ground.figure import as_float
from diplan.plan import Indicator, Milestone, NoTarget, ToBeConfirmed, Total
from diplan.plan.pairing import MILESTONE
from diplan.plan.target import ByPercent, ByPoints, Halve
from diplan.problems import Finding, Place


def milestones(indicator: Indicator, place: Place) -> Iterator[Finding]:
    """Check the milestones of an indicator whose figures are worked out."""
    if indicator.milestones and isinstance(indicator.target, NoTarget | ToBeConfirmed):
        yield Finding(
            "milestone-without-target",
            "the milestones lead to no target, so they are not judged",
            place._replace(path=("milestones",)),
            "give the target they lead to, or take them out",
        )
        return
    yield from _in_order(indicator, place)
    for index, milestone in enumerate(indicator.milestones):
        where = place._replace(path=("milestones", index))
        if wrong := _unsaid(indicator, milestone):
            yield Finding("milestone-value", wrong[0], where, wrong[1])
        elif why := _off_course(indicator, milestone):
            yield Finding(
                "milestone-off-course",
                why,
                where,
                "correct the value; a milestone is a step from the baseline towards the target",
            )


def _in_order(indicator: Indicator, place: Place) -> Iterator[Finding]:
    due, before = indicator.target.due, indicator.baseline_period
    for index, milestone in enumerate(indicator.milestones):
        late = due is not None and milestone.period.end >= due.end
        early = before is not None and milestone.period.end <= before.end
        if late or early:
            yield Finding(
                "milestone-out-of-place",
                f"{milestone.period} is not between the baseline and the due date, in order",
                place._replace(path=("milestones", index, "period")),
                "correct the period, or put the milestones in order of time",
            )
        before = milestone.period


def _unsaid(indicator: Indicator, milestone: Milestone) -> tuple[str, str] | None:
    """Why a milestone does not say one value, and what to write."""
    given = [name for name in MILESTONE if getattr(milestone, name) is not None]
    if len(given) != 1:
        what = f"both {listed(given)}" if given else "no value to reach"
        return f"the milestone says {what}", "give one of `value`, `percent` and `points`"
    target = indicator.target
    if given == ["percent"] and not isinstance(target, Halve | ByPercent):
        return (
            f'"percent" goes with halve, reduce-by and increase-by, not with {target.kind}',
            "write the `value` to be reached",
        )
    if given == ["points"] and not isinstance(target, ByPoints):
        return (
            f'"points" goes with reduce-by-points and increase-by-points, not with {target.kind}',
            "write the `value` to be reached",
        )
    return None


def _off_course(indicator: Indicator, milestone: Milestone) -> str:
    """Why a milestone is no step of the way; nothing where it is one."""
    target, baseline = indicator.target, indicator.baseline
    figure = baseline.interval(Decimal(0)) if baseline and not baseline.missing else None
    start = Fraction(0) if isinstance(target, Total) else figure.middle if figure else None
    value = _value(indicator, milestone, start)
    if value is None:
        return ""
    if indicator.bounds and not indicator.bounds[0] <= value <= indicator.bounds[1]:
        return f"{as_float(value):,g} per cent is not between 0 and 100"
    goal = target.value_from(start, _years(indicator))
    if start is None or goal is None or min(start, goal) <= value <= max(start, goal):
        return ""
    return f"{as_float(value):,g} is not between the baseline and the target"


def _value(indicator: Indicator, milestone: Milestone, start: Fraction | None) -> Fraction | None:
    sign = 1 if indicator.target.rising else -1
    if milestone.value is not None:
        return Fraction(milestone.value)
    if start is not None and milestone.percent is not None:
        return start * (1 + sign * Fraction(milestone.percent) / 100)
    if start is not None and milestone.points is not None:
        return start + sign * Fraction(milestone.points)
    return None


def _years(indicator: Indicator) -> Fraction | None:
    due, start = indicator.target.due, indicator.baseline_period
    return Fraction(due.end - start.end) / 12 if due and start else None
