"""A plan as tables: one row for each thing in it, in file order, with nothing left out.

Numbers are as they are written, to their last digit. What is missing is None and never 0.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from diplan.exchange.export.columns import TABLES, ExportColumn
from diplan.ground.errors import DiplanError
from diplan.ground.period import Period
from diplan.plan import Action, Benchmark, Indicator, Observation, Plan, Profile
from diplan.plan.fields.shape import fields
from diplan.plan.working_out import worked_out

ExportValue = str | int | Decimal | bool | date | Sequence[str] | None
ExportRow = Mapping[str, ExportValue]


class ExportTable(NamedTuple):
    """A table: its rows have a value for each column."""

    name: str
    columns: Sequence[ExportColumn]
    rows: Sequence[ExportRow]


class UnsoundError(DiplanError):
    """The tables would not keep the promise that ids are unique and lead somewhere."""

    def __init__(self, message: str) -> None:
        super().__init__(f"the tables would be wrong: {message}")
        self.hint = "`diplan check` says where that stands, and what to do"


def tables(plan: Plan) -> list[ExportTable]:
    """Every table of a plan's data.

    Raises:
        UnsoundError: an id is there twice, or names nothing.
    """
    return held(filled(plan.cover.id, TABLES, _rows(plan)))


def filled(
    plan: str,
    columns: Mapping[str, Sequence[ExportColumn]],
    rows: Mapping[str, Iterable[dict[str, ExportValue]]],
) -> list[ExportTable]:
    """Tables whose rows have a value for each column, and the id of the plan."""
    made = []
    for name, of in columns.items():
        names = [column.name for column in of[1:]]
        whole = [{"plan": plan, **{key: row.get(key) for key in names}} for row in rows[name]]
        made.append(ExportTable(name, of, whole))
    return made


def _rows(plan: Plan) -> dict[str, Iterable[dict[str, ExportValue]]]:
    return {
        "plan": [_cover(plan)],
        "grades": [{**_flat(entry), "id": entry.grade} for entry in plan.cover.scale],
        "corporate": map(_flat, plan.corporate),
        "priorities": [
            {**_flat(priority), **_flat(priority.response, "response_")}
            for priority in plan.priorities
        ],
        "outcomes": [
            {
                **_flat(outcome),
                "id": f"{priority.id}/{outcome.id}",
                "priority": priority.id,
                "outcome": outcome.id,
            }
            for priority in plan.priorities
            for outcome in priority.outcomes
        ],
        "success_measures": _inside("priority", plan.priorities, "success_measures"),
        "services": map(_flat, plan.services),
        "governance": _numbered(plan.governance),
        "sources": map(_flat, plan.sources),
        "profiles": map(_flat, plan.profiles),
        "segments": [row for profile in plan.profiles for row in _segments(profile)],
        "activities": map(_flat, plan.activities),
        "notes": _numbered(plan.notes),
        "indicators": map(_indicator, plan.indicators),
        "milestones": _inside("indicator", plan.indicators, "milestones"),
        "observations": [
            row
            for indicator, known in zip(plan.indicators, worked_out(plan).indicators, strict=True)
            for row in _observations(known if indicator.derived else indicator)
        ],
        "actions": [_action(action, plan) for action in plan.actions],
        "updates": [
            *_inside("action", plan.actions, "updates"),
            *_inside("priority", plan.priorities, "updates", above="priorities/"),
        ],
        "revisions": [
            *_inside("indicator", plan.indicators, "revisions", above="indicators/"),
            *_inside("action", plan.actions, "revisions", above="actions/"),
        ],
        "venues": map(_flat, plan.venues),
    }


def held(made: list[ExportTable]) -> list[ExportTable]:
    """The tables, after seeing that ids are unique, and that what names one names one."""
    ids: dict[str, set[ExportValue]] = {}
    for table in made:
        known = ids.setdefault(table.name, set())
        for row in table.rows:
            if row["id"] in known:
                raise UnsoundError(f'"{row["id"]}" is twice among the {_words(table.name)}')
            known.add(row["id"])
    for table in made:
        for column in (column for column in table.columns if column.of):
            for row in table.rows:
                value = row[column.name]
                names = [value] if isinstance(value, str) else value
                for name in names if isinstance(names, list) else ():
                    if name not in ids[column.of]:
                        message = f'"{name}" in {table.name} is not among the {_words(column.of)}'
                        raise UnsoundError(message)
    return made


def _words(name: str) -> str:
    return name.replace("_", " ")


def _flat(record: Any, prefix: str = "") -> dict[str, ExportValue]:
    """The fields of a record that are no records themselves, by their keys in the data."""
    if record is None:
        return {}
    values = {}
    kind: Any = type(record)
    for key, name in _keys(kind, prefix):
        value = getattr(record, name)
        if value is not None and type(value) not in _AS_IT_IS:
            value = _plain(value)
        if value is not _NESTED:
            values[key] = value
    return values


_NESTED = object()
_AS_IT_IS = (str, Decimal, bool, int)


@cache
def _keys(record: Any, prefix: str) -> list[tuple[str, str]]:
    """The columns of the fields of a record, each with the field's name."""
    names = zip(fields(record), record.__pydantic_fields__, strict=True)
    return [(f"{prefix}{key}", name) for key, name in names]


def _plain(value: Any) -> Any:
    """A value of a field; `_NESTED` where it holds records."""
    if isinstance(value, Period):
        return value.text
    if isinstance(value, tuple):
        nested = bool(value) and _plain(value[0]) is _NESTED
        return _NESTED if nested else [_plain(item) for item in value]
    return value if value is None or isinstance(value, str | int | Decimal) else _NESTED


@lru_cache(maxsize=1024)
def _dated(when: Period | None) -> dict[str, ExportValue]:
    """A period's first and last day."""
    first, last = (when.first_day, when.last_day) if when else (None, None)
    return {"period_start": first, "period_end": last}


def _numbered(records: Iterable[Any]) -> Iterator[dict[str, ExportValue]]:
    for at, record in enumerate(records, 1):
        yield {**_flat(record), "id": str(at)}


def _inside(
    what: str, owners: Iterable[Any], part: str, above: str = ""
) -> Iterator[dict[str, ExportValue]]:
    """The parts of things, with the id of what they are a part of and a number."""
    for owner in owners:
        for at, record in enumerate(getattr(owner, part), 1):
            days = _dated(getattr(record, "period", None))
            yield {**_flat(record), **days, "id": f"{above}{owner.id}/{at}", what: owner.id}


def _segments(profile: Profile) -> Iterator[dict[str, ExportValue]]:
    for segment in profile.segments:
        row = {**_flat(segment), **_flat(segment.share, "share_"), "profile": profile.id}
        yield {**row, "id": f"{profile.id}/{segment.id}", "kind": "segment", "segment": segment.id}
    for at, some in enumerate(profile.subtotals, 1):
        row = {**_flat(some), **_flat(some.share, "share_"), "profile": profile.id}
        yield {**row, "id": f"{profile.id}/subtotal/{at}", "kind": "subtotal"}


def _indicator(indicator: Indicator) -> dict[str, ExportValue]:
    due = indicator.target.due
    parts = {
        **_flat(indicator.baseline, "baseline_"),
        **_flat(indicator.target, "target_"),
        **_flat(indicator.derived, "derived_"),
        **_flat(indicator.rag, "rag_"),
        **_flat(indicator.ended, "ended_"),
    }
    return {**_flat(indicator), **parts, "target_due_end": due.last_day if due else None}


def _observations(indicator: Indicator) -> Iterator[dict[str, ExportValue]]:
    """The baseline, the observations and the benchmarks of an indicator."""
    if indicator.baseline:
        days = _dated(indicator.baseline.period)
        row = {**_flat(indicator.baseline), **days, "indicator": indicator.id}
        yield {**row, "id": f"{indicator.id}/baseline", "kind": "baseline"}
    for seen in indicator.observations:
        row = {**_seen(seen), "indicator": indicator.id}
        kind = "derived" if indicator.derived else "observation"
        yield {**row, "id": f"{indicator.id}/{seen.period}", "kind": kind}
    for at, other in enumerate(indicator.benchmarks, 1):
        for seen in other.observations:
            row = {**_benchmark(other, seen), "indicator": indicator.id}
            yield {**row, "id": f"{indicator.id}/benchmark/{at}/{seen.period}", "kind": "benchmark"}


def _seen(seen: Observation) -> dict[str, ExportValue]:
    return {**_flat(seen), **_dated(seen.period)}


def _benchmark(other: Benchmark, seen: Observation) -> dict[str, ExportValue]:
    """A figure of somebody else's; its source is that of all of them, where it names none."""
    source, at = seen.source or other.source, seen.at or (None if seen.source else other.at)
    named = {"benchmark": other.name, "benchmark_note": other.note}
    return {**_seen(seen), "source": source, "at": at, **named}


def _cover(plan: Plan) -> dict[str, ExportValue]:
    cover = plan.cover
    row = {**_flat(cover), **_flat(cover.rag, "rag_"), **_flat(cover.site, "site_")}
    return {**row, "scale": list(plan.cover.grades)}


def _action(action: Action, plan: Plan) -> dict[str, ExportValue]:
    end = action.due.last_day if isinstance(action.due, Period) else None
    named = {"priority": action.priority, "priorities": list(action.priorities)}
    money = _flat(action.budget, "budget_")
    if action.budget and action.budget.currency is None:
        money["budget_currency"] = plan.cover.currency
    return {**_flat(action), **_flat(action.ended, "ended_"), **money, **named, "due_end": end}
