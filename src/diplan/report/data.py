"""What reports say to programs: plain records under versioned schemas.

Numbers are JSON numbers rounded to six decimals, absent figures None; lists keep file order. A
field never changes its meaning within a version; fields may be added.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from diplan.ground.figure import Interval, as_float
from diplan.ground.period import Period
from diplan.judge import Assessment, HeadingStanding, MilestoneVerdict, Standing, Verdict
from diplan.plan import Budget, Indicator, Observation
from diplan.plan.promise import Move
from diplan.report.wording import target

STATUS_SCHEMA = "diplan/status/1"

MILLION = 10**6

JsonNumber = int | float | None


def rounded(value: Fraction | None) -> JsonNumber:
    """A number of at most six decimals; whole ones are integers."""
    if value is None or value.denominator == 1:
        return None if value is None else value.numerator
    near, rest = divmod(value.numerator * MILLION, value.denominator)
    half = 2 * rest - value.denominator
    near += half > 0 or (half == 0 and near % 2)  # to even, as `round` does
    return as_float(Fraction(near, MILLION)) if near % MILLION else near // MILLION


def status(assessment: Assessment) -> dict[str, Any]:
    """The record of `diplan status`."""
    cover = assessment.plan.cover
    within = cover.approximate_within
    overdue = sum(standing.overdue for standing in assessment.standings)
    return {
        "schema": STATUS_SCHEMA,
        "plan": assessment.plan.cover.id,
        "as_of": assessment.as_of.text,
        "indicators": [indicator(verdict, within) for verdict in assessment.verdicts],
        "actions": [action(standing, cover.currency) for standing in assessment.standings],
        "priorities": [priority(heading, assessment) for heading in assessment.headings],
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
        "milestones": [milestone(stone) for stone in verdict.milestones],
        "moved": moved(verdict.moved),
        "rag": _text(verdict.rag),
        "travel": _text(verdict.travel),
        "part_of": indicator.part_of,
        "segment": indicator.segment,
        "derived": derived(indicator),
        "ended": indicator.ended.why if verdict.ended and indicator.ended else None,
        "proxy": given.proxy if given else None,
    }


def milestone(verdict: MilestoneVerdict) -> dict[str, Any]:
    """How a milestone stands, with the figure that this rests on."""
    seen = verdict.evidence
    return {
        "period": verdict.milestone.period.text,
        "value": rounded(verdict.value),
        "status": str(verdict.status),
        "observation": figure(seen.period, seen.figure) if seen else None,
    }


def derived(indicator: Indicator) -> dict[str, Any] | None:
    """How an indicator's figures are made of others; None where they are given."""
    made = indicator.derived
    return {"kind": made.kind, "of": list(made.of)} if made else None


def priority(heading: HeadingStanding, assessment: Assessment) -> dict[str, Any]:
    """A heading: how it stands, what stands under it, and what was answered to it."""
    priority = heading.priority
    return {
        "id": priority.id,
        "title": priority.title,
        "grade": heading.grade,
        "means": _text(heading.means),
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


def action(standing: Standing, currency: str | None = None) -> dict[str, Any]:
    """How an action stands; *currency* is that of a budget which names none."""
    action = standing.action
    return {
        "id": action.id,
        "title": action.title,
        "priority": action.priority,
        "priorities": list(action.priorities),
        **{part: list(names) for part, names in action.parts.items()},
        "due": _text(action.due),
        "timescale": action.timescale,
        "start": _text(action.start),
        "continues": action.continues,
        "grade": standing.grade,
        "means": _text(standing.means),
        "overdue": standing.overdue,
        "moved": moved(standing.moved),
        "budget": budget(action.budget, currency) if action.budget else None,
        "ended": action.ended.why if standing.ended and action.ended else None,
    }


def budget(given: Budget, currency: str | None) -> dict[str, Any]:
    """The money of an action; what nobody has said is None."""
    return {
        "planned": rounded(_fraction(given.planned)),
        "spent": rounded(_fraction(given.spent)),
        "currency": given.currency or currency,
        "funder": given.funder,
    }


def _fraction(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


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
    period = when.text if when else None
    if shown is None:
        return {**dict.fromkeys(FIGURE), "period": period}
    value = rounded(shown.middle)
    low, high = (value if end is shown.middle else rounded(end) for end in (shown.low, shown.high))
    return {"period": period, "value": value, "low": low, "high": high}


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
