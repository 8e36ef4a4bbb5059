"""Figures in a CSV file of any make: its columns are mapped to keys, and each cell is judged.

A bad cell is a problem with its place, its column and a remedy, and loses no other row. A figure
that the plan has already is known; one that differs is a problem, for nothing is overwritten.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from diplan.checks.figures import figures
from diplan.checks.plausible import doubts
from diplan.errors import BadTextError, OptionError
from diplan.exchange.merging import Entry, same_figure
from diplan.exchange.texts import LONGEST_LINE, LONGEST_TEXT
from diplan.figure import LONGEST_NUMBER, typed
from diplan.model import Indicator, Observation, Plan
from diplan.model.indicator import MARKS, figure_of
from diplan.period import Period, period
from diplan.problems import CODES, Finding, Place, Problem, Severity
from diplan.report import wording
from diplan.syntax.csvfile import CsvFile, Row, any_table
from diplan.syntax.plain import Plain
from diplan.text import Source, suggest, visible

KEYS = ("indicator", "period", "value", "numerator", "denominator", "marks", "source", "at", "note")
"""What a column can be mapped to."""


class Given(NamedTuple):
    """What goes for the whole file: the column of each key, and what no column says."""

    columns: Mapping[str, str]
    indicator: str | None = None
    source: str | None = None


class Read(NamedTuple):
    """What came of a file."""

    entries: list[Entry]
    known: list[Entry]
    """Figures that the plan has already."""
    problems: list[Problem]
    doubts: list[str]
    """What somebody who knows the series would ask."""
    taken: set[tuple[str, Period]]
    """Which indicators have a figure in the file already, and for when."""
    empty: int = 0
    """Rows without a figure."""


def mapped(pairs: Mapping[str, str]) -> dict[str, str]:
    """The column of each key, once the keys are ones that there are.

    Raises:
        OptionError: one is not, or one that is needed is missing.
    """
    for key in pairs:
        if key not in KEYS:
            close = suggest(key, KEYS)
            hint = f'did you mean "{close}"?' if close else f"one of: {', '.join(KEYS)}"
            raise OptionError(f'--map: unknown key "{key}"', hint)
    if "period" not in pairs or not ({"value", "numerator"} & set(pairs)):
        hint = 'for example: --map period=Year --map value="Households online"'
        raise OptionError("--map has to say which columns hold the period and the value", hint)
    if ("numerator" in pairs) != ("denominator" in pairs):
        raise OptionError("--map has a numerator or a denominator alone", "map both, or neither")
    return dict(pairs)


def read_figures(name: str, text: str, given: Given, plan: Plan) -> Read:
    """The figures of a file.

    Raises:
        OptionError: it has no column of a name that is mapped.
    """
    file = any_table(Source(name, text))
    for column in given.columns.values() if file.complete else ():
        if column not in file.header:
            close = suggest(column, file.header)
            hint = f'did you mean "{close}"?' if close else f"there are {', '.join(file.header)}"
            raise OptionError(f'{name} has no column "{visible(column)}"', visible(hint))
    made = Read([], [], list(file.problems), [], set())
    for at, cells in enumerate(file.rows):
        row = _Row(file, at, cells, given, plan, made)
        if any(row.text(key) for key in ("value", "numerator", "denominator")):
            row.read()
        else:
            made = made._replace(empty=made.empty + 1)
    return made


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
        column = self.given.columns.get(key, "")
        span, _ = self.file.locate(("", self.at, column) if column else ("", self.at))
        said = f'column "{visible(column)}": {message}' if column else message
        source = self.file.source
        self.made.problems.append(Problem(code, said, source.name, span, hint, source=source))

    def read(self) -> None:
        """Take the figure, if all of its cells are sound."""
        before = len(self.made.problems)
        own, when = self.indicator(), self.period()
        values = {**self.figure(), **self.more()}
        if own is None or when is None or len(self.made.problems) > before:
            return
        self.take(own, Entry("indicators", own.id, when, {"period": when.text, **values}))

    def indicator(self) -> Indicator | None:
        """The indicator that the row is about."""
        name = self.given.indicator or self.text("indicator")
        if name in self.plan.indicator:
            return self.plan.indicator[name]
        if not name:
            hint = "write its id, or leave out the figure"
            self.bad("indicator", "missing-key", "the row does not say which indicator", hint)
            return None
        close = suggest(name, self.plan.indicator)
        hint = f'did you mean "{close}"?' if close else "`diplan add indicator` makes a new one"
        self.bad("indicator", "unknown-indicator", f'unknown indicator "{name}"', hint)
        return None

    def period(self) -> Period | None:
        """The period that the figure is for."""
        if not self.text("period"):
            self.bad("period", "missing-key", "there is no period", "write one, such as 2018")
            return None
        try:
            return period(self.text("period"))
        except BadTextError as error:
            self.bad("period", error.code, str(error), error.hint)
            return None

    def figure(self) -> dict[str, Plain]:
        """The keys that give the number, or say why there is none."""
        made: dict[str, Plain] = {}
        for key in ("value", "numerator", "denominator"):
            said = self.text(key)
            found = typed(said) if said else {}
            if found is None or max(map(len, found.values()), default=0) > LONGEST_NUMBER:
                hint = "write one like 1300, 85%, c. 4500, over 70, TBC"
                self.bad(key, "not-a-number", f'"{said}" is no figure', hint)
            elif key == "value":
                made |= found
            elif said and list(found) != ["value"]:
                self.bad(key, "not-a-number", f'"{said}" is no number', "write digits only")
            elif said:
                made[key] = found["value"]
        return made

    def more(self) -> dict[str, Plain]:
        """The keys that say what else is known."""
        marks: list[Plain] = []
        for mark in filter(None, (one.strip().lower() for one in self.text("marks").split(","))):
            marks.append(mark)
            if mark not in MARKS:
                listing = f"one of: {', '.join(MARKS)}"
                self.bad("marks", "not-in-list", f'"{mark}" is no mark', listing)
        source = self.text("source") or self.given.source or ""
        if source and source not in self.plan.source:
            close = suggest(source, self.plan.source)
            listing = "add it to the sources of plan.yaml first"
            hint = f'did you mean "{close}"?' if close else listing
            self.bad("source", "unknown-source", f'unknown source "{source}"', hint)
        at, note = " ".join(self.text("at").split()), self.text("note")
        for key, said, most in (("at", at, LONGEST_LINE), ("note", note, LONGEST_TEXT)):
            if len(said) > most:
                self.bad(
                    key, "wrong-type", f"this is longer than {most:,} characters", "shorten it"
                )
        told: dict[str, Plain] = {"marks": marks, "source": source, "at": at, "note": note}
        return {key: value for key, value in told.items() if value}

    def take(self, own: Indicator, entry: Entry) -> None:
        """A sound figure: new, known already, or at odds with one that is there."""
        new, within = figure_of(entry.values), self.plan.cover.approximate_within
        seen = next((one for one in own.observations if one.period == entry.when), None)
        if (entry.id, entry.when) in self.made.taken:
            message = f"there is a figure for {entry.when} in an earlier row already"
            self.bad("period", "double-period", message, "keep one of the rows")
        elif wrong := _error(own, new):
            self.bad("value", wrong.code, wrong.message, wrong.hint)
        elif seen is None:
            self.made.taken.add((entry.id, entry.when))
            self.made.entries.append(entry)
            self.made.doubts.extend(
                f"{own.id}, {entry.when}: {one}" for one in doubts(own, new, within)
            )
        elif same_figure(seen, new, within):
            self.made.known.append(entry)
        else:
            shown = wording.figure(seen, own, self.plan)
            key = f"observations.{entry.when}.value"
            hint = f"if that was wrong: `diplan revise {own.id} {key}=... --why ...`"
            message = f"the plan has another figure for {entry.when}: {shown}"
            self.bad("value", "double-period", message, hint)


def _error(own: Indicator, new: Observation) -> Finding | None:
    """What `diplan check` would call an error in a figure, if it stood in an indicator."""
    alone = replace(own, baseline=None, observations=(new,), benchmarks=())
    found = figures(alone, Place("indicators"))
    return next((one for one in found if CODES[one.code] == Severity.ERROR), None)
