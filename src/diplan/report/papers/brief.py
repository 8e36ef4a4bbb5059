"""What a councillor reads in a minute: the aims, how it stands, what changed, what to decide."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from diplan.ground.english import agree, day_in_words, in_words
from diplan.judge import Verdict
from diplan.judge.diff import Changes
from diplan.plan import Plan
from diplan.report import wording
from diplan.report.bars import bars
from diplan.report.diff import flipped
from diplan.report.document import Block, Items, Section, to_indicator
from diplan.report.papers.case import Case, section
from diplan.report.papers.decisions import decisions

MOST = 5
"""How many sentences a list in the summary has before it counts the others."""


def brief(case: Case) -> Iterator[Section]:
    """The summary, as a section with four short ones in it."""
    yield Section("Summary", list(_aims(case)), key="summary")
    yield from section("standing", "How it stands", bars(case.now), 3)
    yield from section("changed", "What changed, and why", changed(case), 3)
    yield from section("to-decide", "What needs a decision", _to_decide(case), 3)


def _aims(case: Case) -> Iterator[Block]:
    """What the plan set out to do, in its own headings."""
    plan = case.plan
    cover, titles = plan.cover, [priority.title for priority in plan.priorities]
    ends = [in_words(end) for end in (cover.from_, cover.to) if end]
    runs = f" runs from {' to '.join(ends)}" if len(ends) == 2 else " is a plan"
    under = f" under {wording.count(len(titles), cover.heading)}:" if titles else "."
    said = [
        wording.count(howmany, what)
        for howmany, what in ((len(case.now.targeted), "target"), (len(plan.actions), "action"))
        if howmany
    ]
    having = f"{' and has' if len(ends) == 2 else ' with'} {wording.listed(said)}" if said else ""
    yield f"{cover.title}{runs}{having}{under}"
    yield Items(titles)


def changed(case: Case) -> Iterator[Block]:
    """What has another status or grade than at the moment to compare with, and why."""
    begins = case.plan.cover.from_
    if begins and case.compared.end <= begins.start:
        yield "This is the plan's first year, so there is nothing earlier to compare with."
        return
    changes = case.changes
    told: list[Callable[[], str]] = [
        partial(flipped, change) for change in changes.indicators if change.change != "moved"
    ]
    told += [partial(_same, text) for text in regraded(changes)]
    told += [
        partial(_still, after, case.plan)
        for change in changes.indicators
        if change.change == "moved" and (after := change.after) and after.evidence
    ]
    since = day_in_words(case.compared.last_day)
    if not told:
        yield f"No status, figure or grade has changed since {since}."
        return
    yield f"Since {since}:"
    yield Items(_shortened(told, "change"))


def _still(verdict: Verdict, plan: Plan) -> str:
    """An indicator with another figure and the same status."""
    still = "" if verdict.for_context else f"still {wording.status(verdict)}, "
    return to_indicator(verdict.indicator, f": {still}now {wording.latest(verdict, plan)}.")


def regraded(changes: Changes) -> list[str]:
    """The headings and actions with another grade, each as a sentence."""
    return [
        f"{change.title}: from {wording.graded(change.before)} to {wording.graded(change.after)}."
        for change in (*changes.headings, *changes.actions)
        if change.change == "regraded"
    ]


def _to_decide(case: Case) -> Iterator[Block]:
    told: list[Callable[[], str]] = [partial(_same, text) for text in decisions(case)]
    yield Items(_shortened(told, "decision")) if told else "Nothing needs a decision."


def _shortened(told: Sequence[Callable[[], str]], what: str) -> list[str]:
    """The first of them, and how many more there are; the others are not made at all."""
    more = len(told) - MOST
    if more <= 1:
        return [make() for make in told]
    rest = f"{more} {agree(more, f'more {what}', f'more {what}s')}."
    return [*(make() for make in told[:MOST]), rest]


def _same(text: str) -> str:
    return text
