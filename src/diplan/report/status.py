"""How the plan stands: its indicators by priority, what they come to, and what needs attention."""

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from diplan.ground.english import day_in_words
from diplan.judge import Assessment, Reason, Standing, Status, Verdict
from diplan.plan import Meaning, Plan
from diplan.report import (
    budget,
    data,
    governance,
    headings,
    milestones,
    parts,
    profiles,
    promises,
    rating,
    wording,
)
from diplan.report.context import table as in_context
from diplan.report.document import (
    Cell,
    Column,
    Document,
    Items,
    Section,
    Table,
    Way,
    several,
    to_action,
    to_indicator,
)
from diplan.report.grouping import by_priority
from diplan.report.trend import trend

RATING = Column("rag", "Council's rating", width=11)
"""The council's own rating, where it has a rule."""

COLUMNS = (
    Column("title", "Indicator", width=20),
    Column("baseline", "Baseline", width=10),
    Column("latest", "Latest", width=10),
    Column("target", "Target", width=12),
    Column("fraction", "Progress", width=10),
    Column("status", "Status", width=13),
    Column("travel", "Travel", width=10, wide=True),
    Column("trend", "Trend", width=10, wide=True),
)

MOST_NAMED = 5
"""How many services a sentence names before it counts the others."""


def status(assessment: Assessment) -> Document:
    """The report of `diplan status`."""
    plan = assessment.plan
    return Document(
        plan.cover.title,
        [opening(assessment), *summary(assessment)],
        [
            *_priorities(assessment),
            *headings.graded(assessment),
            *context(assessment),
            *attention(assessment),
            *rating.notes(assessment),
            *signs(assessment),
        ],
        lambda: data.status(assessment),
        "indicators",
    )


def opening(assessment: Assessment) -> str:
    """Whose plan it is, and the moment judged."""
    return f"{wording.whose(assessment.plan)}As of {as_of(assessment)}."


def as_of(assessment: Assessment) -> str:
    """The moment judged, to the day."""
    return day_in_words(assessment.as_of.last_day)


def summary(assessment: Assessment) -> Iterator[str]:
    """What it comes to, always of how many."""
    yield from indicators_counted(assessment)
    yield from actions_counted(assessment)
    if assessment.whole:
        yield from governance.counted(assessment.plan)


def indicators_counted(assessment: Assessment) -> Iterator[str]:
    """How many indicators are assessed, and how they stand."""
    shown, whole = len(assessment.verdicts), len(assessment.plan.indicators)
    if shown < whole:
        yield f"{shown} of {wording.count(whole, 'indicator')} shown."
    of = len(assessment.targeted)
    counts = assessment.statuses()
    said = [
        f"{howmany} {wording.STATUS[status]}"
        for status, howmany in counts.items()
        if howmany and status is not Status.NO_DATA
    ]
    missing = counts[Status.NO_DATA]
    silent = f"; {missing} without data" if missing else ""
    which = f": {', '.join(said)}" if said else ""
    if of:
        yield f"{assessment.assessed} of {wording.count(of, 'indicator')} assessed{which}{silent}."
    if beside := len(assessment.context):
        yield f"{wording.count(beside, 'indicator')} without a target, for context."


def actions_counted(assessment: Assessment) -> Iterator[str]:
    """How many actions there are, and how they stand."""
    live = assessment.live
    shown, whole = len(assessment.standings), len(assessment.plan.actions)
    if 0 < shown < whole:
        yield f"{shown} of {wording.count(whole, 'action')} shown."
    if live:
        under_way = Counter(standing.grade for standing in live if not standing.aside)
        graded = [
            f"{under_way[grade]} {wording.graded(grade)}"
            for grade in assessment.grades()
            if under_way[grade]
        ]
        overdue = sum(standing.overdue for standing in live)
        undated = sum(standing.undated for standing in live)
        howmany = wording.count(len(live), "action")
        aside = Counter(standing.grade for standing in live if standing.aside)
        resting = [f"{count} {grade}" for grade, count in aside.items()]
        apart = f"; not under way: {wording.listed(resting)}" if resting else ""
        late = f"{overdue} overdue, {undated} without a date"
        yield f"{howmany}: {', '.join(graded) or 'none under way'}{apart}; {late}."
        yield from budget.counted(assessment)


def _priorities(assessment: Assessment) -> Iterator[Section]:
    plan = assessment.plan
    for name, title, verdicts in by_priority(plan, assessment.targeted):
        yield Section(title, [table(verdicts, plan)], key=name)


def context(assessment: Assessment) -> Iterator[Section]:
    """The indicators that no target is set for."""
    if verdicts := assessment.context:
        shown = in_context(verdicts, assessment.plan, assessment.as_of)
        yield Section("For context, without a target", [shown], key="context")


def table(verdicts: Iterable[Verdict], plan: Plan) -> Table:
    """One row an indicator, with the parts of a whole under it."""
    given = list(verdicts)
    rated = any(verdict.rag for verdict in given)
    rows = [row(verdict, plan, depth, rated=rated) for verdict, depth in parts.in_parts(given)]
    columns = (*COLUMNS[:6], RATING, *COLUMNS[6:]) if rated else COLUMNS
    return Table(columns, rows)


def row(verdict: Verdict, plan: Plan, depth: int = 0, *, rated: bool = False) -> list[Cell]:
    """An indicator's cells; *depth* is how far it stands under a whole."""
    stones = [milestones.told(stone, verdict) for stone in milestones.worth_naming(verdict)]
    apart = parts.gap(verdict, plan) if depth else ""
    first = parts.gap_at_start(verdict.indicator, plan) if depth and not apart else ""
    return [
        parts.title(verdict, depth),
        several([wording.baseline(verdict.indicator, plan), first]),
        several([wording.latest(verdict, plan), apart]),
        several([wording.target(verdict), *stones]),
        Way(verdict.numbers.fraction),
        wording.badge(verdict),
        *([rating.badge(verdict)] if rated else []),
        rating.travel(verdict),
        trend(verdict, plan),
    ]


def attention(assessment: Assessment) -> Iterator[Section]:
    """What somebody has to do something about, the most telling first."""
    overdue = list(_overdue(assessment))
    if overdue and assessment.whole:
        command = f"diplan actions --overdue --as-of {assessment.as_of}"
        overdue[-1] += f" List them with `{command}`."
    sections = (
        ("Sources disagree", list(conflicts(assessment))),
        ("Sums that are not their source's", list(differing(assessment))),
        ("Against the original target", list(originally(assessment))),
        (promises.TITLE, list(promises.moved(assessment))),
        ("Off track", list(_off_track(assessment))),
        ("Milestones missed or not measured", list(_milestones(assessment))),
        ("Overdue actions", overdue),
        ("Actions without a date", list(_undated(assessment))),
        ("Actions that are paused", list(_aside(assessment, Meaning.PAUSED))),
        ("Actions that are only proposed", list(_aside(assessment, Meaning.PROPOSED))),
        ("Figures awaited, by service", list(_awaited(assessment))),
        ("Targets to be confirmed", list(_untargeted(assessment))),
        ("Baselines to be confirmed", list(_unconfirmed(assessment))),
        ("Baselines that measure something else (*)", list(_proxies(assessment))),
        ("Measures of success that are no indicators yet", list(_unmeasured(assessment))),
    )
    for title, texts in sections:
        if texts:
            yield Section(title, [Items(texts)])


def conflicts(assessment: Assessment) -> Iterator[str]:
    """Which source says what, where two of them give different verdicts on the same thing."""
    told: set[frozenset[str]] = set()
    for verdict in assessment.verdicts:
        for other in assessment.conflicts(verdict):
            pair = frozenset({verdict.indicator.id, other.indicator.id})
            if pair not in told:
                told.add(pair)
                yield disagreement(verdict, other, assessment.plan)


def disagreement(verdict: Verdict, other: Verdict, plan: Plan) -> str:
    """What two sources say of the same thing, as a sentence."""
    return f"{_evidence(verdict, plan)}, but {_evidence(other, plan)}."


def originally(assessment: Assessment) -> Iterator[str]:
    """The indicators that the target first set would give another verdict."""
    for verdict in assessment.verdicts:
        if other := assessment.originally(verdict):
            yield to_indicator(verdict.indicator, f": {against_original(verdict, other)}")


def against_original(verdict: Verdict, other: Verdict) -> str:
    """What the verdict would be against the target that was first set, and what it is."""
    now, then = wording.status(verdict), wording.status(other)
    return (
        f"{then} against the original target ({wording.target(other)}), {now} against the"
        f" current one ({wording.target(verdict)})"
    )


def _evidence(verdict: Verdict, plan: Plan) -> str:
    seen = verdict.evidence
    named = wording.source(seen.observations[-1].source if seen else None, plan)
    figure = wording.latest(verdict, plan)
    return f"{verdict.indicator.title}: {wording.status(verdict)} by {named}: {figure}"


def _off_track(assessment: Assessment) -> Iterator[str]:
    for verdict in assessment.verdicts:
        if verdict.status in (Status.SLIPPED, Status.NOT_ACHIEVED):
            lead = wording.services(verdict.indicator.lead, assessment.plan) or "no service named"
            yield to_indicator(verdict.indicator, f": {wording.sentence(verdict)} Lead: {lead}.")


def _overdue(assessment: Assessment) -> Iterator[str]:
    late = [standing for standing in assessment.standings if standing.overdue]
    if late:
        services = _by_service(late, assessment.plan)
        shared = any(len(standing.action.lead) > 1 for standing in late)
        twice = " An action that several services lead counts for each of them." if shared else ""
        yield f"{len(late)} of {len(assessment.live)}, by service: {services}.{twice}"


def _by_service(standings: Iterable[Standing], plan: Plan) -> str:
    counts = Counter(name for standing in standings for name in standing.action.lead).most_common()
    said = [f"{wording.services([name], plan)} {howmany}" for name, howmany in counts[:MOST_NAMED]]
    rest = len(counts) - len(said)
    return wording.listed([*said, wording.count(rest, "other service")] if rest else said)


def _milestones(assessment: Assessment) -> Iterator[str]:
    for verdict in assessment.verdicts:
        yield from milestones.passed(verdict)


def _aside(assessment: Assessment, means: Meaning) -> Iterator[str]:
    for standing in assessment.live:
        if standing.means is means:
            lead = wording.services(standing.action.lead, assessment.plan) or "no service named"
            yield to_action(standing.action, f" ({lead}): {wording.graded(standing.grade)}")


def _undated(assessment: Assessment) -> Iterator[str]:
    for standing in assessment.live:
        if standing.undated:
            lead = wording.services(standing.action.lead, assessment.plan) or "no service named"
            yield to_action(standing.action, f" ({lead})")


def _awaited(assessment: Assessment) -> Iterator[str]:
    waiting: dict[str, list[str]] = {}
    for verdict in assessment.verdicts:
        if verdict.evidence is None and not _tbc(verdict) and not verdict.for_context:
            for name in verdict.indicator.lead or ("",):
                waiting.setdefault(name, []).append(verdict.indicator.title)
    for name, titles in waiting.items():
        service = wording.services([name], assessment.plan) if name else "No service named"
        yield f"{service}: {'; '.join(titles)}"


def _tbc(verdict: Verdict) -> bool:
    given = verdict.indicator.baseline
    return (
        verdict.ruling.reason is Reason.BASELINE_MISSING
        and given is not None
        and given.missing == "to-be-confirmed"
    )


def _unconfirmed(assessment: Assessment) -> Iterator[str]:
    for verdict in assessment.verdicts:
        given = verdict.indicator.baseline
        if given and given.missing == "to-be-confirmed":
            lead = wording.services(verdict.indicator.lead, assessment.plan) or "no service named"
            yield to_indicator(verdict.indicator, f" ({lead})")


def _untargeted(assessment: Assessment) -> Iterator[str]:
    for verdict in assessment.verdicts:
        if verdict.ruling.reason is Reason.TARGET_MISSING:
            lead = wording.services(verdict.indicator.lead, assessment.plan) or "no service named"
            yield to_indicator(verdict.indicator, f" ({lead})")


def _proxies(assessment: Assessment) -> Iterator[str]:
    for verdict in assessment.verdicts:
        given = verdict.indicator.baseline
        if given and given.proxy:
            yield to_indicator(verdict.indicator, f": {given.proxy}")


def differing(assessment: Assessment) -> Iterator[str]:
    """Where a source's own sum is not that of its parts."""
    if assessment.whole:
        yield from profiles.differing(assessment.plan)


def _unmeasured(assessment: Assessment) -> Iterator[str]:
    if assessment.whole:
        yield from governance.unmeasured(assessment.plan)


def signs(assessment: Assessment, others: Iterable[str] = ()) -> Iterator[Section]:
    """What the signs in the tables, and in *others*, stand for; only those that are there."""
    plan = assessment.plan
    shown = [
        *others,
        *(wording.baseline(verdict.indicator, plan) for verdict in assessment.verdicts),
        *(wording.latest(verdict, plan) for verdict in assessment.verdicts),
    ]
    signs = wording.signs(shown)
    if any("*" in text for text in shown):
        signs.append("* the baseline measures something other than the target does")
    if any("c." in sign for sign in signs):
        within = wording.number(Fraction(plan.cover.approximate_within))
        signs.append(f"approximate figures are taken to be within {within}%")
    if signs:
        yield Section("Signs", [f"{'; '.join(signs)}."])
