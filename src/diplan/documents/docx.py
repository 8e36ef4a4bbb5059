"""Word documents: their headings and tables, in a stream; nothing in them is run or followed.

Text that a tracked change takes out is not read, text that it puts in is. Text boxes are read once.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from diplan.documents.grid import LOWEST, Collecting, RawCell
from diplan.exchange.sheets.package import Package
from diplan.exchange.sheets.relations import PartReader, relations
from diplan.ground.period import FIRST_YEAR, LAST_YEAR

_GAPS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_ASIDE = frozenset({"Fallback", "del", "moveFrom", "rubyText", "footnote"})
"""What is there a second time, or has been taken out."""

_OFF = ("0", "false", "none", "off")
_HEADING = ("heading", "title")


def read_docx(package: Package, main: str, made: Collecting) -> None:
    """Collect the headings and tables of a document.

    Raises:
        SheetError: it is damaged, or beyond a bound.
        DocumentError: its tables are beyond a bound.
    """
    styles = _Styles()
    parts = relations(package, main)
    for kind, part in parts.values():
        if kind == "styles" and part in package:
            package.read(part, styles)
    package.read(main, _Body(made, styles.levels, styles.bold))


class CoreProperties(PartReader):
    """The title of an Office or OpenDocument file, and the day on which it was last changed."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self._name = ""

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._name = name

    def ends(self, name: str) -> None:
        """An element ends."""
        self._name = ""

    def text(self, data: str) -> None:
        """A piece of a text."""
        if self._name in ("title", "modified", "date"):
            self.said[self._name] = (self.said.get(self._name, "") + data)[:500]

    @property
    def modified(self) -> date | None:
        """The day; None where the file does not say it."""
        with suppress(ValueError):
            day = date.fromisoformat((self.said.get("modified") or self.said.get("date", ""))[:10])
            return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
        return None


class _Styles(PartReader):
    """The levels of the styles that are headings, by their ids, and the styles that are bold."""

    def __init__(self) -> None:
        self.levels: dict[str, int] = {}
        self.bold: set[str] = set()
        self._style = ""

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        value = next((text for key, text in attributes.items() if key.endswith(" val")), "")
        if name == "style":
            keys = (text for key, text in attributes.items() if key.endswith(" styleId"))
            self._style = next(keys, "")
        elif self._style and name == "name":
            word, _, level = value.lower().partition(" ")
            if word in _HEADING:
                self.levels[self._style] = int(level) if level.isdecimal() else 0
        elif self._style and name == "outlineLvl" and value.isdecimal() and int(value) < LOWEST:
            self.levels.setdefault(self._style, int(value) + 1)
        elif self._style and name == "b" and value not in _OFF:
            self.bold.add(self._style)

    def ends(self, name: str) -> None:
        if name == "style":
            self._style = ""


class _Table:
    """A table that is being read; those inside its cells come after it."""

    def __init__(self) -> None:
        self.rows: list[list[RawCell]] = []
        self.text: list[str] = []
        self.wide, self.again = 1, False


class _Body(PartReader):
    """Takes paragraphs and tables as they come."""

    def __init__(self, made: Collecting, levels: Mapping[str, int], bold: set[str]) -> None:
        self.made, self.levels, self.bold_styles = made, levels, bold
        self._open: list[_Table] = []
        self._inner: list[list[list[RawCell]]] = []
        self._aside = 0
        self._taking = False
        self._said: list[str] = []
        self._level: int | None = None
        self._all_bold, self._bold, self._bold_style = True, False, False
        self._in_run = False

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name in _ASIDE:
            self._aside += 1
        if self._aside:
            return
        value = next((text for key, text in attributes.items() if key.endswith(" val")), "")
        if name == "tbl":
            self._open.append(_Table())
        elif self._open:
            self._in_table(name, value)
        self._in_paragraph(name, value)

    def _in_table(self, name: str, value: str) -> None:
        """What a part of a table says of the next cell."""
        table = self._open[-1]
        match name:
            case "tr":
                table.rows.append([])
            case "tc":
                table.text, table.wide, table.again = [], 1, False
            case "gridBefore" if table.rows:
                table.rows[-1].append(RawCell("", wide=_number(value)))
            case "gridSpan":
                table.wide = _number(value)
            case "vMerge":
                table.again = value != "restart"

    def _in_paragraph(self, name: str, value: str) -> None:
        """What a part of a paragraph says of it, or of the text that follows."""
        match name:
            case "p":
                self._said, self._level = [], None
                self._all_bold, self._bold_style = True, False
            case "pStyle":
                self._level = self.levels.get(value)
                self._bold_style = value in self.bold_styles
            case "outlineLvl" if value.isdecimal() and int(value) < LOWEST:
                self._level = int(value) + 1
            case "r":
                self._in_run, self._bold = True, self._bold_style
            case "b" if self._in_run:
                self._bold = value not in _OFF
            case "t":
                self._taking = True
            case _ if name in _GAPS and self._in_run:
                self._said.append(_GAPS[name])

    def text(self, data: str) -> None:
        if self._taking and not self._aside:
            self._said.append(data)
            self._all_bold = self._all_bold and (self._bold or not data.strip())

    def ends(self, name: str) -> None:
        if name in _ASIDE:
            self._aside -= 1
        if self._aside:
            return
        match name:
            case "t":
                self._taking = False
            case "r":
                self._in_run = False
            case "p":
                self._end_paragraph()
            case "tc" if self._open and self._open[-1].rows:
                table = self._open[-1]
                cell = RawCell("\n".join(table.text), wide=table.wide, again=table.again)
                table.rows[-1].append(cell)
            case "tbl" if self._open:
                self._inner.append(self._open.pop().rows)
                if not self._open:
                    for rows in reversed(self._inner):
                        self.made.table(rows)
                    self._inner = []

    def _end_paragraph(self) -> None:
        text, self._said = "".join(self._said), []
        if self._open:
            self._open[-1].text.append(text)
        elif self._level == 0:
            self.made.title = self.made.title or text.strip()
        elif self._level is not None:
            self.made.heading(self._level, text)
        elif self._all_bold and text.strip():
            self.made.heading(LOWEST, text)


def _number(value: str) -> int:
    """How far a cell reaches.

    Raises:
        ValueError: that is no number of columns.
    """
    number = int(value or "1")
    if number < 1:
        raise ValueError(value)
    return number
