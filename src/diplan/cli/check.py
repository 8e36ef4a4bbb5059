"""`diplan check`: whether the data is in order."""

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from diplan.cli.moments import moment
from diplan.cli.options import AsOfOption, PathsArgument, WorkspaceOption
from diplan.cli.output import emit, emit_bytes, remark
from diplan.cli.workspace import homes
from diplan.ground.english import count

if TYPE_CHECKING:
    from diplan.files.load import Loaded
    from diplan.files.workspace import Workspace
    from diplan.ground.period import Period
    from diplan.plan import Plan
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
            help="Also compare with a git revision: what was promised or measured there may"
            " have changed only with an entry under revisions.",
        ),
    ] = None,
    advice: Annotated[
        bool,
        typer.Option("--advice", help="Also show what makes the plan hard to hold to account."),
    ] = False,
    as_of: AsOfOption = None,
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
      diplan check --format json examples/*
      diplan check --format gitlab > gl-code-quality-report.json
    """
    from diplan.render.problems import FORMATS

    when = moment(as_of)
    problems: list[Problem] = []
    told: list[str] = []
    elsewhere: list[Problem] = []
    for home, wanted in homes(paths, workspace_):
        problems_here, counts = problems_of(home, when, _earlier(home, against), advised=advice)
        shown = [problem for problem in problems_here if wanted is None or problem.file in wanted]
        problems += shown
        if wanted:
            elsewhere += [problem for problem in problems_here if problem not in shown]
        told.append(counts)
    made, said = FORMATS[format](problems), _summed(problems, told, elsewhere)
    if format is ProblemFormat.github:
        emit_bytes(made.encode(), text=False)  # as it is: these commands are meant
        _summarise(problems, said)
    else:
        emit(made)
    if format in (ProblemFormat.text, ProblemFormat.github):
        remark(said)
    failing = ("error", "warning") if strict else ("error",)
    if any(problem.severity in failing for problem in problems):
        raise typer.Exit(1)


class Earlier(NamedTuple):
    """An earlier state of a workspace, and the day on which it was committed."""

    home: "Workspace"
    day: "Period"


def _earlier(home: "Workspace", against: str | None) -> Earlier | None:
    """The workspace at the revision that `--against` names."""
    from diplan.files.history import GitRepository
    from diplan.ground.period import period

    if not against:
        return None
    repository = GitRepository(home)
    return Earlier(repository.at(against), period(repository.day(against)))


def _summed(problems: "list[Problem]", told: list[str], elsewhere: "list[Problem]") -> str:
    """The outcome in a sentence; *elsewhere* are the problems of files not asked for."""
    from diplan.render.problems import counted

    beside = f"; not shown: {counted(elsewhere)} elsewhere" if elsewhere else ""
    fine = "nothing to say of these files" if elsewhere else "the data is in order"
    counts = "" if elsewhere else f": {'; '.join(told)}"
    if all(problem.severity == "advice" for problem in problems):
        advised = f"; {counted(problems)}" if problems else ""
        return f"{fine}{counts}{advised}{beside}"
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


def problems_of(
    home: "Workspace",
    when: "Period",
    earlier: Earlier | None = None,
    *,
    advised: bool = False,
) -> "tuple[list[Problem], str]":
    """The problems of a workspace in order, and how much there is in it.

    With an *earlier* state, these include what was changed since without an entry; if *advised*,
    also what makes the plan hard to hold to account.
    """
    from diplan.checks import advice, personal_data
    from diplan.checks import check as findings
    from diplan.files.load import load
    from diplan.plan.plan import HOME

    loaded = load(home)
    problems = list(loaded.problems)
    counts, british = "nothing", True
    if plan := loaded.plan:
        british = plan.cover.country == HOME
        problems += [loaded.problem(finding) for finding in findings(plan, when)]
        if advised:
            problems += [loaded.problem(finding) for finding in advice(plan, when)]
        if earlier:
            problems += _quiet_changes(loaded, plan, earlier)
        sections = ("indicator", plan.indicators), ("action", plan.actions), ("venue", plan.venues)
        counts = ", ".join(count(len(entities), name) for name, entities in sections)
    for source in loaded.sources:
        problems += personal_data(source, british=british)
    return in_order(problems, [source.name for source in loaded.sources]), counts


def _quiet_changes(loaded: "Loaded", plan: "Plan", earlier: Earlier) -> "list[Problem]":
    """What was changed since an earlier state without an entry, or with one of an earlier date."""
    from diplan.checks.ledger import backdated, ledger, unheld
    from diplan.checks.quiet import quiet_changes
    from diplan.files.load import load
    from diplan.judge.backdating import past_verdicts

    old = load(earlier.home, cover=plan.cover)
    if old.plan is None:
        return []
    findings = [
        *unheld(old.plan, earlier.home.name("data")),
        *ledger(old.plan, plan, old.where),
        *quiet_changes(old.plan, plan, old.where),
        *backdated(
            old.plan,
            plan,
            earlier.day,
            lambda entity, entry: past_verdicts(entity, entry, earlier.day, plan),
        ),
    ]
    return [loaded.problem(finding) for finding in findings]


def in_order(problems: "list[Problem]", files: list[str]) -> "list[Problem]":
    """Problems in the order of the files, then of the places in them."""
    rank = {name: at for at, name in enumerate(files)}

    def place(problem: "Problem") -> tuple[Any, ...]:
        return rank.get(problem.file, -1), problem.file, problem.span[:2], problem.code

    return sorted(problems, key=place)
