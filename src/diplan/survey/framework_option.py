"""The frameworks that the commands on skills can choose from."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.completion import Offer, home_of, offering
from diplan.cli.output import remark
from diplan.cli.workspace import the_workspace
from diplan.ground.errors import NoWorkspaceError
from diplan.ground.lookup import one_of

if TYPE_CHECKING:
    from diplan.survey.framework import Framework


@offering
def framework_ids(ctx: typer.Context) -> Iterator[Offer]:
    """The frameworks: the plan's own, and those of diplan."""
    from diplan.survey.framework_files import available

    yield from ((name, "") for name in available(_root(ctx)))


@offering
def questions(ctx: typer.Context) -> Iterator[Offer]:
    """The questions of the framework that was named."""
    from diplan.survey.framework_files import available, read_framework

    name = str(ctx.params.get("framework"))
    framework, _ = read_framework(available(_root(ctx))[name], name)
    if framework:
        yield from ((question.id, question.title) for question in framework.questions)


def _root(ctx: typer.Context) -> Path | None:
    try:
        return home_of(ctx).root
    except NoWorkspaceError:
        return None


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
