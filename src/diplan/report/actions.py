"""Actions: a list of them, and all there is on one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from diplan.ground.english import capital, in_or_on, in_words
from diplan.ground.period import Period
from diplan.judge import Assessment, Standing
from diplan.plan import Plan
from diplan.plan.vocabulary import WORDS
from diplan.problems import Place
from diplan.report import budget, data, wording
from diplan.report.document import Block, Cell, Column, Document, Facts, Items, Section, Table
from diplan.report.grouping import by_priority, priority_title
from diplan.report.promises import TITLE, moved_section, told
from diplan.report.status import actions_counted, as_of

LIST_SCHEMA = "diplan/actions/1"
SCHEMA = "diplan/action/1"
WHY_SCHEMA = "diplan/why/1"

EXCUSES = (
    "its grade means that it is done or only proposed, it was paused before then, or it has left"
    " the plan"
)

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
        Section(title, _under(name, standings, assessment), key=name)
        for name, title, standings in by_priority(plan, assessment.standings)
    ]
    none = "No actions match." if plan.actions else "The plan has no actions."
    counted = list(actions_counted(assessment)) or [none]
    return Document(
        f"{plan.cover.title}: actions",
        [f"As of {as_of(assessment)}.", *counted],
        [*sections, *budget.section(assessment), *moved_section(replace(assessment, verdicts=()))],
        lambda: {
            "schema": LIST_SCHEMA,
            "plan": plan.cover.id,
            "as_of": assessment.as_of.text,
            "actions": [
                data.action(standing, plan.cover.currency) for standing in assessment.standings
            ],
            "budgets": budget.records(assessment),
        },
        "actions",
    )


def _under(name: str, standings: Sequence[Standing], assessment: Assessment) -> list[Block]:
    """The actions under a heading, and those that stand elsewhere and refer to it."""
    plan = assessment.plan
    blocks: list[Block] = [Table(COLUMNS, [_row(standing, plan) for standing in standings])]
    others = [
        f"{action.title} (under {priority_title(plan, action.priority)})"
        for standing in assessment.standings
        if name in (action := standing.action).priorities[1:]
    ]
    return [*blocks, "See also:", Items(others)] if others else blocks


def _row(standing: Standing, plan: Plan) -> list[Cell]:
    action = standing.action
    return [
        action.title,
        wording.services(action.lead, plan) or wording.NONE,
        wording.due(action),
        wording.grade(standing),
    ]


def action(assessment: Assessment, name: str) -> Document:
    """The report of `diplan show` on an action."""
    plan = assessment.plan
    standing = next(standing for standing in assessment.standings if standing.action.id == name)
    action = standing.action
    blocks = (
        ("Updates", list(_updates(standing))),
        (TITLE, list(told(standing.moved))),
        ("Next steps", list(action.next_steps)),
        ("Risks", list(action.risks)),
        ("Meant to move", [_supported(assessment, support) for support in action.supports]),
        ("Notes", [action.note] if action.note else []),
    )
    return Document(
        action.title,
        [f"As of {as_of(assessment)}: {sentence(standing)}", Facts(list(_facts(standing, plan)))],
        [Section(title, [Items(texts)]) for title, texts in blocks if texts],
        lambda: {
            "schema": SCHEMA,
            "plan": plan.cover.id,
            "as_of": assessment.as_of.text,
            "action": data.action(standing, plan.cover.currency),
            "outcome": action.outcome,
            "objective": action.objective,
            "supports": list(action.supports),
            "success_measure": action.success_measure,
            "next_steps": list(action.next_steps),
            "risks": list(action.risks),
            "years": [str(year) for year in action.years],
            "updates": [
                {"date": str(update.date), "grade": update.grade, "evidence": update.evidence}
                for update in standing.updates
            ],
            "source": action.source,
            "at": action.at,
            "note": action.note,
        },
        "updates",
    )


def sentence(standing: Standing) -> str:
    """How an action stands, in a sentence."""
    action, update = standing.action, standing.update
    if standing.ended and action.ended:
        by = f" by {action.ended.by}" if action.ended.by else ""
        return f"left the plan {in_or_on(action.ended.date)}: {action.ended.why}{by}."
    said = f"{update.grade} {in_or_on(update.date)}" if update else "nobody has reported on it yet"
    when = wording.due(action)
    if standing.overdue:
        return f"{said}; it was due by {when} and is overdue."
    if standing.undated:
        return f"{said}; it has no date yet."
    if isinstance(action.due, Period):
        return f"{said}; due {when}."
    return f"{said}; timescale: {when}." if when == action.timescale else f"{said}; {when}."


def why(assessment: Assessment, name: str, where: Callable[[Place], str]) -> Document:
    """The report of `diplan why` on an action; *where* turns a place into `file:line`."""
    plan = assessment.plan
    index = next(at for at, action in enumerate(plan.actions) if action.id == name)
    standing = assessment.standings[index]
    action = standing.action
    when = wording.due(action)
    key = "timescale" if when == action.timescale else "due"
    inputs = [(key, f"{key}: {when}", where(Place("actions", index, (key,))))]
    inputs += [
        (
            "update",
            f"{in_words(update.date)}: {update.grade}",
            where(Place("actions", index, ("updates", at))),
        )
        for at, update in enumerate(action.updates)
        if update in standing.updates
    ]
    rules = [
        "The grade is that of the latest update by then; without one it is not graded.",
        "Its time is in words, so it is never overdue."
        if key == "timescale"
        else f"It is overdue once its time has ended, unless {EXCUSES}.",
    ]
    if standing.means:
        rules.insert(1, f"{standing.grade} means: {WORDS[standing.means].lower().rstrip('.')}.")
    if action.continues:
        rules.append("It is to be kept up: a later grade that is on course is in time.")
    if standing.undated:
        rules.append("Without a date it is never on time by omission: it is listed as undated.")
    rules += [f"{capital(text)}." for text in told(standing.moved)]
    columns = (Column("said", "What the data says", width=40), Column("where", "Where", width=36))
    return Document(
        f"Why: {action.title}",
        [f"As of {as_of(assessment)}: {sentence(standing)}"],
        [
            Section("Made from", [Table(columns, [[said, place] for _, said, place in inputs])]),
            Section("The rule", [Items(rules)]),
        ],
        lambda: {
            "schema": WHY_SCHEMA,
            "plan": plan.cover.id,
            "as_of": assessment.as_of.text,
            "sentence": sentence(standing),
            "action": data.action(standing, plan.cover.currency),
            "inputs": [
                {"what": what, "said": said, "where": place} for what, said, place in inputs
            ],
        },
        "inputs",
    )


def _facts(standing: Standing, plan: Plan) -> Iterator[tuple[str, Cell]]:
    action = standing.action
    priority = plan.priority.get(action.priority)
    outcomes = {outcome.id: outcome.title for outcome in priority.outcomes} if priority else {}
    yield "Grade", wording.grade(standing)
    when = wording.span(action)
    yield "Timescale" if when == action.timescale else "Due", when
    yield "Led by", wording.services(action.lead, plan) or wording.NONE
    for part, names in action.parts.items():
        if part != "lead" and names:
            yield wording.PARTS[part].capitalize(), wording.services(names, plan)
    yield wording.heading(plan), priority.title if priority else action.priority
    if others := action.priorities[1:]:
        titles = (plan.priority[name].title if name in plan.priority else name for name in others)
        yield "Also under", wording.listed(titles)
    if action.budget:
        yield "Budget", budget.told(action.budget, plan)
    if action.timescale and action.timescale != when:
        yield "Timescale", action.timescale
    if action.outcome:
        yield "Outcome", outcomes.get(action.outcome, action.outcome)
    if action.objective:
        yield "Objective", action.objective
    if action.success_measure:
        yield "Success", action.success_measure
    if action.years:
        yield "In plans of", wording.listed(str(year) for year in action.years)
    if action.source:
        yield "Source", ", ".join(filter(None, (wording.source(action.source, plan), action.at)))
    yield "Id", action.id


def _updates(standing: Standing) -> Iterator[str]:
    for update in standing.updates:
        told = f": {update.evidence}" if update.evidence else ""
        yield f"{in_words(update.date)}: {update.grade}{told}"


def _supported(assessment: Assessment, name: str) -> str:
    verdict = assessment.verdict.get(name)
    return f"{verdict.indicator.title}: {wording.status(verdict)} [{name}]" if verdict else name
