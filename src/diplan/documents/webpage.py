"""HTML pages: their headings and tables. No script is run, and no address is followed.

Python's own parser of HTML is not used: there are short texts over which it takes minutes.
"""

import re
from html import unescape

from diplan.documents.grid import LOWEST, Collecting, RawCell

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*+)([^<>]*+)>|<!--|<[!?][^<>]*+>")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BREAKS = frozenset({"p", "br", "li", "ul", "ol", "div", "dd", "dt"})
_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "head"})
DEEPEST = 20
"""Of tables inside the cells of tables."""


def read_html(text: str, made: Collecting) -> None:
    """Collect the headings and tables of a page.

    Raises:
        DocumentError: its tables are beyond a bound.
    """
    page = _Page(made)
    at = 0
    while match := _TAG.search(text, at):
        page.text(text[at : match.start()])
        at = match.end()
        name = (match[2] or "").lower()
        if match[0] == "<!--":
            end = text.find("-->", at)
            at = len(text) if end < 0 else end + 3
        elif name == "title" and not match[1]:
            end = text.find("<", at)
            made.title = made.title or unescape(text[at : end if end >= 0 else at]).strip()
            at = max(at, end)
        elif name in _UNSEEN - {"head"} and not match[1] and not match[3].endswith("/"):
            closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, at)
            at = closing.end() if closing else len(text)
        elif name:
            page.tag(name, match[3], closing=bool(match[1]))
    page.text(text[at:])
    page.finish()


class _Page:
    """Takes tags and texts as they come; cells and rows that are not closed end with the next."""

    def __init__(self, made: Collecting) -> None:
        self.made = made
        self._open: list[list[list[RawCell]]] = []
        self._cells: list[RawCell | None] = []
        self._said: list[list[str]] = [[]]
        self._inner: list[list[list[RawCell]]] = []
        self._heading = 0
        self._bold, self._thin = 0, False
        """How many tags make the text bold, and whether some of the paragraph is not."""
        self._caption: list[str] | None = None

    def text(self, data: str) -> None:
        """A piece of a text."""
        if data:
            self._thin = self._thin or (not self._bold and not data.isspace())
            blank = " ".join(f".{data}.".split())[1:-1]
            said = unescape(blank) if "&" in blank else blank
            (self._said[-1] if self._caption is None else self._caption).append(said)

    def tag(self, name: str, attributes: str, *, closing: bool) -> None:
        """A tag, which begins or ends something."""
        if name == "table":
            self._end_table() if closing else self._begin_table()
        elif self._open and name in ("caption", "tr", "td", "th"):
            self._in_table(name, attributes, closing=closing)
        elif not self._open and name in _HEADINGS:
            if closing and self._heading:
                self.made.heading(self._heading, "".join(self._said[-1]))
            self._heading = 0 if closing else _HEADINGS[name]
            self._said[-1] = []
        elif not self._open and name == "p":
            if closing and not self._thin:
                self.made.heading(LOWEST, "".join(self._said[-1]))
            self._said[-1], self._thin = [], False
        elif name in ("b", "strong"):
            self._bold = max(0, self._bold + (-1 if closing else 1))
        elif name in _BREAKS:
            self._said[-1].append("\n")

    def _in_table(self, name: str, attributes: str, *, closing: bool) -> None:
        """A part of a table begins or ends."""
        if name == "caption":
            self._end_caption(closing=closing)
            return
        self._end_cell()
        if closing:
            return
        if name == "tr" or not self._open[-1]:
            self._open[-1].append([])
        if name != "tr":
            reach = _reach(attributes, "colspan"), _reach(attributes, "rowspan")
            self._cells[-1] = RawCell("", *reach)
            self._said[-1] = []

    def _begin_table(self) -> None:
        if len(self._open) < DEEPEST:
            self._open.append([])
            self._cells.append(None)
            self._said.append([])

    def _end_caption(self, *, closing: bool) -> None:
        if closing and self._caption is not None and len(self._open) == 1:
            self.made.heading(LOWEST, "".join(self._caption))
        self._caption = None if closing else []

    def _end_cell(self) -> None:
        cell = self._cells[-1] if self._cells else None
        if cell is not None:
            self._open[-1][-1].append(cell._replace(text="".join(self._said[-1])))
            self._cells[-1] = None
            self._said[-1] = []

    def _end_table(self) -> None:
        if not self._open:
            return
        self._end_cell()
        self._caption = None
        self._inner.append(self._open.pop())
        self._cells.pop()
        self._said.pop()
        if not self._open:
            for rows in reversed(self._inner):
                self.made.table(rows)
            self._inner = []
            self._said[-1] = []

    def finish(self) -> None:
        """End what is still open."""
        while self._open:
            self._end_table()


def _reach(attributes: str, what: str) -> int:
    """How far a cell reaches; 1 where nothing sensible is said."""
    if not attributes:
        return 1
    match = re.search(rf"\b{what}\s*=\s*[\"']?(\d{{1,4}})", attributes, re.IGNORECASE)
    return max(1, int(match[1])) if match else 1
