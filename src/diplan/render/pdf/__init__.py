"""Papers as PDF/UA-1: tagged, titled, with bookmarks and alternative texts."""

from collections.abc import Mapping
from pathlib import Path

from diplan.render.flow import pages
from diplan.render.pdf.letters import lacking, letters_of, refused, rewritten
from diplan.render.pdf.paper import paper
from diplan.render.typesetting import TypesettingError, typeset
from diplan.report.document import Document

TEMPLATE = Path(__file__).with_name("paper.typ")
"""What lays papers out. No plan has one of its own, since typst's templates can read files."""


def pdf(document: Document, organisation: str = "") -> bytes:
    """A document as PDF; the same bytes for the same document.

    Raises:
        NoExtraError: typst or the font is not installed.
        TypesettingError: typst refused, which no text of a plan should bring about.
    """
    letters = letters_of(document) | letters_of(organisation)
    names = lacking(letters, fallback=True) if letters else {}
    for _ in range(2):
        try:
            return _made(document, organisation, names)
        except TypesettingError as error:  # letters that can be shown apart, but not together
            names |= refused(error)
    return _made(document, organisation, lacking(letters, fallback=False))


def _made(document: Document, organisation: str, names: Mapping[int, str]) -> bytes:
    """The PDF of a document in which letters are told by name."""
    if names:
        document, organisation = rewritten((document, organisation), names)
    return typeset(
        TEMPLATE.read_bytes(), paper(pages(document), organisation), "pdf", standards=["ua-1"]
    )[0]
