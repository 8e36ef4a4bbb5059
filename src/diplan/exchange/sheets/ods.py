"""The cells of an OpenDocument sheet, read in a stream; what repeats is counted, not made."""

import re
from contextlib import suppress
from datetime import date
from math import isfinite

from diplan.exchange.sheets.cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    CellValue,
    Gathering,
    Sheet,
    SheetCell,
)
from diplan.exchange.sheets.package import Package, locked

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = (f"{_SPACE}{name}:1.0 " for name in ("table", "office", "text"))
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_ASIDE = (f"{_OFFICE}annotation", f"{_TABLE}tracked-changes")
"""What is said about cells, and is not in them."""

_GAPS = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
MOST_REPEATED = 2**31


def read_ods(package: Package) -> list[Sheet]:
    """The sheets of a file, in its order.

    Raises:
        SheetError: it is damaged, locked, or larger than a return can be.
    """
    if b"encryption-data" in package.raw("META-INF/manifest.xml"):
        raise locked(package.path)
    made = Gathering(package.path)
    package.read("content.xml", _Tables(made))
    return made.sheets


class _Tables:
    """Takes the elements of the content, and makes cells of them."""

    def __init__(self, made: Gathering) -> None:
        self.made = made
        self._tables = self._aside = 0
        self._row = self._column = 0
        self._rows = 1
        self._cells: list[tuple[int, CellValue, bool, bool, str]] = []
        self._cell: dict[str, str] | None = None
        self._covered = False
        self._said: list[str] = []
        self._taking = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name in _ASIDE:
            self._aside += 1
        if self._aside:
            return
        if name == f"{_TABLE}table":
            self._tables += 1
            if self._tables == 1:
                self.made.begin(attributes.get(f"{_TABLE}name", ""))
                self._row = 0
        elif self._tables != 1:
            return
        elif name == f"{_TABLE}table-row":
            self._rows = _times(attributes, "rows")
            self._cells, self._column = [], 0
        elif name in _CELLS:
            self._cell, self._said, self._covered = attributes, [], name == _CELLS[1]
        elif name == f"{_TEXT}p":
            self._taking += 1
            if self._said:
                self._said.append("\n")
        elif self._taking and name in _GAPS:
            self._said.append(_GAPS[name])

    def text(self, data: str) -> None:
        """A piece of a text."""
        if self._taking and not self._aside and self._cell is not None:
            self._said.append(data)

    def end(self, name: str) -> None:
        """An element ends."""
        if name in _ASIDE:
            self._aside -= 1
        if self._aside:
            return
        if name == f"{_TABLE}table":
            self._tables -= 1
        elif self._tables != 1:
            return
        elif name == f"{_TEXT}p":
            self._taking -= 1
        elif name in _CELLS:
            self._end_cell()
        elif name == f"{_TABLE}table-row":
            for at in range(1, (min(self._rows, MOST_ROWS + 1) if self._cells else 0) + 1):
                for cell in self._cells:
                    self.made.add(SheetCell(self._row + at, *cell))
            self._row += self._rows

    def _end_cell(self) -> None:
        """Keep a cell for as many columns as it claims; the first that is too far is refused."""
        attributes, self._cell = self._cell or {}, None
        times = _times(attributes, "columns")
        formula = f"{_TABLE}formula" in attributes
        spans = (attributes.get(f"{_TABLE}number-{what}-spanned", "1") for what in _SPANS)
        merged = self._covered or any(span != "1" for span in spans)
        shown = "".join(self._said).strip()
        value = _value(attributes, shown)
        form = _form(attributes, shown)
        if value not in (None, "") or formula:
            for column in range(self._column + 1, self._column + times + 1):
                if column > MOST_COLUMNS or self._row >= MOST_ROWS:
                    self.made.add(SheetCell(self._row + 1, column, value, formula))
                self._cells.append((column, value, formula, merged, form))
        self._span(attributes)
        self._column += times

    def _span(self, attributes: dict[str, str]) -> None:
        """Note the cells that one is merged with, as far as a sheet is read."""
        wide, high = (int(attributes.get(f"{_TABLE}number-{what}-spanned", "1")) for what in _SPANS)
        top, left = self._row + 1, self._column + 1
        bottom, right = min(top + high - 1, MOST_ROWS), min(left + wide - 1, MOST_COLUMNS)
        merges = self.made.sheets[-1].merges
        within = top <= bottom and left <= right and len(merges) < MOST_ROWS
        if isinstance(merges, list) and within and (wide > 1 or high > 1):
            merges.append((top, left, bottom, right))


_SPANS = ("columns", "rows")


def _times(attributes: dict[str, str], what: str) -> int:
    """How often a row or cell is repeated.

    Raises:
        ValueError: that is no number of times.
    """
    times = int(attributes.get(f"{_TABLE}number-{what}-repeated", "1"))
    if not 0 < times <= MOST_REPEATED:
        raise ValueError(times)
    return times


def _form(attributes: dict[str, str], shown: str) -> str:
    """How a number or a day is shown, where that says more than its value does."""
    kind = attributes.get(f"{_OFFICE}value-type", "")
    if kind == "date" and re.fullmatch(r"\d{4}", shown):
        return "year"
    if kind == "date" and re.fullmatch(r"[^\W\d]+[ .-]*\d{2,4}|\d{1,2}[/.-]\d{4}", shown):
        return "month"
    return "percent" if kind == "percentage" else ""


def _value(attributes: dict[str, str], shown: str) -> CellValue:
    """What a cell holds; where its value cannot be read, what it shows."""
    kind = attributes.get(f"{_OFFICE}value-type", "")
    with suppress(ValueError):
        if kind in ("float", "percentage", "currency"):
            number = float(attributes.get(f"{_OFFICE}value", ""))
            return number if isfinite(number) else shown
        if kind == "date":
            return date.fromisoformat(attributes.get(f"{_OFFICE}date-value", "")[:10])
    if kind == "boolean":
        return "yes" if attributes.get(f"{_OFFICE}boolean-value") == "true" else "no"
    return shown
