"""Whom a plan is for: populations by their segments, and what the shares come to."""

from collections.abc import Iterator

from diplan.ground.figure import Interval
from diplan.plan import Plan, Profile, Segment
from diplan.report import wording
from diplan.report.document import Block, Cell, Column, Items, Table

SEGMENTS = (
    Column("segment", "Group", width=38),
    Column("share", "Share", width=10, right=True),
    Column("support", "What it can do, or needs", width=32),
)


def tables(plan: Plan) -> Iterator[Block]:
    """Each population by its segments, and what its source says of several together."""
    for profile in plan.profiles:
        rows: list[list[Cell]] = [_segment(segment, plan) for segment in profile.segments]
        yield Table(SEGMENTS, rows, f"{profile.title}: shares of {profile.of}")
        yield Items(list(profile_sums(profile, plan)))


def profile_sums(profile: Profile, plan: Plan) -> Iterator[str]:
    """What the segments come to, what a source says of several, and where the shares are from."""
    yield from filter(None, [_whole(profile, plan), *_subtotals(profile, plan), profile.note])
    if profile.source:
        cited = ", ".join(filter(None, (wording.source(profile.source, plan), profile.at)))
        yield f"Source: {cited}"


def _segment(segment: Segment, plan: Plan) -> list[Cell]:
    return [
        segment.title,
        wording.figure_in(segment.share, "per cent", plan),
        segment.support or wording.DASH,
    ]


def _whole(profile: Profile, plan: Plan) -> str:
    """What all segments come to."""
    total = profile.sum_of(
        tuple(segment.id for segment in profile.segments), plan.cover.approximate_within
    )
    if total is None:
        return ""
    groups = wording.count(len(profile.segments), "group")
    if profile.approximate:
        about = wording.short(total.middle, "per cent")
        return f"All {groups} together: about {about}; the shares are estimates."
    return f"All {groups} together: {_sum(total)}."


def _sum(interval: Interval) -> str:
    return wording.interval(interval, "per cent")


def _subtotals(profile: Profile, plan: Plan) -> Iterator[str]:
    for stated in profile.subtotals:
        total = profile.sum_of(stated.segments, plan.cover.approximate_within)
        said = wording.figure_in(stated.share, "per cent", plan)
        groups = wording.count(len(stated.segments), "group")
        summed = f"{groups} that come to {_sum(total)}" if total else groups
        yield f"{stated.title}: {summed}; the source says {said}."


def differing(plan: Plan) -> Iterator[str]:
    """Where a source's own sum is not that of its segments."""
    within = plan.cover.approximate_within
    for profile in plan.profiles:
        for stated, text in zip(profile.subtotals, _subtotals(profile, plan), strict=True):
            said, total = stated.share.interval(within), profile.sum_of(stated.segments, within)
            if said and total and total.middle != said.middle:
                yield text
