"""Cells of a table of places that their columns cannot take, mended where they stand."""

import re
from collections.abc import Sequence

from diplan.files.csvfile import NAMES, CsvFile, separator, with_cell, with_commas
from diplan.files.fix import Repair
from diplan.files.fix.corrections import correction
from diplan.files.fix.yaml_values import ValueRepair
from diplan.files.load import venue_table
from diplan.ground.text import NamedText
from diplan.plan.fields.slots import slots


def table(text: str, sign: str = ",") -> CsvFile:
    """The table of places that a text is, with a sign between its cells."""
    return venue_table(NamedText("", text), (), sign)


def commas(text: str) -> tuple[str, list[Repair]]:
    """A table with commas between its cells, where only its separator kept it from being read."""
    sign = separator(text)
    if sign == "," or [problem.code for problem in table(text).problems] != ["csv-syntax"]:
        return text, []
    made = with_commas(text)
    if table(text, sign).rows != table(made).rows:
        return text, []
    return made, [Repair(1, f"{NAMES[sign]} between the cells, now commas")]


def same_rows(one: str, other: str) -> bool:
    """Whether two tables say the same, however their lines end."""
    old, new = table(one), table(other)
    told = [[problem.message for problem in file.problems] for file in (old, new)]
    return told[0] == told[1] and _plain(old) == _plain(new)


def _plain(file: CsvFile) -> list[dict[str, str]]:
    return [
        {name: re.sub("\r\n|\r", "\n", cell) for name, cell in row.items()} for row in file.rows
    ]


def cells(text: str, years: str = "financial") -> list[ValueRepair]:
    """What can be mended in a table; *years* is the plan's kind."""
    file = table(text)
    mends = []
    for at, row in enumerate(file.rows):
        for slot in slots("venues", row):
            (key,) = slot.path
            written = row[str(key)]
            if made := correction(slot, written, row, None, years):
                span, _ = file.locate(("venues", at, key))
                repair = Repair(span.line, f"{key}: {written} -> {made[key]}")
                mends.append(ValueRepair(("venues", at, key), made, (), (), repair))
    return mends


def with_cells(text: str, wanted: Sequence[ValueRepair]) -> tuple[str, list[ValueRepair]]:
    """The table with some cells mended, and those that could not be without changing more."""
    rows = [dict(row) for row in table(text).rows]
    new = text
    for mend in reversed(wanted):
        _, row, column = mend.path
        if isinstance(row, int) and isinstance(column, str):
            value = str(mend.change[column])
            rows[row][column] = value
            new = with_cell(new, table(new).locate(mend.path)[0], value)
    return (new, []) if table(new).rows == rows else (text, list(wanted))
