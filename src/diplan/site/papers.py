"""The papers of each year as pages of the site, and as documents to keep."""

from collections.abc import Iterator, Sequence

from diplan.ground.english import capital
from diplan.report.document import Cell, Column, Document, Items, Section, Table, linked
from diplan.report.papers import REPORTS, Case
from diplan.site.addresses import PAPERS, in_form
from diplan.site.records import Site, SitePage

FORMS = {"pdf": "PDF", "docx": "Word"}
"""The formats of papers beside HTML, with what they are called."""

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
            yield SitePage(where, document, trail, REPORTS[name].title, forms=site.forms)
        case.told.clear()  # of each year only its papers tell
        sections.append(Section(year, [_listed(listed, site.forms)], key=f"papers-{year}"))
    yield SitePage(PAPERS, Document("Papers", [], sections), (), "The papers of each year")


def _listed(papers: Sequence[tuple[str, str]], forms: Sequence[str]) -> Items | Table:
    """The papers of a year by their titles and addresses, with each format that there is."""
    if not forms:
        return Items([linked("papers", where, capital(title)) for title, where in papers])
    columns = [Column("paper", "Paper"), *(Column(form, FORMS[form]) for form in forms)]
    rows: list[list[Cell]] = [
        [
            linked("papers", where, capital(title)),
            *(_link(title, where, form) for form in forms),
        ]
        for title, where in papers
    ]
    return Table(columns, rows)


def _link(title: str, where: str, form: str) -> Cell:
    """The link to a paper in another format, which says what it leads to."""
    return linked("papers", in_form(where, form), f"{capital(title)} ({FORMS[form]})")
