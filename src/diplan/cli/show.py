"""`diplan show` and `diplan why`: one indicator or action, and how its verdict came about."""

from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.options import (
    AsOfOption,
    AtOption,
    Colour,
    ColourOption,
    FormatOption,
    WorkspaceOption,
    YearOption,
    as_at,
    indicator_and_action_ids,
    moment_in,
    open_plan,
    print_report,
)

if TYPE_CHECKING:
    from diplan.plan import Plan

IdArgument = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="The id of an indicator or an action.",
        autocompletion=indicator_and_action_ids,
    ),
]


IdOrNothing = Annotated[
    str | None,
    typer.Argument(
        metavar="[ID]",
        help="The id of an indicator or an action. Default: list every id with its title.",
        autocompletion=indicator_and_action_ids,
        show_default=False,
    ),
]


def known_id(name: str, plan: "Plan") -> str:
    """The id, if the plan has it."""
    from diplan.cli.naming import unknown

    if name in plan.indicator or name in plan.action:
        return name
    raise unknown("indicator or action", name, (*plan.indicators, *plan.actions))


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
