"""Changes as the body of a comment on a pull request: the most telling thing first."""

from diplan.render.escaping import escaped
from diplan.render.markdown import markdown
from diplan.render.templates import environment
from diplan.report.document import Document

LONGEST = 60_000
"""Characters: a comment on GitHub holds 65,536."""


def comment(document: Document) -> str:
    """One line where nothing moved; else the headline, and under it what moved and why.

    It ends with a blank line: in a job's summary, more may follow.
    """
    first = f"**{escaped(document.title)}**\n"
    if not document.sections:
        return f"{first}\n"
    whole = markdown(document, environment((), kind="markdown"), template="report.md.j2")
    body = first + whole.partition("\n")[2]
    if len(body) <= LONGEST:
        return f"{body.rstrip()}\n\n"
    kept = body[:LONGEST].rpartition("\n")[0]
    return f"{kept}\n\nThe rest does not fit here: `diplan diff` prints all of it.\n\n"
