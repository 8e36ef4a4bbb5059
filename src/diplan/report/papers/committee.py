"""The report to a committee: what is asked of it, how the plan stands, and what that means.

The sections that an officer has to write come from `data/narrative/`. Those that nobody has
written are left out.
"""

from collections.abc import Iterator

from diplan.ground.english import in_words
from diplan.report import budget, governance, wording
from diplan.report.document import Block, Cell, Document, Facts, Items, Section
from diplan.report.papers.back import back
from diplan.report.papers.brief import brief
from diplan.report.papers.case import Case, in_year, section
from diplan.report.papers.findings import findings
from diplan.report.papers.promised import promised
from diplan.report.promises import moved_section
from diplan.report.status import as_of


def committee(case: Case) -> Document:
    """The paper `committee`."""
    standings = in_year(case.now, case.year)
    return Document(
        f"{case.plan.cover.title}: progress in {case.year}",
        [Facts(list(_title_block(case)))],
        [
            *section("purpose", "Purpose of the report", _purpose(case)),
            *section("recommendations", "Recommendations", case.prose("recommendations")),
            *brief(case),
            *section("background", "Background", case.prose("background")),
            Section("Progress", [], key="progress"),
            *findings(case, 3),
            *moved_section(case.now),
            *_implications(case),
            *section("consultation", "Consultation", case.prose("consultation")),
            *section("background-papers", "Background papers", case.prose("background-papers")),
            Section(f"Appendix: actions {case.year}", [_counted(case)], key="actions"),
            *promised(case, standings),
            *section("governance", "Appendix: who does what", governance.bodies(case.plan)),
            *back(case),
        ],
    )


def _title_block(case: Case) -> Iterator[tuple[str, Cell]]:
    """Whose report it is, about what, and how it stood when."""
    plan = case.plan
    answering = [body for body in plan.governance if body.role == "accountable"]
    if plan.cover.organisation:
        yield "Organisation", plan.cover.organisation
    if answering:
        yield "Report of", wording.services([body.body for body in answering], plan)
    yield "Subject", plan.cover.title
    yield "Year", in_words(case.year)
    yield "Position as of", as_of(case.now)


def _purpose(case: Case) -> list[Block]:
    what = f"how far {case.plan.cover.title} had come by {as_of(case.now)}"
    return case.prose("purpose") or [f"To say {what}, and what needs a decision."]


def _counted(case: Case) -> str:
    return f"{wording.count(len(in_year(case.now, case.year)), 'action')} in {case.year}."


def _implications(case: Case) -> Iterator[Section]:
    """What the plan means for money, law, equality, risk and climate, as far as it is said."""
    said = [
        *section("financial", "Financial implications", _money(case), 3),
        *section("legal", "Legal implications", case.prose("legal"), 3),
        *section("equality", "Equality implications", case.prose("equality"), 3),
        *section("risk", "Risks", _risks(case), 3),
        *section("climate", "Climate implications", case.prose("climate"), 3),
    ]
    if said:
        yield Section("Implications", [], key="implications")
        yield from said


def _money(case: Case) -> Iterator[Block]:
    yield from case.prose("financial")
    for part in budget.section(case.now):
        yield from budget.counted(case.now)
        yield from part.blocks


def _risks(case: Case) -> Iterator[Block]:
    yield from case.prose("risk")
    yield Items(
        [
            f"{standing.action.title}: {risk}"
            for standing in in_year(case.now, case.year)
            if not standing.ended
            for risk in standing.action.risks
        ]
    )
