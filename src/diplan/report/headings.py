"""Headings that are graded themselves, as recommendations often are."""

from collections.abc import Iterator

from diplan.ground.english import in_words
from diplan.judge import Assessment, HeadingStanding
from diplan.report import wording
from diplan.report.document import Badge, Cell, Column, Section, Table

COLUMNS = (
    Column("date", "As of", width=14),
    Column("grade", "Grade", width=14),
    Column("evidence", "Evidence", width=28),
)


def graded(assessment: Assessment) -> Iterator[Section]:
    """How each heading stands that carries updates, with its latest evidence."""
    rows = [_row(heading) for heading in assessment.headings if heading.priority.updates]
    if rows and assessment.whole:
        plan = assessment.plan
        columns = (Column("heading", wording.heading(plan), width=24), *COLUMNS)
        yield Section(f"{wording.headings(plan)}, graded", [Table(columns, rows)], key="headings")


def _row(heading: HeadingStanding) -> list[Cell]:
    if not heading.updates:
        return [heading.priority.title, wording.DASH, Badge("not graded"), wording.DASH]
    latest = heading.updates[-1]
    shown = next((update for update in reversed(heading.updates) if update.evidence), None)
    evidence = shown.evidence if shown and shown.evidence else "none given"
    return [heading.priority.title, in_words(latest.date), badge(heading), evidence]


def badge(heading: HeadingStanding) -> Badge:
    """A heading's grade, coloured by what it means."""
    text = wording.graded(heading.grade) if heading.grade else "not graded"
    return Badge(text, wording.grade_tone(heading.means))
