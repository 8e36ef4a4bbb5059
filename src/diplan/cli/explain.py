"""`diplan explain`: what a problem's code means."""

from typing import Annotated

import typer

from diplan.cli.lookup import one_of
from diplan.cli.output import emit


def codes(incomplete: str) -> list[str]:
    """Codes that begin so, for the shell's completion."""
    from diplan.problems import CODES

    return [code for code in CODES if code.startswith(incomplete)]


def explain(
    code: Annotated[
        str | None,
        typer.Argument(
            help="The word in square brackets at the end of a problem. Without: all of them.",
            autocompletion=codes,
        ),
    ] = None,
) -> None:
    """Explain a problem, why it matters, and how to put it right.

    \b
    Examples:
      diplan explain duplicate-id
      diplan explain
    """
    from diplan.problems import CODES, pages

    if code is None:
        width = max(map(len, CODES))
        emit("\n".join(f"{name:<{width}}  {severity}" for name, severity in CODES.items()))
        return
    one_of("problem", code, CODES, "run `diplan explain` to see them all")
    page = pages()[code]
    lines = [f"{code} ({CODES[code]})", "", page.text, ""]
    for title, sign in (("Wrong:", "-"), ("Right:", "+")):
        lines += [f"{title} {page.file}", ""]
        lines += [f"    {line}".rstrip() for line in page.side(sign).splitlines()]
        lines.append("")
    emit("\n".join(lines[:-1]))
