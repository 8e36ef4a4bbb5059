"""Files that are what they seem: regular files which lie where their path says.

Whoever sends a plan may put links, pipes and devices into it. Of hard links nobody can tell; git
and archives of other people's making bring none that lead out of them.
"""

import os
import stat
from pathlib import Path, PurePath

from diplan.ground.errors import OptionError, UnreadableError, UnwritableError
from diplan.ground.text import one_line

SAFELY = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))
"""How every file is opened: a link is not followed, and nothing is waited for."""


def regular(folder: Path, name: str) -> Path:
    """Where the file *name* of a folder really is.

    It lies in the folder itself, even if it or a folder on the way is a link, and no part of its
    path begins with a dot. The folder is no link either; what holds the folder may be.

    Raises:
        UnreadableError: there is no such file.
    """
    try:
        home = folder.parent.resolve() / folder.name
        real = (home / name).resolve()
        if _is_beneath(real, home) and not _hidden(name) and real.is_file():
            return real
    except OSError as error:
        raise _unreadable(error) from error
    except (RuntimeError, ValueError):  # a ring of links, or what can be no file's name
        pass
    raise UnreadableError(
        "this is not a file of the workspace",
        "keep the data itself here: no folder, device, or link to somewhere else",
    )


def read_regular(folder: Path, name: str, most: int) -> bytes:
    """The bytes of the file *name* of a folder, *most* of them at the most.

    Raises:
        UnreadableError: there is no such file (see `regular`), or it may not be read.
    """
    try:
        with os.fdopen(os.open(regular(folder, name), os.O_RDONLY | SAFELY), "rb") as stream:
            return stream.read(most)
    except OSError as error:
        raise _unreadable(error) from error


def _unreadable(error: OSError) -> UnreadableError:
    reason = error.strerror or "the system gives no reason"
    hint = "see that it exists and that you may read it"
    return UnreadableError(f"the file cannot be read: {reason}", hint)


def is_real_folder(folder: Path) -> bool:
    """Whether a folder is one, and not a link to a place that is not beside it."""
    try:
        home = folder.parent.resolve()
        return folder.is_dir() and _is_beneath(folder.resolve(), home)
    except (OSError, RuntimeError):
        return False


def holds_plan(folder: Path) -> bool:
    """Whether a folder holds a plan."""
    data = folder / "data"
    return (data / "indicators.yaml").is_file() or (data / "indicators").is_dir()


def see_that_outside(path: Path, *roots: Path) -> None:
    """See that a path is not in the data of one of some plans, directly or through a link.

    Raises:
        OptionError: it is.
    """
    real = Path(os.path.realpath(path))
    if {real, *real.parents} & {Path(os.path.realpath(root / "data")) for root in roots}:
        message = f"{one_line(str(path))} is inside the plan's own data"
        raise OptionError(message, "write it somewhere else")


def keep_to(path: Path, within: Path | None = None) -> None:
    """See that no link on the way to a file to be written leads out of what may be a stranger's.

    That is a repository, a plan, and the folder *within*: what is named inside one of them must
    lie inside it, and not under a name with a dot that was not named.

    Raises:
        UnwritableError: it does not.
    """
    whole, home = _upward(path, within), None
    inner = _upward(within, None) if within else None
    for place in reversed([whole, *whole.parents]):
        if home and not _is_straight(place, home):
            message = f'a link on the way leads out of "{home}"'
            raise UnwritableError(path, message, "name the place that you mean, or delete the link")
        if place == inner or (place / ".git").exists() or holds_plan(place):
            home = place


def _upward(path: Path, within: Path | None) -> Path:
    """An absolute path without any `..`, each of which leads to where the system takes it."""
    whole = path.absolute()
    if ".." not in whole.parts:
        return whole
    at = whole.parts.index("..")
    before = Path(*whole.parts[:at])
    keep_to(before, within)
    real = Path(os.path.realpath(before))  # a ring of links is for who opens it to complain about
    return _upward(real.parent.joinpath(*whole.parts[at + 1 :]), within)


def _is_straight(place: Path, home: Path) -> bool:
    """Whether what is named inside a folder lies inside it."""
    try:
        real, base = place.resolve(), home.resolve()
    except (OSError, RuntimeError):
        return False
    return real == base / place.relative_to(home) or _is_beneath(real, base)


def _is_beneath(real: Path, home: Path) -> bool:
    """Whether a place is inside a folder, and under no name with a dot there."""
    return real != home and real.is_relative_to(home) and not _hidden(real.relative_to(home))


def _hidden(path: PurePath | str) -> bool:
    return any(part.startswith(".") for part in PurePath(path).parts)


def is_regular(info: os.stat_result) -> bool:
    """Whether what `lstat` tells of is a regular file."""
    return stat.S_ISREG(info.st_mode)


def is_mine(info: os.stat_result) -> bool:
    """Whether a file belongs to the user who runs this; always, where files have no owners."""
    return not hasattr(os, "geteuid") or info.st_uid == os.geteuid()
