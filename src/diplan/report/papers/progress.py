"""The annual performance review: what became of each indicator, and who has to act."""

from collections.abc import Iterator

from diplan.judge import Verdict
from diplan.report import wording
from diplan.report.document import Block, Document, Items, Section
from diplan.report.grouping import by_priority
from diplan.report.papers.case import Case, charts, in_context, section, signs_of
from diplan.report.status import as_of, attention, summary, table


def progress(case: Case) -> Document:
    """The paper `progress`."""
    cover, now = case.plan.cover, case.now
    return Document(
        f"{cover.title}: performance review {case.year}",
        [f"As of {as_of(now)}.", *summary(now)],
        [
            *section("introduction", "Introduction", case.prose("progress")),
            *_priorities(case),
            *in_context(case),
            *(part._replace(key=f"attention-{at}") for at, part in enumerate(attention(now), 1)),
            *signs_of(case),
        ],
    )


def _priorities(case: Case) -> Iterator[Section]:
    for name, title, verdicts in by_priority(case.plan, case.now.targeted):
        blocks: list[Block] = [Items([_line(verdict, case) for verdict in verdicts])]
        drawn = table(verdicts, case.plan)
        blocks.append(drawn._replace(caption=f"Indicators: {title}"))
        blocks += charts(verdicts, case.plan)
        yield from section(f"progress-{name}", title, blocks)


def _line(verdict: Verdict, case: Case) -> str:
    lead = wording.services(verdict.indicator.lead, case.plan) or "no service named"
    return f"{verdict.indicator.title}: {wording.sentence(verdict)} Lead: {lead}."
