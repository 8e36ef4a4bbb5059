"""Milestones in words: what was to be reached by when, and whether it was."""

from collections.abc import Iterator

from diplan.ground.english import in_words
from diplan.judge import NOT_DUE, MilestoneVerdict, Status, Verdict
from diplan.report import wording
from diplan.report.document import Badge, Cell, Column, Table, Tone, to_indicator

COLUMNS = (
    Column("period", "By", width=16),
    Column("value", "Milestone", width=14),
    Column("figure", "Figure", width=24),
    Column("status", "Status", width=16),
)


def worth_naming(verdict: Verdict) -> list[MilestoneVerdict]:
    """Those of an indicator that were not met, and the next one that is still to come."""
    ahead = [stone for stone in verdict.milestones if stone.status == NOT_DUE]
    following = min(ahead, key=lambda stone: stone.milestone.period.end, default=None)
    return [
        stone
        for stone in verdict.milestones
        if stone is following or stone.status in (Status.NOT_ACHIEVED, Status.NO_DATA)
    ]


def told(stone: MilestoneVerdict, verdict: Verdict) -> str:
    """A milestone in a phrase: `18% by 2015: missed, 19%`."""
    unit, seen = verdict.indicator.unit, stone.evidence
    value = (
        wording.milestone(stone.milestone, verdict.indicator)
        if stone.value is None
        else wording.short(stone.value, unit)
    )
    aim = f"{value} by {in_words(stone.milestone.period)}"
    figure = wording.interval(seen.figure, unit) if seen else ""
    if stone.status == NOT_DUE:
        return f"next: {aim}"
    if stone.status is Status.NO_DATA:
        return f"{aim}: not measured"
    return f"{aim}: {'met' if stone.status is Status.ACHIEVED else 'missed'}, {figure}"


def passed(verdict: Verdict) -> Iterator[str]:
    """Those that were missed or not measured, each in a sentence of a list."""
    for stone in worth_naming(verdict):
        if stone.status != NOT_DUE:
            yield to_indicator(verdict.indicator, f": {told(stone, verdict)}")


def table(verdict: Verdict) -> Table:
    """Every milestone of an indicator, with the figure that it was judged by."""
    indicator = verdict.indicator
    rows: list[list[Cell]] = []
    for stone in verdict.milestones:
        seen = stone.evidence
        figure = wording.interval(seen.figure, indicator.unit) if seen else wording.NONE
        rows.append(
            [
                in_words(stone.milestone.period),
                wording.milestone(stone.milestone, indicator),
                wording.dated(figure, seen.period if seen else None),
                badge(stone),
            ]
        )
    return Table(COLUMNS, rows)


def badge(stone: MilestoneVerdict) -> Badge:
    """How a milestone stands, as a badge."""
    match stone.status:
        case Status.ACHIEVED:
            return Badge("met", Tone.GOOD)
        case Status.NOT_ACHIEVED:
            return Badge("missed", Tone.POOR)
        case Status.NO_DATA:
            return Badge("not measured")
        case _:
            return Badge("not due yet")
