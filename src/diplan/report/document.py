"""Documents: a report as sections, tables and sentences, for any renderer to lay out.

Cells are words for people; what a renderer must draw (a badge, a bar, a trend) stays a value.
`data` makes the same report for programs, with its own versioned schema: JSON prints it whole,
CSV the list of records in it that `records` names.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple


class Tone(StrEnum):
    """How a badge may be coloured; its words always say the same."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    NONE = "none"


class Badge(NamedTuple):
    """A word or two that say how something stands."""

    text: str
    tone: Tone = Tone.NONE


class Way(NamedTuple):
    """The share of the way from baseline to target; None where it is not known."""

    fraction: Fraction | None


class Trend(NamedTuple):
    """Figures in order of time."""

    values: tuple[Fraction, ...]


Cell = str | Badge | Way | Trend


class Column(NamedTuple):
    """A column of a table; a `wide` one is shown only where there is room to spare."""

    key: str
    label: str
    width: int = 0
    """How many characters of a line of eighty it may take; 0 leaves it to the renderer."""
    right: bool = False
    wide: bool = False


class Table(NamedTuple):
    """Rows under columns. The first column names its row."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


class Facts(NamedTuple):
    """Things and what they are, one a line."""

    pairs: Sequence[tuple[str, Cell]]


class Items(NamedTuple):
    """A list of sentences."""

    texts: Sequence[str]


Block = str | Table | Facts | Items


class Section(NamedTuple):
    """Blocks under a heading."""

    title: str
    blocks: Sequence[Block]


class Document(NamedTuple):
    """A report."""

    title: str
    blocks: Sequence[Block]
    sections: Sequence[Section]
    data: Callable[[], Mapping[str, Any]]
    records: str
