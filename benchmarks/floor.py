"""The least that could do part of the job, each as a process of its own: `floor.py JOB FOLDER`.

Every job imports only what it needs, so that its start-up is its own.
"""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

PLAN = ("plan.yaml",)
LISTS = ("indicators.yaml", "actions.yaml")
SCHEMAS = Path(__file__).parent / "schemas"


def models(folder: Path) -> None:
    """Read the YAML and hold it against diplan's models, with no command line and no messages."""
    import yaml

    for name in PLAN + LISTS:
        with (folder / "data" / name).open(encoding="utf-8") as file:
            _validate(yaml.load(file, yaml.CBaseLoader))  # noqa: S506 - it makes texts only


def as_json(folder: Path) -> None:
    """The same data as JSON into the same models, to see what YAML costs."""
    import json
    from decimal import Decimal

    with (folder / "data.json").open(encoding="utf-8") as file:
        _validate(json.load(file, parse_float=Decimal))


def _validate(sections: dict[str, Any]) -> None:
    from pydantic import TypeAdapter

    from diplan.plan import SECTIONS

    for section, found in sections.items():
        adapter = TypeAdapter[Any](SECTIONS[section])
        for item in found if isinstance(found, list) else [found]:
            adapter.validate_python(item)


def safe_loader(folder: Path) -> None:
    """What most Python programs do to read YAML, and nothing after it."""
    import yaml

    for name in LISTS:
        with (folder / "data" / name).open(encoding="utf-8") as file:
            yaml.load(file, yaml.CSafeLoader)


def events(folder: Path) -> None:
    """The bare events of libyaml: nobody who reads YAML with PyYAML can be faster."""
    from yaml.cyaml import CParser  # type: ignore[attr-defined]
    from yaml.events import StreamEndEvent

    for name in LISTS:
        get = CParser((folder / "data" / name).read_text(encoding="utf-8")).get_event
        while get().__class__ is not StreamEndEvent:
            pass


def yamale(folder: Path) -> None:
    """Yamale through its functions: its command takes one schema, and would start twice."""
    yamale: Any = import_module("yamale")  # it has no types
    for name in LISTS:
        schema = yamale.make_schema(SCHEMAS / name.replace(".yaml", ".yamale.yaml"))
        yamale.validate(schema, yamale.make_data(folder / "data" / name))


JOBS = {"models": models, "json": as_json, "safe": safe_loader, "events": events, "yamale": yamale}

if __name__ == "__main__":
    JOBS[sys.argv[1]](Path(sys.argv[2]))
