"""`diplan status`: how the plan stands."""

from enum import StrEnum
from typing import Annotated

import typer

from diplan.cli.lookup import known
from diplan.cli.moments import moment_in
from diplan.cli.options import (
    AsOfOption,
    AtOption,
    Colour,
    ColourOption,
    FormatOption,
    LeadOption,
    PriorityOption,
    WorkspaceOption,
    YearOption,
)
from diplan.cli.output import as_at, print_report
from diplan.cli.workspace import open_plan


class StatusWord(StrEnum):
    """The words that an indicator's status has."""

    achieved = "achieved"
    on_track = "on-track"
    slipped = "slipped"
    not_achieved = "not-achieved"
    no_data = "no-data"


def status(
    as_of: AsOfOption = None,
    year: YearOption = None,
    at: AtOption = None,
    priority: PriorityOption = None,
    lead: LeadOption = None,
    status: Annotated[
        list[StatusWord] | None,
        typer.Option(help="Only indicators with this status; can be repeated."),
    ] = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
    colour: ColourOption = Colour.auto,
    workspace: WorkspaceOption = None,
) -> None:
    """Show how the plan stands, and what needs attention.

    \b
    Examples:
      diplan status
      diplan status --year 2017/18
      diplan status --at v2018 --as-of 2018
      diplan status --as-of 2018 --lead libraries
      diplan status --status slipped --status not-achieved
      diplan status --format csv > status.csv
    """
    from diplan.judge import Status, assess
    from diplan.report.status import status as build

    plan, _ = open_plan(workspace, at)
    assessment = assess(plan, moment_in(plan, as_of, year)).only(
        priority=known("priority", priority, plan),
        lead=known("service", lead, plan),
        statuses=[Status(word) for word in status or ()],
    )
    print_report(as_at(build(assessment), at), format, colour)
