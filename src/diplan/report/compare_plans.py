"""The plans of a comparison: a row for each, or, where these are many, how far they lie apart."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from diplan.ground.english import count
from diplan.judge import Status
from diplan.judge.compare import spread
from diplan.judge.coverage import ComparedPlan, Share
from diplan.report import wording
from diplan.report.comparison import Comparison
from diplan.report.document import Cell, Column, Lines, Section, Table

PLAN = Column("plan", "Plan", width=26)
PLANS = (
    PLAN,
    Column("whose", "Whose", width=22),
    Column("span", "Time", width=12),
    Column("headings", "Headings", width=18),
)
COVERAGE = (
    PLAN,
    Column("baselines", "Baseline", width=9, right=True),
    Column("dates", "Date", width=9, right=True),
    Column("figures", "Figure", width=9, right=True),
    Column("timed", "Time", width=9, right=True),
    Column("measured", "Measure", width=9, right=True),
    Column("reported", "Update", width=9, right=True),
)
VERDICTS = (
    PLAN,
    Column("assessed", "Assessed", width=9, right=True),
    *(Column(word, wording.STATUS[word].capitalize(), width=9, right=True) for word in Status),
)
ACTIONS = (
    PLAN,
    Column("grades", "Actions by grade", width=34),
    Column("overdue", "Overdue", width=10, right=True),
    Column("undated", "Without date", width=10, right=True),
)
SHARES = (
    Column("what", "Share of", width=22),
    Column("plans", "Plans", width=11, right=True),
    Column("all", "In all", width=16, right=True),
    *(
        Column(name, label, width=8, right=True)
        for name, label in (
            ("least", "Least"),
            ("lower", "Quarter"),
            ("median", "Median"),
            ("upper", "Three quarters"),
            ("most", "Most"),
        )
    ),
)

HELD = "What they can be held to"
STAND = "How their indicators stand"
ACTED = "How their actions stand"


def plan_tables(made: Comparison) -> Iterator[Section]:
    """A row for each plan."""
    plans, titles = made.plans, made.titles()
    rows: list[list[Cell]] = [
        [titles[plan.id], plan.organisation or wording.DASH, _span(plan), _headings(plan)]
        for plan in plans
    ]
    yield Section("The plans", [Table(PLANS, rows)])
    covered: list[list[Cell]] = [[titles[plan.id], *map(_share, plan.coverage)] for plan in plans]
    explained = (
        "Of the targets, how many have a baseline, a date, and a figure to judge by; of the"
        " actions, how many have a time, a measure of success, and an update."
    )
    yield Section(HELD, [explained, Table(COVERAGE, covered)])
    verdicts: list[list[Cell]] = []
    for plan in plans:
        counts = [plan.statuses[status] for status in Status]
        said = [str(number) if plan.assessed.of else wording.DASH for number in counts]
        verdicts.append([titles[plan.id], _share(plan.assessed), *said])
    yield Section(STAND, [Table(VERDICTS, verdicts)])
    remark = "Each plan grades its actions by a scale of its own."
    graded = [[titles[plan.id], *_graded(plan)] for plan in plans]
    yield Section(ACTED, [remark, Table(ACTIONS, graded)])


def _span(plan: ComparedPlan) -> str:
    start, end = plan.span
    return f"{start or '...'} to {end or '...'}" if start or end else "no dates"


def _headings(plan: ComparedPlan) -> str:
    return count(plan.headings, plan.heading.lower())


def _share(share: Share) -> str:
    return f"{share.howmany} of {share.of}" if share.of else wording.DASH


def _graded(plan: ComparedPlan) -> list[Cell]:
    grades = [
        f"{howmany} {wording.graded(grade)}" for grade, howmany in plan.grades.items() if howmany
    ]
    told = Lines(grades) if grades else "no actions"
    return [told, _share(plan.overdue), _share(plan.undated)]


# ---- many plans


COVERED = {
    "baselines": "targets with a baseline",
    "dates": "targets with a date",
    "figures": "targets with a figure",
    "timed": "actions with a time",
    "measured": "actions with a measure",
    "reported": "actions with an update",
}


def overview(made: Comparison) -> Iterator[Section]:
    """How far the plans lie apart: of each share the ends and the quartiles, in per cent."""
    plans = made.plans
    explained = (
        "Plans: how many of them have any such targets or actions. In all: of all plans together."
        " Then, of the shares of single plans, the ends and the quartiles."
    )
    held = [
        _apart(told, [getattr(plan.coverage, name) for plan in plans])
        for name, told in COVERED.items()
    ]
    yield Section(HELD, [explained, Table(SHARES, held)])
    stand = [_apart("targets with a verdict", [plan.assessed for plan in plans])]
    stand += [
        _apart(f"targets: {wording.STATUS[status]}", [_part(plan, status) for plan in plans])
        for status in Status
    ]
    yield Section(STAND, [Table(SHARES, stand)])
    chosen: dict[str, Callable[[ComparedPlan], Share]] = {
        "actions overdue": lambda plan: plan.overdue,
        "actions without date": lambda plan: plan.undated,
    }
    acted = [_apart(told, list(map(share, plans))) for told, share in chosen.items()]
    yield Section(ACTED, [Table(SHARES, acted), "`--all` has a row for each plan."])


def _part(plan: ComparedPlan, status: Status) -> Share:
    return Share(plan.statuses[status], plan.assessed.of)


def _apart(told: str, shares: Sequence[Share]) -> list[Cell]:
    any_of = [share for share in shares if share.of]
    whole = Share(sum(share.howmany for share in any_of), sum(share.of for share in any_of))
    found = spread(Fraction(100 * share.howmany, share.of) for share in any_of) or ()
    ends = [wording.short(value, "per cent") for value in found] or [wording.DASH] * 5
    in_all = f"{whole.howmany:,} of {whole.of:,}" if whole.of else wording.DASH
    return [told, f"{len(any_of)} of {len(shares)}", in_all, *ends]
