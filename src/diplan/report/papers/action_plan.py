"""The action plan of a year: what is promised under each priority, and how progress is measured."""

from collections.abc import Iterator
from dataclasses import replace

from diplan.ground.period import Period
from diplan.judge import Standing
from diplan.plan import Meaning, Venue
from diplan.report import budget, governance, profiles, wording
from diplan.report.document import Block, Cell, Column, Document, Items, Lines, Table
from diplan.report.papers.back import back
from diplan.report.papers.brief import brief
from diplan.report.papers.case import Case, filled, in_year, section
from diplan.report.papers.findings import findings
from diplan.report.papers.promised import promised
from diplan.report.promises import moved_section
from diplan.report.status import opening
from diplan.report.venues import answer, computers

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
            *brief(case),
            *section("introduction", "Introduction", _introduction(case)),
            *section("priorities", wording.headings(case.plan), _priorities(case)),
            *section("profiles", "Who the plan is for", profiles.tables(case.plan)),
            *section("actions", f"Actions {case.year}", [*case.prose("actions"), *_counted(case)]),
            *promised(case, in_year(case.now, case.year)),
            *section("performance", "Progress", _performance_intro(case)),
            *findings(case, 3),
            *moved_section(case.now),
            *section("governance", "Who does what", governance.bodies(case.plan)),
            *section("changes", "Changes since last year's plan", changes(case)),
            *section("places", "Where to get online", _places(case)),
            *back(case),
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


def _performance_intro(case: Case) -> Iterator[Block]:
    yield from case.prose("performance")
    yield _measured(case)
    if case.plan.cover.review_note:
        yield case.plan.cover.review_note


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
