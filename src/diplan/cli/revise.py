"""`diplan revise`: a change to what was promised or measured, with an entry in the ledger."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diplan.cli.ask import Alternative, NoAnswerError, ask, ask_until, choose, pick
from diplan.cli.key_edits import edits, entity_at
from diplan.cli.keys import GUARDED, fields
from diplan.cli.lookup import find
from diplan.cli.moments import today
from diplan.cli.options import (
    DryRunOption,
    KeysArgument,
    OptionalIdArgument,
    SourceOption,
    WorkspaceOption,
    YesOption,
)
from diplan.cli.save import carry_out
from diplan.cli.workspace import open_plan, plan_of, the_workspace
from diplan.ground.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplan.cli.keys import KeyName
    from diplan.files.edit import Put
    from diplan.files.load import Loaded
    from diplan.files.yaml.plain import Plain
    from diplan.plan import Action, Indicator, Plan


def revise(
    name: OptionalIdArgument = None,
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
    plan, _ = open_plan(workspace)
    name = pick(plan, name, ["indicators", "actions"], "What is to be changed?")
    entity = entity_at(plan, find(plan, name, ["indicators", "actions"]))
    asked = why is None or not keys
    try:
        keys = keys or _walk(entity, plan)
        why = why or ask("Why are you changing it?")
    except NoAnswerError:
        raise OptionError(
            "a revision says what is changed, and why",
            f'for example: diplan revise {name} target.due=2022 --why "..."',
        ) from None
    if not why:
        raise OptionError("a revision says why", 'say so with --why "..."')
    reason = {"why": why, **({"source": source} if source else {})}
    reason |= {"correction": "true"} if correction else {}
    carry_out_revision(name, keys, reason, workspace, asked=asked, dry_run=dry_run, yes=yes)


def _walk(entity: "Indicator | Action", plan: "Plan") -> list[str]:
    """Go through what can be changed: what, and what it is from now on, until nothing else is."""
    from diplan.plan.promise import value_named

    named = list(_changeable(entity))
    pairs: list[str] = []
    section = "indicators" if entity.id in plan.indicator else "actions"
    while True:
        choices = [
            Alternative(key, f"{said} (now {now or value_named(entity, key) or 'nothing'})")
            for key, said, now in named
        ]
        question = "Anything else? (leave it empty to go on)" if pairs else "What changes?"
        key = choose(question, choices, needed=not pairs)
        if key is None:
            return pairs

        def pair(written: str, key: str = key) -> str:
            text = f"{key}={written}"
            list(fields(section, [text], plan, getattr(entity, "unit", None)))
            return text

        pairs.append(ask_until("What is it from now on?", pair) or "")


def _changeable(entity: "Indicator | Action") -> "Iterator[tuple[str, str, str]]":
    """Each key that can be revised, in words, and what it says; empty where the ledger tells."""
    from diplan.plan import Action

    if isinstance(entity, Action):
        yield "due", "The due date", ""
        for update in entity.updates:
            yield f"updates.{update.date}.grade", f"The grade of {update.date}", update.grade
        return
    for key, said in (("value", "The value to be reached"), ("percent", "By how many per cent"),
                      ("points", "By how many points")):  # fmt: skip
        if getattr(entity.target, key, None) is not None:
            yield f"target.{key}", said, ""
    yield "target.due", "The date of the target", ""
    if entity.baseline:
        yield "baseline.value", "The figure of the baseline", ""
        yield "baseline.period", "The period of the baseline", ""
    for stone in entity.milestones:
        for key in ("value", "percent", "points"):
            if (given := getattr(stone, key)) is not None:
                yield (
                    f"milestones.{stone.period}.{key}",
                    f"The milestone of {stone.period}",
                    str(given),
                )
    for seen in entity.observations:
        if seen.value is not None:
            yield (
                f"observations.{seen.period}.value",
                f"The figure for {seen.period}",
                str(seen.value),
            )


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
