"""What the columns of a table hold, by their headings and by what stands in them."""

import re
from collections.abc import Sequence

from diplan.documents.grid import GridRow
from diplan.documents.statuses import status
from diplan.documents.taken import TableColumn
from diplan.documents.times import Calendar, period_in, read_period
from diplan.documents.words import ROLES, STRONGEST, TITLE, plain, role_of
from diplan.plan.grade import usual_scale


def with_role(column: TableColumn, role: str, calendar: Calendar) -> TableColumn:
    """A column that holds something else, with the period that its heading names."""
    reading, _ = period_in(column.header, calendar)
    period = reading.periods[0] if reading.sure else ""
    return column._replace(
        role=role, period=period, readings=() if reading.sure else reading.periods
    )


def columns_of(
    kind: str, texts: Sequence[str], body: Sequence[GridRow], calendar: Calendar
) -> tuple[TableColumn, ...]:
    """What each column holds; what only one can hold is given to the one that says nothing else."""
    columns, sure = [], []
    for at, text in enumerate(texts):
        reading, rest = period_in(text, calendar)
        role, whole = role_of(kind, rest or text)
        period = reading.periods[0] if reading.sure else ""
        figures = not rest or role in ("value", "period", "")
        if kind == "indicators" and reading.periods and figures:
            role, whole = "series", True
        columns.append(TableColumn(at, text, role, period, () if reading.sure else reading.periods))
        sure.append(whole)
    columns = [_by_values(kind, column, body) for column in columns]
    columns = _single(kind, columns, sure)
    if kind == "actions":
        columns = _of_actions(columns, body)
    roles = {column.role for column in columns}
    if TITLE[kind] not in roles and (known_by := stand_in(kind, roles, texts)):
        recommended = [column for column in columns if _RECOMMENDS.search(column.header)]
        known = recommended or [column for column in columns if column.role == known_by]
        known = columns[:1] if known_by == BLANK else known
        columns[known[0].at] = known[0]._replace(role="title")
    return tuple(columns)


def _single(kind: str, columns: Sequence[TableColumn], sure: Sequence[bool]) -> list[TableColumn]:
    """Keep what only one column can hold in the first that says nothing else, or in the first."""
    kept = list(columns)
    for role in {column.role for column in columns if column.role}:
        same = [column.at for column in columns if column.role == role]
        known = ROLES[kind].get(role)
        dated = kind == "indicators" and role in ("target", "series")
        if role == "grade":
            times = [columns[at].period for at in same]
            dated = all(times) and len(set(times)) == len(times)
        if len(same) > 1 and not dated and not (known and known.many):
            best = next((at for at in same if sure[at]), same[0])
            if role == TITLE[kind]:
                words = STRONGEST[kind]
                told = (at for at in same if re.search(words, plain(columns[at].header)))
                best = next(told, best)
            for at in same:
                if at != best:
                    kept[at] = kept[at]._replace(role="")
    return kept


_LEVELS = frozenset({"high", "medium", "low", "h", "m", "l", "1", "2", "3", "essential", "urgent"})
MOSTLY = 0.5
MOST_LOOKED_AT = 200


_LOOKED_AT = frozenset({"evidence", "grade", "heading", "dated"})
"""What a column may hold only as far as its texts bear it out."""


def _by_values(kind: str, column: TableColumn, body: Sequence[GridRow]) -> TableColumn:
    """What a column holds, by what stands in it, where its heading could mean several things."""
    if kind != "actions" or column.role not in _LOOKED_AT:
        return column
    texts = [row.cells[column.at].text for row in body if not row.alone]
    filled = [text for text in texts if text][:MOST_LOOKED_AT]
    if not filled:
        return column
    if column.role == "dated" and not any(read_period(text).sure for text in filled):
        return column._replace(role="evidence")
    scale = usual_scale()
    statuses = sum(status(text, scale) is not None for text in filled) / len(filled)
    if column.role == "evidence" and statuses >= MOSTLY and _short(filled):
        return column._replace(role="grade")
    if column.role == "grade" and not statuses and not _short(filled):
        return column._replace(role="evidence")
    if column.role == "heading" and all(plain(text) in _LEVELS for text in filled):
        return column._replace(role="")
    return column


_CODE = re.compile(r"[A-Za-z]{0,4}[ .-]?\d[\d.]*[A-Za-z]?\.?")
_DESCRIPTION = re.compile(r"\b(descriptions?|details?)\b", re.IGNORECASE)


def _of_actions(columns: list[TableColumn], body: Sequence[GridRow]) -> list[TableColumn]:
    """Columns of actions, where titles are numbers beside a description, or targets are dates."""
    texts = {
        column.at: [row.cells[column.at].text for row in body if row.cells[column.at].text]
        for column in columns
    }
    by_role = {column.role: column for column in columns if column.role}
    title, target = by_role.get("title"), by_role.get("success_measure")
    described = [column for column in columns if not column.role
                 and _DESCRIPTION.search(column.header)]  # fmt: skip
    made = list(columns)
    if title and described and all(map(_CODE.fullmatch, texts[title.at])):
        made[described[0].at] = described[0]._replace(role="title")
        made[title.at] = title._replace(role="" if "ref" in by_role else "ref")
    if target and "due" not in by_role:
        dates = [read_period(text).sure for text in texts[target.at][:MOST_LOOKED_AT]]
        if dates and sum(dates) > len(dates) / 2:
            made[target.at] = target._replace(role="due")
    return made


def _short(texts: Sequence[str]) -> bool:
    return sum(map(len, texts)) / len(texts) <= 30


def stand_in(kind: str, roles: set[str], texts: Sequence[str]) -> str:
    """What is taken for the title where no column is headed so; `blank`: a first one without words.

    Actions have to be promised by somebody or by some time, and not only to belong to somebody.
    """
    figures = roles & {"baseline", "target", "value"} | {role for role in roles if "series" in role}
    if kind == "indicators" and len(figures) > 1 and not texts[0]:
        return BLANK
    promised = "due" in roles or {"lead", "grade"} <= roles
    if kind != "actions" or not promised:
        return ""
    if any(_RECOMMENDS.search(text) for text in texts):
        return "heading"
    names = ("objective", "next_steps", "success_measure", "outcome")
    return next((name for name in names if name in roles), "")


BLANK = "blank"

_RECOMMENDS = re.compile(r"\brecommendations?\b", re.IGNORECASE)
