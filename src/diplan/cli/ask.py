"""Questions to whoever is at the terminal, or whose answers come through a pipe.

One question at a time; an answer that does not fit is told why, and the question is asked again. At
the end of the input a question takes its default; one that has none is an error that names it.
"""

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import typer

from diplan.cli.output import remark
from diplan.ground.errors import BadTextError, DiplanError, OptionError
from diplan.ground.text import one_line

if TYPE_CHECKING:
    from diplan.plan import Plan

T = TypeVar("T")

NEW = "new"
"""What is answered to a list of choices by somebody who needs something that is not in it."""

MOST_SHOWN = 16
"""How many choices are shown before part of a title has to be typed."""


class NoAnswerError(OptionError):
    """The input is at its end, and a question that has no default was not answered."""


class Alternative(NamedTuple):
    """Something that can be chosen: what stands for it in the data, and what people call it."""

    id: str
    title: str


def interactive() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def ask_until(
    question: str, read: Callable[[str], T], default: str | None = None, *, needed: bool = True
) -> T | None:
    """What *read* makes of the answer to a question; it is asked again where that is an error.

    Raises:
        OptionError: the input is at its end, and the question has no default.
    """
    while True:
        answer = _answer(question, default if needed or default else "")
        if not answer:
            if not needed:
                return None
            remark("an answer is needed here")
            continue
        try:
            return read(answer)
        except (BadTextError, DiplanError) as error:
            if answer == default and not interactive():
                raise
            hint = getattr(error, "hint", "")
            remark(f"{one_line(str(error))}{f'{chr(10)}  = {one_line(hint)}' if hint else ''}")


def ask(question: str, default: str | None = None, *, needed: bool = True) -> str | None:
    """The answer to a question; an empty one is None where none is *needed*.

    Raises:
        OptionError: the input is at its end, and the question has no default.
    """
    return ask_until(question, str, default, needed=needed)


def confirm(question: str, *, default: bool = False) -> bool:
    """Yes or no; at the end of the input, the default."""
    shown = "Y/n" if default else "y/N"
    while True:
        answer = (_answer(f"{question} [{shown}]", "", quiet=True) or "").lower()
        if answer in ("y", "yes", "n", "no", ""):
            return answer in ("y", "yes") if answer else default
        remark("answer yes or no")


def choose(
    question: str, choices: Sequence[Alternative], *, new: bool = False, needed: bool = True,
    default: str | None = None,
) -> str | None:  # fmt: skip
    """One of several choices, by its number, its id or part of its title; `NEW` where that is one.

    Where part of a title fits several, those are listed, and the question is asked again.
    """
    shown = list(choices)
    while True:
        _list(shown, new=new)
        answer = ask(question, default, needed=needed)
        if answer is None:
            return None
        if new and answer.casefold() in (NEW, "0"):
            return NEW
        found = _meant(answer, shown, choices)
        if len(found) == 1:
            return found[0].id
        if not found:
            remark(
                f'nothing here is called "{one_line(answer)}": type part of a title, or a number'
            )
        shown = found or list(choices)


def _list(shown: Sequence[Alternative], *, new: bool) -> None:
    for at, choice in enumerate(shown[:MOST_SHOWN], 1):
        remark(f"  {at}. {choice.title}")
    if len(shown) > MOST_SHOWN:
        remark(f"  ... and {len(shown) - MOST_SHOWN} more: type part of a title")
    if new:
        remark(f"  0. {NEW}")


def _meant(
    answer: str, shown: Sequence[Alternative], whole: Sequence[Alternative]
) -> list[Alternative]:
    """The choices that an answer fits: by number among those shown, by id, by part of a title."""
    if answer.isdecimal() and 0 < int(answer) <= len(shown):
        return [shown[int(answer) - 1]]
    said = _plain(answer)
    if exact := [choice for choice in whole if said in map(_plain, choice)]:
        return exact[:1]
    return [
        choice for choice in whole
        if all(word in _plain(f"{choice.title} {choice.id}") for word in said.split())
    ]  # fmt: skip


def _plain(text: str) -> str:
    """A text without capitals, and with blanks for hyphens: `at least` is `at-least`."""
    return text.casefold().replace("-", " ")


def _answer(question: str, default: str | None, *, quiet: bool = False) -> str | None:
    """What is typed, without blanks around it; the default for nothing, or at the end of input."""
    shown = f" [{default}]" if default and not quiet else ""
    end = "" if question.endswith("?") and not shown else ":"
    line = _line(f"{question}{shown}{end} ")
    if line is None:
        if default is None:
            message = f"there is no answer to: {one_line(question)}"
            raise NoAnswerError(message, "answer it, or give it as an option; --help lists them")
        return default
    return line.strip() or default


def _line(prompt: str) -> str | None:
    """A line of the input; None at its end. What comes through a pipe is shown as if typed."""
    if interactive():
        typer.echo(prompt, nl=False, err=True)
        with suppress(EOFError):
            return input()
        return None
    line = ""
    with suppress(OSError, ValueError):  # it is closed, or cannot be read
        line = sys.stdin.readline() if sys.stdin else ""
    if line:
        typer.echo(f"{prompt}{one_line(line.rstrip(chr(10)))}", err=True)
    return line or None


def pick(plan: "Plan", name: str | None, sections: Sequence[str], question: str) -> str:
    """The id that was given; else that of something that is chosen by part of its title.

    Raises:
        OptionError: nobody gave one, and the input is at its end.
    """
    if name is not None:
        return name
    choices = [
        Alternative(entity.id, entity.title)
        for section in sections
        for entity in getattr(plan, section)
    ]
    try:
        return choose(question, choices) or ""
    except NoAnswerError as error:
        raise OptionError(
            "an id is missing", "`diplan show` lists every id with its title"
        ) from error
