"""A row about an indicator while it is read: its figures, its targets, its notes and its unit."""

import re
from typing import Any, NamedTuple

from diplan.documents.context import Context, kept
from diplan.documents.figures import Amount
from diplan.documents.register import line_of
from diplan.documents.rows import FoundRow, Said
from diplan.documents.targets import Goal
from diplan.files.yaml.plain import Plain
from diplan.plan.indicator import PER_CENT

NUMBER = "number"
PRINTED = " printed as"
"""What ends the heading of a note with the very words of a figure or a target."""

_SHARE = re.compile(
    r"^\s*(%|per ?cent(age)?|proportion|share)\b|\(%\)|\bpercentage of\b", re.IGNORECASE
)
_UNITS = {"%": PER_CENT, "percent": PER_CENT, "percentage": PER_CENT, "per cent": PER_CENT,
          "£": "pounds", "gbp": "pounds", "no": NUMBER, "no.": NUMBER, "#": NUMBER, "count": NUMBER,
          "numeric": NUMBER, "proportion": PER_CENT}  # fmt: skip


class ReadFigure(NamedTuple):
    """A figure of a row: what says it, and what it is for."""

    said: Said
    amount: Amount
    period: str


class MeasuredRow:
    """A row while it is read: its figures, its notes, and its unit."""

    def __init__(self, row: FoundRow, context: Context) -> None:
        self.row, self.context = row, context
        self.notes: list[str] = []
        self.title = line_of(row.text("title"))
        self.baseline: ReadFigure | None = None
        self.figures: list[ReadFigure] = []
        self.goals: list[tuple[Said, Goal]] = []

    def left(self, said: Said, what: str) -> None:
        """Keep a cell as a note."""
        self.row.extra.append(said)
        self.context.account.cell(self.row.where, said.column.header, said.text, what)

    def printed(self, figure: ReadFigure) -> None:
        """Note the words of a figure that says more than its keys do."""
        if figure.amount.more:
            text = " ".join(figure.said.text.split())
            self.notes.append(f"{figure.said.column.header}{PRINTED}: {text}")

    def unit(self) -> str:
        """The unit: its column's, or what the figures and the title say; `number` otherwise."""
        given = line_of(self.row.text("unit"))
        if given:
            return _UNITS.get(given.lower().strip(), given)
        amounts = [figure.amount for figure in (self.baseline, *self.figures) if figure]
        units = {each.unit for each in amounts if "missing" not in each.keys}
        units |= {goal.unit for _, goal in self.goals if "value" in goal.keys}
        if units == {"pounds"}:
            return "pounds"
        share = (
            PER_CENT in units
            or _SHARE.search(self.title)
            or _SHARE.search(self.row.header("title"))
        )
        bare = [each for each in amounts if not each.unit]
        whole = all((each.middle or 0) <= 100 for each in bare)
        mixed = bool(units - {PER_CENT, ""})
        return PER_CENT if share and whole and not mixed else NUMBER


def figure_keys(known: Amount, when: str, row: MeasuredRow) -> dict[str, Plain]:
    """A figure as the data has it."""
    values: dict[str, Any] = {"period": when, **known.keys}
    if "marks" in values:
        values["marks"] = [values["marks"]]
    return kept(values | {"source": row.context.source, "at": row.context.at(row.row)})
