"""What reports say to programs: plain records under versioned schemas.

Numbers are JSON numbers rounded to six decimals, absent figures None; lists keep file order. A
field never changes its meaning within a version; fields may be added.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from diplan.ground.figure import Interval
from diplan.ground.period import Period
from diplan.judge import Assessment, Standing, Verdict
from diplan.plan import Observation, Priority
from diplan.plan.promise import Move
from diplan.report.wording import target

STATUS_SCHEMA = "diplan/status/1"

JsonNumber = int | float | None


def rounded(value: Fraction | None) -> JsonNumber:
    """A number of at most six decimals; whole ones are integers."""
    if value is None:
        return None
    near = round(value, 6)
    return near.numerator if near.denominator == 1 else float(near)


def status(assessment: Assessment) -> dict[str, Any]:
    """The record of `diplan status`."""
    within = assessment.plan.cover.approximate_within
    overdue = sum(standing.overdue for standing in assessment.standings)
    return {
        "schema": STATUS_SCHEMA,
        "plan": assessment.plan.cover.id,
        "as_of": assessment.as_of.text,
        "indicators": [indicator(verdict, within) for verdict in assessment.verdicts],
        "actions": [action(standing) for standing in assessment.standings],
        "priorities": [priority(heading, assessment) for heading in assessment.plan.priorities],
        "summary": {
            "indicators": {str(name): howmany for name, howmany in assessment.statuses().items()},
            "assessed": assessment.assessed,
            "of": len(assessment.targeted),
            "context": len(assessment.context),
            "actions": assessment.grades(),
            "overdue": overdue,
        },
    }


def indicator(verdict: Verdict, within: Decimal) -> dict[str, Any]:
    """How an indicator stands; *within* is the plan's per cent for approximate figures."""
    indicator, numbers, seen = verdict.indicator, verdict.numbers, verdict.evidence
    given = indicator.baseline
    due = indicator.target.due
    return {
        "id": indicator.id,
        "title": indicator.title,
        "priority": indicator.priority,
        "group": indicator.group,
        "definition": indicator.definition,
        "of": indicator.of,
        "area": indicator.area,
        "unit": indicator.unit,
        "status": str(verdict.status),
        "severity": _text(verdict.ruling.severity),
        "reason": _text(verdict.ruling.reason),
        "certain": verdict.certain,
        "possible": [str(status) for status in verdict.possible],
        "baseline": figure(given.period, given.interval(within)) if given else None,
        "observation": figure(seen.period, seen.figure) if seen else None,
        "target": {
            "kind": indicator.target.kind,
            "value": rounded(verdict.target_value),
            "due": due.text if due else None,
            "text": target(verdict),
        },
        "change": rounded(numbers.change),
        "fraction": rounded(numbers.fraction),
        "elapsed": rounded(numbers.elapsed),
        "expected": rounded(numbers.expected),
        "pace": rounded(numbers.pace),
        "projected": rounded(numbers.projected),
        "gap": rounded(numbers.gap),
        "lag_years": rounded(numbers.lag_years),
        "rate_needed": rounded(numbers.rate_needed),
        "flags": [str(flag) for flag in verdict.flags],
        "moved": moved(verdict.moved),
        "proxy": given.proxy if given else None,
    }


def priority(priority: Priority, assessment: Assessment) -> dict[str, Any]:
    """A heading: what stands under it, and what was answered to it."""
    return {
        "id": priority.id,
        "title": priority.title,
        "indicators": sum(
            verdict.indicator.priority == priority.id for verdict in assessment.verdicts
        ),
        "actions": sum(
            standing.action.priority == priority.id for standing in assessment.standings
        ),
        "success_measures": [
            {"title": measure.title, "indicators": list(measure.indicators)}
            for measure in priority.success_measures
        ],
        "to": list(priority.to),
        "answer": priority.response.answer if priority.response else None,
    }


def action(standing: Standing) -> dict[str, Any]:
    """How an action stands."""
    action = standing.action
    return {
        "id": action.id,
        "title": action.title,
        "priority": action.priority,
        **{part: list(names) for part, names in action.parts.items()},
        "due": str(action.due),
        "grade": standing.grade,
        "overdue": standing.overdue,
        "moved": moved(standing.moved),
        "ended": action.ended.why if standing.ended and action.ended else None,
    }


def moved(entries: Iterable[Move]) -> list[dict[str, Any]]:
    """Every entry of the ledger on a promise, in file order."""
    return [
        {
            "date": entry.date.text,
            "what": entry.what,
            "was": entry.was,
            "now": entry.now,
            "why": entry.why,
            "in_force": in_force,
            "correction": entry.correction,
        }
        for entry, in_force in entries
    ]


def _text(word: object) -> str | None:
    return None if word is None else str(word)


FIGURE = ("period", "value", "low", "high")
"""What a figure is made of, where a record has one."""


def figure(when: Period | None, shown: Interval | None) -> dict[str, Any]:
    """A figure by its middle and its ends; those that are open, or not known, are None."""
    return {
        "period": when.text if when else None,
        "value": rounded(shown.middle) if shown else None,
        "low": rounded(shown.low) if shown else None,
        "high": rounded(shown.high) if shown else None,
    }


def observation(seen: Observation, within: Decimal) -> dict[str, Any]:
    """A figure as it was given."""
    return {
        **figure(seen.period, seen.interval(within)),
        "approximate": seen.approximate,
        "missing": seen.missing,
        "marks": list(seen.marks),
        "source": seen.source,
        "at": seen.at,
        "note": seen.note,
    }
