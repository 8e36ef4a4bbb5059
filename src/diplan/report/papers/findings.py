"""Each indicator once: what was found, its chart with its figures, and what to bear in mind.

Indicators that nobody knows anything of yet stand together in one table.
"""

from collections.abc import Iterable, Iterator, Sequence

from diplan.ground.english import capital
from diplan.judge import Assessment, Flag, Verdict
from diplan.plan import Plan
from diplan.report import governance, milestones, parts, rating, wording
from diplan.report.document import (
    Block,
    Cell,
    Column,
    Facts,
    Items,
    Section,
    Table,
    several,
    to_indicator,
)
from diplan.report.grouping import by_priority
from diplan.report.papers.case import Case, chart, filled, rows_of, section
from diplan.report.promises import told
from diplan.report.status import against_original, disagreement
from diplan.report.trend import drawable

UNKNOWN = (
    Column("indicator", "Indicator"),
    Column("baseline", "Starting point"),
    Column("goal", "Goal"),
    Column("why", "Why it is not known"),
    Column("lead", "Who is to measure it"),
)


def findings(case: Case, level: int = 2, part: Assessment | None = None) -> Iterator[Section]:
    """The indicators with figures under their priorities, and then what is not known.

    The headings of priorities rank *level*, those of indicators one below. Only those of *part*
    are told where it is given.
    """
    part = part or case.now
    for name, title, verdicts in by_priority(case.plan, _known(part.targeted)):
        yield Section(title, [], level, f"findings-{name}")
        yield from _each(verdicts, case, level + 1)
    beside = _known(part.context)
    if beside:
        yield Section("For context, without a target", [], level, "context")
        yield from _each(beside, case, level + 1)
    yield from section("not-known", "What we do not know yet", _unknown(case, part), level)


def _known(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Those of which there is a figure to tell."""
    return [verdict for verdict in verdicts if verdict.evidence is not None]


def _each(verdicts: Iterable[Verdict], case: Case, level: int) -> Iterator[Section]:
    for verdict, depth in parts.in_parts(verdicts):
        own = verdict.indicator
        yield Section(own.title, found(verdict, case, depth), level, f"indicator-{own.id}")


def found(verdict: Verdict, case: Case, depth: int = 0) -> Sequence[Block]:
    """What is known of an indicator; *depth* is how far it stands under a whole."""
    key = verdict.indicator.id, depth
    if key not in case.told:
        case.told[key] = list(_finding(verdict, case.now, depth))
    return case.told[key]


def _finding(verdict: Verdict, assessment: Assessment, depth: int) -> Iterator[Block]:
    plan, indicator = assessment.plan, verdict.indicator
    drawn = drawable(verdict, plan)
    yield wording.sentence(verdict)
    yield Facts(list(_facts(verdict, plan, depth, drawn=drawn)))
    if drawn:
        yield chart(verdict, plan)
    cautions = list(caveats(verdict, assessment))
    if indicator.note:
        cautions.append(indicator.note)
    if cautions:
        yield Items(cautions)


def _facts(verdict: Verdict, plan: Plan, depth: int, *, drawn: bool) -> Iterator[tuple[str, Cell]]:
    """What a chart does not say; without a chart the figures as well."""
    indicator = verdict.indicator
    if not verdict.for_context:
        yield "Status", wording.badge(verdict)
    if verdict.rag:
        yield rating.TITLE, rating.badge(verdict)
    if not drawn:
        start = wording.starting_point(verdict, plan)
        if start != wording.NONE:
            yield "Starting point", start
        yield "Latest figure", wording.latest(verdict, plan)
    if not verdict.for_context:
        stones = [milestones.told(stone, verdict) for stone in milestones.worth_naming(verdict)]
        yield "Goal", several([wording.target(verdict), *map(capital, stones)])
    if depth and (apart := parts.gap(verdict, plan)):
        yield "Beside the whole", apart
    lead = wording.services(indicator.lead, plan) or "no service named"
    yield (
        "Lead",
        f"{lead}; figures from {indicator.collected_from}" if (indicator.collected_from) else lead,
    )


def caveats(verdict: Verdict, assessment: Assessment) -> Iterator[str]:
    """What to bear in mind of a verdict, as far as the data tells."""
    indicator, plan = verdict.indicator, assessment.plan
    for flag in verdict.flags:
        if flag is not Flag.EVIDENCE_CONFLICTS:
            yield f"{capital(wording.FLAG[flag])}."
    if indicator.baseline and indicator.baseline.proxy:
        what = "The baseline measures something other than the target does"
        yield f"{what}: {indicator.baseline.proxy}."
    for other in assessment.conflicts(verdict):
        yield f"Sources disagree. {disagreement(verdict, other, plan)}"
    if first := assessment.originally(verdict):
        yield f"{capital(against_original(verdict, first))}."
    if why := rating.story(verdict, plan.cover.rag):
        yield capital(why)
    yield from (f"{capital(text)}." for text in told(verdict.moved))


def _unknown(case: Case, part: Assessment) -> Iterator[Block]:
    """The indicators without a figure, and the measures of success that nothing measures."""
    plan = case.plan
    verdicts = [verdict for verdict in part.targeted if verdict.evidence is None]
    verdicts += [verdict for verdict in part.context if verdict.evidence is None]
    of = len(part.targeted) + len(part.context)
    if verdicts:
        howmany = f"{len(verdicts)} of {wording.count(of, 'indicator')}"
        yield f"There is no figure since the start for {howmany}."
        rows = [_unknown_row(row, plan) for row in rows_of(verdicts)]
        yield filled(Table(UNKNOWN, rows, ""))
        cautions = ((each.indicator, list(caveats(each, case.now))) for each in verdicts)
        yield Items([to_indicator(own, f": {' '.join(said)}") for own, said in cautions if said])
    yield Items(list(governance.unmeasured(plan)))


def _unknown_row(row: list[Verdict], plan: Plan) -> list[Cell]:
    """One row of the plan's own table: the indicators of a group line by line."""
    owns = [verdict.indicator for verdict in row]
    leads = dict.fromkeys(wording.services(own.lead, plan) for own in owns)
    data = dict.fromkeys(own.collected_from for own in owns if own.collected_from)
    goals = [
        text
        for verdict in row
        for text in (
            wording.target(verdict) if not verdict.for_context else "no target",
            *(milestones.told(stone, verdict) for stone in milestones.worth_naming(verdict)),
        )
    ]
    reasons = dict.fromkeys(wording.reason(verdict) for verdict in row)
    sources = [f"from: {'; '.join(data)}"] if data else []
    return [
        several([to_indicator(own) for own in owns]),
        several([wording.baseline(own, plan) for own in owns]),
        several(goals),
        several(reasons),
        several([*leads, *sources]) or wording.DASH,
    ]
