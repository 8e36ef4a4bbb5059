"""Where an edit is written in a YAML text, and how: comments, order and style stay.

Nothing here changes a text: a place and a value give the piece of it that is written anew.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from diplan.files.yaml.dump import entry, in_block, in_flow, item, scalar
from diplan.files.yaml.plain import Plain
from diplan.files.yaml.tree import Node
from diplan.ground.text import NamedText, Span
from diplan.problems import KeyPath

NOTHING = "\x00"
"""In the place of a value: what is there is taken away. No text can be this."""


class SpliceError(Exception):
    """An edit that cannot be made cleanly. `lines` is what a person may paste in its place."""

    def __init__(self, message: str, lines: str) -> None:
        super().__init__(message)
        self.lines = lines


class Piece(NamedTuple):
    """What is to stand between two places of a text."""

    first: int
    last: int
    new: str


KeyOrder = Callable[[KeyPath], Sequence[str]]
"""The usual order of the keys of a mapping, by the path to it; empty where there is none."""


class Splice:
    """Where in one text, whose tree is at hand, edits are written, and how."""

    def __init__(self, source: NamedText, root: Node) -> None:
        self.source = source
        self.root = root

    def put(
        self, path: KeyPath, values: Sequence[Plain], order: KeyOrder, *, before: bool
    ) -> Piece:
        """The piece with values at a path: see the function `put`."""
        trail = [self.root]
        while len(trail) <= len(path) and (child := trail[-1].child(path[len(trail) - 1])):
            trail.append(child)
        node, above = trail[-1], trail[-2] if trail[1:] else None
        missing, value = path[len(trail) - 1 :], values[0]
        at_end = isinstance(node.value, list) and missing[:1] == (len(node.value),)
        if missing and values[1:] and not (at_end and node.value and not missing[1:]):
            raise SpliceError("this is not the end of a list", in_block(list(values)))
        for part in reversed(missing[1:]):  # a key inside a key that is not there yet
            value = {part: value} if isinstance(part, str) else [value]
        if at_end:
            return self.append(node, above, [value] if missing[1:] else values)
        if missing:
            return self.add(node, above, order(path[: len(trail) - 1]), missing[0], value)
        if above is None:
            raise SpliceError("there is nothing to put it into", in_block(value))
        if value == NOTHING and isinstance(above.value, list):
            return self.cut_item(node, above, trail[-3] if trail[2:] else None)
        if value == NOTHING:
            return self.cut(node, above)
        if before and isinstance(path[-1], int):
            return self.append(above, None, values, path[-1])
        return self.replace(node, above, value)

    def replace(self, node: Node, above: Node, value: Plain) -> Piece:
        """A value in the place of another."""
        spread = not node.is_flow
        if isinstance(node.value, str):
            spread = node.is_block_text or node.span.line != node.span.end_line
        return self.rewrite(node, above, value) if spread else self.over(node.span, in_flow(value))

    def cut(self, node: Node, above: Node) -> Piece:
        """A mapping without one of its keys."""
        known = list(above.children.values())
        if node.key is None or len(known) < 2:
            raise SpliceError("nothing would be left of what it stands in", "")
        at = next(number for number, sibling in enumerate(known) if sibling is node)
        if above.is_flow and at:
            return Piece(self.stop(known[at - 1].span), self.stop(node.span), "")
        after = known[at + 1].key if at + 1 < len(known) else None
        if after and (above.is_flow or not at):
            return Piece(self.start(node.key.span), self.start(after.span), "")
        end = self.line_end(self.end(node)[0])
        match = re.compile("\r?\n?").match(self.source.text, end)
        return Piece(self.offset(node.key.span.line, 1), match.end() if match else end, "")

    def cut_item(self, node: Node, above: Node, outer: Node | None) -> Piece:
        """A list without one of its items; of the last one an empty list is left."""
        items = list(above.children.values())
        at = next(number for number, sibling in enumerate(items) if sibling is node)
        if not items[1:]:
            return self.fill(above, outer, [])
        if above.is_flow:
            if at:
                return Piece(self.stop(items[at - 1].span), self.stop(node.span), "")
            return Piece(self.start(node.span), self.start(items[1].span), "")
        last = self.end(node)[0]
        if self.is_spaced(items, None) and not "".join(self.source.lines[last : last + 1]).strip():
            last = min(last + 1, len(self.source.lines))
        match = re.compile("\r?\n?").match(self.source.text, end := self.line_end(last))
        return Piece(self.offset(node.span.line, 1), match.end() if match else end, "")

    def rewrite(self, node: Node, above: Node, value: Plain) -> Piece:
        """Another value, where what is there takes several lines, or is nothing."""
        if above.is_flow:
            return self.over(node.span, in_flow(value))
        last = self.offset(*self.end(node))
        if node.key is None:
            return Piece(self.start(node.span), last, item(value, self.dash(node) - 1))
        first, key = self.start(node.key.span), str(node.key.value)
        new = entry(key, value, node.key.span.column - 1)
        there = self.source.text[first : self.stop(node.key.span)]  # a quoted key stays quoted
        return Piece(first, last, there + new.removeprefix(scalar(key)))

    def add(
        self,
        parent: Node,
        above: Node | None,
        order: Sequence[str],
        part: str | int,
        value: Plain,
    ) -> Piece:
        """A key that is new in a mapping, or the first item of a list."""
        if parent.value is None and part == 0:
            return self.fill(parent, above, [value])
        if not isinstance(parent.value, dict) or not isinstance(part, str):
            raise SpliceError("there is no such place in the file", in_block(value))
        if not parent.value:
            return self.fill(parent, above, {part: value})
        return self.insert(parent, _predecessor([*parent.value], order, part), part, value)

    def append(
        self, parent: Node, above: Node | None, values: Sequence[Plain], at: int | None = None
    ) -> Piece:
        """Items after the last one of a list, or before number *at*."""
        items = list(parent.children.values())
        if not items:
            return self.fill(parent, above, list(values))
        near = items[-1] if at is None else items[at - 1] if at else items[0]
        if parent.is_flow:
            new = ", ".join(map(in_flow, values))
            if at == 0:
                return _between(self.start(near.span), f"{new}, ")
            return _between(self.stop(near.span), f", {new}")
        indent = self.dash(near) - 1
        spread = isinstance(near.value, dict) and not near.is_flow
        lines = [f"{' ' * indent}- {item(value, indent, spread=spread)}" for value in values]
        if at == 0:
            return _between(self.offset(near.span.line, 1), "\n".join((*lines, "")))
        if at is None and self.is_spaced(items, above):
            return self.after(self.end(near)[0], "\n" + "\n\n".join(lines))
        return self.after(self.end(near)[0], "\n".join(lines))

    def is_spaced(self, items: Sequence[Node], above: Node | None) -> bool:
        """Whether blank lines lie between the items of a list, or would between entities."""
        last = items[-1]
        if len(items) > 1:
            return not self.source.lines[last.span.line - 2].strip()
        return above is self.root and self.end(last)[0] > last.span.line

    def fill(self, parent: Node, above: Node | None, value: Plain) -> Piece:
        """Something in the place of an empty list or mapping."""
        if above is None or above.is_flow or parent.key is None:
            return self.over(parent.span, in_flow(value))
        return self.rewrite(parent, above, value)

    def insert(self, parent: Node, before: str, key: str, value: Plain) -> Piece:
        """A key after the one that is to stand before it."""
        anchor = parent.at([before])
        if parent.is_flow:
            return _between(self.stop(anchor.span), f", {scalar(key)}: {in_flow(value)}")
        indent = (anchor.key or anchor).span.column - 1
        return self.after(self.end(anchor)[0], f"{' ' * indent}{entry(key, value, indent)}")

    # ---- places

    def offset(self, line: int, column: int) -> int:
        """Where in the text a line and a column are."""
        return self.source.starts[line - 1] + column - 1

    def start(self, span: Span) -> int:
        """Where in the text a span begins."""
        return self.offset(span.line, span.column)

    def stop(self, span: Span) -> int:
        """Where in the text a span ends."""
        return self.offset(span.end_line, span.end_column)

    def line_end(self, line: int) -> int:
        """Where in the text a line ends."""
        return self.offset(line, len(self.source.lines[line - 1]) + 1)

    def over(self, span: Span, new: str) -> Piece:
        """Something in the place of a span."""
        return Piece(self.start(span), self.stop(span), new)

    def after(self, line: int, new: str) -> Piece:
        """New lines after a line."""
        return _between(self.line_end(line), f"\n{new}")

    def dash(self, node: Node) -> int:
        """The column of the hyphen before an item."""
        return self.source.lines[node.span.line - 1][: node.span.column - 1].rindex("-") + 1

    def end(self, node: Node) -> tuple[int, int]:
        """The line and column after the last character that a value is written with.

        The marks of block collections and block texts overshoot.
        """
        span = node.span
        if isinstance(node.value, dict | list) and not node.is_flow:
            return self.end(list(node.children.values())[-1])
        if node.is_block_text:
            return self.end_of_text(node)
        if node.value is None and span[:2] == span[2:]:  # it is not written out, as `~` is
            key = node.key or node
            return key.span.end_line, key.span.end_column + (1 if node.key else 0)
        return span.end_line, span.end_column

    def end_of_text(self, node: Node) -> tuple[int, int]:
        """Where a block text ends: at its last line that is not empty."""
        lines = self.source.lines
        first = node.span.line  # of the content, counting from 0
        inside = [line for line in lines[first:] if line.strip()]
        indent = len(inside[0]) - len(inside[0].lstrip(" ")) if inside else 0
        last = node.span.line
        for at in range(first, min(node.span.end_line, len(lines))):
            line = lines[at]
            if line.strip() and len(line) - len(line.lstrip(" ")) < indent:
                break
            if line.strip():
                last = at + 1
        return last, len(lines[last - 1]) + 1


def _between(at: int, new: str) -> Piece:
    """Something where there is nothing yet."""
    return Piece(at, at, new)


def _predecessor(known: Sequence[str], order: Sequence[str], key: str) -> str:
    """The last of the known keys that usually stands before a new one, else the first."""
    if key not in order:
        return known[-1]
    rank = {name: at for at, name in enumerate(order)}
    earlier = [name for name in known if rank.get(name, -1) < rank[key]]
    return earlier[-1] if earlier else known[0]
