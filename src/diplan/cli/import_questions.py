"""The questions of `diplan import plan`: tables, columns, unclear cells and moved promises."""

import shutil
from collections.abc import Sequence
from typing import TYPE_CHECKING

from diplan.cli.ask import Alternative, ask, choose, confirm
from diplan.cli.output import emit
from diplan.ground.english import count
from diplan.ground.text import one_line

if TYPE_CHECKING:
    from diplan.documents.taken import TakenTable
    from diplan.documents.times import Calendar

WIDEST = 24
LONGEST_SAMPLE = 44
BETWEEN = 10
"""The number of a column, and the blanks between what is shown of it."""
LEAST = 20
"""How many letters of samples are shown on a narrow terminal."""


def reviewed(taken: "list[TakenTable]", calendar: "Calendar") -> "list[TakenTable]":
    """The tables as somebody wants them taken; the same headings are asked about once."""
    known: dict[tuple[str, ...], TakenTable] = {}
    tables = []
    for table in taken:
        same = known.get(table.headers) if table.columns else None
        if same is None:
            table = _table(table, calendar)
            known[table.headers] = table
        else:
            table = table._replace(kind=same.kind, columns=same.columns)
            emit(f"\n{_head(table)}, with the columns of {same.table.where}")
        tables.append(table)
    return tables


def _head(taken: "TakenTable") -> str:
    """What a table is, and what it is taken for."""
    title = f' "{one_line(taken.title)}"' if taken.title else ""
    rows = count(sum(any(row.texts) for row in taken.rows), "row")
    return f"{taken.table.where}{title}, {rows}: {taken.kind or 'none of these'}"


def _table(taken: "TakenTable", calendar: "Calendar") -> "TakenTable":
    """One table, shown until it is right."""
    from diplan.documents.columns import with_role
    from diplan.documents.recognising import retaken
    from diplan.documents.words import KINDS, TITLE

    while taken.columns:
        _show(taken)
        if not taken.kind:
            answer = _pick("Take it for something?", ["no", *KINDS], "no")
            if answer == "no":
                return taken
            taken = retaken(taken, answer, calendar)
            continue
        said = ask(
            "Right? Enter for yes, a column's number to change it, t for the table", needed=False
        )
        if not said:
            if taken.at(TITLE[taken.kind]):
                return taken
            emit(f"a column has to hold the {TITLE[taken.kind]}")
        elif said.lower() == "t":
            kind = _pick("What is the table about?", [*KINDS, "none of these"], taken.kind)
            taken = retaken(taken, "" if kind == "none of these" else kind, calendar)
        elif said.isdecimal() and 1 <= int(said) <= len(taken.columns):
            column = taken.columns[int(said) - 1]
            columns = list(taken.columns)
            columns[column.at] = with_role(column, _role(taken.kind, column.header), calendar)
            taken = taken._replace(columns=tuple(columns))
        else:
            emit(f'"{one_line(said)}" is not a column from 1 to {len(taken.columns)}, or t')
    _show(taken)
    return taken


def _show(taken: "TakenTable") -> None:
    """A table with its columns and samples."""
    from diplan.documents.words import shown

    emit(f"\n{_head(taken)}")
    room = max(shutil.get_terminal_size().columns - 2 * WIDEST - BETWEEN, LEAST)
    for column in filter(taken.says, taken.columns):
        holds = shown(column.role, column.period) if taken.kind else ""
        samples = _short(" | ".join(_short(text) for text in taken.samples(column)[:2]), room)
        header = _short(column.header, WIDEST) or "(no heading)"
        emit(f"  {column.at + 1:>2}  {header:<{WIDEST}}  {holds:<{WIDEST}}  {samples}".rstrip())


def _short(text: str, most: int = LONGEST_SAMPLE) -> str:
    said = one_line(" ".join(text.split()))
    return said if len(said) <= most else f"{said[: most - 3].rstrip()}..."


def _role(kind: str, header: str) -> str:
    """What a column holds, chosen from a list."""
    from diplan.documents.mapping import NOTE, choices

    chosen = _pick(f'What does "{_short(header)}" hold?', [NOTE, *choices(kind)], NOTE)
    return "" if chosen == NOTE else chosen


def _pick(question: str, names: Sequence[str], default: str) -> str:
    """One of several names, by its number or its words."""
    from diplan.documents.words import shown

    choices = [Alternative(name, shown(name, "")) for name in names]
    return choose(question, choices, default=shown(default, "")) or default


def reading(where: str, text: str, readings: tuple[str, ...]) -> str | None:
    """Which reading of a cell is right; None leaves it as text."""
    emit(f'{one_line(where)}: "{_short(text)}" can be read as:')
    chosen = _pick("Which one?", [*readings, "leave the text"], "leave the text")
    return None if chosen == "leave the text" else chosen


def why(title: str, was: str, now: str) -> str | None:
    """Why a promise moved; None leaves it as it was."""
    emit(f'"{_short(title, 80)}"')
    emit(f"  in the plan:     {one_line(was)}")
    emit(f"  in the document: {one_line(now)}")
    return ask("Why did it change? (Enter leaves the plan as it is)", needed=False)


def same(new: str, old: str) -> bool:
    """Whether two titles are of the same thing."""
    emit(f'in the document: "{_short(new, 90)}"\nin the plan:     "{_short(old, 90)}"')
    return confirm("Is that the same?")
