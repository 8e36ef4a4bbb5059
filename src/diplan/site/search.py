"""The words of a site, made by pagefind of the pages that were written, for its search page."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from diplan.ground.errors import DiplanError
from diplan.site.build import SiteFile
from diplan.site.records import INDEX

_BESIDE = ".skip, .banner, nav, footer"
"""What stands on every page, and is not searched."""
_SHOWN = ("ui", "highlight")
"""What pagefind would show results with: the site has its own."""


class PagefindError(DiplanError):
    """Pagefind did not make an index."""

    def __init__(self, said: str) -> None:
        super().__init__(f"pagefind could not read the pages: {said}", "see --with")


def index_files(folder: Path) -> Iterator[SiteFile]:
    """The index of the pages in a folder.

    Raises:
        PagefindError: it could not be made.
    """
    with TemporaryDirectory(prefix="diplan-search-") as place:
        made = Path(place, INDEX)
        command = ["--quiet", "--site", str(folder.absolute()), "--output-path", str(made)]
        command += ["--exclude-selectors", _BESIDE]
        done = subprocess.run(  # noqa: S603 - no shell, and the folder is an option's value
            [sys.executable, "-P", "-m", "pagefind", *command],
            cwd=place,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if done.returncode or not made.is_dir():
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise PagefindError(said[-1] if said else "it gives no reason")
        for path in sorted(made.rglob("*")):
            if path.is_file() and not any(part in path.name for part in _SHOWN):
                address = path.relative_to(place).as_posix()
                yield SiteFile(address, "", path.read_bytes)
