"""Several plans side by side: what each can be held to, how it stands, what is measured alike."""

from collections.abc import Iterator, Sequence
from typing import Any

from diplan.ground.english import agree
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
    found = [one for one in definitions(plans) if only in (None, one.id)]
    sections = [] if only else list(_plans(plans))
    sections += [_definition(one) for one in found]
    return Document(
        f"{wording.count(len(plans), 'plan')} side by side",
        [f"As of {as_of(plans[0])}.", *_shared(found)],
        sections,
        lambda: _data(plans, found),
        "figures" if only else "plans",
    )


def _shared(found: Sequence[Definition]) -> Iterator[str]:
    if found:
        titles = wording.listed(_title(one).lower() for one in found)
        yield f"They measure {wording.count(len(found), 'thing')} alike: {titles}."
    else:
        yield "No two indicators share a definition, so no figures are compared."


# ---- the plans


def _plans(plans: Sequence[Assessment]) -> Iterator[Section]:
    rows: list[list[Cell]] = [
        [
            found.plan.cover.title,
            found.plan.cover.organisation or wording.DASH,
            _span(found),
            wording.count(len(found.plan.priorities), wording.heading(found.plan).lower()),
        ]
        for found in plans
    ]
    yield Section("The plans", [Table(PLANS, rows)])
    covered: list[list[Cell]] = [
        [found.plan.cover.title, *(_share(one) for one in coverage(found))] for found in plans
    ]
    explained = (
        "Of the targets, how many have a baseline, a date, and a figure to judge by; of the"
        " actions, how many have a time, a measure of success, and an update."
    )
    yield Section("What they can be held to", [explained, Table(COVERAGE, covered)])
    verdicts: list[list[Cell]] = []
    for found in plans:
        of, counts = len(found.targeted), found.statuses()
        said = [str(counts[status]) if of else wording.DASH for status in Status]
        verdicts.append([found.plan.cover.title, _share(Share(found.assessed, of)), *said])
    yield Section("How their indicators stand", [Table(VERDICTS, verdicts)])
    graded: list[list[Cell]] = [_graded(found) for found in plans]
    own = "Each plan grades its actions by a scale of its own."
    yield Section("How their actions stand", [own, Table(ACTIONS, graded)])


def _span(found: Assessment) -> str:
    start, end = found.plan.cover.from_, found.plan.cover.to
    if start is None and end is None:
        return "no dates"
    return f"{start or '...'} to {end or '...'}"


def _share(one: Share) -> str:
    return f"{one.howmany} of {one.of}" if one.of else wording.DASH


def _graded(found: Assessment) -> list[Cell]:
    grades = [
        f"{howmany} {wording.graded(grade)}" for grade, howmany in found.grades().items() if howmany
    ]
    undated = sum(one.action.due == "to-be-confirmed" for one in found.live)
    of = len(found.live)
    return [
        found.plan.cover.title,
        Lines(grades) if grades else "no actions",
        _share(Share(sum(one.overdue for one in found.live), of)),
        _share(Share(undated, of)),
    ]


# ---- what is measured alike


def _title(found: Definition) -> str:
    text = found.id.replace("-", " ")
    return f"{text[:1].upper()}{text[1:]}"


def _definition(found: Definition) -> Section:
    when = found.common
    columns = (WHOSE, PLAN, Column("figure", when or "Figure", width=12), *OTHERS)
    rows = [_row(one, when) for one in (*found.series, *found.benchmarks)]
    blocks: list[Block] = [*_range(found), Table(columns, rows)]
    caveats = list(_caveats(found))
    if caveats:
        blocks += ["What to bear in mind:", Items(caveats)]
    cells = [cell for row in rows for cell in row if isinstance(cell, str)]
    if signs := wording.signs(cells):
        blocks.append(f"Signs: {'; '.join(signs)}.")
    return Section(_title(found), blocks, key=found.id)


def _range(found: Definition) -> Iterator[str]:
    """How far apart the areas are in the period that most of them have a figure for."""
    when = found.common
    points = [(one, point) for one in found.series if (point := one.at(when or ""))]
    if len(points) < 2:
        yield "No two of them have a figure for the same period, so there is nothing to compare."
        return
    points.sort(key=lambda pair: pair[1].figure.middle)
    low, high = points[0], points[-1]
    which = f"{len(points)} of {len(found.series)} have a figure"
    yield f"For {when} {which}: from {_said(*low)} to {_said(*high)}."


def _said(one: ComparedSeries, point: ComparedFigure) -> str:
    return f"{_figure(one, point)} ({one.whose})"


def _figure(one: ComparedSeries, point: ComparedFigure) -> str:
    return wording.figure(point.given, one.indicator, one.assessment.plan)


def _row(one: ComparedSeries, when: str | None) -> list[Cell]:
    point = one.at(when or "")
    last = one.present[-1] if one.present else None
    if point:
        figure = _figure(one, point)
    else:
        figure = f"none; {_figure(one, last)} ({last.period})" if last else wording.NONE
    first = one.present[0] if one.present else None
    judged = one.assessment.verdict[one.indicator.id]
    return [
        one.whose,
        "benchmark" if one.benchmark else one.assessment.plan.cover.title,
        figure,
        f"{_figure(one, first)} ({first.period})" if first else wording.DASH,
        wording.DASH if one.benchmark else wording.badge(judged),
    ]


def _caveats(found: Definition) -> Iterator[str]:
    """Why the figures may not be quite alike."""
    series = found.series
    wholes = list(dict.fromkeys(one.indicator.of or "not said" for one in series))
    if found.unit == "per cent" and wholes != ["not said"]:
        same = len(wholes) == 1
        yield (
            f"A share of {wholes[0]}, all of them."
            if same
            else (f"Not shares of the same: {'; '.join(wholes)}.")
        )
    if others := [one.whose for one in series if one.indicator.area]:
        yield f"Not the plan's own area: {', '.join(others)}."
    for one in series:
        if len(one.present) < len(one.points):
            start = one.present[0].period
            yield f"{one.whose}: a new series begins with {start}; earlier figures are not shown."
    unsure = [one for one in series if any("low-reliability" in p.given.marks for p in one.points)]
    if unsure:
        yield (
            f"{len(unsure)} of {len(series)} series {agree(len(unsure), 'is', 'are')} of low"
            " reliability [u]: small differences may be chance."
        )
    for name, when in found.disputed:
        yield f"{name}: the plans do not give the same figure for {when}; the first one is shown."
    for one in found.others:
        yield f"{one.whose}: left out, since it is counted in {one.indicator.unit}."


# ---- for programs


def _data(plans: Sequence[Assessment], found: Sequence[Definition]) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "as_of": plans[0].as_of.text,
        "plans": [_plan(one) for one in plans],
        "definitions": [
            {
                "id": one.id,
                "unit": one.unit,
                "period": one.common,
                "series": len(one.series),
                "with_figure": sum(bool(own.at(one.common or "")) for own in one.series),
                "caveats": list(_caveats(one)),
            }
            for one in found
        ],
        "figures": [
            _point(one, own, point)
            for one in found
            for own in (*one.series, *one.benchmarks)
            for point in own.points
        ],
    }


def _plan(found: Assessment) -> dict[str, Any]:
    cover, covered = found.plan.cover, coverage(found)
    return {
        "id": cover.id,
        "title": cover.title,
        "organisation": cover.organisation,
        "from": cover.from_.text if cover.from_ else None,
        "to": cover.to.text if cover.to else None,
        "headings": len(found.plan.priorities),
        "coverage": {
            name: {"howmany": share.howmany, "of": share.of}
            for name, share in zip(Coverage._fields, covered, strict=True)
        },
        "indicators": {str(status): howmany for status, howmany in found.statuses().items()},
        "assessed": found.assessed,
        "of": len(found.targeted),
        "context": len(found.context),
        "actions": found.grades(),
        "overdue": sum(one.overdue for one in found.live),
    }


def _point(found: Definition, own: ComparedSeries, point: ComparedFigure) -> dict[str, Any]:
    return {
        "definition": found.id,
        "plan": own.assessment.plan.cover.id,
        "indicator": own.indicator.id,
        "whose": own.whose,
        "benchmark": own.benchmark is not None,
        **data.figure(point.period, point.figure),
        "marks": list(point.given.marks),
        "comparable": point in own.present,
    }
