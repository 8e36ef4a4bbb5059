"""`diplan set`, `rename` and `revise`: changes to what a plan holds."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from diplan.cli.ask import (
    LISTS,
    DryRunOption,
    KeysArgument,
    YesOption,
    ask,
    carry_out,
    fields,
    find,
    interactive,
)
from diplan.cli.options import WorkspaceOption, open_plan, remark, today
from diplan.cli.options import workspace as the_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplan.files.edit import Put
    from diplan.files.load import Loaded
    from diplan.plan import Plan
    from diplan.problems import Place

GUARDED = {
    "indicators": ("baseline", "target", "observations", "milestones", "unit"),
    "actions": ("due", "updates"),
}
"""What was promised or measured: it is changed openly, with an entry in the ledger."""

WhereOption = Annotated[
    str | None,
    typer.Option(
        "--in", metavar="SECTION", help="Where the id is, if it is in several.", show_default=False
    ),
]


def set_(
    name: Annotated[str, typer.Argument(metavar="ID", help="Of anything in the plan, or plan.")],
    keys: KeysArgument = None,
    where: WhereOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Change keys of anything in the plan. What was promised or measured needs `diplan revise`.

    \b
    Examples:
      diplan set website-redesign lead=ict,web-team
      diplan set libraries title="Libraries and learning"
      diplan set plan organisation="Our Council"
    """
    from diplan.files.edit import Put
    from diplan.ground.errors import OptionError

    plan, _ = open_plan(workspace)
    place = _place(plan, name, where)
    given = list(fields(place.section, keys or []))
    if not given:
        raise OptionError("there is nothing to set", 'write, for example: note="Agreed in May"')
    for path, _value in given:
        if path[0] in GUARDED.get(place.section, ()):
            message = f'"{path[0]}" was promised or measured, and is not changed quietly'
            hint = f"`diplan revise {name} {'.'.join(path)}=... --why ...` changes it openly"
            raise OptionError(message, hint)
        if path == ("id",):
            raise OptionError("an id is used elsewhere", f"`diplan rename {name} NEW` changes all")

    def make(loaded: "Loaded") -> "list[Put]":
        assert loaded.plan is not None  # noqa: S101 - open_plan saw to it
        here = _place(loaded.plan, name, where)
        return [Put(here._replace(path=path), value) for path, value in given]

    carry_out(workspace, make, dry_run=dry_run, yes=yes)


def _place(plan: "Plan", name: str, where: str | None) -> "Place":
    from diplan.ground.errors import UnknownIdError
    from diplan.ground.text import suggest
    from diplan.problems import Place

    if name == "plan" and where is None:
        return Place("plan")
    if where is not None and where not in LISTS:
        raise UnknownIdError("section", where, suggest(where, LISTS), f"one of: {', '.join(LISTS)}")
    return find(plan, name, [where] if where else LISTS)


def rename(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The id that it has.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The id that it is to have.")],
    where: WhereOption = None,
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
    from diplan.ground.errors import OptionError

    plan, loaded = open_plan(workspace)
    place = _place(plan, old, where)
    if any(entity.id == new for entity in getattr(plan, place.section)):
        message = f'there is "{new}" among the {place.section} already'
        raise OptionError(message, "choose another id")
    if place.section == "priorities" and old in loaded.narrative:
        remark(f"data/narrative/{old}.md goes with it: rename that file to {new}.md")

    def make(now: "Loaded") -> "Iterator[Put]":
        assert now.plan is not None  # noqa: S101 - open_plan saw to it
        return _renamed(now.plan, _place(now.plan, old, where), old, new)

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


def revise(
    name: Annotated[str, typer.Argument(metavar="ID", help="An indicator or an action.")],
    keys: KeysArgument = None,
    why: Annotated[str | None, typer.Option(help="Why it is changed.", show_default=False)] = None,
    source: Annotated[
        str | None, typer.Option(metavar="ID", help="Where that is from.", show_default=False)
    ] = None,
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
    from diplan.checks.ledger import moved
    from diplan.files.edit import Put, draft
    from diplan.files.yaml.splice import NOTHING
    from diplan.ground.errors import OptionError

    plan, _ = open_plan(workspace)
    home = the_workspace(workspace)
    place = find(plan, name, ["indicators", "actions"])
    if why is None and interactive():
        why = ask("Why is it changed?")
    if not why or not keys:
        raise OptionError(
            "a revision says what is changed, and why",
            f'for example: diplan revise {name} target.due=2022 --why "..."',
        )
    reason = {"why": why, **({"source": source} if source else {})}

    def make(loaded: "Loaded") -> "list[Put]":
        assert loaded.plan is not None  # noqa: S101 - open_plan saw to it
        here = find(loaded.plan, name, ["indicators", "actions"])
        own = getattr(loaded.plan, here.section)[here.item]
        puts = sorted(_revised(own, here, keys), key=lambda put: put.value is NOTHING)
        then = draft(home, lambda _: puts, today(), loaded).after.plan
        after = getattr(then, here.section)[here.item]
        for at, one in enumerate(moved(here.section, own, after), len(own.revisions)):
            told = {"what": one.what, "was": one.was, "now": one.now}
            entry = {key: value for key, value in told.items() if value is not None}
            values: dict[str, Any] = {"date": today().text, **entry, **reason}
            puts.append(Put(here._replace(path=("revisions", at)), values))
        return puts

    carry_out(workspace, make, about=place, dry_run=dry_run, yes=yes)


def _revised(own: Any, place: "Place", keys: list[str]) -> "Iterator[Put]":
    """The new values at their places; a figure or an update is named by its period.

    A key without a value is taken away, last, since nothing may be left of what it stands in.
    """
    from diplan.files.edit import Put
    from diplan.files.yaml.splice import NOTHING
    from diplan.ground.errors import OptionError

    for one in keys:
        name, _, value = one.partition("=")
        head, _, rest = name.partition(".")
        if head in ("observations", "updates"):
            when, _, key = rest.rpartition(".")
            dates = [str(getattr(seen, "period", None) or seen.date) for seen in getattr(own, head)]
            if when not in dates or not key:
                listing = f"there are {', '.join(dates)}" if dates else "there are none"
                message = f'"{name}" is no {head[:-1]}'
                raise OptionError(message, f"write {head}.PERIOD.KEY=VALUE; {listing}")
            new = value.strip() or NOTHING
            yield Put(place._replace(path=(head, dates.index(when), key)), new)
            continue
        for path, text in fields(place.section, [one]):
            if path[0] not in GUARDED[place.section]:
                hint = f"`diplan set {own.id} {one}` is enough"
                raise OptionError(f'"{path[0]}" needs no revision', hint)
            yield Put(place._replace(path=path), text or NOTHING)
