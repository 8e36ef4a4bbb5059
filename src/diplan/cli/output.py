"""Output: the one place where everything that is printed is made safe to look at.

Data cannot steer a terminal, because the model refuses such characters. But not all that is
printed passed the model: names of files and revisions, arguments, what other programs say, and
templates. So `run` guards both streams, and whatever is written to them is made visible.
"""

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO, cast

import typer

from diplan.ground.text import one_line, visible

if TYPE_CHECKING:
    from diplan.cli.options import Colour
    from diplan.report.document import Document

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
    """A stream that makes printable whatever is written to it."""

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
    """Make printable everything that is written to stdout and stderr."""
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast("TextIO", _Guarded(stream)) for stream in streams)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = streams


def emit(text: str, *, coloured: bool = False) -> None:
    """Print a command's result to stdout."""
    made = printable(text, coloured=coloured)
    stream = getattr(sys.stdout, "stream", sys.stdout)
    stream.write(made if made.endswith("\n") or not made else f"{made}\n")


def emit_columns(pairs: Mapping[str, str]) -> None:
    """Print names, each with what is said of it beside it."""
    width = max(map(len, pairs))
    emit("\n".join(f"{name:<{width}}  {said}" for name, said in pairs.items()))


def emit_bytes(data: bytes, *, text: bool) -> None:
    """Write a file's bytes to stdout; a *text* is made printable if somebody reads it there.

    Somebody does at a terminal and in the log of a CI job. Elsewhere stdout is a file or a program,
    which gets the bytes that `--output` writes.
    """
    if text and _is_read():
        emit(data.decode())
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def remark(text: str) -> None:
    """Print a remark to stderr."""
    print(text, file=sys.stderr)


def _in_runner() -> bool:
    return any(os.environ.get(name) for name in _RUNNERS)


def _is_read() -> bool:
    """Whether somebody reads stdout directly, at a terminal or in the log of a CI job."""
    return sys.stdout.isatty() or _in_runner()


class Look(NamedTuple):
    """How reports are printed: a format, and a table's width and colours."""

    form: str
    width: int
    coloured: bool


def look(form: str | None, colour: "Colour") -> Look:
    """In columns at a terminal, in lines elsewhere, unless told otherwise."""
    terminal = sys.stdout.isatty()
    wanted = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    coloured = colour == "always" or (colour == "auto" and wanted)
    width = shutil.get_terminal_size().columns
    return Look(form or ("table" if terminal else "plain"), width, coloured)


def rendered(document: "Document", looks: Look) -> str:
    """A report as it is printed."""
    from diplan.render import render

    return render(document, looks.form, width=looks.width, colour=looks.coloured)


def print_report(document: "Document", form: str | None, colour: "Colour") -> None:
    """Print a report."""
    looks = look(form, colour)
    emit(rendered(document, looks), coloured=looks.coloured)


def as_at(document: "Document", at: str | None) -> "Document":
    """The report, with the revision that its data is from, if one was asked for."""
    if at is None:
        return document
    return document._replace(
        blocks=[f"What was known then: the data of revision {visible(at)}.", *document.blocks],
        data=lambda: {**document.data(), "revision": at},
    )


def refuse_stale(files: Mapping[Path, bytes], whole: str) -> None:
    """Exit with 1 where files on disk are not *whole*, such as "what the data gives now"."""
    stale = [
        path for path, data in files.items() if not path.is_file() or path.read_bytes() != data
    ]
    for path in stale:
        remark(f"{one_line(str(path))} is not {whole}")
    if stale:
        remark("run the same command without --check to write it")
        raise typer.Exit(1)
