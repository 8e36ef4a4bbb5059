"""`diplan site`: the plan as a website."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.options import AsOfOption, WorkspaceOption, YearOption
from diplan.cli.output import remark
from diplan.ground.errors import NotAloneError, OptionError
from diplan.ground.text import one_line

if TYPE_CHECKING:
    from diplan.site.build import SiteFile

SiteExtra = StrEnum("SiteExtra", ["search", "pdf", "docx", "nothing"])


def site(
    plans: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PLAN...",
            help="The folders of plans, for a site of several; one that holds several stands for"
            " all of them.",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The folder to write the site into.")
    ] = None,
    as_of: AsOfOption = None,
    year: YearOption = None,
    base_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The address that the site is published at."),
    ] = None,
    earlier_years: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help="Only the last N years that have ended have pages of their own, not all.",
        ),
    ] = None,
    extras: Annotated[
        list[SiteExtra] | None,
        typer.Option(
            "--with",
            help="A search, or each paper as PDF or for Word; or nothing. May be repeated."
            "  [default: what is installed]",
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if the site is stale.")
    ] = False,
    serve: Annotated[
        bool,
        typer.Option("--serve", help="Show the site on this machine, and keep it up to date."),
    ] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port for --serve; 0 is any.")
    ] = 8000,
    templates: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="A folder of templates to prefer."),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Make a website from the plan, without a server or scripts.

    The same data, history and --as-of give the same bytes. Several plans become one site, with a
    front page that compares them.

    \b
    Examples:
      diplan site --output site
      diplan site --output site --year 2018/19 --base-url https://plan.example.org/
      diplan site . examples --output site --as-of 2020
      diplan site --output site --with search --with pdf
      diplan site --output site --serve
    """
    from diplan.cli.site_plan import Order, extras_of, files_of, homes_of, key_of, told_history
    from diplan.cli.workspace import refuse_inside_data
    from diplan.site.search import index_files
    from diplan.site.writing import no_files, write_site

    if output is None:
        message = "a site needs a folder to be written into"
        raise OptionError(message, "write: diplan site --output site")
    if check and serve:
        raise NotAloneError(["--check", "--serve"])
    homes = homes_of(plans, workspace)
    for home in homes:
        refuse_inside_data(output, home)
    folder = templates.resolve() if templates else None
    order = Order(homes, as_of, year, base_url, folder, earlier_years)
    order = order._replace(extras=extras_of(extras or (), order))
    if check:
        _check(output, files_of(order, {home: told_history(home) for home in homes}))
        return

    def build() -> None:
        known = {home: told_history(home) for home in homes}
        more = index_files if "search" in order.extras else no_files
        written = write_site(output, files_of(order, known), key_of(order, known), more)
        remark(
            f"wrote {one_line(str(output))}: {written.changed} new or changed,"
            f" {written.same} as before, {written.gone} gone"
        )

    build()
    if serve:
        from diplan.cli.site_server import serve as serve_folder

        serve_folder(output, port, order.sources, build)


def _check(output: Path, files: "Iterator[SiteFile]") -> None:
    """Say what of a site is stale, and exit with 1 if anything is."""
    from diplan.ground.english import count
    from diplan.site.writing import stale

    old = list(stale(output, files))
    for address in old[:10]:
        remark(f"{one_line(str(output / address))} is not what the data gives now")
    if old:
        remark(f"{count(len(old), 'file')} of the site to be made again")
        remark("run the same command without --check to write it")
        raise typer.Exit(1)
