"""Questions to whoever is at the terminal."""

import sys
from collections.abc import Callable
from typing import TypeVar

import typer

from diplan.cli.output import remark
from diplan.ground.errors import DiplanError

T = TypeVar("T")


def interactive() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_until(
    question: str, read: Callable[[str], T], default: str | None = None, *, needed: bool = True
) -> T | None:
    """What *read* makes of the answer to a question; it is asked again where that is an error."""
    while True:
        answer = ask(question, default, needed=needed)
        if answer is None and not needed:
            return None
        try:
            return read(answer or "")
        except DiplanError as error:
            remark(f"{error}\n  = {error.hint}")


def ask(question: str, default: str | None = None, *, needed: bool = True) -> str | None:
    """The answer to a question; an empty one is None."""
    shown = default if default is not None else ("" if not needed else None)
    answer: str = typer.prompt(question, default=shown, show_default=bool(default))
    return answer or None
