"""Figures in a CSV file of any make: its columns are mapped to keys, and each cell is judged.

A bad cell is a problem with its place, its column and a remedy, and loses no other row. A figure
that the plan has already is known; one that differs is a problem, for nothing is overwritten.
"""

import csv
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TextIO

from diplan.checks.doubts import doubts
from diplan.checks.figures import figures
from diplan.exchange.merging import IncomingEntry, same_figure
from diplan.exchange.texts import LONGEST_LINE, LONGEST_TEXT
from diplan.exchange.years import Years
from diplan.files.csvfile import LONGEST_LOOK, CsvFile, Row, separator, tables
from diplan.files.yaml.plain import Plain
from diplan.ground.errors import BadTextError, OptionError
from diplan.ground.figure import LONGEST_NUMBER, typed
from diplan.ground.period import Period
from diplan.ground.text import did_you_mean, suggest, visible
from diplan.plan import Indicator, Observation, Plan
from diplan.plan.indicator import MARKS, figure_of
from diplan.problems import CODES, Finding, Place, Problem, Severity
from diplan.report import wording

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
class Read:
    """What came of a file."""

    entries: list[IncomingEntry] = field(default_factory=list)
    known: int = 0
    """Figures that the plan has already."""
    problems: list[Problem] = field(default_factory=list)
    unlisted: int = 0
    """Further problems, which are only counted."""
    doubts: list[str] = field(default_factory=list)
    """What somebody who knows the series would ask."""
    taken: set[tuple[str, Period]] = field(default_factory=set)
    """Which indicators have a figure in the file already, and for when."""
    there: dict[str, dict[Period, Observation]] = field(default_factory=dict)
    """The figures that the plan has, by indicator and period."""
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
            if any(row.text(key) for key in ("value", "numerator", "denominator")):
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


class _Row(NamedTuple):
    """A row, key by key; what comes of it goes into what is made of the file."""

    file: CsvFile
    at: int
    cells: Row
    given: Given
    plan: Plan
    made: Read

    def text(self, key: str) -> str:
        """What the cell of a key says; empty where it is, or where no column has the key."""
        return self.cells.get(self.given.columns.get(key, ""), "")

    def bad(self, key: str, code: str, message: str, hint: str) -> None:
        """Note a bad cell."""
        if self.made.full:
            self.made.unlisted += 1
            return
        column = self.given.columns.get(key, "")
        span, _ = self.file.locate(("", self.at, column) if column else ("", self.at))
        said = f'column "{visible(column)}": {message}' if column else message
        source = self.file.source
        self.made.note(Problem(code, said, source.name, span, hint, source=source))

    def close(self, name: str, names: Collection[str]) -> str | None:
        """What was probably meant; nobody is told where problems are only counted."""
        return None if self.made.full else suggest(name, names)

    def read(self) -> None:
        """Take the figure, if all of its cells are sound."""
        before = self.made.bad
        own, when = self.indicator(), self.period()
        values = {**self.figure(), **self.more()}
        if own is None or when is None or self.made.bad > before:
            return
        self.take(own, IncomingEntry("indicators", own.id, when, {"period": when.text, **values}))

    def indicator(self) -> Indicator | None:
        """The indicator that the row is about."""
        name = self.given.indicator or self.text("indicator")
        if name in self.plan.indicator:
            return self.plan.indicator[name]
        if not name:
            hint = "write its id, or leave out the figure"
            self.bad("indicator", "missing-key", "the row does not say which indicator", hint)
            return None
        close = self.close(name, self.plan.indicator)
        hint = did_you_mean(close, "`diplan add indicator` makes a new one")
        self.bad("indicator", "unknown-indicator", f'unknown indicator "{name}"', hint)
        return None

    def period(self) -> Period | None:
        """The period that the figure is for."""
        if not self.text("period"):
            self.bad("period", "missing-key", "there is no period", "write one, such as 2018")
            return None
        try:
            return self.made.years.read(self.text("period"))
        except BadTextError as error:
            self.bad("period", error.code, str(error), error.hint)
            return None

    def figure(self) -> dict[str, Plain]:
        """The keys that give the number, or say why there is none."""
        made: dict[str, Plain] = {}
        for key in ("value", "numerator", "denominator"):
            said = self.text(key)
            given = typed(said) if said else {}
            if self.file.separator == ";" and (meant := DECIMAL.fullmatch(said)):
                hint = f"write {meant[1]}.{meant[2]}, or {meant[1]}{meant[2]} without the comma"
                message = f'"{said}" may mean two numbers, as the cells have semicolons between'
                self.bad(key, "not-a-number", message, hint)
            elif given is None or max(map(len, given.values()), default=0) > LONGEST_NUMBER:
                hint = "write one like 1300, 85%, c. 4500, over 70, TBC"
                self.bad(key, "not-a-number", f'"{said}" is no figure', hint)
            elif key == "value":
                made |= given
            elif said and list(given) != ["value"]:
                self.bad(key, "not-a-number", f'"{said}" is no number', "write digits only")
            elif said:
                made[key] = given["value"]
        return made

    def more(self) -> dict[str, Plain]:
        """The keys that say what else is known."""
        marks: list[Plain] = []
        for mark in filter(None, (part.strip().lower() for part in self.text("marks").split(","))):
            marks.append(mark)
            if mark not in MARKS:
                listing = f"one of: {', '.join(MARKS)}"
                self.bad("marks", "not-in-list", f'"{mark}" is no mark', listing)
        source = self.text("source") or self.given.source or ""
        if source and source not in self.plan.source:
            close = self.close(source, self.plan.source)
            listing = "add it to the sources of plan.yaml first"
            hint = did_you_mean(close, listing)
            self.bad("source", "unknown-source", f'unknown source "{source}"', hint)
        at, note = " ".join(self.text("at").split()), self.text("note")
        for key, said, most in (("at", at, LONGEST_LINE), ("note", note, LONGEST_TEXT)):
            if len(said) > most:
                self.bad(
                    key, "wrong-type", f"this is longer than {most:,} characters", "shorten it"
                )
        told: dict[str, Plain] = {"marks": marks, "source": source, "at": at, "note": note}
        return {key: value for key, value in told.items() if value}

    def take(self, indicator: Indicator, entry: IncomingEntry) -> None:
        """A sound figure: new, known already, or at odds with one that is there."""
        if (entry.id, entry.when) in self.made.taken:
            message = f"there is a figure for {entry.when} in an earlier row already"
            self.bad("period", "double-period", message, "keep one of the rows")
            return
        new, within = figure_of(entry.values), self.plan.cover.approximate_within
        if indicator.id not in self.made.there:
            self.made.there[indicator.id] = {seen.period: seen for seen in indicator.observations}
        seen = self.made.there[indicator.id].get(entry.when)
        if seen is not None and same_figure(seen, new, within):
            self.made.known += 1
        elif wrong := _error(indicator, new):
            self.bad("value", wrong.code, wrong.message, wrong.hint)
        elif seen is None:
            self.made.taken.add((entry.id, entry.when))
            self.made.entries.append(entry)
            self.made.doubts.extend(
                f"{indicator.id}, {entry.when}: {doubt}" for doubt in doubts(indicator, new, within)
            )
        else:
            shown = wording.figure(seen, indicator, self.plan)
            key = f"observations.{entry.when}.value"
            hint = f"if that was wrong: `diplan revise {indicator.id} {key}=... --why ...`"
            message = f"the plan has another figure for {entry.when}: {shown}"
            self.bad("value", "double-period", message, hint)


def _error(indicator: Indicator, new: Observation) -> Finding | None:
    """What `diplan check` would call an error in a figure, if it stood in an indicator."""
    alone = replace(indicator, baseline=None, observations=(new,), benchmarks=())
    findings = figures(alone, Place("indicators"))
    return next((finding for finding in findings if CODES[finding.code] == Severity.ERROR), None)
