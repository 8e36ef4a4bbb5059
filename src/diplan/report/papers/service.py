"""What one service has promised, and what it owes."""

from collections.abc import Iterator

from diplan.report import budget, wording
from diplan.report.document import Block, Cell, Column, Document, Items, Table
from diplan.report.grouping import priority_title
from diplan.report.papers.case import Case, dates_wanted, due, in_context, section, signs_of
from diplan.report.promises import moved_section
from diplan.report.status import as_of, summary, table

ACTIONS = (
    Column("action", "Action"),
    Column("heading", "Heading"),
    Column("with", "Together with"),
    Column("due", "Due"),
    Column("grade", "Grade"),
)


def service(case: Case) -> Document:
    """The paper `service`, about the service that is the case's subject."""
    title = case.plan.service[case.subject].title
    part = case._replace(now=case.now.only(lead=case.subject))
    return Document(
        f"{title}: what it has promised",
        [f"{case.plan.cover.title}. As of {as_of(case.now)}.", *summary(part.now)],
        [
            *section("owed", "Owed now", _owed(part)),
            *section("indicators", "Indicators", _indicators(part)),
            *section("actions", "Actions", _actions(part)),
            *moved_section(part.now),
            *section("parts", "Other parts that it has", _parts(case)),
            *signs_of(part),
        ],
    )


def _owed(case: Case) -> Iterator[Block]:
    texts = [
        f"A figure for: {verdict.indicator.title} ({wording.status(verdict)})"
        for verdict in case.now.verdicts
        if verdict.evidence is None and not verdict.for_context
    ]
    texts += [
        f"An update on: {standing.action.title} (due by {wording.due(standing.action)})"
        for standing in case.now.live
        if standing.overdue
    ]
    texts += dates_wanted(case)
    yield Items(texts) if texts else "Nothing."


def _indicators(case: Case) -> Iterator[Block]:
    if case.now.targeted:
        yield table(case.now.targeted, case.plan)._replace(caption="Indicators that it leads")
    for part in in_context(case):
        yield from part.blocks


def _parts(case: Case) -> Iterator[Block]:
    """What it does for actions that it does not lead, for the plan, and what is recommended."""
    plan, name = case.plan, case.subject
    texts = [
        f"{wording.PARTS[part].capitalize()}: {action.title}"
        for action in plan.actions
        for part, names in action.parts.items()
        if part != "lead" and name in names
    ]
    texts += [
        f"{wording.PARTS[body.role].capitalize()} for the plan: {body.does}"
        for body in plan.governance
        if body.body == name
    ]
    texts += [
        f"{wording.heading(plan)} addressed to it: {priority.title}"
        for priority in plan.priorities
        if name in priority.to
    ]
    yield Items(texts)


def _actions(case: Case) -> Iterator[Block]:
    rows: list[list[Cell]] = []
    for standing in case.now.standings:
        action = standing.action
        others = [name for name in action.lead if name != case.subject]
        rows.append(
            [
                action.title,
                priority_title(case.plan, action.priority),
                wording.services(others, case.plan) or wording.DASH,
                due(standing),
                wording.grade(standing),
            ]
        )
    yield Table(ACTIONS, rows, "Actions that it leads")
    yield Items(
        [
            f"{standing.action.title}: {word}: {text}"
            for standing in case.now.standings
            for word, texts in (
                ("next", standing.action.next_steps),
                ("risk", standing.action.risks),
            )
            for text in texts
        ]
    )
    yield from budget.counted(case.now)
