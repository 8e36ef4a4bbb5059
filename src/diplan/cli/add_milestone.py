"""`diplan add milestone`: an interim target, with an entry in the ledger."""

from typing import Annotated

import typer

from diplan.cli.ask import ask, interactive
from diplan.cli.keys import pairs
from diplan.cli.lookup import find, ids_of
from diplan.cli.moments import period_option
from diplan.cli.options import DryRunOption, KeysArgument, SourceOption, WorkspaceOption, YesOption
from diplan.cli.revise import revise
from diplan.cli.save import already_there
from diplan.cli.workspace import open_plan
from diplan.ground.errors import OptionError

MILESTONE_WAYS = {
    "percent": ("halve", "reduce-by", "increase-by"),
    "points": ("reduce-by-points", "increase-by-points"),
    "value": (),
}
"""How far a milestone goes, and the kinds of target that say it in this way; all take a value."""

_HOW_FAR = {
    "percent": "By how many per cent of the baseline?",
    "points": "By how many points, from the baseline?",
    "value": "What is to be reached by then? ({unit})",
}


def add_milestone(
    name: Annotated[
        str,
        typer.Argument(metavar="INDICATOR", help="Its id.", autocompletion=ids_of("indicators")),
    ],
    keys: KeysArgument = None,
    why: Annotated[str | None, typer.Option(help="Who agreed to it, or why.")] = None,
    source: SourceOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Add a milestone to an indicator, and record why.

    At a terminal it asks for what is needed and not given.

    \b
    Examples:
      diplan add milestone offline-households
      diplan add milestone offline-households period=2018 value=11000 --why "Agreed in May"
      diplan add milestone claims-online period="Q1 2018/19" value=90 --why "Agreed in May"
    """
    plan, _ = open_plan(workspace)
    place = find(plan, name, ["indicators"])
    indicator = plan.indicators[place.item]
    typed = pairs("a milestone", keys or [])
    ways = [way for way in MILESTONE_WAYS if indicator.target.kind in MILESTONE_WAYS[way]]
    asked = interactive()
    if "period" not in typed and asked:
        typed["period"] = ask("By when? (2018)") or ""
    if not typed.keys() & MILESTONE_WAYS.keys() and asked:
        way = ways[0] if ways else "value"
        typed[way] = ask(_HOW_FAR[way].format(unit=indicator.unit)) or ""
    when = typed.pop("period", "")
    if not when or not typed.keys() & MILESTONE_WAYS.keys():
        missing = "period" if not when else " or ".join([*ways, "value"])
        raise OptionError(f"{missing}=... is missing", "at a terminal diplan asks you for it")
    period = period_option("period", when, plan)
    if any(stone.period == period for stone in indicator.milestones):
        raise already_there(f"a milestone of {period}", place, name, f"milestones.{period}")
    given = [f"milestones.{period}.{key}={value}" for key, value in typed.items()]
    revise(name, given, why, source, dry_run, yes, workspace)
