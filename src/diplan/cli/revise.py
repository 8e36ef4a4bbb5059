"""`diplan revise`: a change to what was promised or measured, with an entry in the ledger."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from diplan.cli.ask import ask, interactive
from diplan.cli.keys import GUARDED, fields
from diplan.cli.lookup import find
from diplan.cli.moments import today
from diplan.cli.options import (
    DryRunOption,
    IdArgument,
    KeysArgument,
    SourceOption,
    WorkspaceOption,
    YesOption,
)
from diplan.cli.save import carry_out
from diplan.cli.workspace import open_plan, plan_of, the_workspace
from diplan.ground.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplan.files.edit import Put
    from diplan.files.load import Loaded
    from diplan.problems import Place


def revise(
    name: IdArgument,
    keys: KeysArgument = None,
    why: Annotated[str | None, typer.Option(help="Why you are changing it.")] = None,
    source: SourceOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Change what was promised or measured, and record why.

    That is a baseline, a target, a past figure, a due date or a grade.

    \b
    Examples:
      diplan revise offline-households target.due=2022 --why "The programme began two years late"
      diplan revise offline-households observations.2016.value=13700 --why "A ward was left out"
      diplan revise website-redesign due=2017-03 --why "The supplier was changed"
      diplan revise staff-skills baseline.missing= baseline.period=2016 baseline.value=30 \\
        --why "The baseline was measured"
    """
    from diplan.checks.ledger import changes_to_record
    from diplan.files.edit import Put, draft
    from diplan.files.yaml.splice import NOTHING

    plan, _ = open_plan(workspace)
    home = the_workspace(workspace)
    place = find(plan, name, ["indicators", "actions"])
    if why is None and interactive():
        why = ask("Why are you changing it?")
    if not why or not keys:
        raise OptionError(
            "a revision says what is changed, and why",
            f'for example: diplan revise {name} target.due=2022 --why "..."',
        )
    reason = {"why": why, **({"source": source} if source else {})}

    def make(loaded: "Loaded") -> "list[Put]":
        here = find(plan_of(loaded), name, ["indicators", "actions"])
        before = getattr(plan_of(loaded), here.section)[here.item]
        puts = sorted(_revised(before, here, keys), key=lambda put: put.value is NOTHING)
        then = draft(home, lambda _: puts, today(), loaded).after.plan
        after = getattr(then, here.section)[here.item]
        for at, change in enumerate(
            changes_to_record(here.section, before, after), len(before.revisions)
        ):
            told = {"what": change.what, "was": change.was, "now": change.now}
            entry = {key: value for key, value in told.items() if value is not None}
            values: dict[str, Any] = {"date": today().text, **entry, **reason}
            puts.append(Put(here._replace(path=("revisions", at)), values))
        return puts

    carry_out(workspace, make, about=place, dry_run=dry_run, yes=yes)


def _revised(entity: Any, place: "Place", keys: list[str]) -> "Iterator[Put]":
    """The new values at their places; a figure or an update is named by its period.

    A key without a value is taken away, last, since nothing may be left of what it stands in.
    """
    from diplan.files.edit import Put
    from diplan.files.yaml.splice import NOTHING

    for pair in keys:
        name, _, value = pair.partition("=")
        head, _, rest = name.partition(".")
        if head in ("observations", "updates"):
            when, _, key = rest.rpartition(".")
            dates = [
                str(getattr(seen, "period", None) or seen.date) for seen in getattr(entity, head)
            ]
            if when not in dates or not key:
                listing = f"there are {', '.join(dates)}" if dates else "there are none"
                message = f'"{name}" is no {head[:-1]}'
                raise OptionError(message, f"write {head}.PERIOD.KEY=VALUE; {listing}")
            new = value.strip() or NOTHING
            yield Put(place._replace(path=(head, dates.index(when), key)), new)
            continue
        for path, text in fields(place.section, [pair]):
            if path[0] not in GUARDED[place.section]:
                hint = f"`diplan set {entity.id} {pair}` is enough"
                raise OptionError(f'"{path[0]}" needs no revision', hint)
            yield Put(place._replace(path=path), text or NOTHING)
