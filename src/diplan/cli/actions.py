"""`diplan actions`: who has promised what, by when, and how it went."""

from typing import Annotated

import typer

from diplan.cli.completion import grades, years
from diplan.cli.lookup import known
from diplan.cli.moments import moment, period_option, plan_year
from diplan.cli.options import (
    AsOfOption,
    Colour,
    ColourOption,
    FormatOption,
    LeadOption,
    PriorityOption,
    WorkspaceOption,
)
from diplan.cli.output import print_report
from diplan.cli.workspace import open_plan
from diplan.ground.lookup import grade_of


def actions(
    lead: LeadOption = None,
    priority: PriorityOption = None,
    year: Annotated[
        str | None,
        typer.Option(
            metavar="YEAR", autocompletion=years, help="Only actions in this year's action plan."
        ),
    ] = None,
    grade: Annotated[
        str | None, typer.Option(autocompletion=grades, help="Only this grade, or not-graded.")
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only overdue actions.")] = False,
    due_before: Annotated[
        str | None,
        typer.Option(
            metavar="PERIOD",
            autocompletion=years,
            help="Only actions due before this period begins.",
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
    from diplan.judge import NOT_GRADED, Standing, assess
    from diplan.report.actions import actions as build

    plan, _ = open_plan(workspace)
    before = period_option("--due-before", due_before, plan) if due_before else None
    in_year = plan_year(plan, year) if year else None
    grade = grade and grade_of(grade, (*plan.cover.grades, NOT_GRADED))

    def wanted(standing: Standing) -> bool:
        due = standing.action.due
        return (
            (not overdue or standing.overdue)
            and grade in (None, standing.grade)
            and (in_year is None or not standing.action.years or in_year in standing.action.years)
            and (before is None or (isinstance(due, Period) and due.end <= before.start))
        )

    assessment = assess(plan, moment(as_of, plan)).only(
        priority=known("priority", priority, plan), lead=known("service", lead, plan)
    )
    print_report(build(assessment.where(wanted)), format, colour)
