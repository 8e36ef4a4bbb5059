"""What one service has promised, and what it owes."""

from collections.abc import Iterator
from dataclasses import replace

from diplan.report import budget, wording
from diplan.report.document import Block, Document, Items
from diplan.report.papers.case import Case, section, signs_of
from diplan.report.papers.decisions import dates_wanted
from diplan.report.papers.findings import findings
from diplan.report.papers.promised import promised
from diplan.report.promises import moved_section
from diplan.report.status import actions_counted, as_of


def service(case: Case) -> Document:
    """The paper `service`, about the service that is the case's subject."""
    title = case.plan.service[case.subject].title
    part = replace(case, now=case.now.only(lead=case.subject))
    return Document(
        f"{title}: what it has promised",
        [
            f"{case.plan.cover.title}. As of {as_of(case.now)}.",
        ],
        [
            *section("owed", "Owed now", _owed(part)),
            *findings(case, part=part.now),
            *section("actions", "Actions", _actions(part)),
            *promised(part, part.now.standings),
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
    """What it leads, in a sentence; the tables of them follow."""
    if case.now.standings:
        yield next(iter(actions_counted(case.now)), "None of its actions is in the plan any more.")
        yield Items(
            [
                f"{standing.action.title}: risk: {risk}"
                for standing in case.now.standings
                for risk in standing.action.risks
            ]
        )
        yield from budget.counted(case.now)
