"""Everything in a site, one file after another, each made only when it is asked for."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pickle import dumps
from typing import NamedTuple

import diplan
from diplan.site import things
from diplan.site.layout import ICON, SCRIPT, STYLE, SiteLayout
from diplan.site.lists import lists
from diplan.site.overview import about, changes_by_year, changes_page, home
from diplan.site.papers import paper_pages
from diplan.site.records import Page, Site
from diplan.site.years import year_pages


class SiteFile(NamedTuple):
    """A file of a site: where it is, what it is made from, and what makes it.

    The same `key` gives the same bytes; an empty one says nothing.
    """

    address: str
    key: str
    make: Callable[[], bytes]


def site_files(site: Site, layout: SiteLayout) -> Iterator[SiteFile]:
    """Every file of a site."""
    common = sha256(repr((diplan.__version__, site.base_url, site.folder, layout.parts)).encode())
    common.update(layout.fingerprint())
    for page in pages(site):
        key = common.copy()
        key.update(dumps(page))
        yield SiteFile(page.address, key.hexdigest(), _maker(layout, page))
    yield from _assets(site, layout)


def _maker(layout: SiteLayout, page: Page) -> Callable[[], bytes]:
    return lambda: layout.page(page)


def pages(site: Site) -> Iterator[Page]:
    """Every page of a site."""
    told = changes_by_year(site)
    yield home(site)
    yield from lists(site)
    for verdict in site.now.verdicts:
        yield things.indicator_page(site, verdict)
    for standing in site.now.standings:
        yield things.action_page(site, standing)
    for priority in site.plan.priorities:
        yield things.priority_page(site, priority.id)
    for service in site.plan.services:
        yield things.service_page(site, service.id)
    for venue in site.plan.venues:
        yield things.place_page(venue)
    for year in site.years:
        yield from year_pages(site, year)
    yield changes_page(site, told)
    yield from paper_pages(site)
    yield about(site)


def _assets(site: Site, layout: SiteLayout) -> Iterator[SiteFile]:
    yield SiteFile(STYLE, "", lambda: layout.asset("style.css", "site.css") + _colours(site))
    yield SiteFile(SCRIPT, "", lambda: layout.asset("site.js"))
    yield SiteFile(ICON, "", lambda: _icon(site))
    if site.logo:
        name, data = site.logo
        yield SiteFile(f"assets/{name}", "", lambda: data)


def _colours(site: Site) -> bytes:
    """The council's colours, which were checked when the plan was read."""
    look = site.look
    return f"\n:root {{ --head: {look.colour}; --accent: {look.accent}; }}\n".encode()


def _icon(site: Site) -> bytes:
    """A square in the council's colours, for the tab of a browser."""
    look = site.look
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="5" fill="{look.colour}"/>'
        f'<path d="M7 22 13 15 18 19 25 9" fill="none" stroke="{look.accent}" stroke-width="4"/>'
        "</svg>\n"
    ).encode()
