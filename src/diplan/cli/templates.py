"""`diplan templates`: what papers look like, and a copy of it to change."""

from typing import Annotated

import typer

from diplan.cli.completion import names_in
from diplan.cli.options import WorkspaceOption
from diplan.cli.output import emit, remark
from diplan.cli.workspace import the_workspace
from diplan.ground.errors import OptionError
from diplan.ground.lookup import one_of


def template_names() -> list[str]:
    """Templates that can be copied."""
    from diplan.render.templates import builtin_templates
    from diplan.report.papers import REPORTS

    names = [path.name for path in sorted(builtin_templates().iterdir()) if path.is_file()]
    names += [f"{paper}.{form}.j2" for paper in REPORTS for form in ("md", "html")]
    return list(dict.fromkeys(names))


def templates_list(workspace_: WorkspaceOption = None) -> None:
    """List the templates, and say which ones the plan replaces.

    \b
    Examples:
      diplan templates list
    """
    from diplan.render.templates import Folder, builtin_templates

    folder = the_workspace(workspace_).root / "templates"
    same = folder.exists() and folder.samefile(builtin_templates())
    lines = [
        f"{name}{'  (replaced here)' if Folder(folder).holds(name) and not same else ''}"
        for name in template_names()
    ]
    emit("\n".join(lines))


def templates_copy(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A template, such as style.css, or that of one paper: action-plan.html.j2.",
            autocompletion=names_in("cli.templates", "template_names"),
        ),
    ],
    workspace_: WorkspaceOption = None,
) -> None:
    """Copy a template into the plan's folder, to change it there.

    A template of one paper starts as a copy of the one for all papers.

    \b
    Examples:
      diplan templates copy style.css
      diplan templates copy action-plan.md.j2
    """
    from diplan.files.workspace import write_file
    from diplan.render.templates import builtin_templates

    one_of("template", name, template_names(), "run `diplan templates list` to see them")
    root = the_workspace(workspace_).root
    target = root / "templates" / name
    if target.exists():
        message = f"{target} is there already"
        raise OptionError(message, "change it, or delete it to begin again")
    source = builtin_templates() / name
    if not source.is_file():
        source = builtin_templates() / f"report.{name.partition('.')[2]}"
    write_file(target, source.read_bytes(), within=root)
    remark(f"copied to {target}: it now replaces the built-in one")
