"""`diplan compare`: several plans side by side."""

from pathlib import Path
from typing import Annotated

import typer

from diplan.cli.lookup import one_of
from diplan.cli.moments import moment
from diplan.cli.options import AsOfOption, Colour, ColourOption, FormatOption
from diplan.cli.output import print_report
from diplan.cli.workspace import open_plan, workspaces
from diplan.ground.errors import DiplanError


def compare(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="WORKSPACE...",
            help="The folders of the plans; one that holds several plans stands for all of them.",
        ),
    ],
    definition: Annotated[
        str | None, typer.Option(metavar="ID", help="Only what is measured under this definition.")
    ] = None,
    as_of: AsOfOption = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
    colour: ColourOption = Colour.auto,
) -> None:
    """Compare several plans side by side.

    Shows what each can be held to, how it stands and what it measures.

    Figures are compared where indicators share a definition, for the same period only.

    \b
    Examples:
      diplan compare . examples --as-of 2020
      diplan compare our-plan their-plan --format markdown
      diplan compare . examples --definition adults-not-using-the-internet --format csv
    """
    from diplan.judge import assess
    from diplan.judge.compare import definitions
    from diplan.report.compare import compare as build

    when = moment(as_of)
    homes = list(dict.fromkeys(home for folder in folders for home in workspaces(folder)))
    plans = [assess(open_plan(home)[0], when) for home in homes]
    named: dict[str, Path] = {}
    for home, assessment in zip(homes, plans, strict=True):
        name = assessment.plan.cover.id
        if named.setdefault(name, home) != home:
            raise DiplanError(
                f'two plans have the id "{name}": "{named[name]}" and "{home}"',
                "leave one of them out, or give it an id of its own in its data/plan.yaml",
            )
    shared = [shared.id for shared in definitions(plans)]
    if definition is not None:
        listing = f"they share {', '.join(shared)}" if shared else "these plans share none"
        one_of("definition", definition, shared, listing)
    print_report(build(plans, definition), format, colour)
