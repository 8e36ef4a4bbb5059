"""Text for Markdown: whatever it holds, it says just that."""

import re
from collections.abc import Mapping
from typing import Any

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~$&!])")
_LINE_START = re.compile(r"^(\d+(?=[.)](?:\s|$))|(?=[-+=]))")


def escaped(words: object) -> str:
    """*words* so that Markdown and HTML read them as they are, on one line."""
    flat = " ".join(str(words).split())
    return _LINE_START.sub(r"\1\\", _SPECIAL.sub(r"\\\1", flat))


KEPT = ("key", "kind", "markdown")
"""Fields that stay as they are: names for programs, and what is Markdown already."""


def escaped_values(value: Any) -> Any:
    """A value in which every text is escaped for Markdown; a function's results are as well."""
    match value:
        case str():
            return escaped(value)
        case Mapping():
            return {name: escaped_values(part) for name, part in value.items()}
        case tuple() if hasattr(value, "_fields"):
            parts = zip(value._fields, value, strict=True)
            return type(value)(
                *(part if name in KEPT else escaped_values(part) for name, part in parts)
            )
        case list() | tuple():
            return type(value)(map(escaped_values, value))
        case _ if callable(value):
            return lambda *given: escaped_values(value(*given))
    return value
