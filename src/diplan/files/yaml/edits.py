"""Edits to a YAML text that touch only what is meant, or do not happen.

An edit says what is to stand at a path; pieces say which characters of the text are written anew
for it. A text with its pieces in place is read again and held against what the edits should have
made of the values: one that does not come out as meant is not used.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from diplan.files.decoding import newline_of
from diplan.files.yaml.dump import in_block
from diplan.files.yaml.plain import Plain
from diplan.files.yaml.splice import NOTHING, KeyOrder, Piece, Splice, SpliceError
from diplan.files.yaml.yamlfile import yaml_of
from diplan.problems import KeyPath


class Edit(NamedTuple):
    """What is to stand at a path: in the place of what is there, or as new; see `changed`."""

    path: KeyPath
    value: Plain
    before: bool = False
    """Whether it is an item to be put before the one that is there."""


def _as_they_come(_: KeyPath) -> Sequence[str]:
    return ()


def put(
    text: str, path: KeyPath, *values: Plain, order: KeyOrder = _as_they_come, before: bool = False
) -> str:
    """A text in which a value stands at *path*: in the place of what is there, or as new.

    `NOTHING` takes a key away with its value, or an item of a list.

    The end of a list is its length; *before* puts an item before the one that is there. A new key
    goes where *order* has it. Several values are items of a list one after another, before what is
    there or at the end.

    Raises:
        SpliceError: the text cannot be read, has no such place, or would not come out as meant.
    """
    new, known = unchecked(text, path, *values, order=order, before=before)
    edits = [Edit(path, values[0], before)]
    for value in values[1:]:
        *above, last = edits[-1].path
        edits.append(Edit((*above, int(last) + 1), value, before))
    return checked_edits(new, changed(known, edits), edits)


def unchecked(
    text: str, path: KeyPath, *values: Plain, order: KeyOrder = _as_they_come, before: bool = False
) -> tuple[str, Plain]:
    """A text as `put` makes it, for whoever checks all of it afterwards; and what it said before.

    Raises:
        SpliceError: the text cannot be read, or has no such place.
    """
    file = yaml_of(text)
    if file.tree is None or file.problems:
        raise SpliceError("the file has problems of its own", in_block(values[0]))
    piece = Splice(file.source, file.tree).put(path, values, order, before=before)
    return written(text, [piece]), file.value


def written(text: str, pieces: Iterable[Piece]) -> str:
    """A text with its pieces in place, their lines ended as its own are."""
    newline, parts, at = newline_of(text), [], 0
    for first, last, new in sorted(pieces):
        parts += [text[at:first], new.replace("\n", newline)]
        at = last
    return "".join((*parts, text[at:]))


def comes_out(text: str, meant: Plain, known: Collection[str] = ()) -> bool:
    """Whether a text says what was meant, and nothing is wrong with it but what is *known*.

    Those are the messages of the problems that it had before.
    """
    file = yaml_of(text)
    said = all(problem.message in known for problem in file.problems)
    return file.complete and said and file.value == meant


def checked_edits(text: str, meant: Plain, edits: Sequence[Edit]) -> str:
    """A text, once it is clear that it came out as meant.

    Raises:
        SpliceError: it does not; its lines are those of what was to be put into it.
    """
    if not comes_out(text, meant):
        values = [edit.value for edit in edits]
        message = "the file is written in a way that this cannot be fitted into"
        raise SpliceError(message, in_block(values if values[1:] else values[0]))
    return text


class Rewrite(NamedTuple):
    """Edits that belong together, and the pieces that make them."""

    edits: Sequence[Edit]
    pieces: Sequence[Piece]


def most_that_come_out(text: str, rewrites: Sequence[Rewrite]) -> tuple[str, list[int]]:
    """A text after those rewrites that come out as meant, and the numbers of the others.

    Where they do not all together, halves of them are tried, down to single ones.
    """
    file = yaml_of(text)
    known = [problem.message for problem in file.problems]
    good: list[int] = []

    def result(chosen: Sequence[int]) -> str:
        return written(text, (piece for at in chosen for piece in rewrites[at].pieces))

    def take(chosen: Sequence[int]) -> None:
        tried = [*good, *chosen]
        meant = changed(file.value, (edit for at in tried for edit in rewrites[at].edits))
        if comes_out(result(tried), meant, known):
            good.extend(chosen)
        elif half := len(chosen) // 2:
            take(chosen[:half])
            take(chosen[half:])

    if rewrites:
        take(range(len(rewrites)))
    return result(good), sorted({*range(len(rewrites))} - {*good})


def changed(whole: Plain, edits: Iterable[Edit]) -> Plain:
    """What a value is once each of the edits has been made, one after the other."""
    for edit in edits:
        whole = _changed(whole, edit.path, edit.value, before=edit.before)
    return whole


def _changed(whole: Plain, path: KeyPath, value: Plain, *, before: bool) -> Plain:
    if not path:
        return value
    part, rest = path[0], path[1:]
    if value == NOTHING and isinstance(whole, dict) and part not in whole:
        return whole
    if value == NOTHING and not rest and isinstance(whole, dict):
        return {key: inner for key, inner in whole.items() if key != part}
    if isinstance(whole, dict) and isinstance(part, str):
        return {**whole, part: _changed(whole.get(part), rest, value, before=before)}
    if value == NOTHING and not rest and isinstance(whole, list) and isinstance(part, int):
        return [*whole[:part], *whole[part + 1 :]]
    if isinstance(whole, list) and isinstance(part, int) and part <= len(whole):
        if before and not rest:
            return [*whole[:part], value, *whole[part:]]
        inner = whole[part] if part < len(whole) else None
        return [*whole[:part], _changed(inner, rest, value, before=before), *whole[part + 1 :]]
    if whole is None:
        inner = _changed(None, rest, value, before=before)
        return {part: inner} if isinstance(part, str) else [inner]
    return None
