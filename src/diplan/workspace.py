"""Workspaces: the folder that holds one plan, found and read within bounds."""

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from diplan.errors import NoWorkspaceError, UnwritableError

LARGEST_FILE = 32 * 1024 * 1024
"""Bytes. A plan of 10,000 indicators is two thirds of it; no council's comes near."""


class Workspace(NamedTuple):
    """A folder with `data/` in it; `shown` is what messages put before a file's path."""

    root: Path
    shown: str = ""

    @property
    def data(self) -> Path:
        """The folder of the data files."""
        return self.root / "data"

    def files(self, stem: str, suffix: str) -> list[Path]:
        """The data files called *stem*: `stem.suffix`, then those of the folder `stem/`.

        The order is the same on every machine.
        """
        single = self.data / f"{stem}{suffix}"
        folder = self.data / stem
        inside = sorted(folder.glob(f"*{suffix}")) if folder.is_dir() else []
        return [*([single] if single.exists() or single.is_symlink() else []), *inside]

    def name(self, path: Path) -> str:
        """How messages call a file of this workspace."""
        return self.shown + path.relative_to(self.root).as_posix()


def write_file(path: Path, data: bytes) -> None:
    """Put *data* into a file in one step: at any instant there is the old file or the new one.

    Raises:
        UnwritableError: the file or its folder does not allow it.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise UnwritableError(path, error.strerror or "it is not a file") from error


def is_workspace(folder: Path) -> bool:
    """Whether *folder* holds a plan."""
    return (folder / "data" / "indicators.yaml").is_file() or (
        folder / "data" / "indicators"
    ).is_dir()


def workspace_at(folder: Path) -> Workspace:
    """The workspace that *folder* is.

    Raises:
        NoWorkspaceError: there is no plan in it.

    """
    if not is_workspace(folder):
        raise NoWorkspaceError(folder)
    prefix = folder.as_posix()
    return Workspace(folder, "" if prefix == "." else f"{prefix.rstrip('/')}/")


def find_workspace(start: Path) -> Workspace:
    """The nearest workspace at *start* or above it.

    Raises:
        NoWorkspaceError: there is none.

    """
    if is_workspace(start):
        return Workspace(start)
    for folder in start.resolve().parents:
        if is_workspace(folder):
            return Workspace(folder)
    raise NoWorkspaceError(start.resolve())
