"""Advice: what makes a plan hard to hold to account. Each kind is told once, with its count.

Nothing here is an error: a plan may have its reasons. A finding stands at the first example.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

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
    """Every piece of advice on a plan, the indicators' first."""
    yield from _targets(plan)
    yield from _measures(plan)
    yield from _actions(plan)
    yield from _leads(plan)


def _targets(plan: Plan) -> Iterator[Finding]:
    own = [
        (one, Place("indicators", index))
        for index, one in enumerate(plan.indicators)
        if not isinstance(one.target, NoTarget)
    ]
    of = len(own)
    yield from _told(
        "no-baseline",
        [_at(one, place, "target") for one, place in own if _no_baseline(one)],
        (of, "target", "has no baseline", "have no baseline"),
        "without a starting point nobody can say how far the plan has come: measure one now",
    )
    yield from _told(
        "no-target-date",
        [_at(one, place, "target") for one, place in own if one.target.due is None],
        (of, "target", "has no date", "have no date"),
        "a target without a date can never be missed: add `due:`",
    )
    yield from _told(
        "direction-only",
        [_at(one, place, "target") for one, place in own if isinstance(one.target, Direction)],
        (of, "target", "says only which way", "say only which way"),
        "the smallest change would meet it: say how much would count as success",
    )
    yield from _told(
        "proxy-baseline",
        [
            _at(one, place, "baseline")
            for one, place in own
            if one.baseline is not None and one.baseline.proxy is not None
        ],
        (of, "target", "starts from something else", "start from something else"),
        "what is measured from one thing to another is no progress: measure what is promised",
    )


def _no_baseline(own: Indicator) -> bool:
    given = own.baseline
    return not isinstance(own.target, Total) and (given is None or given.missing is not None)


def _measures(plan: Plan) -> Iterator[Finding]:
    own = [
        (measure, Place("priorities", index, ("success_measures", at)))
        for index, priority in enumerate(plan.priorities)
        for at, measure in enumerate(priority.success_measures)
    ]
    yield from _told(
        "measure-without-indicator",
        [Example(measure.title, place) for measure, place in own if not measure.indicators],
        (len(own), "measure of success", "is no indicator yet", "are no indicators yet"),
        "nobody will know whether it came true: say what is counted, and which way is better",
    )


def _actions(plan: Plan) -> Iterator[Finding]:
    own = [
        (one, Place("actions", index))
        for index, one in enumerate(plan.actions)
        if one.ended is None
    ]
    of = len(own)
    yield from _told(
        "undated-action",
        [_at(one, place, "due") for one, place in own if one.due == "to-be-confirmed"],
        (of, "action", "has no date", "have no date"),
        "an action without a date is never late: agree one with whoever leads it",
    )
    yield from _told(
        "unmeasured-action",
        [
            _at(one, place, "id")
            for one, place in own
            if not one.success_measure and not one.supports
        ],
        (of, "action", "has no measure of success", "have no measure of success"),
        "nobody can tell whether it helped: add `success_measure:`, or `supports:` an indicator",
    )
    yield from _told(
        "open-ended-verb",
        [_at(one, place, "title") for one, place in own if _open_ended(one)],
        (of, "action", "only looks into something", "only look into something"),
        "whoever has explored has done it: say what is to be there in the end",
    )


def _open_ended(own: Action) -> bool:
    return not own.success_measure and not own.outcome and bool(_VERBS.search(own.title))


def _leads(plan: Plan) -> Iterator[Finding]:
    own = [(index, one) for index, one in enumerate(plan.actions) if one.ended is None]
    for name, howmany in Counter(name for _, one in own for name in set(one.lead)).most_common(1):
        if len(own) >= FEW and 100 * howmany >= MOST * len(own):
            title = plan.service[name].title if name in plan.service else name
            first = next(index for index, one in own if name in one.lead)
            yield Finding(
                "one-lead",
                f"{howmany} of {count(len(own), 'action')} are led by one: {title}",
                Place("actions", first, ("lead",)),
                "who leads everything answers for nothing: name the service that does the work",
            )


def _at(own: Indicator | Action, place: Place, key: str) -> Example:
    return Example(own.title, place._replace(path=(key,)))


def _told(
    code: str, found: Sequence[Example], said: tuple[int, str, str, str], why: str
) -> Iterator[Finding]:
    """A piece of advice: of how many, some of them by title, and why it matters.

    *said* is how many there are, what one is, and what is said of one or of several of them.
    """
    if found:
        of, thing, one, several = said
        titles = [f'"{example.title}"' for example in found[:EXAMPLES]]
        more = f" and {len(found) - EXAMPLES} more" if len(found) > EXAMPLES else ""
        verb = agree(len(found), one, several)
        message = f"{len(found)} of {count(of, thing)} {verb}: {', '.join(titles)}{more}"
        yield Finding(code, message, found[0].place, why)
