"""Bytes of a file to its text, which is UTF-8; or what they seem to be instead, and the remedy."""

from typing import BinaryIO

from diplan.ground.text import START, NamedText
from diplan.problems import Problem


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
