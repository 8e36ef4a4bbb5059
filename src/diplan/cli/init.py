"""`diplan init`: a new plan, ready to be filled in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.lookup import names_in, one_of
from diplan.cli.moments import period_option, today
from diplan.cli.output import emit, remark
from diplan.ground.errors import OptionError
from diplan.ground.text import UNSAFE, one_line, unsafe

if TYPE_CHECKING:
    from collections.abc import Callable


COVER = "data/plan.yaml"
"""What is written last: without it, a run was killed, and another one goes on."""


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder to make the plan in.")
    ] = Path(),
    example: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Start from an example; --list shows them.",
            autocompletion=names_in("files.init", "examples"),
        ),
    ] = None,
    title: Annotated[str | None, typer.Option(help="What the plan is called.")] = None,
    organisation: Annotated[str | None, typer.Option(help="Whose plan it is.")] = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="PERIOD", help="When it begins.")
    ] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="PERIOD", help="When it ends.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the examples.")] = False,
) -> None:
    """Create a new plan, ready to edit.

    The files are commented and pass `diplan check`. Settings for editors and a CI workflow come
    with them.

    At a terminal it asks for what the options do not say. Nothing that is there is overwritten.

    \b
    Examples:
      diplan init our-plan
      diplan init our-plan --title "Digital Inclusion Plan" --organisation "Our Council"
      diplan init try-it --example norwich
      diplan init --list
    """
    from diplan.files.init import copied, examples, starter

    if list_:
        emit("\n".join(examples()))
        return
    if example is not None:
        one_of("example", example, examples())
    given = {"title": title, "organisation": organisation, "from": start, "to": end}
    if example and any(given.values()):
        message = "an example has a title, an organisation and dates of its own"
        raise OptionError(message, "change them in data/plan.yaml afterwards")
    _room_for(folder)
    files = copied(example) if example else starter(_answers(given))
    _nothing_else(folder, files)
    _sound(folder, files)
    _write(folder, files)


def _room_for(folder: Path) -> None:
    """Refuse a path that is not a folder, or a folder that already has a plan."""
    if folder.exists() and not folder.is_dir():
        message = f"{one_line(str(folder))} is not a folder"
        raise OptionError(message, "name a folder, or one that does not exist yet")
    if (folder / COVER).exists():
        raise _there_is_data(folder)


def _nothing_else(folder: Path, files: dict[str, str]) -> None:
    """Refuse a folder whose data is anything but what a run that was killed had written of it."""
    data = folder / "data"
    if data.is_symlink():
        raise _there_is_data(folder)
    for path in sorted(data.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_symlink() and (path.is_dir() or path.name.startswith(".diplan-")):
            continue
        known = not path.is_symlink() and path.is_file() and name in files
        if not known or path.read_bytes() != files[name].encode():
            raise _there_is_data(folder)


def _there_is_data(folder: Path) -> OptionError:
    message = f"there is data in {one_line(str(folder.resolve()))} already"
    return OptionError(message, "choose another folder; `diplan check` looks at what is there")


def _answers(given: dict[str, str | None]) -> dict[str, str]:
    """What the options say and, at a terminal, what is answered to the questions."""
    year = today().last_day.year
    questions = {
        "title": ("What is the plan called?", "Example Digital Inclusion Plan"),
        "organisation": ("Whose plan is it?", "Example Council"),
        "from": ("When does it begin? (a month or a year)", f"{year}-04"),
        "to": ("When does it end?", f"{year + 4}-03"),
    }
    answers: dict[str, str] = {}
    for key, (question, default) in questions.items():
        fit = _period if key in ("from", "to") else _line
        if given[key] is None and sys.stdin.isatty():
            answers[key] = typer.prompt(question, default=default, value_proc=_asked_again(fit))
        else:
            answers[key] = fit(f"--{key}", given[key] or default)
    return answers


def _period(name: str, written: str) -> str:
    return period_option(name, written).text


def _line(name: str, written: str) -> str:
    if match := UNSAFE.search(written):
        message, hint = unsafe(match[0])
        raise OptionError(f"{name}: {message}", hint)
    return written


def _asked_again(fit: "Callable[[str, str], str]") -> "Callable[[str], str]":
    """Ask a question again until its answer is valid."""

    def answer(written: str) -> str:
        try:
            return fit("answer", written)
        except OptionError as error:
            raise typer.BadParameter(f"{error}; {error.hint}") from error

    return answer


def _sound(folder: Path, files: dict[str, str]) -> None:
    """Refuse answers that would make a plan with errors."""
    from diplan.files.load import load
    from diplan.files.new_errors import errors
    from diplan.files.workspace import Snapshot

    held = {path: text.encode() for path, text in files.items() if path.startswith("data/")}
    for error in errors(load(Snapshot(folder, held, "")), today()):
        raise OptionError(f"this would not be a valid plan: {error.message}", error.hint)


def _write(folder: Path, files: dict[str, str]) -> None:
    from diplan.files.workspace import write_file
    from diplan.files.workspace.writing import sweep

    kept = [path for path in files if (folder / path).exists()]
    for path in sorted(files, key=lambda name: name == COVER):
        sweep((folder / path).parent)
        if path not in kept:
            write_file(folder / path, files[path].encode(), within=folder)
    shown = one_line(folder.as_posix())
    emit("\n".join(path for path in files if path not in kept))
    for path in kept:
        remark(f"kept {path}, which was there")
    remark(f"made a plan in {shown}: change data/plan.yaml, then run `diplan check`")
