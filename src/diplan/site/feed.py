"""The feed of changes (Atom, RFC 4287): each verdict that changed, with its cause."""

from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import urlsplit

from diplan.ground.text import visible
from diplan.judge.diff import Changes, IndicatorChange
from diplan.report.diff import flipped
from diplan.site.addresses import CHANGES, thing
from diplan.site.layout import FEED
from diplan.site.records import Site


def feed(site: Site, told: Sequence[tuple[str, Changes]]) -> bytes:
    """The feed as XML. The same data gives the same ids, whatever else is in it."""
    plan = site.plan.cover
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"{_base(site)}>',
        f"<title>{_text(f'{plan.title}: what changed')}</title>",
        f"<id>{_tag(site, plan.id)}</id>",
        f"<updated>{_moment(site.now.as_of.last_day.isoformat())}</updated>",
        f"<author><name>{_text(site.name)}</name></author>",
        *([f'<link rel="self" href="{escape(site.base_url)}{FEED}"/>'] if site.base_url else []),
        f'<link rel="alternate" type="text/html" href="{CHANGES}"/>',
        *(line for _, changes in told for line in _entries(site, changes)),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _entries(site: Site, changes: Changes) -> Iterator[str]:
    day = changes.after.as_of.last_day.isoformat()
    for change in changes.indicators:
        if change.change == "moved":
            continue
        yield "<entry>"
        yield f"<title>{_text(change.title)}</title>"
        yield f"<id>{_tag(site, f'{site.plan.cover.id}/{change.id}/{day}')}</id>"
        yield f"<updated>{_moment(day)}</updated>"
        yield f'<link rel="alternate" type="text/html" href="{_page(site, change)}"/>'
        yield f"<content>{_text(flipped(change))}</content>"
        yield "</entry>"


def _page(site: Site, change: IndicatorChange) -> str:
    known = change.id in site.things["indicators"]
    return thing("indicators", change.id) if known else CHANGES


def _base(site: Site) -> str:
    return f' xml:base="{escape(site.base_url)}"' if site.base_url else ""


def _tag(site: Site, name: str) -> str:
    """An id for ever (RFC 4151): the site's host, the year in which the plan began, and a name.

    Without an address of its own a site has a host that nobody can have.
    """
    host = urlsplit(site.base_url).hostname or f"{site.plan.cover.id}.invalid"
    began = site.plan.cover.from_
    return f"tag:{escape(host)},{began.first_day.year if began else 2000}:{name}"


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _text(words: str) -> str:
    return escape(visible(words))
