"""`diplan rename`: another id for something in the plan."""

from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.completion import ids_of
from diplan.cli.lookup import find_in
from diplan.cli.options import DryRunOption, SectionOption, WorkspaceOption, YesOption
from diplan.cli.output import remark
from diplan.cli.save import carry_out
from diplan.cli.workspace import open_plan, plan_of
from diplan.ground.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplan.files.edit import Put
    from diplan.files.load import Loaded
    from diplan.plan import Plan
    from diplan.problems import Place


def rename(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The id now.", autocompletion=ids_of())],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The new id.")],
    where: SectionOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Give something a new id, and change it wherever it is used.

    \b
    Examples:
      diplan rename offline-households households-offline
      diplan rename libraries library-service --in services --dry-run
    """
    plan, loaded = open_plan(workspace)
    place = find_in(plan, old, where)
    if any(entity.id == new for entity in getattr(plan, place.section)):
        message = f'there is "{new}" among the {place.section} already'
        raise OptionError(message, "choose another id")
    if place.section == "priorities" and old in loaded.narrative:
        remark(f"data/narrative/{old}.md goes with it: rename that file to {new}.md")

    def make(now: "Loaded") -> "Iterator[Put]":
        return _renamed(plan_of(now), find_in(plan_of(now), old, where), old, new)

    carry_out(workspace, make, dry_run=dry_run, yes=yes)


def _renamed(plan: "Plan", place: "Place", old: str, new: str) -> "Iterator[Put]":
    """The id itself, and every use of it."""
    from diplan.files.edit import Put
    from diplan.plan.references import all_references
    from diplan.problems import Place

    yield Put(place._replace(path=("id",)), new)
    for section, index, used in all_references(plan):
        if used.section == place.section and used.name == old:
            yield Put(Place(section, index, used.path), new)
