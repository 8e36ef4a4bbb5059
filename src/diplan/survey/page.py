"""The form of a skills framework as a page to be filled in, on a screen or on paper."""

from collections.abc import Sequence
from pathlib import Path

from diplan.render.html import add_filters
from diplan.render.templates import environment, rendered
from diplan.survey.form import GUIDANCE, origin
from diplan.survey.framework import Framework


def page(framework: Framework, folders: Sequence[Path] = ()) -> str:
    """The form as a page that loads nothing and sends nothing.

    *folders* are looked through for templates before diplan's own.

    Raises:
        TemplateError: the template is missing or failed.
    """
    sandbox = environment(folders, kind="html")
    add_filters(sandbox)
    return rendered(
        sandbox,
        "skills-form.html.j2",
        title=framework.title,
        contents=[],
        framework=framework,
        guidance=GUIDANCE,
        origin=origin(framework),
    )
