"""The action plan of a year: what is promised under each priority, and how progress is measured."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from diplan.ground.english import in_words
from diplan.ground.period import Period
from diplan.judge import Standing, Verdict
from diplan.plan import Meaning, Plan, Venue
from diplan.report import budget, governance, milestones, parts, profiles, rating, wording
from diplan.report.document import (
    Block,
    Cell,
    Column,
    Document,
    Items,
    Lines,
    Section,
    Table,
    several,
)
from diplan.report.grouping import by_priority
from diplan.report.papers.case import (
    Case,
    charts,
    due,
    filled,
    in_context,
    in_year,
    rows_of,
    section,
    signs_of,
)
from diplan.report.promises import moved_section
from diplan.report.status import RATING, opening, originally, summary
from diplan.report.venues import answer, computers

ACTIONS = (
    Column("outcomes", "Outcomes"),
    Column("benefits", "Business benefits"),
    Column("objectives", "Objectives"),
    Column("actions", "Actions"),
    Column("led_by", "Led by"),
    Column("timescale", "Timescale"),
)
PERFORMANCE = (
    Column("indicator", "Indicator"),
    Column("data_source", "Data source"),
    Column("lead", "Lead"),
    Column("baseline", "Baseline"),
    Column("goal", "Goal"),
    Column("latest", "Latest"),
    Column("verdict", "Verdict"),
)
PRIORITIES = (
    Column("serves", "Serves"),
    Column("actions", "Actions", right=True),
    Column("indicators", "Indicators", right=True),
    Column("measures", "Measures of success", right=True),
)
PLACES = (
    Column("place", "Place"),
    Column("computers", "Computers"),
    Column("wifi", "Wi-Fi"),
    Column("help", "Help from staff"),
    Column("status", "Status"),
)


def action_plan(case: Case) -> Document:
    """The paper `action-plan`."""
    return Document(
        f"{case.plan.cover.title}: action plan {case.year}",
        [opening(case.now)],
        [
            *section("introduction", "Introduction", _introduction(case)),
            *section("priorities", wording.headings(case.plan), _priorities(case)),
            *section("profiles", "Who the plan is for", profiles.tables(case.plan)),
            *section("measures", "Measures of success", governance.measures(case.plan)),
            *section("actions", "Actions", [*case.prose("actions"), *_counted(case)]),
            *_actions(case),
            *section("performance", "Performance", _performance_intro(case)),
            *_performance(case),
            *in_context(case),
            *moved_section(case.now),
            *section("governance", "Who does what", governance.bodies(case.plan)),
            *section("changes", "Changes since last year's plan", changes(case)),
            *section("places", "Where to get online", _places(case)),
            *section("sources", "Sources", _sources(case.plan)),
            *_notes(case),
        ],
    )


def _introduction(case: Case) -> Iterator[Block]:
    yield from case.prose("introduction")
    standings = in_year(case.now, case.year)
    if not standings:
        yield f"The plan has no actions for {case.year}. {_measured(case)}"
        return
    services = {name for standing in standings for name in standing.action.lead}
    headings = {standing.action.priority for standing in standings}
    yield (
        f"In {case.year} there are {wording.count(len(standings), 'action')} under "
        f"{wording.count(len(headings), 'heading')}, led by "
        f"{wording.count(len(services), 'service')}. {_measured(case)}"
    )


def _measured(case: Case) -> str:
    if not case.now.targeted:
        return "No indicator has a target to measure progress by."
    return f"Progress is measured by {wording.count(len(case.now.targeted), 'indicator')}."


def _priorities(case: Case) -> Iterator[Block]:
    plan = case.plan
    yield from case.prose("priorities")
    corporate = {corporate.id: corporate.title for corporate in plan.corporate}
    standings = in_year(case.now, case.year)
    rows: list[list[Cell]] = []
    for priority in plan.priorities:
        serves = [corporate.get(name, name) for name in priority.supports]
        actions = [standing for standing in standings if standing.action.priority == priority.id]
        indicators = [
            verdict for verdict in case.now.verdicts if verdict.indicator.priority == priority.id
        ]
        rows.append(
            [
                priority.title,
                Lines(serves) if serves else wording.DASH,
                str(len(actions)),
                str(len(indicators)),
                str(len(priority.success_measures) or wording.DASH),
            ]
        )
    columns = (Column("priority", wording.heading(plan)), *PRIORITIES)
    served = ", and the corporate priorities that they serve" if corporate else ""
    yield filled(Table(columns, rows, f"{wording.headings(plan)}{served}"))
    yield from governance.recommendations(plan)


def _counted(case: Case) -> Iterator[str]:
    standings = in_year(case.now, case.year)
    undated = sum(standing.undated for standing in standings)
    ongoing = sum(standing.action.due == "ongoing" for standing in standings)
    dated = sum(isinstance(standing.action.due, Period) for standing in standings)
    told = len(standings) - undated - ongoing - dated
    if standings:
        worded = f", {told} with a timescale in words" if told else ""
        yield (
            f"{wording.count(len(standings), 'action')}: {dated} with a date{worded},"
            f" {ongoing} ongoing, {undated} with a date to be confirmed."
        )
    yield from budget.counted(replace(case.now, standings=tuple(standings)))


def _actions(case: Case) -> Iterator[Section]:
    for name, title, standings in by_priority(case.plan, in_year(case.now, case.year)):
        caption = f"Actions {case.year}: {title}"
        table = filled(Table(ACTIONS, list(_rows(standings, case.plan)), caption, merged=3))
        yield from section(f"actions-{name}", title, [*case.prose(name), table], level=3)


def _rows(standings: list[Standing], plan: Plan) -> Iterator[list[Cell]]:
    """An outcome and an objective are told where they begin, and not on each row."""
    outcomes = {
        outcome.id: outcome for priority in plan.priorities for outcome in priority.outcomes
    }
    before: tuple[str | None, str | None] | None = None
    for standing in standings:
        action = standing.action
        here = (action.outcome, action.objective)
        same_outcome = before is not None and before[0] == action.outcome
        outcome = outcomes.get(action.outcome or "")
        benefits: Cell = Lines(outcome.benefits) if outcome and outcome.benefits else wording.DASH
        yield [
            "" if same_outcome else outcome.title if outcome else wording.DASH,
            "" if same_outcome else benefits,
            "" if before == here else action.objective or wording.DASH,
            several([action.title, budget.told(action.budget, plan) if action.budget else ""]),
            wording.led_by(action, plan) or wording.DASH,
            due(standing),
        ]
        before = here


def _performance_intro(case: Case) -> Iterator[Block]:
    yield from case.prose("performance")
    yield next(iter(summary(case.now)))
    if case.plan.cover.review_note:
        yield case.plan.cover.review_note
    if differing := list(originally(case.now)):
        yield "Targets whose first version would give another verdict:"
        yield Items(differing)


def _performance(case: Case) -> Iterator[Section]:
    plan = case.plan
    for name, title, verdicts in by_priority(plan, case.now.targeted):
        depths = {verdict.indicator.id: depth for verdict, depth in parts.in_parts(verdicts)}
        ordered = [verdict for verdict, _ in parts.in_parts(verdicts)]
        rated = any(verdict.rag for verdict in verdicts)
        columns = (*PERFORMANCE, RATING) if rated else PERFORMANCE
        rows = [
            [
                *_performance_row(row, plan, depths),
                *([several([rating.badge(verdict).text for verdict in row])] if rated else []),
            ]
            for row in rows_of(ordered)
        ]
        blocks: list[Block] = [Table(columns, rows, f"Performance: {title}")]
        blocks += charts(verdicts, plan)
        yield from section(f"performance-{name}", title, blocks, level=3)


def _performance_row(row: list[Verdict], plan: Plan, depths: Mapping[str, int]) -> list[Cell]:
    """One row of the plan's own table: the indicators of a group line by line.

    *depths* says how far each stands under a whole.
    """
    owns = [verdict.indicator for verdict in row]
    sources = dict.fromkeys(indicator.collected_from or wording.DASH for indicator in owns)
    leads = dict.fromkeys(wording.services(own.lead, plan) or wording.DASH for own in owns)
    return [
        several([parts.title(verdict, depths[verdict.indicator.id]) for verdict in row]),
        several(sources),
        several(leads),
        several([text for verdict in row for text in _starts(verdict, plan, depths)]),
        several([text for verdict in row for text in _aims(verdict)]),
        several([text for verdict in row for text in _figures(verdict, plan, depths)]),
        wording.badge(row[0])
        if len(row) == 1
        else several([wording.status(verdict) for verdict in row]),
    ]


def _starts(verdict: Verdict, plan: Plan, depths: Mapping[str, int]) -> list[str]:
    """The baseline; of a part without a figure to compare, with its gap to the whole's."""
    part = depths[verdict.indicator.id] and not parts.gap(verdict, plan)
    apart = parts.gap_at_start(verdict.indicator, plan) if part else ""
    return [wording.baseline(verdict.indicator, plan), *filter(None, [apart])]


def _figures(verdict: Verdict, plan: Plan, depths: Mapping[str, int]) -> list[str]:
    """The latest figure; of a part, with its gap to the whole."""
    apart = parts.gap(verdict, plan) if depths[verdict.indicator.id] else ""
    return [wording.latest(verdict, plan), *filter(None, [apart])]


def _aims(verdict: Verdict) -> list[str]:
    """The target, with the milestones that are worth naming."""
    stones = milestones.worth_naming(verdict)
    return [wording.target(verdict), *(milestones.told(stone, verdict) for stone in stones)]


def changes(case: Case) -> Iterator[Block]:
    """What became of last year's actions, and what is new."""
    plan, last = case.plan, case.compared
    known = [standing for standing in in_year(case.now, last) if standing.action.years]
    if not known:
        yield f"{case.year} is the first year with an action plan here: nothing is carried over."
        return
    carried = {standing.action.id for standing in known}
    told: dict[str, list[str]] = {}
    for standing in known:
        told.setdefault(_fate(standing, case), []).append(standing.action.title)
    for action in plan.actions:
        if case.year in action.years and action.id not in carried:
            told.setdefault("New this year", []).append(action.title)
    for fate, titles in told.items():
        yield f"{fate}: {wording.count(len(titles), 'action')}."
        yield Items(titles)


def _fate(standing: Standing, case: Case) -> str:
    """What became of an action of last year's plan."""
    action = standing.action
    if standing.ended and action.ended:
        return f"{action.ended.why.capitalize()}"
    if standing.means is Meaning.DONE:
        return "Completed"
    if case.year in action.years:
        return "Carried forward"
    return "Not finished, so it stays in the plan"


def _places(case: Case) -> Iterator[Block]:
    yield from case.prose("places")
    yield Table(PLACES, [_place(venue) for venue in case.venues], "Places to get online")
    yield Items([f"{venue.name}: {venue.notes}" for venue in case.venues if venue.notes])


def _place(venue: Venue) -> list[Cell]:
    return [
        venue.name,
        computers(venue, "not known"),
        answer(venue.wifi),
        answer(venue.staff_support),
        venue.status,
    ]


def _sources(plan: Plan) -> Iterator[Block]:
    texts = []
    for source in plan.sources:
        when = in_words(source.published) if source.published else None
        parts = [source.title, source.publisher, when, source.url, source.licence]
        texts.append(", ".join(part for part in parts if part))
    yield Items(texts)


def _notes(case: Case) -> Iterator[Section]:
    plan = case.plan
    texts = [note.text for note in plan.notes]
    texts += [
        f"{indicator.title}: the baseline measures something other than the target does (*): "
        f"{indicator.baseline.proxy}"
        for indicator in plan.indicators
        if indicator.baseline and indicator.baseline.proxy
    ]
    texts += [
        f"{indicator.title}: {indicator.note}" for indicator in plan.indicators if indicator.note
    ]
    texts += [f"{action.title}: {action.note}" for action in plan.actions if action.note]
    yield from section("notes", "Notes on the data", [Items(texts)])
    yield from signs_of(case)
