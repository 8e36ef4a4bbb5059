"""What changed between two states of a plan: verdicts first, each with its causes."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from diplan.ground.english import agree, capital
from diplan.judge import Verdict
from diplan.judge.diff import Cause, Changes, IndicatorChange, Step
from diplan.plan import Plan
from diplan.report import data, wording
from diplan.report.document import (
    Block,
    Cell,
    Column,
    Document,
    Items,
    Lines,
    Section,
    Table,
    linked,
)

SCHEMA = "diplan/changes/1"

INDICATORS = (
    Column("indicator", "Indicator", width=22),
    Column("before", "Before", width=14),
    Column("after", "After", width=14),
    Column("causes", "Why", width=28),
)
ACTIONS = (
    Column("action", "Action", width=38),
    Column("change", "Change", width=14),
    Column("before", "Before", width=13),
    Column("after", "After", width=13),
)


def changes(changes: Changes, names: tuple[str, str]) -> Document:
    """The report of `diplan diff`; *names* are what the two states are called."""
    return Document(
        headline(changes),
        [f"From {names[0]} to {names[1]}.", *_remarks(changes)],
        [Section(title, blocks) for title, blocks in _sections(changes) if blocks],
        lambda: _data(changes, names),
        "indicators",
    )


def headline(changes: Changes) -> str:
    """The most telling of it in one line: what changed its status, else how many moved."""
    flipped = [
        indicator for indicator in changes.indicators if indicator.change in ("flipped", "removed")
    ]
    if flipped:
        first = [_flip(change) for change in flipped[:3]]
        more = len(flipped) - len(first)
        rest = f", and {wording.count(more, 'other verdict')}" if more else ""
        return f"{'; '.join(first)}{rest}"
    moved, acted = len(changes.indicators), len({action.id for action in changes.actions})
    graded = len(changes.headings)
    if not moved and not acted and not graded:
        return "No verdict changes, and nothing that a verdict is made of"
    parts = [
        wording.count(howmany, what)
        for howmany, what in ((moved, "indicator"), (acted, "action"), (graded, "heading"))
        if howmany
    ]
    return f"No verdict changes; {wording.listed(parts)} moved"


def _flip(change: IndicatorChange) -> str:
    if change.after is None:
        return f"{change.title}: removed"
    before = wording.status(change.before) if change.before else "new"
    return f"{change.title}: {before} → {wording.status(change.after)}"


def _remarks(changes: Changes) -> Iterator[str]:
    if changes.form:
        yield f"{wording.count(changes.form, 'edit')} of form alone, not listed."
    if changes.unread:
        yield f"Not compared, because one side cannot be read: {', '.join(changes.unread)}."


def _sections(changes: Changes) -> Iterator[tuple[str, list[Block]]]:
    plan = changes.after.plan
    yield "Indicators", [indicators(changes, causes)] if changes.indicators else []
    rows: list[list[Cell]] = [
        [
            action.title,
            action.change,
            action.before or wording.DASH,
            Lines([action.after or wording.DASH, *filter(None, [action.why])]),
        ]
        for action in changes.actions
        if action.before or action.after
    ]
    bare = list(_bare(changes))
    yield "Actions", [*([Table(ACTIONS, rows)] if rows else []), *([Items(bare)] if bare else [])]
    graded = [f"{change.title}: {change.before} → {change.after}" for change in changes.headings]
    yield wording.headings(plan), [Items(graded)] if graded else []
    leads = list(_affected(changes, plan))
    yield "Who is affected", [Items(leads)] if leads else []


def indicators(changes: Changes, why: Callable[[IndicatorChange], Cell]) -> Table:
    """Each indicator that stands differently, before and after, and *why*."""
    rows: list[list[Cell]] = [
        [
            linked("indicators", change.id, change.title),
            _side(change.before, changes.before.plan),
            _side(change.after, changes.after.plan),
            why(change),
        ]
        for change in changes.indicators
    ]
    return Table(INDICATORS, rows)


def causes(change: IndicatorChange) -> Cell:
    """Each cause by its name, with what it did to the status."""
    return Lines([_why(step) for step in change.causes])


def _side(verdict: Verdict | None, plan: Plan) -> Cell:
    if verdict is None:
        return wording.DASH
    return Lines([wording.status(verdict), wording.latest(verdict, plan)])


def _why(step: Step) -> str:
    text = f"{step.cause}: {step.detail}"
    if step.flips and step.before and step.after:
        was, now = wording.STATUS[step.before.status], wording.STATUS[step.after.status]
        return f"{text} ({was} → {now})"
    return text


CAUSES = {
    Cause.TIME_PASSED: ("more time passed", "more time passed"),
    Cause.DEFINITION_CHANGED: ("its definition changed", "its definition changed"),
    Cause.BASELINE_REVISED: ("the baseline was revised", "the baseline was revised"),
    Cause.TARGET_CHANGED: ("the target was changed", "the target was changed"),
    Cause.OBSERVATION_REVISED: ("a figure was revised", "figures were revised"),
    Cause.OBSERVATION_REMOVED: ("a figure was withdrawn", "figures were withdrawn"),
    Cause.NEW_OBSERVATION: ("a new figure", "new figures"),
    Cause.ADDED: ("it joined the plan", "it joined the plan"),
    Cause.REMOVED: ("it left the plan", "it left the plan"),
    Cause.RENAMED: ("it has another id", "it has another id"),
}
"""What each cause is called in a sentence, for one step and for several."""


def because(change: IndicatorChange) -> str:
    """Why an indicator stands differently: `new figures (2017: 20.0; 2018: 9.8)`."""
    said = []
    for cause, steps in groupby(change.causes, lambda step: step.cause):
        details = [step.detail for step in steps]
        bare = cause in (Cause.TIME_PASSED, Cause.ADDED)
        which = "" if bare else f" ({'; '.join(details)})"
        said.append(f"{agree(len(details), *CAUSES[cause])}{which}")
    return wording.listed(said)


def flipped(change: IndicatorChange) -> str:
    """An indicator with another status, and why, as a sentence."""
    if change.after is None:
        return linked("indicators", change.id, change.title, f": {because(change)}.")
    was = f"from {wording.STATUS[change.before.status]} " if change.before else ""
    said = f": {was}to {wording.status(change.after)}. Why: {because(change)}."
    return linked("indicators", change.id, change.title, said)


def _bare(changes: Changes) -> Iterator[str]:
    """The changes that a word says all of, each with its actions."""
    told: dict[str, list[str]] = {}
    for action in changes.actions:
        if not action.before and not action.after:
            told.setdefault(action.change, []).append(action.title)
    for change, titles in told.items():
        word = capital(change)
        yield f"{word}, {wording.count(len(titles), 'action')}: {'; '.join(titles)}"


def _affected(changes: Changes, plan: Plan) -> Iterator[str]:
    """The services behind what moved."""
    indicators: dict[str, list[str]] = {}
    actions: dict[str, set[str]] = {}
    for indicator in changes.indicators:
        verdict = indicator.after or indicator.before
        for name in verdict.indicator.lead if verdict else ():
            indicators.setdefault(name, []).append(indicator.title)
    for action in changes.actions:
        for name in action.lead:
            actions.setdefault(name, set()).add(action.id)
    for name in dict.fromkeys([*indicators, *actions]):
        parts = indicators.get(name, [])
        if name in actions:
            parts = [*parts, wording.count(len(actions[name]), "action")]
        yield f"{wording.services([name], plan)}: {'; '.join(parts)}"


def _data(changes: Changes, names: tuple[str, str]) -> dict[str, Any]:
    kinds = ("flipped", "removed", "added", "renamed", "moved")
    return {
        "schema": SCHEMA,
        "from": names[0],
        "to": names[1],
        "indicators": [indicator_change(indicator) for indicator in changes.indicators],
        "actions": [
            {
                "id": action.id,
                "change": action.change,
                "from": action.before,
                "to": action.after,
                "why": action.why,
            }
            for action in changes.actions
        ],
        "priorities": [
            {"id": change.id, "change": change.change, "from": change.before, "to": change.after}
            for change in changes.headings
        ],
        "summary": {
            **{
                kind: sum(indicator.change == kind for indicator in changes.indicators)
                for kind in kinds
            },
            "actions": len({action.id for action in changes.actions}),
            "form": changes.form,
            "unread": list(changes.unread),
        },
    }


def indicator_change(change: IndicatorChange) -> dict[str, Any]:
    """What became of an indicator, for programs."""

    def status(verdict: Verdict | None) -> str | None:
        return str(verdict.status) if verdict else None

    def value(verdict: Verdict | None) -> data.JsonNumber:
        seen = verdict.evidence if verdict else None
        return data.rounded(seen.figure.middle) if seen else None

    return {
        "id": change.id,
        "change": change.change,
        "from_status": status(change.before),
        "to_status": status(change.after),
        "from_value": value(change.before),
        "to_value": value(change.after),
        "causes": [
            {
                "cause": str(step.cause),
                "detail": step.detail,
                "from_status": status(step.before),
                "to_status": status(step.after),
            }
            for step in change.causes
        ],
    }
