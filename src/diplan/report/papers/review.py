"""The short note for a board: what moved, what is late, and what it has to decide."""

from collections.abc import Iterator

from diplan.judge import Assessment
from diplan.report import governance, headings, milestones, wording
from diplan.report.bars import bars
from diplan.report.diff import because, indicators
from diplan.report.document import Block, Document, Items
from diplan.report.papers.brief import regraded
from diplan.report.papers.case import Case, section
from diplan.report.papers.decisions import decisions
from diplan.report.promises import moved_section
from diplan.report.status import as_of


def review(case: Case) -> Document:
    """The paper `review`."""
    cover, before = case.plan.cover, case.before
    return Document(
        f"{cover.title}: {cover.review or 'progress'} review",
        [f"As of {as_of(case.now)}, compared with {as_of(before)}."],
        [
            *section("introduction", "Introduction", case.prose("review")),
            *section("standing", "How it stands", bars(case.now)),
            *section("movements", "What moved, and why", _movements(case)),
            *section("milestones", "Milestones missed or not measured", _milestones(case)),
            *moved_section(case.now),
            *headings.graded(case.now),
            *section("lateness", "Lateness", _lateness(case, before)),
            *section("decisions", "Decisions asked for", _decisions(case)),
            *section("governance", "Who does what, and when next", governance.bodies(case.plan)),
        ],
    )


def _movements(case: Case) -> Iterator[Block]:
    """What stands differently, and why; and how much does not."""
    changes = case.changes
    moved = [change for change in changes.indicators if change.after]
    yield indicators(changes, because)
    still, of = len(case.now.verdicts) - len(moved), len(case.now.verdicts)
    yield f"{still} of {wording.count(of, 'indicator')} did not move."
    yield Items(regraded(changes))


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
    texts = decisions(case)
    yield Items(texts) if texts else "None."
