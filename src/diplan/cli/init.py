"""`diplan init`: a new plan, ready to be filled in."""

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.ask import Alternative, ask_until, choose, interactive
from diplan.cli.completion import names_in
from diplan.cli.moments import period_option, today
from diplan.cli.output import emit, remark
from diplan.ground.errors import OptionError
from diplan.ground.lookup import one_of
from diplan.ground.text import UNSAFE, one_line, unsafe

if TYPE_CHECKING:
    from diplan.files.init import Beginnings
    from diplan.files.yaml.plain import Plain


Grades = StrEnum("Grades", ["usual", "brag"])
"""The scales of grades that a new plan can have."""

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
    heading: Annotated[
        list[str] | None,
        typer.Option(help="A heading of the plan, such as a priority; several are allowed."),
    ] = None,
    service: Annotated[
        list[str] | None, typer.Option(help="A service that takes part; several are allowed.")
    ] = None,
    grades: Annotated[
        Grades | None, typer.Option(help="The grades of actions. usual: Fully Achieved to Not.")
    ] = None,
    document: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="Take over the plan in this document; several are allowed."
        ),
    ] = None,
    with_example: Annotated[
        bool, typer.Option("--with-example", help="Put an example of each kind into the files.")
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the examples.")] = False,
) -> None:
    """Create a new plan, ready to edit.

    It asks for what the options do not say. The files are commented and pass `diplan check`;
    settings for editors and workflows for GitHub and GitLab come with them. Nothing that is there
    is overwritten. With a document, what it has comes in as `diplan import plan` reads it.

    \b
    Examples:
      diplan init our-plan
      diplan init our-plan --title "Digital Inclusion Plan" --organisation "Our Council"
      diplan init our-plan --heading "Get online" --service "Library service" --grades brag
      diplan init our-plan --document action-plan.docx
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
    parts = (heading, service, grades)
    if example and (any((*given.values(), *parts)) or document or with_example):
        message = "an example has a title, an organisation and dates of its own"
        raise OptionError(message, "change them in data/plan.yaml afterwards")
    _room_for(folder)
    if example:
        files = copied(example)
    else:
        _readable(document or [])
        answers = _answers(given, parts, whole=not (document or with_example))
        files = starter(answers, example=with_example)
    _nothing_else(folder, files)
    _sound(folder, files)
    _write(folder, files)
    if document:
        from diplan.cli.import_plan import take_over

        take_over(folder, document, asked=interactive())


def _readable(documents: list[Path]) -> None:
    """Stop before there is a plan where a document cannot be read."""
    if documents:
        from diplan.documents.reading import read_document

        for path in documents:
            read_document(path)


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


SCALES = {
    Grades.usual: ("Fully Achieved, On-Track, Slipped, Not Achieved", None),
    Grades.brag: (
        "Blue (done), Green (on course), Amber and Red (off course)",
        [("Blue", "done"), ("Green", "on-course"), ("Amber", "off-course"), ("Red", "off-course")],
    ),
}
"""The scales of grades that can be chosen; None is the one of a plan that gives none."""


def _answers(
    given: dict[str, str | None],
    parts: tuple[list[str] | None, list[str] | None, Grades | None],
    *,
    whole: bool,
) -> "Beginnings":
    """What the options say, and what is answered to the questions.

    A plan that is *whole* with the answers is asked about its headings and services as well.
    """
    from diplan.files.init import Beginnings, plan_id

    year = today().last_day.year
    questions = {
        "organisation": ("Whose plan is it?", "Example Council"),
        "title": ("What is the plan called?", "Digital Inclusion Plan"),
        "from": ("When does it begin? (a month or a year)", f"{year}-04"),
        "to": ("When does it end?", f"{year + 4}-03"),
    }
    answers: dict[str, Plain] = {}
    for key, (question, default) in questions.items():
        fit = partial(_period if key in ("from", "to") else _line, f"--{key}")
        said = given[key]
        answers[key] = fit(said) if said is not None else ask_until(question, fit, default) or ""
    headings, services, grades = parts
    if whole:
        headings = _several("A heading of the plan", headings)
        services = _several("A service that takes part", services)
    if grades is None:
        choices = [Alternative(name, title) for name, (title, _) in SCALES.items()]
        grades = Grades(choose("Which grades do actions get?", choices, default="usual") or "usual")
    if scale := SCALES[grades][1]:
        answers["scale"] = [{"grade": grade, "means": means} for grade, means in scale]
    title, whose, start = (str(answers[key]) for key in ("title", "organisation", "from"))
    return Beginnings(
        {"id": plan_id(title, whose, start), **answers}, headings or (), services or ()
    )


def _several(question: str, given: list[str] | None) -> list[str]:
    """Titles, one after another, until an answer is left empty."""
    if given is not None:
        return [_line("title", title) for title in given]
    titles: list[str] = []
    while title := ask_until(
        f"{question} (leave it empty to go on)", partial(_line, "title"), needed=False
    ):
        titles.append(title)
    return titles


def _period(name: str, written: str) -> str:
    return period_option(name, written).text


def _line(name: str, written: str) -> str:
    if match := UNSAFE.search(written):
        message, hint = unsafe(match[0])
        raise OptionError(f"{name}: {message}", hint)
    return written


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
    remark(f"made a plan in {shown}: go there, and `diplan add indicator` asks for the first one")
