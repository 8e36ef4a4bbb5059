"""Edits to a YAML text that touch only what is meant: comments, order and style stay.

A text is changed at one place at a time, by `put`. The result is read again and held against what
the edit should have made of the values; where the two differ, the edit is refused and the text
stays as it was.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence

from diplan.files.yaml.plain import Irregular, Plain, read_yaml
from diplan.files.yaml.tree import Node, read_tree
from diplan.ground.text import NamedText
from diplan.problems import KeyPath

WIDEST = 100
"""Characters of a line; what would be longer is written over several."""

NOTHING = "\x00"
"""In the place of a value: what is there is taken away. No text can be this."""


class SpliceError(Exception):
    """An edit that cannot be made cleanly. `lines` is what a person may paste in its place."""

    def __init__(self, message: str, lines: str) -> None:
        super().__init__(message)
        self.lines = lines


KeyOrder = Callable[[KeyPath], Sequence[str]]
"""The usual order of the keys of a mapping, by the path to it; empty where there is none."""


def _as_they_come(_: KeyPath) -> Sequence[str]:
    return ()


def put(
    text: str, path: KeyPath, value: Plain, *, order: KeyOrder = _as_they_come, before: bool = False
) -> str:
    """A text in which *value* stands at *path*: in the place of what is there, or as new.

    `NOTHING` takes a key away, with its value.

    The end of a list is its length; *before* puts an item before the one that is there. A new key
    goes where *order* has it.

    Raises:
        SpliceError: the text cannot be read, has no such place, or would not come out as meant.
    """
    root, problems = read_tree(NamedText("", text))
    if root is None or problems:
        raise SpliceError("the file has problems of its own", in_block(value))
    made = _Splice(text, root, order, before=before).put(path, value)
    return held_to(made, changed(root.plain(), path, value, before=before), value)


def extend(text: str, key: str, values: Sequence[Plain]) -> str:
    """A text in which *values* come last in the list under a key at the top, or make that list.

    Raises:
        SpliceError: as `put`.
    """
    root, problems = read_tree(NamedText("", text))
    node = root.child(key) if root and not problems else None
    if root is None or node is None or not isinstance(node.value, list) or not node.value:
        return put(text, (key,), list(values))
    made = _Splice(text, root, _as_they_come, before=False).append(node, values)
    there = node.plain()
    meant = changed(root.plain(), (key,), [*(there if isinstance(there, list) else ()), *values])
    return held_to(made, meant, list(values))


def insert(text: str, path: KeyPath, values: Sequence[Plain], *, before: bool) -> str:
    """A text with several items in a list: from *path* on, before what is there, or at its end.

    Raises:
        SpliceError: as `put`.
    """
    root, problems = read_tree(NamedText("", text))
    node: Node | None = None if problems else root
    for part in path[:-1]:
        node = node.child(part) if node else None
    if root is None or node is None or not isinstance(node.value, list) or not node.value:
        raise SpliceError("there is no such list in the file", in_block(list(values)))
    at = int(path[-1])
    there = node.plain()
    listed = there if isinstance(there, list) else []
    if not before and at != len(listed):
        raise SpliceError("this is not the end of the list", in_block(list(values)))
    made = _Splice(text, root, _as_they_come, before=before).append(
        node, values, at if before else None
    )
    whole: Plain = [*listed[:at], *values, *listed[at:]]
    return held_to(made, changed(root.plain(), path[:-1], whole), list(values))


def held_to(made: str, meant: Plain, value: Plain) -> str:
    """A text, once it is clear that it says what was meant.

    Raises:
        SpliceError: it does not; its lines are those of the value.
    """
    try:
        came = read_yaml(made)
    except Irregular:
        came = None
    if came != meant:
        message = "the file is written in a way that this cannot be fitted into"
        raise SpliceError(message, in_block(value))
    return made


def changed(whole: Plain, path: KeyPath, value: Plain, *, before: bool = False) -> Plain:
    """What a value is once another one stands at *path* inside it, or before what is there."""
    if not path:
        return value
    part, rest = path[0], path[1:]
    if value == NOTHING and not rest and isinstance(whole, dict):
        return {key: part_value for key, part_value in whole.items() if key != part}
    if isinstance(whole, dict) and isinstance(part, str):
        return {**whole, part: changed(whole.get(part), rest, value, before=before)}
    if isinstance(whole, list) and isinstance(part, int) and part <= len(whole):
        if before and not rest:
            return [*whole[:part], value, *whole[part:]]
        inner = whole[part] if part < len(whole) else None
        return [*whole[:part], changed(inner, rest, value, before=before), *whole[part + 1 :]]
    if whole is None:
        return {part: changed(None, rest, value)} if isinstance(part, str) else [value]
    return None


# ---- writing values


def scalar(text: str | None) -> str:
    """A text as YAML writes it: bare where it then reads the same, else in quotes."""
    if text is None:
        return "null"
    try:
        plain = read_yaml(f"key: {text}\n") == {"key": text} and read_yaml(f"[{text}]") == [text]
    except Irregular:
        plain = False
    if plain and not re.search(r"[\n\r]", text):
        return text
    return json.dumps(text, ensure_ascii=False)


def in_flow(value: Plain) -> str:
    """A value on one line: `{period: 2018, value: 900}`."""
    if isinstance(value, Mapping):
        return (
            f"{{{', '.join(f'{scalar(key)}: {in_flow(inner)}' for key, inner in value.items())}}}"
        )
    if isinstance(value, list):
        return f"[{', '.join(map(in_flow, value))}]"
    return scalar(value)


def in_block(value: Plain, indent: int = 0) -> str:
    """A value over several lines, each indented; without the last line's end."""
    blank = " " * indent
    if isinstance(value, Mapping):
        return "\n".join(f"{blank}{_entry(key, inner, indent)}" for key, inner in value.items())
    if isinstance(value, list):
        return "\n".join(f"{blank}- {_item(item, indent)}" for item in value)
    return f"{blank}{scalar(value)}"


def _entry(key: str, value: Plain, indent: int) -> str:
    """A key with its value; a value that is too long for the line goes below it."""
    line = f"{scalar(key)}: {in_flow(value)}"
    if isinstance(value, list) and any(isinstance(item, KeyPerLine) for item in value):
        return f"{scalar(key)}:\n{in_block(value, indent + 2)}"
    if not isinstance(value, list | dict) or not value:
        return line if indent + len(line) <= WIDEST else _folded(key, value, indent)
    if not _is_deep(value) and indent + len(line) <= WIDEST:
        return line
    return f"{scalar(key)}:\n{in_block(value, indent + 2)}"


def _is_deep(value: Plain) -> bool:
    """Whether a record holds records, or a list anything but texts."""
    inner = list(value.values()) if isinstance(value, dict) else list(value or ())
    if isinstance(value, dict):
        return any(
            isinstance(item, dict) or (isinstance(item, list) and _is_deep(item)) for item in inner
        )
    return any(isinstance(item, list | dict) for item in inner)


def _folded(key: str, value: Plain, indent: int) -> str:
    """A long text as a folded block, where reading it back gives the same text."""
    text = value if isinstance(value, str) else ""
    words, lines = text.split(" "), [""]
    for word in words:
        if lines[-1] and indent + 3 + len(lines[-1]) + len(word) > WIDEST:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    blank = " " * (indent + 2)
    folded = f"{scalar(key)}: >-\n" + "\n".join(f"{blank}{line}" for line in lines)
    try:
        same = read_yaml(f"{folded}\n") == {key: text}
    except Irregular:
        same = False
    return folded if same else f"{scalar(key)}: {scalar(text)}"


class KeyPerLine(dict[str, Plain]):
    """A record that is written with a key a line, even where one line has room for it."""


def _item(value: Plain, indent: int) -> str:
    """An item of a list, on the line of its hyphen where there is room."""
    if isinstance(value, list | dict) and value:
        line = in_flow(value)
        if isinstance(value, KeyPerLine) or indent + 2 + len(line) > WIDEST or _is_deep(value):
            return in_block(value, indent + 2).lstrip(" ")
        return line
    return in_flow(value)


def _in_lines(value: Plain, indent: int) -> str:
    """An item of a list over as many lines as it takes, which the one before it does too."""
    return in_block(value, indent + 2).lstrip(" ")


# ---- placing them


class _Splice:
    """One edit of one text, whose tree is at hand."""

    def __init__(self, text: str, root: Node, order: KeyOrder, *, before: bool) -> None:
        self.source = NamedText("", text)
        self.root = root
        self.order = order
        self.before = before
        match = re.search("\r\n|\n|\r", text)
        self.newline = match[0] if match else "\n"

    def put(self, path: KeyPath, value: Plain) -> str:
        parent, above = self.root, None
        for at, part in enumerate(path):
            child = parent.child(part)
            if child is None:
                for missing in reversed(path[at + 1 :]):  # a key inside a key that is not there yet
                    value = {missing: value} if isinstance(missing, str) else [value]
                return self.add(parent, path[:at], part, value)
            above, parent = parent, child
        if above is None:
            raise SpliceError("there is nothing to put it into", in_block(value))
        if value == NOTHING:
            return self.cut(parent, above)
        if self.before and isinstance(path[-1], int):
            return self.append(above, [value], path[-1])
        return self.replace(parent, above, value)

    def replace(self, node: Node, above: Node, value: Plain) -> str:
        """A value in the place of another."""
        if is_flow(node) or not isinstance(node.value, list | dict):
            if _is_block_text(node) or _spans_lines(node) or node.value is None:
                return self.anew(node, above, value)
            return self.source.replaced(node.span, in_flow(value))
        return self.anew(node, above, value)

    def cut(self, node: Node, above: Node) -> str:
        """A mapping without one of its keys."""
        known = list(above.value.values()) if isinstance(above.value, dict) else []
        if node.key is None or len(known) < 2:
            raise SpliceError("nothing would be left of what it stands in", "")
        at = next(number for number, sibling in enumerate(known) if sibling is node)
        first = self.offset(node.key.span.line, node.key.span.column)
        if is_flow(above) and at:
            before = known[at - 1].span
            start = self.offset(before.end_line, before.end_column)
            return self.spliced(start, self.offset(node.span.end_line, node.span.end_column), "")
        if at + 1 < len(known) and (is_flow(above) or not at) and (after := known[at + 1].key):
            return self.spliced(first, self.offset(after.span.line, after.span.column), "")
        line, _ = self.end(node)
        start = self.offset(node.key.span.line, 1)
        rest = self.source.text[self.offset(line, len(self.source.lines[line - 1]) + 1) :]
        return self.source.text[:start] + rest.removeprefix("\r").removeprefix("\n")

    def anew(self, node: Node, above: Node, value: Plain) -> str:
        """Another value, where what is there takes several lines, or is nothing."""
        if is_flow(above):
            return self.source.replaced(node.span, in_flow(value))
        if node.key is None:
            first = self.offset(node.span.line, node.span.column)
            new = _item(value, self.dash(node) - 1)
            return self.spliced(first, self.offset(*self.end(node)), new)
        key, column = node.key, node.key.span.column
        end_line, end_column = self.end(node)
        first = self.offset(key.span.line, key.span.column)
        last = self.offset(end_line, end_column)
        entry = _entry(str(key.value), value, column - 1)
        written = self.source.text[first : self.offset(key.span.end_line, key.span.end_column)]
        if written != scalar(str(key.value)):  # a quoted key stays as it is written
            entry = written + entry[len(scalar(str(key.value))) :]
        return self.spliced(first, last, entry)

    def add(self, parent: Node, path: KeyPath, part: str | int, value: Plain) -> str:
        """A key or an item that is new in what stands at *path*."""
        if isinstance(parent.value, list) and part == len(parent.value):
            return self.append(parent, [value])
        if parent.value is None and part == 0:
            return self.fill(parent, [value])
        if isinstance(parent.value, dict) and isinstance(part, str):
            return self.insert(parent, self.order(path), part, value)
        raise SpliceError("there is no such place in the file", in_block(value))

    def append(self, parent: Node, values: Sequence[Plain], at: int | None = None) -> str:
        """Items after the last one of a list, or before number *at*."""
        items = parent.value
        if not isinstance(items, list) or not items:
            return self.fill(parent, list(values))
        near = items[-1] if at is None else items[at - 1] if at else items[0]
        if is_flow(parent):
            new = ", ".join(map(in_flow, values))
            if at == 0:
                start = self.offset(near.span.line, near.span.column)
                return self.spliced(start, start, f"{new}, ")
            end = self.offset(near.span.end_line, near.span.end_column)
            return self.spliced(end, end, f", {new}")
        blank = " " * (self.dash(near) - 1)
        block = isinstance(near.value, dict) and not is_flow(near)
        write = _in_lines if block else _item
        written = [f"{blank}- {write(value, len(blank))}" for value in values]
        if at is None and self.is_spaced(parent, items):
            return self.after(self.end(near)[0], "".join(f"\n{line}\n" for line in written)[:-1])
        lines = "\n".join(written)
        if at == 0:
            start = self.offset(near.span.line, 1)
            return self.spliced(start, start, f"{lines}\n")
        return self.after(self.end(near)[0], lines)

    def is_spaced(self, parent: Node, items: Sequence[Node]) -> bool:
        """Whether blank lines lie between the items of a list, or would between entities."""
        last = items[-1]
        if len(items) > 1:
            return not self.source.lines[last.span.line - 2].strip()
        return self.above(parent) is self.root and self.end(last)[0] > last.span.line

    def fill(self, parent: Node, value: Plain) -> str:
        """Something in the place of an empty list or mapping."""
        above = self.above(parent)
        if above is None or is_flow(above) or parent.key is None:
            return self.source.replaced(parent.span, in_flow(value))
        return self.anew(parent, above, value)

    def insert(self, parent: Node, order: Sequence[str], key: str, value: Plain) -> str:
        """A key after the one that usually goes before it."""
        known = parent.value
        if not isinstance(known, dict) or not known:
            return self.fill(parent, {key: value})
        anchor = known[_predecessor(list(known), order, key)]
        if is_flow(parent):
            end = self.offset(anchor.span.end_line, anchor.span.end_column)
            return self.spliced(end, end, f", {scalar(key)}: {in_flow(value)}")
        column = anchor.key.span.column if anchor.key else 1
        return self.after(
            self.end(anchor)[0], f"{' ' * (column - 1)}{_entry(key, value, column - 1)}"
        )

    # ---- places

    def above(self, node: Node) -> Node | None:
        """The node that holds another."""
        waiting = [self.root]
        while waiting:
            comment = waiting.pop()
            inner = (
                list(comment.value.values()) if isinstance(comment.value, dict) else comment.value
            )
            children = inner if isinstance(inner, list) else []
            if any(child is node for child in children):
                return comment
            waiting += children
        return None

    def offset(self, line: int, column: int) -> int:
        return self.source.starts[line - 1] + column - 1

    def dash(self, item: Node) -> int:
        """The column of the hyphen before an item."""
        line = self.source.lines[item.span.line - 1][: item.span.column - 1]
        return line.rindex("-") + 1

    def end(self, node: Node) -> tuple[int, int]:
        """The line and column after the last character that a value is written with.

        The marks of block collections and block texts overshoot.
        """
        if isinstance(node.value, dict | list) and not is_flow(node):
            inner = list(node.value.values()) if isinstance(node.value, dict) else node.value
            return self.end(inner[-1])
        if _is_block_text(node):
            return self.end_of_text(node)
        if node.value is None and node.span.line == node.span.end_line and not _written(node):
            key = node.key or node
            return key.span.end_line, key.span.end_column + (1 if node.key else 0)
        return node.span.end_line, node.span.end_column

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

    def after(self, line: int, new: str) -> str:
        """New lines after a line."""
        end = self.offset(line, len(self.source.lines[line - 1]) + 1)
        return self.spliced(end, end, f"\n{new}")

    def spliced(self, first: int, last: int, new: str) -> str:
        text = self.source.text
        return text[:first] + new.replace("\n", self.newline) + text[last:]


def is_flow(node: Node) -> bool:
    """Whether a value is written in brackets, and not over lines of its own."""
    return bool(getattr(node.first, "flow_style", False))


def _is_block_text(node: Node) -> bool:
    return getattr(node.first, "style", None) in ("|", ">")


def _spans_lines(node: Node) -> bool:
    return isinstance(node.value, str) and node.span.line != node.span.end_line


def _written(node: Node) -> bool:
    """Whether nothing is written out, as `null` or `~`."""
    return node.span.column != node.span.end_column


def _predecessor(known: Sequence[str], order: Sequence[str], key: str) -> str:
    """The last of the known keys that usually stands before a new one, else the first."""
    if key not in order:
        return known[-1]
    rank = {name: at for at, name in enumerate(order)}
    earlier = [name for name in known if rank.get(name, -1) < rank[key]]
    return earlier[-1] if earlier else known[0]
