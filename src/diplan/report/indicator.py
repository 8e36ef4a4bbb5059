"""All there is on one indicator."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from diplan.ground.period import Period
from diplan.judge import Assessment, Verdict
from diplan.plan import Action, Benchmark, Figure, Indicator, Observation, Plan
from diplan.report import data, promises, wording
from diplan.report.document import (
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Items,
    Section,
    Table,
    Trend,
    Way,
)
from diplan.report.grouping import priority_title
from diplan.report.status import against_original, as_of, conflicts
from diplan.report.trend import trend

SCHEMA = "diplan/indicator/1"


def indicator(assessment: Assessment, name: str) -> Document:
    """The report of `diplan show` on an indicator."""
    plan, found = assessment.plan, assessment.verdict[name]
    own = _as_known(found.indicator, assessment.as_of)
    sections: tuple[tuple[str, list[Block]], ...] = (
        ("Figures", [_figures(own, plan), *_signs(own, plan)]),
        ("Beside others", list(_beside(own, plan))),
        ("Sources disagree", list(_disagreements(assessment, found))),
        ("Against the original target", _originally(assessment, found)),
        (promises.TITLE, _listed(promises.told(found.moved))),
        ("Supported by", _listed(_supporters(plan, own))),
        ("Notes", _listed(_notes(own))),
        ("Revisions", _listed(_revisions(found, plan))),
        ("Sources", _listed(_sources(own, plan))),
    )
    return Document(
        own.title,
        [f"As of {as_of(assessment)}: {wording.sentence(found)}", Facts(list(_facts(found, plan)))],
        [Section(title, blocks) for title, blocks in sections if blocks],
        lambda: _data(assessment, found, own),
        "observations",
    )


def _as_known(own: Indicator, as_of: Period) -> Indicator:
    """The indicator without the figures of periods that had not ended."""

    def known(seen: Sequence[Observation]) -> tuple[Observation, ...]:
        return tuple(one for one in seen if one.period.end <= as_of.end)

    marks = (replace(mark, observations=known(mark.observations)) for mark in own.benchmarks)
    return replace(own, observations=known(own.observations), benchmarks=tuple(marks))


def _listed(texts: Iterator[str]) -> list[Block]:
    found = list(texts)
    return [Items(found)] if found else []


def _facts(found: Verdict, plan: Plan) -> Iterator[tuple[str, Cell]]:
    own = found.indicator
    yield "Status", wording.badge(found)
    yield "Baseline", wording.starting_point(found, plan)
    yield "Latest", wording.latest(found, plan)
    yield "Target", wording.target(found)
    yield "Progress", Way(found.numbers.fraction)
    points = trend(found, plan)
    if len(points.values) > 1:
        yield "Trend", Trend(points.values)
    if own.priority:
        yield wording.heading(plan), priority_title(plan, own.priority)
    yield "Unit", f"{own.unit} of {own.of}" if own.of else own.unit
    if own.area:
        yield "Area", own.area
    yield "Led by", wording.services(own.lead, plan) or wording.NONE
    if own.collected_from:
        yield "Data from", own.collected_from
    if own.frequency:
        yield "Measured", own.frequency
    if own.group:
        tied = [other.title for other in plan.indicators if other.group == own.group != ""]
        yield "One row of", wording.listed(tied)
    if own.definition:
        yield "Definition", f"{own.definition} (plans that share it can be compared)"
    yield "Id", own.id


def _rows(own: Indicator) -> list[tuple[Period | None, Figure, str]]:
    """The baseline and the observations, in order of time."""
    rows: list[tuple[Period | None, Figure, str]] = [
        (seen.period, seen, "") for seen in own.observations
    ]
    if own.baseline:
        rows.append((own.baseline.period, own.baseline, "baseline"))
    return sorted(rows, key=lambda row: row[0].end if row[0] else Fraction(0))


def _figures(own: Indicator, plan: Plan) -> Table:
    columns = [Column("period", "Period", width=8), Column("figure", "Figure", width=12)]
    columns += [Column(mark.name, mark.name, width=12, right=True) for mark in own.benchmarks]
    columns += [Column("kind", "", width=9), Column("source", "Source", width=30)]
    rows: list[list[Cell]] = []
    for when, given, kind in _rows(own):
        others = [_at(mark, when, own, plan) for mark in own.benchmarks]
        shown = wording.figure(given, own, plan)
        cited = ": ".join(filter(None, (given.source, given.at)))
        rows.append([str(when or "-"), shown, *others, kind, cited])
    return Table(columns, rows)


def _at(mark: Benchmark, when: Period | None, own: Indicator, plan: Plan) -> str:
    """A benchmark's figure for the same period."""
    same = (seen for seen in mark.observations if when and seen.period.end == when.end)
    found = next(same, None)
    return wording.figure(found, own, plan) if found else "-"


def _signs(own: Indicator, plan: Plan) -> Iterator[str]:
    signs = wording.signs(wording.figure(given, own, plan) for _, given, _ in _rows(own))
    if signs:
        yield f"Signs: {'; '.join(signs)}."


def _beside(own: Indicator, plan: Plan) -> Iterator[Block]:
    texts = [text for mark in own.benchmarks if (text := _compared(own, mark, plan))]
    if texts:
        yield Items(texts)


def _compared(own: Indicator, mark: Benchmark, plan: Plan) -> str:
    """How far apart two series were at the start, and are now."""
    within = plan.cover.approximate_within
    theirs = {seen.period.end: seen.interval(within) for seen in mark.observations}
    gaps = []
    start = own.baseline_period
    breaks = [seen.period.end for seen in own.observations if "break" in seen.marks]
    since = max([*breaks, start.end if start else Fraction(0)])
    for when, given, _ in _rows(own):
        ours = given.interval(within)
        other = theirs.get(when.end) if when else None
        if when and ours and other and when.end >= since:
            gaps.append((when, ours.middle - other.middle))
    if not gaps:
        return ""
    then, now = gaps[0], gaps[-1]
    words = _gap(then[1], own), _gap(now[1], own)
    if len(gaps) == 1:
        return f"{mark.name}: {words[0]} it {then[0].when}."
    return f"{mark.name}: {words[0]} it {then[0].when}, {words[1]} it {now[0].when}."


def _gap(gap: Fraction, own: Indicator) -> str:
    unit = "points" if own.unit == "per cent" else own.unit
    if gap == 0:
        return "level with"
    return f"{wording.number(abs(gap))} {unit} {'above' if gap > 0 else 'below'}"


def _originally(assessment: Assessment, found: Verdict) -> list[Block]:
    other = assessment.originally(found)
    return [f"It is {against_original(found, other)}."] if other else []


def _disagreements(assessment: Assessment, found: Verdict) -> Iterator[Block]:
    pair = {found.indicator.id, *(one.indicator.id for one in assessment.conflicts(found))}
    if len(pair) > 1:
        near = [one for one in assessment.verdicts if one.indicator.id in pair]
        texts = conflicts(replace(assessment, verdicts=tuple(near), standings=()))
        yield Items(list(texts))


def supporters(plan: Plan, own: Indicator) -> list[Action]:
    """The actions that are meant to move an indicator."""
    return [action for action in plan.actions if own.id in action.supports]


def _supporters(plan: Plan, own: Indicator) -> Iterator[str]:
    for action in supporters(plan, own):
        lead = wording.services(action.lead, plan)
        yield f"{action.title} ({lead}; {wording.due(action)}) [{action.id}]"


def _notes(own: Indicator) -> Iterator[str]:
    if own.note:
        yield own.note
    if own.target.note:
        yield f"Target: {own.target.note}"
    for when, given, kind in _rows(own):
        name = kind.capitalize() if kind else str(when)
        if given.note:
            yield f"{name}: {given.note}"
    if own.baseline and own.baseline.proxy:
        yield f"Baseline measures something else than the target does: {own.baseline.proxy}"
    for mark in own.benchmarks:
        if mark.note:
            yield f"{mark.name}: {mark.note}"


def _revisions(found: Verdict, plan: Plan) -> Iterator[str]:
    """The entries of the ledger on what was measured."""
    promises = [move.entry for move in found.moved]
    for change in found.indicator.revisions:
        if change in promises:
            continue
        moved = f" from {change.was} to {change.now}" if change.was and change.now else ""
        cited = f" ({wording.source(change.source, plan)})" if change.source else ""
        yield f"{change.date.words}: {change.what}{moved}: {change.why}{cited}"


def _sources(own: Indicator, plan: Plan) -> Iterator[str]:
    cited = [given.source for _, given, _ in _rows(own)]
    cited += [mark.source for mark in own.benchmarks]
    for name in dict.fromkeys(filter(None, cited)):
        known = plan.source.get(name)
        if known is None:
            yield name
            continue
        said = [known.title, known.publisher, known.published and known.published.words, known.url]
        yield f"{name}: {', '.join(str(part) for part in said if part)}"


def _data(assessment: Assessment, found: Verdict, own: Indicator) -> dict[str, object]:
    plan = assessment.plan
    within = plan.cover.approximate_within
    return {
        "schema": SCHEMA,
        "plan": plan.cover.id,
        "as_of": assessment.as_of.text,
        "indicator": data.indicator(found, within),
        "lead": list(own.lead),
        "collected_from": own.collected_from,
        "frequency": own.frequency,
        "observations": [data.observation(seen, within) for seen in own.observations],
        "benchmarks": [
            {
                "name": mark.name,
                "source": mark.source,
                "observations": [data.observation(seen, within) for seen in mark.observations],
            }
            for mark in own.benchmarks
        ],
        "cross_check": list(own.cross_check),
        "actions": [action.id for action in supporters(plan, own)],
        "note": own.note,
    }
