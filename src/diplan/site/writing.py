"""How a site is written: beside the old one, and put in its place when it is whole.

At any instant there is the old site or the new one. Files with the same bytes stay the same
files. Whatever else lies in the folder stays there. A folder that diplan did not make is refused.
"""

import ctypes
import json
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from diplan.files.workspace.regular import is_mine, read_regular
from diplan.files.workspace.writing import OLD
from diplan.ground.errors import DiplanError, UnreadableError, UnwritableError
from diplan.ground.text import one_line
from diplan.site.build import SiteFile
from diplan.site.records import INDEX

MANIFEST = "diplan-site.json"
"""The file that says which files of a folder are a site's."""
SCHEMA = "diplan/site/1"
LARGEST = 256 * 2**20


class NotASiteError(DiplanError):
    """A folder holds something else than a site that diplan made."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f'"{one_line(str(folder))}" is not empty, and diplan did not make it')
        self.hint = "name a new or an empty folder with --output; nothing was changed"


class Written(NamedTuple):
    """How many files of a site are new or different, the same, and gone."""

    changed: int
    same: int
    gone: int


def no_files(_: Path) -> Iterable[SiteFile]:
    """No files more."""
    return ()


def write_site(
    folder: Path,
    files: Iterable[SiteFile],
    key: str = "",
    more: Callable[[Path], Iterable[SiteFile]] = no_files,
) -> Written:
    """Put a site into a folder, in one step; *more* makes files of those that were written.

    Where the site that is there was made with the same *key*, and is as it was made, none of
    *files* is asked for. An empty key says nothing.

    Raises:
        NotASiteError: the folder holds something else.
        UnwritableError: the folder is a link, or the system does not allow it.
    """
    try:
        whole, known = manifest(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        _settle_leftovers(folder)
        if key and key == whole and all(_is_as_made(folder, *file) for file in known.items()):
            return Written(0, len(known), 0)
        beside = _fresh(folder)
        beside.mkdir()
        try:
            whole_site = (file for made in (files, _later(more, beside)) for file in made)
            written, said = _fill(beside, folder, known, whole_site)
            (beside / MANIFEST).write_text(
                json.dumps({"schema": SCHEMA, "key": key, "files": said}), "utf-8"
            )
            _swap(beside, folder)
        except BaseException:
            _remove(beside)
            raise
        _carry_over(beside, folder)
    except OSError as error:
        raise UnwritableError(folder, error.strerror or "it cannot be written") from error
    return written


def _later(more: Callable[[Path], Iterable[SiteFile]], folder: Path) -> Iterator[SiteFile]:
    yield from more(folder)


def stale(folder: Path, files: Iterable[SiteFile]) -> Iterator[str]:
    """The files that are missing, are other ones than they should be, or should be gone.

    The index of words is made of the others, so it is as they are.
    """
    left = {name for name in manifest(folder).files if not name.startswith(f"{INDEX}/")}
    for file in files:
        left.discard(file.address)
        if _old(folder, file.address) != file.make():
            yield file.address
    yield from sorted(left)


class Manifest(NamedTuple):
    """What a folder holds of a site: the key of the whole, and the files by their addresses.

    Each file has the key that it was made with, and the digest of its bytes.
    """

    key: str
    files: Mapping[str, tuple[str, str]]


def manifest(folder: Path) -> Manifest:
    """What a folder holds of a site.

    Raises:
        NotASiteError: there is something in the folder, and no site.
        UnwritableError: it is a link or no folder.
    """
    if not os.path.lexists(folder):
        return Manifest("", {})
    if folder.is_symlink() or not folder.is_dir():
        raise UnwritableError(folder, "it is a link, or no folder")
    if not any(folder.iterdir()):
        return Manifest("", {})
    try:
        given = json.loads(read_regular(folder, MANIFEST, LARGEST))
        if given["schema"] != SCHEMA:
            raise NotASiteError(folder)
        files = given["files"].items()
        return Manifest(
            str(given.get("key", "")),
            {str(name): (str(key), str(digest)) for name, (key, digest) in files},
        )
    except (UnreadableError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise NotASiteError(folder) from None


def _fill(
    beside: Path, folder: Path, known: Mapping[str, tuple[str, str]], files: Iterable[SiteFile]
) -> tuple[Written, dict[str, tuple[str, str]]]:
    """Write or keep each file of the new site."""
    said: dict[str, tuple[str, str]] = {}
    changed, folders = 0, set[str]()
    for file in files:
        key, digest = known.get(file.address, ("", ""))
        old = _old(folder, file.address) if digest else None
        current = old is not None and sha256(old).hexdigest() == digest
        data = old if current and key and key == file.key else file.make()
        place = beside / file.address
        if (above := file.address.rpartition("/")[0]) not in folders:
            place.parent.mkdir(parents=True, exist_ok=True)
            folders.add(above)
        if data is not None and data == old:
            _keep(folder / file.address, place, data)
        else:
            changed += 1
            _write(place, data or b"")
        said[file.address] = (file.key, sha256(data or b"").hexdigest())
    return Written(changed, len(said) - changed, len(set(known) - set(said))), said


def _old(folder: Path, address: str) -> bytes | None:
    """What a file of the old site holds; None where there is no such file."""
    try:
        return read_regular(folder, address, LARGEST)
    except UnreadableError:
        return None


def _is_as_made(folder: Path, address: str, made: tuple[str, str]) -> bool:
    """Whether a file still has the bytes that it was made with."""
    old = _old(folder, address)
    return old is not None and sha256(old).hexdigest() == made[1]


def _write(place: Path, data: bytes) -> None:
    with place.open("xb") as stream:
        stream.write(data)


def _keep(old: Path, place: Path, data: bytes) -> None:
    """The same file in the new folder, with its age."""
    try:
        os.link(old, place, follow_symlinks=False)
    except (OSError, NotImplementedError):
        _write(place, data)


def _swap(beside: Path, folder: Path) -> None:
    """Put a new folder in the place of an old one, which then has the new one's name."""
    if not os.path.lexists(folder):
        beside.rename(folder)
    elif not _exchange(beside, folder):
        aside = _fresh(folder)
        folder.rename(aside)
        beside.rename(folder)
        aside.rename(beside)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system has a way."""
    with suppress(AttributeError, OSError, ValueError):
        library = ctypes.CDLL(None, use_errno=True)
        names = os.fsencode(one), os.fsencode(other)
        if sys.platform == "linux":
            here = -100  # AT_FDCWD
            return bool(library.renameat2(here, names[0], here, names[1], 2) == 0)
        if sys.platform == "darwin":
            return bool(library.renamex_np(*names, 2) == 0)
    return False


def _carry_over(old: Path, folder: Path) -> None:
    """Move what is not of the old site into the new folder, and remove the rest."""
    if not os.path.lexists(old):
        return
    known = {*_listed(old), MANIFEST}
    for place in sorted(_strangers(old, "", known)):
        target = folder / place
        if not os.path.lexists(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            (old / place).rename(target)
    _remove(old)


def _listed(folder: Path) -> set[str]:
    with suppress(DiplanError):
        return set(manifest(folder).files)
    return set()


def _strangers(folder: Path, above: str, known: set[str]) -> Iterator[str]:
    """What lies in a folder and is not of the site: whole folders where nothing in them is."""
    folders = {name[: name.index("/", len(above))] for name in known if
               name.startswith(above) and "/" in name[len(above):]}  # fmt: skip
    for entry in os.scandir(folder / above):
        name = f"{above}{entry.name}"
        if entry.is_dir(follow_symlinks=False) and name in folders:
            yield from _strangers(folder, f"{name}/", known)
        elif name not in known:
            yield name


def _stem(folder: Path) -> str:
    """How the folders beside a site begin that it is written in, or was before."""
    return f".diplan-site-{sha256(os.fsencode(folder.name)).hexdigest()[:8]}-"


def _fresh(folder: Path) -> Path:
    """A folder beside a site under a name that nobody can guess."""
    return folder.parent / f"{_stem(folder)}{os.urandom(16).hex()}"


def _settle_leftovers(folder: Path) -> None:
    """Finish what a killed run began: bring back what is not of a site, and remove the rest.

    A folder without a list of its files is still being written, unless it is an hour old.
    """
    for entry in sorted(folder.parent.glob(f"{_stem(folder)}*")):
        info = entry.lstat()
        if not stat.S_ISDIR(info.st_mode) or not is_mine(info):
            continue
        if not (entry / MANIFEST).is_file():
            if time.time() - info.st_mtime > OLD:
                _remove(entry)
        elif not os.path.lexists(folder):
            entry.rename(folder)
        else:
            _carry_over(entry, folder)


def _remove(folder: Path) -> None:
    with suppress(OSError):
        shutil.rmtree(folder)
