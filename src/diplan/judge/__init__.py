"""Verdicts: pure arithmetic on a plan and a moment. Reads no clock and no file."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property

from diplan.ground.period import Period
from diplan.judge.action import Standing, standing
from diplan.judge.indicator import Verdict, verdict
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
        return {found.indicator.id: found for found in self.verdicts}

    @property
    def assessed(self) -> int:
        """How many indicators have a verdict."""
        return sum(found.assessed for found in self.verdicts)

    @property
    def whole(self) -> bool:
        """Whether all of the plan is here, and not a part of it."""
        return len(self.verdicts) == len(self.plan.indicators) and len(self.standings) == len(
            self.plan.actions
        )

    @property
    def targeted(self) -> list[Verdict]:
        """The indicators that have a target: the whole of which counts speak."""
        return [found for found in self.verdicts if not found.for_context]

    @property
    def context(self) -> list[Verdict]:
        """The indicators without a target, which nothing is promised of."""
        return [found for found in self.verdicts if found.for_context]

    def statuses(self) -> dict[Status, int]:
        """How many indicators with a target have each status, the absent ones as 0."""
        counts = Counter(found.status for found in self.targeted)
        return {status: counts[status] for status in Status}

    def only(
        self,
        *,
        priority: str | None = None,
        lead: str | None = None,
        statuses: Collection[Status] = (),
    ) -> "Assessment":
        """The part that belongs to a priority, a service or, of the indicators, some statuses."""

        def wanted(entity: Indicator | Action) -> bool:
            return priority in (None, entity.priority) and (lead is None or lead in entity.lead)

        return replace(
            self,
            verdicts=tuple(
                found
                for found in self.verdicts
                if wanted(found.indicator) and (not statuses or found.status in statuses)
            ),
            standings=tuple(
                found for found in self.standings if wanted(found.action) and not statuses
            ),
        )

    def where(self, wanted: Callable[[Standing], bool]) -> "Assessment":
        """The part whose actions are like that."""
        return replace(self, standings=tuple(filter(wanted, self.standings)))

    @property
    def live(self) -> list[Standing]:
        """The actions that have not left the plan."""
        return [found for found in self.standings if not found.ended]

    def grades(self) -> dict[str, int]:
        """How many actions have each grade, without those that have left the plan."""
        counts = Counter(found.grade for found in self.live)
        scale = (*self.plan.cover.scale, NOT_GRADED)
        return {grade: counts[grade] for grade in (*scale, *sorted(set(counts) - set(scale)))}

    def originally(self, found: Verdict) -> Verdict | None:
        """The verdict against the original target, where the ledger tells of one that differs."""
        if found.original is None:
            return None
        other = verdict(found.original, self.as_of, self.plan.cover.approximate_within)
        return other if other.status is not found.status else None

    def conflicts(self, found: Verdict) -> list[Verdict]:
        """The verdicts on the same thing by other evidence that differ from this one."""
        own = found.indicator
        if Flag.EVIDENCE_CONFLICTS not in found.flags:
            return []
        return [
            other
            for other in self.verdicts
            if (other.indicator.id in own.cross_check or own.id in other.indicator.cross_check)
            and _conflict(found, other)
        ]


def assess(plan: Plan, as_of: Period) -> Assessment:
    """Judge every indicator and action of a plan as of the end of a period."""
    then, within, done = in_force(plan, as_of), plan.cover.approximate_within, plan.cover.scale[0]
    verdicts = [verdict(indicator, as_of, within) for indicator in then.indicators]
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


def _conflict(one: Verdict, other: Verdict) -> bool:
    return one.assessed and other.assessed and one.status is not other.status


def _cross_checked(verdicts: list[Verdict]) -> list[Verdict]:
    """Flag the verdicts that other evidence of the same thing does not bear out."""
    by_id = {found.indicator.id: found for found in verdicts}
    flagged = set()
    for found in verdicts:
        for name in found.indicator.cross_check:
            other = by_id.get(name)
            if other and _conflict(found, other):
                flagged |= {found.indicator.id, name}
    return [
        found._replace(flags=(*found.flags, Flag.EVIDENCE_CONFLICTS))
        if found.indicator.id in flagged
        else found
        for found in verdicts
    ]
