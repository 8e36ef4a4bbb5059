"""Cells of somebody's table that cannot be taken over, under a spreadsheet's names for them."""

from collections.abc import Sequence
from typing import NamedTuple

from diplan.ground.text import one_line


def cell_name(row: int, column: int) -> str:
    """What a spreadsheet calls a cell: `D5`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


class RefusedCell(NamedTuple):
    """A cell that cannot be taken over: where it is, what is wrong, and what to do.

    A column of 0 is the whole row. `kind` is the reason's word, where reasons are counted.
    """

    row: int
    column: int
    header: str
    message: str
    hint: str
    kind: str = ""
    sheet: str = ""

    @property
    def place(self) -> str:
        """Where it is: sheet "Figures", cell D5 ("Figure")."""
        if not self.column:
            return f"row {self.row}"
        sheet = f'sheet "{self.sheet}", ' if self.sheet else ""
        header = f' ("{self.header}")' if self.header else ""
        return f"{sheet}cell {cell_name(self.row, self.column)}{header}"


def listing(file: str, cells: Sequence[RefusedCell]) -> str:
    """Each cell of a file with its remedy, for people."""
    return "\n".join(
        f"{one_line(f'{file}: {cell.place}: {cell.message}')}\n  = {one_line(cell.hint)}"
        for cell in cells
    )
