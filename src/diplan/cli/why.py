"""`diplan why`: how a verdict came about."""

from diplan.cli.lookup import known_id
from diplan.cli.moments import moment_in
from diplan.cli.options import (
    AsOfOption,
    AtOption,
    Colour,
    ColourOption,
    FormatOption,
    IdArgument,
    WorkspaceOption,
    YearOption,
)
from diplan.cli.output import as_at, print_report
from diplan.cli.workspace import open_plan


def why(
    name: IdArgument,
    as_of: AsOfOption = None,
    year: YearOption = None,
    at: AtOption = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
    colour: ColourOption = Colour.auto,
    workspace: WorkspaceOption = None,
) -> None:
    """Explain a verdict: its formula, its inputs and what is needed.

    Each input is shown with its file and line.

    \b
    Examples:
      diplan why offline-adults-share --as-of 2018
      diplan why staff-skills-checks
    """
    from diplan.judge import assess
    from diplan.report.actions import why as why_action
    from diplan.report.why import why as why_indicator

    plan, loaded = open_plan(workspace, at)
    assessment = assess(plan, moment_in(plan, as_of, year))
    build = why_indicator if known_id(name, plan) in plan.indicator else why_action
    print_report(as_at(build(assessment, name, loaded.where), at), format, colour)
