"""YAML 1.2 with its core schema, as editors and most other programs read it."""

import re
from typing import Any

import yaml


class _Core(yaml.SafeLoader):
    """PyYAML, with the plain scalars of YAML 1.2: a day is a text, and so is `no`."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way


def _whole(loader: _Core, node: yaml.ScalarNode) -> int:
    return int(node.value, 0 if node.value[:2] in ("0o", "0x") else 10)


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^({_pattern})$"), _first)
_Core.add_constructor("tag:yaml.org,2002:int", _whole)


def read_core(text: str) -> Any:
    """The value of a text."""
    return yaml.load(text, Loader=_Core)  # noqa: S506 - a SafeLoader
