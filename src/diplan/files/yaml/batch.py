"""Several edits of one YAML text, in about the time that it takes to read it.

Edits of one item of a list are made on the lines of that item alone, and new items come to the end
together. One by one on the whole text, hundreds of edits would take minutes: each reads all of it.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise

from diplan.files.decoding import newline_of
from diplan.files.yaml.dump import scalar
from diplan.files.yaml.edits import Edit, changed, checked_edits, put, unchecked
from diplan.files.yaml.plain import Irregular, Plain, read_yaml
from diplan.files.yaml.splice import NOTHING, KeyOrder, SpliceError

FEW = 3
"""So many edits are also made one by one on the whole text, where the lines do not tell enough."""


def put_all(text: str, edits: Sequence[Edit], *, order: KeyOrder, known: Plain = None) -> str:
    """A text after several edits, each of which finds what those before it left.

    *known* is what the text says, where it has been read already.

    Raises:
        SpliceError: one of them cannot be made cleanly.
    """
    while edits:
        places = _places(text, edits, known)
        try:
            if places:
                return _by_items(text, edits, order, *places)
        except SpliceError:
            if len(edits) > FEW:
                raise
        first, *edits = edits  # a list that was empty has an item then
        text = put(text, first.path, first.value, order=order, before=first.before)
        known = None
    return text


Starts = dict[str, list[int]]
"""Where the items of each list begin in a text, and where the last one ends."""


def _places(text: str, edits: Sequence[Edit], known: Plain) -> tuple[Plain, Starts] | None:
    """What a text says, and where the items are; nothing where an edit is in none of them."""
    if known is None:
        try:
            known = read_yaml(text)
        except Irregular:
            return None
    starts: Starts = {}
    for edit in edits:
        key, item = edit.path[0], edit.path[1:2]
        items = known.get(str(key)) if isinstance(known, dict) else None
        whole = (edit.before or edit.value == NOTHING) and not edit.path[2:]
        if not item or not isinstance(item[0], int) or whole or not isinstance(items, list):
            return None
        starts[str(key)] = starts.get(str(key)) or _starts(text, str(key), len(items))
    return (known, starts) if isinstance(known, dict) and all(starts.values()) else None


def _starts(text: str, key: str, count: int) -> list[int]:
    """Where the items of a list at the top begin, by the hyphens; nothing where that is unclear."""
    head = re.search(rf"^{re.escape(key)}:[ \t]*(?:#.*)?$", text, re.MULTILINE)
    if head is None or "\r" in text.replace("\r\n", ""):
        return []
    after = re.compile(r"^[^\s#-]", re.MULTILINE).search(text, head.end())
    end = after.start() if after else len(text)
    first = re.compile(r"^ *(?=-[ \r\n])", re.MULTILINE).search(text, head.end(), end)
    mark = re.compile(rf"^{first[0] if first else ''}-[ \r\n]", re.MULTILINE)
    starts = [match.start() for match in mark.finditer(text, head.end(), end)]
    return [*starts, end] if count and len(starts) == count else []


def _by_items(
    text: str, edits: Sequence[Edit], order: KeyOrder, known: Plain, starts: Starts
) -> str:
    """A text after edits that are made on the lines of the items that they are in."""
    meant = changed(known, edits)
    for key in sorted(starts, key=lambda key: starts[key], reverse=True):  # from the end, so that
        inside = [edit for edit in edits if edit.path[0] == key]  # what is before stays in place
        text = _in_section(text, key, inside, order, starts[key])
    return checked_edits(text, meant, edits)


def _in_section(
    text: str, key: str, edits: Sequence[Edit], order: KeyOrder, starts: Sequence[int]
) -> str:
    """A text after the edits of the items of a list."""
    by_item: dict[int, list[Edit]] = {}
    for edit in edits:
        by_item.setdefault(int(edit.path[1]), []).append(edit)
    items = [text[first:last] for first, last in pairwise(starts)]
    new = [
        changed(None, [edit._replace(path=edit.path[2:]) for edit in by_item.pop(at)])
        for at in sorted(by_item)
        if at >= len(items)
    ]
    for at, some in by_item.items():
        items[at] = _in_item(items[at], key, some, order)
    if new:  # the last two show how items stand beside each other
        lines, there = "".join(items[-2:]), len(items[-2:])
        above = _above(lines, key)
        added, _ = unchecked(above + lines, (key, there), *new)
        items[-2:] = [added.removeprefix(above)]
    return text[: starts[0]] + "".join(items) + text[starts[-1] :]


def _above(lines: str, key: str) -> str:
    """The line of a list's key, ended as the lines of its items are."""
    return f"{scalar(key)}:{newline_of(lines)}"


def _in_item(lines: str, key: str, edits: Sequence[Edit], order: KeyOrder) -> str:
    """The lines of one item after the edits inside it, made as if the list held it alone."""
    above = _above(lines, key)
    text = above + lines
    for run in _runs(edits):
        while run:
            first = run[0]
            path = (key, 0, *first.path[2:])
            if len(run) > 1:
                with suppress(SpliceError):
                    text = put(text, path, *(edit.value for edit in run), before=first.before)
                    break
            text = put(text, path, first.value, order=order, before=first.before)
            run = run[1:]
    return text.removeprefix(above)


def _runs(edits: Sequence[Edit]) -> list[list[Edit]]:
    """Edits of places that follow each other in one list, together; any other by itself."""
    runs: list[list[Edit]] = []
    for edit in edits:
        last = runs[-1][-1] if runs else edit
        at, before = edit.path[-1], last.path[-1]
        follows = isinstance(at, int) and isinstance(before, int) and at == before + 1
        if follows and edit.path[:-1] == last.path[:-1] and edit.before == last.before:
            runs[-1].append(edit)
        else:
            runs.append([edit])
    return runs
