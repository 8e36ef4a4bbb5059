"""Values as YAML writes them: on one line where there is room, else over several."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from textwrap import wrap

from diplan.files.yaml.plain import Irregular, Plain, read_yaml

WIDEST = 100
"""Characters of a line; what would be longer is written over several."""


_WORDS = re.compile(r"(?=.{6})[A-Za-z][A-Za-z0-9]*(?:[ -][A-Za-z0-9]+)*", re.ASCII)
"""Texts that are too long for a word such as `false`, and hold no sign: they need not be tried."""


class KeyPerLine(dict[str, Plain]):
    """A record that is written with a key a line, even where one line has room for it."""


@lru_cache(maxsize=4096)  # a long list says most of its words many times
def scalar(text: str | None) -> str:
    """A text as YAML writes it: bare where it then reads the same, else in quotes."""
    if text is None:
        return "null"
    if _WORDS.fullmatch(text):
        return text
    same = _says(f"key: {text}\n", {"key": text}) and _says(f"[{text}]", [text])
    bare = same and not re.search(r"[\n\r]", text)
    return text if bare else json.dumps(text, ensure_ascii=False)


def _says(text: str, value: Plain) -> bool:
    try:
        return read_yaml(text) == value
    except Irregular:
        return False


def in_flow(value: Plain) -> str:
    """A value on one line: `{period: 2018, value: 900}`."""
    if isinstance(value, Mapping):
        entries = (f"{scalar(key)}: {in_flow(inner)}" for key, inner in value.items())
        return f"{{{', '.join(entries)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(in_flow, value))}]"
    return scalar(value)


def in_block(value: Plain, indent: int = 0) -> str:
    """A value over several lines, each indented; without the last line's end."""
    blank = " " * indent
    if isinstance(value, Mapping):
        return "\n".join(f"{blank}{entry(key, inner, indent)}" for key, inner in value.items())
    if isinstance(value, list):
        return "\n".join(f"{blank}- {item(inner, indent)}" for inner in value)
    return f"{blank}{scalar(value)}"


def entry(key: str, value: Plain, indent: int) -> str:
    """A key with its value; a value that is too long for the line goes below it."""
    line = f"{scalar(key)}: {in_flow(value)}"
    if indent + len(line) <= WIDEST and not _is_deep(value):
        return line
    if isinstance(value, list | dict) and value:
        return f"{scalar(key)}:\n{in_block(value, indent + 2)}"
    lines = wrap(
        value if isinstance(value, str) else "",
        WIDEST - indent - 2,
        break_long_words=False,
        break_on_hyphens=False,
        expand_tabs=False,
        replace_whitespace=False,
    )
    folded = "\n".join((f"{scalar(key)}: >-", *(f"{' ' * (indent + 2)}{part}" for part in lines)))
    return folded if _says(f"{folded}\n", {key: value}) else line


def item(value: Plain, indent: int, *, spread: bool = False) -> str:
    """An item of a list, on the line of its hyphen where there is room; or *spread* over lines."""
    if not isinstance(value, list | dict) or not value:
        return in_flow(value)
    long = spread or isinstance(value, KeyPerLine) or _is_deep(value)
    if not long:
        line = in_flow(value)
        long = indent + 2 + len(line) > WIDEST
    return in_block(value, indent + 2).lstrip(" ") if long else line


def _is_deep(value: Plain) -> bool:
    """Whether a record holds records, or a list anything but texts."""
    if isinstance(value, dict):
        return any(isinstance(inner, dict) or _is_deep(inner) for inner in value.values())
    return isinstance(value, list) and any(isinstance(inner, list | dict) for inner in value)
