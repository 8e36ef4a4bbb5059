"""`diplan status`: how the plan stands."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from diplan.cli.lookup import known
from diplan.cli.moments import moment_in
from diplan.cli.options import (
    AsOfOption,
    AtOption,
    Colour,
    ColourOption,
    FormatOption,
    JobsOption,
    LeadOption,
    PlansArgument,
    PriorityOption,
    WorkspaceOption,
    YearOption,
)
from diplan.cli.output import Look, as_at, emit, look, print_report, rendered
from diplan.cli.workspace import open_plan

if TYPE_CHECKING:
    from diplan.plan import Plan
    from diplan.report.document import Document


class StatusWord(StrEnum):
    """The words that an indicator's status has."""

    achieved = "achieved"
    on_track = "on-track"
    slipped = "slipped"
    not_achieved = "not-achieved"
    no_data = "no-data"


def status(
    plans: PlansArgument = None,
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
    jobs: JobsOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Show how the plan stands, and what needs attention.

    Of several plans, one after the other.

    \b
    Examples:
      diplan status
      diplan status --year 2017/18
      diplan status --at v2018 --as-of 2018
      diplan status --as-of 2018 --lead libraries
      diplan status --status slipped --status not-achieved
      diplan status --format csv > status.csv
      diplan status examples --as-of 2025 --format json
    """
    from diplan.files.collection import is_one_plan

    asked = Asked(as_of, year, at, priority, lead, tuple(status or ()))
    if plans and not is_one_plan(plans):
        _several(plans, asked, look(format, colour), jobs)
        return
    plan, _ = open_plan(plans[0] if plans else workspace, at)
    print_report(asked.of(plan), format, colour)


class Asked(NamedTuple):
    """What is to be shown of a plan."""

    as_of: str | None
    year: str | None
    at: str | None
    priority: str | None
    lead: str | None
    statuses: Sequence[str]

    def of(self, plan: "Plan") -> "Document":
        """The report on a plan."""
        from diplan.judge import Status, assess
        from diplan.report.status import status as build

        assessment = assess(plan, moment_in(plan, self.as_of, self.year)).only(
            priority=known("priority", self.priority, plan),
            lead=known("service", self.lead, plan),
            statuses=[Status(word) for word in self.statuses],
        )
        return as_at(build(assessment), self.at)


class PrintedStatus(NamedTuple):
    """The report on one plan among many, as it is printed."""

    plan: str
    text: str


def printed(folder: Path, asked: Asked, looks: Look) -> PrintedStatus:
    """The report on one plan among many, with its id."""
    from diplan.cli.many import read
    from diplan.render.records import json_line

    plan, _ = read(folder, asked.at)
    name, document = plan.cover.id, asked.of(plan)
    if looks.form == "json":
        return PrintedStatus(name, json_line(document.data()))
    told = document.data()
    records = [{"plan": name, **record} for record in told["indicators"]]
    named = document._replace(
        title=f"{document.title} ({name})", data=lambda: {**told, "indicators": records}
    )
    return PrintedStatus(name, rendered(named, looks))


def _several(plans: Sequence[Path], asked: Asked, looks: Look, jobs: int | None) -> None:
    """Print the report on each of several plans, and how many there are."""
    from diplan.cli.many import Tally, each
    from diplan.files.collection import plan_folders

    tally = Tally()
    made = tally.made(
        each(printed, plan_folders(plans), jobs, asked, looks), lambda part: part.plan
    )
    if looks.form == "json":
        emit('{"schema": "diplan/statuses/1", "plans": [')
        for at, part in enumerate(made):
            emit(f"{',' if at else ''}{part.text}")
        emit(f'], "read": {tally.read}, "of": {tally.of}}}')
    elif looks.form == "csv":
        _print_rows(part.text for part in made)
    else:
        for at, part in enumerate(made):
            emit(f"{chr(10) if at else ''}{part.text}", coloured=looks.coloured)
    tally.close()


def _print_rows(texts: Iterable[str]) -> None:
    """Print tables under the header that they share."""
    headed = False
    for text in texts:
        header, end, rows = text.partition("\r\n")
        if header and not headed:
            emit(header + end)
            headed = True
        if rows:
            emit(rows)
