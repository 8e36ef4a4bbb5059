"""Advice: what makes a plan hard to hold to account. Each kind is told once, with its count.

Nothing here is an error: a plan may have its reasons. A finding stands at the first example.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from diplan.ground.english import agree, count
from diplan.plan import Action, Direction, Indicator, NoTarget, Plan, Total
from diplan.problems import Finding, Place

EXAMPLES = 3
"""How many examples a piece of advice names."""

FEW = 5
"""The least number of actions of which it means anything that one service leads them."""

MOST = 80
"""Per cent of the actions from which on one service leads nearly all of them."""

_VERBS = re.compile(
    r"\b(?:explor|investigat|examin|consider|scop(?:e|ing)\b|look(?:ing)? (?:at|into|to)\b)",
    re.IGNORECASE,
)
"""Verbs whose action is done whatever comes of it."""


class Example(NamedTuple):
    """A thing that the advice is about."""

    title: str
    place: Place


def advice(plan: Plan) -> Iterator[Finding]:
    """Yield every piece of advice on a plan: on its indicators first, then on its actions."""
    yield from _targets(plan)
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
    return not isinstance(indicator.target, Total) and (given is None or given.missing is not None)


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
        _those(actions, lambda action: action.due == "to-be-confirmed", "due"),
        (of, "action", "has no date", "have no date"),
        "an action without a date is never late: agree one with whoever leads it",
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
