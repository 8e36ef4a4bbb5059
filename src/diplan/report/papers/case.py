"""What a paper is made from, and what several papers tell in the same way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from diplan.ground.english import capital, in_words
from diplan.ground.period import Period, as_long
from diplan.judge import Assessment, Standing, Verdict, assess
from diplan.judge.diff import Changes, changes_of
from diplan.plan import Action, Benchmark, Figure, Indicator, Meaning, Observation, Plan, Venue
from diplan.plan.indicator import MONTHS
from diplan.report import milestones, wording
from diplan.report.document import (
    BenchmarkLine,
    Block,
    Chart,
    Column,
    Items,
    Point,
    Prose,
    Section,
    Stage,
    Table,
)
from diplan.report.status import signs

REVIEW_MONTHS = {"yearly": 12, "six-monthly": 6, "quarterly": 3}
"""How far apart a plan's reviews are."""


@dataclass(frozen=True)
class Case:
    """A plan at a moment, for a year of it, beside how it stood before."""

    now: Assessment
    compared: Period
    """The moment to compare with."""
    year: Period
    narrative: Mapping[str, str]
    """Paragraphs that somebody wrote, by the key of the section that they belong to."""
    subject: str = ""
    """What the paper is about, where it is about one thing: a service's id."""
    told: dict[tuple[str, int], Sequence[Block]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What has been found of indicators, kept because several papers tell it: see `found`."""

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.now.plan

    @property
    def venues(self) -> list[Venue]:
        """The places that are not closed."""
        return [venue for venue in self.plan.venues if venue.status != "closed"]

    @cached_property
    def before(self) -> Assessment:
        """How the plan stood at the moment to compare with."""
        return self.changes.before

    @cached_property
    def changes(self) -> Changes:
        """What differs from the moment to compare with, as far as it is known today."""
        recorded, now = self.now.recorded, self.now
        whole = now if now.whole else assess(recorded, now.as_of)
        return changes_of(assess(recorded, self.compared), whole)

    def prose(self, key: str) -> list[Block]:
        """The paragraphs written for a section; none where nobody wrote any."""
        text = self.narrative.get(key, "").strip()
        return [Prose(text)] if text else []


def section(key: str, title: str, blocks: Iterable[Block], level: int = 2) -> Iterator[Section]:
    """A section without lists and tables that are empty; none where nothing is left."""
    shown = [block for block in blocks if not _empty(block)]
    if shown:
        yield Section(title, shown, level, key)


def _empty(block: Block) -> bool:
    match block:
        case Items(texts=[]) | Table(rows=[]):
            return True
    return False


def filled(table: Table) -> Table:
    """A table without the columns in which no row says anything."""
    shown = [
        at
        for at in range(len(table.columns))
        if any(row[at] not in ("", wording.DASH) for row in table.rows)
    ]
    return table._replace(
        columns=[table.columns[at] for at in shown],
        rows=[[row[at] for at in shown] for row in table.rows],
        merged=sum(at < table.merged for at in shown),
    )


def signs_of(case: Case) -> Iterator[Section]:
    """What the signs in a paper stand for, those in its charts' tables among them."""
    drawn = [verdict.indicator for verdict in case.now.verdicts if verdict.evidence]
    shown = [
        wording.figure(observation, indicator, case.plan)
        for indicator in drawn
        for observation in indicator.observations
    ]
    yield from (sign._replace(key="signs") for sign in signs(case.now, shown))


def rows_of(verdicts: Iterable[Verdict]) -> list[list[Verdict]]:
    """Indicators as the plan prints them: those of one group are one row."""
    rows: list[list[Verdict]] = []
    for verdict in verdicts:
        group = verdict.indicator.group
        if group and rows and rows[-1][0].indicator.group == group:
            rows[-1].append(verdict)
        else:
            rows.append([verdict])
    return rows


def in_year(assessment: Assessment, year: Period) -> list[Standing]:
    """The actions that stand in a year's plan; one that names no year stands in all.

    An unfinished action belongs to every later year until it is done or has ended.
    """
    cover = assessment.plan.cover

    def stands(action: Action) -> bool:
        if not action.years or year in action.years:
            return True
        if min(named.start for named in action.years) >= year.start:
            return False
        before = [update for update in action.updates if update.date.end <= year.start]
        last = max(before, key=lambda seen: seen.date.end, default=None)
        finished = last is not None and cover.meaning(last.grade) is Meaning.DONE
        gone = action.ended is not None and action.ended.date.end <= year.start
        return not finished and not gone

    return [standing for standing in assessment.standings if stands(standing.action)]


def due(standing: Standing) -> str:
    """When an action is due, as a table says it."""
    text = wording.span(standing.action)
    return "To be confirmed" if text == "no date yet" else capital(text)


def chart(verdict: Verdict, plan: Plan) -> Chart:
    """An indicator's course up to the moment judged."""
    indicator, evidence = verdict.indicator, verdict.evidence
    until = evidence.period.end if evidence else Fraction(0)
    seen = sorted(
        (observation for observation in indicator.observations if observation.period.end <= until),
        key=lambda observation: observation.period.end,
    )
    start = indicator.baseline_period
    given = _point(indicator.baseline, start, plan) if indicator.baseline and start else None
    base = given if given and given.value is not None else None
    goal, end = verdict.target_value, indicator.target.due
    aim = Point(wording.target(verdict), end.end / 12, goal) if goal is not None and end else None
    stones = [
        Stage(
            Point(milestones.told(stone, verdict), stone.milestone.period.end / 12, stone.value),
            milestones.badge(stone),
        )
        for stone in verdict.milestones
        if stone.value is not None
    ]
    way = (base, *(stone.point for stone in stones), aim)
    path = [(point.time, point.value) for point in way if base and aim and point]
    return Chart(
        indicator.id,
        indicator.title,
        f"{indicator.title}: {wording.sentence(verdict)} Target: {wording.target(verdict)}.",
        indicator.unit,
        list(
            _with_gaps(
                indicator,
                [_point(observation, observation.period, plan) for observation in seen],
                base,
            )
        ),
        base,
        aim,
        [(time, value) for time, value in path if value is not None],
        _chart_table(verdict, seen, until, plan),
        stones,
        list(_benchmarks(indicator, until, plan)),
    )


def _benchmarks(indicator: Indicator, until: Fraction, plan: Plan) -> Iterator[BenchmarkLine]:
    """What others measured of the same thing, up to the figure that the verdict rests on."""
    for benchmark in indicator.benchmarks:
        points = [
            _point(observation, observation.period, plan)
            for observation in sorted(benchmark.observations, key=lambda seen: seen.period.end)
            if observation.period.end <= until
        ]
        if points:
            yield BenchmarkLine(benchmark.name, points)


def _with_gaps(indicator: Indicator, seen: list[Point], base: Point | None) -> Iterator[Point]:
    """The figures in order of time, with a gap where one was due by the indicator's frequency.

    A baseline that measures the same thing is one of them. A series break is a gap as well, and
    so is the way between two counts whose periods are not of one length.
    """
    breaks = {
        observation.period.end / 12
        for observation in indicator.observations
        if "break" in observation.marks
    }
    joined = [base] if base and indicator.baseline and not indicator.baseline.proxy else []
    points = sorted([*seen, *joined], key=lambda point: point.time)
    periods = {
        observation.period.end / 12: observation.period for observation in indicator.observations
    }
    if indicator.baseline_period:
        periods[indicator.baseline_period.end / 12] = indicator.baseline_period

    def uneven(before: Point, point: Point) -> bool:
        return not indicator.bounds and not as_long(periods[before.time], periods[point.time])

    apart = Fraction(MONTHS.get(indicator.frequency or "", 0), 12)
    for before, point in zip([None, *points], points, strict=False):
        late = before and apart and point.time - before.time > apart * 3 / 2
        if before and (late or point.time in breaks or uneven(before, point)):
            yield Point("", (before.time + point.time) / 2, None)
        yield point


def _point(figure: Figure, when: Period, plan: Plan) -> Point:
    label = in_words(when) if when.kind in ("month", "day") else when.text
    shown = figure.interval(plan.cover.approximate_within)
    if shown is None:
        return Point(label, when.end / 12, None)
    return Point(label, when.end / 12, shown.middle, shown.low, shown.high)


def _chart_table(
    verdict: Verdict, seen: Iterable[Observation], until: Fraction, plan: Plan
) -> Table:
    """A chart's figures in order of time, those of benchmarks beside them, and what is aimed at."""
    indicator, marks = verdict.indicator, verdict.indicator.benchmarks
    figures: list[tuple[Period, Figure | None, str]] = [
        (observation.period, observation, "observed") for observation in seen
    ]
    if indicator.baseline and (start := indicator.baseline_period):
        figures.append((start, indicator.baseline, "baseline"))
    ours = {when for when, _, _ in figures}
    theirs = {other.period for mark in marks for other in mark.observations} - ours
    figures += [(when, None, "benchmark") for when in theirs if when.end <= until]
    rows: list[list[str]] = []
    for when, figure, kind in sorted(figures, key=lambda row: (row[0].end, row[0].start)):
        shown = wording.figure(figure, indicator, plan) if figure else wording.DASH
        beside = [_benchmark_at(mark, when, indicator, plan) for mark in marks]
        rows.append([in_words(when), shown, *beside, kind])
    none = [wording.DASH] * len(marks)
    for stone in verdict.milestones:
        value = wording.milestone(stone.milestone, indicator)
        said = milestones.badge(stone).text
        rows.append([in_words(stone.milestone.period), value, *none, f"milestone, {said}"])
    if verdict.target_value is not None and indicator.target.due:
        value = wording.short(verdict.target_value, indicator.unit)
        rows.append([in_words(indicator.target.due), value, *none, "target"])
    columns = [
        Column("period", "Period"),
        Column("figure", "Figure", right=True),
        *(Column(mark.name, mark.name, right=True) for mark in marks),
        Column("is", "Is"),
    ]
    return Table(columns, rows, f"Figures: {indicator.title}")


def _benchmark_at(mark: Benchmark, when: Period, indicator: Indicator, plan: Plan) -> str:
    """A benchmark's figure for a period."""
    same = (other for other in mark.observations if other.period == when)
    found = next(same, None)
    return wording.figure(found, indicator, plan) if found else wording.DASH
