"""`diplan site`: the plan as a website."""

from pathlib import Path
from typing import Annotated

import typer

from diplan.cli.options import AsOfOption, WorkspaceOption, YearOption
from diplan.cli.output import remark
from diplan.ground.text import one_line


def site(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The folder to write the site into.")
    ],
    as_of: AsOfOption = None,
    year: YearOption = None,
    base_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The address that the site is published at."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if the site is stale.")
    ] = False,
    templates: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="A folder of templates to prefer."),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Make a website from the plan, without a server or scripts.

    The same data, history and --as-of give the same bytes.

    \b
    Examples:
      diplan site --output site
      diplan site --output site --year 2018/19 --base-url https://plan.example.org/
      diplan site --output site --check
    """
    from diplan.cli.site_plan import site_of
    from diplan.cli.workspace import refuse_inside_data
    from diplan.ground.english import count
    from diplan.site.build import site_files
    from diplan.site.layout import SiteLayout
    from diplan.site.writing import stale, write_site

    made = site_of(workspace, as_of, year, base_url)
    refuse_inside_data(output, made.root)
    folders = [*([templates.resolve()] if templates else []), made.root / "templates"]
    files = site_files(made.site, SiteLayout(made.site, folders))
    if check:
        old = list(stale(output, files))
        for address in old[:10]:
            remark(f"{one_line(str(output / address))} is not what the data gives now")
        if old:
            remark(f"{count(len(old), 'file')} of the site to be made again")
            raise typer.Exit(1)
        return
    written = write_site(output, files)
    remark(
        f"wrote {one_line(str(output))}: {written.changed} new or changed,"
        f" {written.same} as before, {written.gone} gone"
    )
