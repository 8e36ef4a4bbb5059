"""What a table is taken for: where its header is, what its columns hold, and what it is about."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from diplan.documents.grid import GridRow, GridTable
from diplan.documents.statuses import status
from diplan.documents.times import Calendar, period_in
from diplan.documents.words import KINDS, ROLES, STRONGEST, SURE, TELLING, TITLE, plain, role_of
from diplan.plan.grade import usual_scale

LONGEST_HEADER = 120
"""Characters of a column's heading."""

HEADER_WITHIN = 15
"""Rows at the beginning of a table in which its first header is looked for."""

SAMPLES = 3


class TableColumn(NamedTuple):
    """A column: its place from 0, its heading, what it holds, and the time that it is for."""

    at: int
    header: str
    role: str
    """A key of the data, `series` for the figures of a period, or empty: it is kept as a note."""
    period: str = ""
    readings: tuple[str, ...] = ()
    """The periods that the heading could mean, where it is not clear."""


class TakenTable(NamedTuple):
    """A table, or a part of one under a header of its own, and what it is taken for."""

    table: GridTable
    kind: str
    """`actions`, `indicators`, `places`, or empty: none of these."""
    columns: tuple[TableColumn, ...]
    rows: tuple[GridRow, ...]
    header: GridRow | None = None
    above: tuple[GridRow, ...] = ()
    """Rows above the header."""

    @property
    def headers(self) -> tuple[str, ...]:
        """The headings of its columns, by which a saved mapping knows it again."""
        return tuple(column.header for column in self.columns)

    @property
    def title(self) -> str:
        """What the document calls it."""
        alone = [row.alone for row in self.above if row.alone and not _ASIDE.match(row.alone)]
        return next(iter(alone[-1:] or self.table.headings[-1:]), "") or self.table.name

    def at(self, role: str) -> list[TableColumn]:
        """The columns that hold something."""
        return [column for column in self.columns if column.role == role]

    def says(self, column: TableColumn) -> bool:
        """Whether a column has a heading, or anything in it."""
        return bool(column.header or self.samples(column))

    def samples(self, column: TableColumn) -> list[str]:
        """The first few different texts of a column."""
        texts = (row.cells[column.at].text for row in self.rows if not row.alone)
        return list(dict.fromkeys(text for text in texts if text))[:SAMPLES]


_ASIDE = re.compile(
    r"(last )?(updated?|revised|version|draft|as (at|of)|dated?|page|prepared|published|agreed|"
    r"approved|author)\b|(key|notes?|owner|status)( ?:|$)",
    re.IGNORECASE,
)
"""How lines above a table begin that say something of the document, and head nothing."""

Mapped = Mapping[tuple[str, ...], tuple[str, Sequence[str]]]
"""What tables are taken for and what columns hold, as somebody said before, by their headings."""


def recognised(table: GridTable, calendar: Calendar, mapped: Mapped) -> list[TakenTable]:
    """What a table is taken for; several where a sheet holds one below the other."""
    headers = _headers(table, mapped)
    if not headers:
        return [_unknown(table)]
    parts = []
    for number, (first, last) in enumerate(headers):
        begin = headers[number - 1][1] + 1 if number else 0
        end = headers[number + 1][0] if number + 1 < len(headers) else len(table.rows)
        above = table.rows[begin:first] if not number else _caption(table.rows, begin, first)
        if number + 1 < len(headers):
            end -= len(_caption(table.rows, last + 1, end))
        texts = _joined(table.rows[first : last + 1])
        header, body = table.rows[last], table.rows[last + 1 : end]
        parts.append(_taken(table, texts, header, body, above, calendar, mapped))
    return parts


def _unknown(table: GridTable) -> TakenTable:
    """A table that is none of these as it stands; its first full row may be a header."""
    rows = enumerate(table.rows[:HEADER_WITHIN])
    at = next((at for at, row in rows if any(row.texts) and not row.alone), None)
    if at is None:
        return TakenTable(table, "", (), table.rows)
    header = table.rows[at]
    columns = _bare(_joined([header]))
    return TakenTable(table, "", columns, table.rows[at + 1 :], header, table.rows[:at])


def _taken(
    table: GridTable,
    texts: tuple[str, ...],
    header: GridRow,
    body: tuple[GridRow, ...],
    above: tuple[GridRow, ...],
    calendar: Calendar,
    mapped: Mapped,
) -> TakenTable:
    if texts in mapped:
        kind, roles = mapped[texts]
        columns = tuple(with_role(column, roles[column.at], calendar)
                        for column in _bare(texts))  # fmt: skip
        return TakenTable(table, kind, columns, body, header, above)
    best = TakenTable(table, "", _bare(texts), body, header, above)
    most = 0.0
    for kind in KINDS:
        taken = best._replace(kind=kind, columns=_columns(kind, texts, body, calendar))
        if (score := _score(taken)) > most:
            best, most = taken, score
    return best


def _bare(texts: Sequence[str]) -> tuple[TableColumn, ...]:
    return tuple(TableColumn(at, text, "") for at, text in enumerate(texts))


def with_role(column: TableColumn, role: str, calendar: Calendar) -> TableColumn:
    """A column that holds something else, with the period that its heading names."""
    reading, _ = period_in(column.header, calendar)
    period = reading.periods[0] if reading.sure else ""
    return column._replace(
        role=role, period=period, readings=() if reading.sure else reading.periods
    )


def retaken(taken: TakenTable, kind: str, calendar: Calendar) -> TakenTable:
    """The same table, taken for something else."""
    if not kind:
        return taken._replace(kind="", columns=_bare(taken.headers))
    return taken._replace(kind=kind, columns=_columns(kind, taken.headers, taken.rows, calendar))


def _headers(table: GridTable, mapped: Mapped) -> list[tuple[int, int]]:
    """The first and last row of each header that is another than the one before."""
    headers: list[tuple[int, int]] = []
    known: tuple[str, ...] = ()
    for at, row in enumerate(table.rows):
        if at > HEADER_WITHIN and not headers:
            break
        if headers and at <= headers[-1][1]:
            continue
        if headers:
            before = table.rows[at - 1]
            apart = before.number < row.number - 1 or bool(before.alone)
            if row.texts == known or not (apart or _is_new(row)):
                continue
        named = _telling(row.texts) >= (3 if headers else 2) and not row.spans
        named = named and all(len(text) <= LONGEST_HEADER for text in row.texts)
        if not named and (headers or _joined([row]) not in mapped):
            continue
        first, last = _reach(table.rows, at)
        headers.append((first, last))
        known = table.rows[last].texts
    return headers


def _is_new(row: GridRow) -> bool:
    """Whether a row further down is a header: all that it holds are words of headings."""
    texts = (period_in(text)[1] for text in row.texts if text)
    return all(not text or any(role_of(kind, text)[1] for kind in KINDS) for text in texts)


def _telling(texts: Sequence[str]) -> int:
    """How many of some texts are headings of columns of one kind of table."""
    most = 0
    for kind in KINDS:
        roles = set()
        for text in texts:
            reading, rest = period_in(text) if kind == "indicators" else (None, text)
            role = role_of(kind, rest)[0]
            if reading and reading.periods and not rest:
                role = f"series {text}"
            if role:
                roles.add(role)
        if TITLE[kind] in roles or _stand_in(kind, roles):
            most = max(most, len(roles))
    return most


def _stand_in(kind: str, roles: set[str]) -> str:
    """What is taken for the title of actions where no column is headed so."""
    names = ("objective", "next_steps", "success_measure", "outcome", "heading")
    sure = {"lead", "due"} & roles
    return next((name for name in names if kind == "actions" and name in roles and sure), "")


_RECOMMENDS = re.compile(r"\brecommendations?\b", re.IGNORECASE)


def _reach(rows: Sequence[GridRow], at: int) -> tuple[int, int]:
    """The rows of a header: cells that reach down from one of them into the next join them."""
    first = last = at
    while last + 1 < len(rows) and any(cell.down and cell.text for cell in rows[last + 1].cells):
        texts = [cell.text for cell in rows[last + 1].cells if not cell.down]
        if any(len(text) > 60 for text in texts):
            break
        last += 1
    while first and any(cell.down and cell.text for cell in rows[first].cells):
        first -= 1
    return first, last


def _joined(rows: Sequence[GridRow]) -> tuple[str, ...]:
    """The headings of columns: what stands above each other, in one line."""
    columns = zip(*(row.texts for row in rows), strict=True)
    return tuple(
        " ".join(" ".join(dict.fromkeys(text for text in texts if text)).split())
        for texts in columns
    )


def _caption(rows: Sequence[GridRow], begin: int, end: int) -> tuple[GridRow, ...]:
    """The rows right above a header that hold one text each, and belong to what follows."""
    first = end
    while first > begin and (rows[first - 1].alone or not any(rows[first - 1].texts)):
        first -= 1
    return tuple(rows[first:end])


def _columns(
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
    roles = {column.role for column in columns}
    if TITLE[kind] not in roles and (stand_in := _stand_in(kind, roles)):
        known = next(column for column in columns if column.role == stand_in)
        recommended = (column for column in columns if _RECOMMENDS.search(column.header))
        known = next(recommended, known)
        columns[known.at] = known._replace(role="title")
    return tuple(columns)


def _single(kind: str, columns: Sequence[TableColumn], sure: Sequence[bool]) -> list[TableColumn]:
    """Keep what only one column can hold in the first that says nothing else, or in the first."""
    kept = list(columns)
    for role in {column.role for column in columns if column.role}:
        same = [column.at for column in columns if column.role == role]
        known = ROLES[kind].get(role)
        dated = kind == "indicators" and role in ("target", "series")
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


def _by_values(kind: str, column: TableColumn, body: Sequence[GridRow]) -> TableColumn:
    """What a column holds, by what stands in it, where its heading could mean several things."""
    if kind != "actions" or column.role not in ("evidence", "grade", "heading", "outcome"):
        return column
    texts = [row.cells[column.at].text for row in body if not row.alone]
    filled = [text for text in texts if text][:MOST_LOOKED_AT]
    if not filled:
        return column
    scale = usual_scale()
    statuses = sum(status(text, scale) is not None for text in filled) / len(filled)
    if column.role == "evidence" and statuses > MOSTLY and _short(filled):
        return column._replace(role="grade")
    if column.role == "grade" and not statuses and not _short(filled):
        return column._replace(role="evidence")
    if column.role == "heading" and all(plain(text) in _LEVELS for text in filled):
        return column._replace(role="")
    return column


def _short(texts: Sequence[str]) -> bool:
    return sum(map(len, texts)) / len(texts) <= 30


def _score(taken: TakenTable) -> float:
    """How well a table fits a kind; 0 where it does not."""
    roles = {column.role for column in taken.columns if column.role}
    title = next((column for column in taken.at(TITLE[taken.kind])), None)
    if title is None or not roles & TELLING[taken.kind]:
        return 0
    named = sum(bool(column.role) for column in taken.columns)
    telling = sum(column.role in TELLING[taken.kind] for column in taken.columns)
    sure = bool(re.search(SURE[taken.kind], plain(title.header)))
    return named + telling + 3 * sure


def heading_rows(taken: TakenTable) -> Iterator[tuple[GridRow, str, bool]]:
    """The rows of a table, each with the heading above it, and whether it is one itself.

    A row is a heading if one merged cell takes its width, or if it holds one text, in the first
    column, and the row after it holds more.
    """
    heading = ""
    lone = sum(bool(row.alone) and not row.spans for row in taken.rows)
    believable = lone <= len(taken.rows) / 2
    for at, row in enumerate(taken.rows):
        after = taken.rows[at + 1] if at + 1 < len(taken.rows) else None
        first = row.alone and row.cells[0].text == row.alone
        if row.alone and (row.spans or (first and believable and after and not after.alone)):
            heading = row.alone
            yield row, heading, True
        else:
            yield row, heading, False
