"""The account of an import: what was read and made, and what was not understood and why.

Nothing is dropped without a line here.
"""

from typing import NamedTuple

from diplan.ground.english import count
from diplan.ground.text import one_line

LONGEST_SHOWN = 80
MOST_PLACES = 6
"""How many rows are named of those in which the same was found."""


class Told(NamedTuple):
    """What is said of a cell: the column, what stands in it, and what became of it."""

    column: str
    text: str
    what: str


class Account:
    """What is to be said of an import, in the order in which it was met."""

    def __init__(self) -> None:
        self.cells: dict[Told, list[str]] = {}
        self.lines: list[str] = []
        self.edits: list[str] = []
        self.moved: list[str] = []
        self.rows = 0

    def cell(self, where: str, column: str, text: str, what: str) -> None:
        """Tell what became of a cell that was not taken over as it stands."""
        places = self.cells.setdefault(Told(column, text, what), [])
        if where not in places:
            places.append(where)

    def line(self, text: str) -> None:
        """Tell something once."""
        if text not in self.lines:
            self.lines.append(text)

    def told(self) -> list[str]:
        """The cells that were not taken over as they stand, grouped by what became of them."""
        groups: dict[str, list[str]] = {}
        for (column, text, what), places in self.cells.items():
            named = f"{column}: " if column else ""
            shown = one_line(text.replace("\n", " / "))
            if len(shown) > LONGEST_SHOWN:
                shown = f"{shown[: LONGEST_SHOWN - 3].rstrip()}..."
            shown = f'{one_line(named)}"{shown}"' if text else one_line(column)
            shown = f"{shown} ({_places(places)})"
            groups.setdefault(what, []).append(shown)
        lines = []
        for what, cells in groups.items():
            lines.append(f"{what}:")
            lines += [f"  {cell}" for cell in cells]
        return lines


def _places(places: list[str]) -> str:
    """The rows in which something was found, those of one table together."""
    rows: dict[str, list[str]] = {}
    for place in places:
        table, _, row = place.rpartition(", row ")
        rows.setdefault(table, []).append(row)
    said = []
    for table, numbers in rows.items():
        more = len(numbers) - MOST_PLACES
        listed = ", ".join(numbers[:MOST_PLACES]) + (f" and {more} more" if more > 0 else "")
        word = "row" if len(numbers) == 1 else "rows"
        said.append(f"{table}, {word} {listed}" if table else listed)
    return "; ".join(said)


def counted(howmany: dict[str, int]) -> str:
    """Counts of things in a sentence: `34 actions, 12 services`."""
    words = {"priorities": "heading", "services": "service", "sources": "source",
             "actions": "action", "indicators": "indicator", "venues": "place",
             "outcomes": "outcome", "updates": "update", "observations": "figure"}  # fmt: skip
    said = [count(number, words[what]) for what, number in howmany.items() if number]
    return ", ".join(said)
