"""What fits on one page: sections in order of importance, as far as there is room.

Heights are estimates in lines of small print on A4, rather too high than too low, so that the
same paper fits as a web page in print, as PDF and in Word.
"""

from collections.abc import Iterator, Sequence
from math import ceil

from diplan.ground.columns import shared
from diplan.ground.english import listed
from diplan.report.document import Bar, Block, Cell, Facts, Items, Lines, Prose, Section, Table

LINES = 66.0
"""How many lines there are beneath the title."""
ACROSS = 124
"""How many letters a line has."""

_HEADING, _GAP, _ROW = 2.0, 0.6, 0.45
_BAR = 5.0
_NOTE = 2.0
"""The line that says what did not fit."""


def fitted(sections: Sequence[Section]) -> list[Section]:
    """The sections that fit, the last list or table of one cut where it must be.

    Where something does not fit, a last sentence says what.
    """
    room = LINES
    kept: list[Section] = []
    left: list[str] = []
    whole = sum(map(_height, sections)) <= room
    room -= 0 if whole else _NOTE
    for section in sections:
        if _height(section) <= room:
            kept.append(section)
            room -= _height(section)
        elif cut := _cut(section, room):
            kept.append(cut[0])
            left.append(f"{cut[1]} more under “{section.title}”")
            room -= _height(cut[0])
        else:
            left.append(f"“{section.title}”")
    if left:
        kept.append(Section("", [f"There is no room on this page for {listed(left)}."], key="rest"))
    return kept


def _cut(section: Section, room: float) -> tuple[Section, int] | None:
    """A section with as much of its last list or table as there is room for, and what is left."""
    *before, last = section.blocks
    rows = last.rows if isinstance(last, Table) else last.texts if isinstance(last, Items) else ()
    for many in range(min(len(rows) - 1, int(room)), 1, -1):  # each takes a line or more
        part = (
            last._replace(rows=rows[:many]) if isinstance(last, Table) else Items(list(rows[:many]))  # type: ignore[arg-type]
        )
        shorter = section._replace(blocks=[*before, part])
        if _height(shorter) <= room:
            return shorter, len(rows) - many
    return None


def _height(section: Section) -> float:
    return _HEADING + sum(_of(block) + _GAP for block in section.blocks)


def _of(block: Block) -> float:
    match block:
        case str():
            return _lines(block, ACROSS)
        case Items():
            return sum(_lines(text, ACROSS - 4) for text in block.texts)
        case Facts():
            return sum(max(1, _lines(_text(cell), ACROSS - 30)) + _ROW for _, cell in block.pairs)
        case Prose():
            return sum(_lines(text, ACROSS - 4) for text in _paragraphs(block.markdown))
        case Table():
            return _table(block)
        case Bar():
            return _BAR
        case _:
            return LINES


def _paragraphs(markdown: str) -> Iterator[str]:
    """The paragraphs and the items of lists of a text."""
    text = ""
    for line in markdown.strip().split("\n"):
        if text and (not line.strip() or line.lstrip()[:2] in ("- ", "* ")):
            yield text
            text = ""
        text = f"{text} {line.strip()}".strip()
    yield text


def _table(table: Table) -> float:
    texts = [
        [column.label, *(_text(row[at]) for row in table.rows)]
        for at, column in enumerate(table.columns)
    ]
    least = [max(len(word) for text in column for word in text.split() or [""]) + 2.0
             for column in texts]  # fmt: skip
    most = [max(map(len, column)) + 2.0 for column in texts]
    across = shared(least, most, ACROSS)
    rows = zip(*texts, strict=True)
    head = 1.0 if table.caption else 0.0
    return head + sum(
        max(_lines(text, int(width) - 2) for text, width in zip(row, across, strict=True)) + _ROW
        for row in rows
    )


def _text(cell: Cell) -> str:
    match cell:
        case Lines():
            return "\n".join(cell.texts)
        case str():
            return cell
        case _:
            return getattr(cell, "text", "")


def _lines(text: str, across: int) -> int:
    """How many lines a text takes."""
    return sum(max(1, ceil(len(part) / max(1, across))) for part in text.split("\n"))
