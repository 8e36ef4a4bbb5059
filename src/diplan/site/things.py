"""The pages of single things: indicators, actions, priorities, services and places."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from diplan.judge import Assessment, Standing, Verdict
from diplan.judge.venues import spot
from diplan.plan import Venue
from diplan.report import headings, wording
from diplan.report.actions import action as about_action
from diplan.report.actions import why as why_action
from diplan.report.bars import bars
from diplan.report.context import table as context_table
from diplan.report.document import (
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Items,
    Map,
    Pin,
    Section,
    Table,
)
from diplan.report.grouping import priority_title
from diplan.report.indicator import indicator as about_indicator
from diplan.report.indicator import supporters
from diplan.report.papers.case import section
from diplan.report.papers.findings import found
from diplan.report.papers.places import address, facts
from diplan.report.papers.promised import table as action_table
from diplan.report.papers.service import service as service_paper
from diplan.report.status import table as indicator_table
from diplan.report.why import why
from diplan.site.addresses import LISTS, thing
from diplan.site.records import Site, SitePage, Year

YEARS = (
    Column("year", "Year"),
    Column("figure", "Figure"),
    Column("then", "As known then"),
    Column("now", "As known today"),
)
ACTION_YEARS = (
    Column("year", "Year"),
    Column("due", "By when"),
    Column("then", "As known then"),
    Column("now", "As known today"),
)
WORKING = frozenset({"working"})
_SHOWN_ELSEWHERE = ("Supported by", "Revisions", "Milestones")


def indicator_page(site: Site, verdict: Verdict) -> SitePage:
    """An indicator: what was found, why, its figures, its sources, and its actions."""
    own = verdict.indicator
    shown = about_indicator(site.now, own.id)
    reasons = why(site.now, own.id, site.where)
    document = Document(
        own.title,
        found(verdict, site.case),
        [
            *section("years", "Year by year", _years(own.id, site.years)),
            *(part for part in shown.sections if part.title not in _SHOWN_ELSEWHERE),
            *(part for part in shown.sections if part.title == "Milestones"),
            *section("actions", "Actions that support it", _supporters(site, verdict)),
            *(part for part in shown.sections if part.title == "Revisions"),
            Section("How the verdict was worked out", [], key="working"),
            *(part._replace(level=3) for part in reasons.sections),
        ],
    )
    return SitePage(
        thing("indicators", own.id),
        document,
        _trail(site, "indicators", own.priority),
        wording.sentence(verdict),
        folded=WORKING,
        linked_data=_dataset(site, verdict),
    )


def _supporters(site: Site, verdict: Verdict) -> Iterator[Block]:
    ids = {action.id for action in supporters(site.plan, verdict.indicator)}
    standings = [standing for standing in site.now.standings if standing.action.id in ids]
    if standings:
        yield action_table(standings, site.plan)


def _years(name: str, years: Sequence[Year]) -> Iterator[Block]:
    """How an indicator stood at the end of each year."""
    rows: list[list[Cell]] = []
    for year in years:
        then, now = year.then.verdict.get(name), year.today.verdict.get(name)
        if then or now:
            rows.append(
                [
                    year.year.text,
                    wording.latest(then, year.then.plan) if then else wording.DASH,
                    wording.badge(then) if then else "not in the plan",
                    wording.badge(now) if now else "not in the plan",
                ]
            )
    yield Table(YEARS, rows)


def _dataset(site: Site, verdict: Verdict) -> dict[str, object]:
    """An indicator as schema.org has it."""
    own = verdict.indicator
    said: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": own.title,
        "description": wording.sentence(verdict),
        "variableMeasured": own.unit,
        "isPartOf": {"@type": "Dataset", "name": site.plan.cover.title},
        "creator": {"@type": "GovernmentOrganization", "name": site.name},
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "application/json",
            "contentUrl": f"{site.base_url}indicators/{own.id}.json",
        },
    }
    if site.plan.cover.licence:
        said["license"] = site.plan.cover.licence
    return said


def action_page(site: Site, standing: Standing) -> SitePage:
    """An action: what is promised, by whom and when, and how it went."""
    own = standing.action
    shown = about_action(site.now, own.id)
    reasons = why_action(site.now, own.id, site.where)
    supported = [site.now.verdict[name] for name in own.supports if name in site.now.verdict]
    document = Document(
        own.title,
        shown.blocks,
        [
            *(part for part in shown.sections if part.title != "Supports"),
            *section("indicators", "What it is to change", _supported(site, supported)),
            *section("years", "Year by year", _action_years(own.id, site.years)),
            Section("How this was worked out", [], key="working"),
            *(part._replace(level=3) for part in reasons.sections),
        ],
    )
    trail = _trail(site, "actions", own.priority)
    return SitePage(thing("actions", own.id), document, trail, own.title, folded=WORKING)


def _supported(site: Site, verdicts: Sequence[Verdict]) -> Iterator[Block]:
    if verdicts:
        yield indicator_table(verdicts, site.plan)


def _action_years(name: str, years: Sequence[Year]) -> Iterator[Block]:
    """How an action stood at the end of each year."""

    def of(assessment: Assessment) -> Standing | None:
        standings = assessment.standings
        return next((each for each in standings if each.action.id == name), None)

    rows: list[list[Cell]] = []
    for year in years:
        then, now = of(year.then), of(year.today)
        if then or now:
            rows.append(
                [
                    year.year.text,
                    wording.due(then.action) if then else wording.DASH,
                    wording.grade(then) if then else "not in the plan",
                    wording.grade(now) if now else "not in the plan",
                ]
            )
    yield Table(ACTION_YEARS, rows)


def _trail(site: Site, section: str, priority: str | None) -> list[tuple[str, str]]:
    """The list that a thing is in, and the priority that it is under."""
    titles = {"indicators": "Indicators", "actions": "Actions"}
    trail = [(titles[section], LISTS[section])]
    if priority in site.plan.priority:
        title = priority_title(site.plan, priority or "")
        trail.append((title, thing("priorities", priority or "")))
    return trail


def priority_page(site: Site, name: str) -> SitePage:
    """A priority: what it is for, its indicators and its actions."""
    plan, own = site.plan, site.plan.priority[name]
    part = site.now.only(priority=name)
    corporate = {each.id: each.title for each in plan.corporate}
    graded = [each for each in site.now.headings if each.priority.id == name and each.updates]
    outcomes = [
        f"{outcome.title}{': ' if outcome.benefits else ''}{'; '.join(outcome.benefits)}"
        for outcome in own.outcomes
    ]
    serves = [corporate.get(each, each) for each in own.supports]
    document = Document(
        own.title,
        [
            *([f"It serves: {wording.listed(serves)}."] if serves else []),
            *([own.note] if own.note else []),
            *(f"Graded {headings.badge(each).text}." for each in graded),
            *bars(part),
        ],
        [
            *section("outcomes", "Outcomes", [Items(outcomes)]),
            *section("indicators", "Indicators", _indicators(site, part)),
            *section("actions", "Actions", _actions(site, part.standings)),
        ],
    )
    where = [(wording.headings(plan), LISTS["priorities"])]
    return SitePage(thing("priorities", name), document, where, own.title)


def _indicators(site: Site, part: Assessment) -> Iterator[Block]:
    if part.targeted:
        yield indicator_table(part.targeted, site.plan)
    if part.context:
        yield context_table(part.context, site.plan, site.now.as_of)


def _actions(site: Site, standings: Sequence[Standing]) -> Iterator[Block]:
    if standings:
        yield action_table(standings, site.plan)


def service_page(site: Site, name: str) -> SitePage:
    """A service: what it has promised and owes."""
    paper = service_paper(replace(site.case, subject=name))
    trail = [("Services", LISTS["services"])]
    return SitePage(thing("services", name), paper, trail, paper.title)


def place_page(venue: Venue) -> SitePage:
    """A place: where it is, when it is open, and what help there is."""
    where = spot(venue)
    blocks: list[Block] = [Facts(list(facts(venue)))]
    if venue.notes:
        blocks.append(venue.notes)
    if where:
        row = [["1", venue.name, address(venue)]]
        columns = (Column("n", "Number"), Column("place", "Place"), Column("address", "Address"))
        pins = [Pin(venue.name, where.north, where.east)]
        told = f"{venue.name} is in the middle. North is at the top."
        blocks.append(Map(venue.id, "Where it is", told, pins, Table(columns, row)))
    trail = [("Places", LISTS["venues"])]
    return SitePage(
        thing("venues", venue.id), Document(venue.name, blocks, []), trail, address(venue)
    )
