"""The inclusion profile: who needs what help, what there is for them, and who is left out."""

from collections.abc import Iterator, Sequence

from diplan.judge import Standing
from diplan.plan import Activity, Plan, Profile, Segment, Venue
from diplan.report import wording
from diplan.report.document import Block, Cell, Column, Document, Items, Section, Table
from diplan.report.papers.case import Case, due, filled, in_year, section
from diplan.report.profiles import profile_sums
from diplan.report.promises import moved_section
from diplan.report.status import opening

SEGMENTS = (
    Column("group", "Group"),
    Column("share", "Share", right=True),
    Column("barrier", "What holds them back"),
    Column("support", "What they can do, or need"),
    Column("activities", "Activities", right=True),
    Column("actions", "Actions", right=True),
    Column("venues", "Places", right=True),
)
ACTIVITIES = (
    Column("activity", "Activity"),
    Column("whom", "For whom"),
    Column("scale", "How much"),
    Column("lead", "By"),
)


def inclusion(case: Case) -> Document:
    """The paper `inclusion`."""
    plan = case.plan
    return Document(
        f"{plan.cover.title}: who needs what help, and who gives it",
        [opening(case.now)],
        [
            *section("introduction", "Introduction", case.prose("inclusion")),
            *(section for profile in plan.profiles for section in _profile(profile, case)),
            *moved_section(case.now),
            *section("others", "Activities for nobody in particular", _others(plan)),
        ],
    )


def _profile(profile: Profile, case: Case) -> Iterator[Section]:
    """A population: its segments and who serves each, then each segment with what there is."""
    plan = case.plan
    rows: list[list[Cell]] = []
    unserved = []
    for segment in profile.segments:
        counts = [
            len(_activities(segment, plan)),
            len(_actions(segment, case)),
            len(_venues(segment, case)),
        ]
        if not any(counts):
            unserved.append(segment.title)
        share = wording.figure_in(segment.share, "per cent", plan)
        said = [segment.barrier or wording.DASH, segment.support or wording.DASH]
        rows.append([segment.title, share, *said, *map(str, counts)])
    table = filled(Table(SEGMENTS, rows, f"{profile.title}: shares of {profile.of}"))
    blocks: list[Block] = [table, Items(list(profile_sums(profile, plan)))]
    groups = f"{len(unserved)} of {wording.count(len(profile.segments), 'group')}"
    if unserved:
        blocks += [f"Nothing in the plan is said to serve {groups}:", Items(unserved)]
    else:
        blocks.append("Each group is served by something.")
    yield from section(f"profile-{profile.id}", profile.title, blocks)
    for segment in profile.segments:
        yield from section(f"group-{segment.id}", segment.title, _serving(segment, case), level=3)


def _serving(segment: Segment, case: Case) -> Iterator[Block]:
    """What there is for a segment."""
    plan = case.plan
    if activities := _activities(segment, plan):
        yield _table(activities, plan, f"Activities for: {segment.title}")
    texts = [
        f"Action: {standing.action.title}"
        f" ({wording.led_by(standing.action, plan)}; {due(standing).lower()})"
        for standing in _actions(segment, case)
    ]
    texts += [f"Place: {venue.name} ({venue.status})" for venue in _venues(segment, case)]
    yield Items(texts)


def _table(activities: Sequence[Activity], plan: Plan, caption: str) -> Table:
    rows: list[list[Cell]] = [
        [
            activity.title,
            activity.whom or wording.DASH,
            activity.scale or wording.DASH,
            wording.services(activity.lead, plan) or wording.DASH,
        ]
        for activity in activities
    ]
    return filled(Table(ACTIVITIES, rows, caption))


def _activities(segment: Segment, plan: Plan) -> list[Activity]:
    return [activity for activity in plan.activities if segment.id in activity.segments]


def _actions(segment: Segment, case: Case) -> list[Standing]:
    return [
        standing
        for standing in in_year(case.now, case.year)
        if segment.id in standing.action.segments
    ]


def _venues(segment: Segment, case: Case) -> list[Venue]:
    return [venue for venue in case.venues if segment.id in venue.segments]


def _others(plan: Plan) -> Iterator[Block]:
    """The activities that name no segment."""
    if others := [activity for activity in plan.activities if not activity.segments]:
        yield _table(others, plan, "Activities that name no group of a profile")
