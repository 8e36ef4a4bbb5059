"""Several edits of one YAML text, in about the time that it takes to read it.

Edits of one item of a list are made on the lines of that item alone, and new items come to the end
together. One by one on the whole text, hundreds of edits would take minutes: each reads all of it.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from diplan.syntax.plain import Plain
from diplan.syntax.splice import (
    Order,
    Path,
    SpliceError,
    changed,
    extend,
    held_to,
    insert,
    is_flow,
    put,
    scalar,
)
from diplan.syntax.tree import Node, read_tree
from diplan.text import Source


class Edit(NamedTuple):
    """What is to stand at a path, or *before* what is there: see `splice.put`."""

    path: Path
    value: Plain
    before: bool = False


FEW = 3
"""So many edits are made one by one on the whole text, which is the plainer way."""


def put_all(text: str, edits: Sequence[Edit], *, order: Order) -> str:
    """A text after several edits, each of which finds what those before it left.

    Raises:
        SpliceError: one of them cannot be made cleanly.
    """
    root, problems = read_tree(Source("", text))
    if len(edits) <= FEW or root is None or problems or not all(_apart(root, one) for one in edits):
        for one in edits:
            text = put(text, one.path, one.value, order=order, before=one.before)
        return text
    meant = root.plain()
    for one in edits:
        meant = changed(meant, one.path, one.value, before=one.before)
    for key in dict.fromkeys(str(one.path[0]) for one in edits):
        text = _in_section(text, key, [one for one in edits if one.path[0] == key], order)
    return held_to(text, meant, [one.value for one in edits])


def _apart(root: Node, edit: Edit) -> bool:
    """Whether an edit is inside one item, or a new one, of a list whose items have own lines."""
    if (
        len(edit.path) < 2
        or not isinstance(edit.path[1], int)
        or (edit.before and not edit.path[2:])
    ):
        return False
    node = root.child(edit.path[0])
    return node is None or not node.value or (isinstance(node.value, list) and not is_flow(node))


def _in_section(text: str, key: str, edits: Sequence[Edit], order: Order) -> str:
    """A text after the edits of the items of a list."""
    root, _ = read_tree(Source("", text))
    node = root.child(key) if root else None
    there = node.value if node and isinstance(node.value, list) else []
    source = Source("", text)
    starts = [source.starts[item.span.line - 1] for item in there]
    keys = root.value.values() if root and isinstance(root.value, dict) else ()
    lines = [other.key.span.line for other in keys if other.key]
    after = [source.starts[line - 1] for line in lines if starts and line > there[-1].span.line]
    starts.append(min(after, default=len(text)))
    by_item: dict[int, list[Edit]] = {}
    for one in edits:
        by_item.setdefault(int(one.path[1]), []).append(one)
    new = [by_item.pop(at) for at in sorted(by_item) if at >= len(there)]
    for at in sorted(by_item, reverse=True):  # from the end, so that what is before stays in place
        made = _in_item(text[starts[at] : starts[at + 1]], key, by_item[at], order)
        text = text[: starts[at]] + made + text[starts[at + 1] :]
    return extend(text, key, [_new(some) for some in new]) if new else text


def _in_item(lines: str, key: str, edits: Sequence[Edit], order: Order) -> str:
    """The lines of one item after the edits inside it, made as if the list held it alone."""
    found = re.search("\r\n|\n|\r", lines)
    newline = found[0] if found else "\n"
    above = f"{scalar(key)}:{newline}"
    text = above + lines
    for run in _runs(edits):
        while run:
            first = run[0]
            path = (key, 0, *first.path[2:])
            if len(run) > 1:
                with suppress(SpliceError):
                    text = insert(text, path, [one.value for one in run], before=first.before)
                    break
            text = put(text, path, first.value, order=order, before=first.before)
            run = run[1:]
    return text.removeprefix(above)


def _runs(edits: Sequence[Edit]) -> list[list[Edit]]:
    """Edits of places that follow each other in one list, together; any other by itself."""
    runs: list[list[Edit]] = []
    for one in edits:
        last = runs[-1][-1] if runs else one
        at, before = one.path[-1], last.path[-1]
        follows = isinstance(at, int) and isinstance(before, int) and at == before + 1
        if follows and one.path[:-1] == last.path[:-1] and one.before == last.before:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _new(edits: Sequence[Edit]) -> Plain:
    """A new item, with what is put into it once it is there."""
    value: Plain = None
    for one in edits:
        value = changed(value, one.path[2:], one.value, before=one.before)
    return value
