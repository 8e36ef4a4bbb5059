"""The scrutiny monitoring form: each heading's actions side by side, with evidence and grade.

Its form is that of councils' progress updates to select committees.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from diplan.ground.english import in_words
from diplan.judge import NOT_GRADED, Standing
from diplan.plan import Plan
from diplan.report import budget, governance, headings, wording
from diplan.report.document import (
    Badge,
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Section,
    Table,
    several,
)
from diplan.report.grouping import by_priority
from diplan.report.papers.brief import brief
from diplan.report.papers.case import Case, due, in_year, section
from diplan.report.promises import moved_section
from diplan.report.status import opening

ABREAST = 3
"""How many actions stand side by side."""


def scrutiny(case: Case) -> Document:
    """The paper `scrutiny`."""
    return Document(
        f"Scrutiny monitoring, progress update: {case.plan.cover.title}",
        [opening(case.now), *_facts(case.plan)],
        [
            *brief(case),
            *section("introduction", "Introduction", case.prose("scrutiny")),
            *headings.graded(case.now),
            *_headings(case),
            *moved_section(case.now),
            *section("totals", "Totals", [_totals(case)]),
            *section("key", "Assessment of progress: the grades", [_key(case.plan)]),
        ],
    )


def _facts(plan: Plan) -> Iterator[Block]:
    """What the form begins with: when the plan was agreed, and who answers for it."""
    facts: list[tuple[str, Cell]] = []
    if plan.cover.agreed:
        facts.append(("Action plan agreed", in_words(plan.cover.agreed)))
    facts += [(wording.services([body.body], plan), body.does) for body in plan.governance]
    if facts:
        yield Facts(facts)
    yield from governance.counted(plan)


def _headings(case: Case) -> Iterator[Section]:
    plan = case.plan
    numbers = {priority.id: number for number, priority in enumerate(plan.priorities, 1)}
    for name, title, standings in by_priority(plan, in_year(case.now, case.year)):
        heading = f"{wording.heading(plan)} {numbers.get(name, '')}: {title}"
        yield from section(f"scrutiny-{name}", heading, _tables(standings, plan, title))


def _tables(standings: Sequence[Standing], plan: Plan, title: str) -> Iterator[Block]:
    """A heading's actions, a few abreast; those of one objective keep together under it."""
    first = 0
    for objective, group in groupby(standings, lambda standing: standing.action.objective):
        actions = list(group)
        if objective:
            yield f"{objective}:"
        for at in range(0, len(actions), ABREAST):
            yield _abreast(actions[at : at + ABREAST], first + at, plan, title)
        first += len(actions)


def _abreast(standings: Sequence[Standing], first: int, plan: Plan, title: str) -> Table:
    numbers = range(first + 1, first + len(standings) + 1)
    columns = [
        Column("what", "What was agreed"),
        *(Column(f"a{n}", f"Action {n}") for n in numbers),
    ]
    dates = {in_words(standing.update.date) if standing.update else "" for standing in standings}
    alike = dates.pop() if len(dates) == 1 else ""
    when = f" ({alike})" if alike else ""
    rows: list[list[Cell]] = [
        [
            "Responsibility",
            *(wording.led_by(standing.action, plan) or wording.DASH for standing in standings),
        ],
        ["Date", *(due(standing) for standing in standings)],
        ["Agreed action", *(standing.action.title for standing in standings)],
        [
            "Agreed success measure",
            *(standing.action.success_measure or wording.DASH for standing in standings),
        ],
        [
            f"Evidence of progress{when}",
            *(_evidence(standing, alike) for standing in standings),
        ],
        *_optional(standings, plan),
        [f"Assessment of progress{when}", *(_grade(standing, plan) for standing in standings)],
    ]
    which = f"actions {numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else f"action {numbers[0]}"
    return Table(columns, rows, f"{title}: {which}")


def _optional(standings: Sequence[Standing], plan: Plan) -> Iterator[list[Cell]]:
    """Rows for what only some actions say: next steps, risks and money."""
    said: tuple[tuple[str, list[Cell]], ...] = (
        ("Next steps", [several(standing.action.next_steps) for standing in standings]),
        ("Risks", [several(standing.action.risks) for standing in standings]),
        (
            "Budget",
            [
                budget.told(standing.action.budget, plan) if standing.action.budget else ""
                for standing in standings
            ],
        ),
    )
    for title, cells in said:
        if any(cells):
            yield [title, *(cell or wording.DASH for cell in cells)]


def _evidence(standing: Standing, alike: str) -> str:
    """The latest evidence, with its date unless the row's title has it: *alike*."""
    update = standing.evidence
    if update is None:
        return "none given"
    date = in_words(update.date)
    return f"{update.evidence}{'' if date == alike else f' ({date})'}"


def _grade(standing: Standing, plan: Plan) -> Badge:
    """The grade by its number on the scale, as the form has it, and in words."""
    badge = wording.grade(standing)
    if standing.ended or standing.grade not in plan.cover.grades:
        return badge
    return badge._replace(text=f"{plan.cover.grades.index(standing.grade) + 1}: {badge.text}")


def _totals(case: Case) -> Table:
    live = [standing for standing in in_year(case.now, case.year) if not standing.ended]
    columns = (Column("grade", "Grade"), Column("actions", "Actions", right=True))
    rows: list[list[Cell]] = [
        [
            "Not graded" if grade == NOT_GRADED else grade,
            str(sum(standing.grade == grade for standing in live)),
        ]
        for grade in (*case.plan.cover.grades, NOT_GRADED)
    ]
    rows.append(["All", str(len(live))])
    return Table(columns, rows, f"{wording.count(len(live), 'action')} by grade")


def _key(plan: Plan) -> Table:
    columns = (Column("number", "Number", right=True), Column("grade", "Grade"))
    rows: list[list[Cell]] = [[str(at), grade] for at, grade in enumerate(plan.cover.grades, 1)]
    return Table(columns, rows, "Key of the grades")
