"""`diplan show`: everything about one indicator or action, or the ids of all."""

from diplan.cli.lookup import known_id
from diplan.cli.moments import moment_in
from diplan.cli.options import (
    AsOfOption,
    AtOption,
    Colour,
    ColourOption,
    FormatOption,
    IdOrNothing,
    WorkspaceOption,
    YearOption,
)
from diplan.cli.output import as_at, print_report
from diplan.cli.workspace import open_plan


def show(
    name: IdOrNothing = None,
    as_of: AsOfOption = None,
    year: YearOption = None,
    at: AtOption = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
    colour: ColourOption = Colour.auto,
    workspace: WorkspaceOption = None,
) -> None:
    """Show everything about an indicator or an action.

    That is figures, sources, marks, notes and links.

    Without an id it lists the plan's ids, each with its title.

    \b
    Examples:
      diplan show
      diplan show offline-adults-share
      diplan show website-redesign
    """
    from diplan.judge import assess
    from diplan.report.actions import action
    from diplan.report.ids import ids
    from diplan.report.indicator import indicator

    plan, _ = open_plan(workspace, at)
    if name is None:
        print_report(as_at(ids(plan), at), format, colour)
        return
    assessment = assess(plan, moment_in(plan, as_of, year))
    build = indicator if known_id(name, plan) in plan.indicator else action
    print_report(as_at(build(assessment, name), at), format, colour)
