"""Pages of the site to HTML: the same blocks as in papers, with links, a head and a foot.

Templates are looked for as those of papers are, so a council can put its own in the place of one.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from diplan.files.workspace import LARGEST_FILE
from diplan.files.workspace.regular import read_regular
from diplan.ground.errors import UnreadableError
from diplan.render.html import html
from diplan.render.templates import environment
from diplan.report import wording
from diplan.report.document import Linked
from diplan.report.status import as_of
from diplan.site import addresses
from diplan.site.addresses import (
    ABOUT,
    CHANGES,
    DATA,
    HOME,
    LISTS,
    PAPERS,
    SEARCH,
    from_to,
    in_form,
    year_folder,
)
from diplan.site.papers import FORMS
from diplan.site.records import INDEX, Site, SitePage

STYLE, SCRIPT, ICON = "assets/site.css", "assets/site.js", "assets/icon.svg"
TEMPLATE = "site.html.j2"
FEED = "changes.atom"


class NavLink(NamedTuple):
    """A link in the head of each page; `here` where the page is in that part of the site."""

    title: str
    address: str
    here: bool


class SiteLayout:
    """What every page of a site is laid out with."""

    def __init__(self, site: Site, folders: Sequence[Path], *, several: bool = False) -> None:
        self.site = site
        self.several = several
        self.sandbox = environment(folders, kind="html")
        self.parts = [] if several else list(_parts(site))

    def page(self, page: SitePage) -> bytes:
        """A page as HTML."""
        site = self.site
        here = page.address

        def to(address: str) -> str:
            return from_to(here, address)

        def leads(words: Linked) -> str:
            return to(where) if (where := address_of(words, site)) else ""

        return html(
            page.document,
            self.sandbox,
            template=TEMPLATE,
            licence=site.plan.cover.licence or "",
            leads=leads,
            site=self._site(here, to),
            page={
                "summary": page.summary,
                "sortable": page.sortable,
                "folded": page.folded,
                "trail": [(title, to(where)) for title, where in page.trail],
                "linked_data": _script(page.linked_data) if page.linked_data else "",
                "is_home": here == HOME,
                "forms": [(FORMS[form], to(in_form(here, form))) for form in page.forms],
                "index": from_to(f"{site.folder}{here}", f"{INDEX}/pagefind.js")
                if here == SEARCH
                else "",
            },
            nav=[
                NavLink(title, to(where), where.partition("/")[0] == page.area)
                for title, where in self.parts
            ],
            years=[
                (year.year.text, to(f"{year_folder(year.year)}/index.html"))
                for year in (() if self.several else site.years)
            ],
        ).encode()

    def _site(self, here: str, to: Callable[[str], str]) -> dict[str, str]:
        """What the head and the foot of a page say of the site."""
        site = self.site
        assets = site.folder if self.several else ""
        up = from_to(f"{site.folder}{here}", HOME) if site.folder and not self.several else ""
        return {
            "name": "" if self.several else site.name,
            "plan": "Plans side by side" if self.several else site.plan.cover.title,
            "home": to(HOME),
            "root": from_to(f"{site.folder}{here}", HOME).removesuffix(HOME),
            "up": up,
            "style": to(f"{assets}{STYLE}"),
            "script": to(f"{assets}{SCRIPT}"),
            "icon": to(f"{assets}{ICON}"),
            "feed": "" if self.several else to(FEED),
            "about": "" if self.several else to(ABOUT),
            "logo": to(f"assets/{site.logo[0]}") if site.logo and not self.several else "",
            "contact": (site.look.contact or "") if not self.several else "",
            "as_of": as_of(site.now),
            "canonical": f"{site.base_url}{_bare(here)}"
            if site.base_url and not self.several
            else "",
        }

    def fingerprint(self) -> bytes:
        """What a page depends on beside its own content."""
        site = self.site
        given = repr((site.name, site.plan.cover, site.logo and site.logo[0], as_of(site.now),
                      [year.year.text for year in site.years],
                      {part: sorted(ids) for part, ids in site.things.items()}))  # fmt: skip
        made = sha256(given.encode())
        for folder in self.sandbox.folders:
            for path in sorted(folder.glob("*.j2")):
                with suppress(UnreadableError):  # a link elsewhere is no template either
                    made.update(read_regular(folder, path.name, LARGEST_FILE))
        return made.digest()

    def asset(self, *names: str) -> bytes:
        """Style sheets or scripts of the templates, one after the other."""
        loader = self.sandbox.loader
        assert loader is not None  # noqa: S101 - a sandbox is made with one
        return "\n".join(loader.get_source(self.sandbox, name)[0] for name in names).encode()


def _bare(address: str) -> str:
    """An address as it is published: that of a folder stands for its index."""
    return address.removesuffix("index.html")


def address_of(words: Linked, site: Site) -> str:
    """The address that words lead to; empty where there is no such page."""
    if words.section not in LISTS:
        return words.id
    return (
        addresses.thing(words.section, words.id) if (words.id in site.things[words.section]) else ""
    )


def _parts(site: Site) -> Iterator[tuple[str, str]]:
    """The parts of the site, each with its address."""
    plan = site.plan
    yield "Home", HOME
    for section, title in (
        ("priorities", wording.headings(plan)),
        ("indicators", "Indicators"),
        ("actions", "Actions"),
        ("services", "Services"),
        ("venues", "Places"),
    ):
        if getattr(plan, section):
            yield title, LISTS[section]
    yield "Changes", CHANGES
    yield "Papers", PAPERS
    yield "Data", DATA
    yield "About", ABOUT
    if site.search:
        yield "Search", SEARCH


def _script(data: object) -> Markup:
    """Data inside a script element: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=True, indent=1)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704
