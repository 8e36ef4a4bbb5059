"""What the files were before an edit of several of them: kept beside the data until it is done.

A journal that is found later is a stranger's word until it is clear that it came with no clone:
the user who runs this owns it, and git does not track it. Even then it says no more than what
stood in files of the plan. Reading a plan through it writes nothing.
"""

import json
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from diplan.files.git import GitError, run
from diplan.files.workspace import JOURNAL, Overlaid, Workspace, write_file
from diplan.files.workspace.regular import SAFELY, is_mine, is_regular
from diplan.files.workspace.writing import drop, put, settle, stage
from diplan.ground.errors import DiplanError, UnreadableError, UnwritableError

LARGEST = 128 * 1024 * 1024
"""Bytes of a journal: more than all files of any plan."""

_ENDINGS = (".yaml", ".csv", ".md")
_PART = re.compile(r"[^./\\:][^/\\:]*")


class JournalError(DiplanError):
    """There is a journal that cannot be used, or an edit that none has room for."""


class JournalEntry(NamedTuple):
    """A file of an edit: what it held before (None: there was none), and what after, hashed."""

    before: bytes | None
    after: str


Journal = Mapping[str, JournalEntry]
"""The files of an edit, by their paths in the workspace."""


@contextmanager
def with_journal(
    home: Workspace, files: Mapping[str, tuple[bytes | None, bytes]]
) -> Iterator[None]:
    """Keep what files hold before they are changed, and put it back if that fails.

    Raises:
        JournalError: it is more than a journal holds, or could not be put back.
    """
    path = home.root / "data" / JOURNAL
    journal = {name: JournalEntry(old, _hash(new)) for name, (old, new) in files.items()}
    data = _written(journal)
    if len(data) > LARGEST:
        message = f"the edit changes more than {LARGEST // 2**20} MiB of data"
        raise JournalError(message, "nothing was written: make it in parts")
    put(stage(path, data, within=path.parent, mode=0o600), path)
    try:
        yield
    except BaseException:
        undo(home, journal)
        raise
    _forget(path)


def undo(home: Workspace, journal: Journal) -> list[str]:
    """Put back what the files of an edit held before it, and forget the edit.

    A file that is neither as it was before nor as it was after is left; the result says which.
    An edit that had come to its end stays.

    Raises:
        JournalError: a file cannot be put back. The journal stays.
    """
    path, now = home.root / "data" / JOURNAL, _states(home, journal)
    if all(state == "after" for state in now.values()):
        _forget(path)
        return ["an edit had just been finished when it was cut short: it stays"]
    done = []
    for name, state in now.items():
        before, file = journal[name].before, home.root / name
        try:
            if state == "after" and before is None:
                file.unlink()
            elif state == "after" and before is not None:
                write_file(file, before, within=path.parent)
        except (OSError, UnwritableError) as error:
            message = f"{home.name(name)} could not be put back: {error}"
            hint = f"the old content is in {path}: the next command that writes tries it again"
            raise JournalError(message, hint) from error
        if state == "after":
            done.append(f"put back {home.name(name)}: an edit of it was cut short")
        elif state == "other":
            done.append(f"left {home.name(name)} as it is: it was changed after the edit")
    _forget(path)
    return done


def undo_interrupted_edit(home: Workspace) -> list[str]:
    """Put back what an edit that was cut short has changed; what was done.

    Raises:
        JournalError: there is a journal that cannot be used.
    """
    journal = _found(home)
    return undo(home, journal) if journal else []


def before_interrupted_edit(home: Workspace) -> tuple[Workspace, str]:
    """A plan as it was before an edit that was cut short or is under way, and a word on it."""
    try:
        journal = _found(home)
    except JournalError as error:
        return home, f"{error}: {error.hint}"
    if not journal:
        return home, ""
    now = _states(home, journal)
    if all(state == "after" for state in now.values()):
        return home, ""
    held = {name: journal[name].before for name, state in now.items() if state != "other"}
    said = "an edit was cut short, or is being made: the plan is shown as it was before it"
    return Overlaid(home, held), said


def _found(home: Workspace) -> Journal | None:
    """The journal beside a plan's data, None where there is none."""
    path = home.root / "data" / JOURNAL
    try:
        info = path.lstat()
    except OSError:
        return None
    shown = home.name(f"data/{JOURNAL}")
    if why := _unfit(home, info):
        raise JournalError(
            f"{shown} {why}, so it is not used",
            "if nobody is editing the plan just now, see that the files are in order and delete it",
        )
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | SAFELY), "rb") as stream:
            return _read(stream.read(LARGEST + 1))
    except FileNotFoundError:  # the edit has just come to its end
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise JournalError(
            f"{shown} cannot be read, so it is not used",
            "see that the files are in order and delete it",
        ) from None


def _unfit(home: Workspace, info: os.stat_result) -> str:
    """Why a journal may have come with a clone, or says too much; empty where it has not."""
    if not is_regular(info):
        return "is not a file"
    if not is_mine(info):
        return "is another user's"
    if info.st_size > LARGEST:
        return "is too large"
    return "is in git" if _is_tracked(home.root / "data") else ""


def _is_tracked(folder: Path) -> bool:
    """Whether git has any journal in the repository of a folder, or cannot be asked about it.

    Any, in capitals or with more behind it: to some systems those are names of the same file.
    """
    try:
        done = run(folder, "ls-files", "--", f":(top,icase,glob)**/{JOURNAL}*")
    except GitError:
        done = None
    if done is None or done.returncode:
        return any((place / ".git").exists() for place in folder.resolve().parents)
    return bool(done.stdout)


def _states(home: Workspace, journal: Journal) -> dict[str, str]:
    """Whether each file is as it was "before" the edit, "after" it, or is some "other" way."""
    return {name: _state(home, name, entry) for name, entry in journal.items()}


def _state(home: Workspace, name: str, entry: JournalEntry) -> str:
    file = home.root / name
    if not os.path.lexists(file):
        return "before" if entry.before is None else "other"
    try:
        content = None if file.is_symlink() else home.read(name)
    except UnreadableError:
        content = None
    if content is None:
        return "other"
    if content == entry.before:
        return "before"
    return "after" if _hash(content) == entry.after else "other"


def _forget(path: Path) -> None:
    drop(path)
    settle(path.parent)


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()


def _written(journal: Journal) -> bytes:
    files = [
        {
            "path": name,
            "before": None if entry.before is None else b64encode(entry.before).decode(),
            "after": entry.after,
        }
        for name, entry in journal.items()
    ]
    return json.dumps({"files": files}).encode()


def _read(data: bytes) -> Journal:
    """A journal from its bytes; nothing but files of the data is in it."""
    journal = {}
    for file in json.loads(data)["files"]:
        name, before = str(file["path"]), file["before"]
        path = PurePosixPath(name)
        parts = path.parts
        fit = parts[:1] == ("data",) and len(parts) in (2, 3) and str(path) == name
        if not fit or path.suffix not in _ENDINGS or not all(map(_PART.fullmatch, parts)):
            raise ValueError(name)
        content = None if before is None else b64decode(str(before), validate=True)
        journal[name] = JournalEntry(content, str(file["after"]))
    return journal
