"""Several plans side by side: what they measure alike.

Pure arithmetic, like the verdicts. Figures are compared only within one definition, one unit and
one period; a series break is never looked across, and areas are never added up or averaged. What
is taken from a plan is small and complete, so that no plan has to be kept for the sake of others.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from diplan.ground.figure import Interval
from diplan.ground.period import Period
from diplan.judge import Assessment, Verdict
from diplan.plan import Figure, Indicator


class ComparedFigure(NamedTuple):
    """A figure of a series, with its period."""

    period: Period
    figure: Interval
    marks: Sequence[str]
    said: str = ""
    """How a report prints it."""
    row: str = ""
    """How a program reads it, beside what the whole series has in common."""


class ComparedSeries(NamedTuple):
    """One plan's or one benchmark's figures under a definition, in order of time."""

    plan: str
    whose: str
    indicator: str
    unit: str
    of: str | None
    area: str | None
    """The area of the figures, where it is not the plan's own."""
    verdict: str
    """How the indicator stands against its own target."""
    status: str
    """The same as a report says it."""
    benchmark: bool
    row: str
    """What its figures have in common, as a program reads it."""
    points: Sequence[ComparedFigure]

    @property
    def present(self) -> Sequence[ComparedFigure]:
        """The figures since the last series break, which alone may be compared with each other."""
        starts = [at for at, point in enumerate(self.points) if "break" in point.marks]
        return self.points[starts[-1] :] if starts else self.points

    def at(self, when: Period | None) -> ComparedFigure | None:
        """The figure for a period since the last series break; None where there is none."""
        return next((point for point in self.present if point.period == when), None)


class Definition(NamedTuple):
    """What several plans measure under one definition, side by side."""

    id: str
    unit: str
    series: Sequence[ComparedSeries]
    benchmarks: Sequence[ComparedSeries]
    disputed: Sequence[tuple[str, Period]]
    """The benchmarks, with the period, of which the plans give different figures."""
    others: Sequence[ComparedSeries]
    """Series in another unit, which are not compared."""

    @property
    def common(self) -> Period | None:
        """The period that most of the series have a figure for: of several, the latest."""
        counts = Counter(point.period for compared in self.series for point in compared.present)
        return max(counts, key=lambda when: (counts[when], when.end), default=None)

    def compared(self, when: Period | None) -> list[tuple[ComparedSeries, ComparedFigure]]:
        """The series with a figure for a period, from the least to the greatest."""
        found = [(series, point) for series in self.series if (point := series.at(when))]
        return sorted(found, key=lambda pair: pair[1].figure.middle)


class Spread(NamedTuple):
    """How far values lie apart."""

    least: Fraction
    lower: Fraction
    """The lower quartile."""
    median: Fraction
    upper: Fraction
    """The upper quartile."""
    most: Fraction


def spread(values: Iterable[Fraction | int]) -> Spread | None:
    """The ends and the quartiles of some values; None where there are none.

    A quartile between two values is interpolated, as spreadsheets' QUARTILE.INC does.
    """
    ordered = sorted(values)
    if not ordered:
        return None

    def quantile(quarters: int) -> Fraction:
        whole, rest = divmod(quarters * (len(ordered) - 1), 4)
        low, high = ordered[whole], ordered[min(whole + 1, len(ordered) - 1)]
        return low + (high - low) * Fraction(rest, 4)

    return Spread(*map(quantile, range(5)))


Dated = tuple[Period, Figure]


def series_of(
    assessment: Assessment,
    status: Callable[[Verdict], str] = lambda verdict: verdict.status,
    said: Callable[[Figure, Indicator], str] = lambda *_: "",
) -> Iterator[tuple[str, ComparedSeries]]:
    """Yield each series of a plan that has a definition, with that: its own, then its benchmarks.

    *status* and *said* put a verdict and a figure into words.
    """
    cover = assessment.plan.cover
    for verdict in assessment.verdicts:
        indicator = verdict.indicator
        if not indicator.definition:
            continue

        def figures(given: Iterable[Dated], own: Indicator = indicator) -> list[ComparedFigure]:
            return [
                ComparedFigure(when, figure, given.marks, said(given, own))
                for when, given in given
                if when.end <= assessment.as_of.end
                and (figure := given.interval(cover.approximate_within))
            ]

        whose = indicator.area or cover.organisation or cover.title
        made = ComparedSeries(
            cover.id, whose, indicator.id, indicator.unit, indicator.of,
            indicator.area, str(verdict.status), status(verdict), benchmark=False, row="",
            points=sorted(figures(_dated(indicator)), key=_end),
        )  # fmt: skip
        yield indicator.definition, made
        for mark in indicator.benchmarks:
            points = figures((seen.period, seen) for seen in mark.observations)
            other = made._replace(whose=mark.name, benchmark=True, points=points)
            yield indicator.definition, other


def _dated(indicator: Indicator) -> Iterator[Dated]:
    """The figures of an indicator; a baseline that measures something else is none."""
    yield from ((seen.period, seen) for seen in indicator.observations)
    given = indicator.baseline
    if given and given.period and not given.proxy:
        yield given.period, given


def _end(point: ComparedFigure) -> Fraction:
    return point.period.end


def definitions(plans: Iterable[Assessment]) -> list[Definition]:
    """Each definition that two or more indicators share, in the order of the plans."""
    groups: dict[str, list[ComparedSeries]] = {}
    for assessment in plans:
        for name, series in series_of(assessment):
            groups.setdefault(name, []).append(series)
    found = (definition(name, series) for name, series in groups.items())
    return [shared for shared in found if shared]


def definition(name: str, series: Sequence[ComparedSeries]) -> Definition | None:
    """What some plans measure under a definition; None where only one indicator has it."""
    own = [compared for compared in series if not compared.benchmark]
    if len(own) < 2:
        return None
    unit = Counter(compared.unit for compared in own).most_common(1)[0][0]
    alike = [compared for compared in own if compared.unit == unit]
    others = [compared for compared in own if compared.unit != unit]
    marks = (compared for compared in series if compared.benchmark and compared.unit == unit)
    return Definition(name, unit, alike, *_benchmarks(marks), others)


def _benchmarks(
    series: Iterable[ComparedSeries],
) -> tuple[list[ComparedSeries], list[tuple[str, Period]]]:
    """Each benchmark once, by its name, with all figures that the plans have of it.

    The second part names those of which two plans give different figures.
    """
    by_name: dict[str, tuple[ComparedSeries, dict[Period, ComparedFigure]]] = {}
    disputed: dict[tuple[str, Period], None] = {}
    for compared in series:
        _, known = by_name.setdefault(compared.whose, (compared, {}))
        for point in compared.points:
            if known.setdefault(point.period, point).figure != point.figure:
                disputed[compared.whose, point.period] = None
    made = [
        compared._replace(points=sorted(known.values(), key=_end))
        for compared, known in by_name.values()
    ]
    return made, list(disputed)
