"""The ends of lines: how they are written, blanks before them, and the last one."""

import re
from collections.abc import Callable

from diplan.files.fix import Repair
from diplan.files.yaml.yamlfile import yaml_of
from diplan.ground.english import count

_BLANKS = re.compile(r"[ \t]+$")

Same = Callable[[str, str], bool]
"""Whether two texts say the same."""

MendedText = tuple[str, list[Repair]]
"""A text, and what was mended in it: nothing where it could not be done without changing more."""


def line_feeds(text: str, same: Same) -> MendedText:
    """A text whose lines all end with a line feed."""
    new = re.sub("\r\n|\r", "\n", text)
    if new == text or not same(text, new):
        return text, []
    ends = re.findall("\r\n|\r", text)
    names = {"\r\n": "CRLF", "\r": "CR"}
    kinds = " and ".join(name for end, name in names.items() if end in ends)
    line = text[: text.index("\r")].count("\n") + 1
    return new, [Repair(line, f"{_lines(len(ends))} ended with {kinds}, now with LF")]


def without_blanks(text: str, same: Same) -> MendedText:
    """A text without blanks at the ends of lines, but for those in block texts if they matter."""
    lines = text.split("\n")
    ending = [at for at, line in enumerate(lines) if _BLANKS.search(line)]
    for safe in (False, True):
        kept = yaml_of(text).block_lines() if safe and ending else ()
        chosen = [at for at in ending if at + 1 not in kept]
        new = list(lines)
        for at in chosen:
            new[at] = _BLANKS.sub("", new[at])
        if chosen and same(text, "\n".join(new)):
            said = f"blanks at the end of {_lines(len(chosen))} taken off"
            return "\n".join(new), [Repair(chosen[0] + 1, said)]
    return text, []


def with_last_line(text: str, same: Same) -> MendedText:
    """A text whose last line is ended as well."""
    if not text or text.endswith("\n") or not same(text, f"{text}\n"):
        return text, []
    return f"{text}\n", [Repair(text.count("\n") + 1, "the end of the last line added")]


def _lines(howmany: int) -> str:
    return count(howmany, "line")
