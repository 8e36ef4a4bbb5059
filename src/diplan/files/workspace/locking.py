"""One writer at a time: a lock in the folder that is written to, which all its users share."""

import errno
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from diplan.files.workspace.regular import SAFELY, is_regular, keep_to
from diplan.files.workspace.writing import naming_the_file
from diplan.ground.errors import UnwritableError

NAME = ".diplan-lock"

PAUSE = 0.02
"""Seconds between two looks whether the lock is free."""


@contextmanager
def locked(folder: Path, patience: float) -> Iterator[bool]:
    """Hold the lock of a folder; whether it holds, which not every network share can make sure.

    The lock is a file that is empty and stays as it is if it was there. It is removed in the end.

    Raises:
        TimeoutError: somebody else has held it for *patience* seconds.
        UnwritableError: there is something else of its name, or the folder may not be written to.
    """
    path, until = folder / NAME, time.monotonic() + patience
    while True:
        with naming_the_file(path):
            keep_to(folder)
            descriptor = _opened(path, stat.S_IMODE(folder.stat().st_mode) & 0o666)
        try:
            state = _lock(descriptor)
            if state is False or (state and _is_there(descriptor, path)):
                break
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if state is None:
            if time.monotonic() > until:
                raise TimeoutError
            time.sleep(PAUSE)
    try:
        yield state is True
    finally:
        if sys.platform == "win32":  # where nobody can remove what somebody has open
            os.close(descriptor)
            with suppress(OSError):
                path.unlink()
        else:
            with suppress(OSError):
                path.unlink()
            os.close(descriptor)


def _opened(path: Path, mode: int) -> int:
    """The lock's file, made if it is not there; all who may write to the folder may open it."""
    if path.is_symlink():
        raise UnwritableError(path, "it is a link", "delete it: it is diplan's own lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | SAFELY, mode)
        with suppress(OSError, AttributeError):
            os.fchmod(descriptor, mode)
    except FileExistsError:
        try:
            descriptor = os.open(path, os.O_RDWR | SAFELY)
        except FileNotFoundError:  # removed by its holder just now
            return _opened(path, mode)
        except PermissionError:
            descriptor = os.open(path, os.O_RDONLY | SAFELY)
    if not is_regular(os.fstat(descriptor)):
        os.close(descriptor)
        raise UnwritableError(path, "it is not a file", "delete it: it is diplan's own lock")
    return descriptor


def _is_there(descriptor: int, path: Path) -> bool:
    """Whether an open file is still the one of its name."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool | None:
        """Whether a file could be locked; None where somebody else has it locked."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return None
        except OSError as error:
            return None if error.errno == errno.EDEADLK else False
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool | None:
        """Whether a file could be locked; None where somebody else has it locked."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return None if error.errno in (errno.EWOULDBLOCK, errno.EACCES) else False
        return True
