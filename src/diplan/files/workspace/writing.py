"""How files are written: beside the old one, under a name nobody can guess, then put in its place.

At any instant there is the old file or the new one. A link is never written through.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from diplan.files.workspace.regular import SAFELY, is_mine, is_regular, keep_to
from diplan.ground.errors import UnwritableError

LEFT = re.compile(r"\.diplan-[0-9a-f]{32}\.tmp")
"""What files are called while they are written."""

OLD = 3600
"""Seconds after which such a file is what a killed run left, where another run may be writing."""


Content = bytes | Iterable[bytes]
"""What is to be in a file, whole or in pieces."""


def write_file(path: Path, data: Content, *, within: Path | None = None) -> None:
    """Put *data* into a file in one step, and make the folders on the way to it.

    A file keeps its mode, and its owner where the system allows that. A device or a pipe is
    written to as it is. What killed runs left in the folder is removed.

    Raises:
        UnwritableError: the file or its folder does not allow it, or the file is a link, or a
            link on the way leads out of the repository or plan that it is named in, or out of
            *within*.
    """
    with naming_the_file(path):
        if _is_stream(path):
            keep_to(path, within)
            _pour(path, data)
            return
        beside = stage(path, data, within=within)
        age = beside.stat().st_mtime
        put(beside, path)
        sweep(path.parent, before=age - OLD)


def stage(path: Path, data: Content, *, within: Path | None = None, mode: int = 0o666) -> Path:
    """Write what is to be in a file beside it, where nobody looks: a new file with that *mode*.

    Raises:
        UnwritableError: as `write_file`.
    """
    with naming_the_file(path):
        keep_to(path.parent, within)
        old = _replaceable(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.parent / f".diplan-{os.urandom(16).hex()}.tmp"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | SAFELY
        descriptor = os.open(beside, flags, 0o600 if old else mode)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.writelines([data] if isinstance(data, bytes) else data)
                stream.flush()
                os.fsync(stream.fileno())
            if old:
                _alike(beside, old)
        except BaseException:
            drop(beside)
            raise
    return beside


def put(beside: Path, path: Path) -> None:
    """Put a staged file in its place, for good.

    Raises:
        UnwritableError: the folder does not allow it; the staged file is gone then.
    """
    with naming_the_file(path):
        try:
            beside.replace(path)
        except BaseException:
            drop(beside)
            raise
        settle(path.parent)


def drop(beside: Path) -> None:
    """Remove a file, if it is there and may be removed."""
    with suppress(OSError):
        beside.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """See that the names in a folder outlast a power cut, where the system has a way."""
    if hasattr(os, "O_DIRECTORY"):
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def sweep(folder: Path, *, before: float = float("inf")) -> None:
    """Remove what killed runs of the same user left in a folder, written *before* a time."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if LEFT.fullmatch(entry.name):
                info = entry.stat(follow_symlinks=False)
                if is_regular(info) and is_mine(info) and info.st_mtime < before:
                    drop(Path(entry.path))


@contextmanager
def naming_the_file(path: Path) -> Iterator[None]:
    """What the system says against writing a file, as an error that names it."""
    try:
        yield
    except OSError as error:
        raise UnwritableError(path, error.strerror or "it is not a file") from error


def _replaceable(path: Path) -> os.stat_result | None:
    """The file that is to be replaced, None where there is none."""
    try:
        info = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(info.st_mode):
        raise UnwritableError(path, "it is a link", "name the file that it leads to, or delete it")
    if not is_regular(info):
        raise UnwritableError(path, "it is not a file", "choose another name")
    if not info.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise UnwritableError(path, "it is read-only", "see who made it so, and why")
    return info


def _alike(beside: Path, old: os.stat_result) -> None:
    """Give a new file the owner and the mode of the old one, as far as the system allows."""
    mode, new = stat.S_IMODE(old.st_mode), beside.stat()
    if hasattr(os, "chown") and (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        try:
            os.chown(beside, old.st_uid, old.st_gid)
        except OSError:
            mode &= 0o777  # whoever owns it now was not given the right to act as that user
            with suppress(OSError):
                os.chown(beside, -1, old.st_gid)
    beside.chmod(mode)


def _is_stream(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _pour(path: Path, data: Content) -> None:
    """Write to a device or a pipe; a pipe that nobody reads is not waited for."""
    flags = os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    os.set_blocking(descriptor, True)
    with os.fdopen(descriptor, "wb") as stream:
        stream.writelines([data] if isinstance(data, bytes) else data)
