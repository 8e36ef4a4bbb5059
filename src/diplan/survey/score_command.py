"""`diplan skills score`: who has the skills, by what people say they can do or have done."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.completion import ids_of, years
from diplan.cli.options import (
    Colour,
    ColourOption,
    DryRunOption,
    FormatOption,
    WorkspaceOption,
    YesOption,
)
from diplan.cli.output import print_report, remark
from diplan.ground.english import count
from diplan.ground.errors import OptionError
from diplan.ground.lookup import one_of
from diplan.survey.framework_option import FrameworkOption, framework_of, questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplan.exchange.refused import RefusedCell
    from diplan.survey.framework import Framework, Question
    from diplan.survey.scoring import Scores


def skills_score(
    responses: Annotated[
        Path,
        typer.Argument(
            metavar="RESPONSES.csv",
            exists=True,
            dir_okay=False,
            help="One row a person, one column a task.",
        ),
    ],
    framework: FrameworkOption,
    question: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            autocompletion=questions,
            help="Which of its questions, such as could or done; each is a measure of its own.",
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Break down by a column; can be repeated."),
    ] = None,
    weight: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="The column of weights.")
    ] = None,
    suppress: Annotated[
        int,
        typer.Option(
            metavar="N", min=0, max=1000, help="Withhold counts of fewer than N people; 0: none."
        ),
    ] = 5,
    confidence: Annotated[
        float,
        typer.Option(metavar="PER CENT", min=50, max=99.9, help="The confidence of the intervals."),
    ] = 95,
    record: Annotated[
        str | None,
        typer.Option(
            metavar="INDICATOR",
            help="Record the share as a figure of this indicator.",
            autocompletion=ids_of("indicators"),
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(metavar="PERIOD", autocompletion=years, help="The period of the figure."),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="The source of the figure.", autocompletion=ids_of("sources")
        ),
    ] = None,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict", help="Exit with 1, and record nothing, if a row had to be left out."
        ),
    ] = False,
    format: FormatOption = None,  # noqa: A002 - the option's name
    colour: ColourOption = Colour.auto,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    workspace_: WorkspaceOption = None,
) -> None:
    """Count who has the skills: in all, by skill, by task and by group.

    A row that cannot be read is named by its cell and left out; the report says how many were.

    \b
    Examples:
      diplan skills score survey.csv --framework basic-digital-skills-2015 --question could
      diplan skills score survey.csv --framework basic-digital-skills-2015 --question done \\
        --by age --by area --weight weight --format csv
      diplan skills score survey.csv --framework basic-digital-skills-2015 --question could \\
        --record adults-with-skills --period 2019 --source survey-2019
    """
    from fractions import Fraction

    from diplan.survey.recording import planned, record_share
    from diplan.survey.report import skills as build
    from diplan.survey.withholding import published

    survey = framework_of(framework, workspace_)
    asked = _question(survey, question)
    if suppress == 1:
        message = "--suppress: to withhold only counts of 0 would give them away"
        raise OptionError(message, "give 2 or more, or 0 to withhold nothing")
    figure = planned(record, period, source, workspace_)
    scores = _scores(responses, survey, asked, by or [], weight)
    told = published(scores, suppress, Fraction(str(confidence)))
    print_report(build(told), format, colour)
    left = sum(scores.left.values())
    _say(responses, scores.told)
    if left:
        named = len({bad.row for bad in scores.told})
        first = f"; the first {named} are named here" if named < left else ""
        remark(f"{left:,} of {count(scores.rows, 'row')} left out{first}")
    if left and strict:
        raise typer.Exit(1)
    if figure:
        record_share(figure, told, workspace_, dry_run=dry_run, yes=yes)


def _question(framework: "Framework", name: str | None) -> "Question":
    """The question that is meant; it has to be said which, where there are several."""
    ids = {question.id: question for question in framework.questions}
    if name is None and len(ids) > 1:
        message = f"{framework.id} has {len(ids)} questions, and each is a measure of its own"
        raise OptionError(message, f"say which with --question: {', '.join(ids)}")
    return ids[one_of("question", name, ids)] if name else framework.questions[0]


def _scores(
    file: Path, framework: "Framework", asked: "Question", by: "Sequence[str]", weight: str | None
) -> "Scores":
    """What a file comes to, unless it has no table of answers or nobody in it can be read."""
    from diplan.survey.grouping import Groups
    from diplan.survey.responses import Responses
    from diplan.survey.scoring import score as scored

    with file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
        table = Responses(stream, framework, asked, Groups(by), weight)
        _say(file, table.faults)
        if table.faults:
            raise typer.Exit(1)
        scores = scored(table, framework)
    if not scores.people:
        _say(file, scores.told)
        rows = f"{scores.rows:,} of {count(scores.rows, 'row')} cannot be read"
        remark(
            f"no report: {rows if scores.rows else 'there are no answers beneath the first row'}"
        )
        raise typer.Exit(1)
    return scores


def _say(file: Path, bad: "Sequence[RefusedCell]") -> None:
    """Name the bad cells, each with its remedy."""
    from diplan.exchange.refused import listing

    if bad:
        remark(listing(file.name, bad))
