"""OpenDocument texts: their headings and tables, in a stream; nothing in them is followed."""

from diplan.documents.grid import LOWEST, Collecting, RawCell
from diplan.exchange.sheets.package import Package, locked

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = (f"{_SPACE}{name}:1.0 " for name in ("table", "office", "text"))
_STYLE, _FO = f"{_SPACE}style:1.0 ", f"{_SPACE}xsl-fo-compatible:1.0 "
_ASIDE = (f"{_OFFICE}annotation", f"{_TEXT}tracked-changes", f"{_TEXT}note")
_GAPS = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
MOST_REPEATED = 1_000


def read_odt(package: Package, made: Collecting) -> None:
    """Collect the headings and tables of a text.

    Raises:
        SheetError: it is damaged, locked, or beyond a bound.
        DocumentError: its tables are beyond a bound.
    """
    if b"encryption-data" in package.raw("META-INF/manifest.xml"):
        raise locked(package.path)
    package.read("content.xml", _Content(made))


class _Content:
    """Takes paragraphs and tables as they come."""

    def __init__(self, made: Collecting) -> None:
        self.made = made
        self._bold: set[str] = set()
        self._style = ""
        self._aside = 0
        self._open: list[tuple[str, list[list[RawCell]]]] = []
        self._inner: list[tuple[str, list[list[RawCell]]]] = []
        self._cells: list[tuple[dict[str, str], list[str]]] = []
        self._said: list[str] = []
        self._paragraph: tuple[int | None, str] | None = None
        self._spans = [False]
        self._thin = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name in _ASIDE:
            self._aside += 1
        if self._aside:
            return
        if name == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif name == f"{_STYLE}text-properties" and self._style:
            if attributes.get(f"{_FO}font-weight") == "bold":
                self._bold.add(self._style)
        elif name == f"{_TABLE}table":
            self._open.append((attributes.get(f"{_TABLE}name", ""), []))
        elif name == f"{_TABLE}table-row" and self._open:
            self._open[-1][1].append([])
        elif name in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            covered = name.endswith("covered-table-cell")
            self._cells.append(({} if covered else attributes | {"": ""}, []))
        else:
            self._in_text(name, attributes)

    def _in_text(self, name: str, attributes: dict[str, str]) -> None:
        """A part of a text begins."""
        if name in _PARAGRAPHS:
            level = attributes.get(f"{_TEXT}outline-level", "1") if name.endswith("h") else ""
            self._said = []
            style = attributes.get(f"{_TEXT}style-name", "")
            self._paragraph = int(level) if level.isdecimal() else None, style
            self._spans = [style in self._bold]
            self._thin = False
        elif name == f"{_TEXT}span" and self._paragraph:
            bold = attributes.get(f"{_TEXT}style-name", "") in self._bold
            self._spans.append(bold or self._spans[-1])
        elif name in _GAPS and self._paragraph:
            self._said.append(_GAPS[name])

    def text(self, data: str) -> None:
        """A piece of a text."""
        if self._paragraph and not self._aside:
            self._said.append(data)
            self._thin = self._thin or (not self._spans[-1] and not data.isspace())

    def end(self, name: str) -> None:
        """An element ends."""
        if name in _ASIDE:
            self._aside -= 1
        if self._aside:
            return
        if name in _PARAGRAPHS and self._paragraph:
            self._end_paragraph(*self._paragraph)
            self._paragraph = None
        elif name == f"{_TEXT}span" and len(self._spans) > 1:
            self._spans.pop()
        elif name == f"{_STYLE}style":
            self._style = ""
        elif name in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell") and self._cells:
            attributes, lines = self._cells.pop()
            self._end_cell(attributes, lines)
        elif name == f"{_TABLE}table" and self._open:
            self._inner.append(self._open.pop())
            if not self._open:
                for _title, rows in reversed(self._inner):
                    self.made.table(rows)
                self._inner = []

    def _end_cell(self, attributes: dict[str, str], lines: list[str]) -> None:
        """Keep a cell as often as it claims; one that another covers is none of its own."""
        if not attributes or not self._open or not self._open[-1][1]:
            return
        times = min(_number(attributes, "columns-repeated"), MOST_REPEATED)
        wide, high = (_number(attributes, f"{what}-spanned") for what in ("columns", "rows"))
        cell = RawCell("\n".join(lines), wide=wide, high=high)
        self._open[-1][1][-1].extend([cell] * times)

    def _end_paragraph(self, level: int | None, style: str) -> None:
        text, self._said = "".join(self._said), []
        if self._cells:
            self._cells[-1][1].append(text)
        elif style == "Title":
            self.made.title = self.made.title or text.strip()
        elif level is not None:
            self.made.heading(level, text)
        elif not self._thin:
            self.made.heading(LOWEST, text)


def _number(attributes: dict[str, str], what: str) -> int:
    """How often a cell is repeated, or how far it reaches.

    Raises:
        ValueError: that is no number of cells.
    """
    number = int(attributes.get(f"{_TABLE}number-{what}", "1"))
    if number < 1:
        raise ValueError(number)
    return number
