"""Documents and problems to text. Renderers return strings; `cli` decides where they go."""

from diplan.report.document import Document

FORMATS = ("table", "plain", "markdown", "json", "csv")
"""How a document can be printed."""


NARROWEST = 70
"""Characters below which columns would cut numbers in two: lines are printed instead."""


def render(document: Document, form: str, *, width: int = 80, colour: bool = False) -> str:
    """A document in one of `FORMATS`; *width* and *colour* are a table's."""
    match form:
        case "table" if width >= NARROWEST:
            from diplan.render.terminal import terminal

            return terminal(document, width=width, colour=colour)
        case "plain" | "table":
            from diplan.render.plain import plain

            return plain(document)
        case "markdown":
            from diplan.render.markdown import markdown
            from diplan.render.templates import environment

            return markdown(document, environment((), kind="markdown"), template="report.md.j2")
        case "json":
            from diplan.render.records import as_json

            return as_json(document)
        case _:
            from diplan.render.records import as_csv

            return as_csv(document)
