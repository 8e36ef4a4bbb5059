"""Edits of a plan's files: made in memory, checked, and put in place in one step.

An edit names places in the plan and what is to stand there. It is fitted into the texts, the plan
is read again, and an edit that would bring a new error is refused. What is saved replaces whole
files; who else writes at the same time waits, and what somebody changed meanwhile is edited anew.
"""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from diplan.files.csvfile import CsvFile, with_cell, with_row, without_row
from diplan.files.journal import undo_interrupted_edit, with_journal
from diplan.files.load import VENUE_COLUMNS, Loaded, load, path_of, venue_table
from diplan.files.new_errors import errors, new_errors
from diplan.files.workspace import Overlaid, Remembered, Workspace
from diplan.files.workspace.locking import locked
from diplan.files.workspace.writing import drop, put, stage, sweep
from diplan.files.yaml.batch import put_all
from diplan.files.yaml.edits import Edit
from diplan.files.yaml.plain import Plain
from diplan.files.yaml.splice import NOTHING, SpliceError
from diplan.files.yaml.yamlfile import YamlFile
from diplan.ground.errors import DiplanError
from diplan.ground.period import Period
from diplan.ground.text import NamedText
from diplan.plan import Plan
from diplan.plan.fields.shape import keys_at
from diplan.problems import KeyPath, Place

PATIENCE = 60
"""Seconds to wait for somebody else who is writing."""

BOM = b"\xef\xbb\xbf"


class EditError(DiplanError):
    """An edit is refused; nothing was written."""


class Put(NamedTuple):
    """What is to stand at a place of the plan.

    An item that is one behind the last of its section is a new entity, and its path is empty.
    """

    place: Place
    value: Plain
    before: bool = False
    """Whether it is an item to be put before the one that is there."""


def put_in_time(plan: Plan, place: Place, when: Period, values: dict[str, Plain]) -> Put:
    """A figure of an indicator, or an update of an action, at its place in order of time.

    One of the same period that says why there is no figure is replaced.
    """
    entity = getattr(plan, place.section)[place.item]
    key = "observations" if place.section == "indicators" else "updates"
    times = [getattr(entry, "period", None) or entry.date for entry in getattr(entity, key)]
    if key == "observations" and when in times:
        return Put(place._replace(path=(key, times.index(when))), values)
    at = sum(time.end <= when.end for time in times)
    return Put(place._replace(path=(key, at)), values, before=at < len(times))


Make = Callable[[Loaded], Iterable[Put]]
"""What to edit, given the plan as it is; it is asked again if the files changed meanwhile."""


Files = Mapping[str, tuple[bytes | None, bytes]]
"""Old content (None: there is no file yet) and new, by the path in the workspace."""

Say = Callable[[str], None]
"""What is done with a word to the user."""


def unsaid(_: str) -> None:
    """Keep it."""


class Draft(NamedTuple):
    """An edit that is ready: the plan before and after it, and the files that it changes."""

    before: Loaded
    after: Loaded
    files: "Files"
    home: Remembered
    """What it was made of."""

    def diff(self) -> str:
        """What changes, as `diff -u` shows it."""
        lines: list[str] = []
        for path, (old, new) in self.files.items():
            was, now = ((text or b"").decode("utf-8-sig").splitlines() for text in (old, new))
            lines += difflib.unified_diff(was, now, path, path, lineterm="")
        return "".join(f"{line}\n" for line in lines)


def draft(home: Workspace, make: Make, as_of: Period, known: Loaded | None = None) -> Draft:
    """An edit of a workspace, which is left as it is; *known* is an earlier reading of it.

    Raises:
        EditError: the edit does not fit, or would bring an error that was not there.
    """
    home = Remembered(home)
    before = load(home, known=known)
    edits: dict[str, list[Edit]] = {}
    for place, value, in_front in make(before):
        path, inside = _place_in_file(before, home, place)
        edits.setdefault(path, []).append(Edit(inside, value, in_front))
    files: dict[str, tuple[bytes | None, bytes]] = {}
    for path, some in edits.items():
        old = _content(home, path)
        new = _edited(old or b"", path, some, before)
        if new != old:
            files[path] = old, new
    changed = {path: new for path, (_, new) in files.items()}
    after = load(Overlaid(home, changed), known=before)
    for error in new_errors(errors(before, as_of), errors(after, as_of)):
        raise EditError(f"this would be an error: {error.message} [{error.code}]", error.hint)
    return Draft(before, after, files, home)


def save(
    home: Workspace, make: Make, as_of: Period, say: Say = unsaid, made: Draft | None = None
) -> Draft:
    """Make an edit and put it in place, one writer at a time; *say* gets a word on what else is.

    What was *made* before stands, unless the files have changed since.

    Raises:
        EditError: as `draft`; or somebody else has been writing for too long.
        JournalError, UnwritableError: as `replace`.
    """
    with writing(home, say) as now:
        if made is None or not made.home.is_same(now):
            made = draft(now, make, as_of, made.before if made else None)
        replace(now, made.files)
        return made


@contextmanager
def writing(home: Workspace, say: Say = unsaid) -> Iterator[Workspace]:
    """Be the only one who writes to a workspace, as its files are now; another one waits.

    What edits that were cut short have left is put back or removed, and *say* is told of it; and
    of a lock that the system cannot give.

    Raises:
        EditError: somebody else has been writing for too long.
        JournalError: what an edit has left cannot be put back.
    """
    now = Workspace(home.root, home.shown)
    with ExitStack() as stack:
        try:
            alone = stack.enter_context(locked(home.root / "data", PATIENCE))
        except TimeoutError as error:
            message = "another diplan has been writing here for a minute"
            raise EditError(message, "nothing was written: try again, or end it") from error
        if not alone:
            say("files cannot be locked here, as on some network shares: edit one at a time")
        for folder in {home.root / "data", *((home.root / path).parent for path in now.listing())}:
            sweep(folder)
        for told in undo_interrupted_edit(now):
            say(told)
        yield now


def replace(home: Workspace, files: Files) -> None:
    """Put the new content of files, beside which the old one is given, in the place of the old.

    All of them are replaced, or none is: what cannot be done is put back, and what a process that
    is killed has left is put back by the next one that writes.

    Raises:
        EditError: another program has changed one of them since it was read.
        UnwritableError: one of them cannot be written.
        JournalError: one of them could not be put back either.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, (_, new) in files.items():
            target = home.root / path
            staged[target] = stage(target, new, within=home.root / "data")
        for path, (old, _) in files.items():
            if _content(home, path) != old:
                message = f"{path} was changed by another program just now"
                raise EditError(message, "nothing was written: run the command again")
        with with_journal(home, files) if len(files) > 1 else ExitStack():
            for target, beside in staged.items():
                put(beside, target)
    finally:
        for beside in staged.values():
            drop(beside)


def _content(home: Workspace, path: str) -> bytes | None:
    """What a file holds; None where there is none yet."""
    return home.read(path) if path in home.listing() else None


def _place_in_file(loaded: Loaded, home: Workspace, place: Place) -> tuple[str, KeyPath]:
    """The file that a place is in, and its path there; or those that a new entity belongs to.

    The last of a file may be an item that could not be read, and so is none of the plan's.
    """
    section, origins = place.section, loaded.origins[place.section]
    beyond = place.item - len(origins)
    if beyond < 0:
        _, file, index = origins[place.item]
        return file.source.name.removeprefix(home.shown), path_of(place, index)
    having = [file for file in loaded.files if section in (_value(file) or ())]
    if having or origins:
        file = having[-1] if having else origins[-1].file
        items = _value(file).get(section)
        there = len(items) if isinstance(items, list) else 0
        return file.source.name.removeprefix(home.shown), path_of(place, there + beyond)
    stem = "plan" if section not in ("indicators", "actions", "venues") else section
    return f"data/{stem}.{'csv' if stem == 'venues' else 'yaml'}", path_of(place, beyond)


def _value(file: YamlFile | CsvFile) -> dict[str, Plain]:
    """What a YAML file says under each key; nothing for a table."""
    return file.value if isinstance(file, YamlFile) and isinstance(file.value, dict) else {}


def _edited(content: bytes, path: str, edits: Sequence[Edit], loaded: Loaded) -> bytes:
    """What a file holds after some edits."""
    bom = BOM if content.startswith(BOM) else b""
    try:
        text = content.decode("utf-8-sig")
        if path.endswith(".csv"):
            for edit in edits:
                text = _in_csv(text, edit)
        else:
            sound = next((file for file in loaded.files if file.source.text == text), None)
            known = sound.value if isinstance(sound, YamlFile) and not sound.problems else None
            empty = f"{edits[0].path[0]}:\n"
            text = put_all(text or empty, edits, order=_order, known=known)
    except SpliceError as error:
        message = f"{path}: this edit cannot be made cleanly: {error}"
        raise EditError(message, f"nothing was written; make it by hand:\n{error.lines}") from error
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8, so it cannot be edited"
        raise EditError(message, 'save it again as "UTF-8"') from error
    return bom + text.encode()


def _order(path: KeyPath) -> list[str]:
    """The usual order of the keys in what stands at a path of a file."""
    section, *inner = path or ("",)
    keys = inner if section == "plan" else inner[1:]
    return keys_at(str(section), keys) if section == "plan" or inner else []


def _in_csv(text: str, edit: Edit) -> str:
    """A table after an edit of a cell, with another row, or without one."""
    if edit.value == NOTHING and not edit.path[2:]:
        return without_row(text, int(edit.path[1]))
    table = venue_table(NamedText("", text))  # an edit before it may have moved the cell
    if edit.path[2:]:
        return with_cell(text, table.locate(edit.path)[0], str(edit.value or ""))
    values = edit.value if isinstance(edit.value, dict) else {}
    return with_row(text, {key: str(value) for key, value in values.items()}, VENUE_COLUMNS)
