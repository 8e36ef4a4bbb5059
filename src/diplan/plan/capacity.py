"""Figures that are worked out from the places: what those that are open have in all.

An indicator refers to a column of `venues.csv`, and nobody copies the sum. The table holds the
present, so there is one figure, for the time that the latest row describes; git keeps the earlier.
"""

from collections.abc import Sequence
from dataclasses import replace

from diplan.plan.indicator import Indicator, Observation, figure_of
from diplan.plan.plan import Plan
from diplan.plan.venue import NETWORK, Venue


def with_capacity(plan: Plan) -> Plan:
    """A plan whose indicators of places have their figure."""
    if not any(own.from_venues for own in plan.indicators):
        return plan
    return replace(plan, indicators=tuple(_filled(own, plan.venues) for own in plan.indicators))


def _filled(own: Indicator, venues: Sequence[Venue]) -> Indicator:
    figure = capacity(own.from_venues, venues) if own.from_venues else None
    return replace(own, observations=(figure,)) if figure and not own.observations else own


def capacity(column: str, venues: Sequence[Venue]) -> Observation | None:
    """What the open places have in all of a column; at least that, where one is not known.

    A row of a network stands for all places of its organisation, which are then not added to it.
    None where no row with a time has a count.
    """
    opened = [one for one in venues if one.status == "open" and one.as_at]
    networks = {one.organisation for one in opened if one.type == NETWORK}
    counted = [one for one in opened if one.type == NETWORK or one.organisation not in networks]
    known = [(one, number) for one in counted if (number := getattr(one, column)) is not None]
    if not known:
        return None
    latest = max((one for one, _ in known), key=lambda one: one.as_at.end if one.as_at else 0)
    total = str(sum(number for _, number in known))
    places = f"{len(known)} of {len(counted)} open rows of venues.csv"
    values = {
        "period": latest.as_at.text if latest.as_at else "",
        "value" if len(known) == len(counted) else "low": total,
        "at": f"the sum of {column} in {places}",
        "source": latest.source,
    }
    return figure_of({key: value for key, value in values.items() if value})
