"""Figures and updates in order of time: whole items change places, each with its own comments.

A list is left alone where it is not clear which item a comment belongs to.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from diplan.files.fix import Left
from diplan.files.yaml.edits import Edit, Rewrite, most_that_come_out
from diplan.files.yaml.splice import Piece
from diplan.files.yaml.tree import Node
from diplan.files.yaml.yamlfile import yaml_of
from diplan.ground.errors import BadTextError
from diplan.ground.period import period
from diplan.ground.text import NamedText
from diplan.problems import KeyPath

TIMES = {"observations": "period", "updates": "date"}
"""The lists that are kept in order of time, and the key of an item that says when."""


class _Shuffle(NamedTuple):
    """A list that is out of order: where it is, and the order of its items."""

    path: KeyPath
    node: Node
    order: tuple[int, ...]


def in_order(text: str) -> tuple[str, list[Left]]:
    """A text with its lists in order of time, and those of which that could not be made sure.

    Lists that are as deep in the file are put in order together: none of them holds another.
    """
    shuffles = list(_shuffles(yaml_of(text).tree, ()))
    unclear: set[KeyPath] = set()
    for depth in sorted({len(shuffle.path) for shuffle in shuffles}, reverse=True):
        file = yaml_of(text)
        now = [shuffle for shuffle in _shuffles(file.tree, ()) if len(shuffle.path) == depth]
        inside = file.block_lines()
        pieces = [_pieces(file.source, inside, shuffle) for shuffle in now]
        sure = [(shuffle, made) for shuffle, made in zip(now, pieces, strict=True) if made]
        text, failed = most_that_come_out(
            text, [Rewrite([_edit(shuffle)], made) for shuffle, made in sure]
        )
        unclear |= {shuffle.path for shuffle, made in zip(now, pieces, strict=True) if not made}
        unclear |= {sure[at][0].path for at in failed}
    return text, [
        Left(
            shuffle.node.span.line,
            f"{shuffle.path[-1]} are not in order of time",
            "it is not clear which comment is whose",
        )
        for shuffle in shuffles
        if shuffle.path in unclear
    ]


def _shuffles(node: Node | None, path: KeyPath) -> Iterator[_Shuffle]:
    key = TIMES.get(str(path[-1])) if path else None
    if node and key and isinstance(node.value, list) and (order := _order(node.value, key)):
        yield _Shuffle(path, node, order)
    for part, child in node.children.items() if node else ():
        yield from _shuffles(child, (*path, part))


def _edit(shuffle: _Shuffle) -> Edit:
    """What putting a list in order makes of the values."""
    items = [item.plain() for item in shuffle.node.children.values()]
    return Edit(shuffle.path, [items[at] for at in shuffle.order])


def _order(items: Sequence[Node], key: str) -> tuple[int, ...] | None:
    """The order of items that is one of time; None where it is theirs, or one has no time."""
    times = []
    for item in items:
        when = item.child(key)
        if when is None or not isinstance(when.value, str):
            return None
        try:
            times.append(period(when.value).end)
        except BadTextError:
            return None
    order = sorted(range(len(items)), key=lambda at: times[at])
    return None if order == list(range(len(items))) else tuple(order)


def _pieces(source: NamedText, inside: frozenset[int], shuffle: _Shuffle) -> list[Piece]:
    """The items of a list in order; nothing where they cannot be told apart.

    Those are a list in brackets over several lines, and one with a comment that could be of two.
    """
    lines, starts, span = source.lines, source.starts, shuffle.node.span
    places: list[tuple[int, int]] = []
    if not shuffle.node.is_flow:
        chunks = _chunks(lines, inside, shuffle.node) or ()
        places = [(starts[start], starts[end - 1] + len(lines[end - 1])) for start, end in chunks]
    elif span.line == span.end_line:
        items, line = shuffle.node.children.values(), starts[span.line - 1] - 1
        places = [(line + item.span.column, line + item.span.end_column) for item in items]
    texts = [source.text[start:end] for start, end in places]
    return [Piece(*place, texts[at]) for place, at in zip(places, shuffle.order, strict=False)]


def _chunks(lines: list[str], inside: frozenset[int], node: Node) -> list[tuple[int, int]] | None:
    """Where each item begins and ends, with the comments right above it, counting from 0."""
    items = node.value if isinstance(node.value, list) else []
    starts = [item.span.line - 1 for item in items]
    column = len(lines[starts[0]]) - len(lines[starts[0]].lstrip(" "))
    mark = f"{' ' * column}-"
    if len(set(starts)) < len(starts) or not all(lines[at].startswith(mark) for at in starts):
        return None
    end = starts[-1] + 1
    while end < len(lines) and (
        end + 1 in inside
        or not lines[end].strip()
        or len(lines[end]) - len(lines[end].lstrip()) > column
    ):
        end += 1
    comment = f"{' ' * column}#"
    chunks: list[tuple[int, int]] = []
    for number, start in enumerate(starts):
        lead = start
        while lead and lines[lead - 1].startswith(comment) and lead not in inside:
            lead -= 1
        if number == 0 and lead < start:
            return None  # it may be on the whole list
        stop = starts[number + 1] if number + 1 < len(starts) else end
        last = stop
        while not _is_content(lines, last - 1, inside):
            last -= 1
        chunks.append((lead, last))
    gaps = [
        line
        for (_, before), (after, _) in zip(chunks, [*chunks[1:], (end, end)], strict=True)
        for line in lines[before:after]
    ]
    following = lines[end : end + 1]
    unclear = any(line.strip() for line in gaps) or any(
        line.startswith(comment) for line in following
    )
    return None if unclear else chunks


def _is_content(lines: list[str], at: int, inside: frozenset[int]) -> bool:
    line = lines[at].strip()
    return bool(line) and (at + 1 in inside or not line.startswith("#"))
