"""Several plans side by side: what each can be held to, how it stands, what is measured alike.

What is more than a screenful is told by its spread and both ends, unless every row is asked for.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from diplan.ground.english import capital, count, day_in_words
from diplan.ground.period import Period
from diplan.judge import Assessment, Status
from diplan.judge.compare import ComparedSeries, Definition, spread
from diplan.report import data, wording
from diplan.report.caveats import ENDS, caveats_of, fits
from diplan.report.compare_plans import PLAN, overview, plan_tables
from diplan.report.comparison import Comparison, gathered, plan_record, rows
from diplan.report.document import Badge, Block, Cell, Column, Document, Items, Section, Table

SCHEMA = "diplan/compare/1"

FEW = 4
"""The most definitions that are told one by one."""

WHOSE = Column("whose", "Area", width=26)
OTHERS = (
    Column("first", "First in its series", width=16),
    Column("status", "Against its own target", width=13),
)
SPREAD = (
    Column("definition", "Measured", width=22),
    Column("period", "Period", width=8),
    Column("figures", "Figures", width=11, right=True),
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


def compare(plans: Sequence[Assessment], only: str | None = None) -> Document:
    """The report on plans that are all in memory."""
    made = gathered(plans)
    return side_by_side(made, only)._replace(
        data=lambda: _data(made, only), records="figures" if only else "plans"
    )


def side_by_side(made: Comparison, only: str | None = None, *, whole: bool = False) -> Document:
    """The report of `diplan compare`; *only* is the one definition to show."""
    sections = [] if only else list((plan_tables if fits(made.plans, whole) else overview)(made))
    titles: list[str] = []
    spreads: list[list[Cell]] = []
    told: list[Section] = []
    for definition in made.definitions(only):
        titles.append(_title(definition).lower())
        spreads.append(_spread(definition, made))
        if whole or only or len(told) <= FEW:
            told.append(_definition(definition, made, whole=whole))
    if len(titles) > FEW and not whole:
        told = [Section("What they measure alike", list(_spreads(spreads, made)))]
    among = [f"{made.titles()[made.own.id]} is among them."] if made.own else []
    return Document(
        f"{count(len(made.plans), 'plan')} side by side",
        [f"As of {day_in_words(made.as_of.last_day)}.", *among, _shared(titles)],
        [*sections, *told],
    )


def _shared(titles: Sequence[str]) -> str:
    if not titles:
        return "No two indicators share a definition, so no figures are compared."
    named = f": {wording.listed(titles)}" if len(titles) <= FEW else ""
    return f"They measure {count(len(titles), 'thing')} alike{named}."


def _title(definition: Definition) -> str:
    return capital(definition.id.replace("-", " "))


# ---- many definitions, a row each


def _spreads(found: Sequence[Sequence[Cell]], made: Comparison) -> Iterator[Block]:
    yield (
        "For the period for which most of them have a figure: how many of how many have one, and"
        " how far these lie apart."
    )
    own = [Column("own", "Its own", width=8, right=True)] if made.own else []
    yield Table((*SPREAD, *own), found)
    yield "`--definition` shows one of them, and `--all` every figure."


def _spread(definition: Definition, made: Comparison) -> list[Cell]:
    when = definition.common
    compared = definition.compared(when)
    found = spread(point.figure.middle for _, point in compared)
    ends = (
        [wording.short(value, definition.unit) for value in found] if found else [wording.DASH] * 5
    )
    share = f"{len(compared)} of {len(definition.series)}"
    row: list[Cell] = [_title(definition), str(when or wording.DASH), share, *ends]
    if made.own:
        own = [point.said for series, point in compared if series.plan == made.own.id]
        row.append("; ".join(own) or wording.DASH)
    return row


# ---- one definition


def _definition(definition: Definition, made: Comparison, *, whole: bool) -> Section:
    when, titles = definition.common, made.titles()
    columns = (WHOSE, PLAN, Column("figure", str(when or "Figure"), width=12), *OTHERS)
    blocks: list[Block] = [*_range(definition)]
    if fits(definition.series, whole):
        tables = [Table(columns, [_row(series, when, titles) for series in _all(definition)])]
    else:
        blocks += _how_far(definition)
        tables = list(_both_ends(definition, columns, made))
    blocks += tables
    caveats = list(caveats_of(definition, whole=whole))
    if caveats:
        blocks += ["What to bear in mind:", Items(caveats)]
    cells = [
        cell for table in tables for row in table.rows for cell in row if isinstance(cell, str)
    ]
    if signs := wording.signs(cells):
        blocks.append(f"Signs: {'; '.join(signs)}.")
    return Section(_title(definition), blocks, key=definition.id)


def _all(definition: Definition) -> list[ComparedSeries]:
    return [*definition.series, *definition.benchmarks]


def _range(definition: Definition) -> Iterator[str]:
    """How far apart the areas are in the period that most of them have a figure for."""
    when = definition.common
    compared = definition.compared(when)
    if len(compared) < 2:
        yield "No two of them have a figure for the same period, so there is nothing to compare."
        return
    which = f"{len(compared)} of {len(definition.series)} have a figure"
    low, high = (f"{point.said} ({series.whose})" for series, point in (compared[0], compared[-1]))
    yield f"For {when} {which}: from {low} to {high}."


def _how_far(definition: Definition) -> Iterator[str]:
    """The quartiles of what most have a figure for."""
    compared = definition.compared(definition.common)
    if found := spread(point.figure.middle for _, point in compared):
        lower, median, upper = (wording.short(value, definition.unit) for value in found[1:4])
        yield f"Half of them are from {lower} to {upper}; the median is {median}."


def _both_ends(
    definition: Definition, columns: Sequence[Column], made: Comparison
) -> Iterator[Table]:
    """The least and the greatest figures, and the plan that sees itself among them."""
    when, titles = definition.common, made.titles()
    ordered = [series for series, _ in definition.compared(when)]
    least, most = ordered[:ENDS], ordered[ENDS:][-ENDS:]
    named = {"The least": least, "The most": most}
    if made.own:
        own = [series for series in definition.series if series.plan == made.own.id]
        named = {"Its own": own, **named}
    if definition.benchmarks:
        named["Benchmarks"] = list(definition.benchmarks)
    for caption, series in named.items():
        if series:
            yield Table(columns, [_row(each, when, titles) for each in series], caption)


def _row(series: ComparedSeries, when: Period | None, titles: Mapping[str, str]) -> list[Cell]:
    point = series.at(when)
    first, last = (series.present[0], series.present[-1]) if series.present else (None, None)
    latest = f"none; {last.said} ({last.period})" if last else wording.NONE
    figure = point.said if point else latest
    tone = wording.TONE[Status(series.verdict)]
    return [
        series.whose,
        "benchmark" if series.benchmark else titles[series.plan],
        figure,
        f"{first.said} ({first.period})" if first else wording.DASH,
        wording.DASH if series.benchmark else Badge(series.status, tone),
    ]


# ---- for programs


FIGURES = (
    "definition", "plan", "indicator", "whose", "benchmark", "period", "value", "low", "high",
    "marks", "comparable",
)  # fmt: skip
"""The fields of a figure."""


def head(made: Comparison) -> dict[str, Any]:
    """What is said before the plans."""
    own = {"own": made.own.id} if made.own else {}
    return {"schema": SCHEMA, "as_of": made.as_of.text, **own}


def definition_record(definition: Definition) -> dict[str, Any]:
    """A definition, and how far the figures for its period lie apart."""
    when = definition.common
    compared = definition.compared(when)
    found = spread(point.figure.middle for _, point in compared)
    return {
        "id": definition.id,
        "unit": definition.unit,
        "period": str(when) if when else None,
        "series": len(definition.series),
        "with_figure": len(compared),
        "spread": {key: data.rounded(value) for key, value in found._asdict().items()}
        if found
        else None,
        "caveats": list(caveats_of(definition, whole=True)),
    }


def _data(made: Comparison, only: str | None) -> dict[str, Any]:
    shared = list(made.definitions(only))
    return {
        **head(made),
        "plans": list(map(plan_record, made.plans)),
        "definitions": list(map(definition_record, shared)),
        "figures": [
            {**json.loads(f"{{{row.common}, {row.own}}}"), "comparable": row.comparable}
            for definition in shared
            for row in rows(definition)
        ],
    }
