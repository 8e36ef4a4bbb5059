"""Who has the skills: the report of `diplan skills score`.

A count that is withheld is withheld everywhere: in words, in tables and in the data.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from diplan.ground.english import decimal
from diplan.report import wording
from diplan.report.data import rounded
from diplan.report.document import Cell, Column, Document, Items, Section, Table
from diplan.survey.framework import Measure
from diplan.survey.rows import LEFT_OUT
from diplan.survey.scoring import WeightedCount, wilson
from diplan.survey.withholding import POOL, Breakdown, Group, PublishedScores

SCHEMA = "diplan/skills/1"

_NEARLY_ALL = Fraction(999, 10)
"""The largest share, in per cent, that is shown for anything short of everybody."""

WITHHELD = wording.MISSING["suppressed"]


class Result(NamedTuple):
    """A measure of a group: its count, and the share with its ends, of 1.

    There is no share where it is `hidden`, or where nobody can be judged.
    """

    measure: Measure
    counted: WeightedCount
    hidden: bool
    ends: tuple[Fraction, Fraction] | None

    @property
    def share(self) -> Fraction | None:
        """The share; None where it is withheld or there is none."""
        return None if self.hidden else self.counted.share


def results(group: Group, published: PublishedScores) -> list[Result]:
    """What may be told of a group."""
    made = []
    measures = published.scores.framework.measures
    for measure, count, hidden in zip(measures, group.counts, group.hidden, strict=True):
        share, sure = None if hidden else count.share, published.confidence
        ends = None if share is None else wilson(share, count.effective, sure)
        made.append(Result(measure, count, hidden, ends))
    return made


def skills(published: PublishedScores) -> Document:
    """The report of people's answers."""
    scores = published.scores
    whole = results(published.whole, published)
    by_kind = {
        kind: [result for result in whole if result.measure.kind == kind]
        for kind in ("skill", "task")
    }
    return Document(
        f"{scores.framework.title}: {scores.question.title}",
        [*_summary(published, whole[0])],
        [
            Section("Skills", [_table("Skill", by_kind["skill"], published)], key="skills"),
            Section("Tasks", [_table("Task", by_kind["task"], published)], key="tasks"),
            *(
                section
                for breakdown in published.breakdowns
                if breakdown.groups and not published.dependent
                for section in _sections(breakdown, published)
            ),
            *_left_out(published),
        ],
        lambda: data(published),
        "results",
    )


def per_cent(share: Fraction) -> str:
    """A share with one decimal, halves up; never up to 100, since 99.96 is not all."""
    return f"{decimal(100 * share if share == 1 else min(100 * share, _NEARLY_ALL), 1)}%"


def interval(ends: tuple[Fraction, Fraction]) -> str:
    """Both ends of an interval."""
    return f"{per_cent(ends[0])} to {per_cent(ends[1])}"


def headline(result: Result, published: PublishedScores) -> str:
    """How many have the skills, as a sentence without its end."""
    title, people = result.measure.title, wording.count(result.counted.of, "person", "people")
    if result.hidden:
        return f"{title}: withheld {WITHHELD}, of {people}"
    if result.share is None or result.ends is None:
        return f"{title}: nobody answered enough to be judged"
    sure = f"{wording.number(published.confidence)}% interval {interval(result.ends)}"
    if published.scores.weight:
        effective = wording.number(Fraction(round(result.counted.effective)))
        sure = f"{sure}; effective sample of {effective}"
        return f"{title}: {per_cent(result.share)} of {people}, weighted ({sure})"
    return f"{title}: {result.counted.yes:,} of {people}, {per_cent(result.share)} ({sure})"


def _summary(published: PublishedScores, overall: Result) -> Iterator[str]:
    scores = published.scores
    yield f"{headline(overall, published)}."
    yield f"The rule is {scores.framework.rule_in_words}."
    undecided, left = scores.people - overall.counted.of, sum(scores.left.values())
    parts = [f"{overall.counted.of:,} judged", f"{undecided:,} with too little answered to tell",
             f"{left:,} left out"]  # fmt: skip
    yield f"{wording.count(scores.rows, 'row')}: {', '.join(parts)}."
    if scores.weight:
        yield f'Shares are weighted by "{scores.weight}"; counts are of people.'
    if published.withheld:
        yield (
            f"{WITHHELD} withheld: fewer than {published.least} people have it or have it not, or"
            " such a count could be worked out from it."
        )
    for breakdown in published.breakdowns:
        if not breakdown.groups:
            reason = "fewer than two groups have enough people"
            yield f'Not broken down by "{breakdown.column}": {reason}.'
    if published.dependent:
        named = wording.listed(
            [f'"{breakdown.column}"' for breakdown in published.breakdowns if breakdown.groups]
        )
        yield (
            f"Not broken down by {named}: their groups are made up of each other, so that together"
            " they would tell what is withheld. Ask for one of them, and publish no more than one."
        )


def _columns(label: str, published: PublishedScores) -> list[Column]:
    weighted = bool(published.scores.weight)
    return [
        Column("title", label, width=30),
        Column("count", "People", width=8, right=True),
        Column("of", "Of", width=8, right=True),
        Column("share", "Weighted" if weighted else "Share", width=8, right=True),
        Column("interval", f"{wording.number(published.confidence)}% interval", width=18),
        *([Column("effective", "Effective", width=9, right=True, wide=True)] if weighted else []),
    ]


def _table(label: str, shown: Sequence[Result], published: PublishedScores) -> Table:
    rows = [_row(result.measure.title, result, published) for result in shown]
    return Table(_columns(label, published), rows)


def _row(title: str, result: Result, published: PublishedScores) -> list[Cell]:
    count = result.counted
    effective = (
        [wording.number(Fraction(round(count.effective)))] if published.scores.weight else []
    )
    if result.hidden:
        return [title, WITHHELD, f"{count.of:,}", WITHHELD, WITHHELD, *effective]
    if result.share is None or result.ends is None:
        return [title, wording.DASH, "0", wording.DASH, wording.DASH, *effective]
    share, ends = per_cent(result.share), interval(result.ends)
    return [title, f"{count.yes:,}", f"{count.of:,}", share, ends, *effective]


def _sections(breakdown: Breakdown, published: PublishedScores) -> Iterator[Section]:
    """A breakdown by all skills together, then by each."""
    groups = [(_named(group, breakdown), results(group, published)) for group in breakdown.groups]
    rows = [_row(name, made[0], published) for name, made in groups]
    cells = [
        [name, *(_short(result) for result in made if result.measure.kind == "skill")]
        for name, made in groups
    ]
    columns = [Column("group", "Group", width=10)]
    columns += [
        Column(skill.id, skill.title, width=13) for skill in published.scores.framework.skills
    ]
    whole = Table(_columns("Group", published), rows)
    yield Section(f"By {breakdown.column}", [whole], key=f"by-{breakdown.column}")
    yield Section(
        f"Each skill, by {breakdown.column}",
        [Table(columns, cells)],
        key=f"skills-by-{breakdown.column}",
    )


def _short(result: Result) -> str:
    """A share and what it is of, for a narrow column."""
    share = WITHHELD if result.hidden else wording.DASH
    if result.share is not None:
        share = per_cent(result.share)
    return f"{share} of {result.counted.of:,}"


def _named(group: Group, breakdown: Breakdown) -> str:
    return (
        f"{wording.count(breakdown.pooled, 'group')} together" if group.name == POOL else group.name
    )


def _left_out(published: PublishedScores) -> Iterator[Section]:
    left = published.scores.left
    if left:
        texts = [f"{wording.count(left[kind], 'row')}: {why}" for kind, why in LEFT_OUT.items()
                 if kind in left]  # fmt: skip
        yield Section("Left out", [Items(texts)], key="left-out")


def data(published: PublishedScores) -> dict[str, Any]:
    """The record of `diplan skills score`. Shares and their ends are in per cent.

    A group of None is everybody, or with `by` the small groups together.
    """
    scores = published.scores
    overall = published.whole.counts[0].of
    groups: list[tuple[str | None, Group]] = [(None, published.whole)]
    if not published.dependent:
        groups += [
            (breakdown.column, group)
            for breakdown in published.breakdowns
            for group in breakdown.groups
        ]
    return {
        "schema": SCHEMA,
        "framework": scores.framework.id,
        "question": scores.question.id,
        "rule": scores.framework.rule_kind,
        "at_least": scores.framework.least,
        "weight": scores.weight,
        "confidence": rounded(published.confidence),
        "suppress": published.least,
        "rows": {
            "read": scores.rows,
            "judged": overall,
            "undecided": scores.people - overall,
            "left_out": sum(scores.left.values()),
            "reasons": dict(scores.left),
        },
        "results": [
            _record(result, column, group.name, weighted=bool(scores.weight))
            for column, group in groups
            for result in results(group, published)
        ],
    }


def _record(result: Result, by: str | None, group: str, *, weighted: bool) -> dict[str, Any]:
    low, high = result.ends or (None, None)
    count = result.counted
    return {
        "by": by,
        "group": None if group == POOL else group,
        "measure": result.measure.kind,
        "id": result.measure.id or None,
        "title": result.measure.title,
        "count": None if result.hidden else count.yes,
        "of": count.of,
        "per_cent": _hundredths(result.share),
        "low": _hundredths(low),
        "high": _hundredths(high),
        "effective": rounded(count.effective) if weighted else None,
        "suppressed": result.hidden,
    }


def _hundredths(share: Fraction | None) -> int | float | None:
    return rounded(None if share is None else 100 * share)
