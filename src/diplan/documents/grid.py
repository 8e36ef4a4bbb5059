"""Tables of documents as grids of texts, with the headings above them, within bounds.

What is merged is written into each of the cells that it covers, and marked there.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from diplan.exchange.sheets.cells import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from diplan.ground.errors import DiplanError
from diplan.ground.text import UNSAFE, one_line

MOST_TABLES = 200
LONGEST_HEADING = 200
"""Characters; what is longer is a paragraph."""

LOWEST = 9
"""The level of a heading that is one only because all of it is bold."""


class DocumentError(DiplanError):
    """A document that cannot be read, or that is beyond a bound."""

    def __init__(self, path: Path, message: str, hint: str = "") -> None:
        super().__init__(one_line(f"{path.name or path}: {message}"))
        self.hint = hint or "see that it is the right file, or save it again and try once more"


class GridCell(NamedTuple):
    """A cell's text; `down` or `across`: it is the cell above or to the left that reaches here."""

    text: str
    down: bool = False
    across: bool = False


BLANK = GridCell("")


class GridRow(NamedTuple):
    """A row, by the number that a reader of the document counts for it."""

    number: int
    cells: tuple[GridCell, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of its cells."""
        return tuple(cell.text for cell in self.cells)

    @property
    def alone(self) -> str:
        """The one text of the row, where it has no other; else an empty one."""
        filled = [cell for cell in self.cells if cell.text and not cell.across]
        return filled[0].text if len(filled) == 1 and not filled[0].down else ""

    @property
    def spans(self) -> bool:
        """Whether one merged cell takes the whole width."""
        return len(self.cells) > 1 and all(cell.across for cell in self.cells[1:])


class GridTable(NamedTuple):
    """A table of a document, or a sheet."""

    where: str
    """How messages call it: `table 2`, or the sheet by its name."""
    name: str
    """The sheet's name, or the caption; it may be empty."""
    headings: tuple[str, ...]
    """The headings above it, the outermost first."""
    rows: tuple[GridRow, ...]
    stale: int = 0
    """How many cells hold formulas, of which the result was taken that was saved with them."""

    @property
    def merges(self) -> bool:
        """Whether any of its cells reach over several rows."""
        return any(cell.down for row in self.rows for cell in row.cells)


class FoundDocument(NamedTuple):
    """A document: its file's name, its title, when it was last changed, and its tables."""

    file: str
    title: str
    modified: date | None
    tables: tuple[GridTable, ...]


class RawCell(NamedTuple):
    """A cell as a document writes it: how far it reaches; `again` goes on with the one above."""

    text: str
    wide: int = 1
    high: int = 1
    again: bool = False


class Collecting:
    """The headings and tables of a document in its order, as long as they are within bounds."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.title = ""
        self.first = ""
        """The first heading of the first level, which is a title where there is no other."""
        self.modified: date | None = None
        self.tables: list[GridTable] = []
        self._headings: list[tuple[int, str]] = []
        self._cells = 0

    def heading(self, level: int, text: str) -> None:
        """Go on under another heading."""
        said = tidy(text)
        if said and len(said) <= LONGEST_HEADING:
            self.first = self.first or (said if level == 1 and not self.tables else "")
            above = [entry for entry in self._headings if entry[0] < level]
            self._headings = [*above, (level, said)]

    def table(
        self,
        rows: Sequence[Sequence[RawCell]],
        name: str = "",
        numbers: Sequence[int] = (),
        where: str = "",
        stale: int = 0,
    ) -> None:
        """Take a table; *numbers* are those of its rows where they do not count from 1.

        One that holds a single text is a heading in a frame.

        Raises:
            DocumentError: there are too many, or it is too large.
        """
        filled = [cell.text for row in rows for cell in row if cell.text.strip()]
        if len(filled) == 1 and not where and len(tidy(filled[0])) <= LONGEST_HEADING:
            self.heading(LOWEST, filled[0])
            return
        if len(self.tables) >= MOST_TABLES:
            message = f"there are more than {MOST_TABLES} tables in it"
            raise DocumentError(self.path, message, "keep the tables that are to be imported")
        where = where or f"table {len(self.tables) + 1}"
        if len(rows) > MOST_ROWS:
            message = f"{where} has more than {MOST_ROWS:,} rows"
            raise DocumentError(self.path, message, "split it into several files")
        cells = self._spread(rows, where)
        width = _width(cells)
        made = tuple(
            GridRow(number, tuple(row[:width]) + (BLANK,) * (width - len(row)))
            for number, row in zip(numbers or range(1, len(cells) + 1), cells, strict=True)
        )
        headings = tuple(text for _, text in self._headings)
        self.tables.append(GridTable(where, tidy(name), headings, made, stale))

    def _spread(self, rows: Iterable[Sequence[RawCell]], where: str) -> list[list[GridCell]]:
        """The cells of each row, with those that others reach into filled in."""
        below: dict[int, tuple[str, int, bool]] = {}  # by column: the text, for how many more rows
        made: list[list[GridCell]] = []
        for raw in rows:
            row: list[GridCell] = []
            for cell in raw:
                self._from_above(row, below)
                self._cell(row, cell, below, made, where)
            for _ in range(len(row), max(below, default=-1) + 1):
                if len(row) not in below:
                    row.append(BLANK)
                self._from_above(row, below)
            self._cells += sum(bool(cell.text) for cell in row)
            if self._cells > MOST_CELLS:
                message = f"more than {MOST_CELLS:,} cells of its tables are filled"
                raise DocumentError(self.path, message, "split it into several files")
            made.append(row)
        return made

    def _from_above(self, row: list[GridCell], below: dict[int, tuple[str, int, bool]]) -> None:
        """Go on with the cells that reach down from the rows above."""
        while (column := len(row)) in below:
            text, more, across = below.pop(column)
            row.append(GridCell(text, down=True, across=across))
            if more > 1:
                below[column] = text, more - 1, across

    def _cell(
        self,
        row: list[GridCell],
        cell: RawCell,
        below: dict[int, tuple[str, int, bool]],
        made: list[list[GridCell]],
        where: str,
    ) -> None:
        if len(row) >= MOST_COLUMNS:
            if not cell.text:
                return
            message = f"{where} has more than {MOST_COLUMNS} columns"
            raise DocumentError(self.path, message, "keep the columns that are to be imported")
        at = len(row)
        above = made[-1][at] if cell.again and made and at < len(made[-1]) else None
        text = above.text if above else cell_text(cell.text)
        for step in range(min(cell.wide, MOST_COLUMNS - at)):
            row.append(GridCell(text, down=above is not None, across=step > 0))
            if cell.high > 1:
                below[at + step] = text, cell.high - 1, step > 0


def _width(rows: Sequence[Sequence[GridCell]]) -> int:
    """How many columns count: those after the last are empty, or reached into and no more."""
    last = 0
    for row in rows:
        at = len(row)
        while at > last and (row[at - 1].across or not row[at - 1].text):
            at -= 1
        last = max(last, at)
    return last


def cell_text(text: str) -> str:
    """A cell's text: its lines tidied, without what could hide or steer."""
    lines = (tidy(line) for line in text[:LONGEST_CELL].splitlines())
    return "\n".join(line for line in lines if line)


def tidy(text: str) -> str:
    """A text on one line, without characters that hide or steer, and with single blanks."""
    return " ".join(UNSAFE.sub("", text.replace("\u200b", "")).split())
