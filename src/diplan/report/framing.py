"""What frames a plan: who governs it, whom it is for, what was answered, and what success is."""

from collections import Counter
from collections.abc import Iterator

from diplan.ground.english import agree, in_words
from diplan.ground.figure import Interval
from diplan.plan import Plan, Priority, Profile, Segment
from diplan.report import wording
from diplan.report.document import Block, Cell, Column, Items, Lines, Table

GOVERNANCE = (
    Column("body", "Body", width=20),
    Column("role", "Role", width=12),
    Column("does", "What it does", width=28),
    Column("every", "How often", width=10),
    Column("next", "Next", width=10),
)
SEGMENTS = (
    Column("segment", "Group", width=38),
    Column("share", "Share", width=10, right=True),
    Column("support", "What it can do, or needs", width=32),
)
RECOMMENDATIONS = (
    Column("recommendation", "Recommendation", width=36),
    Column("to", "Addressed to", width=22),
    Column("answer", "Answer", width=22),
)
MEASURES = (
    Column("measure", "Measure of success"),
    Column("indicators", "Measured by"),
)


def governance(plan: Plan) -> Iterator[Block]:
    """Which body does what for the plan as a whole, how often, and when next."""
    rows: list[list[Cell]] = [
        [
            wording.services([body.body], plan),
            wording.PARTS[body.role],
            body.does,
            body.every or wording.DASH,
            in_words(body.next) if body.next else wording.DASH,
        ]
        for body in plan.governance
    ]
    if rows:
        yield Table(GOVERNANCE, rows, "Who does what for the plan")


def profiles(plan: Plan) -> Iterator[Block]:
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


def recommendations(plan: Plan) -> Iterator[Block]:
    """Whom each recommendation is addressed to, and what they answered."""
    rows: list[list[Cell]] = []
    for priority in plan.priorities:
        if priority.response is None and not priority.to:
            continue
        to = [wording.services([name], plan) for name in priority.to]
        rows.append(
            [
                priority.title,
                Lines(to) if to else wording.DASH,
                Lines(list(_answer(priority, plan))),
            ]
        )
    if rows:
        yield Table(RECOMMENDATIONS, rows, "Recommendations, and the answers to them")


def _answer(priority: Priority, plan: Plan) -> Iterator[str]:
    given = priority.response
    if given is None:
        yield wording.DASH
        return
    by = f" by {wording.services([given.by], plan)}" if given.by else ""
    when = f", {in_words(given.date)}" if given.date else ""
    yield f"{wording.ANSWERS[given.answer]}{by}{when}"
    if given.why:
        yield given.why


def counted(plan: Plan) -> Iterator[str]:
    """How recommendations were answered, and how many measures of success are measured."""
    given = Counter(
        str(priority.response.answer) for priority in plan.priorities if priority.response
    )
    if given:
        said = [
            f"{given[answer]} {text}" for answer, text in wording.ANSWERS.items() if given[answer]
        ]
        yield f"{wording.count(sum(given.values()), 'recommendation')}: {', '.join(said)}."
    measures = [measure for priority in plan.priorities for measure in priority.success_measures]
    if measures:
        measured = sum(bool(measure.indicators) for measure in measures)
        yield (
            f"{measured} of {wording.count(len(measures), 'measure of success')}"
            f" {agree(measured, 'is', 'are')} measured by an indicator."
        )


def measures(plan: Plan) -> Iterator[Block]:
    """What the plan says would show success, and what measures it."""
    rows: list[list[Cell]] = []
    for priority in plan.priorities:
        for at, measure in enumerate(priority.success_measures):
            by = [
                plan.indicator[name].title if name in plan.indicator else name
                for name in measure.indicators
            ]
            rows.append(
                [
                    "" if at else priority.title,
                    measure.title,
                    Lines(by or ["nothing yet: not an indicator", *filter(None, [measure.note])]),
                ]
            )
    if rows:
        columns = (Column("heading", wording.heading(plan)), *MEASURES)
        yield Table(columns, rows, "Measures of success", merged=1)
