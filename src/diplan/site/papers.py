"""The papers of each year as pages of the site, and as documents to keep."""

from collections.abc import Iterator

from diplan.ground.english import capital
from diplan.report.document import Document, Items, Section, linked
from diplan.report.papers import REPORTS, Case
from diplan.site.addresses import PAPERS
from diplan.site.records import Site, SitePage

LEFT_OUT = ("service",)
"""Papers on one thing: its own page says the same."""


def documents(case: Case) -> Iterator[tuple[str, Document]]:
    """The papers of a year that have something in them."""
    for name, paper in REPORTS.items():
        if name not in LEFT_OUT and any(getattr(case.plan, part) for part in paper.needs):
            yield name, paper.build(case)


def paper_address(year: str, name: str, ending: str = "html") -> str:
    """Where a paper of a year is."""
    return f"{year.replace('/', '-')}/papers/{name}.{ending}"


def paper_pages(site: Site) -> Iterator[SitePage]:
    """The list of papers, and each paper."""
    sections = []
    for year, case in site.cases.items():
        listed = []
        for name, document in documents(case):
            where = paper_address(year, name)
            listed.append((REPORTS[name].title, where))
            trail = [("Papers", PAPERS)]
            yield SitePage(where, document, trail, REPORTS[name].title)
        items = [linked("papers", where, capital(title)) for title, where in listed]
        case.told.clear()  # of each year only its papers tell
        sections.append(Section(year, [Items(items)], key=f"papers-{year}"))
    yield SitePage(PAPERS, Document("Papers", [], sections), (), "The papers of each year")
