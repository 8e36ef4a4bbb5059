"""`diplan report`: the papers of the year, made from the data."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from diplan.cli.completion import ids_of, names_in
from diplan.cli.moments import moment_in, plan_year
from diplan.cli.options import AsOfOption, WorkspaceOption, YearOption
from diplan.cli.output import emit_bytes, emit_columns, refuse_stale, remark
from diplan.cli.workspace import open_plan, refuse_inside_data
from diplan.ground.english import count
from diplan.ground.errors import OptionError
from diplan.ground.text import one_line

PaperFormat = StrEnum("PaperFormat", ["markdown", "html", "docx", "pdf"])
"""What a paper can be."""


def report(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="The paper to make; --list shows them.",
            autocompletion=names_in("report.papers", "REPORTS"),
        ),
    ] = None,
    about: Annotated[
        str | None,
        typer.Argument(
            metavar="ID", autocompletion=ids_of("services"), help="The service, for a paper on one."
        ),
    ] = None,
    year: YearOption = None,
    as_of: AsOfOption = None,
    format: Annotated[  # noqa: A002 - the option's name
        PaperFormat | None,
        typer.Option(
            "--format", "-f", help="Default: what the output's name ends in, else markdown."
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; - is the screen.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if the output is stale.")
    ] = False,
    templates: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="A folder of templates to prefer."),
    ] = None,
    reference: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="A docx whose styles to use."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the papers.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Make a paper from the data, such as the action plan or a review.

    The same data gives the same bytes, on any day, where --year or --as-of is given.

    \b
    Examples:
      diplan report --list
      diplan report action-plan --year 2016/17 --output plan.html
      diplan report service libraries --as-of 2017
      diplan report action-plan --year 2016/17 --output plan.md --check
    """
    from diplan.files.workspace import write_file
    from diplan.judge import assess
    from diplan.render.publishing import ENDINGS, PaperOrder, publish
    from diplan.report.papers import REPORTS
    from diplan.report.papers.ordering import case_of, see_that_it_can_be_made, year_of

    if name is None or list_:
        emit_columns({key: paper.title for key, paper in REPORTS.items()})
        return
    plan, loaded = open_plan(workspace)
    see_that_it_can_be_made(plan, name, about)
    now = moment_in(plan, as_of, year)
    of = plan_year(plan, year) if year else year_of(plan.cover, now)
    case = case_of(loaded.narrative, assess(plan, now), of, name, about or "")
    file = None if output in (None, Path("-")) else output
    form = format or _format_of(file)
    if file is None and form in ("docx", "pdf") and output is None:
        message = f"a {form} document does not go on the screen"
        raise OptionError(message, "name a file with --output")
    if file is None and check:
        message = "--check needs a file to compare with"
        raise OptionError(message, "name the file with --output")
    if file:
        refuse_inside_data(file, loaded.root)
    if templates and not templates.is_dir():
        message = f'there is no folder "{templates}"'
        raise OptionError(message, "--templates names a folder of templates")
    if reference and (form, reference.suffix.lower()) != ("docx", ".docx"):
        message = f"a {form} paper takes no style from {reference.name}"
        raise OptionError(message, "--reference is a docx, for a docx")
    order = PaperOrder(
        name,
        form,
        [*([templates.resolve()] if templates else []), loaded.root / "templates"],
        f"{file.stem}-charts" if file and form == "markdown" else "",
        plan.cover.licence or "",
        plan.cover.organisation or "",
        _parts(reference) if reference else None,
    )
    made = publish(REPORTS[name].build(case), order)
    if file is None:
        emit_bytes(made.paper, text=ENDINGS[form] in (".md", ".html"))
        return
    beside = {file.parent / name: data for name, data in made.beside.items()}
    if check:
        refuse_stale({file: made.paper, **beside}, "what the data gives now")
        return
    write_file(file, made.paper)
    for path, data in beside.items():
        write_file(path, data, within=file.parent)
    charts = f", and {count(len(beside), 'chart')} beside it" if beside else ""
    remark(f"wrote {one_line(str(file))}{charts}")


def _parts(reference: Path) -> dict[str, bytes]:
    """What makes the look of a council's own document."""
    from diplan.exchange.sheets.parts import office_parts

    return office_parts(reference)


def _format_of(file: Path | None) -> str:
    """The format that a file's name ends in."""
    from diplan.render.publishing import ENDINGS

    if file is None:
        return "markdown"
    form = {ending: form for form, ending in ENDINGS.items()}.get(file.suffix.lower())
    if form is None:
        message = f'"{file.name}" does not say what format it is to be'
        raise OptionError(message, f"end it in {', '.join(ENDINGS.values())}, or use --format")
    return form
