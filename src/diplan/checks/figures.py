"""Rules on figures: what a number, a baseline or a series of observations must not say."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from diplan.ground.period import Period
from diplan.plan import Figure, Indicator, Observation, Total
from diplan.plan.indicator import MONTHS
from diplan.problems import Finding, Place


def figures(indicator: Indicator, place: Place) -> Iterator[Finding]:
    """Check every figure of an indicator on its own."""
    if indicator.baseline and not (indicator.derived and indicator.baseline.period):
        yield from _figure(indicator, indicator.baseline, _at(place, "baseline"))
    for index, seen in enumerate(indicator.observations):
        if not _is_usual(seen, indicator):
            yield from _figure(indicator, seen, _at(place, "observations", index))
    for number, benchmark in enumerate(indicator.benchmarks):
        for index, seen in enumerate(benchmark.observations):
            where = _at(place, "benchmarks", number, "observations", index)
            yield from _figure(indicator, seen, where, sourced=benchmark.source is not None)


def _is_usual(figure: Figure, indicator: Indicator) -> bool:
    """Whether it is a single number with a source, so that no other check on it is needed."""
    return (
        figure.value is not None
        and figure.source is not None
        and figure.missing is None
        and figure.low is None
        and figure.high is None
        and figure.numerator is None
        and figure.denominator is None
        and (indicator.bounds is None or 0 <= figure.value <= 100)
    )


def _at(place: Place, *path: str | int) -> Place:
    return Place(place.section, place.item, (*place.path, *path))


def _figure(
    indicator: Indicator, figure: Figure, place: Place, *, sourced: bool = False
) -> Iterator[Finding]:
    given = figure.value is not None or figure.low is not None or figure.high is not None
    divided = figure.numerator is not None or figure.denominator is not None
    if not given and not divided and not figure.missing:
        yield Finding(
            "no-figure",
            "there is neither a number nor a reason why there is none",
            place,
            "add `value:`, `low:`, `high:`, or `missing: to-be-confirmed`",
        )
    elif figure.missing and (given or divided):
        yield Finding(
            "figure-contradicts",
            f"the figure is given and at the same time {figure.missing}",
            _at(place, "missing"),
            "keep the number or the reason why there is none",
        )
    if figure.source is None and (given or divided) and not sourced:
        yield Finding("without-source", "nobody can look this figure up", place, "add `source:`")
    yield from _ends(figure, place)
    if divided:
        yield from _division(indicator, figure, place)
    if indicator.bounds:
        yield from _bounds(figure, place)


def _ends(figure: Figure, place: Place) -> Iterator[Finding]:
    low, value, high = figure.low, figure.value, figure.high
    if low is not None and high is not None and low > high:
        yield Finding(
            "figure-contradicts",
            f"the least that it can be, {low}, is more than the most, {high}",
            _at(place, "low"),
            "swap `low` and `high`, or correct one",
        )
    elif value is not None and (
        (low is not None and value < low) or (high is not None and value > high)
    ):
        yield Finding(
            "figure-contradicts",
            f"the value {value} does not lie between its own ends",
            _at(place, "value"),
            "correct `value`, `low` or `high`",
        )


def _division(indicator: Indicator, figure: Figure, place: Place) -> Iterator[Finding]:
    above, below, value = figure.numerator, figure.denominator, figure.value
    if above is None or below is None or below <= 0:
        yield Finding(
            "figure-contradicts",
            "a percentage needs a numerator and a denominator above 0",
            place,
            "give both, or the percentage itself as `value`",
        )
    elif value is not None and abs(100 * above / below - value) > Decimal(1).scaleb(
        _exponent(value)
    ):
        yield Finding(
            "figure-contradicts",
            f"the value {value} is not {above} of {below}, which is {100 * above / below:.2f}",
            _at(place, "value"),
            "leave `value` out: it is worked out from the other two",
        )
    elif indicator.bounds is None:
        yield Finding(
            "unit-not-per-cent",
            f'a numerator and a denominator give a percentage, and the unit is "{indicator.unit}"',
            place,
            "write `unit: per cent`, or give the figure as `value`",
        )


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _bounds(figure: Figure, place: Place) -> Iterator[Finding]:
    numbers = {name: getattr(figure, name) for name in ("value", "low", "high")}
    if figure.numerator is not None and figure.denominator:
        numbers["numerator"] = 100 * figure.numerator / figure.denominator
    for name, number in numbers.items():
        if number is not None and not 0 <= number <= 100:
            yield Finding(
                "figure-out-of-bounds",
                f"{number:.6g} per cent is not between 0 and 100",
                _at(place, name),
                "correct the figure, or the unit",
            )


def periods(indicator: Indicator, place: Place) -> Iterator[Finding]:
    """Check the periods of an indicator's observations and benchmarks: each once, in order."""
    yield from _periods(indicator.observations, _at(place, "observations"))
    for number, benchmark in enumerate(indicator.benchmarks):
        yield from _periods(
            benchmark.observations, _at(place, "benchmarks", number, "observations")
        )
    if isinstance(indicator.target, Total):
        yield from _total(indicator, indicator.target, _at(place, "observations"))


def _periods(seen: Sequence[Observation], place: Place) -> Iterator[Finding]:
    known: set[Period] = set()
    latest: Period | None = None
    for index, observation in enumerate(seen):
        here = observation.period
        if here in known:
            yield Finding(
                "double-period",
                f"there are two figures for {here}",
                _at(place, index, "period"),
                "keep the right one; a figure that replaced another is marked `revised`",
            )
        elif latest and here.end < latest.end:
            yield Finding(
                "period-out-of-order",
                f"{here} stands after {latest}",
                _at(place, index, "period"),
                "put the figures in order of time",
            )
        known.add(here)
        latest = here if latest is None or here.end > latest.end else latest


def _total(indicator: Indicator, target: Total, place: Place) -> Iterator[Finding]:
    """Check that a total counts no time twice, and that a running total does not fall."""
    in_time = sorted(
        (pair for pair in enumerate(indicator.observations) if not pair[1].missing),
        key=lambda pair: (pair[1].period.start, pair[1].period.end),
    )
    before: Observation | None = None
    for index, seen in in_time:
        if before and target.running:
            if before.value is not None and seen.value is not None and seen.value < before.value:
                yield Finding(
                    "running-total-falls",
                    f"the running total falls from {before.value} to {seen.value}",
                    _at(place, index, "value"),
                    "correct the figure, or leave out `running: true` if each is of its own period",
                )
        elif before and before.period.end > seen.period.start and before.period != seen.period:
            yield Finding(
                "overlapping-periods",
                f"{seen.period} overlaps {before.period}, so the total would count twice",
                _at(place, index, "period"),
                "keep figures of one kind of period",
            )
        if before is None or target.running or seen.period.end > before.period.end:
            before = seen


def stale(indicator: Indicator, place: Place, as_of: Period) -> Iterator[Finding]:
    """Find an indicator whose latest figure is older than twice its frequency."""
    months = MONTHS.get(indicator.frequency or "")
    ends = [seen.period.end for seen in indicator.observations if seen.period.end <= as_of.end]
    start = indicator.baseline_period
    since = max(ends, default=start.end if start else None)
    if months is None or since is None or as_of.end - since <= 2 * months:
        return
    shown = max(
        (seen.period for seen in indicator.observations if seen.period.end == since),
        key=lambda period: period.end,
        default=start,
    )
    yield Finding(
        "stale-observation",
        f"the latest figure is for {shown}; a newer one ({indicator.frequency}) has been due since",
        _at(place, "frequency"),
        "add the figure, or say why there is none with `missing:`",
    )
