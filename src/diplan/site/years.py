"""A year that has ended, as it was promised and known then, beside how it is seen today."""

from collections.abc import Iterator

from diplan.report import wording
from diplan.report.bars import bars
from diplan.report.document import (
    Badge,
    Cell,
    Column,
    Document,
    Table,
    linked,
    to_action,
    to_indicator,
)
from diplan.report.papers.brief import changed
from diplan.report.papers.case import section
from diplan.report.status import as_of
from diplan.site.addresses import year_folder
from diplan.site.lists import acted, in_short
from diplan.site.overview import stands
from diplan.site.records import Site, SitePage, Year

INDICATORS = (
    Column("title", "Indicator"),
    Column("target", "Goal as promised then"),
    Column("latest", "Latest figure then"),
    Column("then", "As known then"),
    Column("now", "Today"),
)
ACTIONS = (
    Column("title", "Action"),
    Column("lead", "Led by"),
    Column("due", "By when, as promised then"),
    Column("then", "As known then"),
    Column("now", "Today"),
)


def year_pages(site: Site, year: Year) -> Iterator[SitePage]:
    """The pages of a year: its home, its priorities and its two tables."""
    folder, name = year_folder(year.year), year.year.text
    home = f"{folder}/index.html"
    trail = [(name, home)]
    changes = changed(site.cases[name])
    yield SitePage(
        home,
        Document(
            f"{name}: {site.plan.cover.title} as it stood",
            [_known(year), *bars(year.then)],
            [
                *section("changed", "What changed in the year, and why", changes),
                *section("priorities", wording.headings(year.then.plan), [_priorities(year)]),
            ],
        ),
        (),
        f"{name}: {stands(year.then)}",
    )
    for file, title, table in (
        ("indicators", f"Indicators in {name}", _indicators(site, year)),
        ("actions", f"Actions in {name}", _actions(site, year)),
    ):
        if table.rows:
            document = Document(title, [_known(year), table], [])
            yield SitePage(f"{folder}/{file}.html", document, trail, title, sortable=True)


def _known(year: Year) -> str:
    """What the page rests on."""
    when = as_of(year.then)
    if year.known_then:
        return f"The plan as it was promised and known on {when}."
    return (
        f"The plan as it was promised on {when}. No state of the data from then is kept, so figures"
        " and grades are those known today."
    )


def _priorities(year: Year) -> Table:
    rows: list[list[Cell]] = []
    for priority in year.then.plan.priorities:
        part = year.then.only(priority=priority.id)
        title = linked("priorities", priority.id, priority.title)
        rows.append([title, in_short(part), acted(part)])
    columns = (
        Column("title", wording.heading(year.then.plan)),
        Column("indicators", "Indicators"),
        Column("actions", "Actions"),
    )
    return Table(columns, rows)


def _indicators(site: Site, year: Year) -> Table:
    rows: list[list[Cell]] = []
    for verdict in year.then.verdicts:
        own = verdict.indicator
        today = site.now.verdict.get(own.id)
        rows.append(
            [
                to_indicator(own),
                wording.target(verdict) if not verdict.for_context else "no target",
                wording.latest(verdict, year.then.plan),
                wording.badge(verdict),
                wording.badge(today) if today else Badge("not in the plan"),
            ]
        )
    return Table(INDICATORS, rows)


def _actions(site: Site, year: Year) -> Table:
    today = {standing.action.id: standing for standing in site.now.standings}
    rows: list[list[Cell]] = []
    for standing in year.then.standings:
        own = standing.action
        rows.append(
            [
                to_action(own),
                wording.led_by(own, year.then.plan) or wording.DASH,
                wording.due(own),
                wording.grade(standing),
                wording.grade(today[own.id]) if own.id in today else Badge("not in the plan"),
            ]
        )
    return Table(ACTIONS, rows)
