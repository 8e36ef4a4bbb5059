"""Templates: where they are found, what they may do, and what is said when they fail.

A template in a nearer folder takes the place of the one of the same name behind it. Templates
run in Jinja's sandbox: they cannot change what they are given, call into Python, or read a file
outside their folders. A template that wastes time within those bounds is not stopped.

What a template prints is escaped for its kind. Jinja itself only knows HTML, and would escape
for HTML wherever marked-up and plain text meet; in Markdown that would leave the stars and bars
of the data at work. So the modules compiled from Markdown templates are given `Marked` and its
kin in place of Jinja's own.
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
    pass_environment,
)
from jinja2.exceptions import SecurityError
from jinja2.filters import make_attrgetter
from jinja2.runtime import Macro as JinjaMacro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from diplan.files.workspace import LARGEST_FILE, shipped
from diplan.files.workspace.regular import read_regular, regular
from diplan.ground.errors import DiplanError, UnreadableError
from diplan.ground.text import visible
from diplan.render.escaping import escaped

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


class Marked(Markup):
    """Text that is Markdown already; whatever joins it is escaped for Markdown."""

    __slots__ = ()

    @classmethod
    def escape(cls, s: Any, /) -> "Marked":
        """Anything as Markdown that says just that."""
        if isinstance(s, Markup):
            return cls(s)
        return cls(s.__html__() if hasattr(s, "__html__") else escaped(str(s)))


class Macro(JinjaMacro):
    """A macro whose result is `Marked`."""

    def _invoke(self, arguments: list[Any], autoescape: bool) -> Marked:
        return Marked(self._func(*arguments))


def markup_join(parts: Iterable[object]) -> str:
    """What `~` makes of its parts."""
    return _together(list(parts), "")


def _together(parts: Sequence[object], between: str) -> str:
    """The parts as one text: Markdown if any of them is, else text still to be escaped."""
    if any(hasattr(part, "__html__") for part in (*parts, between)):
        return Marked.escape(between).join(map(Marked.escape, parts))
    return between.join(map(str, parts))


class Sandbox(ImmutableSandboxedEnvironment):
    """What every template runs in."""

    def __init__(self, folders: Sequence[Path], **options: Any) -> None:
        super().__init__(
            loader=ChoiceLoader([Folder(folder) for folder in folders]),
            autoescape=True,
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


class _MarkdownSandbox(Sandbox):
    """A sandbox whose compiled templates escape for Markdown."""

    def _generate(self, *arguments: Any, **named: Any) -> str:
        first, end, rest = super()._generate(*arguments, **named).partition("\n")
        imported = f"from {__name__} import Macro, Marked as Markup, markup_join"
        return (
            f"{first}; {imported}{end}{rest}"  # on the first line, so that no line is counted wrong
        )


def environment(folders: Sequence[Path], *, kind: TemplateKind) -> Sandbox:
    """An environment that looks in *folders*, in that order, and then among diplan's own.

    None of the folders may be a link: what a person names is resolved before.
    """
    everywhere = [*folders, builtin_templates()]
    if kind == "html":
        return Sandbox(everywhere, finalize=_html)
    made = _MarkdownSandbox(everywhere, finalize=Marked.escape)
    for name in ("e", "escape", "forceescape"):
        made.filters[name] = Marked.escape
    made.filters["join"] = _join
    made.filters["replace"] = _replace
    for name in ("tojson", "urlize", "xmlattr"):  # they make HTML
        del made.filters[name]
    return made


def _html(value: object) -> object:
    return value if hasattr(value, "__html__") else visible(str(value))


@pass_environment
def _join(
    environment: Environment,
    parts: Iterable[object],
    between: str = "",
    attribute: str | int | None = None,
) -> str:
    """Jinja's `join`, for Markdown."""
    texts = list(map(make_attrgetter(environment, attribute), parts) if attribute else parts)
    return _together(texts, between)


def _replace(text: object, old: str, new: str, count: int = -1) -> str:
    """Jinja's `replace`, for Markdown."""
    if hasattr(text, "__html__") or hasattr(new, "__html__"):
        return Marked.escape(text).replace(old, Marked.escape(new), count)
    return str(text).replace(old, new, count)


def rendered(environment: Environment, name: str, **given: object) -> str:
    """The template *name* with what it is given.

    Raises:
        TemplateError: the template or one that it includes is missing or failed; the message
            names the innermost one, and the line.

    """
    try:
        return environment.get_template(name).render(given)
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
