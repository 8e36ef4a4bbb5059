"""The frameworks that the commands on skills can choose from."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.output import remark
from diplan.cli.workspace import the_workspace
from diplan.ground.errors import NoWorkspaceError
from diplan.ground.lookup import one_of

if TYPE_CHECKING:
    from diplan.survey.framework import Framework


def framework_ids(incomplete: str) -> list[str]:
    """Frameworks, for the shell's completion."""
    from diplan.survey.framework_files import available

    return [name for name in available(plan_root(None)) if name.startswith(incomplete)]


FrameworkOption = Annotated[
    str,
    typer.Option(metavar="ID", help="`diplan skills list` has them.", autocompletion=framework_ids),
]


def plan_root(folder: Path | None) -> Path | None:
    """The folder of the plan; None where there is no plan, and none was named."""
    try:
        return the_workspace(folder).root
    except NoWorkspaceError:
        if folder:
            raise
        return None


def framework_of(name: str, folder: Path | None) -> "Framework":
    """The framework of an id; what is wrong with its file is printed."""
    from diplan.render.problems import as_text
    from diplan.survey.framework_files import available, read_framework

    homes = available(plan_root(folder))
    framework, problems = read_framework(homes[one_of("framework", name, homes)], name)
    if framework is None:
        remark(as_text(problems))
        raise typer.Exit(1)
    return framework
