"""A file to its text, which is UTF-8 and within bounds; or what is wrong with it."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from diplan.files.workspace import LARGEST_FILE, Workspace
from diplan.ground.errors import UnreadableError
from diplan.ground.text import START, UNSAFE, NamedText, Span, conflict_line, unsafe
from diplan.problems import Problem

MOST_UNSAFE = 200
"""How many characters of a file are complained about."""

Complaint = tuple[str, str, Span, str]
"""The code, message, place and remedy of a problem of a text."""


def bounded(home: Workspace, path: str) -> bytes | Problem:
    """The bytes of a file of a workspace, or why they cannot be read."""
    name = home.name(path)
    try:
        data = home.read(path)
    except UnreadableError as error:
        return Problem("unreadable-file", str(error), name, hint=error.hint)
    if len(data) <= LARGEST_FILE:
        return data
    message = f"the file is larger than {LARGEST_FILE // 1024 // 1024} MiB"
    hint = "split it into a folder of files of the same name"
    return Problem("too-large", message, name, hint=hint)


def decoded(name: str, data: bytes) -> str | Problem:
    """The text of a file, without a byte order mark; or the problem that it is not UTF-8."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data
    try:
        if not wide:
            return data.decode("utf-8-sig")
        before, source = "", None
        kind = "UTF-16, or no text at all"
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        source = NamedText(name, data.decode("cp1252", "replace"))
        kind = "another encoding, such as that of older Windows programs"
    return Problem(
        "not-utf-8",
        f"the file is not UTF-8: from here on it looks like {kind}",
        name,
        NamedText("", f"{before} ").span_at(len(before)) if before else START,
        'save it again as "UTF-8"',
        source=source,
    )


def misread(name: str, stream: BinaryIO) -> Problem | None:
    """Why a file is not UTF-8, without holding more of it than one line; None where it is."""
    for number, line in enumerate(stream, 1):
        problem = decoded(name, line)
        if isinstance(problem, Problem):
            span = problem.span
            text = problem.source.text if problem.source else ""
            return problem._replace(
                span=span._replace(line=number, end_line=number),
                source=NamedText(name, text, number) if text else None,
            )
    return None


def newline_of(text: str) -> str:
    """How the lines of a text end, by the first of them."""
    match = re.search("\r\n|\n|\r", text)
    return match[0] if match else "\n"


def conflict(source: NamedText) -> Complaint | None:
    """What git leaves in a text when a merge is not finished."""
    if not (line := conflict_line(source)):
        return None
    message = "git left both sides of a merge in this file"
    hint = "keep the lines that are right and delete those of <<<<<<<, ======= and >>>>>>>"
    return "merge-conflict", message, Span(line, 1, line, 8), hint


def unsafe_characters(source: NamedText) -> Iterator[Complaint]:
    """The control and direction characters of a text, comments included."""
    for match in islice(UNSAFE.finditer(source.text), MOST_UNSAFE):
        message, hint = unsafe(match[0])
        yield "unsafe-character", message, source.span_at(match.start()), hint
