"""Markdown texts: their headings and tables. HTML in them is text, and nothing is followed."""

from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from diplan.documents.grid import LOWEST, Collecting, RawCell


def read_markdown(text: str, made: Collecting) -> None:
    """Collect the headings and tables of a text.

    Raises:
        DocumentError: its tables are beyond a bound.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
    tokens = parser.parse(text)
    rows: list[list[RawCell]] = []
    for opened, token in pairwise(tokens):
        if token.type == "inline":
            if opened.type == "heading_open":
                made.heading(int(opened.tag[1:]), _plain(token))
            elif opened.type in ("th_open", "td_open"):
                rows[-1].append(RawCell(_plain(token)))
            elif _is_bold(token):
                made.heading(LOWEST, _plain(token))
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            made.table(rows)
            rows = []


def _plain(token: Token) -> str:
    """What a piece of Markdown says, without its marks."""
    return "".join(map(_said, token.children or ()))


def _said(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "html_inline":
        return "\n" if token.content.lower().startswith("<br") else ""
    return token.content


def _is_bold(token: Token) -> bool:
    """Whether all of a paragraph is bold, as a heading is that is none."""
    kinds = [child.type for child in token.children or () if child.type != "text" or child.content]
    ends = (kinds[0], kinds[-1]) if len(kinds) > 2 else None
    return ends == ("strong_open", "strong_close") and kinds.count("strong_open") == 1
