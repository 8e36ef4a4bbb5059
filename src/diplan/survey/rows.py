"""Rows of a CSV file, one at a time, in bounded memory: a row that is none costs no other.

A quote that is never closed would make one row of all that follows. So a row that does not fit is
taken to be its first line, and reading goes on with the next one.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from typing import TextIO

from diplan.exchange.refused import RefusedCell
from diplan.files.csvfile import separator
from diplan.ground.english import count

LONGEST_LINE = 1024 * 1024
MOST_LINES = 100
"""Lines that one row may run over, in quotes."""

NOT_UTF_8 = re.compile("[\udc80-\udcff]")
"""What bytes that are not UTF-8 are read as, with `errors="surrogateescape"`."""


LEFT_OUT = {
    "unknown": "an answer that is not one of the question's",
    "two": "two answers in a cell",
    "encoding": "a cell that is not UTF-8",
    "ragged": "more or fewer cells than the first row",
    "quotes": "quotes that do not match",
    "weight": "no weight above 0",
    "personal": "a group that looks like personal data",
}
"""Why a row is left out."""


class _Lines:
    """The lines of a file; those of a row that is none can be given back."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.held: deque[str] = deque()
        self.row: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.held.popleft() if self.held else self.stream.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.row.append(line)
        if len(self.row) > MOST_LINES:
            raise csv.Error("too many lines")
        return line

    def look(self) -> str:
        """The first few lines, which are read again."""
        self.held.extend(filter(None, (self.stream.readline(LONGEST_LINE) for _ in range(5))))
        return "".join(self.held)

    def give_back(self) -> None:
        """Let all but the first line of the row be read again, each as a row of its own."""
        self.held.extendleft(reversed(self.row[1:]))
        self.row.clear()


class Rows:
    """A table: the names in its first row, and the rows beneath it, to be read once.

    `fault` says, with a remedy, why the file is no table in UTF-8; then it has no rows.
    """

    def __init__(self, stream: TextIO) -> None:
        self._lines = _Lines(stream)
        self.header: list[str] = []
        self._sign = separator(self._lines.look())
        try:
            first = next(csv.reader(self._lines, delimiter=self._sign, strict=True), [])
            self.header = [" ".join(name.split()) for name in first]
            self.fault = _no_table("".join(self._lines.row))
        except csv.Error:
            message = "quotes do not match in the first row"
            self.fault = _no_table(self._lines.row[0])
            self.fault = self.fault or (message, "write the names of the columns alone")
        self._lines.row.clear()

    def __iter__(self) -> Iterator[tuple[int, list[str] | RefusedCell]]:
        """The rows with the numbers that a spreadsheet gives them, without those that are blank."""
        lines, width, row = self._lines, len(self.header), 1
        while True:
            bad = None
            try:
                for cells in csv.reader(lines, delimiter=self._sign, strict=True):
                    row += 1
                    if not "".join(cells).strip():
                        pass
                    elif len(cells) == width:
                        yield row, cells
                    else:
                        bad = _ragged(row, len(cells), width)
                        break
                    lines.row.clear()
            except csv.Error:
                row += 1
                hint = "close the quote, or write each quote inside a cell twice"
                bad = RefusedCell(row, 0, "", "quotes do not match in this row", hint, "quotes")
            if bad is None:
                return
            yield row, bad
            lines.give_back()


def _no_table(first: str) -> tuple[str, str] | None:
    """Why a file is no table in UTF-8, by its first row."""
    if first.startswith("PK\x03\x04"):
        return "this is a workbook and no CSV file", 'save the sheet as "CSV UTF-8"'
    if "\x00" in first or first.startswith(("\udcff\udcfe", "\udcfe\udcff")):
        return "the file is not UTF-8: it looks like UTF-16", 'save it as "CSV UTF-8"'
    return None


def _ragged(row: int, cells: int, width: int) -> RefusedCell:
    many = f"{count(cells, 'cell')}, where the first row has {width}"
    hint = "a text with a comma in it has to be in double quotes"
    return RefusedCell(row, 0, "", many, hint, "ragged")
