"""`diplan import open-sdg`: indicators of a statistical office's repository."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.completion import ids_of
from diplan.cli.keys import pairs
from diplan.cli.lookup import known
from diplan.cli.moments import today
from diplan.cli.options import DryRunOption, WorkspaceOption
from diplan.cli.output import emit, remark
from diplan.cli.workspace import open_plan, plan_of, refuse_inside_data, the_workspace
from diplan.ground.english import count
from diplan.ground.errors import NoWorkspaceError, OptionError
from diplan.ground.lookup import one_of
from diplan.ground.text import one_line, suggest

if TYPE_CHECKING:
    from diplan.exchange.omissions import Omissions
    from diplan.files.edit import Put
    from diplan.files.load import Loaded
    from diplan.open_sdg.merge import Merged
    from diplan.open_sdg.repository import FoundIndicator, OpenSdgRepository

OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="Write what would be new into a YAML file, and leave the plan alone."
    ),
]


def import_open_sdg(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder that holds data/ and meta/.")
    ],
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN=VALUE", help="Rows of this group, not the headline; can be repeated."
        ),
    ] = None,
    indicator: Annotated[
        list[str] | None,
        typer.Option(metavar="NUMBER", help="Such as 17-8-1; can be repeated. Default: all."),
    ] = None,
    priority: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="The priority that new indicators belong to.",
            autocompletion=ids_of("priorities"),
        ),
    ] = None,
    output: OutputOption = None,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Import indicators from an Open SDG repository, without targets.

    An indicator that the plan has gets the figures for periods that it has none for. Nothing is
    overwritten: figures that differ are listed, and the exit code is 1. What was not understood is
    counted, each reason in a line.

    \b
    Examples:
      diplan import open-sdg ../sdg-data --indicator 17-8-1 --dry-run
      diplan import open-sdg ../sdg-data --where "Local Authority=Stoke-on-Trent"
      diplan import open-sdg ../sdg-data --output open-sdg.yaml
    """
    from diplan.exchange.omissions import Omissions
    from diplan.open_sdg.repository import OpenSdgRepository

    if output is None:
        known("priority", priority, open_plan(workspace)[0])
    else:
        with suppress(NoWorkspaceError):
            refuse_inside_data(output, the_workspace(workspace).root)
    omitted = Omissions()
    repository = OpenSdgRepository(folder, omitted)
    chosen = pairs("--where", where or [])
    files = _wanted(repository.files(), indicator or [])
    results = [repository.read(number, path, chosen) for number, path in files.items()]
    taken = [result for result in results if result]
    if not taken:
        _say(omitted)
        _nothing(repository, chosen)
    if output is not None:
        _write(output, taken, priority, omitted)
    else:
        _into_plan(workspace, taken, priority, omitted, dry_run=dry_run)


def _wanted(files: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """The files of the indicators that are asked for; of all where none is."""
    wanted = [name.replace(".", "-") for name in names]
    for name in wanted:
        one_of("indicator there", name, files)
    return {name: files[name] for name in wanted or files}


def _nothing(repository: "OpenSdgRepository", where: Mapping[str, str]) -> None:
    """Say that nothing was found, and what may have been meant.

    Raises:
        OptionError: always.
    """
    hint = "the lines above say why; `--where COLUMN=VALUE` chooses a group"
    for column, value in where.items():
        values = repository.values.get(column, set())
        if value not in values and (close := suggest(value, values)):
            hint = f'did you mean --where "{column}={close}"?'
    raise OptionError("no indicator has figures that can be taken", hint)


def _say(omitted: "Omissions") -> None:
    for line in omitted.lines():
        remark(line)


def _write(
    output: Path, taken: "list[FoundIndicator]", priority: str | None, omitted: "Omissions"
) -> None:
    """Write what was found into a file of its own."""
    from diplan.files.workspace import write_file
    from diplan.files.yaml.dump import in_block
    from diplan.open_sdg.merge import merge
    from diplan.plan import CoverSheet, Plan

    made = merge(Plan(CoverSheet(id="none", title="None")), taken, priority, omitted)
    text = in_block({"sources": [*made.sources], "indicators": [*made.indicators]}) + "\n"
    _say(omitted)
    if output == Path("-"):
        emit(text)
        return
    write_file(output, text.encode())
    remark(f"wrote {one_line(str(output))}: {_counted(made)}")


def _counted(made: "Merged") -> str:
    """How much is new, in words."""
    listed = (entry["observations"] for entry in made.indicators)
    figures = sum(len(entry) for entry in listed if isinstance(entry, list))
    said = []
    if made.indicators:
        new = count(len(made.indicators), "new indicator")
        said.append(f"{new} with {count(figures, 'figure')}")
    if made.figures:
        there = len({entry.id for entry in made.figures})
        said.append(f"{count(len(made.figures), 'new figure')} of {there:,} that are there")
    if made.known:
        said.append(f"{count(len(made.known), 'figure')} known already")
    return ", ".join(said) or "nothing new"


def _into_plan(
    folder: Path | None,
    taken: "list[FoundIndicator]",
    priority: str | None,
    omitted: "Omissions",
    *,
    dry_run: bool,
) -> None:
    """Put what was found into the plan, and say what was refused."""
    from diplan.exchange.entries import additions, appended
    from diplan.exchange.omissions import Omissions
    from diplan.files.edit import draft, save
    from diplan.open_sdg.merge import merge

    last: list[tuple[Merged, Omissions]] = []

    def make(loaded: "Loaded") -> "Iterable[Put]":
        later = Omissions()
        made = merge(plan_of(loaded), taken, priority, later)
        last.append((made, later))
        yield from appended(loaded, "sources", made.sources)
        yield from appended(loaded, "indicators", made.indicators)
        yield from additions(plan_of(loaded), made.figures)

    done = (draft if dry_run else save)(the_workspace(folder), make, today())
    made, later = last[-1]
    _say(omitted)
    _say(later)
    for refusal in made.refused:
        remark(f"refused: {one_line(refusal.message)}\n  = {one_line(refusal.hint)}")
    if dry_run:
        emit(done.diff())
    written = ", ".join(done.files) or "nothing"
    remark(f"{'would write' if dry_run else 'wrote'} {written}: {_counted(made)}")
    if made.refused:
        raise typer.Exit(1)
