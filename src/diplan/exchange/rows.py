"""A row with a figure: its cells are read by the keys of the data, and set beside the plan.

What is wrong with a cell is said with what to do, and loses no other row. Nothing is overwritten:
a figure that the plan has already is known, and one that differs is refused.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from diplan.checks.doubts import doubts, not_recorded
from diplan.checks.figures import figures
from diplan.exchange.entries import IncomingEntry, revising, same_figure
from diplan.exchange.html_text import LONGEST_LINE, LONGEST_TEXT
from diplan.files.yaml.plain import Plain
from diplan.ground.errors import BadTextError
from diplan.ground.figure import LONGEST_NUMBER, typed
from diplan.ground.period import Period
from diplan.ground.text import did_you_mean, suggest
from diplan.plan import Action, Indicator, Observation, Plan, Priority
from diplan.plan.indicator import MARKS, figure_of
from diplan.problems import CODES, Finding, Place, Severity
from diplan.report import wording

Subject = TypeVar("Subject", Indicator, Action | Priority)

NUMBERS = ("value", "numerator", "denominator")
"""The keys that give the number, or say why there is none."""


@dataclass(slots=True)
class Incoming:
    """What came of a file."""

    entries: list[IncomingEntry] = field(default_factory=list)
    known: int = 0
    """How many entries the plan has already."""
    there: dict[str, dict[Period, Observation]] = field(default_factory=dict)
    """The figures that the plan has, by indicator and period."""
    taken: set[tuple[str, Period]] = field(default_factory=set)
    """What is among the entries already, and for when."""

    def seen(self, indicator: Indicator, when: Period) -> Observation | None:
        """The figure that the plan has for a period."""
        if indicator.id not in self.there:
            self.there[indicator.id] = {given.period: given for given in indicator.observations}
        return self.there[indicator.id].get(when)

    def keep(self, entry: IncomingEntry) -> None:
        """Take an entry that is new and sound."""
        self.taken.add((entry.id, entry.when))
        self.entries.append(entry)


class FigureRow(ABC):
    """A row of somebody's table; each kind of table says what its cells hold."""

    def __init__(self, plan: Plan, made: Incoming) -> None:
        self.plan, self.incoming = plan, made
        self.refused = 0
        """How many cells of the row are bad."""

    @abstractmethod
    def text(self, key: str) -> str:
        """What the cell of a key says; empty where it says nothing, or is refused."""

    @abstractmethod
    def period(self, written: str) -> Period:
        """The period that a cell means.

        Raises:
            BadTextError: it means none.
        """

    @abstractmethod
    def note(self, key: str, code: str, message: str, hint: str) -> None:
        """Keep what is wrong with a cell."""

    @abstractmethod
    def doubt(self, entry: IncomingEntry, questions: Iterator[str]) -> None:
        """Ask what somebody who knows the series would, or refuse the figure for it."""

    def refuse(self, key: str, code: str, message: str, hint: str) -> None:
        """Say what is wrong with a cell, so that nothing of the row is taken."""
        self.refused += 1
        self.note(key, code, message, hint)

    def close(self, name: str, names: Collection[str]) -> str | None:
        """What was probably meant."""
        return suggest(name, names)

    def entity(self, key: str, known: Mapping[str, Subject], what: str) -> Subject | None:
        """What the row is about."""
        before, name = self.refused, self.text(key)
        if name in known:
            subject = known[name]
            refusal = not_recorded(subject) if isinstance(subject, Indicator) else None
            if refusal is None:
                return subject
            message, more = refusal
            self.refuse(key, "not-allowed", message, f"{more}; leave this row out")
            return None
        if name:
            hint = did_you_mean(self.close(name, known), f"`diplan add {what}` makes a new one")
            self.refuse(key, f"unknown-{what}", f'unknown {what} "{name}"', hint)
        elif self.refused == before:
            hint = "write its id, or leave out the row"
            self.refuse(key, "missing-key", f"the row does not say which {what} it is about", hint)
        return None

    def when(self, key: str) -> Period | None:
        """The period that a cell names."""
        before, written = self.refused, self.text(key)
        try:
            if written:
                return self.period(written)
        except BadTextError as error:
            self.refuse(key, error.code, str(error), error.hint)
        if self.refused == before:
            hint = "write one, such as 2018 or 2017/18"
            self.refuse(key, "missing-key", "there is no period", hint)
        return None

    def read(self) -> None:
        """Take the figure, if all of its cells are sound."""
        indicator = self.entity("indicator", self.plan.indicator, "indicator")
        when = self.when("period")
        numbers = [self.number(key, said) for key in NUMBERS if (said := self.text(key))]
        values = {key: value for given in numbers for key, value in given.items()}
        more = self.more()
        if indicator and when and values and not self.refused:
            whole = {"period": when.text, **values, **more}
            self.take(indicator, IncomingEntry("indicators", indicator.id, when, whole))

    def number(self, key: str, said: str) -> Mapping[str, Plain]:
        """The keys and values of one that was typed; none where it is refused."""
        given = figure_keys(said)
        if given is None:
            hint = "write one like 1300, 85%, c. 4500, over 70, 51 of 110, TBC"
            self.refuse(key, "not-a-number", f'"{said}" is not a figure', hint)
            return {}
        if key == "value":
            return given
        if list(given) != ["value"]:
            self.refuse(key, "not-a-number", f'"{said}" is not a number', "write digits only")
            return {}
        return {key: given["value"]}

    def more(self) -> dict[str, Plain]:
        """The keys that say what else is known of the figure."""
        marks: list[Plain] = []
        for mark in filter(None, (part.strip().lower() for part in self.text("marks").split(","))):
            marks.append(mark)
            if mark not in MARKS:
                listing = f"one of: {', '.join(MARKS)}"
                self.refuse("marks", "not-in-list", f'"{mark}" is not a mark', listing)
        source = self.text("source")
        if source and source not in self.plan.source:
            close = self.close(source, self.plan.source)
            hint = did_you_mean(close, "add it to the sources of plan.yaml first")
            self.refuse("source", "unknown-source", f'unknown source "{source}"', hint)
        at, note = " ".join(self.text("at").split()), self.text("note")
        for key, said, most in (("at", at, LONGEST_LINE), ("note", note, LONGEST_TEXT)):
            if len(said) > most:
                message = f"this is longer than {most:,} characters"
                self.refuse(key, "wrong-type", message, "shorten it")
        told: dict[str, Plain] = {"marks": marks, "source": source, "at": at, "note": note}
        return {key: value for key, value in told.items() if value}

    def take(self, indicator: Indicator, entry: IncomingEntry) -> None:
        """A sound figure: new, known already, or at odds with one that is there."""
        made, when = self.incoming, entry.when
        if (entry.id, when) in made.taken:
            message = f"there is a figure for {when} in an earlier row already"
            self.refuse("period", "double-period", message, "keep one of the rows")
            return
        new, within = figure_of(entry.values), self.plan.cover.approximate_within
        seen = made.seen(indicator, when)
        if seen and seen.missing == "to-be-confirmed" != new.missing:
            seen = None
        if seen and same_figure(seen, new, within):
            made.known += 1
        elif wrong := _error(indicator, new):
            self.refuse("value", wrong.code, wrong.message, wrong.hint)
        elif seen:
            shown = wording.figure(seen, indicator, self.plan)
            message = f"the plan has another figure for {when}: {shown}"
            hint = f"if that was wrong: {revising(indicator, new)}"
            self.refuse("value", "double-period", message, hint)
        else:
            self.doubt(entry, doubts(indicator, new, within))
            if not self.refused:
                made.keep(entry)


def figure_keys(said: str) -> dict[str, str] | None:
    """The keys and values of a figure as people type it; None where it is none, or too long."""
    given = typed(said)
    return None if given is None or max(map(len, given.values())) > LONGEST_NUMBER else given


def _error(indicator: Indicator, new: Observation) -> Finding | None:
    """What `diplan check` would call an error in a figure, if it stood in an indicator."""
    alone = replace(indicator, baseline=None, observations=(new,), benchmarks=())
    findings = figures(alone, Place("indicators"))
    return next((finding for finding in findings if CODES[finding.code] == Severity.ERROR), None)
