"""Where everything is in the site: addresses that stay the same, and the way from one to another.

An address is a path from the site's root with strokes between its parts. A page finds another by
a relative link, so that the site works in a folder, at any address, without a server.
"""

from functools import lru_cache
from posixpath import relpath

from diplan.ground.period import Period

HOME = "index.html"
LISTS = {
    "indicators": "indicators/index.html",
    "actions": "actions/index.html",
    "priorities": "priorities/index.html",
    "services": "services/index.html",
    "venues": "places/index.html",
}
"""The list of all things of a kind, by the section of the plan that they are in."""

CHANGES, PAPERS, DATA, ABOUT, SEARCH = (
    f"{name}/index.html" for name in ("changes", "papers", "data", "about", "search")
)


def thing(section: str, name: str, ending: str = "html") -> str:
    """The page of one thing, or its record. Its id has small letters, digits and hyphens alone.

    What is called `index` is `x-index` here, because the list of all has that name.
    """
    folder = LISTS[section].removesuffix("index.html")
    return f"{folder}{'x-' if name == 'index' else ''}{name}.{ending}"


def in_form(page: str, form: str) -> str:
    """Where the document of a page is in another format."""
    return f"{page.removesuffix('.html')}.{form}"


def year_folder(year: Period) -> str:
    """The folder of what belongs to one year: `2016-17`."""
    return year.text.replace("/", "-")


def from_to(page: str, other: str) -> str:
    """The link from one page to another address."""
    place, sign, part = other.partition("#")
    return f"{_relative(place, page.rpartition('/')[0] or '.')}{sign}{part}"


@lru_cache(maxsize=4096)
def _relative(place: str, folder: str) -> str:
    return relpath(place, folder)
