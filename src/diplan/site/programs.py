"""What a site holds for programs: JSON, badges, the sitemap, and redirects of former addresses."""

import json
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from diplan.ground.text import visible
from diplan.judge import Verdict
from diplan.render import lettering
from diplan.report import wording
from diplan.report.document import Tone
from diplan.site.addresses import from_to
from diplan.site.records import Site

STATUS, SITEMAP = "status.json", "sitemap.xml"
LONGEST = 60
"""A badge cuts a longer title; the whole one is in its description."""

_FILL = {Tone.GOOD: "#0b6b3a", Tone.FAIR: "#8a5200", Tone.POOR: "#a01c25", Tone.NONE: "#59646c"}


def as_json(record: Mapping[str, Any]) -> bytes:
    """A record as JSON."""
    return (json.dumps(record, ensure_ascii=False) + "\n").encode()


def badge(verdict: Verdict) -> bytes:
    """An indicator's status as a small picture for other sites."""
    title, status = verdict.indicator.title, wording.STATUS[verdict.status]
    shown = visible(title if len(title) <= LONGEST else f"{title[:LONGEST].rstrip()}…")
    left, right = lettering.width(shown) + 16, lettering.width(status) + 16
    whole = left + right
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole:.0f}" height="26"'
        f' viewBox="0 0 {whole:.1f} 26" role="img" aria-label="{escape(visible(title))}: {status}"'
        f' font-family="Arial, Helvetica, sans-serif" font-size="{lettering.SIZE}" fill="#fff">'
        f"<title>{escape(visible(title))}: {status}</title>"
        f'<rect width="{whole:.1f}" height="26" rx="3" fill="#37424a"/>'
        f'<path d="M{left:.1f} 0h{right - 3:.1f}a3 3 0 0 1 3 3v20a3 3 0 0 1-3 3h-{right - 3:.1f}z"'
        f' fill="{_FILL[wording.TONE[verdict.status]]}"/>'
        f'<text x="8" y="18">{escape(shown)}</text>'
        f'<text x="{left + 8:.1f}" y="18">{status}</text></svg>\n'
    ).encode()


def sitemap(site: Site, addresses: Iterable[str]) -> bytes:
    """The pages of a site for search engines (sitemaps.org)."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(
            f"<url><loc>{escape(site.base_url)}{address.removesuffix('index.html')}</loc></url>"
            for address in addresses
        ),
        "</urlset>",
    ]
    return ("\n".join(lines) + "\n").encode()


def redirect(old: str, new: str, title: str) -> bytes:
    """A page at a former address, which leads to the one of today."""
    link, words = escape(from_to(old, new)), escape(visible(title))
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{words}</title>\n"
        f'<meta http-equiv="refresh" content="0; url={link}">\n'
        f'<link rel="canonical" href="{link}">\n<meta name="robots" content="noindex">\n</head>\n'
        f'<body>\n<main>\n<h1>{words}</h1>\n<p>This page has moved: <a href="{link}">{words}</a>.'
        "</p>\n</main>\n</body>\n</html>\n"
    ).encode()
