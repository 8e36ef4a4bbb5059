"""`diplan check`: whether the data is in order."""

import os
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.completion import revisions
from diplan.cli.moments import moment
from diplan.cli.options import AsOfOption, JobsOption, PathsArgument, WorkspaceOption
from diplan.cli.output import emit, emit_bytes, remark
from diplan.cli.workspace import asked_for, homes
from diplan.ground.english import agree, count

if TYPE_CHECKING:
    from diplan.files.checked import CheckedPlan, Earlier
    from diplan.files.workspace import Workspace
    from diplan.ground.period import Period
    from diplan.problems import Problem


ProblemFormat = StrEnum("ProblemFormat", ["text", "json", "github", "gitlab", "sarif", "junit"])
"""How problems are printed."""


def check(
    paths: PathsArgument = None,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as errors.")] = False,
    format: Annotated[  # noqa: A002 - the option's name
        ProblemFormat,
        typer.Option("--format", "-f", help="For people, for programs, or for a CI service."),
    ] = ProblemFormat.text,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="REF",
            autocompletion=revisions,
            help="Also compare with a git revision: what was promised or measured there may"
            " have changed only with an entry under revisions.",
        ),
    ] = None,
    advice: Annotated[
        bool,
        typer.Option("--advice", help="Also show what makes the plan hard to hold to account."),
    ] = False,
    as_of: AsOfOption = None,
    jobs: JobsOption = None,
    workspace_: WorkspaceOption = None,
) -> None:
    """Check the data, and show how to put each problem right.

    Exits with 1 if there are errors. Lateness is judged as of today, and only while the plan runs.

    \b
    Examples:
      diplan check
      diplan check data/actions.yaml
      diplan check --strict --as-of 2017-06
      diplan check --against main
      diplan check --advice
      diplan check --format json examples
      diplan check --format gitlab > gl-code-quality-report.json
    """
    from diplan.files.checked import problems_of
    from diplan.render.problems import FORMATS

    when = moment(as_of)
    asked = asked_for(paths) if paths else {}
    if len(asked) < 2:
        ((home, wanted),) = homes(paths, workspace_)
        asked = {home.root: wanted}
        checked = [problems_of(home, when, _earlier(home, against), advised=advice)]
    else:
        checked = list(_each(list(asked), jobs, when, against, advice))
    problems: list[Problem] = []
    elsewhere: list[Problem] = []
    for wanted, found in zip(asked.values(), checked, strict=True):
        shown = [problem for problem in found.problems if wanted is None or problem.file in wanted]
        problems += shown
        if wanted:
            elsewhere += [problem for problem in found.problems if problem not in shown]
    made, said = FORMATS[format](problems), _summed(problems, checked, elsewhere)
    if format is ProblemFormat.github:
        emit_bytes(made.encode(), text=False)  # as it is: these commands are meant
        _summarise(problems, said)
    else:
        emit(made)
    if format in (ProblemFormat.text, ProblemFormat.github):
        remark(said)
    failing = ("error", "warning") if strict else ("error",)
    unread = any(found.size is None and not found.problems for found in checked)
    if unread or any(problem.severity in failing for problem in problems):
        raise typer.Exit(1)


def _each(folders: Sequence[Path], jobs: int | None, *arguments: object) -> "Iterator[CheckedPlan]":
    """What came of each of several plans; one that cannot be opened is named."""
    from diplan.cli.many import each, tell
    from diplan.files.checked import CheckedPlan

    for outcome in each(checked_in, folders, jobs, *arguments):
        tell(outcome.home, outcome.said, left_out=outcome.made is None)
        yield outcome.made or CheckedPlan([], None)


def checked_in(folder: Path, when: "Period", against: str | None, advised: bool) -> "CheckedPlan":
    """The problems of one plan among many."""
    from diplan.files.checked import problems_of
    from diplan.files.journal import before_interrupted_edit
    from diplan.files.workspace import workspace_at

    home, _ = before_interrupted_edit(workspace_at(folder))
    return problems_of(home, when, _earlier(home, against), advised=advised)


def _earlier(home: "Workspace", against: str | None) -> "Earlier | None":
    """The workspace at the revision that `--against` names."""
    from diplan.files.checked import Earlier
    from diplan.files.history import GitRepository
    from diplan.ground.period import period

    if not against:
        return None
    repository = GitRepository(home)
    return Earlier(repository.at(against), period(repository.day(against)))


def _summed(
    problems: "list[Problem]", checked: "list[CheckedPlan]", elsewhere: "list[Problem]"
) -> str:
    """The outcome in a sentence; *elsewhere* are the problems of files not asked for."""
    from diplan.files.checked import PlanSize
    from diplan.render.problems import counted

    beside = f"; not shown: {counted(elsewhere)} elsewhere" if elsewhere else ""
    sound = sum(found.sound for found in checked)
    several = f"{sound} of {count(len(checked), 'plan')} {agree(sound, 'is', 'are')} in order"
    fine = "nothing to say of these files" if elsewhere else "the data is in order"
    size = reduce(PlanSize.plus, (found.size or PlanSize() for found in checked))
    told = ", ".join(count(size[at], name[:-1]) for at, name in enumerate(PlanSize._fields))
    if len(checked) > 1 and not elsewhere:
        found = f"; {counted(problems)}" if problems else ""
        return f"{several}: {told}{found}"
    if all(problem.severity == "advice" for problem in problems):
        advised = f"; {counted(problems)}" if problems else ""
        return f"{fine}{'' if elsewhere else f': {told}'}{advised}{beside}"
    return f"{counted(problems)}{beside}"


def _summarise(problems: "list[Problem]", said: str) -> None:
    """Add every problem to the summary of a GitHub job, if this is one."""
    from diplan.render.ci_formats import LARGEST_SUMMARY, summary

    name = os.environ.get("GITHUB_STEP_SUMMARY")
    if not name:
        return
    try:
        with Path(name).open("ab") as stream:
            room = LARGEST_SUMMARY - stream.tell()
            stream.write(summary(problems, said, room=room).encode())
    except OSError as error:
        remark(f"the summary could not be written: {error.strerror}")
