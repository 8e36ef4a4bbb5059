"""Values of a YAML file that its places cannot take, mended where they stand.

Only what is meant is touched: comments, order and style stay. A mended text is read again and
held against what the repairs should have made of the values.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from diplan.files.fix import Repair
from diplan.files.fix.corrections import KeyChange, correction
from diplan.files.yaml.dump import in_flow
from diplan.files.yaml.edits import Edit, Rewrite, most_that_come_out
from diplan.files.yaml.plain import Plain
from diplan.files.yaml.splice import NOTHING, Piece, Splice
from diplan.files.yaml.yamlfile import yaml_of
from diplan.plan import SECTIONS
from diplan.plan.fields.slots import Slot, slots
from diplan.problems import KeyPath

_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?(?=\s*[,}])")
"""A number in brackets, with the commas that cut it in pieces there."""


_CUT = re.compile(r"[\w\"']\s*:\s*-?[1-9]\d{0,2},\d{3}")


class ValueRepair(NamedTuple):
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


def value_repairs(text: str, years: str = "financial") -> list[ValueRepair]:
    """What can be mended in a text, in the order of its lines; *years* is the plan's kind."""
    file = yaml_of(text)
    sound = isinstance(file.value, dict) and not file.problems and not _CUT.search(text)
    if sound and not any(wanted for *_, wanted in _wanted(file.value, years)):
        return []
    if file.tree is None:
        return []
    splice = Splice(file.source, file.tree)
    found = (
        mend
        for entity, slot, wanted in _wanted(file.value, years)
        for mend in _value_repairs(splice, (*entity, *slot.path), wanted)
    )
    return sorted(found, key=lambda mend: mend.repair.line)


def with_values(text: str, wanted: Sequence[ValueRepair]) -> tuple[str, list[ValueRepair]]:
    """The text with some things mended, and those that could not be without changing more."""
    new, failed = most_that_come_out(text, [Rewrite(_edits(mend), mend.pieces) for mend in wanted])
    return new, [wanted[at] for at in failed]


def _edits(mend: ValueRepair) -> list[Edit]:
    """What a repair makes of the values."""
    *above, key = mend.path
    gone = {key, *mend.gone} - {*mend.change}
    edits = [Edit((*above, name), NOTHING) for name in gone]
    return edits + [Edit((*above, name), value) for name, value in mend.change.items()]


def _wanted(value: Plain, years: str) -> Iterator[tuple[KeyPath, Slot, KeyChange | None]]:
    """The entity and the place of each value, with what it was meant to be; None where it is fine.

    A number that its commas have cut in pieces is no matter of one value, and not seen here.
    """
    for section, inner in value.items() if isinstance(value, dict) else ():
        if section not in SECTIONS or section == "venues":
            continue
        entities = enumerate(inner) if isinstance(inner, list) else [(None, inner)]
        for at, whole in entities:
            path: KeyPath = (section,) if at is None else (section, at)
            unit: Any = whole.get("unit") if isinstance(whole, dict) else None
            share = "per cent" if section == "profiles" else unit
            for slot in slots(section, whole):
                record: Any = whole
                for part in slot.path[:-1]:
                    record = record[part]
                written = record[slot.path[-1]]
                given = record if isinstance(record, dict) else {}
                yield path, slot, correction(slot, written, given, share, years)


def _value_repairs(
    splice: Splice, path: KeyPath, wanted: KeyChange | None
) -> Iterator[ValueRepair]:
    """How a change is written; nothing where the value goes over several lines."""
    node, above, key = splice.root.at(path), splice.root.at(path[:-1]), path[-1]
    change, was, last = wanted, str(node.value), splice.stop(node.span)
    gone: tuple[str, ...] = ()
    if above.is_flow and isinstance(above.value, dict):
        match = _GROUPED.match(splice.source.text, splice.start(node.span))
        if match and match.end() != last:
            was, gone, last = match[0], tuple(match[0].split(",")[1:]), match.end()
            change = {key: was.replace(",", "")}
    if not change or node.span.line != node.span.end_line or node.is_block_text:
        return
    name = key if key in change else next(iter(change))
    pieces = [splice.over(node.span, in_flow(change[name]))._replace(last=last)]
    if name != key and node.key:
        pieces.append(splice.over(node.key.span, str(name)))
    for other, value in change.items():
        if other != name and other not in above.children:
            pieces.append(splice.insert(above, str(key), str(other), value))
    said = ", ".join(f"{name}: {in_flow(value)}" for name, value in change.items())
    if isinstance(key, str):
        was = f"{key}: {was}"
    else:
        said = in_flow(change[key])
    yield ValueRepair(path, change, gone, tuple(pieces), Repair(node.span.line, f"{was} -> {said}"))
