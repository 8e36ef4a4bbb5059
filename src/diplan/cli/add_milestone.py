"""`diplan add milestone`: an interim target, with an entry in the ledger."""

from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.ask import ask, ask_until, interactive
from diplan.cli.completion import ids_of
from diplan.cli.keys import fields
from diplan.cli.lookup import find
from diplan.cli.moments import period_option, today
from diplan.cli.options import DryRunOption, KeysArgument, SourceOption, WorkspaceOption, YesOption
from diplan.cli.output import remark
from diplan.cli.revise import carry_out_revision
from diplan.cli.save import already_there
from diplan.cli.workspace import open_plan
from diplan.ground.english import agree, listed
from diplan.ground.errors import OptionError
from diplan.ground.text import did_you_mean, suggest

if TYPE_CHECKING:
    from diplan.plan import Indicator, Plan
    from diplan.problems import Place

WAYS = {
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
    typed = _typed(keys or [])
    ways = [way for way in WAYS if indicator.target.kind in WAYS[way]] or ["value"]
    asked = interactive() and not (why and "period" in typed and typed.keys() & WAYS.keys())
    if asked:
        _introduce(indicator, plan)
        typed |= _answers(typed, ways[0], place, plan)
        why = why or ask("Who agreed to it, or why is it added?")
    missing = [] if typed.get("period") else ["period=..."]
    missing += [] if typed.keys() & WAYS.keys() else [f"{ways[0]}=..."]
    missing += [] if why else ["--why"]
    if missing or not why:
        message = f"{listed(missing)} {agree(len(missing), 'is', 'are')} missing"
        raise OptionError(message, "at a terminal diplan asks you for it")
    period = _free(typed.pop("period"), place, plan)
    given = [f"milestones.{period}.{key}={value}" for key, value in typed.items()]
    reason = {"why": why, **({"source": source} if source else {})}
    carry_out_revision(name, given, reason, workspace, asked=asked, dry_run=dry_run, yes=yes)


def _answers(typed: dict[str, str], way: str, place: "Place", plan: "Plan") -> dict[str, str]:
    """What is missing of a milestone, asked for."""
    unit = plan.indicators[place.item].unit

    def readable(written: str) -> str:
        list(fields("indicators", [f"milestones.2018.{way}={written}"], plan, unit))
        return written

    answers = {}
    if not typed.get("period"):
        when = ask_until("By when? (such as 2018)", lambda said: _free(said, place, plan))
        answers["period"] = when or ""
    if not typed.keys() & WAYS.keys():
        answers[way] = ask_until(_HOW_FAR[way].format(unit=unit), readable) or ""
    return answers


def _free(written: str, place: "Place", plan: "Plan") -> str:
    """A period for which there is no milestone yet.

    Raises:
        OptionError: there is one, or this is no period.
    """
    when, indicator = period_option("", written, plan), plan.indicators[place.item]
    if any(stone.period == when for stone in indicator.milestones):
        raise already_there(f"a milestone of {when}", place, indicator.id, f"milestones.{when}")
    return when.text


def _typed(keys: list[str]) -> dict[str, str]:
    """The keys of a milestone that were typed."""
    from diplan.plan.fields.shape import keys_at

    typed = {}
    known = keys_at("indicators", ("milestones",))
    for pair in keys:
        name, sign, value = (part.strip() for part in pair.partition("="))
        if not sign:
            raise OptionError(f'"{pair}" is not KEY=VALUE', "for example: period=2018 value=11000")
        if name not in known:
            hint = did_you_mean(suggest(name, known), f"one of: {', '.join(known)}")
            raise OptionError(f'unknown key "{name}"', hint)
        typed[name] = value
    return typed


def _introduce(indicator: "Indicator", plan: "Plan") -> None:
    """Say what is promised so far."""
    from diplan.ground.english import in_words
    from diplan.judge.indicator import judge_indicator
    from diplan.plan.working_out import worked_out_in
    from diplan.report import wording

    known = worked_out_in(plan, indicator)
    verdict = judge_indicator(known, today(), plan.cover.approximate_within)
    stones = [
        f"{wording.milestone(stone, indicator)} by {in_words(stone.period)}"
        for stone in indicator.milestones
    ]
    so_far = f"milestones: {', '.join(stones)}" if stones else "no milestone yet"
    remark(f"{indicator.title} ({indicator.unit}). Target: {wording.target(verdict)}; {so_far}")
