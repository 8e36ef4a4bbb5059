"""Markdown texts: their headings and tables. HTML in them is text, and nothing is followed."""

from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from diplan.documents.grid import LOWEST, Collecting, RawCell

LONGEST_MARKED = 5_000
"""Characters of a paragraph or a cell that are looked through for marks, which can take long."""

_INLINE = MarkdownIt("commonmark", {"maxNesting": 20})


def read_markdown(text: str, made: Collecting) -> None:
    """Collect the headings and tables of a text.

    Raises:
        DocumentError: its tables are beyond a bound.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table").disable("inline")
    rows: list[list[RawCell]] = []
    for opened, token in pairwise(parser.parse(text)):
        if token.type == "inline":
            pieces = _pieces(token.content)
            said = "".join(map(_said, pieces)) if pieces else token.content
            if opened.type == "heading_open":
                made.heading(int(opened.tag[1:]), said)
            elif opened.type in ("th_open", "td_open"):
                rows[-1].append(RawCell(said))
            elif _is_bold(pieces):
                made.heading(LOWEST, said)
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            made.table(rows)
            rows = []


def _pieces(content: str) -> list[Token]:
    """What a piece of Markdown is made of; nothing where it is too long to be looked through."""
    short = len(content) <= LONGEST_MARKED
    return _INLINE.parseInline(content)[0].children or [] if short else []


def _said(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "html_inline":
        return "\n" if token.content.lower().startswith("<br") else ""
    return token.content


def _is_bold(pieces: list[Token]) -> bool:
    """Whether all of a paragraph is bold, as a heading is that is none."""
    kinds = [piece.type for piece in pieces if piece.type != "text" or piece.content]
    ends = (kinds[0], kinds[-1]) if len(kinds) > 2 else None
    return ends == ("strong_open", "strong_close") and kinds.count("strong_open") == 1
