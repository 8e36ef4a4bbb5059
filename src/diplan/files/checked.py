"""The problems of a plan: those of its files, and what its checks find in what was read."""

from typing import Any, NamedTuple

from diplan.checks import advice, personal_data
from diplan.checks import check as findings
from diplan.checks.ledger import backdated, ledger, unheld
from diplan.checks.quiet import quiet_changes
from diplan.files.load import Loaded, load
from diplan.files.workspace import Workspace
from diplan.ground.period import Period
from diplan.judge.backdating import past_verdicts
from diplan.plan import Plan
from diplan.plan.plan import HOME
from diplan.problems import Problem


class PlanSize(NamedTuple):
    """How much there is in a plan."""

    indicators: int = 0
    actions: int = 0
    venues: int = 0

    def plus(self, other: "PlanSize") -> "PlanSize":
        """What there is in both."""
        return PlanSize(*map(sum, zip(self, other, strict=True)))


class CheckedPlan(NamedTuple):
    """The problems of a plan in order, and its size: None where it cannot be read at all."""

    problems: list[Problem]
    size: PlanSize | None

    @property
    def sound(self) -> bool:
        """Whether there is nothing but advice to give."""
        return self.size is not None and all(
            problem.severity == "advice" for problem in self.problems
        )


class Earlier(NamedTuple):
    """An earlier state of a workspace, and the day on which it was committed."""

    home: Workspace
    day: Period


def problems_of(
    home: Workspace,
    when: Period,
    earlier: Earlier | None = None,
    *,
    advised: bool = False,
) -> CheckedPlan:
    """The problems of a workspace in order, and how much there is in it.

    With an *earlier* state, these include what was changed since without an entry; if *advised*,
    also what makes the plan hard to hold to account.
    """
    loaded = load(home)
    problems = list(loaded.problems)
    size, british = PlanSize(), True
    if plan := loaded.plan:
        british = plan.cover.country == HOME
        problems += [loaded.problem(finding) for finding in findings(plan, when)]
        if advised:
            problems += [loaded.problem(finding) for finding in advice(plan, when)]
        if earlier:
            problems += _quiet_changes(loaded, plan, earlier)
        size = PlanSize(len(plan.indicators), len(plan.actions), len(plan.venues))
    for source in loaded.sources:
        problems += personal_data(source, british=british)
    return CheckedPlan(in_order(problems, [source.name for source in loaded.sources]), size)


def _quiet_changes(loaded: Loaded, plan: Plan, earlier: Earlier) -> list[Problem]:
    """What was changed since an earlier state without an entry, or with one of an earlier date."""
    old = load(earlier.home, cover=plan.cover)
    if old.plan is None:
        return []
    findings = [
        *unheld(old.plan, earlier.home.name("data")),
        *ledger(old.plan, plan, old.where),
        *quiet_changes(old.plan, plan, old.where),
        *backdated(
            old.plan,
            plan,
            earlier.day,
            lambda entity, entry: past_verdicts(entity, entry, earlier.day, plan),
        ),
    ]
    return [loaded.problem(finding) for finding in findings]


def in_order(problems: list[Problem], files: list[str]) -> list[Problem]:
    """Problems in the order of the files, then of the places in them."""
    rank = {name: at for at, name in enumerate(files)}

    def place(problem: Problem) -> tuple[Any, ...]:
        return rank.get(problem.file, -1), problem.file, problem.span[:2], problem.code

    return sorted(problems, key=place)
