"""Papers as PDF/UA-1: tagged, titled, with bookmarks and alternative texts."""

import json

from diplan.files.workspace import shipped
from diplan.render.flow import pages
from diplan.render.pdf.letters import lacking, rewritten
from diplan.render.pdf.paper import paper
from diplan.render.typesetting import TypesettingError, typeset
from diplan.report.document import Document

_STANDARDS = ["ua-1"]


def pdf(document: Document, organisation: str = "") -> bytes:
    """A document as PDF; the same bytes for the same document.

    Raises:
        NoExtraError: typst or the font is not installed.
        TypesettingError: typst refused, which no text of a plan can bring about.
    """
    # Templates of a plan's own folder are not looked for: they could read any file.
    source = (shipped("templates") / "paper.typ").read_bytes()
    data = paper(pages(document), organisation)
    letters = {letter for letter in json.dumps(data, ensure_ascii=False) if letter > "~"}
    for fallback in (True, False):
        names = lacking(letters, fallback=fallback)
        if names:
            data = paper(pages(rewritten(document, names)), organisation.translate(names))
        try:
            return typeset(source, data, "pdf", standards=_STANDARDS)[0]
        except TypesettingError:
            if not fallback:
                raise
    raise AssertionError  # pragma: no cover
