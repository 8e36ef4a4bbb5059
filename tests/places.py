"""The made-up places of the page on places, in a new plan."""

import re
from pathlib import Path

from conftest import ROOT
from diplan.cli import run

PAGE = ROOT / "docs" / "venues.md"


def venues_csv() -> str:
    """The file that the page shows."""
    found = re.search(r"^```csv data/venues.csv\n(.*?)^```$", PAGE.read_text(encoding="utf-8"),
                      re.MULTILINE | re.DOTALL)  # fmt: skip
    assert found
    return found[1]


def plan_with_places(folder: Path) -> Path:
    """A new plan in a folder, with the places of the page in it."""
    home = folder / "plan"
    assert run(["init", str(home), "--with-example", "--from", "2024-04", "--to", "2028-03"]) == 0
    path = home / "data" / "venues.csv"
    path.write_text(venues_csv(), encoding="utf-8", newline="\n")
    return home
