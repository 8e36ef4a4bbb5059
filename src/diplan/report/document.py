"""Documents: a report as sections, tables and sentences, for any renderer to lay out.

Cells are words for people; what a renderer must draw (a badge, a bar, a trend) stays a value.
`data` makes the same report for programs, with its own versioned schema: JSON prints it whole,
CSV the list of records in it that `records` names.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

from diplan.plan import Action, Indicator


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


class Linked(str):
    """Words with the title of a thing of the plan, which has a page of its own on a website.

    Everywhere else they are a text like any other.
    """

    __slots__ = ("id", "name", "section")

    section: str
    """The list of the plan that the thing is in, such as `indicators`."""
    id: str
    name: str
    """The part of the words that leads there."""


def linked(section: str, id: str, title: str, rest: str = "", before: str = "") -> Linked:  # noqa: A002
    """A thing's title, which leads to its page, with words around it."""
    words = Linked(f"{before}{title}{rest}")
    words.section, words.id, words.name = section, id, title
    return words


def to_indicator(indicator: Indicator, rest: str = "", before: str = "") -> Linked:
    """An indicator's title, with words around it."""
    return linked("indicators", indicator.id, indicator.title, rest, before)


def to_action(action: Action, rest: str = "", before: str = "") -> Linked:
    """An action's title, with words around it."""
    return linked("actions", action.id, action.title, rest, before)


class Lines(NamedTuple):
    """Several texts in one cell, each on a line of its own."""

    texts: Sequence[str]


def several(texts: Iterable[str]) -> "str | Lines":
    """Texts for one cell, each on a line of its own; empty ones are left out."""
    said = [text for text in texts if text]
    return (said or [""])[0] if len(said) < 2 else Lines(said)


Cell = str | Badge | Way | Trend | Lines


class Column(NamedTuple):
    """A column of a table; a `wide` one is shown only where there is room to spare."""

    key: str
    label: str
    width: int = 0
    """How many characters of a line of eighty it may take; 0 leaves it to the renderer."""
    right: bool = False
    wide: bool = False


class Table(NamedTuple):
    """Rows under columns. The first column names its row.

    In its first `merged` columns an empty cell means the same as the one above.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""
    merged: int = 0


class Facts(NamedTuple):
    """Things and what they are, one a line."""

    pairs: Sequence[tuple[str, Cell]]


class Items(NamedTuple):
    """A list of sentences."""

    texts: Sequence[str]


class Prose(NamedTuple):
    """Paragraphs that somebody wrote, in Markdown. Their headings rank below the section's."""

    markdown: str


class Point(NamedTuple):
    """A figure in a chart: `time` in years, its value and its ends; a value of None is a gap."""

    label: str
    time: Fraction
    value: Fraction | None
    low: Fraction | None = None
    high: Fraction | None = None


class Stage(NamedTuple):
    """A milestone in a chart, and how it stands."""

    point: Point
    status: Badge


class BenchmarkLine(NamedTuple):
    """Somebody else's figures for the same thing, in order of time."""

    name: str
    points: Sequence[Point]


class Chart(NamedTuple):
    """The course of an indicator: what was, what was promised, and what was expected between.

    `path` joins baseline and target as `(time, value)`, through the milestones where there are any,
    which are points of their own as well. `table` holds the same for reading.
    """

    key: str
    title: str
    description: str
    unit: str
    points: Sequence[Point]
    baseline: Point | None
    target: Point | None
    path: Sequence[tuple[Fraction, Fraction]]
    table: Table
    milestones: Sequence[Stage] = ()
    benchmarks: Sequence[BenchmarkLine] = ()


class Pin(NamedTuple):
    """A place on a map, in degrees north and degrees east (WGS 84)."""

    label: str
    north: float
    east: float


class Map(NamedTuple):
    """Where places are, north at the top. `table` holds the same for reading."""

    key: str
    title: str
    description: str
    pins: Sequence[Pin]
    table: Table


class Portion(NamedTuple):
    """How many of a whole are of one kind."""

    label: str
    number: int
    tone: Tone


class Bar(NamedTuple):
    """A whole as portions side by side, in order. The description says the same in words."""

    key: str
    title: str
    description: str
    portions: Sequence[Portion]


Picture = Chart | Map | Bar
"""What is drawn. Each says the same in words, and a chart and a map in a table as well."""

Block = str | Table | Facts | Items | Prose | Picture


class Section(NamedTuple):
    """Blocks under a heading. `level` ranks the heading; `key` names the section for templates."""

    title: str
    blocks: Sequence[Block]
    level: int = 2
    key: str = ""


class Layout(StrEnum):
    """How a paper is set."""

    PAPER = "paper"
    ONE_PAGE = "one-page"
    """On one side of A4, in small type and without a list of contents."""
    LARGE_PRINT = "large-print"
    """In type of 16 points, for readers who need it."""


class Document(NamedTuple):
    """A report."""

    title: str
    blocks: Sequence[Block]
    sections: Sequence[Section]
    data: Callable[[], Mapping[str, Any]] = dict
    records: str = ""
    layout: Layout = Layout.PAPER

    @property
    def parts(self) -> list[tuple[str, Sequence[Block]]]:
        """Each heading with the blocks beneath it, the title first."""
        return [(self.title, self.blocks), *((part.title, part.blocks) for part in self.sections)]

    @property
    def pictures(self) -> list[Picture]:
        """Every chart and map."""
        return [block for _, blocks in self.parts for block in blocks if isinstance(block, Picture)]
