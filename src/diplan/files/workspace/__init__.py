"""Workspaces: the folder that holds one plan, found and read within bounds."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from diplan.files.workspace.regular import holds_plan, is_real_folder, read_regular
from diplan.files.workspace.writing import write_file
from diplan.ground.errors import NoWorkspaceError

__all__ = [
    "JOURNAL",
    "LARGEST_FILE",
    "Overlaid",
    "Remembered",
    "Snapshot",
    "Workspace",
    "ending",
    "find_workspace",
    "holds_plan",
    "shipped",
    "shown_before",
    "workspace_at",
    "write_file",
]


def shipped(name: str) -> Path:
    """A folder that comes with diplan: in the wheel, or else in the checkout."""
    here = Path(__file__).resolve()
    inside = here.parents[2] / name
    return inside if inside.is_dir() else here.parents[4] / name


LARGEST_FILE = 32 * 1024 * 1024
"""Bytes. A plan of 10,000 indicators is two thirds of it; no council's comes near."""


JOURNAL = ".diplan-journal"
"""What is called so in `data/` while several files are changed: see `diplan.files.journal`."""


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
        """The files in `data/` and in the folders there, in the same order on every machine.

        Names that begin with a dot are none of the plan's. A folder that is a link to elsewhere
        is listed like a file.
        """
        data = self.root / "data"
        paths = []
        for entry in _entries(data):
            if entry.is_dir() and not entry.suffix and is_real_folder(entry):
                paths += [f"data/{entry.name}/{inner.name}" for inner in _entries(entry)]
            else:
                paths.append(f"data/{entry.name}")
        return paths

    def files(self, stem: str) -> list[str]:
        """The data files called *stem*: `stem.yaml`, then those of the folder `stem/`."""
        paths, suffix = [PurePosixPath(path) for path in self.listing()], ending(stem)
        single = [str(path) for path in paths if str(path) == f"data/{stem}{suffix}"]
        inside = (path for path in paths if str(path.parent) == f"data/{stem}")
        return single + [str(path) for path in inside if path.suffix == suffix]

    def read(self, path: str) -> bytes:
        """The bytes of a file, one more than `LARGEST_FILE` at the most.

        Raises:
            UnreadableError: it is no file of the workspace, or may not be read.
        """
        folder, _, name = path.partition("/")
        return read_regular(self.root / folder, name, LARGEST_FILE + 1)


def ending(stem: str) -> str:
    """What the names of data files end in, by the file or folder that they are called after."""
    return {"venues": ".csv", "narrative": ".md"}.get(stem, ".yaml")


def _entries(folder: Path) -> list[Path]:
    """What is in a folder, without what is hidden; nothing where it is no folder or a link."""
    if not is_real_folder(folder):
        return []
    return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))


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


class Remembered(Workspace):
    """A workspace of which each file is read once, so that it stays the same while it is used."""

    def __init__(self, under: Workspace) -> None:
        super().__init__(under.root, under.shown)
        self.under = under
        self.paths = under.listing()
        self.held: dict[str, bytes] = {}

    def listing(self) -> list[str]:
        """The files that there were."""
        return self.paths

    def read(self, path: str) -> bytes:
        """What a file held when it was first asked for."""
        if path not in self.held:
            self.held[path] = self.under.read(path)
        return self.held[path]

    def is_same(self, other: Workspace) -> bool:
        """Whether another workspace has the same files, and the same in those that were read."""
        return self.paths == other.listing() and all(
            other.read(path) == content for path, content in self.held.items()
        )


class Overlaid(Workspace):
    """A workspace with other content for some of its files, none of which is written."""

    def __init__(self, under: Workspace, files: Mapping[str, bytes | None]) -> None:
        super().__init__(under.root, under.shown)
        self.under = under
        self.held = files

    def listing(self) -> list[str]:
        """The files that there are, and those that there would be; None stands for none."""
        there = {*self.under.listing(), *self.held}
        return sorted(path for path in there if self.held.get(path, b"") is not None)

    def read(self, path: str) -> bytes:
        """What a file would hold."""
        content = self.held.get(path)
        return self.under.read(path) if content is None else content


def workspace_at(folder: Path) -> Workspace:
    """The workspace that *folder* is.

    Raises:
        NoWorkspaceError: there is no plan in it.
    """
    if not holds_plan(folder):
        raise NoWorkspaceError(folder)
    return Workspace(folder, shown_before(folder))


def shown_before(folder: Path) -> str:
    """What messages put before the path of a file in a workspace."""
    prefix = folder.as_posix()
    return "" if prefix == "." else f"{prefix.rstrip('/')}/"


def find_workspace(start: Path) -> Workspace:
    """The nearest workspace at *start* or above it.

    Raises:
        NoWorkspaceError: there is none.
    """
    if holds_plan(start):
        return Workspace(start)
    for folder in start.resolve().parents:
        if holds_plan(folder):
            return Workspace(folder)
    raise NoWorkspaceError(start.resolve())
