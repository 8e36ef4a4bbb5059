"""Text for Markdown: whatever it holds, it says just that."""

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~$&!])")
_LINE_START = re.compile(r"^(\d+(?=[.)](?:\s|$))|(?=[-+=]))")


def escaped(words: object) -> str:
    """*words* so that Markdown and HTML read them as they are, on one line."""
    flat = " ".join(str(words).split())
    return _LINE_START.sub(r"\1\\", _SPECIAL.sub(r"\\\1", flat))
