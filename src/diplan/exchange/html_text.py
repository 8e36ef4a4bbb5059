"""Texts of others: HTML taken out, on as many lines as a plan allows, without what may hide.

Python's own parser of HTML is not used: there are short texts over which it takes minutes, or stops
with an error of its own.
"""

import re
from collections.abc import Iterator
from html import unescape

from diplan.exchange.omissions import Omissions
from diplan.ground.text import UNSAFE

LONGEST_LINE = 500
LONGEST_TEXT = 20_000

_TAG = re.compile(r"<(?:(/?[a-zA-Z][a-zA-Z0-9]*+)|[!?])[^<>]*+>")
_PARTS = frozenset(
    ("p", "br", "li", "ul", "ol", "div", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6")
)
"""Tags between which words stand apart."""

_UNSEEN = frozenset({"script", "style"})


def _words(written: str) -> Iterator[str]:
    """The text between tags."""
    shown, at = True, 0
    for tag in _TAG.finditer(written):
        name = (tag[1] or "").lower()
        if shown:
            yield unescape(written[at : tag.start()])
        if name.removeprefix("/") in _UNSEEN:
            shown = name.startswith("/")
        if name.removeprefix("/") in _PARTS:
            yield " "
        at = tag.end()
    yield unescape(written[at:]) if shown else ""


def bare(written: str, where: str, omitted: Omissions, most: int = LONGEST_TEXT) -> str:
    """A text on one line, without HTML; what is cut off or taken out for safety is counted."""
    text = "".join(_words(written))
    if UNSAFE.search(text):
        omitted.note("texts with characters that hide or steer, which were taken out", where)
        text = UNSAFE.sub("", text)
    text = " ".join(text.split())
    if len(text) > most:
        omitted.note(f"texts of more than {most:,} characters, which were cut", where)
        text = f"{text[: most - 3].rstrip()}..."
    return text
