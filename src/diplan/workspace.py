"""Workspaces: the folder that holds one plan, found and read within bounds."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from diplan.errors import NoWorkspaceError, UnreadableError, UnwritableError


def shipped(name: str) -> Path:
    """A folder that comes with diplan: in the wheel, or else in the checkout."""
    inside = Path(__file__).resolve().parent / name
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / name


LARGEST_FILE = 32 * 1024 * 1024
"""Bytes. A plan of 10,000 indicators is two thirds of it; no council's comes near."""


class Workspace:
    """A folder with `data/` in it; `shown` is what messages put before a file's path.

    Paths of its files are relative to it, with forward slashes: `data/plan.yaml`.
    """

    def __init__(self, root: Path, shown: str = "") -> None:
        self.root = root
        self.shown = shown

    def name(self, path: str) -> str:
        """How messages call a file of this workspace."""
        return self.shown + path

    def listing(self) -> list[str]:
        """The files in `data/` and in the folders there, in the same order on every machine."""
        data = self.root / "data"
        found = []
        for entry in sorted(data.iterdir()) if data.is_dir() else []:
            if entry.is_dir() and not entry.suffix:
                found += [f"data/{entry.name}/{inner.name}" for inner in sorted(entry.iterdir())]
            else:
                found.append(f"data/{entry.name}")
        return found

    def files(self, stem: str, suffix: str) -> list[str]:
        """The data files called *stem*: `stem.suffix`, then those of the folder `stem/`."""
        paths = [PurePosixPath(path) for path in self.listing()]
        single = [str(path) for path in paths if str(path) == f"data/{stem}{suffix}"]
        inside = (path for path in paths if str(path.parent) == f"data/{stem}")
        return single + [str(path) for path in inside if path.suffix == suffix]

    def read(self, path: str) -> bytes:
        """The bytes of a file, one more than `LARGEST_FILE` at the most.

        Raises:
            UnreadableError: it is no file of the workspace, or may not be read.
        """
        file = self.root / path
        try:
            if not file.is_file() or not file.resolve().is_relative_to(self.root.resolve()):
                raise UnreadableError(
                    "this is not a file of the workspace",
                    "keep the data itself here: no folder, device, or link to somewhere else",
                )
            with file.open("rb") as stream:
                return stream.read(LARGEST_FILE + 1)
        except OSError as error:
            raise UnreadableError(
                f"the file cannot be read: {error.strerror or 'the system gives no reason'}",
                "see that it exists and that you may read it",
            ) from error


class Snapshot(Workspace):
    """A workspace as it once was: its files are held, and none is read from the folder."""

    def __init__(self, root: Path, files: Mapping[str, bytes], shown: str) -> None:
        super().__init__(root, shown)
        self.held = files

    def listing(self) -> list[str]:
        """The files that it held."""
        return sorted(self.held)

    def read(self, path: str) -> bytes:
        """What a file held."""
        return self.held[path]


class Overlaid(Workspace):
    """A workspace with other content for some of its files, none of which is written."""

    def __init__(self, under: Workspace, files: Mapping[str, bytes]) -> None:
        super().__init__(under.root, under.shown)
        self.under = under
        self.held = files

    def listing(self) -> list[str]:
        """The files that there are, and those that there would be."""
        return sorted({*self.under.listing(), *self.held})

    def read(self, path: str) -> bytes:
        """What a file would hold."""
        return self.held[path] if path in self.held else self.under.read(path)


def write_file(path: Path, data: bytes) -> None:
    """Put *data* into a file in one step: at any instant there is the old file or the new one.

    A link is followed, and a file keeps its mode; a device or a pipe is written to as it is.

    Raises:
        UnwritableError: the file or its folder does not allow it.
    """
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(data)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o7777)
        beside.replace(target)
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
