"""The plan on a page: aims, current picture, alignment, outcomes and measures."""

from collections.abc import Iterator

from diplan.plan import Plan
from diplan.report import governance, milestones, profiles, wording
from diplan.report.document import Block, Cell, Column, Document, Facts, Items, Lines, Table
from diplan.report.papers.case import Case, section
from diplan.report.promises import moved_section

ALIGNMENT = (
    Column("corporate", "Corporate priority"),
    Column("objectives", "Its objectives"),
    Column("served", "Served by"),
)


def page_plan(case: Case) -> Document:
    """The paper `page-plan`."""
    plan = case.plan
    return Document(
        f"{plan.cover.title}: plan on a page",
        [f"{plan.cover.organisation}."] if plan.cover.organisation else [],
        [
            *section("aims", "Aims", _aims(case)),
            *section("current-picture", "Current picture", _picture(case)),
            *section("alignment", "Alignment with corporate priorities", _alignment(plan)),
            *section("outcomes", "Outcomes", _outcomes(plan)),
            *section("measures", "Measures of success", _measures(case)),
            *moved_section(case.now),
            *section("recommendations", "Answers", governance.recommendations(plan)),
            *section("profiles", "Who the plan is for", profiles.tables(plan)),
            *section("governance", "Who does what", governance.bodies(plan)),
        ],
    )


def _aims(case: Case) -> list[Block]:
    return case.prose("aims") or [Items([priority.title for priority in case.plan.priorities])]


def _picture(case: Case) -> Iterator[Block]:
    yield from case.prose("current-picture")
    known = [
        (indicator.title, wording.baseline(indicator, case.plan))
        for indicator in case.plan.indicators
        if indicator.baseline and not indicator.baseline.missing
    ]
    if known:
        yield "Where the indicators began:"
        yield Facts(known)


def _alignment(plan: Plan) -> Iterator[Block]:
    rows: list[list[Cell]] = []
    for corporate in plan.corporate:
        served = [
            priority.title for priority in plan.priorities if corporate.id in priority.supports
        ]
        rows.append(
            [
                corporate.title,
                Lines(corporate.objectives) if corporate.objectives else wording.DASH,
                Lines(served) if served else wording.DASH,
            ]
        )
    yield Table(ALIGNMENT, rows, "Corporate priorities, and what here serves them")


def _outcomes(plan: Plan) -> Iterator[Block]:
    texts = [outcome.title for priority in plan.priorities for outcome in priority.outcomes]
    yield Items(texts)


def _measures(case: Case) -> Iterator[Block]:
    yield from governance.measures(case.plan)
    texts = [
        "; ".join(
            [
                f"{verdict.indicator.title}: {wording.target(verdict)}",
                *(milestones.told(stone, verdict) for stone in milestones.worth_naming(verdict)),
            ]
        )
        for verdict in case.now.targeted
    ]
    yield Items(texts)
