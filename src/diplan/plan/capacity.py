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
    """The plan with a figure in each indicator that is worked out from the venues."""
    if not any(indicator.from_venues for indicator in plan.indicators):
        return plan
    indicators = (_filled(indicator, plan.venues) for indicator in plan.indicators)
    return replace(plan, indicators=tuple(indicators))


def _filled(indicator: Indicator, venues: Sequence[Venue]) -> Indicator:
    if indicator.observations or not indicator.from_venues:
        return indicator
    figure = capacity(indicator.from_venues, venues)
    return replace(indicator, observations=(figure,)) if figure else indicator


def capacity(column: str, venues: Sequence[Venue]) -> Observation | None:
    """Add up a column of the open places: a lower bound, where a place does not say how many.

    A row of a network stands for all places of its organisation, which are then not added to it.
    None where no row with a time has a count.
    """
    rows = [row for row in venues if row.status == "open" and row.as_at]
    networks = {row.organisation for row in rows if row.type == NETWORK}
    counted = [row for row in rows if row.type == NETWORK or row.organisation not in networks]
    known = [(row, number) for row in counted if (number := getattr(row, column)) is not None]
    if not known:
        return None
    latest = max((row for row, _ in known), key=lambda row: row.as_at.end if row.as_at else 0)
    total = str(sum(number for _, number in known))
    places = f"{len(known)} of {len(counted)} open rows of venues.csv"
    values = {
        "period": latest.as_at.text if latest.as_at else "",
        "value" if len(known) == len(counted) else "low": total,
        "at": f"the sum of {column} in {places}",
        "source": latest.source,
    }
    return figure_of({key: value for key, value in values.items() if value})
