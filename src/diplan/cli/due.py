"""`diplan due`: what is owed to the plan, from whom, and since when."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.completion import years
from diplan.cli.lookup import known
from diplan.cli.moments import moment, period_option
from diplan.cli.options import AsOfOption, Colour, ColourOption, LeadOption, WorkspaceOption
from diplan.cli.output import emit, print_report, remark
from diplan.cli.workspace import open_plan

if TYPE_CHECKING:
    from diplan.report.due import DueView


DueFormat = StrEnum("DueFormat", ["table", "plain", "markdown", "json", "csv", "ics", "email"])
"""How what is due is printed."""


def due(
    lead: LeadOption = None,
    before: Annotated[
        str | None,
        typer.Option(
            metavar="PERIOD",
            autocompletion=years,
            help="Look ahead to where this period begins. Default: three months ahead.",
        ),
    ] = None,
    as_of: AsOfOption = None,
    format: Annotated[  # noqa: A002 - the option's name
        DueFormat | None,
        typer.Option(
            "--format",
            "-f",
            help="ics is a calendar, email a letter to each service. "
            "Default: table at a terminal, plain elsewhere.",
        ),
    ] = None,
    colour: ColourOption = Colour.auto,
    workspace: WorkspaceOption = None,
) -> None:
    """List what is due: figures, updates and dates, and from whom.

    \b
    Examples:
      diplan due
      diplan due --lead libraries --before 2018
      diplan due --as-of 2017-06 --format csv
      diplan due --format ics > due.ics
      diplan due --lead libraries --format email
    """
    from diplan.judge.due import ahead
    from diplan.judge.due import due as owed
    from diplan.report.due import DueView
    from diplan.report.due import due as build

    plan, _ = open_plan(workspace)
    now, service = moment(as_of, plan), known("service", lead, plan)
    until = period_option("--before", before, plan).start if before else ahead(now)
    whole = owed(plan, now, until)
    items = [item for item in whole if service is None or service in item.services]
    view = DueView(plan, now, until, whole, items)
    if format is DueFormat.ics:
        from diplan.render.ics import ics
        from diplan.report.due import events

        emit(ics(events(view), build(view).title, now.last_day))
    elif format is DueFormat.email:
        from diplan.report.reminders import letters

        emit(letters(view, service))
    else:
        print_report(build(view), format, colour)
        return
    _remarks(view, format)


def _remarks(view: "DueView", form: DueFormat) -> None:
    """What a calendar or a letter has no place for."""
    undated = sum(item.due is None for item in view.items)
    if not view.items:
        remark("nothing is due")
    elif undated and form is DueFormat.ics:
        remark(f"{undated} of {len(view.items)} have no date, so they are in no calendar")
