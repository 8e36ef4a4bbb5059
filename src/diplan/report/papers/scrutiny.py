"""The scrutiny monitoring form: each heading's actions side by side, with evidence and grade.

Its form is that of councils' progress updates to select committees.
"""

from collections.abc import Iterator, Sequence

from diplan.assess import NOT_GRADED, Standing
from diplan.model import Plan
from diplan.report import wording
from diplan.report.document import Block, Cell, Column, Document, Section, Table
from diplan.report.grouping import by_priority
from diplan.report.papers.case import Case, due, in_year, section
from diplan.report.status import as_of

ABREAST = 3
"""How many actions stand side by side."""


def scrutiny(case: Case) -> Document:
    """The paper `scrutiny`."""
    cover = case.plan.cover
    whose = f"{cover.organisation}. " if cover.organisation else ""
    return Document(
        f"Scrutiny monitoring, progress update: {cover.title}",
        [f"{whose}As of {as_of(case.now)}."],
        [
            *section("introduction", "Introduction", case.prose("scrutiny")),
            *_headings(case),
            *section("totals", "Totals", [_totals(case)]),
            *section("key", "Assessment of progress: the grades", [_key(case.plan)]),
        ],
    )


def _headings(case: Case) -> Iterator[Section]:
    word = case.plan.cover.heading
    found = by_priority(case.plan, in_year(case.now, case.year))
    for number, (name, title, standings) in enumerate(found, 1):
        heading = f"{word[0].upper()}{word[1:]} {number}: {title}"
        blocks: list[Block] = [
            _abreast(standings[at : at + ABREAST], at, case.plan, title)
            for at in range(0, len(standings), ABREAST)
        ]
        yield from section(f"scrutiny-{name}", heading, blocks)


def _abreast(standings: Sequence[Standing], first: int, plan: Plan, title: str) -> Table:
    numbers = range(first + 1, first + len(standings) + 1)
    columns = [
        Column("what", "What was agreed"),
        *(Column(f"a{n}", f"Action {n}") for n in numbers),
    ]
    when = [found.update.date.words if found.update else "" for found in standings]
    rows: list[list[Cell]] = [
        [
            "Responsibility",
            *(wording.services(one.action.lead, plan) or wording.DASH for one in standings),
        ],
        ["Date", *(due(found) for found in standings)],
        ["Agreed action", *(found.action.title for found in standings)],
        [
            "Agreed success measure",
            *(one.action.success_measure or wording.DASH for one in standings),
        ],
        [
            "Evidence of progress",
            *(
                f"{found.update.evidence or wording.DASH} ({date})"
                if found.update
                else "none given"
                for found, date in zip(standings, when, strict=True)
            ),
        ],
        ["Assessment of progress", *(wording.grade(found, plan) for found in standings)],
    ]
    return Table(columns, rows, f"{title}: actions {numbers[0]} to {numbers[-1]}")


def _totals(case: Case) -> Table:
    live = [found for found in in_year(case.now, case.year) if not found.ended]
    columns = (Column("grade", "Grade"), Column("actions", "Actions", right=True))
    rows: list[list[Cell]] = [
        [grade.replace(NOT_GRADED, "Not graded"), str(sum(one.grade == grade for one in live))]
        for grade in (*case.plan.cover.scale, NOT_GRADED)
    ]
    rows.append(["All", str(len(live))])
    return Table(columns, rows, f"How the {wording.count(len(live), 'action')} stand")


def _key(plan: Plan) -> Table:
    columns = (Column("number", "Number", right=True), Column("grade", "Grade"))
    rows: list[list[Cell]] = [[str(at), grade] for at, grade in enumerate(plan.cover.scale, 1)]
    return Table(columns, rows, "Key of the grades")
