"""The short note for a board: what moved, what is late, and what it has to decide."""

from collections.abc import Iterator

from diplan.ground.english import agree
from diplan.judge import Assessment, Verdict
from diplan.plan import Plan
from diplan.report import framing, wording
from diplan.report.document import Block, Cell, Column, Document, Items, Table
from diplan.report.papers.case import Case, section
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
            *moved_section(case.now),
            *section("lateness", "Lateness", _lateness(case, before)),
            *section("decisions", "Decisions asked for", _decisions(case)),
            *section("governance", "Who does what, and when next", framing.governance(case.plan)),
        ],
    )


def _movements(case: Case, before: Assessment) -> Iterator[Block]:
    rows = [
        row
        for found in case.now.verdicts
        if (row := _moved(found, before.verdict[found.indicator.id], case.plan))
    ]
    if rows:
        yield Table(MOVEMENTS, rows, "Indicators that moved")
    still = len(case.now.verdicts) - len(rows)
    yield f"{still} of {wording.count(len(case.now.verdicts), 'indicator')} did not move."
    told = {found.action.id: wording.graded(found.grade) for found in before.standings}
    regraded = [
        f"{found.action.title}: {told[found.action.id]} to {grade}"
        for found in case.now.standings
        if (grade := wording.graded(found.grade)) != told[found.action.id]
    ]
    if regraded:
        yield Items(regraded)


def _moved(found: Verdict, before: Verdict, plan: Plan) -> list[Cell]:
    """A row, where the figure or the status is another one than before."""
    then, now = wording.latest(before, plan), wording.latest(found, plan)
    if then == now and before.ruling == found.ruling:
        return []
    return [found.indicator.title, then, now, wording.badge(before), wording.badge(found)]


def _lateness(case: Case, before: Assessment) -> Iterator[Block]:
    late = {found.action.id for found in before.standings if found.overdue}
    overdue = [found for found in case.now.standings if found.overdue]
    of = len(case.now.live)
    fresh = [found for found in overdue if found.action.id not in late]
    yield f"{len(overdue)} of {wording.count(of, 'action')} overdue, {len(fresh)} of them newly."
    if fresh:
        yield Items(
            [
                f"{found.action.title} ({wording.services(found.action.lead, case.plan)}; "
                f"due by {wording.due(found.action)})"
                for found in fresh
            ]
        )


def _decisions(case: Case) -> Iterator[Block]:
    """What only the board can settle."""
    texts = [f"Which evidence counts? {text}" for text in conflicts(case.now)]
    texts += [
        f"An answer to the recommendation: {own.title}"
        for own in case.plan.priorities
        if own.response and own.response.answer == "awaited"
    ]
    texts += [
        f"A date for: {found.action.title}"
        for found in case.now.live
        if found.action.due == "to-be-confirmed"
    ]
    texts += [
        f"A baseline for: {own.title}"
        for own in case.plan.indicators
        if own.baseline and own.baseline.missing == "to-be-confirmed"
    ]
    silent = [found for found in case.now.live if found.overdue and found.update is None]
    if silent:
        texts.append(
            f"Whether {wording.count(len(silent), 'action')} with no update"
            f" {agree(len(silent), 'is done, goes on, or is', 'are done, go on, or are')} given up"
        )
    yield Items(texts) if texts else "None."
