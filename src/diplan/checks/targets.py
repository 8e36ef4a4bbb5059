"""Rules on targets: what a promise needs to be held to."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from diplan.ground.figure import as_float
from diplan.plan import Direction, Indicator, NoTarget, ToBeConfirmed, Total
from diplan.plan.target import All
from diplan.problems import Finding, Place

TIMELESS = Direction | NoTarget | ToBeConfirmed
"""Targets that need neither a date nor a dated baseline."""


def targets(indicator: Indicator, place: Place) -> Iterator[Finding]:
    """Check an indicator's target against its baseline and its unit."""
    target = indicator.target
    where = Place(place.section, place.item, ("target",))
    if indicator.priority is None and not isinstance(target, NoTarget):
        yield Finding(
            "missing-key",
            'the key "priority" is missing',
            place,
            "only an indicator without a target can do without",
        )
    if target.due is None and not target.note and not isinstance(target, TIMELESS):
        yield Finding(
            "target-without-date",
            "the target says how much, and not by when",
            where,
            "add `due:`, or say in a note why there is no date",
        )
    if isinstance(target, All) and indicator.bounds is None:
        yield Finding(
            "unit-not-per-cent",
            f'"all" means 100 per cent, and the unit is "{indicator.unit}"',
            Place(place.section, place.item, ("target", "kind")),
            "write `unit: per cent`, or give the number as `at-least`",
        )
    start = target.from_ if isinstance(target, Total) else indicator.baseline_period
    single = isinstance(target, Total) and target.due == start
    if target.due and start and target.due.end <= start.end and not single:
        yield Finding(
            "target-before-baseline",
            f"the target is due by {target.due}, and its start is {start}",
            Place(place.section, place.item, ("target", "due")),
            "correct one of the two periods",
        )
    yield from _value(indicator, place)


def _value(indicator: Indicator, place: Place) -> Iterator[Finding]:
    target, baseline = indicator.target, indicator.baseline
    where = Place(place.section, place.item, ("target",))
    timeless = isinstance(target, TIMELESS | Total)
    if baseline and not baseline.missing and not baseline.period and not timeless:
        yield Finding(
            "baseline-without-period",
            "the baseline does not say when it was so",
            Place(place.section, place.item, ("baseline",)),
            "add `period:`: without it no time has passed, and nothing can be on track",
        )
    absent = baseline and baseline.missing == "not-applicable"
    if target.relative and (baseline is None or absent):
        yield Finding(
            "relative-without-baseline",
            f'"{target.kind}" refers to a baseline, and '
            + ("it is not applicable, so nobody can ever judge it" if absent else "there is none"),
            where,
            "add `baseline:` with `period:`, or with `missing: to-be-confirmed`"
            + ("; or set the target as a level: `at-least`" if absent else ""),
        )
        return
    figure = baseline.interval(Decimal(0)) if baseline else None
    given = figure.middle if figure else None
    if target.relative and given == 0 and "points" not in target.kind:
        yield Finding(
            "zero-baseline",
            f'"{target.kind}" of a baseline of 0 is 0, whatever happens',
            Place(place.section, place.item, ("target", "kind")),
            "set the target as a level: `at-least` or `at-most`",
        )
        return
    value = target.value_from(given, _years(indicator))
    steady = given is None or value is None or given * value > 0
    if target.path == "geometric" and not steady:
        yield Finding(
            "path-not-geometric",
            "no compound growth leads from the baseline to the target, so the path is straight",
            place._replace(path=("target", "path")),
            "take `path:` out, or correct the baseline or the target",
        )
    if value is not None and indicator.bounds and not 0 <= value <= 100:
        by_percent = target.kind in ("increase-by", "reduce-by")
        yield Finding(
            "target-out-of-bounds",
            f"the target comes to {_said(value)} per cent, which is not between 0 and 100",
            where,
            f"did the plan mean percentage points (`{target.kind}-points`)?"
            if by_percent
            else "correct the value, or the unit",
        )


def _years(indicator: Indicator) -> Fraction | None:
    """The years from the baseline to the due date; None where one of them is not known."""
    due, start = indicator.target.due, indicator.baseline_period
    return Fraction(due.end - start.end) / 12 if due and start else None


def _said(value: Fraction) -> str:
    return f"{as_float(value):,g}"
