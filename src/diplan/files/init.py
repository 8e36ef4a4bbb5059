"""A new workspace: the starter's files with a few answers put in, or a copy of an example.

Makes texts and writes nothing. What surrounds the data (settings for editors, a workflow) is the
starter's in any case.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from diplan.files.workspace import shipped
from diplan.files.yaml.edits import put
from diplan.plan.fields.schema import FILES, schema

_MODELINE = re.compile(r"(\$schema=)(?:\.\./)+schemas/")


def examples() -> list[str]:
    """The names of the examples."""
    return sorted(path.name for path in shipped("examples").iterdir() if path.is_dir())


def starter(answers: Mapping[str, str]) -> dict[str, str]:
    """The files of a new workspace, by their paths in it.

    *answers* are values of the cover sheet, by key, to be put in the place of the starter's own.
    """
    texts = _texts(shipped("templates") / "starter")
    for key, value in answers.items():
        texts["data/plan.yaml"] = put(texts["data/plan.yaml"], ("plan", key), value)
    return texts | _schemas()


def copied(example: str) -> dict[str, str]:
    """The files of a workspace that begins as a copy of an example, by their paths in it."""
    texts = _texts(shipped("templates") / "starter")
    around = {path: text for path, text in texts.items() if not path.startswith("data/")}
    return around | _texts(shipped("examples") / example) | _schemas()


def _schemas() -> dict[str, str]:
    return {f"schemas/{name}.schema.json": schema(name) for name in FILES}


def _texts(home: Path) -> dict[str, str]:
    files = (path for path in sorted(home.rglob("*")) if path.is_file())
    return {path.relative_to(home).as_posix(): _text(path) for path in files}


def _text(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return _MODELINE.sub(r"\1../schemas/", text, count=1) if path.suffix == ".yaml" else text
