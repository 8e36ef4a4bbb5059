"""Advice: what makes a plan hard to hold to account. Each kind is told once, with its count.

Nothing here is an error: a plan may have its reasons. A finding stands at the first example.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from diplan.ground.english import agree, count, in_words
from diplan.ground.period import PARTS, Period, part_containing
from diplan.plan import Action, Direction, Indicator, NoTarget, Observation, Plan, Total
from diplan.plan.working_out import worked_out
from diplan.problems import Finding, Place

EXAMPLES = 3
"""How many examples a piece of advice names."""

FEW = 5
"""The least number of actions of which it means anything that one service leads them."""

MOST = 80
"""Per cent of the actions from which on one service leads nearly all of them."""

LATE = 12
"""Months after its date within which a figure still tells of a milestone."""

_VERBS = re.compile(
    r"\b(?:explor|investigat|examin|consider|scop(?:e|ing)\b|look(?:ing)? (?:at|into|to)\b)",
    re.IGNORECASE,
)
"""Verbs whose action is done whatever comes of it."""


class Example(NamedTuple):
    """A thing that the advice is about."""

    title: str
    place: Place


def advice(plan: Plan, as_of: Period) -> Iterator[Finding]:
    """Yield every piece of advice on a plan: on its indicators first, then on its actions."""
    yield from _targets(plan)
    yield from _parts(plan)
    yield from _passed(plan, as_of)
    yield from _quarters(plan)
    yield from _measures(plan)
    yield from _actions(plan)
    yield from _leads(plan)


def _targets(plan: Plan) -> Iterator[Finding]:
    targets = [
        (indicator, Place("indicators", index, ("target",)))
        for index, indicator in enumerate(plan.indicators)
        if not isinstance(indicator.target, NoTarget)
    ]
    of = len(targets)
    yield from _told(
        "no-baseline",
        _those(targets, _no_baseline),
        (of, "target", "has no baseline", "have no baseline"),
        "without a starting point nobody can say how far the plan has come: measure one now",
    )
    yield from _told(
        "no-target-date",
        _those(targets, lambda indicator: indicator.target.due is None),
        (of, "target", "has no date", "have no date"),
        "a target without a date can never be missed: add `due:`",
    )
    yield from _told(
        "direction-only",
        _those(targets, lambda indicator: isinstance(indicator.target, Direction)),
        (of, "target", "says only which way", "say only which way"),
        "the smallest change would meet it: say how much would count as success",
    )
    yield from _told(
        "proxy-baseline",
        _those(
            targets, lambda indicator: indicator.baseline and indicator.baseline.proxy, "baseline"
        ),
        (of, "target", "starts from something else", "start from something else"),
        "what is measured from one thing to another is no progress: measure what is promised",
    )


def _no_baseline(indicator: Indicator) -> bool:
    given = indicator.baseline
    unmeasured = given is None or given.missing is not None
    return not isinstance(indicator.target, Total) and not indicator.derived and unmeasured


def _parts(plan: Plan) -> Iterator[Finding]:
    """A whole and its parts, of which nothing measures how far they are apart."""
    measured = {
        frozenset(indicator.derived.of)
        for indicator in plan.indicators
        if indicator.derived and indicator.derived.kind == "difference"
    }
    parts = [
        (indicator, Place("indicators", index, ("part_of",)))
        for index, indicator in enumerate(plan.indicators)
        if indicator.part_of
    ]
    compared = {name for pair in measured for name in pair}
    yield from _told(
        "unmeasured-gap",
        _those(parts, lambda part: part.id not in compared),
        (
            len(parts),
            "part of a whole",
            "has no measure of its gap",
            "have no measure of their gap",
        ),
        "the whole can meet its target while a group falls behind: add an indicator with"
        " `derived: {kind: difference, of: [...]}` and a target",
    )


def _passed(plan: Plan, as_of: Period) -> Iterator[Finding]:
    """Milestones whose date has passed without a figure for it, or from the year after."""
    passed = [
        (stone, indicator, Place("indicators", index, ("milestones", at)))
        for index, indicator in enumerate(worked_out(plan).indicators)
        for at, stone in enumerate(indicator.milestones)
        if stone.period.end <= as_of.end
    ]
    examples = [
        Example(f"{indicator.title}, {stone.period}", place)
        for stone, indicator, place in passed
        if not any(
            stone.period.end <= seen.period.end <= min(stone.period.end + LATE, as_of.end)
            for seen in indicator.observations
            if seen.missing is None
        )
    ]
    yield from _told(
        "unmeasured-milestone",
        examples,
        (len(passed), "milestone", "passed without a figure", "passed without a figure"),
        "nobody can say whether it was met: add the figure, or say why there is none",
    )


def _quarters(plan: Plan) -> Iterator[Finding]:
    """Quarters of the calendar year in a plan whose years begin in April."""
    if plan.cover.years != "financial":
        return
    given = [
        (indicator, Place("indicators", index, ("observations",)))
        for index, indicator in enumerate(plan.indicators)
        if indicator.observations
    ]
    examples = _those(given, lambda indicator: any(map(_of_calendar, indicator.observations)))
    first = next(
        (
            seen.period
            for indicator, _ in given
            for seen in indicator.observations
            if _of_calendar(seen)
        ),
        None,
    )
    if first:
        other = part_containing(first.kind, first.end, "financial")
        yield from _told(
            "calendar-quarter",
            examples,
            (
                len(given),
                "indicator",
                "counts by quarters of the calendar year",
                "count by quarters of the calendar year",
            ),
            f"{first} is {in_words(first)}: if a part of the financial year is meant, write {other}"
            " for the same months",
        )


def _of_calendar(seen: Observation) -> bool:
    return seen.period.kind in PARTS and not seen.period.financial


def _measures(plan: Plan) -> Iterator[Finding]:
    measures = [
        (measure, Place("priorities", index, ("success_measures", at)))
        for index, priority in enumerate(plan.priorities)
        for at, measure in enumerate(priority.success_measures)
    ]
    yield from _told(
        "measure-without-indicator",
        _those(measures, lambda measure: not measure.indicators),
        (len(measures), "measure of success", "is no indicator yet", "are no indicators yet"),
        "nobody will know whether it came true: say what is counted, and which way is better",
    )


def _actions(plan: Plan) -> Iterator[Finding]:
    actions = [
        (action, Place("actions", index))
        for index, action in enumerate(plan.actions)
        if action.ended is None
    ]
    of = len(actions)
    yield from _told(
        "undated-action",
        _those(
            actions, lambda action: action.due == "to-be-confirmed" and not action.timescale, "due"
        ),
        (of, "action", "has no date", "have no date"),
        "an action without a date is never late: agree one with whoever leads it",
    )
    funded = [pair for pair in actions if pair[0].budget]
    yield from _told(
        "money-without-date",
        _those(funded, lambda action: not isinstance(action.due, Period), "budget"),
        (len(funded), "action with a budget", "has no date", "have no date"),
        "money without a date can be spent and never asked after: say by when it buys what",
    )
    yield from _told(
        "unmeasured-action",
        _those(actions, lambda action: not action.success_measure and not action.supports, "id"),
        (of, "action", "has no measure of success", "have no measure of success"),
        "nobody can tell whether it helped: add `success_measure:`, or `supports:` an indicator",
    )
    yield from _told(
        "open-ended-verb",
        _those(actions, _open_ended, "title"),
        (of, "action", "only looks into something", "only look into something"),
        "whoever has explored has done it: say what is to be there in the end",
    )


def _open_ended(action: Action) -> bool:
    return not action.success_measure and not action.outcome and bool(_VERBS.search(action.title))


def _leads(plan: Plan) -> Iterator[Finding]:
    actions = [(index, action) for index, action in enumerate(plan.actions) if action.ended is None]
    leads = Counter(name for _, action in actions for name in set(action.lead))
    for name, howmany in leads.most_common(1):
        if len(actions) >= FEW and 100 * howmany >= MOST * len(actions):
            title = plan.service[name].title if name in plan.service else name
            first = next(index for index, action in actions if name in action.lead)
            yield Finding(
                "one-lead",
                f"{howmany} of {count(len(actions), 'action')} are led by one: {title}",
                Place("actions", first, ("lead",)),
                "who leads everything answers for nothing: name the service that does the work",
            )


def _those(
    things: Iterable[tuple[Any, Place]], test: Callable[[Any], object], key: str = ""
) -> list[Example]:
    """The things that pass a test, each at its place or at a key of it."""
    return [
        Example(thing.title, place._replace(path=(key,)) if key else place)
        for thing, place in things
        if test(thing)
    ]


def _told(
    code: str, examples: Sequence[Example], said: tuple[int, str, str, str], why: str
) -> Iterator[Finding]:
    """Yield one finding for all *examples*, with their number and some of their titles, or nothing.

    *said* is how many there are in all, what one is called, and the words for one and for several.
    """
    if examples:
        of, thing, singular, plural = said
        titles = [f'"{example.title}"' for example in examples[:EXAMPLES]]
        more = f" and {len(examples) - EXAMPLES} more" if len(examples) > EXAMPLES else ""
        verb = agree(len(examples), singular, plural)
        message = f"{len(examples)} of {count(of, thing)} {verb}: {', '.join(titles)}{more}"
        yield Finding(code, message, examples[0].place, why)
