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
    for verdict in verdicts:
        indicator, others = verdict.indicator, _others(verdict, plan, as_of)
        about = "; ".join(
            filter(None, (indicator.area, indicator.of and f"share of {indicator.of}"))
        )
        known = verdict.evidence is not None
        rows.append(
            [
                f"{indicator.title} ({about})" if about else indicator.title,
                wording.latest(verdict, plan) if known else wording.baseline(indicator, plan),
                Lines(others) if others else wording.DASH,
                trend(verdict, plan),
            ]
        )
    return Table(COLUMNS, rows)


def _others(verdict: Verdict, plan: Plan, as_of: Period) -> list[str]:
    indicator, seen = verdict.indicator, verdict.evidence
    when = seen.period if seen else indicator.baseline_period
    return [
        f"{mark.name} {wording.figure(other, indicator, plan)}"
        for mark in indicator.benchmarks
        for other in mark.observations
        if when and other.period.end == when.end <= as_of.end
    ]
