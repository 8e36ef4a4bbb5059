"""A row about an indicator as the data has it: its figures, and what is promised of it."""

from decimal import Decimal
from typing import Any

from diplan.documents.context import Context, kept, noted
from diplan.documents.figures import Amount, amount
from diplan.documents.measured import MeasuredRow, ReadFigure, figure_keys
from diplan.documents.promises import promise, read_goals
from diplan.documents.register import line_of
from diplan.documents.rows import FoundRow, Said
from diplan.documents.times import read_period
from diplan.files.yaml.plain import Plain
from diplan.ground.period import period
from diplan.plan.indicator import PER_CENT

_OFTEN = {
    "monthly": ("monthly", "every month", "month"),
    "quarterly": ("quarterly", "every quarter", "quarter", "every three months"),
    "six-monthly": ("six monthly", "six-monthly", "half yearly", "biannual", "twice a year",
                    "bi-annual", "every six months", "biannually", "bi-annually"),
    "yearly": ("yearly", "annual", "annually", "every year", "once a year", "year"),
    "two-yearly": ("two yearly", "two-yearly", "biennial", "every two years", "biennially"),
    "once": ("once", "one off", "one-off"),
}  # fmt: skip
_TWICE = frozenset({"biannual", "biannually", "bi-annual", "bi-annually"})
FREQUENCY = {word: key for key, words in _OFTEN.items() for word in words if word not in _TWICE}


def indicator(found: FoundRow, context: Context, priority: str) -> dict[str, Plain]:
    """The keys of an indicator, but for its id."""
    row = MeasuredRow(found, context)
    _read_figures(row)
    read_goals(row)
    unit = row.unit()
    _fit(row, unit)
    values: dict[str, Any] = {
        "title": row.title,
        "priority": priority,
        "unit": unit,
    }
    values |= promise(row, unit)
    values["lead"] = context.bodies(found, "lead")
    values["collected_from"] = line_of(found.text("collected_from"))
    values["frequency"] = _frequency(row)
    values["observations"] = _observations(row)
    if not values.get("baseline") and not values["observations"]:
        row.notes.append(f"From {context.fallback}, {context.at(found)}.")
    others = [said for role in ("ref", "polarity", "note") for said in found.said.get(role, ())
              if role != "ref"]  # fmt: skip
    values["note"] = noted(found.extra + others, row.notes)
    return kept(values)


def _read_figures(row: MeasuredRow) -> None:
    """Read the cells that should hold figures; the others become notes."""
    found, context = row.row, row.context
    for said in found.said.get("baseline", ()):
        known = amount(said.text, context.calendar)
        if known is None or row.baseline:
            row.left(said, "not one figure, kept as a note")
            continue
        when = known.period or said.column.period
        row.baseline = ReadFigure(said, known, when)
    for said in found.said.get("series", ()):
        when = said.column.period
        if not when:
            when = (
                context.reading(said.column.header, said.column.header, said.column.readings) or ""
            )
        if when:
            _figure(row, said, when)
        else:
            readings = " or ".join(said.column.readings)
            row.left(said, f"the heading has two readings, {readings}; kept as a note")
    period_text = found.text("period")
    for said in found.said.get("value", ()):
        known_period = read_period(period_text, context.calendar) if period_text else None
        when = known_period.periods[0] if known_period and known_period.sure else said.column.period
        inside = amount(said.text, context.calendar)
        if inside and inside.period:
            when = inside.period
        if when:
            _figure(row, said, when)
        else:
            row.left(said, "a figure without a time, kept as a note")
    if period_text and not any(figure.period for figure in row.figures):
        row.left(found.said["period"][0], "not a time that is clear, kept as a note")


def _figure(row: MeasuredRow, said: Said, when: str) -> None:
    known = amount(said.text, row.context.calendar)
    if known is None:
        row.left(said, "not one figure, kept as a note")
    elif any(period(figure.period) == period(when) for figure in row.figures):
        row.left(said, f"a second figure for {when}, kept as a note")
    else:
        row.figures.append(ReadFigure(said, known, when))


def _observations(row: MeasuredRow) -> list[Plain]:
    ordered = sorted(row.figures, key=lambda figure: period(figure.period).end)
    for figure in ordered:
        row.printed(figure)
    return [figure_keys(figure.amount, figure.period, row) for figure in ordered]


def _frequency(row: MeasuredRow) -> str:
    """How often a figure comes in; words that are not known become a note."""
    text = row.row.text("frequency")
    known = FREQUENCY.get(" ".join(text.lower().split()), "")
    if text and not known:
        row.left(row.row.said["frequency"][0], "not a frequency that is known, kept as a note")
    return known


def _fit(row: MeasuredRow, unit: str) -> None:
    """Leave out what the unit does not allow."""
    share = unit == PER_CENT
    if row.baseline and not _fits(row.baseline.amount, share=share):
        row.left(row.baseline.said, f'a figure that the unit "{unit}" does not fit, kept as a note')
        row.baseline = None
    for figure in [*row.figures]:
        if not _fits(figure.amount, share=share):
            what = f'a figure that the unit "{unit}" does not fit, kept as a note'
            row.left(figure.said, what)
            row.figures.remove(figure)


def _fits(known: Amount, *, share: bool) -> bool:
    ends = [Decimal(text) for key, text in known.keys.items() if key in ("low", "value", "high")]
    if "denominator" in known.keys:
        above, below = Decimal(known.keys["numerator"]), Decimal(known.keys["denominator"])
        return share and below > 0 and 0 <= above <= below
    if ends != sorted(ends):
        return False
    if share:
        return all(0 <= end <= 100 for end in ends)
    return known.unit != PER_CENT
