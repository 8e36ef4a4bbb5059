"""Plans and what they measure alike, gathered plan by plan, as reports and programs read them.

A series is packed into one line of JSON where it is made, and unpacked with the others of its
definition. So at no time is more in memory than the counts of each plan and one definition.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from diplan.ground.figure import Interval, exactly
from diplan.ground.period import Period, period
from diplan.judge import Assessment
from diplan.judge.compare import (
    ComparedFigure,
    ComparedSeries,
    Definition,
    definition,
    series_of,
)
from diplan.judge.coverage import ComparedPlan, compared_plan
from diplan.plan import Figure, Indicator
from diplan.report import data, wording

Record = Mapping[str, Any]


class ComparedPart(NamedTuple):
    """What one plan brings to a comparison: its counts, and its series by definition, packed."""

    plan: ComparedPlan
    series: Mapping[str, bytes]


class Comparison(NamedTuple):
    """Plans side by side. `series` gives those of a definition, each time it is asked."""

    plans: Sequence[ComparedPlan]
    as_of: Period
    names: Collection[str]
    """Every definition, in the order of the plans."""
    series: Callable[[str], Iterable[bytes]]
    own: ComparedPlan | None = None
    """The plan that sees itself among the others; None where there is none."""

    def titles(self) -> dict[str, str]:
        """What each plan is called, by its id, which is added where several have one title."""
        given = Counter(plan.title for plan in self.plans)
        return {
            plan.id: plan.title if given[plan.title] == 1 else f"{plan.title} ({plan.id})"
            for plan in self.plans
        }

    def definitions(self, only: str | None = None) -> Iterator[Definition]:
        """Each definition that two or more indicators share, or *only* one of them."""
        wanted = {plan.id for plan in self.plans}
        for name in self.names if only is None else [only]:
            packed = (each for pieces in self.series(name) for each in _unpacked(pieces))
            made = definition(name, [series for series in packed if series.plan in wanted])
            if made:
                yield made


def gathered(assessments: Sequence[Assessment]) -> Comparison:
    """The comparison of plans that are all in memory."""
    parts = [
        part(assessment, lambda record: json.dumps(record)[1:-1]) for assessment in assessments
    ]
    names = dict.fromkeys(name for made in parts for name in made.series)

    def series(name: str) -> Iterator[bytes]:
        return (made.series[name] for made in parts if name in made.series)

    return Comparison([made.plan for made in parts], assessments[0].as_of, names, series)


def part(assessment: Assessment, encode: Callable[[Record], str] | None = None) -> ComparedPart:
    """What a plan brings to a comparison; *encode* writes fields for programs, if they ask."""
    plan = assessment.plan

    def said(figure: Figure, indicator: Indicator) -> str:
        return wording.figure(figure, indicator, plan)

    packed: dict[str, list[Any]] = {}
    for name, series in series_of(assessment, wording.status, said):
        row = encode(_record(name, series)) if encode else ""
        points = [_packed_point(point, encode) for point in series.points]
        packed.setdefault(name, []).append([*series[:-2], row, points])
    made = {name: json.dumps(series).encode() for name, series in packed.items()}
    return ComparedPart(compared_plan(assessment), made)


def _record(name: str, series: ComparedSeries) -> Record:
    """What the figures of a series have in common, for programs."""
    return {
        "definition": name,
        "plan": series.plan,
        "indicator": series.indicator,
        "whose": series.whose,
        "benchmark": series.benchmark,
    }


def _packed_point(point: ComparedFigure, encode: Callable[[Record], str] | None) -> list[Any]:
    shown, marks = point.figure, list(point.marks)
    row = encode({**data.figure(point.period, shown), "marks": marks}) if encode else ""
    ends = [shown.middle] if shown.exact else list(shown)
    figure = [None if end is None else [end.numerator, end.denominator] for end in ends]
    return [point.period.text, figure, marks, point.said, row]


def _unpacked(pieces: bytes) -> Iterator[ComparedSeries]:
    for *said, points in json.loads(pieces):
        yield ComparedSeries._make([*said, [_unpacked_point(*point) for point in points]])


def _unpacked_point(
    when: str, figure: Sequence[Any], marks: Sequence[str], said: str, row: str
) -> ComparedFigure:
    ends = [None if end is None else Fraction(*end) for end in figure]
    shown = Interval(*ends) if len(ends) == 3 else exactly(ends[0])  # type: ignore[arg-type]
    return ComparedFigure(period(when), shown, marks, said, row)


class ComparedRow(NamedTuple):
    """A figure for programs: what it has in common with its series, and what is its own."""

    common: str
    own: str
    comparable: bool
    """Whether it is since the last series break."""


def rows(made: Definition) -> Iterator[ComparedRow]:
    """Every figure of a definition for programs."""
    for series in (*made.series, *made.benchmarks):
        before = len(series.points) - len(series.present)
        for at, point in enumerate(series.points):
            yield ComparedRow(series.row, point.row, at >= before)


def plan_record(plan: ComparedPlan) -> Record:
    """What is said of a plan, for programs."""
    start, end = plan.span
    return {
        "id": plan.id,
        "title": plan.title,
        "organisation": plan.organisation,
        "area": plan.area,
        "from": start,
        "to": end,
        "headings": plan.headings,
        "coverage": {name: share._asdict() for name, share in plan.coverage._asdict().items()},
        "indicators": dict(plan.statuses),
        "assessed": plan.assessed.howmany,
        "of": plan.assessed.of,
        "context": plan.context,
        "actions": dict(plan.grades),
        "overdue": plan.overdue.howmany,
    }
