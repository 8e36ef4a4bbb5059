"""Documents for a terminal: tables in columns, with colour beside the words where it is wanted.

Data is only ever wrapped in `Text`: Rich would read strings as markup. Rich lays out some
hundred rows; a larger table goes through tabulate, in a thirtieth of the time.
"""

from collections.abc import Iterator, Sequence
from io import StringIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from diplan.ground.text import visible
from diplan.render.cells import bar, in_words, text
from diplan.report.document import Badge, Cell, Column, Document, Facts, Items, Table, Tone, Way

MOST_ROWS = 200
ROOMY = 100
"""Characters from which on a terminal is wide enough for the wide columns."""

STYLES = {Tone.GOOD: "green", Tone.FAIR: "yellow", Tone.POOR: "red", Tone.NONE: "dim"}


def terminal(document: Document, *, width: int, colour: bool) -> str:
    """A document in lines of at most *width* characters."""
    stream = StringIO()
    console = Console(
        file=stream,
        width=max(width, 40),
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    parts = [(heading, list(in_words(blocks))) for heading, blocks in document.parts]
    tables = [block for _, blocks in parts for block in blocks if isinstance(block, Table)]
    long = sum(len(table.rows) for table in tables) > MOST_ROWS
    for at, (heading, blocks) in enumerate(parts):
        if at:
            console.print()
        console.print(_text(heading, style="bold"))
        for block in blocks:
            _print(console, block, long=long)
    return "\n".join(line.rstrip() for line in stream.getvalue().split("\n"))


def _text(words: str, style: str = "") -> Text:
    """Words in which nothing steers the terminal, so that all escapes in the lines are ours."""
    return Text(visible(words), style=style)


def _print(console: Console, block: str | Table | Facts | Items, *, long: bool) -> None:
    match block:
        case Table() if long:
            console.file.write(f"{_long_table(block, console.width)}\n")
        case Table():
            console.print(_table(block, console.width))
        case Facts():
            console.print(_facts(block))
        case Items():
            for item in block.texts:
                console.print(Padding(_bullet(item), (0, 0, 0, 1)))
        case _:
            console.print(_text(block))


def _bullet(item: str) -> RichTable:
    grid = RichTable.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=1)
    grid.add_column(overflow="fold")
    grid.add_row(_text("-"), _text(item))
    return grid


def _facts(facts: Facts) -> RichTable:
    grid = RichTable.grid(padding=(0, 2, 0, 0))
    grid.add_column(min_width=12, style="dim")
    grid.add_column(overflow="fold")
    for label, cell in facts.pairs:
        grid.add_row(_text(label), _drawn(cell))
    return grid


def _shown(columns: Sequence[Column], width: int) -> list[int]:
    """Which columns there is room for."""
    return [at for at, column in enumerate(columns) if width >= ROOMY or not column.wide]


def _table(table: Table, width: int) -> RichTable:
    drawn = RichTable(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim")
    shown = _shown(table.columns, width)
    widths = _widths([table.columns[at] for at in shown], width)
    for at, room in zip(shown, widths, strict=True):
        column = table.columns[at]
        drawn.add_column(
            _text(column.label),
            width=room,
            overflow="fold",
            justify="right" if column.right else "left",
        )
    for row in table.rows:
        drawn.add_row(*(_drawn(row[at]) for at in shown))
    return drawn


def _widths(columns: Sequence[Column], width: int) -> list[int]:
    """The columns' widths for eighty characters, stretched alike to the room there is."""
    gaps = len(columns) - 1
    asked = sum(column.width for column in columns)
    room = max(width - gaps, asked // 2)
    return [max(4, column.width * min(room, 2 * asked) // asked) for column in columns]


def _drawn(cell: Cell) -> Text:
    match cell:
        case Badge():
            return _text(cell.text, style=STYLES[cell.tone])
        case Way():
            return _text(bar(cell.fraction))
        case _:
            return _text(text(cell))


def _long_table(table: Table, width: int) -> str:
    from tabulate import tabulate

    shown = _shown(table.columns, width)
    widths = _widths([table.columns[at] for at in shown], width)
    rows = [list(_cut(row, shown, widths)) for row in table.rows]
    labels = [table.columns[at].label for at in shown]
    return tabulate(rows, labels, tablefmt="plain", disable_numparse=True)


def _cut(row: Sequence[Cell], shown: Sequence[int], widths: Sequence[int]) -> Iterator[str]:
    for at, room in zip(shown, widths, strict=True):
        whole = bar(row[at].fraction) if isinstance(row[at], Way) else text(row[at])  # type: ignore[union-attr]
        yield visible(whole if len(whole) <= room else f"{whole[: room - 1]}…")
