"""A row about an action as the data has it."""

import re
from typing import Any

from diplan.documents.bodies import NOT_STATED
from diplan.documents.context import Context, kept, noted
from diplan.documents.figures import POUNDS, amount
from diplan.documents.register import LONGEST_LINE, Register, line_of
from diplan.documents.rows import FoundRow, Said
from diplan.documents.times import Timing, read_period, timing
from diplan.files.yaml.plain import Plain
from diplan.ground.period import period

_BULLET = re.compile(r"^\s*(?:[-–•·*▪o]\s+|\(?[a-z0-9]{1,2}[.)]\s+)")
NOT_A_DATE = "not a date, kept as `timescale`"


def action(row: FoundRow, context: Context, priority: str) -> dict[str, Plain]:
    """The keys of an action, but for its id."""
    notes: list[str] = []
    title = line_of(" ".join(row.texts("title")))
    if title.endswith("...") and len(title) == LONGEST_LINE:
        notes.append(" ".join(row.text("title").split()))
        context.account.cell(
            row.where, row.header("title"), title, "too long, kept whole as a note"
        )
    values: dict[str, Any] = {"title": title, "priority": priority}
    values |= _times(row, context, notes)
    values |= _outcome(row, context, priority)
    objective = row.text("objective")
    if len(objective) > LONGEST_LINE:
        notes.append(" ".join(objective.split()))
    values["objective"] = line_of(objective)
    lead = context.bodies(row, "lead")
    if not lead:
        lead = [context.services.named(NOT_STATED, NOT_STATED)]
        note = "no lead, so it has the placeholder service"
        context.account.cell(row.where, row.header("lead"), title, note)
    values["lead"] = lead
    values["delivers"] = [name for name in context.bodies(row, "delivers") if name not in lead]
    measures = (" ".join(text.split()) for text in row.texts("success_measure"))
    values["success_measure"] = "; ".join(measures)
    for key in ("next_steps", "risks"):
        values[key] = [step for text in row.texts(key) for step in steps(text)]
    values["budget"] = _budget(row, context)
    values["updates"] = _updates(row, context)
    values["source"], values["at"] = context.source, context.at(row)
    values["note"] = noted(row.extra + row.said.get("note", []), notes)
    return kept(values)


def _times(row: FoundRow, context: Context, notes: list[str]) -> dict[str, Plain]:
    """When an action is done, and when it begins."""
    values: dict[str, Plain] = {}
    if start := row.text("start"):
        known = read_period(start, context.calendar)
        chosen = known.periods[0] if known.sure else None
        if not known.sure and known.periods:
            chosen = context.reading(f"{row.where}, {row.header('start')}", start, known.periods)
        if chosen:
            values["start"] = chosen
        else:
            notes.append(f"{row.header('start')}: {' '.join(start.split())}")
            context.account.cell(
                row.where, row.header("start"), start, "not a date, kept as a note"
            )
    text = row.text("due")
    when = timing(text, row.text("start") or None, context.calendar) if text else Timing({})
    row.readings = when.readings
    keys = dict(when.keys)
    if not keys and when.readings:
        chosen = context.reading(f"{row.where}, {row.header('due')}", text, when.readings)
        keys = {"due": chosen} if chosen else {}
    if keys:
        return keys | values | {key: keys[key] for key in keys if key not in values}
    if text:
        what = NOT_A_DATE
        if when.readings:
            readings = " or ".join(when.readings)
            only = "could be" if len(when.readings) == 1 else "two readings:"
            what = f"{only} {readings}; kept as `timescale`"
        context.account.cell(row.where, row.header("due"), text, what)
        return {"timescale": line_of(text), **values}
    context.account.cell(
        row.where, row.header("due"), row.text("title"), "no date, so it is to be confirmed"
    )
    return {"due": "to-be-confirmed", **values}


def _outcome(row: FoundRow, context: Context, priority: str) -> dict[str, Plain]:
    """The outcome that an action works towards, which is one of its heading's."""
    title = line_of(row.text("outcome"))
    if not title:
        if row.said.get("benefits"):
            row.extra += row.said["benefits"]
        return {}
    known = context.outcomes.setdefault(priority, Register((), "outcome"))
    benefits = [step for text in row.texts("benefits") for step in steps(text)]
    more: dict[str, Plain] = {"benefits": [*benefits]} if benefits else {}
    return {"outcome": known.named(title, title, **more)}


def steps(text: str) -> list[str]:
    """A text as its points, one a line, without their signs."""
    lines = [_BULLET.sub("", line).strip() for line in text.splitlines()]
    return [line for line in lines if line]


def _budget(row: FoundRow, context: Context) -> dict[str, Plain]:
    """What an action costs and who pays; what is no sum of money stays a note."""
    budget: dict[str, Plain] = {}
    for role in ("planned", "spent"):
        for said in row.said.get(role, ()):
            known = amount(said.text, context.calendar)
            value = known.keys.get("value", "") if known else ""
            usable = known is not None and not known.more and known.unit in ("", POUNDS)
            british = context.plan.cover.currency == "GBP"
            if value and usable and british and role not in budget and not value.startswith("-"):
                budget[role] = value
                if known and known.keys.get("approximate"):
                    row.extra.append(said)
            else:
                row.extra.append(said)
                what = "not one sum of money, kept as a note"
                context.account.cell(row.where, said.column.header, said.text, what)
    if funder := row.text("funder"):
        if context.plan.cover.currency:
            budget["funder"] = line_of(funder)
        else:  # a budget needs a currency there, and a document rarely says it
            row.extra += row.said["funder"]
    return budget


def _updates(row: FoundRow, context: Context) -> list[Plain]:
    """How an action stood: a grade for each column of grades, with the evidence beside it."""
    evidence = list(row.said.get("evidence", ()))
    updates: dict[str, dict[str, Plain]] = {}
    for said in row.said.get("grade", ()):
        known = context.status(said.text)
        if known is None:
            row.extra.append(said)
            what = "not a status whose meaning is known, kept as a note"
            context.account.cell(row.where, said.column.header, said.text, what)
            continue
        when = _dated(said, row, context)
        if when is None:
            continue
        mine = [text for text in evidence if text.column.period in ("", said.column.period)]
        evidence = [text for text in evidence if text not in mine]
        texts = [known.evidence, *(" ".join(text.text.split()) for text in mine)]
        updates[when] = kept({
            "date": when, "grade": known.grade, "evidence": " ".join(filter(None, texts)),
            "source": context.source,
        })  # fmt: skip
    for text in evidence:
        row.extra.append(text)
        what = "no grade stands beside it, kept as a note"
        context.account.cell(row.where, text.column.header, text.text, what)
    return [updates[when] for when in sorted(updates, key=lambda when: period(when).end)]


def _dated(said: Said, row: FoundRow, context: Context) -> str | None:
    """The date of a grade: its column's, or the document's."""
    if said.column.period:
        return said.column.period
    if said.column.readings:
        header = said.column.header
        chosen = context.reading(header, header, said.column.readings)
        if chosen is None:
            row.extra.append(said)
            readings = " or ".join(said.column.readings)
            what = f"the time in the heading has two readings, {readings}; kept as a note"
            context.account.cell(row.where, header, said.text, what)
        return chosen
    known = read_period(row.text("dated"), context.calendar)
    if known.sure:
        return known.periods[0]
    if row.said.get("dated"):
        cell = row.said["dated"][0]
        row.extra.append(cell)
        what = "not a date, kept as a note"
        context.account.cell(row.where, cell.column.header, cell.text, what)
    return context.date.text
