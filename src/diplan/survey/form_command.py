"""`diplan skills`: what to ask people, and in what form."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diplan.cli.options import WorkspaceOption
from diplan.cli.output import emit, remark
from diplan.cli.workspace import refuse_inside_data
from diplan.ground.english import count
from diplan.ground.errors import OptionError
from diplan.ground.text import one_line
from diplan.survey.framework_option import FrameworkOption, framework_of, plan_root

if TYPE_CHECKING:
    from diplan.survey.framework import Framework


class FormFormat(StrEnum):
    """What a form can be."""

    html = "html"
    markdown = "markdown"
    csv = "csv"


ENDINGS = {".html": FormFormat.html, ".md": FormFormat.markdown, ".csv": FormFormat.csv}


def skills_list(workspace_: WorkspaceOption = None) -> None:
    """List the skills frameworks: the plan's own, and those of diplan.

    \b
    Examples:
      diplan skills list
    """
    from diplan.survey.framework_files import available, read_framework

    for name, home in available(plan_root(workspace_)).items():
        framework, problems = read_framework(home, name)
        if framework is None:
            remark(f"{name} cannot be read: {problems[0].message}")
            continue
        questions = ", ".join(question.id for question in framework.questions)
        counts = f"{count(len(framework.skills), 'skill')}, {count(len(framework.tasks), 'task')}"
        emit(f"{name}  {one_line(framework.title)}: {counts}; questions: {questions}")


def skills_form(
    framework: FrameworkOption,
    format: Annotated[  # noqa: A002 - the option's name
        FormFormat | None,
        typer.Option(
            "--format",
            "-f",
            help="csv is the first row of a table of answers. Default: what the output's name ends"
            " in, else markdown.",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write.")
    ] = None,
    workspace_: WorkspaceOption = None,
) -> None:
    """Print a survey form, or the columns for its answers.

    \b
    Examples:
      diplan skills form --framework basic-digital-skills-2015 --output form.html
      diplan skills form --framework basic-digital-skills-2015 --format csv
    """
    from diplan.files.workspace import write_file

    survey = framework_of(framework, workspace_)
    if format is None and output and output.suffix.lower() not in ENDINGS:
        message = f'"{one_line(output.name)}" does not say what format it is to be'
        raise OptionError(message, f"end it in {', '.join(ENDINGS)}, or use --format")
    chosen = format or (ENDINGS[output.suffix.lower()] if output else FormFormat.markdown)
    root = plan_root(workspace_)
    made = _form(survey, chosen, [root / "templates"] if root else [])
    if output is None:
        emit(made)
        return
    if root:
        refuse_inside_data(output, root)
    write_file(output, made.encode())
    remark(f"wrote {one_line(str(output))}: {count(len(survey.tasks), 'task')}")


def _form(framework: "Framework", form: FormFormat, folders: "list[Path]") -> str:
    from diplan.render import render
    from diplan.survey.form import first_row, page, questionnaire

    if form is FormFormat.csv:
        return first_row(framework)
    if form is FormFormat.html:
        return page(framework, folders)
    return render(questionnaire(framework), "markdown")
