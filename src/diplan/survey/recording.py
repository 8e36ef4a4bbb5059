"""What `diplan skills score --record` does: a share becomes a figure of an indicator."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from diplan.cli.lookup import find
from diplan.cli.moments import period_option
from diplan.cli.output import remark
from diplan.cli.save import refuse_known, save_entry
from diplan.cli.workspace import open_plan, the_workspace
from diplan.ground.errors import OptionError

if TYPE_CHECKING:
    from diplan.ground.period import Period
    from diplan.plan import Plan
    from diplan.problems import Place
    from diplan.survey.withholding import PublishedScores


class Planned(NamedTuple):
    """Where a figure is to go: an indicator of a plan and the period. Its source may be absent."""

    plan: "Plan"
    place: "Place"
    when: "Period"
    source: str | None


def planned(
    name: str | None, period: str | None, source: str | None, folder: Path | None
) -> Planned | None:
    """Where the options want the figure to go; None where none is to be recorded.

    Raises:
        OptionError: they do not go together, or the indicator cannot take it.
    """
    from diplan.checks.doubts import not_recorded
    from diplan.plan.indicator import PER_CENT

    if name is None:
        if period or source:
            message = f"{'--period' if period else '--source'} says nothing without --record"
            raise OptionError(message, "name the indicator that the figure is for with --record")
        return None
    if period is None:
        raise OptionError("--period is missing", "say what period the figure is for")
    plan, _ = open_plan(folder)
    place = find(plan, name, ["indicators"])
    indicator, when = plan.indicators[place.item], period_option("--period", period, plan)
    if refusal := not_recorded(indicator):
        raise OptionError(*refusal)
    if indicator.unit != PER_CENT:
        message = f'the unit of "{indicator.id}" is {indicator.unit}, but this figure is a share'
        raise OptionError(message, f"record it under an indicator whose unit is {PER_CENT}")
    refuse_known(indicator, place, when)
    return Planned(plan, place, when, source)


def record_share(
    to: Planned,
    published: "PublishedScores",
    folder: Path | None,
    *,
    dry_run: bool,
    yes: bool,
) -> None:
    """Record the share of those who have all skills, and say where a new series begins."""
    from diplan.survey.figure import observation
    from diplan.survey.framework_files import available

    if not published.whole.counts[0].of:
        raise OptionError("nobody answered enough to be judged", "there is no figure to record")
    indicator = to.plan.indicators[to.place.item]
    frameworks = available(the_workspace(folder).root)
    made = observation(published, indicator, to.when, to.source, frameworks)
    for line in made.remarks:
        remark(line)

    save_entry(folder, to.plan, to.place, to.when, made.values, dry_run=dry_run, yes=yes)
