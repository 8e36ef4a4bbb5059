"""The cells of an xlsx workbook, read in a stream: nothing in it is worked out, shown or followed.

Names of elements are looked at without their namespace, of which there are two kinds (strict and
transitional).
"""

import re
from bisect import bisect_right
from datetime import date, timedelta
from math import floor, isfinite

from diplan.exchange.sheets.cells import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    CellValue,
    Gathering,
    Sheet,
    SheetCell,
    SheetError,
)
from diplan.exchange.sheets.package import Package
from diplan.exchange.sheets.relations import PartReader, relations

MOST_STRINGS = MOST_CELLS
MOST_STYLES = 65_490
"""What Excel allows."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

DATES = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58})
TIMES = frozenset({*range(18, 22), *range(45, 48)})
MONTHS, PERCENTAGES = frozenset({17}), frozenset({9, 10})
"""Formats that every workbook has without saying so, by their numbers."""

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})", re.ASCII)
_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]?', re.IGNORECASE)


def read_xlsx(package: Package) -> list[Sheet]:
    """The sheets of a workbook, in its order.

    Raises:
        SheetError: it is damaged, or larger than a return can be.
    """
    made = Gathering(package.path)
    top = relations(package, "")
    main = next((part for kind, part in top.values() if kind == "officeDocument"), "")
    if main not in package:
        hint = "save it as an xlsx workbook"
        raise SheetError(package.path, "there is no workbook in it", hint)
    parts = relations(package, main)
    book, styles, strings = _Book(), _Styles(made), _Strings(made)
    package.read(main, book)
    for kind, part in parts.values():
        if kind == "styles":
            package.read(part, styles)
        elif kind == "sharedStrings":
            package.read(part, strings)
    for title, key in book.sheets:
        kind, part = parts.get(key, ("worksheet", f"of the sheet {title}"))
        if kind == "worksheet":
            made.begin(title)
            reader = _Cells(made, strings.texts, styles.kinds, book.epoch)
            package.read(part, reader)
            reader.mark_merged()
    return made.sheets


class _Book(PartReader):
    """The sheets of the workbook, by title and key, and the day from which it counts days."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.epoch = date(1899, 12, 30)

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.epoch = date(1904, 1, 1)
        elif name == "sheet":
            keys = (value for key, value in attributes.items() if key.endswith(" id"))
            self.sheets.append((attributes.get("name", ""), next(keys, "")))


class _Styles(PartReader):
    """What a number is with each style.

    A `date`, `month` or `year` (a day, as far as it is shown), a `time`, a `percent` or, where it
    is empty, a number.
    """

    def __init__(self, made: Gathering) -> None:
        self.made = made
        self.kinds: list[str] = []
        self._formats: dict[int, str] = {}
        self._within = ""

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("numFmts", "cellXfs"):
            self._within = name
        elif name == "numFmt" and self._within == "numFmts":
            self._formats[int(attributes["numFmtId"])] = _kind(attributes.get("formatCode", ""))
        elif name == "xf" and self._within == "cellXfs":
            number = int(attributes.get("numFmtId", "0"))
            usual = next((kind for kind, numbers in _USUAL.items() if number in numbers), "")
            self.kinds.append(self._formats.get(number, usual))
        if max(len(self.kinds), len(self._formats)) > MOST_STYLES:
            raise SheetError(self.made.path, f"there are more than {MOST_STYLES:,} styles in it")

    def ends(self, name: str) -> None:
        if name == self._within:
            self._within = ""


_USUAL = {"percent": PERCENTAGES, "month": MONTHS, "date": DATES, "time": TIMES}


def _kind(form: str) -> str:
    """What a number is that is shown in a form such as `dd/mm/yyyy`."""
    letters = _LITERAL.sub("", form[:255]).partition(";")[0].lower()
    if letters == "general":
        return ""
    if "%" in letters:
        return "percent"
    if re.search("[dy]|mmm", letters):
        bare = "d" not in letters and "y" in letters and not re.search("[hs]", letters)
        return ("month" if "m" in letters else "year") if bare else "date"
    return "time" if re.search("[hs]", letters) else "date" if "m" in letters else ""


class _Texts(PartReader):
    """The texts of some elements, piece by piece, without their phonetic guides."""

    def __init__(self, *names: str) -> None:
        self.said: dict[str, list[str]] = {}
        self._names = names
        self._into: list[str] | None = None
        self._guide = False

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name in self._names and not self._guide:
            self._into = self.said.setdefault(name, [])
        elif name == "rPh":
            self._guide = True

    def ends(self, name: str) -> None:
        if name in self._names:
            self._into = None
        elif name == "rPh":
            self._guide = False

    def text(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)

    def whole(self, name: str) -> str:
        """All that elements of a name have said."""
        return "".join(self.said.get(name, ()))


class _Strings(_Texts):
    """The texts that cells share."""

    def __init__(self, made: Gathering) -> None:
        super().__init__("t")
        self.made = made
        self.texts: list[str] = []

    def ends(self, name: str) -> None:
        super().ends(name)
        if name == "si":
            text, self.said = self.whole("t"), {}
            self.made.keep(text)
            self.texts.append(text)
            if len(self.texts) > MOST_STRINGS:
                message = f"there are more than {MOST_STRINGS:,} texts in it"
                raise SheetError(self.made.path, message)


class _Cells(_Texts):
    """The cells of a sheet."""

    def __init__(self, made: Gathering, strings: list[str], styles: list[str], epoch: date) -> None:
        super().__init__("v", "t", "f")
        self.made, self.strings, self.styles, self.epoch = made, strings, styles, epoch
        self._row = self._column = 0
        self._cell: dict[str, str] = {}
        self._merged: list[tuple[int, int, int, int]] = []
        self._area = 0

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        super().begins(name, attributes)
        if name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif name == "c":
            self._place(attributes.get("r", ""))
            self._cell, self.said = attributes, {}
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def ends(self, name: str) -> None:
        super().ends(name)
        if name == "c":
            formula, shown = "f" in self.said, self._value()
            value = f"={self.whole('f')}" if formula else shown
            cached = shown if formula else None
            form = self._form() if isinstance(shown, float | date) else ""
            cell = SheetCell(self._row, self._column, value, formula, form=form, cached=cached)
            self.made.add(cell)

    def _place(self, written: str) -> None:
        """Go to the place of the next cell: the one that is named, or the next column."""
        self._column += 1
        if written:
            self._row, self._column = _at(written)
        if not (0 < self._row <= LAST_ROW and 0 < self._column <= LAST_COLUMN):
            raise ValueError(written)

    def _value(self) -> CellValue:
        """What the cell holds, as one of the kinds that a return may hold."""
        said, kind = self.whole("v"), self._cell.get("t", "n")
        if kind == "inlineStr":
            return self.whole("t").strip()
        if kind == "s" and said:
            return self._listed(self.strings, said, "text").strip()
        if kind == "b":
            return {"1": "yes", "0": "no"}.get(said, said)
        if kind == "d":
            return date.fromisoformat(said[:10])
        if kind != "n" or not said:
            return said.strip()
        return self._number(float(said), self._kind_of())

    def _kind_of(self) -> str:
        """What a number is with the cell's style."""
        style = self._cell.get("s", "")
        return self._listed(self.styles, style, "style") if style else ""

    def _form(self) -> str:
        """How a number or a day is shown, where that says more than its value does."""
        kind = self._kind_of() if self._cell.get("t", "n") == "n" else ""
        return kind if kind in ("percent", "month", "year") else ""

    def _listed(self, listed: list[str], written: str, what: str) -> str:
        """The text or style of a number."""
        at = int(written)
        if not 0 <= at < len(listed):
            name = SheetCell(self._row, self._column, None).name
            message = f'the sheet "{self.made.sheets[-1].name}" is damaged: the cell {name} has'
            message = f"{message} the {what} number {at}, and there are {len(listed)}"
            raise SheetError(self.made.path, message, "type the cell again, and save the file")
        return listed[at]

    def _number(self, number: float, kind: str) -> CellValue:
        """A number, or the day or time that it is shown as."""
        if not isfinite(number):
            raise ValueError(number)
        if kind == "percent":
            return number
        try:
            if kind == "time" or (kind and 0 <= number < 1):
                return f"{timedelta(days=number)!s:0>8}"
            # Excel counts a 29 February 1900, which there was not
            early = self.epoch.year == 1899 and 0 < number < 60
            return self.epoch + timedelta(days=floor(number) + early) if kind else number
        except OverflowError:
            return number

    def _merge(self, written: str) -> None:
        """Note cells that are merged, as far as a return can reach."""
        first, _, last = written.partition(":")
        (top, left), (bottom, right) = _at(first), _at(last or first)
        bottom, right = min(bottom, MOST_ROWS), min(right, MOST_COLUMNS)
        if top <= bottom and left <= right:
            self._merged.append((top, left, bottom, right))
            self._area += (bottom - top + 1) * (right - left + 1)
        if self._area > MOST_ROWS * MOST_COLUMNS:
            message = f'the sheet "{self.made.sheets[-1].name}" has cells that are merged twice'
            raise SheetError(self.made.path, message, "take the merging back")

    def mark_merged(self) -> None:
        """Mark the cells that are merged with others."""
        self.made.sheets[-1] = self.made.sheets[-1]._replace(merges=tuple(self._merged))
        rows = self.made.sheets[-1].rows
        filled = sorted(rows)
        for top, left, bottom, right in self._merged:
            for row in filled[bisect_right(filled, top - 1) : bisect_right(filled, bottom)]:
                for column in range(left, right + 1):
                    if column in rows[row]:
                        rows[row][column] = rows[row][column]._replace(merged=True)


def _at(written: str) -> tuple[int, int]:
    """The row and column of a place such as `D5`."""
    match = _REFERENCE.fullmatch(written)
    if not match:
        raise ValueError(written)
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - 64
    return int(match[2]), column
