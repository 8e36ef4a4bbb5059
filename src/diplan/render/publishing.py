"""Papers to files: a document in the format that was asked for, with its charts beside it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from diplan.render.html import drawn, html
from diplan.render.markdown import markdown
from diplan.render.templates import Sandbox, environment
from diplan.report.document import Document

ENDINGS = {"markdown": ".md", "html": ".html", "docx": ".docx", "pdf": ".pdf"}
"""The formats of papers, and how their files' names end."""


class PaperOrder(NamedTuple):
    """How a paper is to be printed.

    `name` is the paper's, for a template of its own; `folders` are looked through for templates
    before the built-in ones; `charts` is the folder that a Markdown paper keeps its charts in;
    `organisation` is the one whose plan it is; `reference` has the parts of a Word document whose
    styles to use, by name.
    """

    name: str
    form: str
    folders: Sequence[Path] = ()
    charts: str = ""
    licence: str = ""
    organisation: str = ""
    reference: Mapping[str, bytes] | None = None


class PublishedPaper(NamedTuple):
    """A paper's own bytes, and those of the files beside it, by name."""

    paper: bytes
    beside: dict[str, bytes]


def publish(document: Document, order: PaperOrder) -> PublishedPaper:
    """Print a paper; the same bytes for the same document and templates."""
    if order.form == "markdown":
        return _markdown(document, order)
    if order.form == "html":
        return PublishedPaper(_page(document, order).encode(), {})
    if order.form == "pdf":
        from diplan.render.pdf import pdf

        return PublishedPaper(pdf(document, order.organisation), {})
    from diplan.render.docx import docx

    return PublishedPaper(docx(document, order.organisation, order.reference), {})


def _markdown(document: Document, order: PaperOrder) -> PublishedPaper:
    sandbox = environment(order.folders, kind="markdown")
    template = _template(order, sandbox, "md.j2")
    text = markdown(document, sandbox, template=template, charts=order.charts)
    pictures = document.pictures if order.charts else []
    beside = {f"{order.charts}/{given.key}.svg": drawn(given).encode() for given in pictures}
    return PublishedPaper(text.encode(), beside)


def _page(document: Document, order: PaperOrder) -> str:
    sandbox = environment(order.folders, kind="html")
    template = _template(order, sandbox, "html.j2")
    return html(document, sandbox, template=template, licence=order.licence)


def _template(order: PaperOrder, sandbox: Sandbox, ending: str) -> str:
    """The paper's own template where there is one, else the one for every paper."""
    template = f"{order.name}.{ending}"
    return template if sandbox.holds(template) else f"report.{ending}"
