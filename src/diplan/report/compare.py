"""Several plans side by side: what each can be held to, how it stands, what is measured alike."""

from collections.abc import Iterator, Sequence
from typing import Any

from diplan.ground.english import agree, capital
from diplan.ground.period import Period
from diplan.judge import Assessment, Status
from diplan.judge.compare import (
    ComparedFigure,
    ComparedSeries,
    Coverage,
    Definition,
    Share,
    coverage,
    definitions,
)
from diplan.report import data, wording
from diplan.report.document import Block, Cell, Column, Document, Items, Lines, Section, Table
from diplan.report.status import as_of

SCHEMA = "diplan/compare/1"

PLAN = Column("plan", "Plan", width=26)
PLANS = (
    PLAN,
    Column("whose", "Whose", width=22),
    Column("span", "Time", width=12),
    Column("headings", "Headings", width=18),
)
COVERAGE = (
    PLAN,
    Column("baselines", "Baseline", width=9, right=True),
    Column("dates", "Date", width=9, right=True),
    Column("figures", "Figure", width=9, right=True),
    Column("timed", "Time", width=9, right=True),
    Column("measured", "Measure", width=9, right=True),
    Column("reported", "Update", width=9, right=True),
)
VERDICTS = (
    PLAN,
    Column("assessed", "Assessed", width=9, right=True),
    *(Column(word, wording.STATUS[word].capitalize(), width=9, right=True) for word in Status),
)
ACTIONS = (
    PLAN,
    Column("grades", "Actions by grade", width=34),
    Column("overdue", "Overdue", width=10, right=True),
    Column("undated", "Without date", width=10, right=True),
)
WHOSE = Column("whose", "Area", width=26)
OTHERS = (
    Column("first", "First in its series", width=16),
    Column("status", "Against its own target", width=13),
)


def compare(plans: Sequence[Assessment], only: str | None = None) -> Document:
    """The report of `diplan compare`; *only* is the one definition to show."""
    shared = [definition for definition in definitions(plans) if only in (None, definition.id)]
    sections = [] if only else list(_plans(plans))
    sections += [_definition(definition) for definition in shared]
    return Document(
        f"{wording.count(len(plans), 'plan')} side by side",
        [f"As of {as_of(plans[0])}.", *_shared(shared)],
        sections,
        lambda: _data(plans, shared),
        "figures" if only else "plans",
    )


def _shared(shared: Sequence[Definition]) -> Iterator[str]:
    if shared:
        titles = wording.listed(_title(definition).lower() for definition in shared)
        yield f"They measure {wording.count(len(shared), 'thing')} alike: {titles}."
    else:
        yield "No two indicators share a definition, so no figures are compared."


# ---- the plans


def _plans(plans: Sequence[Assessment]) -> Iterator[Section]:
    rows: list[list[Cell]] = [
        [
            plan.plan.cover.title,
            plan.plan.cover.organisation or wording.DASH,
            _span(plan),
            wording.count(len(plan.plan.priorities), wording.heading(plan.plan).lower()),
        ]
        for plan in plans
    ]
    yield Section("The plans", [Table(PLANS, rows)])
    covered: list[list[Cell]] = [
        [plan.plan.cover.title, *(_share(share) for share in coverage(plan))] for plan in plans
    ]
    explained = (
        "Of the targets, how many have a baseline, a date, and a figure to judge by; of the"
        " actions, how many have a time, a measure of success, and an update."
    )
    yield Section("What they can be held to", [explained, Table(COVERAGE, covered)])
    verdicts: list[list[Cell]] = []
    for plan in plans:
        of, counts = len(plan.targeted), plan.statuses()
        said = [str(counts[status]) if of else wording.DASH for status in Status]
        verdicts.append([plan.plan.cover.title, _share(Share(plan.assessed, of)), *said])
    yield Section("How their indicators stand", [Table(VERDICTS, verdicts)])
    graded: list[list[Cell]] = [_graded(plan) for plan in plans]
    remark = "Each plan grades its actions by a scale of its own."
    yield Section("How their actions stand", [remark, Table(ACTIONS, graded)])


def _span(assessment: Assessment) -> str:
    start, end = assessment.plan.cover.from_, assessment.plan.cover.to
    if start is None and end is None:
        return "no dates"
    return f"{start or '...'} to {end or '...'}"


def _share(share: Share) -> str:
    return f"{share.howmany} of {share.of}" if share.of else wording.DASH


def _graded(assessment: Assessment) -> list[Cell]:
    grades = [
        f"{howmany} {wording.graded(grade)}"
        for grade, howmany in assessment.grades().items()
        if howmany
    ]
    undated = sum(standing.undated for standing in assessment.live)
    of = len(assessment.live)
    return [
        assessment.plan.cover.title,
        Lines(grades) if grades else "no actions",
        _share(Share(sum(standing.overdue for standing in assessment.live), of)),
        _share(Share(undated, of)),
    ]


# ---- what is measured alike


def _title(definition: Definition) -> str:
    text = definition.id.replace("-", " ")
    return capital(text)


def _definition(definition: Definition) -> Section:
    when = definition.common
    columns = (WHOSE, PLAN, Column("figure", str(when or "Figure"), width=12), *OTHERS)
    rows = [_row(series, when) for series in (*definition.series, *definition.benchmarks)]
    blocks: list[Block] = [*_range(definition), Table(columns, rows)]
    caveats = list(_caveats(definition))
    if caveats:
        blocks += ["What to bear in mind:", Items(caveats)]
    cells = [cell for row in rows for cell in row if isinstance(cell, str)]
    if signs := wording.signs(cells):
        blocks.append(f"Signs: {'; '.join(signs)}.")
    return Section(_title(definition), blocks, key=definition.id)


def _range(definition: Definition) -> Iterator[str]:
    """How far apart the areas are in the period that most of them have a figure for."""
    when = definition.common
    points = [(series, point) for series in definition.series if (point := series.at(when))]
    if len(points) < 2:
        yield "No two of them have a figure for the same period, so there is nothing to compare."
        return
    points.sort(key=lambda pair: pair[1].figure.middle)
    low, high = points[0], points[-1]
    which = f"{len(points)} of {len(definition.series)} have a figure"
    yield f"For {when} {which}: from {_said(*low)} to {_said(*high)}."


def _said(series: ComparedSeries, point: ComparedFigure) -> str:
    return f"{_figure(series, point)} ({series.whose})"


def _figure(series: ComparedSeries, point: ComparedFigure) -> str:
    return wording.figure(point.given, series.indicator, series.assessment.plan)


def _row(series: ComparedSeries, when: Period | None) -> list[Cell]:
    point = series.at(when)
    last = series.present[-1] if series.present else None
    if point:
        figure = _figure(series, point)
    else:
        figure = f"none; {_figure(series, last)} ({last.period})" if last else wording.NONE
    first = series.present[0] if series.present else None
    judged = series.assessment.verdict[series.indicator.id]
    return [
        series.whose,
        "benchmark" if series.benchmark else series.assessment.plan.cover.title,
        figure,
        f"{_figure(series, first)} ({first.period})" if first else wording.DASH,
        wording.DASH if series.benchmark else wording.badge(judged),
    ]


def _caveats(definition: Definition) -> Iterator[str]:
    """Why the figures may not be quite alike."""
    series = definition.series
    wholes = list(dict.fromkeys(series.indicator.of or "not said" for series in series))
    if definition.unit == "per cent" and wholes != ["not said"]:
        same = len(wholes) == 1
        yield (
            f"A share of {wholes[0]}, all of them."
            if same
            else (f"Not shares of the same: {'; '.join(wholes)}.")
        )
    if others := [series.whose for series in series if series.indicator.area]:
        yield f"Not the plan's own area: {', '.join(others)}."
    for line in series:
        if len(line.present) < len(line.points):
            start = line.present[0].period
            yield f"{line.whose}: a new series begins with {start}; earlier figures are not shown."
    unsure = [
        series
        for series in series
        if any("low-reliability" in p.given.marks for p in series.points)
    ]
    if unsure:
        yield (
            f"{len(unsure)} of {len(series)} series {agree(len(unsure), 'is', 'are')} of low"
            " reliability [u]: small differences may be chance."
        )
    for name, when in definition.disputed:
        yield f"{name}: the plans do not give the same figure for {when}; the first one is shown."
    for line in definition.others:
        yield f"{line.whose}: left out, since it is counted in {line.indicator.unit}."


# ---- for programs


def _data(plans: Sequence[Assessment], shared: Sequence[Definition]) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "as_of": plans[0].as_of.text,
        "plans": [_plan(plan) for plan in plans],
        "definitions": [
            {
                "id": definition.id,
                "unit": definition.unit,
                "period": str(definition.common) if definition.common else None,
                "series": len(definition.series),
                "with_figure": sum(
                    bool(series.at(definition.common)) for series in definition.series
                ),
                "caveats": list(_caveats(definition)),
            }
            for definition in shared
        ],
        "figures": [
            _point(definition, series, point)
            for definition in shared
            for series in (*definition.series, *definition.benchmarks)
            for point in series.points
        ],
    }


def _plan(assessment: Assessment) -> dict[str, Any]:
    cover, covered = assessment.plan.cover, coverage(assessment)
    return {
        "id": cover.id,
        "title": cover.title,
        "organisation": cover.organisation,
        "from": cover.from_.text if cover.from_ else None,
        "to": cover.to.text if cover.to else None,
        "headings": len(assessment.plan.priorities),
        "coverage": {
            name: {"howmany": share.howmany, "of": share.of}
            for name, share in zip(Coverage._fields, covered, strict=True)
        },
        "indicators": {str(status): howmany for status, howmany in assessment.statuses().items()},
        "assessed": assessment.assessed,
        "of": len(assessment.targeted),
        "context": len(assessment.context),
        "actions": assessment.grades(),
        "overdue": sum(standing.overdue for standing in assessment.live),
    }


def _point(definition: Definition, series: ComparedSeries, point: ComparedFigure) -> dict[str, Any]:
    return {
        "definition": definition.id,
        "plan": series.assessment.plan.cover.id,
        "indicator": series.indicator.id,
        "whose": series.whose,
        "benchmark": series.benchmark is not None,
        **data.figure(point.period, point.figure),
        "marks": list(point.given.marks),
        "comparable": point in series.present,
    }
