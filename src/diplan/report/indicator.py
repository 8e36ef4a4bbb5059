"""All there is on one indicator."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from diplan.ground.english import in_or_on, in_words
from diplan.ground.period import Period
from diplan.judge import Assessment, Verdict
from diplan.plan import Action, Benchmark, Figure, Indicator, Observation, Plan
from diplan.report import data, milestones, parts, promises, rating, wording
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
    plan, verdict = assessment.plan, assessment.verdict[name]
    indicator = _as_known(verdict.indicator, assessment.as_of)
    sections: tuple[tuple[str, list[Block]], ...] = (
        ("Figures", list(_figures(indicator, plan))),
        ("Milestones", [milestones.table(verdict)] if verdict.milestones else []),
        ("Parts", _listed(_parts(assessment, verdict))),
        (rating.TITLE, _listed(rating.about(verdict, plan))),
        ("Beside others", list(_beside(indicator, plan))),
        ("Sources disagree", list(_disagreements(assessment, verdict))),
        ("Against the original target", _originally(assessment, verdict)),
        (promises.TITLE, _listed(promises.told(verdict.moved))),
        ("Supported by", _listed(_supporters(plan, indicator))),
        ("Notes", _listed(_notes(indicator))),
        ("Revisions", _listed(_revisions(verdict, plan))),
        ("Sources", _listed(_sources(indicator, plan))),
    )
    return Document(
        indicator.title,
        [
            f"As of {as_of(assessment)}: {wording.sentence(verdict)}",
            Facts(list(_facts(verdict, plan))),
        ],
        [Section(title, blocks) for title, blocks in sections if blocks],
        lambda: record(assessment, name),
        "observations",
    )


def _as_known(indicator: Indicator, as_of: Period) -> Indicator:
    """The indicator without the figures of periods that had not ended."""

    def known(seen: Sequence[Observation]) -> tuple[Observation, ...]:
        return tuple(observation for observation in seen if observation.period.end <= as_of.end)

    marks = (replace(mark, observations=known(mark.observations)) for mark in indicator.benchmarks)
    return replace(indicator, observations=known(indicator.observations), benchmarks=tuple(marks))


def _listed(texts: Iterator[str]) -> list[Block]:
    items = list(texts)
    return [Items(items)] if items else []


def _facts(verdict: Verdict, plan: Plan) -> Iterator[tuple[str, Cell]]:
    indicator = verdict.indicator
    yield "Status", wording.badge(verdict)
    yield "Baseline", wording.starting_point(verdict, plan)
    yield "Latest", wording.latest(verdict, plan)
    yield "Travel", rating.travel(verdict)
    yield "Target", wording.target(verdict)
    if verdict.rag:
        yield "Council's rating", rating.badge(verdict)
    yield "Progress", Way(verdict.numbers.fraction)
    points = trend(verdict, plan)
    if len(points.values) > 1:
        yield "Trend", Trend(points.values)
    if indicator.priority:
        yield wording.heading(plan), priority_title(plan, indicator.priority)
    yield "Unit", f"{indicator.unit} of {indicator.of}" if indicator.of else indicator.unit
    yield from _belonging(verdict, plan)
    yield "Led by", wording.services(indicator.lead, plan) or wording.NONE
    if indicator.collected_from:
        yield "Data from", indicator.collected_from
    if indicator.frequency:
        yield "Measured", indicator.frequency
    if indicator.group:
        tied = [other.title for other in plan.indicators if other.group == indicator.group != ""]
        yield "One row of", wording.listed(tied)
    if indicator.definition:
        yield "Definition", f"{indicator.definition} (plans that share it can be compared)"
    yield "Id", indicator.id


def _belonging(verdict: Verdict, plan: Plan) -> Iterator[tuple[str, Cell]]:
    """What an indicator is a part of, is made of, and is for."""
    indicator = verdict.indicator
    if indicator.part_of:
        yield "Part of", _part_of(indicator, plan)
    if indicator.derived:
        yield "Worked out", derivation(indicator, plan)
    if verdict.ended and indicator.ended:
        yield "Left the plan", f"{in_words(indicator.ended.date)}: {indicator.ended.why}"
    if indicator.area:
        yield "Area", indicator.area


def _part_of(indicator: Indicator, plan: Plan) -> str:
    """The whole, and which part of it an indicator is."""
    whole = plan.indicator.get(indicator.part_of or "")
    title = whole.title if whole else indicator.part_of or ""
    which = parts.segment(indicator, plan)
    return f"{title}: {which}" if which else title


def derivation(indicator: Indicator, plan: Plan) -> str:
    """How a derived figure is made, in words with the titles of its parts."""
    made = indicator.derived
    if made is None:
        return ""
    titles = [plan.indicator[name].title if name in plan.indicator else name for name in made.of]
    match made.kind:
        case "difference":
            return " less ".join(titles)
        case "share":
            return " as a percentage of ".join(titles)
        case _:
            return f"the sum of {wording.listed(titles)}"


def _parts(assessment: Assessment, verdict: Verdict) -> Iterator[str]:
    """Each part of an indicator, with its figure, its gap and how it stands."""
    plan = assessment.plan
    for part in assessment.verdicts:
        if part.indicator.part_of == verdict.indicator.id:
            yield f"{part.indicator.title}: {_against(part, plan)}; {wording.status(part)}"


def _against(part: Verdict, plan: Plan) -> str:
    """The latest figure of a part, or its baseline, with how far it is from the whole."""
    shown, apart = wording.latest(part, plan), parts.gap(part, plan)
    if shown == wording.NONE and part.indicator.baseline:
        shown = f"baseline {wording.baseline(part.indicator, plan)}"
        apart = parts.gap_at_start(part.indicator, plan)
    return ", ".join(filter(None, (shown, apart)))


def _rows(indicator: Indicator) -> list[tuple[Period | None, Figure, str]]:
    """The baseline and the observations, in order of time."""
    rows: list[tuple[Period | None, Figure, str]] = [
        (seen.period, seen, "")
        for seen in indicator.observations
        if not (indicator.derived and seen.period == indicator.baseline_period)
    ]
    if indicator.baseline:
        rows.append((indicator.baseline.period, indicator.baseline, "baseline"))
    return sorted(rows, key=lambda row: row[0].end if row[0] else Fraction(0))


def _figures(indicator: Indicator, plan: Plan) -> Iterator[Block]:
    """Every figure in order of time, with what its signs mean; nothing where there is none."""
    columns = [Column("period", "Period", width=8), Column("figure", "Figure", width=12)]
    columns += [Column(mark.name, mark.name, width=12, right=True) for mark in indicator.benchmarks]
    columns += [Column("kind", "", width=9), Column("source", "Source", width=30)]
    rows: list[list[Cell]] = []
    for when, given, kind in _rows(indicator):
        others = [_at(mark, when, indicator, plan) for mark in indicator.benchmarks]
        shown = wording.figure(given, indicator, plan)
        cited = ": ".join(filter(None, (given.source, given.at)))
        if indicator.derived and not cited:
            cited = wording.listed(indicator.derived.of)
        rows.append([str(when or "-"), shown, *others, kind, cited])
    if rows:
        yield Table(columns, rows)
        yield from _signs(indicator, plan)


def _at(mark: Benchmark, when: Period | None, indicator: Indicator, plan: Plan) -> str:
    """A benchmark's figure for the same period."""
    same = (seen for seen in mark.observations if when and seen.period.end == when.end)
    observation = next(same, None)
    return wording.figure(observation, indicator, plan) if observation else "-"


def _signs(indicator: Indicator, plan: Plan) -> Iterator[str]:
    signs = wording.signs(
        wording.figure(given, indicator, plan) for _, given, _ in _rows(indicator)
    )
    if signs:
        yield f"Signs: {'; '.join(signs)}."


def _beside(indicator: Indicator, plan: Plan) -> Iterator[Block]:
    texts = [text for mark in indicator.benchmarks if (text := _compared(indicator, mark, plan))]
    if texts:
        yield Items(texts)


def _compared(indicator: Indicator, mark: Benchmark, plan: Plan) -> str:
    """How far apart two series were at the start, and are now."""
    within = plan.cover.approximate_within
    theirs = {seen.period.end: seen.interval(within) for seen in mark.observations}
    gaps = []
    start = indicator.baseline_period
    breaks = [seen.period.end for seen in indicator.observations if "break" in seen.marks]
    since = max([*breaks, start.end if start else Fraction(0)])
    for when, given, _ in _rows(indicator):
        ours = given.interval(within)
        other = theirs.get(when.end) if when else None
        if when and ours and other and when.end >= since:
            gaps.append((when, ours.middle - other.middle))
    if not gaps:
        return ""
    then, now = gaps[0], gaps[-1]
    words = _gap(then[1], indicator), _gap(now[1], indicator)
    if len(gaps) == 1:
        return f"{mark.name}: {words[0]} it {in_or_on(then[0])}."
    return f"{mark.name}: {words[0]} it {in_or_on(then[0])}, {words[1]} it {in_or_on(now[0])}."


def _gap(gap: Fraction, indicator: Indicator) -> str:
    unit = "points" if indicator.unit == "per cent" else indicator.unit
    if gap == 0:
        return "level with"
    return f"{wording.number(abs(gap))} {unit} {'above' if gap > 0 else 'below'}"


def _originally(assessment: Assessment, verdict: Verdict) -> list[Block]:
    other = assessment.originally(verdict)
    return [f"It is {against_original(verdict, other)}."] if other else []


def _disagreements(assessment: Assessment, verdict: Verdict) -> Iterator[Block]:
    pair = {
        verdict.indicator.id,
        *(conflict.indicator.id for conflict in assessment.conflicts(verdict)),
    }
    if len(pair) > 1:
        near = [verdict for verdict in assessment.verdicts if verdict.indicator.id in pair]
        texts = conflicts(replace(assessment, verdicts=tuple(near), standings=()))
        yield Items(list(texts))


def supporters(plan: Plan, indicator: Indicator) -> list[Action]:
    """The actions that are meant to move an indicator."""
    return plan.supporters.get(indicator.id, [])


def _supporters(plan: Plan, indicator: Indicator) -> Iterator[str]:
    for action in supporters(plan, indicator):
        lead = wording.services(action.lead, plan)
        yield f"{action.title} ({lead}; {wording.due(action)}) [{action.id}]"


def _notes(indicator: Indicator) -> Iterator[str]:
    if indicator.note:
        yield indicator.note
    if indicator.target.note:
        yield f"Target: {indicator.target.note}"
    for when, given, kind in _rows(indicator):
        name = kind.capitalize() if kind else str(when)
        if given.note:
            yield f"{name}: {given.note}"
    if indicator.baseline and indicator.baseline.proxy:
        yield f"Baseline measures something other than the target does: {indicator.baseline.proxy}"
    for mark in indicator.benchmarks:
        if mark.note:
            yield f"{mark.name}: {mark.note}"


def _revisions(verdict: Verdict, plan: Plan) -> Iterator[str]:
    """The entries of the ledger on what was measured."""
    promises = {id(move.entry) for move in verdict.moved}
    for change in verdict.indicator.revisions:
        if id(change) in promises:
            continue
        moved = f" from {change.was} to {change.now}" if change.was and change.now else ""
        cited = f" ({wording.source(change.source, plan)})" if change.source else ""
        yield f"{in_words(change.date)}: {change.what}{moved}: {change.why}{cited}"


def _sources(indicator: Indicator, plan: Plan) -> Iterator[str]:
    cited = [given.source for _, given, _ in _rows(indicator)]
    cited += [mark.source for mark in indicator.benchmarks]
    for name in dict.fromkeys(filter(None, cited)):
        known = plan.source.get(name)
        if known is None:
            yield name
            continue
        published = in_words(known.published) if known.published else None
        said = [known.title, known.publisher, published, known.url]
        yield f"{name}: {', '.join(str(part) for part in said if part)}"


def record(assessment: Assessment, name: str) -> dict[str, object]:
    """An indicator as data: `diplan show --format json`."""
    plan, verdict = assessment.plan, assessment.verdict[name]
    indicator = _as_known(verdict.indicator, assessment.as_of)
    within = plan.cover.approximate_within
    return {
        "schema": SCHEMA,
        "plan": plan.cover.id,
        "as_of": assessment.as_of.text,
        "indicator": data.indicator(verdict, within),
        "lead": list(indicator.lead),
        "collected_from": indicator.collected_from,
        "frequency": indicator.frequency,
        "observations": [data.observation(seen, within) for seen in indicator.observations],
        "benchmarks": [
            {
                "name": mark.name,
                "source": mark.source,
                "observations": [data.observation(seen, within) for seen in mark.observations],
            }
            for mark in indicator.benchmarks
        ],
        "cross_check": list(indicator.cross_check),
        "actions": [action.id for action in supporters(plan, indicator)],
        "note": indicator.note,
    }
