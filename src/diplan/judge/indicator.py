"""The verdict on an indicator: the evidence, the ruling, the numbers, and how sure they are."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from diplan.ground.figure import Interval, exactly
from diplan.ground.period import Period
from diplan.judge.evidence import Evidence, Series, ends, evidence, held, series
from diplan.judge.rules import Ruling, Setting, Waypoint, judge, pace_of
from diplan.judge.statuses import Flag, Reason, Status
from diplan.plan import Direction, Indicator, NoTarget, ToBeConfirmed, Total
from diplan.plan.promise import Move
from diplan.plan.working_out import UndatedBaseline

if TYPE_CHECKING:
    from diplan.judge.milestones import MilestoneVerdict
    from diplan.judge.rating import Rating, Travel

FAR = Fraction(10**15)
"""How many times as far as the numbers at hand an open end is taken to be: in effect, endless."""


class Numbers(NamedTuple):
    """The numbers of a verdict, in the indicator's unit; None where one is not defined."""

    change: Fraction | None = None
    """V - B."""
    fraction: Fraction | None = None
    """(V - B) / (T - B): the share of the way; negative is away from the target."""
    elapsed: Fraction | None = None
    """The share of the time that had passed when the figure was taken."""
    expected: Fraction | None = None
    """Where the path from baseline to target is at that time."""
    pace: Fraction | None = None
    """(V - B) / (E - B)."""
    projected: Fraction | None = None
    """B + (V - B) / tau: the value at the due date at the present rate, within the unit."""
    gap: Fraction | None = None
    """T - V."""
    lag_years: Fraction | None = None
    """Years behind a straight line; negative is ahead."""
    rate_needed: Fraction | None = None
    """(T - V) a year, from the figure to the due date."""


class Verdict(NamedTuple):
    """How an indicator stands at a moment, with everything that the judgement used."""

    indicator: Indicator
    ruling: Ruling
    possible: tuple[Status, ...]
    flags: tuple[Flag, ...]
    baseline: Interval | None
    """The figure that progress was measured from; a total's is 0."""
    evidence: Evidence | None
    setting: Setting
    target_value: Fraction | None
    numbers: Numbers
    stand_in: Period | None = None
    """The period of the observation that stood in for a baseline."""
    moved: tuple[Move, ...] = ()
    """Every entry of the ledger on a promise, and whether it holds at this moment."""
    original: Indicator | None = None
    """The indicator as it was first promised; None where no promise was ever moved."""
    ended: bool = False
    """Whether the indicator had left the plan."""
    milestones: "tuple[MilestoneVerdict, ...]" = ()
    """How each milestone stands, in file order."""
    rag: "Rating | None" = None
    """How the figure stands by the council's own rule; None where it has none."""
    travel: "Travel | None" = None
    """Whether the latest figure is better than the one before; None where nobody looked."""

    @property
    def status(self) -> Status:
        """The status, of the middle of all figures."""
        return self.ruling.status

    @property
    def certain(self) -> bool:
        """Whether no other status is possible within the figures' uncertainty."""
        return len(self.possible) == 1

    @property
    def for_context(self) -> bool:
        """Whether the plan sets no target, so that there is nothing to judge."""
        return self.ruling.reason is Reason.NO_TARGET

    @property
    def assessed(self) -> bool:
        """Whether there is a verdict at all."""
        return self.status is not Status.NO_DATA


def judge_indicator(indicator: Indicator, as_of: Period, within: Decimal) -> Verdict:
    """Judge one indicator, as it was worked out, as of the end of a period.

    *within* is the plan's per cent for approximate figures.
    """
    return judge_series(indicator, series(indicator, as_of, within), as_of, within)


def judge_series(indicator: Indicator, figures: Series, as_of: Period, within: Decimal) -> Verdict:
    """Judge one indicator by its series as of that period."""
    verdict = _verdict(indicator, figures, as_of, within)
    if isinstance(indicator.baseline, UndatedBaseline):
        return verdict._replace(flags=(*verdict.flags, Flag.BASELINE_UNDATED))
    return verdict


def _verdict(indicator: Indicator, figures: Series, as_of: Period, within: Decimal) -> Verdict:
    seen = evidence(indicator, figures)
    baseline, start = _baseline(indicator, within)
    target, end = indicator.target, indicator.target.due.end if indicator.target.due else None
    due = end is not None and as_of.end >= end
    setting = Setting(
        target,
        start,
        seen.period.end if seen else as_of.end,
        end,
        due,
        tuple(_steps(indicator)),
    )
    reason = _unfit(indicator, setting, baseline, seen, figures)
    if seen and not reason:
        return _judged(indicator, setting, baseline, seen, figures)
    goal = setting.target_value(_middle(baseline))
    broken = seen and _across_break(setting, seen, figures)
    comparable = None if broken else seen
    ruling = Ruling(Status.NO_DATA, reason=reason or _nothing_seen(setting, figures))
    return Verdict(
        indicator,
        ruling,
        _possible(setting, baseline, comparable, ruling, indicator.bounds),
        (),
        baseline,
        seen,
        setting,
        goal,
        _numbers(indicator, setting, baseline, comparable, goal) if comparable else Numbers(),
    )


def _steps(indicator: Indicator) -> Iterator[Waypoint]:
    """The milestones as steps of the path."""
    sign = 1 if indicator.target.rising else -1
    for stone in indicator.milestones:
        if stone.value is not None:
            yield Waypoint(stone.period.end, Fraction(stone.value))
        elif stone.percent is not None:
            share = 1 + sign * Fraction(stone.percent) / 100
            yield Waypoint(stone.period.end, Fraction(0), share)
        elif stone.points is not None:
            yield Waypoint(stone.period.end, sign * Fraction(stone.points), Fraction(1))


def _baseline(indicator: Indicator, within: Decimal) -> tuple[Interval | None, Fraction | None]:
    """B and the end of its period; a total begins with nothing as its first period begins."""
    target, given = indicator.target, indicator.baseline
    if isinstance(target, Total):
        return exactly(Fraction(0)), target.from_.start
    figure = given.interval(within) if given and not given.missing else None
    dated = given is not None and given.period is not None
    if figure is None or not (dated or isinstance(target, Direction | NoTarget | ToBeConfirmed)):
        return None, None
    when = given.period.end if given and given.period else None
    return held(figure, indicator.bounds), when


def _unfit(
    indicator: Indicator,
    setting: Setting,
    baseline: Interval | None,
    seen: Evidence | None,
    figures: Series,
) -> Reason | None:
    """Why the target or the series allows no verdict, whatever the figure says."""
    if isinstance(indicator.target, NoTarget):
        return Reason.NO_TARGET
    if isinstance(indicator.target, ToBeConfirmed):
        return Reason.TARGET_MISSING
    goal = setting.target_value(_middle(baseline))
    if goal is None and indicator.target.relative:
        return setting.no_target_value(_middle(baseline))
    if goal is not None and indicator.bounds:
        low, high = indicator.bounds
        if not low <= goal <= high:
            return Reason.TARGET_OUT_OF_BOUNDS
    if seen and _across_break(setting, seen, figures):
        return Reason.SERIES_BREAK
    return None


def _across_break(setting: Setting, seen: Evidence, figures: Series) -> bool:
    if setting.start is None or isinstance(setting.target, Total):
        return seen.broken
    return any(setting.start < end <= seen.period.end for end in figures.breaks)


def _nothing_seen(setting: Setting, figures: Series) -> Reason:
    """Why there is no figure to judge by."""
    if not figures.known or (isinstance(setting.target, Total) and not setting.due):
        return Reason.NO_OBSERVATIONS
    return Reason.OUTCOME_NOT_MEASURED if setting.due else Reason.NO_OBSERVATION_AFTER_BASELINE


def _judged(
    indicator: Indicator,
    setting: Setting,
    baseline: Interval | None,
    seen: Evidence,
    figures: Series,
) -> Verdict:
    """The verdict where there is a figure and a target to hold it against."""
    target, value = indicator.target, seen.figure.middle
    geometric = target.geometric
    ruling = judge(setting, _middle(baseline), value, geometric=geometric)
    stand_in = _stand_in(seen, figures) if baseline is None else None
    needed = stand_in if ruling.reason is Reason.BASELINE_MISSING else None
    started, corner = setting, baseline
    if stand_in and (target.level or isinstance(target, Direction)):
        started, corner = setting._replace(start=stand_in[0].end), stand_in[1]
        if needed:
            setting, baseline = started, corner
            ruling = judge(setting, _middle(baseline), value, geometric=geometric)
    stand_in = needed if baseline is not None else None
    goal = setting.target_value(_middle(baseline))
    return Verdict(
        indicator,
        ruling,
        _possible(started, corner, seen, ruling, indicator.bounds),
        tuple(
            _flags(indicator, setting, baseline, seen, goal, ruling, figures, stand_in is not None)
        ),
        baseline,
        seen,
        setting,
        goal,
        _numbers(indicator, setting, baseline, seen, goal),
        stand_in[0] if stand_in else None,
    )


def _middle(figure: Interval | None) -> Fraction | None:
    return None if figure is None else figure.middle


def _stand_in(seen: Evidence, figures: Series) -> tuple[Period, Interval] | None:
    """The first observation of the series, where the figure judged is a later one."""
    first, figure = figures.since_break(seen.period.end)[0]
    return (first.period, figure) if first.period.end < seen.period.end else None


def _possible(
    setting: Setting,
    baseline: Interval | None,
    seen: Evidence | None,
    ruling: Ruling,
    bounds: tuple[Fraction, Fraction] | None,
) -> tuple[Status, ...]:
    """The statuses at all corners of the uncertainty, with on-track between its neighbours."""
    if seen is None or (seen.figure.exact and (baseline is None or baseline.exact)):
        return (ruling.status,)
    statuses = {ruling.status}
    for start in _ends(baseline) if baseline else (None,):
        goal = setting.target_value(start)
        impossible = goal is not None and bounds and not bounds[0] <= goal <= bounds[1]
        for value in _ends(seen.figure):
            corner = judge(setting, start, value, geometric=setting.target.geometric)
            statuses.add(Status.NO_DATA if impossible else corner.status)
    if {Status.ACHIEVED, Status.SLIPPED} <= statuses:
        statuses.add(Status.ON_TRACK)
    return tuple(status for status in Status if status in statuses)


def _ends(figure: Interval) -> tuple[Fraction, Fraction]:
    far = FAR * (abs(figure.middle) + 1)
    return (
        -far if figure.low is None else figure.low,
        far if figure.high is None else figure.high,
    )


def _flags(
    indicator: Indicator,
    setting: Setting,
    baseline: Interval | None,
    seen: Evidence,
    goal: Fraction | None,
    ruling: Ruling,
    figures: Series,
    stood_in: bool,
) -> Iterator[Flag]:
    target, end = setting.target, setting.end
    if ruling.status is Status.ACHIEVED:
        if not setting.due:
            yield Flag.EARLY
        elif end is not None and setting.time < end:
            yield Flag.MEASURED_BEFORE_DUE
    if end is not None and setting.time > end:
        yield Flag.LATE_EVIDENCE
    if stood_in:
        yield Flag.BASELINE_PROXY
    if goal is not None and baseline is not None and target.met(baseline.middle, goal):
        yield Flag.BASELINE_ALREADY_MET
    if goal is not None and not target.met(seen.figure.middle, goal):
        earlier = _earlier(indicator, setting, seen, figures, stood_in=stood_in)
        if any(target.met(figure.middle, goal) for figure in earlier):
            yield Flag.PREVIOUSLY_MET
        if _path_sensitive(setting, baseline, seen, goal, ruling):
            yield Flag.PATH_SENSITIVE
    if seen.incomplete:
        yield Flag.INCOMPLETE_PERIODS


def _earlier(
    indicator: Indicator, setting: Setting, seen: Evidence, figures: Series, *, stood_in: bool
) -> Iterator[Interval]:
    """Figures of the same series before the one judged, and after a baseline of its own.

    A baseline's period counts even where its number is missing.
    """
    if isinstance(setting.target, Total):
        return
    given = indicator.baseline_period
    start = given.end if setting.start is None and given else setting.start
    known = figures.since_break(seen.period.end)
    first = 0
    if start is not None:
        after = bisect_left if stood_in else bisect_right
        first = after(known, start, key=ends)
    for _, figure in known[first : bisect_left(known, seen.period.end, key=ends)]:
        yield figure


def _path_sensitive(
    setting: Setting, baseline: Interval | None, seen: Evidence, goal: Fraction, ruling: Ruling
) -> bool:
    """Whether a straight and a compound path would give different statuses."""
    if baseline is None or baseline.middle * goal <= 0:
        return False
    geometric = setting.target.geometric
    if baseline.middle > 0 and not setting.milestones:
        # Between positive ends the compound path is below the straight one: the easier of the two
        # where the way leads up. Who keeps up with the harder one keeps up with both.
        on_track, upward = ruling.status is Status.ON_TRACK, goal > baseline.middle
        if on_track == (upward is not geometric):
            return False
    other = judge(setting, baseline.middle, seen.figure.middle, geometric=not geometric)
    return other.status is not ruling.status


def _numbers(
    indicator: Indicator,
    setting: Setting,
    baseline: Interval | None,
    seen: Evidence,
    goal: Fraction | None,
) -> Numbers:
    """Everything that is defined, whatever the status."""
    value, start, end = seen.figure.middle, _middle(baseline), setting.end
    elapsed = setting.elapsed if start is not None else None
    gap = None if goal is None else goal - value
    left = None if end is None else (end - setting.time) / 12
    rate = gap / left if gap is not None and left is not None and left > 0 else None
    if start is None:
        return Numbers(gap=gap, rate_needed=rate)
    fraction = expected = pace = lag = projected = None
    if elapsed:
        projected = _within(indicator, start + (value - start) / elapsed)
    if goal is not None:
        expected = setting.expected(start, goal, geometric=setting.target.geometric)
        if goal != start and not setting.target.met(start, goal):
            fraction = (value - start) / (goal - start)
            pace = pace_of(start, value, goal, expected)
            if elapsed is not None and setting.years is not None:
                lag = (elapsed - fraction) * setting.years
    return Numbers(value - start, fraction, elapsed, expected, pace, projected, gap, lag, rate)


def _within(indicator: Indicator, value: Fraction) -> Fraction:
    if indicator.bounds is None:
        return value
    low, high = indicator.bounds
    return min(max(value, low), high)
