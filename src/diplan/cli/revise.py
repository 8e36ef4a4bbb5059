"""`diplan revise`: a change to what was promised or measured, with an entry in the ledger."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diplan.cli.ask import ask, interactive
from diplan.cli.key_edits import edits, entity_at
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
    from diplan.cli.keys import KeyName
    from diplan.files.edit import Put
    from diplan.files.load import Loaded
    from diplan.files.yaml.plain import Plain
    from diplan.plan import Plan


def revise(
    name: IdArgument,
    keys: KeysArgument = None,
    why: Annotated[str | None, typer.Option(help="Why you are changing it.")] = None,
    source: SourceOption = None,
    correction: Annotated[
        bool,
        typer.Option(
            "--correction", help="The file was wrong: the new value holds at every moment."
        ),
    ] = False,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Change what was promised or measured, and record why.

    That is a baseline, a target, a milestone, a past figure, a due date or a grade. Other keys can
    go with it. A key without a value is removed.

    \b
    Examples:
      diplan revise offline-households target.due=2022 --why "The programme began two years late"
      diplan revise offline-households observations.2016.value=13700 --why "A ward was left out"
      diplan revise offline-households milestones.2018=11000 --why "Agreed at the review"
      diplan revise website-redesign due=2017-03 --why "The supplier was changed"
      diplan revise website-redesign due= timescale="in the first year" --why "No date is known"
      diplan revise staff-skills baseline.missing= baseline.period=2016 baseline.value=30 \\
        --why "The baseline was measured"
    """
    find(open_plan(workspace)[0], name, ["indicators", "actions"])
    asked = why is None and interactive()
    if asked:
        why = ask("Why are you changing it?")
    if not why or not keys:
        raise OptionError(
            "a revision says what is changed, and why",
            f'for example: diplan revise {name} target.due=2022 --why "..."',
        )
    reason = {"why": why, **({"source": source} if source else {})}
    reason |= {"correction": "true"} if correction else {}
    carry_out_revision(name, keys, reason, workspace, asked=asked, dry_run=dry_run, yes=yes)


def carry_out_revision(
    name: str,
    keys: list[str],
    reason: "dict[str, str]",
    folder: Path | None,
    *,
    asked: bool,
    dry_run: bool,
    yes: bool,
) -> None:
    """Change keys of an indicator or an action, with an entry of the ledger for each promise.

    *reason* has the keys of such an entry that say why.
    """
    from diplan.checks.ledger import changes_to_record
    from diplan.files.edit import Put, draft

    plan, _ = open_plan(folder)
    home = the_workspace(folder)
    place = find(plan, name, ["indicators", "actions"])
    given = _given(entity_at(plan, place), place.section, keys, plan)

    def make(loaded: "Loaded") -> "list[Put]":
        here = find(plan_of(loaded), name, ["indicators", "actions"])
        before = entity_at(plan_of(loaded), here)
        puts = list(edits(before, here, given))
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

    carry_out(folder, make, about=place, asked=asked, dry_run=dry_run, yes=yes)


def _given(
    entity: Any, section: str, keys: list[str], plan: "Plan"
) -> "list[tuple[KeyName, Plain]]":
    """The keys and values that were typed, some of which need a revision."""
    given = list(fields(section, keys, plan, getattr(entity, "unit", None)))
    if not any(path[0] in GUARDED[section] for path, _ in given):
        hint = f"`diplan set {entity.id} {' '.join(keys)}` is enough"
        raise OptionError(f'"{given[0][0][0]}" needs no revision', hint)
    return given
