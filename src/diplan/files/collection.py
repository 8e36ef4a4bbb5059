"""Several plans: the folders that arguments name, each of which holds one.

An argument is a plan's folder, a folder with plans in it, or a file that lists such folders. A list
names folders and never another list, so none can lead to itself. What lies in a folder is taken
only if it really lies there: a link to elsewhere is not followed.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from diplan.files.workspace.regular import holds_plan, is_real_folder
from diplan.ground.errors import DiplanError, NoWorkspaceError
from diplan.ground.text import one_line

LARGEST_LIST = 1 << 20
"""Bytes."""

MOST_PLANS = 20_000


class BadListError(DiplanError):
    """A file that should list the folders of plans does not."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f'"{one_line(str(path))}" is not a list of plans: {reason}',
            "write the folder of a plan on each line, relative to the list's own folder",
        )


class TooManyPlansError(DiplanError):
    """More plans are named than are read in one command."""

    def __init__(self) -> None:
        super().__init__(f"there are more than {MOST_PLANS:,} plans", "name fewer of them")


def is_one_plan(named: Iterable[Path]) -> bool:
    """Whether arguments name one plan, and not a collection that may happen to have one."""
    only = list(named)
    return len(only) == 1 and holds_plan(only[0])


def plan_folders(named: Iterable[Path]) -> list[Path]:
    """The folders that arguments name, each once and in their order.

    A folder that a list names is among them even if it holds no plan: that is for who reads it to
    say, since the other plans can be read all the same.

    Raises:
        NoWorkspaceError: a folder that is named here holds no plan.
        BadListError: a file lists no folders.
        TooManyPlansError: there are too many of them.
    """
    found: dict[Path, Path] = {}
    for path in named:
        folders = _listed(path) if path.is_file() else list(_inside(path))
        if not folders:
            raise NoWorkspaceError(path)
        for folder in folders:
            found.setdefault(folder.resolve(), folder)
        if len(found) > MOST_PLANS:
            raise TooManyPlansError
    return list(found.values())


def _inside(folder: Path) -> Iterator[Path]:
    """The plan that a folder is, or those in it."""
    if holds_plan(folder):
        yield folder
    elif folder.is_dir():
        inner = (place for place in folder.iterdir() if not place.name.startswith("."))
        yield from sorted(place for place in inner if is_real_folder(place) and holds_plan(place))


def _listed(path: Path) -> list[Path]:
    """The folders that a list names; a line that begins with `#` is a remark."""
    with path.open("rb") as stream:
        data = stream.read(LARGEST_LIST + 1)
    if len(data) > LARGEST_LIST:
        raise BadListError(path, "it is too large")
    try:
        lines = [line.strip() for line in data.decode("utf-8-sig").splitlines()]
    except UnicodeDecodeError:
        raise BadListError(path, "it is not UTF-8") from None
    folders: list[Path] = []
    for line in lines:
        if not line or line.startswith("#"):
            continue
        if not line.isprintable():
            raise BadListError(path, "a line has characters that no folder's name should have")
        folder = path.parent / line
        if folder.is_file():
            raise BadListError(path, f'"{line}" is a file')
        folders += list(_inside(folder)) or [folder]
    return folders
