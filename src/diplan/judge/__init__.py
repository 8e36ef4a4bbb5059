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
from diplan.judge.action import HeadingStanding, Standing, heading_standing, standing
from diplan.judge.evidence import series
from diplan.judge.indicator import Verdict, judge_indicator, judge_series
from diplan.judge.milestones import MilestoneVerdict, judge_milestones
from diplan.judge.rating import Rating, Travel, rated, travel
from diplan.judge.statuses import NOT_DUE, NOT_GRADED, Flag, Reason, Slippage, Status
from diplan.plan import Action, Indicator, Plan
from diplan.plan.promise import in_force, moves, original
from diplan.plan.working_out import worked_out, worked_out_in

__all__ = [
    "NOT_DUE",
    "NOT_GRADED",
    "Assessment",
    "Flag",
    "HeadingStanding",
    "MilestoneVerdict",
    "Rating",
    "Reason",
    "Slippage",
    "Standing",
    "Status",
    "Travel",
    "Verdict",
    "assess",
]


@dataclass(frozen=True)
class Assessment:
    """How a plan stands as of the end of a period, indicator by indicator, in file order.

    `plan` has the promises that were in force then, with everything worked out; `recorded` is the
    plan as its files have it.
    """

    recorded: Plan
    plan: Plan
    as_of: Period
    verdicts: tuple[Verdict, ...]
    standings: tuple[Standing, ...]
    headings: tuple[HeadingStanding, ...] = ()
    """How each heading stands, in file order."""

    @cached_property
    def verdict(self) -> dict[str, Verdict]:
        """Verdicts by the indicator's id."""
        return {verdict.indicator.id: verdict for verdict in self.verdicts}

    @property
    def assessed(self) -> int:
        """How many indicators with a target have a verdict."""
        return sum(verdict.assessed for verdict in self.targeted)

    @property
    def whole(self) -> bool:
        """Whether this is the whole plan, not a part chosen by `only`."""
        return len(self.verdicts) == len(self.plan.indicators) and len(self.standings) == len(
            self.plan.actions
        )

    @property
    def targeted(self) -> list[Verdict]:
        """The verdicts on indicators with a target: what counts are out of.

        An indicator that has left the plan does not count.
        """
        return [
            verdict for verdict in self.verdicts if not verdict.for_context and not verdict.ended
        ]

    @property
    def context(self) -> list[Verdict]:
        """The verdicts on indicators without a target, which are there for context."""
        return [verdict for verdict in self.verdicts if verdict.for_context and not verdict.ended]

    @property
    def ended(self) -> list[Verdict]:
        """The verdicts on indicators that have left the plan."""
        return [verdict for verdict in self.verdicts if verdict.ended]

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
            headings = entity.priorities if isinstance(entity, Action) else (entity.priority,)
            within = priority is None or priority in headings
            return within and (lead is None or lead in entity.lead)

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
        scale = (*self.plan.cover.grades, NOT_GRADED)
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
    then = worked_out(in_force(plan, as_of))
    verdicts = [_told(indicator, as_of, plan) for indicator in then.indicators]
    standings = [standing(action, as_of, plan.cover) for action in then.actions]
    headings = [heading_standing(priority, as_of, plan.cover) for priority in plan.priorities]
    for index, indicator in enumerate(plan.indicators):
        if indicator.revisions:
            first = original(indicator)
            verdicts[index] = verdicts[index]._replace(
                moved=moves(indicator, as_of.end),
                original=worked_out_in(plan, first) if first else None,
            )
    for index, action in enumerate(plan.actions):
        if action.revisions:
            standings[index] = standings[index]._replace(moved=moves(action, as_of.end))
    return Assessment(
        plan, then, as_of, tuple(_cross_checked(verdicts)), tuple(standings), tuple(headings)
    )


def _told(indicator: Indicator, as_of: Period, plan: Plan) -> Verdict:
    """The verdict on an indicator with everything that is told beside it."""
    within = plan.cover.approximate_within
    figures = series(indicator, as_of, within)
    verdict = judge_series(indicator, figures, as_of, within)
    direction = travel(indicator, figures, within)
    return verdict._replace(
        ended=indicator.has_ended(as_of.end),
        milestones=tuple(judge_milestones(indicator, as_of, within)),
        rag=rated(verdict, indicator.rag or plan.cover.rag, direction),
        travel=direction,
    )


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
