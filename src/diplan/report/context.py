"""Indicators for context: figures without a target, beside those of others."""

from collections.abc import Iterable

from diplan.assess import Verdict
from diplan.model import Plan
from diplan.period import Period
from diplan.report import wording
from diplan.report.document import Cell, Column, Lines, Table

COLUMNS = (
    Column("title", "Indicator", width=32),
    Column("baseline", "Baseline", width=14),
    Column("latest", "Latest", width=14),
    Column("others", "Beside it", width=18),
)


def table(verdicts: Iterable[Verdict], plan: Plan, as_of: Period) -> Table:
    """One row an indicator; beside it the benchmarks' figures for the same period."""
    rows: list[list[Cell]] = []
    for found in verdicts:
        others = _others(found, plan, as_of)
        rows.append(
            [
                found.indicator.title,
                wording.baseline(found.indicator, plan),
                wording.latest(found, plan),
                Lines(others) if others else wording.DASH,
            ]
        )
    return Table(COLUMNS, rows)


def _others(found: Verdict, plan: Plan, as_of: Period) -> list[str]:
    own, seen = found.indicator, found.evidence
    when = seen.period if seen else own.baseline_period
    return [
        f"{mark.name} {wording.figure(other, own, plan)}"
        for mark in own.benchmarks
        for other in mark.observations
        if when and other.period.end == when.end <= as_of.end
    ]
