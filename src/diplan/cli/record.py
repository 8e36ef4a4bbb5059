"""`diplan record`: a figure for an indicator."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from diplan.cli.ask import NEW, Alternative, NoAnswerError, ask, ask_until, choose, pick
from diplan.cli.completion import ids_of, names_in, years
from diplan.cli.lookup import find
from diplan.cli.moments import period_option
from diplan.cli.options import DryRunOption, PlaceOption, SourceOption, WorkspaceOption, YesOption
from diplan.cli.output import remark
from diplan.cli.save import refuse_known, save_entry
from diplan.cli.workspace import open_plan
from diplan.ground.errors import OptionError
from diplan.ground.text import slug

if TYPE_CHECKING:
    from diplan.files.yaml.plain import Plain
    from diplan.plan import Plan
    from diplan.problems import Place


def record(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="INDICATOR",
            help="Its id; else you choose it by its title.",
            autocompletion=ids_of("indicators"),
        ),
    ] = None,
    figure: Annotated[
        str | None,
        typer.Argument(
            metavar="FIGURE",
            help="As you would write it: 1300, 1,300, 85%, 'c. 4500', 'over 70', '51 of 110', TBC.",
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(metavar="PERIOD", autocompletion=years, help="The period that it is for."),
    ] = None,
    source: SourceOption = None,
    at: PlaceOption = None,
    mark: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WORD",
            autocompletion=names_in("plan.indicator", "MARKS"),
            help="estimated, provisional, ...; can be repeated.",
        ),
    ] = None,
    note: Annotated[str | None, typer.Option()] = None,
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
    from diplan.checks.doubts import not_recorded

    plan, _ = open_plan(workspace)
    name = pick(plan, name, ["indicators"], "Which indicator is it for?")
    place = find(plan, name, ["indicators"])
    indicator = plan.indicators[place.item]
    if refusal := not_recorded(indicator):
        raise OptionError(*refusal)
    asked = figure is None or period is None
    new_source = None
    if asked:
        try:
            figure, period, source, new_source = _asked(place, plan, figure, period, source)
        except NoAnswerError:
            missing = "FIGURE" if figure is None else "--period"
            hint = "at a terminal diplan asks you for it"
            raise OptionError(f"{missing} is missing", hint) from None
    more = {"marks": list(mark or ()), "source": source, "at": at, "note": note}
    values = _keys(figure, period, plan) | {key: value for key, value in more.items() if value}
    when = period_option("--period", values["period"], plan)
    refuse_known(indicator, place, when)

    save_entry(
        workspace, plan, place, when, values,
        new_source=new_source, asked=asked, dry_run=dry_run, yes=yes,
    )  # fmt: skip


def _asked(
    place: "Place", plan: "Plan", figure: str | None, period: str | None, source: str | None
) -> "tuple[str | None, str | None, str | None, dict[str, Plain] | None]":
    """What is missing, asked for; the last figure is shown, and its source is the default.

    A source that the plan does not have comes with its keys.
    """
    from diplan.ground.period import following
    from diplan.report import wording

    indicator = plan.indicators[place.item]
    last = indicator.observations[-1] if indicator.observations else indicator.baseline
    shown = wording.dated(wording.figure(last, indicator, plan), last.period) if last else "none"
    remark(f"{indicator.title} ({indicator.unit}). Last figure: {shown}")
    next_period = following(last.period).text if last and last.period else None

    def told(written: str) -> str:
        when = period_option("", written, plan)
        refuse_known(indicator, place, when)
        return when.text

    def typed(written: str) -> str:
        _figure(written)
        return written

    period = period or ask_until("For which period?", told, next_period)
    figure = figure or ask_until("What is the figure?", typed)
    new_source: dict[str, Plain] | None = None
    if source is None:
        sources = [Alternative(entity.id, entity.title) for entity in plan.sources]
        before = last.source if last else None
        source = choose("Where is it from?", sources, new=True, needed=False, default=before)
        if source == NEW:
            title = ask("What is it called?", needed=False)
            source = slug(title, plan.source) if title else None
            new_source = {"id": source, "title": title} if title else None
    return figure, period, source, new_source


def _keys(figure: str | None, period: str | None, plan: "Plan") -> "dict[str, Any]":
    """The keys of an observation, from what was typed."""
    if figure is None or period is None:
        missing = "FIGURE" if figure is None else "--period"
        raise OptionError(f"{missing} is missing", "at a terminal diplan asks you for it")
    return {"period": period_option("--period", period, plan).text, **_figure(figure)}


def _figure(written: str) -> "dict[str, str]":
    """The keys of a figure as people type it."""
    from diplan.ground.figure import typed

    keys = typed(written)
    if keys is None:
        message = f'"{written}" is not a figure'
        raise OptionError(
            message, "write one like 1300, 85%, 'c. 4500', 'over 70', '51 of 110', TBC"
        )
    return keys
