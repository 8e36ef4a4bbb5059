"""The questions of a skills framework: on paper, as a page to fill in, and for a table."""

from collections.abc import Sequence
from pathlib import Path

from diplan.report.document import Block, Document, Items, Section
from diplan.survey.framework import Framework, Task

GUIDANCE = (
    "For each task, choose one answer to each question. You can leave a question out.",
    "Please do not write your name on this form.",
)
"""What somebody should know before they begin."""

BOX = "☐"


def questionnaire(framework: Framework) -> Document:
    """The form as a document: a section for each skill, and one beneath it for each task."""
    sections = []
    for skill in framework.skills:
        sections.append(Section(skill.title, [], key=skill.id))
        sections += [_task(framework, task) for task in skill.tasks]
    return Document(framework.title, [*GUIDANCE, origin(framework)], sections)


def _task(framework: Framework, task: Task) -> Section:
    blocks: list[Block] = []
    for question in framework.questions:
        blocks += [
            question.text,
            Items([f"{BOX} {answer.text}" for answer in question.answers]),
        ]
    return Section(task.title, blocks, level=3, key=task.id)


def origin(framework: Framework) -> str:
    """Whose questions they are."""
    after = f", after {framework.publisher}" if framework.publisher else ""
    return f"These are the questions of {framework.title}{after}."


def first_row(framework: Framework) -> str:
    """The names of the columns that `diplan skills score` reads, as a line of a CSV file."""
    columns = [
        question.column(task) for question in framework.questions for task in framework.tasks
    ]
    return ",".join(columns) + "\r\n"


def page(framework: Framework, folders: Sequence[Path] = ()) -> str:
    """The form as a page to fill in, which loads nothing and sends nothing.

    *folders* are looked through for templates before diplan's own.

    Raises:
        TemplateError: the template is missing or failed.
    """
    from diplan.render.html import add_filters
    from diplan.render.templates import environment, rendered

    sandbox = environment(folders, kind="html")
    add_filters(sandbox)
    about = {"title": framework.title, "contents": [], "origin": origin(framework)}
    template = "skills-form.html.j2"
    return rendered(sandbox, template, framework=framework, guidance=GUIDANCE, **about)
