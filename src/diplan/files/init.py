"""A new workspace: the starter's files with a few answers put in, or a copy of an example.

Makes texts and writes nothing. What surrounds the data (settings for editors, a workflow) is the
starter's in any case.
"""

import json
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

from diplan.files.workspace import shipped
from diplan.files.yaml.edits import put
from diplan.files.yaml.plain import Plain
from diplan.ground.text import slug
from diplan.plan.fields.schema import FILES, schema

_MODELINE = re.compile(r"(\$schema=)(?:\.\./)+schemas/")


def examples() -> list[str]:
    """The names of the examples."""
    return sorted(path.name for path in shipped("examples").iterdir() if path.is_dir())


class Beginnings(NamedTuple):
    """What somebody says of a new plan: values of the cover sheet, and titles of its parts."""

    cover: Mapping[str, Plain]
    headings: Sequence[str] = ()
    services: Sequence[str] = ()


def starter(answers: Beginnings, *, example: bool = False) -> dict[str, str]:
    """The files of a new workspace, by their paths in it.

    With an *example*, each file has one of each kind of thing, with comments on its keys.
    """
    texts = _around()
    texts |= _texts(shipped("templates") / "starter-data" / ("example" if example else "empty"))
    plan = texts["data/plan.yaml"]
    for key, value in answers.cover.items():
        plan = put(plan, ("plan", key), value)
    for section, titles in (("priorities", answers.headings), ("services", answers.services)):
        if titles:
            plan = put(plan, (section,), _entities(titles))
    return {**texts, "data/plan.yaml": plan} | _schemas()


def _entities(titles: Sequence[str]) -> list[Plain]:
    """Things with these titles, each with an id made of its own."""
    made: dict[str, Plain] = {}
    for title in titles:
        name = slug(title, made)
        made[name] = {"id": name, "title": title}
    return list(made.values())


def plan_id(title: str, organisation: str, start: str) -> str:
    """An id for a plan that other plans do not have: whose it is, what it is, and when it began."""
    whole = title if slug(organisation) in slug(title) else f"{organisation} {title}"
    return slug(f"{whole} {start[:4]}")


def requirement() -> str:
    """What pip installs to have this diplan again: the commit it came from, or its version."""
    known = distribution("diplan")
    origin = json.loads(known.read_text("direct_url.json") or "{}")
    commit = origin.get("vcs_info", {}).get("commit_id", "")
    url = origin.get("url", "")
    if re.fullmatch(r"https://[\w./~-]+", url) and re.fullmatch(r"[0-9a-f]{40}", commit):
        return f"diplan @ git+{url}@{commit}"
    return f"diplan=={known.version}"


def _around() -> dict[str, str]:
    """What surrounds the data: settings for editors, and workflows that install this diplan."""
    texts = _texts(shipped("templates") / "starter")
    return {path: text.replace("DIPLAN-REQUIREMENT", requirement()) for path, text in texts.items()}


def copied(example: str) -> dict[str, str]:
    """The files of a workspace that begins as a copy of an example, by their paths in it."""
    return _around() | _texts(shipped("examples") / example) | _schemas()


def _schemas() -> dict[str, str]:
    return {f"schemas/{name}.schema.json": schema(name) for name in FILES}


def _texts(home: Path) -> dict[str, str]:
    files = (path for path in sorted(home.rglob("*")) if path.is_file())
    return {path.relative_to(home).as_posix(): _text(path) for path in files}


def _text(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return _MODELINE.sub(r"\1../schemas/", text, count=1) if path.suffix == ".yaml" else text
