"""Figures in a CSV file of any make: its columns are mapped to keys, and each cell is judged.

A bad cell is a problem with its place and its column.
"""

import csv
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple, TextIO

from diplan.exchange.entries import IncomingEntry
from diplan.exchange.rows import NUMBERS, FigureRow, Incoming
from diplan.exchange.years import Years
from diplan.files.csvfile import LONGEST_LOOK, CsvFile, Row, separator, tables
from diplan.files.yaml.plain import Plain
from diplan.ground.errors import OptionError
from diplan.ground.period import Period
from diplan.ground.text import did_you_mean, suggest, visible
from diplan.plan import Plan
from diplan.problems import Problem

KEYS = ("indicator", "period", "value", "numerator", "denominator", "marks", "source", "at", "note")
"""What a column can be mapped to."""


DECIMAL = re.compile(r"[^,]*?(\d+),(\d+)[^,]*", re.ASCII)
"""A number with a comma, which is a point where programs put semicolons between cells."""


class Given(NamedTuple):
    """What goes for the whole file: the column of each key, and what no column says."""

    columns: Mapping[str, str]
    indicator: str | None = None
    source: str | None = None


MOST_PROBLEMS = 200
"""How many are told; further ones are counted."""

MOST_ENTRIES = 10_000
"""New figures of one file."""


@dataclass(slots=True)
class Read(Incoming):
    """What came of a file."""

    problems: list[Problem] = field(default_factory=list)
    unlisted: int = 0
    """Further problems, which are only counted."""
    doubts: list[str] = field(default_factory=list)
    """What somebody who knows the series would ask."""
    empty: int = 0
    """Rows without a figure."""
    years: Years = field(default_factory=Years)

    @property
    def full(self) -> bool:
        """Whether further problems are only counted, so that nobody need word them."""
        return len(self.problems) >= MOST_PROBLEMS

    @property
    def bad(self) -> int:
        """How many problems there are."""
        return len(self.problems) + self.unlisted

    def note(self, problem: Problem) -> None:
        """Keep a problem, or count it."""
        if self.full:
            self.unlisted += 1
        else:
            self.problems.append(problem)


def mapped(pairs: Mapping[str, str]) -> dict[str, str]:
    """The column of each key, once the keys are ones that there are.

    Raises:
        OptionError: one is not, or one that is needed is missing.
    """
    for key in pairs:
        if key not in KEYS:
            hint = did_you_mean(suggest(key, KEYS), f"one of: {', '.join(KEYS)}")
            raise OptionError(f'--map: unknown key "{key}"', hint)
    if "period" not in pairs or not ({"value", "numerator"} & set(pairs)):
        hint = 'for example: --map period=Year --map value="Households online"'
        raise OptionError("--map has to say which columns hold the period and the value", hint)
    if ("numerator" in pairs) != ("denominator" in pairs):
        raise OptionError("--map has a numerator or a denominator alone", "map both, or neither")
    return dict(pairs)


def read_figures(name: str, stream: TextIO, given: Given, plan: Plan) -> Read:
    """The figures of a file, which is read twice: first to see how it writes its periods.

    Raises:
        OptionError: it has no column of a name that is mapped, or too many figures.
    """
    sign = separator(stream.read(LONGEST_LOOK))
    stream.seek(0)
    made = Read(years=_years(stream, sign, given.columns["period"]))
    stream.seek(0)
    for file in tables(name, stream, sign):
        for column in given.columns.values() if file.complete else ():
            if column not in file.header:
                listing = f"there are {', '.join(file.header)}"
                hint = did_you_mean(suggest(column, file.header), listing)
                raise OptionError(f'{name} has no column "{visible(column)}"', visible(hint))
        for problem in file.problems:
            made.note(problem)
        for at, cells in enumerate(file.rows):
            row = _Row(file, at, cells, given, plan, made)
            if any(map(row.text, NUMBERS)):
                row.read()
            else:
                made.empty += 1
        if len(made.entries) > MOST_ENTRIES:
            message = f"{name} has more than {MOST_ENTRIES:,} new figures"
            raise OptionError(message, "split it into several files")
    if (alone := made.years.unclear) and any(entry.when.text == alone for entry in made.entries):
        year = alone.replace("-", "/")
        made.doubts.append(f"{alone} is read as a month: write {year} for the financial year")
    return made


def _years(stream: TextIO, sign: str, column: str) -> Years:
    """How the column of the periods is written."""
    years = Years()
    with suppress(csv.Error):
        rows = csv.reader(stream, delimiter=sign, strict=True)
        header = [name.strip() for name in next(rows, [])]
        at = header.index(column) if column in header else len(header)
        for row in rows:
            if len(row) > at:
                years.see(row[at].strip())
    return years


class _Row(FigureRow):
    """A row of the file, whose problems are counted once enough of them are kept."""

    def __init__(
        self, file: CsvFile, at: int, cells: Row, given: Given, plan: Plan, made: Read
    ) -> None:
        super().__init__(plan, made)
        self.file, self.at, self.cells, self.given, self.made = file, at, cells, given, made

    def text(self, key: str) -> str:
        given = {"indicator": self.given.indicator, "source": self.given.source}.get(key) or ""
        said = self.cells.get(self.given.columns.get(key, ""), "")
        return (given or said) if key == "indicator" else (said or given)

    def period(self, written: str) -> Period:
        return self.made.years.read(written, self.plan.cover.years)

    def note(self, key: str, code: str, message: str, hint: str) -> None:
        if self.made.full:
            self.made.unlisted += 1
            return
        column = self.given.columns.get(key, "")
        span, _ = self.file.locate(("", self.at, column) if column else ("", self.at))
        said = f'column "{visible(column)}": {message}' if column else message
        source = self.file.source
        self.made.note(Problem(code, said, source.name, span, hint, source=source))

    def close(self, name: str, names: Collection[str]) -> str | None:
        return None if self.made.full else super().close(name, names)

    def number(self, key: str, said: str) -> Mapping[str, Plain]:
        if self.file.separator == ";" and (meant := DECIMAL.fullmatch(said)):
            hint = f"write {meant[1]}.{meant[2]}, or {meant[1]}{meant[2]} without the comma"
            message = f'"{said}" may mean two numbers, as the cells have semicolons between'
            self.refuse(key, "not-a-number", message, hint)
            return {}
        return super().number(key, said)

    def doubt(self, entry: IncomingEntry, questions: Iterator[str]) -> None:
        self.made.doubts.extend(f"{entry.id}, {entry.when}: {question}" for question in questions)
