"""The inclusion profile: who needs what help, what there is for them, and who is left out."""

from collections.abc import Iterator, Sequence

from diplan.judge import Standing
from diplan.plan import Activity, Plan, Profile, Segment, Venue
from diplan.report import wording
from diplan.report.document import Block, Cell, Column, Document, Items, Section, Table
from diplan.report.framing import profile_sums
from diplan.report.papers.case import Case, due, filled, in_year, section
from diplan.report.promises import moved_section
from diplan.report.status import as_of

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
    cover, plan = case.plan.cover, case.plan
    whose = f"{cover.organisation}. " if cover.organisation else ""
    return Document(
        f"{cover.title}: who needs what help, and who gives it",
        [f"{whose}As of {as_of(case.now)}."],
        [
            *section("introduction", "Introduction", case.prose("inclusion")),
            *(one for own in plan.profiles for one in _profile(own, case)),
            *moved_section(case.now),
            *section("others", "Activities for nobody in particular", _others(plan)),
        ],
    )


def _profile(own: Profile, case: Case) -> Iterator[Section]:
    """A population: its segments and who serves each, then each segment with what there is."""
    plan = case.plan
    rows: list[list[Cell]] = []
    unserved = []
    for one in own.segments:
        counts = [len(_activities(one, plan)), len(_actions(one, case)), len(_venues(one, plan))]
        if not any(counts):
            unserved.append(one.title)
        share = wording.figure_in(one.share, "per cent", plan)
        said = [one.barrier or wording.DASH, one.support or wording.DASH]
        rows.append([one.title, share, *said, *map(str, counts)])
    table = filled(Table(SEGMENTS, rows, f"{own.title}: shares of {own.of}"))
    blocks: list[Block] = [table, Items(list(profile_sums(own, plan)))]
    groups = f"{len(unserved)} of {wording.count(len(own.segments), 'group')}"
    if unserved:
        blocks += [f"Nothing in the plan is said to serve {groups}:", Items(unserved)]
    else:
        blocks.append("Each group is served by something.")
    yield from section(f"profile-{own.id}", own.title, blocks)
    for one in own.segments:
        yield from section(f"group-{one.id}", one.title, _serving(one, case), level=3)


def _serving(one: Segment, case: Case) -> Iterator[Block]:
    """What there is for a segment."""
    plan = case.plan
    if activities := _activities(one, plan):
        yield _table(activities, plan, f"Activities for: {one.title}")
    texts = [
        f"Action: {found.action.title} ({wording.led_by(found.action, plan)}; {due(found).lower()})"
        for found in _actions(one, case)
    ]
    texts += [f"Place: {venue.name} ({venue.status})" for venue in _venues(one, plan)]
    if texts:
        yield Items(texts)


def _table(activities: Sequence[Activity], plan: Plan, caption: str) -> Table:
    rows: list[list[Cell]] = [
        [
            own.title,
            own.whom or wording.DASH,
            own.scale or wording.DASH,
            wording.services(own.lead, plan) or wording.DASH,
        ]
        for own in activities
    ]
    return filled(Table(ACTIVITIES, rows, caption))


def _activities(one: Segment, plan: Plan) -> list[Activity]:
    return [own for own in plan.activities if one.id in own.segments]


def _actions(one: Segment, case: Case) -> list[Standing]:
    return [found for found in in_year(case.now, case.year) if one.id in found.action.segments]


def _venues(one: Segment, plan: Plan) -> list[Venue]:
    return [own for own in plan.venues if one.id in own.segments and own.status != "closed"]


def _others(plan: Plan) -> Iterator[Block]:
    """The activities that name no segment."""
    if others := [own for own in plan.activities if not own.segments]:
        yield _table(others, plan, "Activities that name no group of a profile")
