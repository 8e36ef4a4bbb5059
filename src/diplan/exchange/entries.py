"""What comes from outside, as entries of the data, and where in the plan they go."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from diplan.files.edit import Put
from diplan.files.load import Loaded
from diplan.files.yaml.plain import Plain
from diplan.ground.period import Period
from diplan.plan import Indicator, Observation, Plan
from diplan.problems import Place


class IncomingEntry(NamedTuple):
    """A figure of an indicator, or an update of an action or a heading, as the data has it."""

    section: str
    id: str
    when: Period
    values: Mapping[str, Plain]


def same_figure(observation: Observation, other: Observation, within: Decimal) -> bool:
    """Whether two figures say the same number, or lack it for the same reason."""
    return (observation.interval(within), observation.missing) == (
        other.interval(within),
        other.missing,
    )


def revising(indicator: Indicator, new: Observation) -> str:
    """The command that would put a figure openly in the place of the one that is there."""
    value = "..." if new.value is None else f"{new.value:f}"
    key = f"observations.{new.period}.value"
    return f"`diplan revise {indicator.id} {key}={value} --why ...`"


def additions(plan: Plan, entries: Iterable[IncomingEntry]) -> Iterator[Put]:
    """Where entries go: in order of time, in the list of what they are about.

    One for a period that is there takes its place: it was still to be confirmed.
    """
    places = {
        (section, entity.id): Place(section, at)
        for section in ("indicators", "actions", "priorities")
        for at, entity in enumerate(getattr(plan, section))
    }
    ends: dict[Place, list[Period]] = {}
    for entry in sorted(entries, key=lambda entry: entry.when.end):
        place = places[entry.section, entry.id]
        entity = getattr(plan, entry.section)[place.item]
        if entry.section == "indicators":
            key, dates = "observations", [seen.period for seen in entity.observations]
        else:
            key, dates = "updates", [update.date for update in entity.updates]
        known = ends.setdefault(place, dates)
        if entry.when in known:  # one that was to be confirmed
            at = known.index(entry.when)
            yield Put(place._replace(path=(key, at)), dict(entry.values))
            continue
        at = sum(date.end <= entry.when.end for date in known)
        put = Put(place._replace(path=(key, at)), dict(entry.values), before=at < len(known))
        known.insert(at, entry.when)
        yield put


def appended(loaded: Loaded, section: str, entities: Sequence[dict[str, Plain]]) -> Iterator[Put]:
    """New entities behind the last of their section."""
    for at, entity in enumerate(entities, len(loaded.origins[section])):
        yield Put(Place(section, at), entity)
