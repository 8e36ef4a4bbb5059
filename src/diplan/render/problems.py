"""Problems as text for people and as JSON for programs, and the list of all forms there are."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from diplan.ground.english import count, listed
from diplan.ground.text import excerpt, one_line, visible
from diplan.problems import CODES, Problem, Severity


def as_text(problems: Sequence[Problem]) -> str:
    """Each problem with its place, an excerpt with a caret, and a remedy."""
    return "\n".join(line for problem in problems for line in _lines(problem))


def _lines(problem: Problem) -> list[str]:
    span = problem.span
    place = f"{one_line(problem.file)}:{span.line}:{span.column}"
    shown = list(excerpt(problem.source, span)) if problem.source else []
    blank = shown[0][:-1] if shown else " "
    hint = [f"{blank}= {visible(problem.hint)}"] if problem.hint else []
    message = visible(problem.message)
    return [f"{place}: {problem.severity}: {message} [{problem.code}]", *shown, *hint, ""]


def as_json(problems: Sequence[Problem]) -> str:
    """The problems under a versioned schema."""
    made = {"schema": "diplan/problems/1", "problems": records(problems)}
    return json.dumps(made, indent=1) + "\n"


def records(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """The problems for programs."""
    return [
        {
            "code": problem.code,
            "severity": problem.severity,
            "message": problem.message,
            "hint": problem.hint or None,
            "file": problem.file,
            "line": problem.span.line,
            "column": problem.span.column,
            "end_line": problem.span.end_line,
            "end_column": problem.span.end_column,
            "path": list(problem.path),
        }
        for problem in problems
    ]


def _for_ci(name: str) -> Callable[[Sequence[Problem]], str]:
    """A form that a CI service reads; its module is imported when it is asked for."""

    def form(problems: Sequence[Problem]) -> str:
        from diplan.render import ci_formats

        made: str = getattr(ci_formats, f"as_{name}")(problems)
        return made

    return form


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    **{name: _for_ci(name) for name in ("github", "gitlab", "sarif", "junit")},
}


def counted(problems: Sequence[Problem]) -> str:
    """How many problems there are, in a sentence."""
    counts = Counter(CODES[problem.code] for problem in problems)
    said = [
        count(howmany, thing)
        for severity, thing in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.ADVICE, "piece of advice"),
        )
        if (howmany := counts[severity])
    ]
    files = len({problem.file for problem in problems})
    return f"{listed(said)} in {count(files, 'file')}"
