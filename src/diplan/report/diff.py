"""What changed between two states of a plan: verdicts first, each with its causes."""

from collections.abc import Iterator
from typing import Any

from diplan.judge import Verdict
from diplan.judge.diff import Changes, IndicatorChange, Step
from diplan.plan import Plan
from diplan.report import data, wording
from diplan.report.document import Block, Cell, Column, Document, Items, Lines, Section, Table

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


def changes(found: Changes, names: tuple[str, str]) -> Document:
    """The report of `diplan diff`; *names* are what the two states are called."""
    return Document(
        headline(found),
        [f"From {names[0]} to {names[1]}.", *_remarks(found)],
        [Section(title, blocks) for title, blocks in _sections(found) if blocks],
        lambda: _data(found, names),
        "indicators",
    )


def headline(found: Changes) -> str:
    """The most telling of it in one line: what changed its status, else how many moved."""
    flipped = [one for one in found.indicators if one.change in ("flipped", "removed")]
    if flipped:
        first = [_flip(one) for one in flipped[:3]]
        more = len(flipped) - len(first)
        rest = f", and {wording.count(more, 'other verdict')}" if more else ""
        return f"{'; '.join(first)}{rest}"
    moved, acted = len(found.indicators), len({one.id for one in found.actions})
    if not moved and not acted:
        return "No verdict changes, and nothing that a verdict is made of"
    parts = [
        wording.count(howmany, what)
        for howmany, what in ((moved, "indicator"), (acted, "action"))
        if howmany
    ]
    return f"No verdict changes; {wording.listed(parts)} moved"


def _flip(one: IndicatorChange) -> str:
    if one.after is None:
        return f"{one.title}: removed"
    before = wording.status(one.before) if one.before else "new"
    return f"{one.title}: {before} → {wording.status(one.after)}"


def _remarks(found: Changes) -> Iterator[str]:
    if found.form:
        yield f"{wording.count(found.form, 'edit')} of form alone, not listed."
    if found.unread:
        yield f"Not compared, because one side cannot be read: {', '.join(found.unread)}."


def _sections(found: Changes) -> Iterator[tuple[str, list[Block]]]:
    plan = found.after.plan
    yield (
        "Indicators",
        [Table(INDICATORS, [_row(one, found) for one in found.indicators])]
        if (found.indicators)
        else [],
    )
    rows: list[list[Cell]] = [
        [
            one.title,
            one.change,
            one.before or wording.DASH,
            Lines([one.after or wording.DASH, *filter(None, [one.why])]),
        ]
        for one in found.actions
        if one.before or one.after
    ]
    bare = list(_bare(found))
    yield "Actions", [*([Table(ACTIONS, rows)] if rows else []), *([Items(bare)] if bare else [])]
    leads = list(_affected(found, plan))
    yield "Who is affected", [Items(leads)] if leads else []


def _row(one: IndicatorChange, found: Changes) -> list[Cell]:
    return [
        one.title,
        _side(one.before, found.before.plan),
        _side(one.after, found.after.plan),
        Lines([_why(step) for step in one.causes]),
    ]


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


def _bare(found: Changes) -> Iterator[str]:
    """The changes that a word says all of, each with its actions."""
    told: dict[str, list[str]] = {}
    for one in found.actions:
        if not one.before and not one.after:
            told.setdefault(one.change, []).append(one.title)
    for change, titles in told.items():
        word = f"{change[0].upper()}{change[1:]}"
        yield f"{word}, {wording.count(len(titles), 'action')}: {'; '.join(titles)}"


def _affected(found: Changes, plan: Plan) -> Iterator[str]:
    """The services behind what moved."""
    indicators: dict[str, list[str]] = {}
    actions: dict[str, set[str]] = {}
    for one in found.indicators:
        own = one.after or one.before
        for name in own.indicator.lead if own else ():
            indicators.setdefault(name, []).append(one.title)
    for action in found.actions:
        for name in action.lead:
            actions.setdefault(name, set()).add(action.id)
    for name in dict.fromkeys([*indicators, *actions]):
        parts = indicators.get(name, [])
        if name in actions:
            parts = [*parts, wording.count(len(actions[name]), "action")]
        yield f"{wording.services([name], plan)}: {'; '.join(parts)}"


def _data(found: Changes, names: tuple[str, str]) -> dict[str, Any]:
    kinds = ("flipped", "removed", "added", "renamed", "moved")
    return {
        "schema": SCHEMA,
        "from": names[0],
        "to": names[1],
        "indicators": [_record(one) for one in found.indicators],
        "actions": [
            {
                "id": one.id,
                "change": one.change,
                "from": one.before,
                "to": one.after,
                "why": one.why,
            }
            for one in found.actions
        ],
        "summary": {
            **{kind: sum(one.change == kind for one in found.indicators) for kind in kinds},
            "actions": len({one.id for one in found.actions}),
            "form": found.form,
            "unread": list(found.unread),
        },
    }


def _record(one: IndicatorChange) -> dict[str, Any]:
    def status(verdict: Verdict | None) -> str | None:
        return str(verdict.status) if verdict else None

    def value(verdict: Verdict | None) -> data.JsonNumber:
        seen = verdict.evidence if verdict else None
        return data.rounded(seen.figure.middle) if seen else None

    return {
        "id": one.id,
        "change": one.change,
        "from_status": status(one.before),
        "to_status": status(one.after),
        "from_value": value(one.before),
        "to_value": value(one.after),
        "causes": [
            {
                "cause": str(step.cause),
                "detail": step.detail,
                "from_status": status(step.before),
                "to_status": status(step.after),
            }
            for step in one.causes
        ],
    }
