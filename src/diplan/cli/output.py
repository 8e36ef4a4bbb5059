"""What reaches the screen: the one place where all output is made safe to look at.

Data cannot steer a terminal, because the model refuses such characters. But not all that is
printed passed the model: names of files and revisions, arguments, what other programs say, and
templates. So `run` guards both streams, and whatever is written to them is made visible.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO, cast

from diplan.ground.text import visible

_RUNNERS = ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
"""Variables of CI services whose runners obey lines of a job's output."""

_ORDER = re.compile(r"##(?=\[|vso\[|teamcity\[)")
_LINE_ORDER = re.compile(r"^([^\S\n]*):(?=:)", re.MULTILINE)
_LONE_RETURN = re.compile(r"\r(?!\n)")
_COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")


def printable(text: str, *, coloured: bool = False) -> str:
    """*text* with whatever steers a terminal, or a runner of CI, written out.

    Colours stay where it is *coloured*: then its data must have been made visible before.
    """
    parts = _COLOUR.split(text) if coloured else [text]
    parts[::2] = [_LONE_RETURN.sub("<U+000D>", visible(part)) for part in parts[::2]]
    made = "".join(parts)
    if _in_runner():
        made = _LINE_ORDER.sub(r"\1: ", _ORDER.sub("## ", made))
    return made


class _Guarded:
    """A stream that whatever is written to is made printable for."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        return self.stream.write(printable(text))

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> object:
        return getattr(self.stream, name)


@contextmanager
def guarded() -> Iterator[None]:
    """Guard both streams, whoever writes to them."""
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast("TextIO", _Guarded(stream)) for stream in streams)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = streams


def emit(text: str, *, coloured: bool = False) -> None:
    """Put a command's product on stdout."""
    _write(printable(text, coloured=coloured))


def emit_bytes(data: bytes, *, text: bool) -> None:
    """Put a file's bytes on stdout as they are; a *text* is made printable where it is read there.

    It is at a terminal and in a runner of CI. Elsewhere it goes to a file or a program, and the
    bytes are those that `--output` writes.
    """
    if text and _is_read():
        emit(data.decode())
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def remark(text: str) -> None:
    """Say something beside the product, on stderr."""
    print(text, file=sys.stderr)


def _in_runner() -> bool:
    return any(os.environ.get(name) for name in _RUNNERS)


def _is_read() -> bool:
    """Whether what goes to stdout is looked at, and not kept."""
    return sys.stdout.isatty() or _in_runner()


def _write(made: str) -> None:
    stream = getattr(sys.stdout, "stream", sys.stdout)
    stream.write(made if made.endswith("\n") or not made else f"{made}\n")
