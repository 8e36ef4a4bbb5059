"""What can be said of a plan beside others: how much of it can be judged, and how it stands."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from diplan.judge import Assessment, Verdict
from diplan.plan import Total


class Share(NamedTuple):
    """A number out of a whole."""

    howmany: int
    of: int


class Coverage(NamedTuple):
    """How much of a plan can be judged: targets and actions with what that needs."""

    baselines: Share
    """Targets with a baseline; a total needs none."""
    dates: Share
    """Targets with a date."""
    figures: Share
    """Targets with a figure to judge by."""
    timed: Share
    """Actions with a time: a date, or ongoing."""
    measured: Share
    """Actions with a success measure, or an indicator that they are meant to move."""
    reported: Share
    """Actions that somebody has reported on."""


class ComparedPlan(NamedTuple):
    """What can be said of a plan beside others. Counts leave out what has left the plan."""

    id: str
    title: str
    organisation: str | None
    area: str | None
    neighbours: Sequence[str]
    """The areas that the plan names as similar to its own."""
    span: tuple[str | None, str | None]
    heading: str
    """The plan's word for a heading."""
    headings: int
    coverage: Coverage
    statuses: Mapping[str, int]
    """How many targets have each status."""
    assessed: Share
    context: int
    grades: Mapping[str, int]
    overdue: Share
    undated: Share


def compared_plan(assessment: Assessment) -> ComparedPlan:
    """What can be said of a plan beside others."""
    cover, live = assessment.plan.cover, assessment.live
    return ComparedPlan(
        cover.id,
        cover.title,
        cover.organisation,
        cover.area,
        cover.neighbours,
        (cover.from_.text if cover.from_ else None, cover.to.text if cover.to else None),
        cover.heading,
        len(assessment.plan.priorities),
        coverage(assessment),
        {str(status): howmany for status, howmany in assessment.statuses().items()},
        Share(assessment.assessed, len(assessment.targeted)),
        len(assessment.context),
        assessment.grades(),
        Share(sum(standing.overdue for standing in live), len(live)),
        Share(sum(standing.undated for standing in live), len(live)),
    )


def coverage(assessment: Assessment) -> Coverage:
    """Count how much of a plan can be judged."""
    targets = [(verdict, verdict.indicator.target) for verdict in assessment.targeted]
    live = [standing.action for standing in assessment.live]
    of, actions = len(targets), len(live)

    def share(these: Iterable[bool], whole: int) -> Share:
        return Share(sum(these), whole)

    return Coverage(
        share((isinstance(aim, Total) or _has_baseline(verdict) for verdict, aim in targets), of),
        share((aim.due is not None for _, aim in targets), of),
        share((verdict.evidence is not None for verdict, _ in targets), of),
        share((action.due not in (None, "to-be-confirmed") for action in live), actions),
        share((bool(action.success_measure or action.supports) for action in live), actions),
        share((standing.update is not None for standing in assessment.live), actions),
    )


def _has_baseline(verdict: Verdict) -> bool:
    given = verdict.indicator.baseline
    return given is not None and given.missing is None
