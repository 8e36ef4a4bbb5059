"""`diplan record`: a figure for an indicator."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from diplan.cli.ask import ask, interactive
from diplan.cli.lookup import find, indicator_ids
from diplan.cli.moments import period_option
from diplan.cli.options import DryRunOption, SourceOption, WorkspaceOption, YesOption
from diplan.cli.output import remark
from diplan.cli.save import carry_out
from diplan.cli.workspace import open_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplan.files.edit import Put
    from diplan.files.load import Loaded
    from diplan.ground.period import Period
    from diplan.plan import Indicator, Plan


def record(
    indicator: Annotated[
        str,
        typer.Argument(metavar="INDICATOR", help="Its id.", autocompletion=indicator_ids),
    ],
    figure: Annotated[
        str | None,
        typer.Argument(
            metavar="FIGURE",
            help="As you would write it: 1300, 1,300, 85%, 'c. 4500', 'over 70', '51 of 110', TBC.",
            show_default=False,
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(metavar="PERIOD", help="The period that it is for.", show_default=False),
    ] = None,
    source: SourceOption = None,
    at: Annotated[
        str | None, typer.Option(help="The place in the source, in words.", show_default=False)
    ] = None,
    mark: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WORD", help="estimated, provisional, ...; may be repeated.", show_default=False
        ),
    ] = None,
    note: Annotated[str | None, typer.Option(show_default=False)] = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Record a figure for an indicator, and show the new verdict.

    At a terminal it asks for what is not given. A figure that is there is changed with
    `diplan revise`, which keeps what it was.

    \b
    Examples:
      diplan record offline-households
      diplan record offline-households 13,900 --period 2017 --source survey-2017
      diplan record claims-online '85%' --period 2017/18 --source returns --mark provisional
      diplan record offline-households TBC --period 2018 --dry-run
    """
    from diplan.checks.plausible import doubts
    from diplan.ground.errors import OptionError

    plan, _ = open_plan(workspace)
    place = find(plan, indicator, ["indicators"])
    own = plan.indicators[place.item]
    if own.from_venues:
        message = f"the figures of {own.id} come from the places"
        raise OptionError(message, f"change {own.from_venues} in data/venues.csv, and its as_at")
    asked = (figure is None or period is None) and interactive()
    if asked:
        figure, period, source = _asked(own, plan, figure, period, source)
    more = {"marks": list(mark or ()), "source": source, "at": at, "note": note}
    values = _keys(figure, period) | {key: value for key, value in more.items() if value}
    when = period_option("--period", values["period"])
    if any(seen.period == when and not seen.missing for seen in own.observations):
        message = f"there is a figure for {when} already"
        hint = f"`diplan revise {own.id} observations.{when}.value=... --why ...` changes it openly"
        raise OptionError(message, hint)

    def make(loaded: "Loaded") -> "list[Put]":
        return [put_figure(loaded, indicator, when, values)]

    def doubted(after: "Plan") -> "Iterator[str]":
        new = next(one for one in after.indicator[indicator].observations if one.period == when)
        return doubts(own, new, after.cover.approximate_within)

    carry_out(
        workspace,
        make,
        about=place,
        moment=when,
        doubts=doubted,
        asked=asked,
        dry_run=dry_run,
        yes=yes,
    )


def _asked(
    own: "Indicator", plan: "Plan", figure: str | None, period: str | None, source: str | None
) -> tuple[str | None, str | None, str | None]:
    """What is missing, asked for; the last figure is shown, and its source is the default."""
    from diplan.report import wording

    last = own.observations[-1] if own.observations else own.baseline
    shown = wording.dated(wording.figure(last, own, plan), last.period) if last else "none"
    remark(f"{own.title} ({own.unit}). Last figure: {shown}")
    period = period or ask("For which period?", _next(last.period if last else None))
    figure = figure or ask("What is the figure?")
    source = source or ask(
        f"Which source? ({', '.join(plan.source)})", last.source if last else None, needed=False
    )
    return figure, period, source


def _next(last: "Period | None") -> str | None:
    """The period after the last one, of the same kind."""
    from diplan.ground.period import following

    return following(last).text if last else None


def _keys(figure: str | None, period: str | None) -> "dict[str, Any]":
    """The keys of an observation, from what was typed."""
    from diplan.ground.errors import OptionError
    from diplan.ground.figure import typed

    if figure is None or period is None:
        missing = "FIGURE" if figure is None else "--period"
        raise OptionError(f"{missing} is missing", "at a terminal you are asked for it")
    found = typed(figure)
    if found is None:
        message = f'"{figure}" is no figure'
        raise OptionError(
            message, "write one like 1300, 85%, 'c. 4500', 'over 70', '51 of 110', TBC"
        )
    return {"period": period_option("--period", period).text, **found}


def put_figure(loaded: "Loaded", name: str, when: "Period", values: "dict[str, Any]") -> "Put":
    """The figure at its place in order of time."""
    from diplan.files.edit import Put

    assert loaded.plan is not None  # noqa: S101 - open_plan saw to it
    place = find(loaded.plan, name, ["indicators"])
    seen = loaded.plan.indicators[place.item].observations
    for at, one in enumerate(seen):
        if one.period == when:  # nobody had it yet: the figure takes the place of the reason
            return Put(place._replace(path=("observations", at)), values)
    at = sum(one.period.end <= when.end for one in seen)
    return Put(place._replace(path=("observations", at)), values, before=at < len(seen))
