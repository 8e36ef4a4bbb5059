"""`diplan explain`: what a problem's code means."""

from typing import Annotated

import typer

from diplan.cli.completion import names_in
from diplan.cli.output import emit, emit_columns
from diplan.ground.lookup import one_of


def explain(
    code: Annotated[
        str | None,
        typer.Argument(
            help="The word in square brackets at the end of a problem. Without: all of them.",
            autocompletion=names_in("problems", "CODES"),
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
        emit_columns(CODES)
        return
    one_of("problem", code, CODES, "run `diplan explain` to see them all")
    page = pages()[code]
    lines = [f"{code} ({CODES[code]})", "", page.text, ""]
    for title, sign in (("Wrong:", "-"), ("Right:", "+")):
        lines += [f"{title} {page.file}", ""]
        lines += [f"    {line}".rstrip() for line in page.side(sign).splitlines()]
        lines.append("")
    emit("\n".join(lines[:-1]))
