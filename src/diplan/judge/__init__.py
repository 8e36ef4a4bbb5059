"""Judges a plan at a moment: how each indicator and each action stands, and why.

Arithmetic and nothing else: no clock, no file. Other rooms take the names below from here, and from
the modules what goes further: `due` (what is owed), `diff` (two states of a plan), `compare` (plans
side by side), `venues` (places as somebody wishes), `backdating` (what an earlier date changes).
"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property

from diplan.ground.period import Period
from diplan.judge.action import Standing, standing
from diplan.judge.indicator import Verdict, judge_indicator
from diplan.judge.statuses import NOT_GRADED, Flag, Reason, Slippage, Status
from diplan.plan import Action, Indicator, Plan
from diplan.plan.promise import in_force, moves, original

__all__ = [
    "NOT_GRADED",
    "Assessment",
    "Flag",
    "Reason",
    "Slippage",
    "Standing",
    "Status",
    "Verdict",
    "assess",
]


@dataclass(frozen=True)
class Assessment:
    """How a plan stands as of the end of a period, indicator by indicator, in file order.

    `plan` has the promises that were in force then; `recorded` is the plan as its files have it.
    """

    recorded: Plan
    plan: Plan
    as_of: Period
    verdicts: tuple[Verdict, ...]
    standings: tuple[Standing, ...]

    @cached_property
    def verdict(self) -> dict[str, Verdict]:
        """Verdicts by the indicator's id."""
        return {verdict.indicator.id: verdict for verdict in self.verdicts}

    @property
    def assessed(self) -> int:
        """How many indicators have a verdict."""
        return sum(verdict.assessed for verdict in self.verdicts)

    @property
    def whole(self) -> bool:
        """Whether this is the whole plan, not a part chosen by `only`."""
        return len(self.verdicts) == len(self.plan.indicators) and len(self.standings) == len(
            self.plan.actions
        )

    @property
    def targeted(self) -> list[Verdict]:
        """The verdicts on indicators with a target: what counts are out of."""
        return [verdict for verdict in self.verdicts if not verdict.for_context]

    @property
    def context(self) -> list[Verdict]:
        """The verdicts on indicators without a target, which are there for context."""
        return [verdict for verdict in self.verdicts if verdict.for_context]

    def statuses(self) -> dict[Status, int]:
        """How many indicators with a target have each status, the absent ones as 0."""
        counts = Counter(verdict.status for verdict in self.targeted)
        return {status: counts[status] for status in Status}

    def only(
        self,
        *,
        priority: str | None = None,
        lead: str | None = None,
        statuses: Collection[Status] = (),
    ) -> "Assessment":
        """The part with a priority, a lead and, for indicators, one of *statuses*; None is any."""

        def wanted(entity: Indicator | Action) -> bool:
            return priority in (None, entity.priority) and (lead is None or lead in entity.lead)

        return replace(
            self,
            verdicts=tuple(
                verdict
                for verdict in self.verdicts
                if wanted(verdict.indicator) and (not statuses or verdict.status in statuses)
            ),
            standings=tuple(
                standing for standing in self.standings if wanted(standing.action) and not statuses
            ),
        )

    def where(self, wanted: Callable[[Standing], bool]) -> "Assessment":
        """The part whose actions pass a test."""
        return replace(self, standings=tuple(filter(wanted, self.standings)))

    @property
    def live(self) -> list[Standing]:
        """The standings of actions that have not left the plan."""
        return [standing for standing in self.standings if not standing.ended]

    def grades(self) -> dict[str, int]:
        """How many actions that have not left the plan have each grade."""
        counts = Counter(standing.grade for standing in self.live)
        scale = (*self.plan.cover.scale, NOT_GRADED)
        return {grade: counts[grade] for grade in (*scale, *sorted(set(counts) - set(scale)))}

    def originally(self, verdict: Verdict) -> Verdict | None:
        """The verdict on the target as first promised; None where its status is the same."""
        if verdict.original is None:
            return None
        other = judge_indicator(verdict.original, self.as_of, self.plan.cover.approximate_within)
        return other if other.status is not verdict.status else None

    def conflicts(self, verdict: Verdict) -> list[Verdict]:
        """The verdicts on the same thing by other evidence whose status differs from this one's."""
        indicator = verdict.indicator
        if Flag.EVIDENCE_CONFLICTS not in verdict.flags:
            return []
        return [
            other
            for other in self.verdicts
            if (
                other.indicator.id in indicator.cross_check
                or indicator.id in other.indicator.cross_check
            )
            and _conflict(verdict, other)
        ]


def assess(plan: Plan, as_of: Period) -> Assessment:
    """Judge every indicator and action of a plan as of the end of a period."""
    then, within, done = in_force(plan, as_of), plan.cover.approximate_within, plan.cover.scale[0]
    verdicts = [judge_indicator(indicator, as_of, within) for indicator in then.indicators]
    standings = [standing(action, as_of, done) for action in then.actions]
    for index, indicator in enumerate(plan.indicators):
        if indicator.revisions:
            verdicts[index] = verdicts[index]._replace(
                moved=moves(indicator, as_of.end), original=original(indicator)
            )
    for index, action in enumerate(plan.actions):
        if action.revisions:
            standings[index] = standings[index]._replace(moved=moves(action, as_of.end))
    return Assessment(plan, then, as_of, tuple(_cross_checked(verdicts)), tuple(standings))


def _conflict(first: Verdict, second: Verdict) -> bool:
    return first.assessed and second.assessed and first.status is not second.status


def _cross_checked(verdicts: list[Verdict]) -> list[Verdict]:
    """Flag the verdicts that other evidence of the same thing contradicts."""
    by_id = {verdict.indicator.id: verdict for verdict in verdicts}
    flagged = set()
    for verdict in verdicts:
        for name in verdict.indicator.cross_check:
            other = by_id.get(name)
            if other and _conflict(verdict, other):
                flagged |= {verdict.indicator.id, name}
    return [
        verdict._replace(flags=(*verdict.flags, Flag.EVIDENCE_CONFLICTS))
        if verdict.indicator.id in flagged
        else verdict
        for verdict in verdicts
    ]
