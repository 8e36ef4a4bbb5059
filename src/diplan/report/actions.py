"""Actions: a list of them, and all there is on one."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from diplan.judge import Assessment, Standing
from diplan.plan import Plan
from diplan.problems import Place
from diplan.report import data, wording
from diplan.report.document import Cell, Column, Document, Facts, Items, Section, Table
from diplan.report.grouping import by_priority
from diplan.report.promises import TITLE, moved_section, told
from diplan.report.status import actions_counted, as_of

LIST_SCHEMA = "diplan/actions/1"
SCHEMA = "diplan/action/1"
WHY_SCHEMA = "diplan/why/1"

COLUMNS = (
    Column("title", "Action", width=34),
    Column("lead", "Led by", width=20),
    Column("due", "Due", width=12),
    Column("grade", "Grade", width=11),
)


def actions(assessment: Assessment) -> Document:
    """The report of `diplan actions`: the actions of an assessment, by priority."""
    plan = assessment.plan
    sections = [
        Section(title, [Table(COLUMNS, [_row(found, plan) for found in standings])], key=name)
        for name, title, standings in by_priority(plan, assessment.standings)
    ]
    none = "No action is like that." if plan.actions else "The plan has no actions."
    counted = list(actions_counted(assessment)) or [none]
    return Document(
        f"{plan.cover.title}: actions",
        [f"As of {as_of(assessment)}.", *counted],
        [*sections, *moved_section(replace(assessment, verdicts=()))],
        lambda: {
            "schema": LIST_SCHEMA,
            "plan": plan.cover.id,
            "as_of": assessment.as_of.text,
            "actions": [data.action(found) for found in assessment.standings],
        },
        "actions",
    )


def _row(found: Standing, plan: Plan) -> list[Cell]:
    own = found.action
    return [
        own.title,
        wording.services(own.lead, plan) or wording.NONE,
        wording.due(own),
        wording.grade(found, plan),
    ]


def action(assessment: Assessment, name: str) -> Document:
    """The report of `diplan show` on an action."""
    plan = assessment.plan
    found = next(one for one in assessment.standings if one.action.id == name)
    own = found.action
    blocks = (
        ("Updates", list(_updates(found))),
        (TITLE, list(told(found.moved))),
        ("Meant to move", [_supported(assessment, one) for one in own.supports]),
        ("Notes", [own.note] if own.note else []),
    )
    return Document(
        own.title,
        [f"As of {as_of(assessment)}: {sentence(found)}", Facts(list(_facts(found, plan)))],
        [Section(title, [Items(texts)]) for title, texts in blocks if texts],
        lambda: {
            "schema": SCHEMA,
            "plan": plan.cover.id,
            "as_of": assessment.as_of.text,
            "action": data.action(found),
            "outcome": own.outcome,
            "objective": own.objective,
            "supports": list(own.supports),
            "success_measure": own.success_measure,
            "years": [str(year) for year in own.years],
            "updates": [
                {"date": str(update.date), "grade": update.grade, "evidence": update.evidence}
                for update in found.updates
            ],
            "source": own.source,
            "at": own.at,
            "note": own.note,
        },
        "updates",
    )


def sentence(found: Standing) -> str:
    """How an action stands, in a sentence."""
    own, update = found.action, found.update
    if found.ended and own.ended:
        by = f" by {own.ended.by}" if own.ended.by else ""
        return f"left the plan {own.ended.date.when}: {own.ended.why}{by}."
    said = f"{update.grade} {update.date.when}" if update else "nobody has reported on it yet"
    when = wording.due(own)
    if found.overdue:
        return f"{said}; it was due by {when} and is overdue."
    if own.due == "to-be-confirmed":
        return f"{said}; it has no date yet."
    return f"{said}; {when}." if own.due == "ongoing" else f"{said}; due {when}."


def why(assessment: Assessment, name: str, where: Callable[[Place], str]) -> Document:
    """The report of `diplan why` on an action; *where* turns a place into `file:line`."""
    plan = assessment.plan
    index = next(at for at, one in enumerate(plan.actions) if one.id == name)
    found = assessment.standings[index]
    own = found.action
    inputs = [("due", f"due: {wording.due(own)}", where(Place("actions", index, ("due",))))]
    inputs += [
        (
            "update",
            f"{update.date.words}: {update.grade}",
            where(Place("actions", index, ("updates", at))),
        )
        for at, update in enumerate(own.updates)
        if update in found.updates
    ]
    rules = [
        "The grade is that of the latest update by then; without one it is not graded.",
        f"It is overdue once its time has ended, unless it is {plan.cover.scale[0]} or has ended.",
    ]
    if own.due == "to-be-confirmed":
        rules.append("Without a date it is never on time by omission: it is listed as undated.")
    rules += [f"{text[0].upper()}{text[1:]}." for text in told(found.moved)]
    columns = (Column("said", "What the data says", width=40), Column("where", "Where", width=36))
    return Document(
        f"Why: {own.title}",
        [f"As of {as_of(assessment)}: {sentence(found)}"],
        [
            Section("Made from", [Table(columns, [[said, place] for _, said, place in inputs])]),
            Section("The rule", [Items(rules)]),
        ],
        lambda: {
            "schema": WHY_SCHEMA,
            "plan": plan.cover.id,
            "as_of": assessment.as_of.text,
            "sentence": sentence(found),
            "action": data.action(found),
            "inputs": [
                {"what": what, "said": said, "where": place} for what, said, place in inputs
            ],
        },
        "inputs",
    )


def _facts(found: Standing, plan: Plan) -> Iterator[tuple[str, Cell]]:
    own = found.action
    priority = plan.priority.get(own.priority)
    outcomes = {one.id: one.title for one in priority.outcomes} if priority else {}
    yield "Grade", wording.grade(found, plan)
    yield "Due", wording.span(own)
    yield "Led by", wording.services(own.lead, plan) or wording.NONE
    for part, names in own.parts.items():
        if part != "lead" and names:
            yield wording.PARTS[part].capitalize(), wording.services(names, plan)
    yield wording.heading(plan), priority.title if priority else own.priority
    if own.outcome:
        yield "Outcome", outcomes.get(own.outcome, own.outcome)
    if own.objective:
        yield "Objective", own.objective
    if own.success_measure:
        yield "Success", own.success_measure
    if own.years:
        yield "In plans of", wording.listed(str(year) for year in own.years)
    if own.source:
        yield "Source", ", ".join(filter(None, (wording.source(own.source, plan), own.at)))
    yield "Id", own.id


def _updates(found: Standing) -> Iterator[str]:
    for update in found.updates:
        told = f": {update.evidence}" if update.evidence else ""
        yield f"{update.date.words}: {update.grade}{told}"


def _supported(assessment: Assessment, name: str) -> str:
    found = assessment.verdict.get(name)
    return f"{found.indicator.title}: {wording.status(found)} [{name}]" if found else name
