"""Bytes to a text: marks of byte order and bytes of older Windows programs."""

import re

from diplan.files.fix import Left, Repair

BOM = b"\xef\xbb\xbf"

_ALREADY_UTF_8 = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")

MOST_SHOWN = 10
"""Characters of a line that are shown as examples."""


def decoded(data: bytes) -> tuple[str | None, list[Repair], list[Left]]:
    """The text of a file, None where that is not clear; what was mended, and what was left."""
    repairs = []
    if data.startswith(BOM):
        repairs.append(Repair(1, "byte order mark taken off"))
        while data.startswith(BOM):
            data = data.removeprefix(BOM)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data:
        return None, [], [Left(1, "this is UTF-16, or no text at all", 'save it again as "UTF-8"')]
    try:
        return data.decode(), repairs, []
    except UnicodeDecodeError:
        pass
    lines = []
    for number, line in enumerate(data.split(b"\n"), 1):
        text, was_utf_8 = _line(line)
        if text is None:
            said = "bytes that are neither UTF-8 nor of an older Windows program"
            return None, [], [Left(number, said, 'save the file again as "UTF-8"')]
        if not was_utf_8:
            shown = "".join(dict.fromkeys(re.findall(r"[^\x00-\x7f]", text)))[:MOST_SHOWN]
            repairs.append(Repair(number, f"read as cp1252, written as UTF-8: {shown}"))
        lines.append(text)
    return "\n".join(lines), repairs, []


def _line(line: bytes) -> tuple[str | None, bool]:
    """A line by itself, and whether it was UTF-8; None where it is of no one encoding."""
    try:
        return line.decode(), True
    except UnicodeDecodeError:
        pass
    try:
        return (None if _ALREADY_UTF_8.search(line) else line.decode("cp1252")), False
    except UnicodeDecodeError:
        return None, False
