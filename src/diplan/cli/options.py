"""Options and arguments that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from diplan.cli.completion import ids_of, keys, names_in, revisions, years

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        envvar="DIPLAN_WORKSPACE",
        help="The folder that holds the plan's data/; by default the nearest one upwards.",
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        metavar="PERIOD",
        autocompletion=years,
        help="The moment to describe: the end of a year, quarter, month or day. Default: today.",
    ),
]


Format = StrEnum("Format", ["table", "plain", "markdown", "json", "csv"])
"""How a report is printed."""


Colour = StrEnum("Colour", ["auto", "always", "never"])
"""When colour stands beside the words."""


FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help="Columns, lines for screen readers, Markdown, or data. "
        "Default: table at a terminal, plain elsewhere.",
    ),
]
ColourOption = Annotated[
    Colour,
    typer.Option("--color", help="When to use colour; auto depends on the terminal and NO_COLOR."),
]


PriorityOption = Annotated[
    str | None,
    typer.Option(
        metavar="ID",
        help="Only what belongs to this priority.",
        autocompletion=ids_of("priorities"),
    ),
]
LeadOption = Annotated[
    str | None,
    typer.Option(
        metavar="SERVICE", help="Only what this service leads.", autocompletion=ids_of("services")
    ),
]

YearOption = Annotated[
    str | None,
    typer.Option(metavar="YEAR", autocompletion=years, help="As of the end of a year of the plan."),
]

AtOption = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="REV",
        autocompletion=revisions,
        help="Use the data of a git revision: what was known then.",
    ),
]

DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")
]

YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Answer yes to every question.")]

KeysArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[KEY=VALUE]...",
        autocompletion=keys,
        help="Keys of the data; lists have commas.",
    ),
]

SectionOption = Annotated[
    str | None,
    typer.Option(
        "--in",
        metavar="SECTION",
        autocompletion=names_in("cli.lookup", "SECTIONS"),
        help="The section of the id, if several have it.",
    ),
]

IdArgument = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="The id of an indicator or an action.",
        autocompletion=ids_of("indicators", "actions"),
    ),
]


IdOrNothing = Annotated[
    str | None,
    typer.Argument(
        metavar="[ID]",
        help="The id of an indicator or an action. Default: list every id with its title.",
        autocompletion=ids_of("indicators", "actions"),
    ),
]
OptionalIdArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="ID",
        help="The id of an indicator or an action; else you choose it by its title.",
        autocompletion=ids_of("indicators", "actions"),
    ),
]
AnyIdArgument = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="The id of anything in the plan, or plan.", autocompletion=ids_of()
    ),
]
SourceOption = Annotated[
    str | None,
    typer.Option(metavar="ID", help="Where it is from.", autocompletion=ids_of("sources")),
]
PlaceOption = Annotated[str | None, typer.Option("--at", help="The place in the source, in words.")]
NewIdArgument = Annotated[
    str | None,
    typer.Argument(metavar="ID", help="small-letters-with-hyphens; else made of the title."),
]
PathsArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        help="Plans, folders with plans, files that list them, or files of a plan. "
        "Default: the nearest plan.",
        exists=True,
    ),
]
PlansArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PLAN]...",
        help="Folders of plans, folders with plans in them, or files that list folders. "
        "Default: the nearest plan.",
        exists=True,
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", metavar="N", min=1,
        help="How many processes read several plans. Default: one for each core.",
    ),
]  # fmt: skip
