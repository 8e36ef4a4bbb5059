"""The rows of a plan's tables, each with the place in the plan that it was made from."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from diplan.exchange.export.tables import ExportValue, tables
from diplan.plan import Indicator, Plan
from diplan.plan.working_out import worked_out_in
from diplan.problems import Place


class PlacedRow(NamedTuple):
    """A row: its id, its cells by column, and where it is from."""

    id: str
    values: Mapping[str, ExportValue]
    place: Place
    editable: bool
    """Whether its cells may be changed: what is worked out, or is in another table, may not."""
    removable: bool
    """Whether the plan can do without it."""


def rows_in_place(plan: Plan) -> dict[str, list[PlacedRow]]:
    """Every row of every table, by the table's name.

    Raises:
        UnsoundError: the plan's ids are not in order.
    """
    places = _places(plan)
    return {
        table.name: [
            PlacedRow(str(row["id"]), row, place, editable, removable)
            for row, (place, editable, removable) in zip(
                table.rows, places[table.name], strict=True
            )
        ]
        for table in tables(plan)
    }


_RowPlace = tuple[Place, bool, bool]


def _places(plan: Plan) -> dict[str, list[_RowPlace]]:
    """The place of each row, in the order of the tables; whether it may be changed and removed."""
    sections = (
        "corporate", "priorities", "services", "governance", "sources", "profiles", "activities",
        "notes", "indicators", "actions", "venues",
    )  # fmt: skip
    return {
        "plan": [(Place("plan"), True, False)],
        "grades": [
            (Place("plan", 0, ("scale", at)), True, False) for at in range(len(plan.cover.scale))
        ],
        **{
            section: [(Place(section, at), True, True) for at in range(len(getattr(plan, section)))]
            for section in sections
        },
        "outcomes": list(_inside(plan, "priorities", "outcomes")),
        "success_measures": list(_inside(plan, "priorities", "success_measures")),
        "segments": [
            placed
            for index in range(len(plan.profiles))
            for key in ("segments", "subtotals")
            for placed in _parts(plan, "profiles", index, key)
        ],
        "milestones": list(_inside(plan, "indicators", "milestones")),
        "observations": [
            placed
            for index, indicator in enumerate(plan.indicators)
            for placed in _observations(plan, index, indicator)
        ],
        "updates": [
            *_inside(plan, "actions", "updates"),
            *_inside(plan, "priorities", "updates"),
        ],
        "revisions": [
            (place, False, False)
            for section in ("indicators", "actions")
            for place, _, _ in _inside(plan, section, "revisions")
        ],
    }


def _inside(plan: Plan, section: str, key: str) -> Iterator[_RowPlace]:
    for index in range(len(getattr(plan, section))):
        yield from _parts(plan, section, index, key)


def _parts(plan: Plan, section: str, index: int, key: str) -> Iterator[_RowPlace]:
    owner: Any = getattr(plan, section)[index]
    for at in range(len(getattr(owner, key))):
        yield Place(section, index, (key, at)), True, True


def _observations(plan: Plan, index: int, indicator: Indicator) -> Iterator[_RowPlace]:
    if indicator.baseline:
        yield Place("indicators", index, ("baseline",)), False, False
    made = indicator.derived is not None
    figures = worked_out_in(plan, indicator) if made else indicator
    given = made or indicator.from_venues is not None
    for at in range(len(figures.observations)):
        yield Place("indicators", index, ("observations", at)), not given, not given
    for at, mark in enumerate(indicator.benchmarks):
        for number in range(len(mark.observations)):
            path = ("benchmarks", at, "observations", number)
            yield Place("indicators", index, path), True, True
