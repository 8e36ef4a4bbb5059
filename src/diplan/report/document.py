"""Documents: a report as sections, tables and sentences, for any renderer to lay out.

Cells are words for people; what a renderer must draw (a badge, a bar, a trend) stays a value.
`data` is the same report for programs, with its own versioned schema: JSON prints it whole, CSV
prints the list of records in it that `records` names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any


class Tone(StrEnum):
    """How a badge may be coloured; its words always say the same."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Badge:
    """A word or two that say how something stands."""

    text: str
    tone: Tone = Tone.NONE


@dataclass(frozen=True, slots=True)
class Way:
    """The share of the way from baseline to target; None where it is not known."""

    fraction: Fraction | None


@dataclass(frozen=True, slots=True)
class Trend:
    """Figures in order of time."""

    values: tuple[Fraction, ...]


Cell = str | Badge | Way | Trend


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; a `wide` one is shown only where there is room to spare."""

    key: str
    label: str
    width: int = 0
    """How many characters of a line of eighty it may take; 0 leaves it to the renderer."""
    right: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. The first column names its row."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Facts:
    """Things and what they are, one a line."""

    pairs: Sequence[tuple[str, Cell]]


@dataclass(frozen=True, slots=True)
class Items:
    """A list of sentences."""

    texts: Sequence[str]


Block = str | Table | Facts | Items


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading."""

    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Document:
    """A report."""

    title: str
    blocks: Sequence[Block]
    sections: Sequence[Section] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    records: str = ""
