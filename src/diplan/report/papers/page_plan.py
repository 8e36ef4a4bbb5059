"""The plan on a page: its aims and how far it has come, on one side of A4."""

from collections.abc import Iterable, Iterator

from diplan.judge import Verdict
from diplan.plan import Plan
from diplan.report import governance, milestones, profiles, wording
from diplan.report.bars import bars
from diplan.report.document import (
    Badge,
    Block,
    Cell,
    Column,
    Document,
    Items,
    Layout,
    Lines,
    Section,
    Table,
    several,
)
from diplan.report.papers.case import Case, filled, in_year, section
from diplan.report.papers.one_page import fitted
from diplan.report.promises import moved_section
from diplan.report.status import opening

INDICATORS = (
    Column("indicator", "Indicator"),
    Column("baseline", "From"),
    Column("goal", "Goal"),
    Column("latest", "Latest"),
    Column("status", "Status"),
)
PRIORITIES = (
    Column("serves", "Serves"),
    Column("actions", "Actions"),
)


def page_plan(case: Case) -> Document:
    """The paper `page-plan`."""
    plan = case.plan
    sections: Iterable[Section] = (
        *section("aims", "Aims", case.prose("aims")),
        *section("standing", "How it stands", bars(case.now)),
        *section("priorities", wording.headings(plan), _priorities(case)),
        *section("indicators", "Progress", _indicators(case)),
        *moved_section(case.now),
        *section("current-picture", "Where it began", case.prose("current-picture")),
        *section("measures", "Measures of success", governance.measures(plan)),
        *section("outcomes", "Outcomes", _outcomes(plan)),
        *section("recommendations", "Answers", governance.recommendations(plan)),
        *section("profiles", "Who the plan is for", profiles.tables(plan)),
        *section("governance", "Who does what", governance.bodies(plan)),
    )
    return Document(
        f"{plan.cover.title}: plan on a page",
        [opening(case.now)],
        fitted(list(sections)),
        layout=Layout.ONE_PAGE,
    )


def _priorities(case: Case) -> Iterator[Block]:
    """Each heading with what it serves and how its actions stand."""
    plan = case.plan
    corporate = {corporate.id: corporate.title for corporate in plan.corporate}
    live = [standing for standing in in_year(case.now, case.year) if not standing.ended]
    rows: list[list[Cell]] = []
    for priority in plan.priorities:
        serves = [corporate.get(name, name) for name in priority.supports]
        own = [standing for standing in live if standing.action.priority == priority.id]
        late = sum(standing.overdue for standing in own)
        overdue = f", {late} overdue" if late else ""
        rows.append(
            [
                priority.title,
                Lines(serves) if serves else wording.DASH,
                f"{len(own)}{overdue}" if own else wording.DASH,
            ]
        )
    yield filled(Table((Column("priority", wording.heading(plan)), *PRIORITIES), rows))


def _indicators(case: Case) -> Iterator[Block]:
    """Those with figures first: the others give way where room is short."""
    known = [verdict for verdict in case.now.targeted if verdict.evidence]
    unknown = [verdict for verdict in case.now.targeted if not verdict.evidence]
    yield filled(Table(INDICATORS, [_row(each, case.plan) for each in (*known, *unknown)]))


def _row(verdict: Verdict, plan: Plan) -> list[Cell]:
    stones = [milestones.told(stone, verdict) for stone in milestones.worth_naming(verdict)]
    return [
        verdict.indicator.title,
        wording.baseline(verdict.indicator, plan),
        several([wording.target(verdict), *stones]),
        wording.latest(verdict, plan) if verdict.evidence else wording.DASH,
        Badge(wording.STATUS[verdict.status], wording.TONE[verdict.status]),
    ]


def _outcomes(plan: Plan) -> Iterator[Block]:
    yield Items([outcome.title for priority in plan.priorities for outcome in priority.outcomes])
