"""Papers as Word documents: A4, in styles that a council's own document may give.

The same data gives the same bytes. Nothing in a document leads to another file, and the addresses
in it only to the web and to e-mail. python-docx makes the package, and the XML in it is ours.
"""

from collections.abc import Mapping

from diplan.ground.errors import NoExtraError
from diplan.render.flow import pages
from diplan.report.document import Document


def docx(document: Document, organisation: str, reference: Mapping[str, bytes] | None) -> bytes:
    """A paper as a Word document; *reference* has the parts of a council's own, by name.

    Raises:
        NoExtraError: what makes documents is not installed.
        ReferenceDocumentError: the reference cannot be used.
    """
    try:
        from diplan.render.docx.writing import written
    except ImportError:
        raise NoExtraError("Word documents") from None
    return written(pages(document), organisation, reference)
