"""The actions of a paper in a table that can be scanned: who, by when, how it stands, what next."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from diplan.ground.english import in_words
from diplan.judge import Standing
from diplan.plan import Plan
from diplan.report import budget, promises, wording
from diplan.report.document import Block, Cell, Column, Items, Section, Table, several, to_action
from diplan.report.grouping import by_priority
from diplan.report.papers.case import Case, due, filled, section

ACTIONS = (
    Column("objective", "Objective"),
    Column("action", "Action"),
    Column("led_by", "Led by"),
    Column("due", "By when"),
    Column("grade", "Grade"),
    Column("evidence", "Latest evidence"),
    Column("next", "Next step"),
)


def promised(case: Case, standings: Sequence[Standing], level: int = 3) -> Iterator[Section]:
    """The actions under their priorities, and under the outcomes that they are for."""
    for name, title, group in by_priority(case.plan, standings):
        written = case.prose(name)
        by_outcome = [
            (outcome, list(each)) for outcome, each in groupby(group, lambda s: s.action.outcome)
        ]
        alone = len(by_outcome) == 1 and by_outcome[0][0] is None
        blocks = [*written, table(group, case.plan)] if alone else written
        yield Section(title, blocks, level, f"actions-{name}")
        if not alone:
            yield from _outcomes(by_outcome, case.plan, level + 1)


def _outcomes(
    by_outcome: Sequence[tuple[str | None, list[Standing]]], plan: Plan, level: int
) -> Iterator[Section]:
    """An outcome with its benefits and the actions for it."""
    known = {outcome.id: outcome for priority in plan.priorities for outcome in priority.outcomes}
    for name, group in by_outcome:
        outcome = known.get(name or "")
        title = outcome.title if outcome else "Other actions"
        blocks: list[Block] = []
        if outcome and outcome.benefits:
            blocks += ["What this brings:", Items(list(outcome.benefits))]
        blocks.append(table(group, plan))
        yield from section(f"outcome-{name or 'none'}", title, blocks, level)


def table(standings: Sequence[Standing], plan: Plan) -> Table:
    """Actions one a row. A column in which nothing would stand is left out."""
    graded = any(standing.update or standing.overdue or standing.ended for standing in standings)
    rows: list[list[Cell]] = []
    before: str | None = None
    for standing in standings:
        action = standing.action
        money = budget.told(action.budget, plan) if action.budget else ""
        objective = action.objective or wording.DASH
        rows.append(
            [
                "" if objective == before else objective,
                several([to_action(action), money]),
                wording.led_by(action, plan) or wording.DASH,
                several([due(standing), *_moved(standing)]),
                wording.grade(standing) if graded else wording.DASH,
                _evidence(standing),
                several(action.next_steps) or wording.DASH,
            ]
        )
        before = objective
    return filled(Table(ACTIONS, rows, merged=1))


def _evidence(standing: Standing) -> str:
    seen = standing.evidence
    return f"{seen.evidence} ({in_words(seen.date)})" if seen else wording.DASH


def _moved(standing: Standing) -> Iterator[str]:
    """The dates that an action had before, or has since."""
    for entry, in_force in standing.moved:
        if entry.what == "due" and not entry.correction:
            date = promises.value(entry.was if in_force else entry.now, "due")
            yield f"moved from {date}" if in_force else f"since moved to {date}"
