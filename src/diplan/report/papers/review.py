"""The short note for a board: what moved, what is late, and what it has to decide."""

from collections.abc import Iterator

from diplan.ground.english import agree
from diplan.judge import Assessment, Verdict
from diplan.plan import Plan
from diplan.report import governance, headings, milestones, wording
from diplan.report.document import Block, Cell, Column, Document, Items, Table
from diplan.report.papers.case import Case, dates_wanted, section
from diplan.report.promises import moved_section
from diplan.report.status import as_of, conflicts, summary

MOVEMENTS = (
    Column("indicator", "Indicator"),
    Column("then", "Then"),
    Column("now", "Now"),
    Column("status_then", "Status then"),
    Column("status_now", "Status now"),
)


def review(case: Case) -> Document:
    """The paper `review`."""
    cover, before = case.plan.cover, case.before()
    return Document(
        f"{cover.title}: {cover.review or 'progress'} review",
        [f"As of {as_of(case.now)}, compared with {as_of(before)}.", *summary(case.now)],
        [
            *section("introduction", "Introduction", case.prose("review")),
            *section("movements", "Movements", _movements(case, before)),
            *section("milestones", "Milestones missed or not measured", _milestones(case)),
            *moved_section(case.now),
            *headings.graded(case.now),
            *section("lateness", "Lateness", _lateness(case, before)),
            *section("decisions", "Decisions asked for", _decisions(case)),
            *section("governance", "Who does what, and when next", governance.bodies(case.plan)),
        ],
    )


def _movements(case: Case, before: Assessment) -> Iterator[Block]:
    rows = [
        row
        for verdict in case.now.verdicts
        if (row := _moved(verdict, before.verdict[verdict.indicator.id], case.plan))
    ]
    yield Table(MOVEMENTS, rows, "Indicators that moved")
    still = len(case.now.verdicts) - len(rows)
    yield f"{still} of {wording.count(len(case.now.verdicts), 'indicator')} did not move."
    told = {standing.action.id: wording.graded(standing.grade) for standing in before.standings}
    regraded = [
        f"{standing.action.title}: {told[standing.action.id]} to {grade}"
        for standing in case.now.standings
        if (grade := wording.graded(standing.grade)) != told[standing.action.id]
    ]
    yield Items(regraded)


def _moved(verdict: Verdict, before: Verdict, plan: Plan) -> list[Cell]:
    """A row, where the figure or the status is another one than before."""
    then, now = wording.latest(before, plan), wording.latest(verdict, plan)
    if then == now and before.ruling == verdict.ruling:
        return []
    return [verdict.indicator.title, then, now, wording.badge(before), wording.badge(verdict)]


def _milestones(case: Case) -> Iterator[Block]:
    texts = [text for verdict in case.now.verdicts for text in milestones.passed(verdict)]
    if texts:
        yield Items(texts)


def _lateness(case: Case, before: Assessment) -> Iterator[Block]:
    late = {standing.action.id for standing in before.standings if standing.overdue}
    overdue = [standing for standing in case.now.standings if standing.overdue]
    of = len(case.now.live)
    fresh = [standing for standing in overdue if standing.action.id not in late]
    yield f"{len(overdue)} of {wording.count(of, 'action')} overdue, {len(fresh)} of them newly."
    yield Items(
        [
            f"{standing.action.title} ({wording.services(standing.action.lead, case.plan)}; "
            f"due by {wording.due(standing.action)})"
            for standing in fresh
        ]
    )


def _decisions(case: Case) -> Iterator[Block]:
    """What only the board can settle."""
    texts = [f"Which evidence counts? {text}" for text in conflicts(case.now)]
    texts += [
        f"An answer to the recommendation: {priority.title}"
        for priority in case.plan.priorities
        if priority.response and priority.response.answer == "awaited"
    ]
    texts += dates_wanted(case)
    texts += [
        f"A baseline for: {indicator.title}"
        for indicator in case.plan.indicators
        if indicator.baseline and indicator.baseline.missing == "to-be-confirmed"
    ]
    silent = [
        standing for standing in case.now.live if standing.overdue and standing.update is None
    ]
    if silent:
        texts.append(
            f"Whether {wording.count(len(silent), 'action')} with no update"
            f" {agree(len(silent), 'is done, goes on, or is', 'are done, go on, or are')} given up"
        )
    yield Items(texts) if texts else "None."
