"""What a council reads beside a verdict: the direction of travel, and its own red/amber/green."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from diplan.ground.period import Period, as_long
from diplan.judge.evidence import Series
from diplan.judge.indicator import Verdict
from diplan.judge.statuses import Flag, Reason
from diplan.plan import Indicator, NoTarget, ToBeConfirmed
from diplan.plan.house_rule import HouseRule


class Travel(StrEnum):
    """Whether the latest figure is better than the one that it can be held against."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NOT_COMPARABLE = "not-comparable"


class Rating(StrEnum):
    """How a figure stands by the council's own rule."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


def travel(indicator: Indicator, figures: Series, within: Decimal) -> Travel:
    """Hold the latest figure against the same stretch a year before, else the latest before it.

    Never across a series break, and, but for percentages, never against another length of time.
    """
    if not figures.known:
        return Travel.NOT_COMPARABLE
    latest, value = figures.known[-1][0].period, figures.known[-1][1].middle
    reference = _reference_before(latest, indicator, figures, within)
    if reference is None:
        return Travel.NOT_COMPARABLE
    if value == reference:
        return Travel.SAME
    if isinstance(indicator.target, NoTarget | ToBeConfirmed):
        return Travel.NOT_COMPARABLE
    return Travel.BETTER if indicator.target.better(value, reference) else Travel.WORSE


def _reference_before(
    latest: Period, indicator: Indicator, figures: Series, within: Decimal
) -> Fraction | None:
    """The value that the latest figure is held against; None where there is none like it."""
    known = [(seen.period, figure.middle) for seen, figure in figures.known]
    given = indicator.baseline
    start = given.interval(within) if given and not given.missing else None
    if given and given.period and start:
        known.append((given.period, start.middle))
    known.sort(key=lambda pair: pair[0].end, reverse=True)
    since = max((end for end in figures.breaks if end <= latest.end), default=Fraction(0))
    year_start, year_end = latest.start - 12, latest.end - 12
    newest = None
    for when, value in known:
        if when.end < since or (newest is not None and when.end < year_end):
            break
        if when.end < latest.end and (indicator.bounds or as_long(when, latest)):
            if when.start == year_start and when.end == year_end:
                return value
            newest = value if newest is None else newest
    return newest


def rated(verdict: Verdict, rule: HouseRule | None, direction: Travel) -> Rating | None:
    """Rate the figure that a verdict rests on; None without a rule, a figure or a reference."""
    seen = verdict.evidence
    reference = _reference(verdict, rule) if rule else None
    if rule is None or seen is None or reference is None:
        return None
    if verdict.ruling.reason is Reason.SERIES_BREAK:
        return None
    value, target = seen.figure.middle, verdict.indicator.target
    wrong = Fraction(0) if target.better(value, reference) else abs(value - reference)
    if rule.in_ == "points":
        distance = wrong
    elif reference == 0:
        return Rating.GREEN if target.met(value, reference) else _red(rule, direction)
    else:
        distance = 100 * wrong / abs(reference)
    if distance <= rule.green:
        return Rating.GREEN
    return Rating.AMBER if distance <= rule.amber else _red(rule, direction)


def _reference(verdict: Verdict, rule: HouseRule) -> Fraction | None:
    """The value that a figure is held against."""
    if rule.of == "target" or Flag.BASELINE_ALREADY_MET in verdict.flags:
        return verdict.target_value
    return verdict.numbers.expected


def _red(rule: HouseRule, direction: Travel) -> Rating:
    improved = direction in (Travel.BETTER, Travel.SAME)
    return Rating.AMBER if rule.amber_if_improved and improved else Rating.RED
