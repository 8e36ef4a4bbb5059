"""Indicators for context: figures without a target, beside those of others."""

from collections.abc import Iterable

from diplan.ground.period import Period
from diplan.judge import Verdict
from diplan.plan import Plan
from diplan.report import wording
from diplan.report.document import Cell, Column, Lines, Table
from diplan.report.trend import trend

COLUMNS = (
    Column("title", "Indicator", width=34),
    Column("figure", "Figure", width=22),
    Column("others", "Beside it", width=22),
    Column("trend", "Trend", width=10, wide=True),
)


def table(verdicts: Iterable[Verdict], plan: Plan, as_of: Period) -> Table:
    """One row an indicator; beside it the benchmarks' figures for the same period."""
    rows: list[list[Cell]] = []
    for found in verdicts:
        own, others = found.indicator, _others(found, plan, as_of)
        about = "; ".join(filter(None, (own.area, own.of and f"share of {own.of}")))
        known = found.evidence is not None
        rows.append(
            [
                f"{own.title} ({about})" if about else own.title,
                wording.latest(found, plan) if known else wording.baseline(own, plan),
                Lines(others) if others else wording.DASH,
                trend(found, plan),
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
