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
    if not any(indicator.from_venues for indicator in plan.indicators):
        return plan
    return replace(
        plan, indicators=tuple(_filled(indicator, plan.venues) for indicator in plan.indicators)
    )


def _filled(indicator: Indicator, venues: Sequence[Venue]) -> Indicator:
    figure = capacity(indicator.from_venues, venues) if indicator.from_venues else None
    return (
        replace(indicator, observations=(figure,))
        if figure and not indicator.observations
        else indicator
    )


def capacity(column: str, venues: Sequence[Venue]) -> Observation | None:
    """What the open places have in all of a column; at least that, where one is not known.

    A row of a network stands for all places of its organisation, which are then not added to it.
    None where no row with a time has a count.
    """
    opened = [venue for venue in venues if venue.status == "open" and venue.as_at]
    networks = {venue.organisation for venue in opened if venue.type == NETWORK}
    counted = [
        venue for venue in opened if venue.type == NETWORK or venue.organisation not in networks
    ]
    known = [(venue, number) for venue in counted if (number := getattr(venue, column)) is not None]
    if not known:
        return None
    latest = max(
        (venue for venue, _ in known), key=lambda venue: venue.as_at.end if venue.as_at else 0
    )
    total = str(sum(number for _, number in known))
    places = f"{len(known)} of {len(counted)} open rows of venues.csv"
    values = {
        "period": latest.as_at.text if latest.as_at else "",
        "value" if len(known) == len(counted) else "low": total,
        "at": f"the sum of {column} in {places}",
        "source": latest.source,
    }
    return figure_of({key: value for key, value in values.items() if value})
