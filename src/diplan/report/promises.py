"""Promises that were moved: what the ledger says of them, in words."""

from collections.abc import Iterable, Iterator

from diplan.ground.english import in_words
from diplan.ground.errors import BadTextError
from diplan.ground.figure import number
from diplan.ground.period import period
from diplan.judge import Assessment
from diplan.plan import Revision
from diplan.plan.promise import Move, milestone_named
from diplan.report.document import Items, Section, to_action, to_indicator

TITLE = "Promises that were moved"

_PARTS = {"target": "target", "baseline": "starting point"}


def moved(assessment: Assessment) -> Iterator[str]:
    """Each indicator and action of which a promise was moved, and how."""
    for verdict in assessment.verdicts:
        if verdict.moved:
            yield to_indicator(verdict.indicator, f": {'; '.join(told(verdict.moved))}")
    for standing in assessment.standings:
        if standing.moved:
            yield to_action(standing.action, f": {'; '.join(told(standing.moved))}")


def moved_section(assessment: Assessment) -> Iterator[Section]:
    """The same as a section, where there is anything to say."""
    if texts := list(moved(assessment)):
        yield Section(TITLE, [Items(texts)], key="moved")


def told(moves: Iterable[Move]) -> Iterator[str]:
    """Each entry: what was moved, from or to what, when and why."""
    for entry, in_force in moves:
        was, now = (value(text, entry.what) for text in (entry.was, entry.now))
        if entry.correction:
            how = f"corrected from {was} to {now}"
        elif in_force:
            how = f"moved from {was} to {now}"
        else:
            how = f"since moved to {now}"
        yield f"{_name(entry)} {how} ({in_words(entry.date)}: {entry.why})"


def _name(entry: Revision) -> str:
    part, _, field = entry.what.partition(".")
    if part == "milestones" and field:
        when, field = milestone_named(entry.what)
        name = f"milestone for {value(when, '.period')}"
        return name if field == "value" else f"{name} ({field})"
    if entry.what.endswith("due"):
        return "due date"
    name = _PARTS.get(part, part)
    return name if field in ("", "value") else f"{name} ({field})"


def value(text: str | None, what: str) -> str:
    """A value of the ledger as a sentence has it."""
    if text is None:
        return "nothing"
    try:
        if what.endswith(("due", ".period", ".from")):
            return in_words(period(text))
        return f"{number(text):,f}"
    except BadTextError:
        return text.replace("-", " ")
