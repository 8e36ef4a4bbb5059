"""`diplan actions`: who has promised what, by when, and how it went."""

from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.options import (
    AsOfOption,
    Colour,
    ColourOption,
    FormatOption,
    LeadOption,
    PriorityOption,
    WorkspaceOption,
    known,
    moment,
    open_plan,
    period_option,
    plan_year,
    print_report,
)

if TYPE_CHECKING:
    from diplan.plan import Plan


def actions(
    lead: LeadOption = None,
    priority: PriorityOption = None,
    year: Annotated[
        str | None,
        typer.Option(
            metavar="YEAR",
            help="Only those that stand in this year's action plan.",
            show_default=False,
        ),
    ] = None,
    grade: Annotated[
        str | None,
        typer.Option(help="Only this grade, or not-graded.", show_default=False),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those overdue.")] = False,
    due_before: Annotated[
        str | None,
        typer.Option(
            metavar="PERIOD", help="Only those due before this period begins.", show_default=False
        ),
    ] = None,
    as_of: AsOfOption = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
    colour: ColourOption = Colour.auto,
    workspace: WorkspaceOption = None,
) -> None:
    """List actions: who leads them, when they are due, how they stand.

    \b
    Examples:
      diplan actions --overdue --lead libraries
      diplan actions --year 2016/17 --grade not-graded
      diplan actions --due-before 2017-01
    """
    from diplan.ground.period import Period
    from diplan.judge import Standing, assess
    from diplan.report.actions import actions as build

    plan, _ = open_plan(workspace)
    before = period_option("--due-before", due_before) if due_before else None
    in_year = plan_year(plan, year) if year else None
    grade = _grade(grade, plan)

    def wanted(found: Standing) -> bool:
        due = found.action.due
        return (
            (not overdue or found.overdue)
            and grade in (None, found.grade)
            and (in_year is None or not found.action.years or in_year in found.action.years)
            and (before is None or (isinstance(due, Period) and due.end <= before.start))
        )

    assessment = assess(plan, moment(as_of)).only(
        priority=known("priority", priority, plan), lead=known("service", lead, plan)
    )
    print_report(build(assessment.where(wanted)), format, colour)


def _grade(word: str | None, plan: "Plan") -> str | None:
    """The plan's grade that *word* means, whatever its capitals."""
    from diplan.ground.errors import UnknownIdError
    from diplan.ground.text import suggest
    from diplan.judge import NOT_GRADED

    grades = {grade.lower(): grade for grade in (*plan.cover.scale, NOT_GRADED)}
    if word is None or word.lower() in grades:
        return grades[word.lower()] if word else None
    close = suggest(word.lower(), grades)
    listing = f"the grades are {', '.join(grades.values())}"
    raise UnknownIdError("grade", word, grades[close] if close else None, listing)
