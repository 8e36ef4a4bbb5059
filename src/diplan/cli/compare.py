"""`diplan compare`: several plans side by side."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.completion import definitions, plan_ids
from diplan.cli.moments import moment
from diplan.cli.options import AsOfOption, Colour, ColourOption, FormatOption, JobsOption
from diplan.cli.output import emit, look, print_report
from diplan.ground.lookup import one_of

if TYPE_CHECKING:
    from diplan.ground.period import Period
    from diplan.report.comparison import ComparedPart, Comparison, Record


def compare(
    plans: Annotated[
        list[Path],
        typer.Argument(
            metavar="PLAN...",
            help="Folders of plans, folders with plans in them, or files that list folders.",
        ),
    ],
    definition: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            autocompletion=definitions,
            help="Only what is measured under this definition.",
        ),
    ] = None,
    like: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            autocompletion=plan_ids,
            help="The plan with this id, among the neighbours that it names.",
        ),
    ] = None,
    group: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only the plans of this group.")
    ] = None,
    groups: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A YAML file with areas or ids of plans by group."),
    ] = None,
    whole: Annotated[
        bool, typer.Option("--all", help="Print every row, however many there are.")
    ] = False,
    as_of: AsOfOption = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
    colour: ColourOption = Colour.auto,
    jobs: JobsOption = None,
) -> None:
    """Compare several plans side by side.

    Shows what each can be held to, how it stands and what it measures. Of many plans it shows how
    far they lie apart, and both ends.

    Figures are compared where indicators share a definition, for the same period only.

    \b
    Examples:
      diplan compare . examples --as-of 2020
      diplan compare our-plan their-plan --format markdown
      diplan compare . examples --definition adults-not-using-the-internet --format csv
      diplan compare examples --all --as-of 2020
    """
    from diplan.cli.many import Tally, each
    from diplan.files.collection import plan_folders
    from diplan.files.spool import Spool
    from diplan.report.compare import side_by_side
    from diplan.report.comparison import Comparison

    when, looks, tally = moment(as_of), look(format, colour), Tally()
    with Spool() as spool:
        made = tally.made(
            each(part, plan_folders(plans), jobs, when, looks.form), lambda made: made.plan.id
        )
        found = []
        for one in made:
            spool.add(one.series)
            found.append(one.plan)
        comparison = _chosen(
            Comparison(found, when, list(spool), spool.pieces), like, group, groups
        )
        if definition is not None:
            shared = [found.id for found in comparison.definitions()]
            listing = f"they share {', '.join(shared)}" if shared else "these plans share none"
            one_of("definition", definition, shared, listing)
        if looks.form == "json":
            _print_json(comparison, definition)
        elif looks.form == "csv":
            _print_csv(comparison, definition)
        elif comparison.plans:
            print_report(side_by_side(comparison, definition, whole=whole), looks.form, colour)
    tally.close()


def part(folder: Path, when: "Period", form: str) -> "ComparedPart":
    """What one plan among many brings to the comparison."""
    from diplan.cli.many import read
    from diplan.judge import assess
    from diplan.render.records import csv_row, json_line
    from diplan.report.comparison import part as part_of

    encode: dict[str, Callable[[Record], str]] = {
        "json": lambda record: json_line(record)[1:-1],
        "csv": csv_row,
    }
    plan, _ = read(folder)
    return part_of(assess(plan, when), encode.get(form))


def _print_json(made: "Comparison", only: str | None) -> None:
    """Print everything, a record on each line."""
    from diplan.render.records import json_line
    from diplan.report.compare import definition_record, head
    from diplan.report.comparison import plan_record, rows

    emit(f"{json_line(head(made))[:-1]},")
    emit('"plans": [')
    _print_records(json_line(plan_record(plan)) for plan in made.plans)
    emit('], "figures": [')
    definitions = []

    def figures() -> Iterator[str]:
        for definition in made.definitions(only):
            definitions.append(json_line(definition_record(definition)))
            for common, own, comparable in rows(definition):
                yield f'{{{common}, {own}, "comparable": {str(comparable).lower()}}}'

    _print_records(figures())
    emit('], "definitions": [')
    _print_records(definitions)
    emit("]}")


TOGETHER = 500
"""Records that are printed at a time."""


def _print_records(records: Iterable[str]) -> None:
    """Print the items of a list of JSON, one a line."""
    left, first = iter(records), True
    while some := list(islice(left, TOGETHER)):
        emit(f"{'' if first else ','}{f'{chr(10)},'.join(some)}")
        first = False


def _print_csv(made: "Comparison", only: str | None) -> None:
    """Print a row for each plan, or for each figure of one definition."""
    from diplan.report.compare import FIGURES
    from diplan.report.comparison import plan_record, rows
    from diplan.report.document import Document

    if only is None:
        records = list(map(plan_record, made.plans))
        print_report(Document("", [], [], lambda: {"plans": records}, "plans"), "csv", Colour.never)
        return
    emit(f"{','.join(FIGURES)}\r\n")
    for definition in made.definitions(only):
        told = (
            f"{common},{own},{str(comparable).lower()}\r\n"
            for common, own, comparable in rows(definition)
        )
        emit("".join(told))


def _chosen(
    made: "Comparison", like: str | None, group: str | None, groups: Path | None
) -> "Comparison":
    """The part of a comparison with a plan's neighbours, or with a group's plans."""
    from diplan.ground.errors import NotAloneError, OptionError

    if like is not None and group is not None:
        raise NotAloneError(["--like", "--group"])
    if (group is None) != (groups is None):
        raise OptionError(
            "--group and --groups go together", "name the group, and the file that it stands in"
        )
    own, wanted = None, set[str]()
    if like is not None:
        by_id = {plan.id: plan for plan in made.plans}
        own = by_id[one_of("plan", like, by_id)]
        wanted = {own.id, *own.neighbours}
        if not own.neighbours:
            raise OptionError(
                f'the plan "{like}" names no neighbours', "add `neighbours:` to its data/plan.yaml"
            )
    elif group is not None and groups is not None:
        wanted = _members(group, groups)
    else:
        return made
    plans = [plan for plan in made.plans if plan.id in wanted or plan.area in wanted]
    return made._replace(plans=plans, own=own)


def _members(group: str, path: Path) -> set[str]:
    """The areas and ids of plans that a file lists under a group's name."""
    from diplan.files.groups import read_groups

    groups = read_groups(path)
    return set(groups[one_of("group", group, groups)])
