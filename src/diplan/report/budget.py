"""The money of a plan: what its actions are to cost and have cost, each currency apart."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from diplan.judge import Assessment
from diplan.plan import Action, Budget, Plan, Priority, Service
from diplan.report import wording
from diplan.report.data import rounded
from diplan.report.document import Block, Cell, Column, Section, Table

SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


class Sum(NamedTuple):
    """What actions come to in one currency. `planned` and `spent` are None where none says so."""

    currency: str
    planned: Decimal | None
    spent: Decimal | None
    stated: int
    """How many actions state a budget in this currency."""
    of: int
    """How many actions there are."""


COLUMNS = (
    Column("whose", "Budget of", width=30),
    Column("planned", "Planned", width=14, right=True),
    Column("spent", "Spent", width=14, right=True),
    Column("stated", "Stated by", width=18),
)


def sums(actions: Iterable[Action], plan: Plan) -> list[Sum]:
    """What actions come to, by currency in the order in which they appear."""
    given = list(actions)
    by_currency: dict[str, list[Budget]] = {}
    for action in given:
        if action.budget:
            currency = action.budget.currency or plan.cover.currency or ""
            by_currency.setdefault(currency, []).append(action.budget)
    return [
        Sum(
            currency,
            _total(budget.planned for budget in budgets),
            _total(budget.spent for budget in budgets),
            len(budgets),
            len(given),
        )
        for currency, budgets in by_currency.items()
    ]


def _total(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def money(value: Decimal | None, currency: str) -> str:
    """An amount: `£25,000`, `CHF 300`; a dash where there is none."""
    if value is None:
        return wording.DASH
    number = wording.number(Fraction(value))
    return f"{SIGNS[currency]}{number}" if currency in SIGNS else f"{currency} {number}".strip()


def told(given: Budget, plan: Plan) -> str:
    """The money of one action in a phrase: `£25,000 planned, £8,000 spent (Lottery)`."""
    currency = given.currency or plan.cover.currency or ""
    parts = [
        f"{money(value, currency)} {word}"
        for value, word in ((given.planned, "planned"), (given.spent, "spent"))
        if value is not None
    ]
    said = ", ".join(parts) or "amount not stated"
    return f"{said} ({given.funder})" if given.funder else said


def counted(assessment: Assessment) -> Iterator[str]:
    """What the actions that have not left the plan come to, in a sentence for each currency."""
    live = [standing.action for standing in assessment.live]
    for each in sums(live, assessment.plan):
        spent = f", {money(each.spent, each.currency)} spent" if each.spent is not None else ""
        planned = money(each.planned, each.currency) if each.planned is not None else "nothing"
        actions = wording.count(each.of, "action")
        yield f"Budgets: {planned} planned{spent}; {each.stated} of {actions} state one."


def section(assessment: Assessment) -> Iterator[Section]:
    """The sums by heading, and by lead, where any action states money."""
    heading = assessment.plan.cover.heading
    blocks: list[Block] = []
    for by, caption in (("priority", f"By {heading}"), ("lead", "By lead")):
        rows: list[list[Cell]] = [
            [whose, money(each.planned, each.currency), money(each.spent, each.currency), _of(each)]
            for whose, kind, _, each in _groups(assessment)
            if kind == by
        ]
        if rows:
            blocks.append(Table(COLUMNS, rows, caption))
    if blocks:
        yield Section("Budgets", blocks, key="budgets")


def _of(each: Sum) -> str:
    return f"{each.stated} of {wording.count(each.of, 'action')}"


def records(assessment: Assessment) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {
            "by": by,
            "id": name,
            "currency": each.currency or None,
            "planned": rounded(None if each.planned is None else Fraction(each.planned)),
            "spent": rounded(None if each.spent is None else Fraction(each.spent)),
            "stated": each.stated,
            "of": each.of,
        }
        for _, by, name, each in _groups(assessment)
    ]


def _groups(assessment: Assessment) -> Iterator[tuple[str, str, str, Sum]]:
    """The sums of each heading and each lead: its title, which of the two it is, its id."""
    plan = assessment.plan
    live = [standing.action for standing in assessment.live]
    known: tuple[tuple[str, Mapping[str, Priority | Service]], ...] = (
        ("priority", plan.priority),
        ("lead", plan.service),
    )
    for by, titles in known:
        groups: dict[str, list[Action]] = {name: [] for name in titles}
        for action in live:
            for name in action.lead if by == "lead" else (action.priority,):
                groups.setdefault(name, []).append(action)
        for name, actions in groups.items():
            title = titles[name].title if name in titles else name
            for each in sums(actions, plan):
                yield title, by, name, each
