"""Everything in a site, one file after another, each made only when it is asked for."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from pickle import dumps
from typing import NamedTuple, Protocol, TypeVar

from diplan import __version__
from diplan.judge.diff import Changes
from diplan.render.publishing import PaperOrder, publish
from diplan.report.data import status
from diplan.report.document import Document
from diplan.report.indicator import record
from diplan.site import things
from diplan.site.addresses import in_form, thing
from diplan.site.downloads import data_files, data_page
from diplan.site.feed import feed
from diplan.site.layout import FEED, ICON, SCRIPT, STYLE, SiteLayout
from diplan.site.lists import lists
from diplan.site.overview import about, changes_by_year, changes_page, home, search_page
from diplan.site.papers import paper_pages
from diplan.site.programs import SITEMAP, STATUS, as_json, badge, redirect, sitemap
from diplan.site.records import Site, SitePage
from diplan.site.years import year_pages


class SiteFile(NamedTuple):
    """A file of a site: where it is, what it is made from, and what makes it.

    The same `key` gives the same bytes; an empty one says nothing.
    """

    address: str
    key: str
    make: Callable[[], bytes]


JobResult = TypeVar("JobResult")


class Beside(Protocol):
    """What does a long job beside everything else, and gives what waits for its end."""

    def __call__(self, job: Callable[[], JobResult], /) -> Callable[[], JobResult]:
        """Begin a job, which is a function of a module with what it is given."""
        ...


def later(job: Callable[[], JobResult], /) -> Callable[[], JobResult]:
    """A job that is done when its result is asked for."""
    return job


def site_files(site: Site, layout: SiteLayout, beside: Beside = later) -> Iterator[SiteFile]:
    """Every file of a site; the tables to download are made *beside* the pages."""
    ended = [year.today for year in site.years if year.year.end < site.now.as_of.end]
    data = beside(partial(data_files, site.now.recorded, [*ended, site.now]))
    common = sha256(repr((__version__, site.base_url, site.folder, layout.parts)).encode())
    common.update(layout.fingerprint())
    told = changes_by_year(site)
    addresses = []
    for page in pages(site, told):
        key = common.copy()
        key.update(dumps(page))
        addresses.append(page.address)
        yield _file(site, page.address, partial(layout.page, page), key.hexdigest())
        for form in page.forms:
            order = PaperOrder("", form, organisation=site.plan.cover.organisation or "")
            make = partial(_document, page.document, order)
            yield _file(site, in_form(page.address, form), make, key.hexdigest())
    yield from _programs(site, told)
    for name, content in data().items():
        yield _file(site, f"data/{name}", partial(bytes, content))
    if site.base_url:
        yield _file(site, SITEMAP, lambda: sitemap(site, addresses))
    yield from _redirects(site)
    yield from _assets(site, layout)


def _file(site: Site, address: str, make: Callable[[], bytes], key: str = "") -> SiteFile:
    return SiteFile(f"{site.folder}{address}", key, make)


def pages(site: Site, told: Sequence[tuple[str, Changes]]) -> Iterator[SitePage]:
    """Every page of a site; *told* is what each year changed."""
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
    yield data_page(site)
    if site.search:
        yield search_page()
    yield about(site)


def _programs(site: Site, told: Sequence[tuple[str, Changes]]) -> Iterator[SiteFile]:
    """What is for programs: the feed, JSON and badges."""
    yield _file(site, FEED, lambda: feed(site, told))
    yield _file(site, STATUS, lambda: as_json(status(site.now)))
    for verdict in site.now.verdicts:
        name = verdict.indicator.id
        yield _file(site, thing("indicators", name, "json"), partial(_record, site, name))
        yield _file(site, f"badges/{name}.svg", partial(badge, verdict))


def _document(document: Document, order: PaperOrder) -> bytes:
    return publish(document, order).paper


def _record(site: Site, name: str) -> bytes:
    return as_json(record(site.now, name))


def _redirects(site: Site) -> Iterator[SiteFile]:
    """Pages at the former addresses of what was renamed."""
    titles: dict[str, dict[str, str]] = {
        "indicators": {each.id: each.title for each in site.plan.indicators},
        "actions": {each.id: each.title for each in site.plan.actions},
    }
    for section, names in site.renamed.items():
        for old, new in names.items():
            if old not in site.things[section] and new in site.things[section]:
                former, today = thing(section, old), thing(section, new)
                yield _file(site, former, partial(redirect, former, today, titles[section][new]))


def _assets(site: Site, layout: SiteLayout) -> Iterator[SiteFile]:
    yield _file(site, STYLE, lambda: layout.asset("style.css", "site.css") + _colours(site))
    yield _file(site, SCRIPT, lambda: layout.asset("site.js"))
    yield _file(site, ICON, lambda: _icon(site))
    if site.logo:
        name, data = site.logo
        yield _file(site, f"assets/{name}", lambda: data)


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
