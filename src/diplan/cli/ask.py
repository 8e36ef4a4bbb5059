"""Questions to whoever is at the terminal."""

import sys

import typer


def interactive() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, default: str | None = None, *, needed: bool = True) -> str | None:
    """The answer to a question; an empty one is None."""
    shown = default if default is not None else ("" if not needed else None)
    answer: str = typer.prompt(question, default=shown, show_default=bool(default))
    return answer or None
