"""The indicators of an Open SDG repository beside a plan's: what to add, and what to refuse."""

from collections.abc import Sequence
from typing import NamedTuple

from diplan.checks.doubts import not_recorded
from diplan.exchange.entries import IncomingEntry, revising, same_figure
from diplan.exchange.omissions import Omissions
from diplan.files.yaml.plain import Plain
from diplan.open_sdg.repository import FoundIndicator
from diplan.plan import Indicator, Observation, Plan
from diplan.plan.indicator import figure_of
from diplan.report import wording


class RefusedFigure(NamedTuple):
    """A figure that differs from the plan's: what is said of it, and what to do."""

    message: str
    hint: str


class Merged(NamedTuple):
    """What is new, and how much of it is in the plan already."""

    sources: list[dict[str, Plain]]
    indicators: list[dict[str, Plain]]
    figures: list[IncomingEntry]
    """Figures for periods that indicators of the plan have none for."""
    known: list[Observation]
    """Figures that the plan has already."""
    refused: list[RefusedFigure]


def merge(
    plan: Plan, series: Sequence[FoundIndicator], priority: str | None, omitted: Omissions
) -> Merged:
    """What is to be done to a plan, so that it has what was found."""
    made = Merged([], [], [], [], [])
    taken: set[object] = set()
    for entry in series:
        name = entry.indicator["id"]
        indicator = plan.indicator.get(str(name))
        if name in taken:
            omitted.note("indicators that come to the same id as another", entry.file)
        elif indicator is None:
            keys = list(entry.indicator.items())
            given = {"priority": priority} if priority else {}
            made.indicators.append({**dict(keys[:2]), **given, **dict(keys[2:])})
            _source(plan, entry, made, omitted)
        elif refusal := not_recorded(indicator):
            made.refused.append(RefusedFigure(f"{entry.file}: {refusal[0]}", refusal[1]))
        elif indicator.unit != entry.indicator["unit"]:
            units = f"{entry.file}: {entry.indicator['unit']}, and {indicator.unit} in the plan"
            omitted.note("indicators that the plan counts in another unit", units)
        else:
            before = len(made.figures)
            _figures(indicator, entry, plan, made, omitted)
            if len(made.figures) > before:
                _source(plan, entry, made, omitted)
        taken.add(name)
    return made


def _source(plan: Plan, entry: FoundIndicator, made: Merged, omitted: Omissions) -> None:
    """The source of what was taken; one that is there stays as it is."""
    name = str(entry.source["id"])
    known = plan.source.get(name)
    if known is None and entry.source not in made.sources:
        made.sources.append(entry.source)
    elif known and any(str(getattr(known, key)) != value for key, value in entry.source.items()):
        omitted.note(
            "sources that the plan describes otherwise, and keeps", f"{entry.file}: {name}"
        )


def _figures(
    indicator: Indicator, entry: FoundIndicator, plan: Plan, made: Merged, omitted: Omissions
) -> None:
    """Take the figures for new periods, and refuse those that differ."""
    there = {seen.period: seen for seen in indicator.observations}
    listed = entry.indicator["observations"]
    for values in listed if isinstance(listed, list) else ():
        new = figure_of(values)
        seen = there.get(new.period)
        if seen is None and isinstance(values, dict):
            made.figures.append(IncomingEntry("indicators", indicator.id, new.period, values))
        elif seen and same_figure(seen, new, plan.cover.approximate_within):
            made.known.append(new)
            if seen.marks != new.marks:
                omitted.note(
                    "known figures whose marks are others now", f"{entry.file}: {new.period}"
                )
        elif seen:
            was, now = (wording.figure(figure, indicator, plan) for figure in (seen, new))
            message = (
                f"{indicator.id}: {new.period} is {was} in the plan, and {now} in {entry.file}"
            )
            hint = f"if it was revised: {revising(indicator, new)}"
            made.refused.append(RefusedFigure(message, hint))
