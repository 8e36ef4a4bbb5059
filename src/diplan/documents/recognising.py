"""What a table is taken for: where its headers are, and what kind its columns fit best."""

import re
from collections.abc import Sequence

from diplan.documents.columns import columns_of, stand_in, with_role
from diplan.documents.grid import GridRow, GridTable
from diplan.documents.taken import Mapped, TableColumn, TakenTable
from diplan.documents.times import Calendar, period_in
from diplan.documents.words import KINDS, SURE, TELLING, TITLE, plain, role_of

LONGEST_HEADER = 120
"""Characters of a column's heading."""

LONGEST_LATER = 60
"""Characters of a heading further down, where rows are more likely."""

HEADER_WITHIN = 15
"""Rows at the beginning of a table in which its first header is looked for."""


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
        taken = best._replace(kind=kind, columns=columns_of(kind, texts, body, calendar))
        if (score := _score(taken)) > most:
            best, most = taken, score
    return best


def _bare(texts: Sequence[str]) -> tuple[TableColumn, ...]:
    return tuple(TableColumn(at, text, "") for at, text in enumerate(texts))


def retaken(taken: TakenTable, kind: str, calendar: Calendar) -> TakenTable:
    """The same table, taken for something else."""
    if not kind:
        return taken._replace(kind="", columns=_bare(taken.headers))
    return taken._replace(kind=kind, columns=columns_of(kind, taken.headers, taken.rows, calendar))


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
    if any(len(text) > LONGEST_LATER for text in row.texts):
        return False
    texts = (period_in(text)[1] for text in sorted(row.texts, key=len) if text)
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
        if TITLE[kind] in roles or stand_in(kind, roles, texts):
            most = max(most, len(roles))
    return most


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
