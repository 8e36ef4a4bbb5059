"""The annual performance review: what became of each indicator, and who has to act."""

from collections.abc import Iterator

from diplan.judge import Standing
from diplan.report import headings
from diplan.report.document import Block, Document, Items
from diplan.report.papers.back import back
from diplan.report.papers.brief import brief
from diplan.report.papers.case import Case, in_year, section
from diplan.report.papers.findings import findings
from diplan.report.papers.promised import table
from diplan.report.promises import moved_section
from diplan.report.status import differing, opening


def progress(case: Case) -> Document:
    """The paper `progress`."""
    standings = [each for each in in_year(case.now, case.year) if not each.ended]
    late = [each for each in standings if each.overdue]
    undated = [each for each in standings if each.undated and not each.overdue]
    aside = [each for each in standings if each.aside]
    return Document(
        f"{case.plan.cover.title}: performance review {case.year}",
        [opening(case.now)],
        [
            *brief(case),
            *section("introduction", "Introduction", case.prose("progress")),
            *headings.graded(case.now),
            *findings(case),
            *section("overdue", "Overdue actions", _table(late, standings, case)),
            *section("undated", "Actions without a date", _table(undated, standings, case)),
            *section(
                "aside", "Actions that are paused or proposed", _table(aside, standings, case)
            ),
            *section("sums", "Sums that are not their source's", _sums(case)),
            *moved_section(case.now),
            *back(case),
        ],
    )


def _table(some: list[Standing], standings: list[Standing], case: Case) -> Iterator[Block]:
    """Some of the actions, and how many of how many they are."""
    if some:
        yield f"{len(some)} of {len(standings)} actions:"
        yield table(some, case.plan)


def _sums(case: Case) -> Iterator[Block]:
    yield Items(list(differing(case.now)))
