"""Several plans side by side: what each can be held to, and what they measure alike.

Pure arithmetic, like the verdicts. Figures are compared only within one definition, one unit and
one period; a series break is never looked across, and areas are never added up or averaged.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from diplan.ground.figure import Interval
from diplan.ground.period import Period
from diplan.judge import Assessment, Verdict
from diplan.plan import Benchmark, Figure, Indicator, Total


class Share(NamedTuple):
    """A number out of a whole."""

    howmany: int
    of: int


class Coverage(NamedTuple):
    """How much of a plan can be judged: targets and actions with what that needs."""

    baselines: Share
    """Targets with a baseline; a total needs none."""
    dates: Share
    """Targets with a date."""
    figures: Share
    """Targets with a figure to judge by."""
    timed: Share
    """Actions with a time: a date, or ongoing."""
    measured: Share
    """Actions with a success measure, or an indicator that they are meant to move."""
    reported: Share
    """Actions that somebody has reported on."""


class ComparedFigure(NamedTuple):
    """A figure of a series, with its period."""

    period: Period
    figure: Interval
    given: Figure


class ComparedSeries(NamedTuple):
    """One plan's or one benchmark's figures under a definition, in order of time.

    `present` are those since the last series break, which alone may be compared with each other.
    """

    whose: str
    indicator: Indicator
    assessment: Assessment
    points: tuple[ComparedFigure, ...]
    present: tuple[ComparedFigure, ...]
    benchmark: Benchmark | None = None

    def at(self, when: Period | None) -> ComparedFigure | None:
        """The figure for a period since the last series break; None where there is none."""
        return next((point for point in self.present if point.period == when), None)


class Definition(NamedTuple):
    """What several plans measure under one definition, side by side."""

    id: str
    unit: str
    series: tuple[ComparedSeries, ...]
    benchmarks: tuple[ComparedSeries, ...]
    disputed: tuple[tuple[str, Period], ...]
    """The benchmarks, with the period, of which the plans give different figures."""
    others: tuple[ComparedSeries, ...]
    """Series in another unit, which are not compared."""

    @property
    def common(self) -> Period | None:
        """The period that most of the series have a figure for: of several, the latest."""
        counts = Counter(point.period for compared in self.series for point in compared.present)
        return max(counts, key=lambda when: (counts[when], when.end), default=None)


def coverage(assessment: Assessment) -> Coverage:
    """Count how much of a plan can be judged."""
    targets = [(verdict, verdict.indicator.target) for verdict in assessment.targeted]
    live = [standing.action for standing in assessment.live]
    of, actions = len(targets), len(live)

    def share(these: Iterable[bool], whole: int) -> Share:
        return Share(sum(these), whole)

    return Coverage(
        share((isinstance(aim, Total) or _has_baseline(verdict) for verdict, aim in targets), of),
        share((aim.due is not None for _, aim in targets), of),
        share((verdict.evidence is not None for verdict, _ in targets), of),
        share((action.due not in (None, "to-be-confirmed") for action in live), actions),
        share((bool(action.success_measure or action.supports) for action in live), actions),
        share((standing.update is not None for standing in assessment.live), actions),
    )


def _has_baseline(verdict: Verdict) -> bool:
    given = verdict.indicator.baseline
    return given is not None and given.missing is None


def definitions(plans: Sequence[Assessment]) -> Iterator[Definition]:
    """Yield each definition that two or more indicators share, in the order of the plans."""
    groups: dict[str, list[ComparedSeries]] = {}
    for assessment in plans:
        for verdict in assessment.verdicts:
            if name := verdict.indicator.definition:
                groups.setdefault(name, []).append(_series(verdict.indicator, assessment))
    for name, series in groups.items():
        if len(series) < 2:
            continue
        unit = Counter(compared.indicator.unit for compared in series).most_common(1)[0][0]
        alike = tuple(compared for compared in series if compared.indicator.unit == unit)
        others = tuple(compared for compared in series if compared.indicator.unit != unit)
        yield Definition(name, unit, alike, *_benchmarks(alike), others=others)


def _series(indicator: Indicator, assessment: Assessment) -> ComparedSeries:
    cover = assessment.plan.cover
    given: list[tuple[Period, Figure]] = [(seen.period, seen) for seen in indicator.observations]
    if indicator.baseline and indicator.baseline.period and not indicator.baseline.proxy:
        given.append((indicator.baseline.period, indicator.baseline))
    whose = indicator.area or cover.organisation or cover.title
    return _made(whose, indicator, assessment, given)


def _benchmarks(
    series: Iterable[ComparedSeries],
) -> tuple[tuple[ComparedSeries, ...], tuple[tuple[str, Period], ...]]:
    """Each benchmark once, by its name, with all figures that the plans have of it.

    The second part names those of which two plans give different figures.
    """
    by_name: dict[str, tuple[ComparedSeries, dict[Period, Figure]]] = {}
    disputed: dict[tuple[str, Period], None] = {}
    for compared in series:
        within = compared.assessment.plan.cover.approximate_within
        for mark in compared.indicator.benchmarks:
            _, known = by_name.setdefault(mark.name, (compared._replace(benchmark=mark), {}))
            for seen in mark.observations:
                first = known.setdefault(seen.period, seen)
                if first.interval(within) != seen.interval(within):
                    disputed[mark.name, seen.period] = None
    made = [
        _made(name, compared.indicator, compared.assessment, known.items())._replace(
            benchmark=compared.benchmark
        )
        for name, (compared, known) in by_name.items()
    ]
    return tuple(made), tuple(disputed)


def _made(
    whose: str, indicator: Indicator, assessment: Assessment, given: Iterable[tuple[Period, Figure]]
) -> ComparedSeries:
    within = assessment.plan.cover.approximate_within
    known = sorted(
        (
            ComparedFigure(when, shown, figure)
            for when, figure in given
            if when.end <= assessment.as_of.end and (shown := figure.interval(within))
        ),
        key=lambda point: point.period.end,
    )
    starts = [at for at, point in enumerate(known) if "break" in point.given.marks]
    return ComparedSeries(
        whose, indicator, assessment, tuple(known), tuple(known[starts[-1] if starts else 0 :])
    )
