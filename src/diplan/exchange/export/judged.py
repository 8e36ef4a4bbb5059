"""The tables of what diplan says of a plan: its verdicts at each moment, and what changed between.

The fields are those of the reports for programs, with the same names and the same numbers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from diplan.exchange.export.columns import JUDGED
from diplan.exchange.export.tables import ExportTable, ExportValue, filled, held, tables
from diplan.ground.period import Period
from diplan.judge import Assessment, assess
from diplan.judge.diff import ActionChange, Changes, changes_of
from diplan.plan import Plan, Revision
from diplan.plan.promise import Move
from diplan.report import data
from diplan.report.diff import indicator_change

JudgedRow = dict[str, ExportValue]


def all_tables(plan: Plan, moments: Iterable[Period]) -> list[ExportTable]:
    """Every table of a plan's data, and of what is said of it at each moment.

    Raises:
        UnsoundError: an id is there twice, or names nothing.
    """
    by_end: dict[Fraction, Period] = {}
    for moment in moments:
        by_end.setdefault(moment.end, moment)
    return tables_of(plan, [assess(plan, by_end[end]) for end in sorted(by_end)])


def tables_of(plan: Plan, assessments: Sequence[Assessment]) -> list[ExportTable]:
    """As `all_tables`, from the plan's assessments at each moment, in order of time."""
    return held([*tables(plan), *filled(plan.cover.id, JUDGED, _rows(assessments))])


def _rows(assessments: Sequence[Assessment]) -> dict[str, Iterator[JudgedRow]]:
    """The rows of each table, from a plan's assessments in order of time."""
    both = [changes_of(*pair) for pair in pairwise(assessments)]
    return {
        "verdicts": (row for made in assessments for row in _verdicts(made)),
        "milestone_verdicts": (row for made in assessments for row in _milestones(made)),
        "standings": (row for made in assessments for row in _standings(made)),
        "changes": (row for changes in both for row in _changes(changes)),
    }


def _verdicts(made: Assessment) -> Iterator[JudgedRow]:
    within = made.plan.cover.approximate_within
    for verdict, recorded in zip(made.verdicts, made.recorded.indicators, strict=True):
        row = dict(_flat(data.indicator(verdict, within)))
        moved = _ledger("indicators", recorded.id, verdict.moved, recorded.revisions)
        yield {**row, **_at(made.as_of, recorded.id), "indicator": recorded.id, "moved": moved}


def _milestones(made: Assessment) -> Iterator[JudgedRow]:
    for verdict, recorded in zip(made.verdicts, made.recorded.indicators, strict=True):
        ids = {stone.period: at for at, stone in enumerate(recorded.milestones, 1)}
        for at, stone in enumerate(verdict.milestones, 1):
            known = ids.get(stone.milestone.period)
            yield {
                **dict(_flat(data.milestone(stone))),
                **_at(made.as_of, verdict.indicator.id, f"/{at}"),
                "indicator": verdict.indicator.id,
                "milestone": f"{verdict.indicator.id}/{known}" if known else None,
            }


def _standings(made: Assessment) -> Iterator[JudgedRow]:
    currency = made.plan.cover.currency
    for standing, recorded in zip(made.standings, made.recorded.actions, strict=True):
        row = dict(_flat(data.action(standing, currency)))
        moved = _ledger("actions", recorded.id, standing.moved, recorded.revisions)
        yield {**row, **_at(made.as_of, recorded.id), "action": recorded.id, "moved": moved}


def _changes(changes: Changes) -> Iterator[JudgedRow]:
    since, until = changes.before.as_of, changes.after.as_of
    rows: list[JudgedRow] = []
    for change in changes.indicators:
        row = dict(_flat(indicator_change(change)))
        causes = list(dict.fromkeys(str(step.cause) for step in change.causes))
        rows.append({**row, "indicator": change.id, "causes": causes})
    rows += [{**_regarded(change), "action": change.id} for change in changes.actions]
    rows += [{**_regarded(change), "priority": change.id} for change in changes.headings]
    for at, row in enumerate(rows, 1):
        ends: JudgedRow = {"from": since.text, "to": until.text, "to_end": until.last_day}
        yield {**row, **ends, "id": f"{since}..{until}/{at}"}


def _regarded(change: ActionChange) -> JudgedRow:
    return {
        "change": change.change,
        "was": change.before,
        "now": change.after,
        "why": change.why or None,
    }


def _at(as_of: Period, name: str, part: str = "") -> JudgedRow:
    """The key of a row, and the moment that it tells of."""
    return {
        "id": f"{name}/{as_of}{part}",
        "as_of": as_of.text,
        "as_of_end": as_of.last_day,
    }


def _ledger(
    section: str, name: str, moved: Sequence[Move], revisions: Sequence[Revision]
) -> list[str]:
    """The ids of the entries of the ledger that held at the moment."""
    return [
        f"{section}/{name}/{revisions.index(entry) + 1}" for entry, in_force in moved if in_force
    ]


def _flat(record: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, ExportValue]]:
    """The fields of a record, those of a record inside it with its name before theirs."""
    for name, value in record.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}_")
        else:
            yield f"{prefix}{name}", Decimal(repr(value)) if isinstance(value, float) else value
