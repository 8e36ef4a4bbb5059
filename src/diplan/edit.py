"""Edits of a plan's files: made in memory, checked, and put in place in one step.

An edit names places in the plan and what is to stand there. It is fitted into the texts, the plan
is read again, and an edit that would bring a new error is refused. What is saved replaces whole
files; who else writes at the same time waits, and what somebody changed meanwhile is edited anew.
"""

import difflib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from diplan.checks import check
from diplan.errors import DiplanError
from diplan.loading import Loaded, load, path_of
from diplan.model import SECTIONS
from diplan.model.shape import keys_at
from diplan.period import Period
from diplan.problems import Place, Problem
from diplan.syntax.batch import Edit, put_all
from diplan.syntax.csvfile import CsvFile, with_cell, with_row
from diplan.syntax.plain import Plain
from diplan.syntax.splice import SpliceError
from diplan.text import Source
from diplan.workspace import Overlaid, Workspace, write_file

PATIENCE = 60
"""Seconds to wait for somebody else who is writing."""

BOM = b"\xef\xbb\xbf"


class EditError(DiplanError):
    """An edit is refused; nothing was written."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Put(NamedTuple):
    """What is to stand at a place of the plan.

    An item that is one behind the last of its section is a new entity, and its path is empty.
    """

    place: Place
    value: Plain
    before: bool = False
    """Whether it is an item to be put before the one that is there."""


Make = Callable[[Loaded], Iterable[Put]]
"""What to edit, given the plan as it is; it is asked again if the files changed meanwhile."""


class Draft(NamedTuple):
    """An edit that is ready: the plan before and after it, and the files that it changes."""

    before: Loaded
    after: Loaded
    files: Mapping[str, tuple[bytes, bytes]]
    """Old and new content, by the path in the workspace."""

    def diff(self) -> str:
        """What changes, as `diff -u` shows it."""
        lines: list[str] = []
        for path, (old, new) in self.files.items():
            was, now = (content.decode("utf-8-sig").splitlines() for content in (old, new))
            lines += difflib.unified_diff(was, now, path, path, lineterm="")
        return "".join(f"{line}\n" for line in lines)


def draft(home: Workspace, make: Make, as_of: Period) -> Draft:
    """An edit of a workspace, which is left as it is.

    Raises:
        EditError: the edit does not fit, or would bring an error that was not there.
    """
    before = load(home)
    puts: dict[str, list[Put]] = {}
    for one in make(before):
        puts.setdefault(_file(before, home, one.place), []).append(one)
    changed = {
        path: _edited(_content(home, path), path, some, before) for path, some in puts.items()
    }
    after = load(Overlaid(home, changed))
    _refuse_new_errors(before, after, as_of)
    files = {path: (_content(home, path), new) for path, new in changed.items()}
    return Draft(before, after, {path: pair for path, pair in files.items() if pair[0] != pair[1]})


def save(home: Workspace, make: Make, as_of: Period) -> Draft:
    """Make an edit and put it in place, one writer at a time.

    Raises:
        EditError: as `draft`; or somebody else has been writing for too long.
    """
    with writing(home):
        made = draft(home, make, as_of)
        replace(home, made.files)
        return made


@contextmanager
def writing(home: Workspace) -> Iterator[None]:
    """Be the only one who writes to a workspace; another one waits.

    Raises:
        EditError: somebody else has been writing for too long.
    """
    name = sha256(str(home.root.resolve()).encode()).hexdigest()[:16]
    lock = FileLock(Path(tempfile.gettempdir()) / f"diplan-{name}.lock", timeout=PATIENCE)
    try:
        with lock:
            yield
    except Timeout as error:
        message = "another diplan has been writing here for a minute"
        raise EditError(message, "nothing was written: try again, or end the other one") from error


def replace(home: Workspace, files: Mapping[str, tuple[bytes, bytes]]) -> None:
    """Put the new content of files, beside which the old one is given, in the place of the old.

    Raises:
        EditError: another program has changed one of them since it was read.
    """
    for path, (old, _) in files.items():
        if _content(home, path) != old:
            message = f"{path} was changed by another program just now"
            raise EditError(message, "nothing was written: run the command again")
    for path, (_, new) in files.items():
        write_file(home.root / path, new)


def _content(home: Workspace, path: str) -> bytes:
    """What a file holds; nothing where there is none yet."""
    return home.read(path) if path in home.listing() else b""


def _file(loaded: Loaded, home: Workspace, place: Place) -> str:
    """The file that a place is in, or that a new entity of its section belongs into."""
    origins = loaded.origins[place.section]
    if place.item < len(origins):
        return origins[place.item][0].source.name.removeprefix(home.shown)
    if origins:
        return origins[-1][0].source.name.removeprefix(home.shown)
    stem = "plan" if place.section not in ("indicators", "actions", "venues") else place.section
    return f"data/{stem}.{'csv' if stem == 'venues' else 'yaml'}"


def _edited(content: bytes, path: str, puts: Sequence[Put], loaded: Loaded) -> bytes:
    bom = BOM if content.startswith(BOM) else b""
    try:
        text = content.decode("utf-8-sig")
        if path.endswith(".csv"):
            for one in puts:
                text = _in_csv(text, one, loaded)
        else:
            edits = [Edit(_whole(one.place, loaded), one.value, one.before) for one in puts]
            text = put_all(text or f"{puts[0].place.section}:\n", edits, order=_order)
    except SpliceError as error:
        message = f"{path}: this edit cannot be made cleanly: {error}"
        raise EditError(message, f"nothing was written; make it by hand:\n{error.lines}") from error
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8, so it cannot be edited"
        raise EditError(message, 'save it again as "UTF-8"') from error
    return bom + text.encode()


def _whole(place: Place, loaded: Loaded) -> tuple[str | int, ...]:
    """The path in its file of a place, or of one behind the last that there is."""
    origins = loaded.origins[place.section]
    if place.item < len(origins):
        return path_of(place, origins[place.item][1])
    file = origins[-1][0] if origins else None
    return path_of(place, sum(own is file for own, _ in origins) + place.item - len(origins))


def _order(path: tuple[str | int, ...]) -> list[str]:
    """The usual order of the keys in what stands at a path of a file."""
    section, *inner = path or ("",)
    own = inner if section == "plan" else inner[1:]
    return keys_at(str(section), own) if section == "plan" or inner else []


def _in_csv(text: str, one: Put, loaded: Loaded) -> str:
    section, item, path = one.place
    columns = list(SECTIONS[section].__dataclass_fields__)  # type: ignore[attr-defined]
    origins = loaded.origins[section]
    if item < len(origins):
        file, index = origins[item]
        if not isinstance(file, CsvFile):
            raise SpliceError("this is no table", str(one.value))
        now = CsvFile(Source("", text), columns, ())  # an edit before it may have moved the cell
        return with_cell(text, now.locate((section, index, path[0]))[0], str(one.value or ""))
    values = one.value if isinstance(one.value, dict) else {}
    return with_row(text, {key: str(value) for key, value in values.items()}, columns)


def _refuse_new_errors(before: Loaded, after: Loaded, as_of: Period) -> None:
    """Say the first error that an edit would bring."""
    known = {(one.code, one.message) for one in _errors(before, as_of)}
    for one in _errors(after, as_of):
        if (one.code, one.message) not in known:
            raise EditError(f"this would be an error: {one.message} [{one.code}]", one.hint)


def _errors(loaded: Loaded, as_of: Period) -> list[Problem]:
    found = list(loaded.problems)
    if loaded.plan:
        found += [loaded.problem(finding) for finding in check(loaded.plan, as_of)]
    return [one for one in found if one.severity == "error"]
