"""Plans with nothing in them, and what they hold after an import."""

from pathlib import Path
from typing import Any

from diplan.files.yaml.plain import read_yaml

EMPTY = {
    "plan.yaml": "plan: {id: p, title: P, from: 2016-04, to: 2020-03, years: financial}\n",
    "actions.yaml": "actions: []\n",
    "indicators.yaml": "indicators: []\n",
}


def fresh(folder: Path) -> Path:
    """A plan of 2016-20 with nothing in it, in a folder that may have one already."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for name, text in EMPTY.items():
        (folder / "data" / name).write_text(text, encoding="utf-8")
    return folder


def held(home: Path, section: str) -> Any:
    """What a section of a plan holds, by title, with every value as text."""
    stem = section if section in ("indicators", "actions") else "plan"
    value = read_yaml((home / "data" / f"{stem}.yaml").read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    entries = value.get(section, [])
    assert isinstance(entries, list)
    return {entry["title"]: entry for entry in entries if isinstance(entry, dict)}
