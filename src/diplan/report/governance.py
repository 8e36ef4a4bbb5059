"""Who governs a plan, how recommendations were answered, and what would show success."""

from collections import Counter
from collections.abc import Iterator

from diplan.ground.english import agree, in_words
from diplan.plan import Plan, Priority
from diplan.report import wording
from diplan.report.document import Block, Cell, Column, Lines, Table

GOVERNANCE = (
    Column("body", "Body", width=20),
    Column("role", "Role", width=12),
    Column("does", "What it does", width=28),
    Column("every", "How often", width=10),
    Column("next", "Next", width=10),
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


def bodies(plan: Plan) -> Iterator[Block]:
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
    yield Table(GOVERNANCE, rows, "Who does what for the plan")


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


def unmeasured(plan: Plan) -> Iterator[str]:
    """The measures of success that are no indicators yet."""
    for priority in plan.priorities:
        for measure in priority.success_measures:
            if not measure.indicators:
                yield f"{priority.title}: {measure.title}"


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
    columns = (Column("heading", wording.heading(plan)), *MEASURES)
    yield Table(columns, rows, "Measures of success", merged=1)
