"""How a verdict came about: the sentence, the formulas with the numbers put in, every input with
its place, and what else would have been possible.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, NamedTuple

from diplan.ground.english import capital, in_words
from diplan.ground.figure import Interval, as_float
from diplan.ground.period import Period
from diplan.judge import Assessment, Flag, Reason, Slippage, Status, Verdict
from diplan.judge.rules import BEHIND, ON_TRACK, judge
from diplan.plan import Direction, Figure, Indicator, Plan, Total
from diplan.plan.working_out import WorkedBaseline
from diplan.problems import KeyPath, Place, Where
from diplan.report import data, milestones, promises, rating, wording
from diplan.report.document import Block, Column, Document, Items, Section, Table
from diplan.report.indicator import derivation
from diplan.report.status import as_of, conflicts

SCHEMA = "diplan/why/1"


class Input(NamedTuple):
    """Something that the verdict was made from."""

    what: str
    said: str
    where: str
    source: str


def why(assessment: Assessment, name: str, where: Where) -> Document:
    """The report of `diplan why`."""
    plan, verdict = assessment.plan, assessment.verdict[name]
    inputs = list(_inputs(assessment, verdict, where))
    formulas = list(_formulas(verdict))
    sections: list[tuple[str, Sequence[Block]]] = [
        ("Made from", [_table(inputs)]),
        ("Worked out", [Items(formulas)] if formulas else []),
        ("The rule", [Items(list(_rule(verdict)))]),
        ("How sure", _items(_certainty(verdict, plan))),
        ("Milestones", _items(milestones.told(stone, verdict) for stone in verdict.milestones)),
        (rating.TITLE, _items(rating.about(verdict, plan))),
        ("To know beside it", _items(_remarks(assessment, verdict))),
        ("What it would take", _items(_needed(verdict))),
    ]
    return Document(
        f"Why: {verdict.indicator.title}",
        [f"As of {as_of(assessment)}: {wording.sentence(verdict)}"],
        [Section(title, blocks) for title, blocks in sections if blocks],
        lambda: _data(assessment, verdict, inputs, formulas),
        "inputs",
    )


def _items(texts: Iterator[str]) -> list[Block]:
    items = list(texts)
    return [Items(items)] if items else []


def _inputs(assessment: Assessment, verdict: Verdict, where: Where) -> Iterator[Input]:
    plan, indicator = assessment.plan, verdict.indicator
    index = next(at for at, other in enumerate(plan.indicators) if other is indicator)
    recorded = assessment.recorded.indicators[index].milestones
    in_file = {stone.period: ("milestones", at) for at, stone in enumerate(recorded)}

    def place(*path: str | int) -> str:
        return where(Place("indicators", index, path))

    yield from _starts(verdict, plan, place, where)
    yield Input("the target", wording.target(verdict), place("target"), "")
    for stone in indicator.milestones:
        said = f"{wording.milestone(stone, indicator)} ({in_words(stone.period)})"
        path = in_file.get(stone.period, ("revisions",))  # one that is gone is in the ledger
        yield Input("a milestone", said, place(*path), "")
    if verdict.evidence:
        several = len(verdict.evidence.observations) > 1
        for seen in verdict.evidence.observations:
            at = next(
                i for i, observation in enumerate(indicator.observations) if observation is seen
            )
            said = wording.dated(wording.figure(seen, indicator, plan), seen.period)
            what = "a part of V" if several else "V, the figure"
            if not indicator.derived:
                yield Input(what, said, place("observations", at), seen.source or "")
                continue
            yield Input(what, f"{said}: {derivation(indicator, plan)}", place("derived"), "")
            yield from _made_of(indicator, seen.period, plan, where)


def _made_of(indicator: Indicator, when: Period, plan: Plan, where: Where) -> Iterator[Input]:
    """The figures of a derived indicator's parts for a period, where they stand in the files."""
    for name in indicator.derived.of if indicator.derived else ():
        number, part = next(
            (at, part) for at, part in enumerate(plan.indicators) if part.id == name
        )
        figures: list[tuple[Figure | None, Period | None, KeyPath]] = [
            (seen, seen.period, ("derived",) if part.derived else ("observations", at))
            for at, seen in enumerate(part.observations)
        ]
        figures.append((part.baseline, part.baseline_period, ("baseline",)))
        for figure, period, path in figures:
            if figure and period == when:
                said = wording.dated(wording.figure(figure, part, plan), period)
                yield Input(
                    name, said, where(Place("indicators", number, path)), figure.source or ""
                )
                break


def _starts(
    verdict: Verdict, plan: Plan, place: Callable[..., str], where: Where
) -> Iterator[Input]:
    """The baseline; a total's own start, or what stands in for one."""
    indicator, given = verdict.indicator, verdict.indicator.baseline
    total = isinstance(indicator.target, Total)
    if isinstance(indicator.target, Total):
        yield Input(
            "B, the start", f"0 as {in_words(indicator.target.from_)} begins", place("target"), ""
        )
    if given:
        what = "for comparison" if total else "B, the baseline"
        yield Input(what, wording.baseline(indicator, plan), place("baseline"), given.source or "")
        if isinstance(given, WorkedBaseline) and given.period:
            yield from _made_of(indicator, given.period, plan, where)
    if verdict.stand_in:
        at = next(
            i
            for i, observation in enumerate(indicator.observations)
            if observation.period is verdict.stand_in
        )
        seen = indicator.observations[at]
        said = wording.dated(wording.figure(seen, indicator, plan), seen.period)
        yield Input("B, standing in", said, place("observations", at), seen.source or "")


def _table(inputs: Sequence[Input]) -> Table:
    columns = (
        Column("what", "", width=15),
        Column("said", "What the data says", width=18),
        Column("where", "Where", width=26),
        Column("source", "Source", width=18),
    )
    return Table(columns, [[part.what, part.said, part.where, part.source] for part in inputs])


def _exact(value: Fraction) -> str:
    """A number to at most four decimals; one that goes on is marked as rounded."""
    near = round(value, 4)
    text = f"{as_float(near):,.4f}".rstrip("0").rstrip(".").replace("-", "−")
    return text if near == value else f"{text}…"


def _term(value: Fraction) -> str:
    """A number inside a formula."""
    return f"({_exact(value)})" if value < 0 else _exact(value)


def _formulas(verdict: Verdict) -> Iterator[str]:
    """Each formula, with the numbers put in."""
    goal, numbers, indicator = verdict.target_value, verdict.numbers, verdict.indicator
    start = verdict.baseline.middle if verdict.baseline else None
    value = verdict.evidence.figure.middle if verdict.evidence else None
    if indicator.target.relative and goal is not None and start is not None:
        yield f"T, the target value: {indicator.target.formula(_exact(start))} = {_exact(goal)}"
    if isinstance(indicator.target, Total) and value is not None and verdict.evidence:
        parts = verdict.evidence.observations
        if len(parts) > 1:
            yield f"V, the total so far: the sum of {len(parts)} figures = {_exact(value)}"
    if value is None:
        return
    if start is not None:
        yield f"change: V − B = {_exact(value)} − {_term(start)} = {_exact(value - start)}"
    if numbers.fraction is not None and goal is not None and start is not None:
        yield (
            f"share of the way: (V − B) / (T − B) = {_term(value - start)} / "
            f"{_term(goal - start)} = {_exact(numbers.fraction)}"
        )
    yield from _course(verdict, start, value, goal)


def _course(
    verdict: Verdict, start: Fraction | None, value: Fraction, goal: Fraction | None
) -> Iterator[str]:
    setting, numbers = verdict.setting, verdict.numbers
    tau = numbers.elapsed
    if tau is not None and setting.start is not None and setting.end is not None:
        gone, whole = _exact(setting.time - setting.start), _exact(setting.end - setting.start)
        yield f"share of the time, tau: {gone} of {whole} months = {_exact(tau)}"
    if tau is None or goal is None or start is None or numbers.expected is None:
        return
    if setting.milestones:
        yield f"E, expected by then along the milestones: {_exact(numbers.expected)}"
    elif setting.target.geometric:
        yield f"E, expected by then: B (T / B)^tau = {_exact(numbers.expected)}"
    else:
        yield (
            f"E, expected by then: B + (T − B) tau = {_exact(start)} + {_term(goal - start)} × "
            f"{_exact(tau)} = {_exact(numbers.expected)}"
        )
    if numbers.pace is not None:
        yield (
            f"pace: (V − B) / (E − B) = {_term(value - start)} / "
            f"{_term(numbers.expected - start)} = {_exact(numbers.pace)}"
        )


def _rule(verdict: Verdict) -> Iterator[str]:
    """Why these numbers give this status."""
    ruling, setting = verdict.ruling, verdict.setting
    due = setting.target.due
    if ruling.reason:
        yield f"No verdict: {_REASONS[ruling.reason]}."
        return
    if ruling.status is Status.ACHIEVED:
        yield "Achieved: the figure, unrounded, meets the target."
    elif ruling.status is Status.NOT_ACHIEVED:
        yield f"Not achieved: the date ({due}) has come and the figure does not meet the target."
    elif isinstance(setting.target, Direction):
        yield "Only the direction is promised: any change that way before the date is on track."
    elif ruling.severity is Slippage.LOST:
        yield "Slipped: the baseline met the target and the latest figure does not."
    else:
        yield from _bands(verdict)


_REASONS = {
    Reason.NO_OBSERVATIONS: "nobody has recorded a figure that counts by then",
    Reason.NO_OBSERVATION_AFTER_BASELINE: "there is no figure from after the baseline",
    Reason.BASELINE_MISSING: "the target cannot be judged without a baseline",
    Reason.TARGET_MISSING: "the target has still to be set",
    Reason.BASELINE_ZERO: "a share of a baseline of 0 is nothing to aim at",
    Reason.TARGET_OUT_OF_BOUNDS: "the target lies where no figure in this unit can",
    Reason.NO_DUE_DATE: "the target is not met, and has no date to be met by",
    Reason.OUTCOME_NOT_MEASURED: (
        "the date has passed and the last figure is from before it, so the outcome is not known"
    ),
    Reason.SERIES_BREAK: "figures from before and after a break in the series are not compared",
    Reason.NO_TARGET: "the plan promises nothing of this indicator, which is there for context",
}


def _bands(verdict: Verdict) -> Iterator[str]:
    pace = verdict.numbers.pace
    bands = (
        (f"{float(ON_TRACK):.2f} or more", "on track"),
        (f"{float(BEHIND):.2f} to below {float(ON_TRACK):.2f}", "slipped: behind"),
        (f"0 to below {float(BEHIND):.2f}", "slipped: well behind"),
        ("below 0", "slipped: moving away"),
    )
    status = wording.STATUS[verdict.status]
    if verdict.ruling.severity:
        status = f"{status}: {wording.SEVERITY[verdict.ruling.severity]}"
    for band, means in bands:
        here = f" (here: {_exact(pace)})" if pace is not None and means == status else ""
        yield f"pace {band}: {means}{here}"


def _certainty(verdict: Verdict, plan: Plan) -> Iterator[str]:
    if not verdict.assessed:
        return
    if verdict.certain:
        yield f"Certain: {wording.STATUS[verdict.status]} whatever the figures' uncertainty."
    else:
        possible = wording.listed(wording.STATUS[status] for status in verdict.possible)
        yield f"Possible within the figures' uncertainty: {possible}."
    shown = (
        ("B", verdict.baseline),
        ("V", verdict.evidence.figure if verdict.evidence else None),
    )
    for name, figure in shown:
        if figure and not figure.exact:
            yield f"{name} is taken as {wording.interval(figure, verdict.indicator.unit)}."
    if any(given and given.approximate for given in _given(verdict)):
        within = wording.number(Fraction(plan.cover.approximate_within))
        yield f"An approximate figure is taken to be within {within} per cent of itself."


def _given(verdict: Verdict) -> list[Any]:
    seen = verdict.evidence.observations if verdict.evidence else ()
    return [verdict.indicator.baseline, *seen]


def _remarks(assessment: Assessment, verdict: Verdict) -> Iterator[str]:
    for flag in verdict.flags:
        if flag is Flag.EVIDENCE_CONFLICTS:
            near = (verdict, *assessment.conflicts(verdict))
            yield from conflicts(replace(assessment, verdicts=near, standings=()))
        else:
            text = wording.FLAG[flag]
            also = _other_path(verdict) if flag is Flag.PATH_SENSITIVE else ""
            if flag is Flag.BASELINE_UNDATED and verdict.indicator.baseline_period:
                also = f", and is taken as of {in_words(verdict.indicator.baseline_period)}"
            yield f"{capital(text)}{also}."
    for text in promises.told(verdict.moved):
        yield f"{capital(text)}."
    given = verdict.indicator.baseline
    if given and given.proxy:
        yield f"The baseline measures something other than the target does: {given.proxy}."


def _other_path(verdict: Verdict) -> str:
    """What the path that the target does not ask for would give."""
    start, seen = verdict.baseline, verdict.evidence
    if start is None or seen is None:
        return ""
    geometric = verdict.setting.target.geometric
    other = judge(verdict.setting, start.middle, seen.figure.middle, geometric=not geometric)
    name = "straight" if geometric else "compound"
    return f": on a {name} one it would be {wording.STATUS[other.status]}"


def _needed(verdict: Verdict) -> Iterator[str]:
    numbers, indicator, reason = verdict.numbers, verdict.indicator, verdict.ruling.reason
    if verdict.status is not Status.ACHIEVED:
        if numbers.gap is not None:
            yield f"From here to the target: {_signed(numbers.gap, indicator.unit)}."
        if numbers.rate_needed is not None:
            yearly = _signed(numbers.rate_needed, indicator.unit)
            yield f"That is {yearly} a year until the due date."
    if not verdict.setting.due:
        yield from _at_this_rate(verdict)
    if reason in (Reason.NO_OBSERVATIONS, Reason.NO_OBSERVATION_AFTER_BASELINE):
        yield f"A figure{_since(indicator)}, with its source."
    if reason is Reason.BASELINE_MISSING:
        yield "A baseline: without one nobody can say how far it has come."


def _since(indicator: Indicator) -> str:
    """From when on a figure counts; nothing where any figure does."""
    if isinstance(indicator.target, Total):
        return f" from {in_words(indicator.target.from_)} on"
    return " from after the baseline" if indicator.baseline else ""


def _at_this_rate(verdict: Verdict) -> Iterator[str]:
    projected, lag = verdict.numbers.projected, verdict.numbers.lag_years
    if projected is not None:
        least = min(figure.middle for figure in (verdict.baseline, _seen(verdict)) if figure)
        shown = max(projected, Fraction(0)) if least >= 0 else projected  # no count is below 0
        value = wording.short(shown, verdict.indicator.unit)
        yield f"At the present rate it comes to {value} by then."
    if lag:
        side = "behind" if lag > 0 else "ahead of"
        yield f"That is {_time(abs(lag))} {side} a straight line to the target."


def _seen(verdict: Verdict) -> Interval | None:
    return verdict.evidence.figure if verdict.evidence else None


def _signed(value: Fraction, unit: str) -> str:
    if unit == "per cent":
        return f"{wording.number(abs(value))} points {'higher' if value > 0 else 'lower'}"
    return f"{wording.number(abs(value))} {unit} {'more' if value > 0 else 'fewer'}"


def _time(years: Fraction) -> str:
    """A stretch of time, in months where years would be too coarse."""
    if years >= 2:
        return f"about {wording.number(round(years, 1))} years"
    return f"about {wording.count(round(12 * years), 'month')}"


def _data(
    assessment: Assessment, verdict: Verdict, inputs: Sequence[Input], formulas: Sequence[str]
) -> dict[str, Any]:
    plan = assessment.plan
    return {
        "schema": SCHEMA,
        "plan": plan.cover.id,
        "as_of": assessment.as_of.text,
        "sentence": wording.sentence(verdict),
        "indicator": data.indicator(verdict, plan.cover.approximate_within),
        "inputs": [
            {
                "what": part.what,
                "said": part.said,
                "where": part.where,
                "source": part.source or None,
            }
            for part in inputs
        ],
        "formulas": list(formulas),
    }
