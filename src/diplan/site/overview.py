"""The pages about the whole: home, what changed, papers, and about."""

from collections.abc import Iterator, Sequence

from diplan.ground.english import capital, count
from diplan.judge import Assessment, assess
from diplan.judge.diff import Changes, changes_of
from diplan.report import wording
from diplan.report.diff import because, indicators
from diplan.report.document import (
    Block,
    Document,
    Facts,
    Items,
    Section,
    linked,
    to_indicator,
)
from diplan.report.papers.back import sources
from diplan.report.papers.brief import brief, regraded
from diplan.report.papers.case import section
from diplan.report.papers.promised import table as action_table
from diplan.report.promises import moved
from diplan.report.status import actions_counted, as_of, indicators_counted
from diplan.site.addresses import ABOUT, CHANGES, HOME, LISTS, SEARCH
from diplan.site.records import Site, SitePage

MOST = 10
"""How many late actions home lists before it counts the others."""


def home(site: Site) -> SitePage:
    """What the plan is, how it stands, what changed, what is late, and what nobody knows."""
    plan, now = site.plan, site.now
    summary, *others = brief(site.case)
    document = Document(
        plan.cover.title,
        [*summary.blocks],
        [
            *(part._replace(level=2) for part in others),
            *section("late", "What is late", _late(site)),
            *section("not-known", "What nobody knows yet", _unknown(site)),
        ],
    )
    return SitePage(HOME, document, (), stands(now), linked_data=_organisation(site))


def stands(assessment: Assessment) -> str:
    """How a plan stands in a sentence or two."""
    said = [*indicators_counted(assessment), *actions_counted(assessment)]
    return " ".join(said) or "The plan has no indicators and no actions yet."


def _late(site: Site) -> Iterator[Block]:
    late = [standing for standing in site.now.live if standing.overdue]
    if late:
        yield f"{len(late)} of {count(len(site.now.live), 'action')} overdue."
        yield action_table(late[:MOST], site.plan)
    if len(late) > MOST:
        yield linked("lists", LISTS["actions"], "All actions", " have the others.")


def _unknown(site: Site) -> Iterator[Block]:
    unknown = [verdict for verdict in site.now.targeted if verdict.evidence is None]
    if unknown:
        of = count(len(site.now.targeted), "indicator")
        yield f"There is no figure since the start for {len(unknown)} of {of}:"
        yield Items([to_indicator(each.indicator, f": {wording.reason(each)}") for each in unknown])


def _organisation(site: Site) -> dict[str, object]:
    said: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "name": site.name,
    }
    if site.base_url:
        said["url"] = site.base_url
    if site.plan.cover.area:
        said["areaServed"] = site.plan.cover.area
    return said


def changes_by_year(site: Site) -> list[tuple[str, Changes]]:
    """What each year changed, the latest first: as known then where git can tell."""
    told = []
    before: Assessment | None = None
    for year in site.years:
        start = before or assess(year.then.recorded, year.before)
        told.append((year.year.text, changes_of(start, year.then)))
        before = year.then
    if before is None:
        told.append(("so far", site.case.changes))
    elif before.as_of.end < site.now.as_of.end:
        told.append((f"since {as_of(before)}", changes_of(before, site.now)))
    return told[::-1]


def changes_page(site: Site, told: Sequence[tuple[str, Changes]]) -> SitePage:
    """What changed in each year, and why."""
    sections: list[Section] = []
    for name, changes in told:
        sections.append(Section(capital(name), [], key=f"changes-{len(sections)}"))
        sections += section("verdicts", "Indicators", _verdicts(changes), 3)
        sections += section("grades", "Grades", [Items(regraded(changes))], 3)
        sections += section("others", "Actions", [Items(_others(changes))], 3)
    sections += section("moved", "Promises that were moved", [Items(list(moved(site.now)))])
    known = [year.year.text for year in site.years if year.known_then]
    told_by = (
        f"For {wording.listed(known)}, what was known then is from the history of the data."
        if known
        else "No earlier state of the data is kept, so each year is seen as it is known today."
    )
    return SitePage(CHANGES, Document("What changed, and why", [told_by], sections), (),
                "What changed in each year of the plan, and why")  # fmt: skip


def _verdicts(changes: Changes) -> Iterator[Block]:
    if changes.indicators:
        yield indicators(changes, because)
    else:
        yield "No indicator stands differently."


def _others(changes: Changes) -> list[str]:
    """Actions added, removed, re-dated, re-led or overdue, each with what it was and is."""
    texts: list[str] = []
    for change in changes.actions:
        if change.change == "regraded":
            continue
        both = [part for part in (change.before, change.after) if part]
        moved_ = f" ({' → '.join(both)})" if both else ""
        why = f": {change.why}" if change.why else ""
        texts.append(linked("actions", change.id, change.title, f": {change.change}{moved_}{why}"))
    return texts


def search_page() -> SitePage:
    """Where the site is searched; the field comes where scripts run."""
    said = "Find words in every page and paper of this site."
    return SitePage(SEARCH, Document("Search", [said], []), (), said)


def about(site: Site) -> SitePage:
    """How to read the site, where its figures are from, and whom to ask."""
    plan, look = site.plan, site.look
    facts = [("Plan", plan.cover.title), ("Organisation", site.name),
             ("Position as of", as_of(site.now))]  # fmt: skip
    if plan.cover.licence:
        facts.append(("Licence of the data", plan.cover.licence))
    if look.contact:
        facts.append(("Contact", look.contact))
    document = Document(
        "About this site",
        [Facts(facts)],
        [
            Section("How verdicts come about", [*METHOD], key="method"),
            *section("sources", "Sources", sources(plan)),
            *section("notes", "Notes on the data", [Items([note.text for note in plan.notes])]),
            Section("Accessibility", [*ACCESSIBILITY, _ask(look.contact)], key="accessibility"),
        ],
    )
    return SitePage(
        ABOUT, document, (), "How verdicts come about, sources, licence and accessibility"
    )


METHOD: Sequence[Block] = (
    """Each indicator has a baseline, a target and a date. Its latest figure is held against the
    figure that would be expected by then on the way from the baseline to the target.""",
    Items(
        [
            "achieved: the target is met.",
            "on track: at least 95 per cent of the expected change has been made.",
            "slipped: less than that, or the figure moves the wrong way.",
            "not achieved: the date has come and the target is not met.",
            "no data: nobody can say, and the reason is given.",
        ]
    ),
    """A figure that is uncertain gives a verdict that is called probable, with what else it could
    be. Each indicator's page has the working with every number in it.""",
)
ACCESSIBILITY: Sequence[Block] = (
    """The pages are made to meet level AA of the Web Content Accessibility Guidelines 2.2. They can
    be read without scripts, by keyboard alone, in large type and in print. Each chart is described
    in words and has its figures in a table.""",
)


def _ask(contact: str | None) -> str:
    if contact:
        return f"If something cannot be read or used, say so: {contact}."
    return "If something cannot be read or used, tell whoever published the plan."
