"""Figures and updates in order of time: whole items change places, each with its own comments.

A list is left alone where it is not clear which item a comment belongs to.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from diplan.files.fix import Left
from diplan.files.fix.structure import block_lines, reading
from diplan.files.yaml.tree import Node
from diplan.ground.errors import BadTextError
from diplan.ground.period import period
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
    root = reading(text).root
    shuffles = list(_shuffles(root, ())) if root else []
    unclear: set[KeyPath] = set()
    for depth in sorted({len(shuffle.path) for shuffle in shuffles}, reverse=True):
        text, left = _together(
            text, [shuffle for shuffle in shuffles if len(shuffle.path) == depth]
        )
        unclear |= left
    return text, [
        Left(
            shuffle.node.span.line,
            f"{shuffle.path[-1]} are not in order of time",
            "it is not clear which comment is whose",
        )
        for shuffle in shuffles
        if shuffle.path in unclear
    ]


def _together(text: str, shuffles: Sequence[_Shuffle]) -> tuple[str, set[KeyPath]]:
    """A text with some lists in order, and the paths of those that were left.

    Where the text would not come out as meant, halves of them are tried, down to single lists.
    """
    root = reading(text).root
    if root is None:
        return text, {shuffle.path for shuffle in shuffles}
    now = [shuffle._replace(node=root.at(shuffle.path)) for shuffle in shuffles]
    lines, inside = text.split("\n"), block_lines(text)
    left: set[KeyPath] = set()
    done = []
    for one in reversed(now):  # later lists first: what stands before them stays where it is
        put = _flow(lines, one) if _is_flow(one.node) else _block(lines, inside, one)
        if put:
            done.append(one)
        else:
            left.add(one.path)
    new = "\n".join(lines)
    if not done or _as_meant(root, new, done):
        return new, left
    if len(done) == 1:
        return text, left | {done[0].path}
    done.reverse()
    half = len(done) // 2
    text, later = _together(text, done[half:])
    text, earlier = _together(text, done[:half])
    return text, left | later | earlier


def _shuffles(node: Node, path: KeyPath) -> Iterator[_Shuffle]:
    inner: Sequence[tuple[str | int, Node]] = ()
    if isinstance(node.value, dict):
        inner = list(node.value.items())
    elif isinstance(node.value, list):
        inner = list(enumerate(node.value))
        key = TIMES.get(str(path[-1])) if path else None
        if key and (order := _order(node.value, key)):
            yield _Shuffle(path, node, order)
    for part, child in inner:
        yield from _shuffles(child, (*path, part))


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


def _as_meant(old: Node, new: str, shuffles: Sequence[_Shuffle]) -> bool:
    """Whether the new text says the same, but for the order of those lists."""
    root = reading(new).root
    value: Any = old.plain()
    for shuffle in shuffles:
        items = value
        for part in shuffle.path:
            items = items[part]
        items[:] = [items[at] for at in shuffle.order]
    return root is not None and bool(root.plain() == value)


def _flow(lines: list[str], shuffle: _Shuffle) -> bool:
    """Put a list in brackets in order, if it stands on one line."""
    span = shuffle.node.span
    if span.line != span.end_line or not isinstance(shuffle.node.value, list):
        return False
    line = lines[span.line - 1]
    spans = [(item.span.column - 1, item.span.end_column - 1) for item in shuffle.node.value]
    written = [line[first:last] for first, last in spans]
    for (first, last), at in reversed(list(zip(spans, shuffle.order, strict=True))):
        line = line[:first] + written[at] + line[last:]
    lines[span.line - 1] = line
    return True


def _block(lines: list[str], inside: frozenset[int], shuffle: _Shuffle) -> bool:
    """Put a list with an item a line or more in order, unless a comment could be of two items."""
    chunks = _chunks(lines, inside, shuffle.node)
    if chunks is None:
        return False
    made: list[str] = []
    for number, at in enumerate(shuffle.order):
        start, end = chunks[at]
        made += lines[start:end]
        if number + 1 < len(chunks):  # blank lines stay between the places, not with the items
            made += lines[chunks[number][1] : chunks[number + 1][0]]
    lines[chunks[0][0] : chunks[-1][1]] = made
    return True


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


def _is_flow(node: Node) -> bool:
    return bool(getattr(node.first, "flow_style", False))
