"""The front page of a site of several plans: each of them, and how they compare."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from diplan.judge import Assessment
from diplan.report.compare import compare
from diplan.report.document import Block, Document, Items, Section, linked
from diplan.site.addresses import HOME
from diplan.site.build import Beside, SiteFile, later, site_files
from diplan.site.layout import SiteLayout
from diplan.site.overview import stands
from diplan.site.records import Site, SitePage


def sites_files(
    sites: Sequence[Callable[[], Site]], folders: Sequence[Path], beside: Beside = later
) -> Iterator[SiteFile]:
    """Every file of a site of several plans. One plan at a time is held in full."""
    assessments: list[Assessment] = []
    first: Site | None = None
    for make in sites:
        site = make()
        first = first or site
        assessments.append(site.now)
        yield from site_files(site, SiteLayout(site, folders), beside)
    if first:
        layout = SiteLayout(first, folders, several=True)
        page = SitePage(HOME, front(assessments), (), f"{len(assessments)} plans side by side")
        yield SiteFile(HOME, "", lambda: layout.page(page))


def front(assessments: Sequence[Assessment]) -> Document:
    """Each plan with a link to its site, and what `diplan compare` says of them."""
    compared = compare(assessments)
    listed: list[Block] = [
        Items(
            [
                linked(
                    "plans", f"{each.plan.cover.id}/index.html", each.plan.cover.title, told(each)
                )
                for each in assessments
            ]
        )
    ]
    plans = Section("The plans", listed, key="plans")
    return Document("Plans side by side", compared.blocks, [plans, *compared.sections])


def told(assessment: Assessment) -> str:
    """Whose a plan is, and how it stands."""
    whose = assessment.plan.cover.organisation
    return f"{f', {whose}' if whose else ''}. {stands(assessment)}"
