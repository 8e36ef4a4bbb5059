"""The lists of all things of a kind, as tables that can be sorted where scripts run."""

from collections import Counter
from collections.abc import Iterator, Sequence

from diplan.ground.english import count
from diplan.judge import Assessment, Standing, Verdict
from diplan.plan import NETWORK, Plan
from diplan.report import headings, rating, wording
from diplan.report.document import (
    Block,
    Cell,
    Column,
    Document,
    Table,
    linked,
    to_action,
    to_indicator,
)
from diplan.report.grouping import priority_title
from diplan.report.papers.case import filled
from diplan.report.papers.places import address
from diplan.report.status import actions_counted, indicators_counted
from diplan.report.venues import answer, computers
from diplan.site.addresses import LISTS
from diplan.site.records import Site, SitePage

INDICATORS = (
    Column("title", "Indicator"),
    Column("baseline", "From"),
    Column("latest", "Latest"),
    Column("target", "Goal"),
    Column("status", "Status"),
    Column("rag", "Council's rating"),
    Column("lead", "Lead"),
)
ACTIONS = (
    Column("title", "Action"),
    Column("lead", "Led by"),
    Column("due", "By when"),
    Column("grade", "Grade"),
)
SERVICES = (
    Column("title", "Service"),
    Column("indicators", "Indicators that it leads", right=True),
    Column("actions", "Actions that it leads", right=True),
    Column("overdue", "Of these overdue", right=True),
)
PLACES = (
    Column("place", "Place"),
    Column("address", "Address"),
    Column("computers", "Computers"),
    Column("wifi", "Wi-Fi"),
    Column("help", "Help from staff"),
    Column("status", "Status"),
)


def lists(site: Site) -> Iterator[SitePage]:
    """The lists of a plan, as far as it has such things."""
    plan = site.plan
    if plan.indicators:
        yield indicator_list(site)
    if plan.actions:
        yield action_list(site)
    if plan.priorities:
        yield _list(site, "priorities", wording.headings(plan), _priorities(site))
    if plan.services:
        yield _list(site, "services", "Services", [Table(SERVICES, list(_services(site)))])
    if plan.venues:
        yield _list(site, "venues", "Places to get online", _places(site))


def _list(site: Site, section: str, title: str, blocks: Sequence[Block]) -> SitePage:
    summary = f"{title} of {site.plan.cover.title}"
    return SitePage(LISTS[section], Document(title, blocks, []), (), summary, sortable=True)


def indicator_list(site: Site) -> SitePage:
    """All indicators in one table."""
    blocks: list[Block] = [*indicators_counted(site.now), indicators(site.now.verdicts, site.plan)]
    return _list(site, "indicators", "Indicators", blocks)


def indicators(verdicts: Sequence[Verdict], plan: Plan) -> Table:
    """One row an indicator, with the priority that it is under."""
    rows: list[list[Cell]] = [
        [
            to_indicator(own),
            _priority(own.priority, plan),
            wording.baseline(own, plan),
            wording.latest(verdict, plan),
            "no target" if verdict.for_context else wording.target(verdict),
            wording.badge(verdict),
            rating.badge(verdict) if verdict.rag else wording.DASH,
            wording.services(own.lead, plan) or wording.DASH,
        ]
        for verdict in verdicts
        for own in [verdict.indicator]
    ]
    first, *others = INDICATORS
    return filled(Table((first, Column("priority", wording.heading(plan)), *others), rows))


def action_list(site: Site) -> SitePage:
    """All actions in one table."""
    blocks: list[Block] = [*actions_counted(site.now), actions(site.now.standings, site.plan)]
    return _list(site, "actions", "Actions", blocks)


def actions(standings: Sequence[Standing], plan: Plan) -> Table:
    """One row an action, with the priority that it is under."""
    rows: list[list[Cell]] = [
        [
            to_action(own),
            _priority(own.priority, plan),
            wording.led_by(own, plan) or wording.DASH,
            wording.due(own),
            wording.grade(standing),
        ]
        for standing in standings
        for own in [standing.action]
    ]
    first, *others = ACTIONS
    return filled(Table((first, Column("priority", wording.heading(plan)), *others), rows))


def _priority(name: str | None, plan: Plan) -> str:
    if name not in plan.priority:
        return wording.DASH
    return linked("priorities", name or "", priority_title(plan, name or ""))


def _priorities(site: Site) -> list[Block]:
    """Each heading, and how its indicators and its actions stand."""
    plan = site.plan
    rows: list[list[Cell]] = []
    graded = {each.priority.id: each for each in site.now.headings if each.priority.updates}
    for priority in plan.priorities:
        part = site.now.only(priority=priority.id)
        grade = graded.get(priority.id)
        rows.append(
            [
                linked("priorities", priority.id, priority.title),
                headings.badge(grade) if grade else wording.DASH,
                in_short(part),
                acted(part),
            ]
        )
    columns = (
        Column("title", wording.heading(plan)),
        Column("grade", "Grade"),
        Column("indicators", "Indicators"),
        Column("actions", "Actions"),
    )
    return [filled(Table(columns, rows))]


def in_short(part: Assessment) -> str:
    """How some indicators stand, by number: `3: 1 achieved, 2 no data`."""
    said = [f"{many} {wording.STATUS[status]}" for status, many in part.statuses().items() if many]
    return f"{len(part.targeted)}: {', '.join(said)}" if said else wording.DASH


def acted(part: Assessment) -> str:
    """How some actions stand, by number: `14: 3 Fully Achieved, 11 not graded; 2 overdue`."""
    counts = {grade: many for grade, many in part.grades().items() if many}
    said = ", ".join(f"{many} {wording.graded(grade)}" for grade, many in counts.items())
    late = sum(standing.overdue for standing in part.live)
    return f"{len(part.live)}: {said}; {late} overdue" if said else wording.DASH


def _services(site: Site) -> Iterator[list[Cell]]:
    leads = Counter(name for each in site.now.verdicts for name in each.indicator.lead)
    acts = Counter(name for each in site.now.live for name in each.action.lead)
    late = Counter(name for each in site.now.live if each.overdue for name in each.action.lead)
    for service in site.plan.services:
        name = service.id
        yield [
            linked("services", name, service.title),
            str(leads[name]),
            str(acts[name]),
            str(late[name]),
        ]


def _places(site: Site) -> list[Block]:
    venues = site.plan.venues
    rows: list[list[Cell]] = [
        [
            linked("venues", venue.id, venue.name),
            "several places" if venue.type == NETWORK else address(venue),
            computers(venue, "not known"),
            answer(venue.wifi),
            answer(venue.staff_support),
            venue.status,
        ]
        for venue in venues
    ]
    return [f"{count(len(venues), 'place')}, those that are planned or closed included.",
            Table(PLACES, rows)]  # fmt: skip
