"""What a document promises of an indicator: targets beside its baseline, and steps to them."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from diplan.documents.measured import PRINTED, MeasuredRow, ReadFigure, figure_keys
from diplan.documents.rows import Said
from diplan.documents.targets import Goal, directed, goals
from diplan.documents.times import read_period
from diplan.files.yaml.plain import Plain
from diplan.ground.period import period
from diplan.plan.base import MOST_PER_CENT
from diplan.plan.indicator import PER_CENT


def read_goals(row: MeasuredRow) -> None:
    """Read the targets, each with the time by which it is to be met."""
    found, context = row.row, row.context
    ways = f"{found.text('polarity')} {_direction(row.title)}"
    start = row.baseline.amount.middle if row.baseline else None
    if start is None and row.figures:
        first = min(row.figures, key=lambda figure: period(figure.period).end)
        start = first.amount.middle
    due_column = read_period(found.text("due"), context.calendar) if found.text("due") else None
    steps = [(said, goals(said.text, context.calendar)) for said in found.said.get("target", ())]
    ways = f"{ways} {_course([goal for _, read in steps for goal in read])}"
    for said, read in steps:
        due = due_column.periods[0] if due_column and due_column.sure else ""
        for goal in read:
            goal = directed(goal, start, ways)
            if goal.readings:
                where = f"{found.where}, {said.column.header}"
                chosen = context.reading(where, said.text, goal.readings)
                goal = goal.of_kind(chosen) if chosen else goal
            when = goal.due or due or said.column.period
            row.goals.append((said, goal._replace(due=when)))
        if not read:
            row.goals.append((said, Goal({})))
    if due_column and not due_column.sure:
        row.left(found.said["due"][0], "not a date, kept as a note")


def _course(steps: list[Goal]) -> str:
    """The way in which several levels go from one to the next; empty where they go both."""
    values = [Fraction(goal.keys["value"]) for goal in steps if "value" in goal.keys]
    if len(values) < 2 or len(set(values)) < len(values):
        return ""
    return "up" if values == sorted(values) else "down" if values[::-1] == sorted(values) else ""


def _direction(title: str) -> str:
    """The word of a title that says which way is better; empty where none does."""
    match = re.match(
        r"\s*(increased?|reduction|reduced?|decreased?|fewer|more)\b", title, re.IGNORECASE
    )
    return match[1] if match else ""


def promise(row: MeasuredRow, unit: str) -> dict[str, Plain]:
    """The baseline, the target and the milestones on the way to it."""
    values: dict[str, Any] = {}
    if row.baseline and (why := _undated(row)):
        row.left(row.baseline.said, why)
        row.baseline = None
    if row.baseline:
        row.printed(row.baseline)
        values["baseline"] = figure_keys(row.baseline.amount, row.baseline.period, row)
    usable = _usable(row, unit)
    if not usable:
        kind = "to-be-confirmed" if row.goals else "none"
        return {"target": {"kind": kind}, **values}
    said, last = usable[-1]
    values["target"] = _target(row, said, last)
    values["milestones"] = list(_milestones(row, usable[:-1], last))
    if "baseline" not in values and last.keys["kind"] in RELATIVE:
        at = row.context.at(row.row)
        missing = {"missing": "to-be-confirmed", "source": row.context.source, "at": at}
        values["baseline"] = missing
    return values


def _usable(row: MeasuredRow, unit: str) -> list[tuple[Said, Goal]]:
    """The targets that can stand, in order of time; the others become notes."""
    usable = []
    for said, goal in row.goals:
        why = "" if goal.readings else _unfit(row, goal, unit)
        if goal.readings:
            row.row.goal = goal
            why = "is it the least or the most?"
        if why:
            row.left(said, f"{why} kept as a note, and the target is to be confirmed")
        else:
            usable.append((said, goal))
    return sorted(
        usable, key=lambda entry: period(entry[1].due).end if entry[1].due else Fraction(0)
    )


def _target(row: MeasuredRow, said: Said, goal: Goal) -> dict[str, Plain]:
    """A target as the data has it; words that say more than its keys do are noted."""
    target: dict[str, Plain] = {**goal.keys}
    known = goal.keys["kind"] != "to-be-confirmed"
    if goal.due:
        target["due"] = goal.due
    elif known:
        target["note"] = "The document gives no date."
    if known and re.search(r"[a-z]{3,}", said.text.lower()):
        row.notes.append(f"{said.column.header}{PRINTED}: {' '.join(said.text.split())}")
    return target


RELATIVE = frozenset(
    {"halve", "reduce-by", "increase-by", "reduce-by-points", "increase-by-points", "yearly-growth"}
)


def _undated(row: MeasuredRow) -> str:
    """Why a baseline cannot be dated; empty where it can, by itself or by the plan."""
    baseline = row.baseline
    if baseline is None or baseline.period or "missing" in baseline.amount.keys:
        return ""
    start = _plan_start(row)
    if start is None:
        return "a baseline without a time, kept as a note"
    ends = [period(goal.due).end for _, goal in row.goals if goal.due]
    if ends and max(ends) <= start:
        return "a baseline without a time, of a target from before this plan; kept as a note"
    return ""


def _plan_start(row: MeasuredRow) -> Fraction | None:
    """The time that dates a baseline without one; None where the plan has none either."""
    cover = row.context.plan.cover
    return cover.agreed.end if cover.agreed else cover.from_.start if cover.from_ else None


def _unfit(row: MeasuredRow, goal: Goal, unit: str) -> str:
    """Why a target cannot stand, or not beside the unit and the baseline; empty where it can."""
    if not goal.keys:
        return "not a target that is clear,"
    baseline = row.baseline
    start = None
    if baseline and (baseline.period or "missing" not in baseline.amount.keys):
        start = period(baseline.period).end if baseline.period else _plan_start(row)
    if start and goal.due and period(goal.due).end <= start:
        return "a target from before its baseline,"
    if goal.keys["kind"] in RELATIVE:
        return _unfit_change(baseline, goal, unit)
    value = goal.keys.get("value")
    if unit != PER_CENT and goal.unit == PER_CENT:
        return f'a target that the unit "{unit}" does not fit,'
    if value is not None and unit == PER_CENT and not 0 <= Decimal(value) <= 100:
        return "beyond what per cent allows,"
    return ""


def _unfit_change(baseline: ReadFigure | None, goal: Goal, unit: str) -> str:
    """Why a target that refers to a baseline cannot stand beside it."""
    start = baseline.amount.middle if baseline else None
    if baseline and baseline.amount.keys.get("missing") == "not-applicable":
        return "it refers to a baseline that is not applicable,"
    if start == 0 and "points" not in goal.keys:
        return "a change of a baseline of 0,"
    if unit == PER_CENT and "percent" in goal.keys:
        return "in per cent or in points?"
    size = Decimal(goal.keys.get("percent") or goal.keys.get("points") or 50)
    if not 0 < size <= MOST_PER_CENT:
        return "a change that is too large,"
    change = Fraction(size) * (1 if goal.keys["kind"].startswith("incr") else -1)
    if unit == PER_CENT and start is not None and "points" in goal.keys:
        return "" if 0 <= start + change <= 100 else "beyond what per cent allows,"
    return ""


def _milestones(
    row: MeasuredRow, earlier: list[tuple[Said, Goal]], last: Goal
) -> Iterator[dict[str, Plain]]:
    """Targets of the same kind on the way, in order of time; others are notes."""
    before = Fraction(0)
    if row.baseline:
        dated = row.baseline.period
        before = period(dated).end if dated else _plan_start(row) or before
    for said, goal in earlier:
        known = period(goal.due).end if goal.due else None
        same = goal.keys["kind"] == last.keys["kind"] and "value" in goal.keys
        ends = period(last.due).end if last.due else None
        if same and known and known > before and ends and known < ends:
            before = known
            yield {"period": goal.due, "value": goal.keys["value"]}
        else:
            row.left(said, "not a step on the way to the last target, kept as a note")
