"""Templates: where they are found, what they may do, and what is said when they fail.

A template in a nearer folder takes the place of the one of the same name behind it. Templates
run in Jinja's sandbox: they cannot change what they are given, call into Python, or read a file
outside their folders. A template that wastes time within those bounds is not stopped.

An HTML template escapes what it prints. Jinja knows no Markdown, so a Markdown template is given
values whose texts are escaped already.
"""

import re
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from diplan.files.workspace import LARGEST_FILE, shipped
from diplan.files.workspace.regular import read_regular, regular
from diplan.ground.errors import DiplanError, UnreadableError
from diplan.ground.text import visible
from diplan.render.escaping import escaped_values

TemplateKind = Literal["html", "markdown"]


class TemplateError(DiplanError):
    """A template is missing, cannot be read, or failed."""

    def __init__(self, name: str, line: int | None, message: str, hint: str = "") -> None:
        place = f'template "{visible(name)}"' + (f", line {line}" if line else "")
        super().__init__(f"{place}: {visible(message)}")
        self.hint = hint


def builtin_templates() -> Path:
    """The folder of diplan's own templates."""
    return shipped("templates")


class Folder(BaseLoader):
    """A folder of templates, of which only the files that really lie in it count."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def holds(self, template: str) -> bool:
        """Whether there is a template of a name."""
        try:
            return bool(regular(self.folder, template))
        except UnreadableError:
            return False

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template, where it is, and that it does not change meanwhile."""
        try:
            data = read_regular(self.folder, template, LARGEST_FILE)
        except UnreadableError:
            raise TemplateNotFound(template) from None
        text = re.sub("\r\n?", "\n", data.decode())
        return text, str(self.folder / template), lambda: True


class Sandbox(ImmutableSandboxedEnvironment):
    """What every template runs in."""

    def __init__(self, folders: Sequence[Path], **options: Any) -> None:
        super().__init__(
            loader=ChoiceLoader([Folder(folder) for folder in folders]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            **options,
        )
        self.folders = tuple(folders)

    def holds(self, name: str) -> bool:
        """Whether there is a template of a name."""
        return any(Folder(folder).holds(name) for folder in self.folders)


def environment(folders: Sequence[Path], *, kind: TemplateKind) -> Sandbox:
    """An environment that looks in *folders*, in that order, and then among diplan's own.

    None of the folders may be a link: what a person names is resolved before.
    """
    everywhere = [*folders, builtin_templates()]
    if kind == "html":
        return Sandbox(everywhere, autoescape=True, finalize=_html)
    made = Sandbox(everywhere, autoescape=False)
    for name in ("e", "escape", "forceescape", "safe"):  # whatever a template gets is escaped
        made.filters[name] = str
    for name in ("tojson", "urlize", "xmlattr"):  # they make HTML
        del made.filters[name]
    return made


def _html(value: object) -> object:
    return value if hasattr(value, "__html__") else visible(str(value))


def rendered(environment: Environment, name: str, **given: object) -> str:
    """The template *name* with what it is given; a Markdown template gets it escaped.

    Raises:
        TemplateError: the template or one that it includes is missing or failed; the message
            names the innermost one, and the line.

    """
    values = given if environment.autoescape else escaped_values(given)
    try:
        return environment.get_template(name).render(values)
    except Exception as error:
        raise _told(error, environment, name, given) from error


def _told(
    error: Exception, environment: Environment, name: str, given: Iterable[str]
) -> TemplateError:
    """An exception as what its user can mend."""
    folders: tuple[Path, ...] = getattr(environment, "folders", ())
    inner, line = _place(error, folders, name)
    match error:
        case TemplateSyntaxError():
            return TemplateError(error.name or name, error.lineno, _sentence(error.message or ""))
        case TemplateNotFound():
            places = ", ".join(str(folder) for folder in folders)
            missing = f'there is no template "{error.name}"'
            return TemplateError(inner, line, missing, f"templates are looked for in {places}")
        case UndefinedError():
            hint = f"a template here is given {', '.join(sorted(given))}"
            return TemplateError(inner, line, _sentence(str(error)), hint)
        case SecurityError():
            hint = "templates can lay out what they are given, and nothing else"
            return TemplateError(inner, line, _sentence(str(error)), hint)
        case RecursionError():
            hint = "does it include, extend or call itself?"
            return TemplateError(inner, line, "it goes on without end", hint)
        case UnicodeDecodeError():
            return TemplateError(name, None, "it is not UTF-8", "save it as UTF-8")
        case _:
            said = str(error) or type(error).__name__
            hint = f"Python calls it a {type(error).__name__}"
            return TemplateError(inner, line, _sentence(said), hint)


def _sentence(text: str) -> str:
    flat = re.sub(r"'([^']*)'", r'"\1"', " ".join(text.split()).rstrip("."))
    return flat[:1].lower() + flat[1:]


def _place(error: Exception, folders: Sequence[Path], name: str) -> tuple[str, int | None]:
    """The innermost template at work when *error* came, and its line.

    Jinja puts the lines of templates into the traceback in place of those of its compiled code.
    """
    place: tuple[str, int | None] = (name, None)
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        for folder in folders if path.suffix != ".py" else ():
            if path.is_relative_to(folder):
                place = (path.relative_to(folder).as_posix(), line)
    return place
