"""Values of a YAML file that its places cannot take, mended where they stand.

Only what is meant is touched: comments, order and style stay. A mended text is read again and
held against what the repairs should have made of the values.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from diplan.files.fix import Repair
from diplan.files.fix.meaning import KeyChange, change
from diplan.files.fix.structure import plain_value
from diplan.files.yaml.splice import in_flow, scalar
from diplan.files.yaml.tree import Node, read_tree
from diplan.ground.text import NamedText
from diplan.plan import SECTIONS
from diplan.plan.fields.slots import Slot, slots
from diplan.problems import KeyPath

_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?(?=\s*[,}])")
"""A number in brackets, with the commas that cut it in pieces there."""


_CUT = re.compile(r"[\w\"']\s*:\s*-?[1-9]\d{0,2},\d{3}")


class Piece(NamedTuple):
    """Another text between two places of a text."""

    first: int
    last: int
    new: str


class Mend(NamedTuple):
    """A value to be mended: where it is, what is to stand there, and how that is written."""

    path: KeyPath
    change: KeyChange
    gone: tuple[str, ...]
    """Keys beside it that go."""
    pieces: tuple[Piece, ...]
    repair: Repair

    @property
    def keys(self) -> set[str | int]:
        """The keys that it is about: its own, and those that are to stand there."""
        return {self.path[-1], *self.change}


def mends(text: str) -> list[Mend]:
    """What can be mended in a text, in the order of its lines."""
    value = plain_value(text)
    if (
        isinstance(value, dict)
        and not _CUT.search(text)
        and not any(made for *_, made in _wanted(value))
    ):
        return []
    source = NamedText("", text)
    root, _ = read_tree(source)
    return sorted(_mends(source, root), key=lambda one: one.repair.line) if root else []


def mended(text: str, wanted: Sequence[Mend]) -> tuple[str, list[Mend]]:
    """The text with some things mended, and those that could not be without changing more."""
    if not wanted or _comes_out(text, wanted):
        return _written(text, wanted), []
    good = [mend for mend in wanted if _comes_out(text, [mend])]
    if not _comes_out(text, good):
        good = []
    return _written(text, good), [mend for mend in wanted if mend not in good]


def _written(text: str, wanted: Sequence[Mend]) -> str:
    pieces = sorted((piece for mend in wanted for piece in mend.pieces), reverse=True)
    for piece in pieces:
        text = text[: piece.first] + piece.new + text[piece.last :]
    return text


def _comes_out(text: str, wanted: Sequence[Mend]) -> bool:
    """Whether the mended text says what it should, and has no problem that was not there."""
    old, before = read_tree(NamedText("", text))
    new, after = read_tree(NamedText("", _written(text, wanted)))
    if old is None or new is None:
        return False
    value: Any = deepcopy(old.plain())
    for mend in wanted:
        *above, key = mend.path
        record = value
        for part in above:
            record = record[part]
        if isinstance(record, list) and isinstance(key, int):
            record[key] = mend.change[key]
            continue
        for name in (key, *mend.gone):
            record.pop(name, None)
        record.update(mend.change)
    told = [problem.message for problem in before]
    return new.plain() == value and all(problem.message in told for problem in after)


def _wanted(value: Mapping[str, Any]) -> Iterator[tuple[KeyPath, Slot, KeyChange | None]]:
    """The entity and the place of each value, with what it was meant to be; None where it is fine.

    A number that its commas have cut in pieces is no matter of one value, and not seen here.
    """
    for section, inner in value.items():
        if section not in SECTIONS or section == "venues":
            continue
        entities = enumerate(inner) if isinstance(inner, list) else [(None, inner)]
        for at, whole in entities:
            path: KeyPath = (section,) if at is None else (section, at)
            unit = whole.get("unit") if isinstance(whole, dict) else None
            share = "per cent" if section == "profiles" else unit
            for slot in slots(section, whole):
                record: Any = whole
                for part in slot.path[:-1]:
                    record = record[part]
                written = record[slot.path[-1]]
                given = record if isinstance(record, dict) else {}
                yield path, slot, change(slot, written, given, share)


def _mends(source: NamedText, root: Node) -> Iterator[Mend]:
    value = root.plain()
    for own, slot, wanted in _wanted(value if isinstance(value, dict) else {}):
        entity = root.at(own)
        grouped = _grouped(source, entity, slot.path)
        if grouped is None and wanted:
            grouped = _Found(wanted, str(entity.at(slot.path).value))
        if grouped:
            yield from _mend(source, entity, own, slot.path, grouped)


class _Found(NamedTuple):
    """What is to stand in the place of what was, the keys beside it that go, and where it ends."""

    change: KeyChange
    was: str
    gone: tuple[str, ...] = ()
    last: int = 0


def _grouped(source: NamedText, entity: Node, path: KeyPath) -> _Found | None:
    """A number that its own commas have cut in pieces, which stand as keys beside it."""
    above, node = entity.at(path[:-1]), entity.at(path)
    if not getattr(above.first, "flow_style", False) or not isinstance(above.value, dict):
        return None
    start = source.starts[node.span.line - 1] + node.span.column - 1
    match = _GROUPED.match(source.text, start)
    if not match or match.end() == source.starts[node.span.end_line - 1] + node.span.end_column - 1:
        return None
    _, *rest = match[0].split(",")
    whole = match[0].replace(",", "")
    return _Found({path[-1]: whole}, match[0], tuple(rest), match.end())


def _mend(
    source: NamedText, entity: Node, own: KeyPath, path: KeyPath, found: _Found
) -> Iterator[Mend]:
    """How a change is written; nothing where the value goes over several lines."""
    node, above = entity.at(path), entity.at(path[:-1])
    span, key = node.span, path[-1]
    if span.line != span.end_line or getattr(node.first, "style", None) in ("|", ">"):
        return
    first = source.starts[span.line - 1] + span.column - 1
    last = found.last or source.starts[span.line - 1] + span.end_column - 1
    changes = dict(found.change)
    pieces = []
    if key in changes:
        pieces.append(Piece(first, last, in_flow(changes.pop(key))))
    elif node.key:
        ((name, value),) = changes.items()
        begin = source.starts[node.key.span.line - 1] + node.key.span.column - 1
        end = source.starts[node.key.span.line - 1] + node.key.span.end_column - 1
        pieces += [Piece(begin, end, str(name)), Piece(first, last, in_flow(value))]
        changes = {}
    new = {name: value for name, value in changes.items() if not _is_there(above, name)}
    for name, value in new.items():
        entry = f"{name}: {scalar(value)}"
        if getattr(above.first, "flow_style", False):
            pieces[0] = pieces[0]._replace(new=f"{pieces[0].new}, {entry}")
        elif node.key:
            end = source.starts[span.line - 1] + len(source.lines[span.line - 1])
            pieces.append(Piece(end, end, f"\n{' ' * (node.key.span.column - 1)}{entry}"))
    said = ", ".join(f"{name}: {in_flow(value)}" for name, value in found.change.items())
    was = f"{key}: {found.was}" if isinstance(key, str) else found.was
    said = said if isinstance(key, str) else in_flow(found.change[key])
    repair = Repair(span.line, f"{was} -> {said}")
    yield Mend((*own, *path), found.change, found.gone, tuple(pieces), repair)


def _is_there(above: Node, name: str | int) -> bool:
    return isinstance(above.value, dict) and name in above.value
