"""What comes from outside, beside what the plan has: new, known already, or at odds with it.

Nothing that is there is overwritten. A figure that differs is said, with the command that would
change it openly.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from diplan.files.edit import Put
from diplan.files.load import Loaded
from diplan.files.yaml.plain import Plain
from diplan.ground.period import Period
from diplan.plan import Observation, Plan
from diplan.problems import Place


class IncomingEntry(NamedTuple):
    """A figure of an indicator, or an update of an action, as the data would have it."""

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


def additions(plan: Plan, entries: Iterable[IncomingEntry]) -> Iterator[Put]:
    """Where entries go: in order of time, in the list of what they are about."""
    places = {
        (section, entity.id): Place(section, at)
        for section in ("indicators", "actions")
        for at, entity in enumerate(getattr(plan, section))
    }
    ends: dict[Place, list[Period]] = {}
    for one in sorted(entries, key=lambda entry: entry.when.end):
        place = places[one.section, one.id]
        entity = getattr(plan, one.section)[place.item]
        if one.section == "indicators":
            key, dates = "observations", [seen.period for seen in entity.observations]
        else:
            key, dates = "updates", [update.date for update in entity.updates]
        known = ends.setdefault(place, dates)
        at = sum(date.end <= one.when.end for date in known)
        put = Put(place._replace(path=(key, at)), dict(one.values), before=at < len(known))
        known.insert(at, one.when)
        yield put


def appended(loaded: Loaded, section: str, entities: Sequence[dict[str, Plain]]) -> Iterator[Put]:
    """New entities behind the last of their section."""
    for at, entity in enumerate(entities, len(loaded.origins[section])):
        yield Put(Place(section, at), entity)
