"""Sheets as cells, within bounds: what the readers of workbooks make, whoever made the file.

Each bound has a name in the message of the file that is beyond it.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from diplan.exchange.refused import cell_name
from diplan.ground.errors import DiplanError
from diplan.ground.text import one_line

MOST_ROWS = 5_000
MOST_COLUMNS = 60
MOST_CELLS = 100_000
"""Filled cells of all sheets together."""

MOST_SHEETS = 50
LONGEST_CELL = 32_767
"""Characters; a spreadsheet allows no more."""

MOST_TEXT = 10_000_000
"""Characters of all cells together."""

CellValue = str | float | date | None

AS_MADE = "send back the workbook as it was made, filled in"
AGAIN = "open it in a spreadsheet and save it again"


class SheetError(DiplanError):
    """A file that cannot be read as sheets."""

    def __init__(self, path: Path, message: str, hint: str = AS_MADE) -> None:
        super().__init__(one_line(f"{path.name}: {message}"))
        self.hint = hint


class SheetCell(NamedTuple):
    """A cell that holds something, by the row and column that a spreadsheet shows for it."""

    row: int
    column: int
    value: CellValue
    formula: bool = False
    merged: bool = False
    form: str = ""
    """How a number or a day is shown, where that says more: as a `percent`, `month` or `year`."""
    cached: CellValue = None
    """What a formula came to when the file was saved."""

    @property
    def name(self) -> str:
        """What a spreadsheet calls it: `D5`."""
        return cell_name(self.row, self.column)


MergedArea = tuple[int, int, int, int]
"""Cells that are merged into one: the first row and column, and the last."""


class Sheet(NamedTuple):
    """A sheet: its name and its rows, each with the cells that hold something, by column."""

    name: str
    rows: dict[int, dict[int, SheetCell]]
    merges: Sequence[MergedArea] = ()


class Gathering:
    """The sheets of a file, as long as they are within the bounds of a return."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sheets: list[Sheet] = []
        self._cells = 0
        self._text = 0

    def begin(self, name: str) -> None:
        """Go on with another sheet.

        Raises:
            SheetError: there are too many.
        """
        self.sheets.append(Sheet(name[:LONGEST_CELL], {}, []))
        if len(self.sheets) > MOST_SHEETS:
            raise SheetError(self.path, f"there are more than {MOST_SHEETS} sheets in it")

    def add(self, cell: SheetCell) -> None:
        """Take a cell of the last sheet, if it holds something.

        Raises:
            SheetError: it is too far out, or there are too many.
        """
        if cell.value in (None, "") and not cell.formula:
            return
        sheet = self.sheets[-1]
        if cell.row > MOST_ROWS or cell.column > MOST_COLUMNS:
            named = f'the sheet "{sheet.name}"' if sheet.name else "the table"
            message = f"{named} goes as far as {cell.name}"
            most = f"{MOST_ROWS:,} rows and {MOST_COLUMNS} columns"
            hint = f"at most {most} are read: delete what is far out"
            raise SheetError(self.path, message, hint)
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise SheetError(self.path, f"more than {MOST_CELLS:,} cells of it are filled")
        if isinstance(cell.value, str):
            self.keep(cell.value)
        sheet.rows.setdefault(cell.row, {})[cell.column] = cell

    def keep(self, text: str) -> None:
        """Count a text that is kept.

        Raises:
            SheetError: it is too long, or all of them are.
        """
        self._text += len(text)
        if len(text) > LONGEST_CELL:
            message = f"a cell of it has more than {LONGEST_CELL:,} characters"
            raise SheetError(self.path, message, "shorten the text")
        if self._text > MOST_TEXT:
            raise SheetError(
                self.path, f"its cells have more than {MOST_TEXT:,} characters together"
            )
