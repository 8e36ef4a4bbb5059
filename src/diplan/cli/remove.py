"""`diplan remove`: take something out of the plan."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diplan.cli.ask import ask, interactive
from diplan.cli.completion import ids_of
from diplan.cli.lookup import find_in
from diplan.cli.moments import today
from diplan.cli.options import (
    AnyIdArgument,
    DryRunOption,
    SectionOption,
    WorkspaceOption,
    YesOption,
)
from diplan.cli.output import remark
from diplan.cli.save import carry_out
from diplan.cli.workspace import open_plan, plan_of, the_workspace
from diplan.ground.english import agree, count, listed
from diplan.ground.errors import DiplanError, OptionError

if TYPE_CHECKING:
    from diplan.files.edit import Put
    from diplan.files.load import Loaded
    from diplan.plan import Plan
    from diplan.problems import Place

Why = StrEnum("Why", ["withdrawn", "superseded", "merged"])
"""Why something leaves the plan."""

MOST_NAMED = 10
"""How many of the things that refer to it are named."""


def remove(
    name: AnyIdArgument,
    why: Annotated[
        Why | None, typer.Option(help="Why an indicator or an action leaves the plan.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="What took its place.",
            autocompletion=ids_of("actions", "indicators"),
        ),
    ] = None,
    note: Annotated[str | None, typer.Option(help="What else a reader should know.")] = None,
    where: SectionOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Take something out of the plan.

    An indicator or an action that was ever committed stays in the files with its history, marked as
    ended, and no longer counts. A place is marked as closed. Anything else is removed, unless
    something refers to it.

    \b
    Examples:
      diplan remove website-redesign --why withdrawn --note "The supplier left"
      diplan remove smithfield-one --in venues --dry-run
    """
    plan, _ = open_plan(workspace)
    place = find_in(plan, name, where)
    if place.section == "plan":
        raise OptionError("the cover sheet stays", "to start again, use `diplan init` elsewhere")
    kept = place.section in ("indicators", "actions", "venues") and _was_committed(
        name, place.section, workspace
    )
    if kept and place.section != "venues" and why is None and interactive():
        why = Why(ask(f"Why does it leave the plan? ({', '.join(Why)})", Why.withdrawn) or "")
    if kept and place.section != "venues" and why is None:
        message = f'"{name}" was committed, so it stays in the files, marked as ended'
        raise OptionError(message, f"say why with --why, one of {', '.join(Why)}")
    if not kept and (users := list(_users(plan, place, name))):
        shown = [*users[:MOST_NAMED], *(["others"] if users[MOST_NAMED:] else [])]
        refer = agree(len(users), "refers", "refer")
        raise OptionError(
            f'{count(len(users), "thing")} in the plan {refer} to "{name}": {listed(shown)}',
            "change those first: `diplan set ID KEY=...` gives a key another value",
        )
    mark = "closed" if place.section == "venues" else "ended"
    remark(f"{_title(plan, place)} {f'stays, marked as {mark}' if kept else 'is removed'}")
    ended = {"date": today().text, "why": str(why), "by": by, "note": note}

    def make(now: "Loaded") -> "list[Put]":
        return [_removed(find_in(plan_of(now), name, where), ended, kept=kept)]

    carry_out(workspace, make, dry_run=dry_run, yes=yes)


def _removed(place: "Place", ended: dict[str, Any], *, kept: bool) -> "Put":
    from diplan.files.edit import Put
    from diplan.files.yaml.splice import NOTHING

    if not kept:
        return Put(place, NOTHING)
    if place.section == "venues":
        return Put(place._replace(path=("status",)), "closed")
    values = {key: value for key, value in ended.items() if value}
    return Put(place._replace(path=("ended",)), values)


def _title(plan: "Plan", place: "Place") -> str:
    entity = getattr(plan, place.section)[place.item]
    return str(getattr(entity, "title", None) or entity.name)


def _users(plan: "Plan", place: "Place", name: str) -> Iterator[str]:
    """The titles of what refers to something."""
    from diplan.plan.references import all_references

    for section, index, used in all_references(plan):
        if used.section == place.section and used.name == name:
            entity = getattr(plan, section)[index]
            yield f'"{getattr(entity, "title", None) or getattr(entity, "id", section)}"'


def _was_committed(name: str, section: str, workspace: Path | None) -> bool:
    """Whether the last commit has it; not where there is no git, or no commit yet."""
    from diplan.files.history import GitRepository
    from diplan.files.load import load

    try:
        then = load(GitRepository(the_workspace(workspace)).at("HEAD")).plan
    except DiplanError:
        return False
    return then is not None and any(entity.id == name for entity in getattr(then, section))
