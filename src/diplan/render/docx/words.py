"""Words of a Word document as XML: runs and paragraphs, in which a text is never markup."""

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

from diplan.ground.text import visible
from diplan.render.docx.styles import sized
from diplan.render.flow import Run

_ADDRESS = re.compile(
    r"(?:https?://|mailto:)(?:[!#$&-;=?@A-Z_a-z~]|%[0-9A-F]{2}){1,1000}", re.IGNORECASE
)
"""An address that Word takes: one with other signs makes it call the whole document damaged."""


class Links:
    """The addresses that a document leads to, with the keys of their relations."""

    def __init__(self) -> None:
        self.keys: dict[str, str] = {}

    def around(self, address: str, runs: str) -> str:
        """Runs that lead to an address, if it is one of the web or of e-mail."""
        if not leads(address):
            return runs
        key = self.keys.setdefault(address, f"link{len(self.keys) + 1}")
        return f'<w:hyperlink r:id="{key}">{runs}</w:hyperlink>'


def leads(address: str) -> bool:
    """Whether an address leads to the web or to an e-mail address."""
    if not _ADDRESS.fullmatch(address):
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme == "mailto" or (bool(parts.hostname) and parts.port != 0)
    except ValueError:
        return False


def run(words: str, *, bold: bool = False, more: str = "", style: str = "") -> str:
    """Words in one form; a line feed alone breaks the line."""
    if words == "\n":
        return "<w:r><w:br/></w:r>"
    form = f'<w:rStyle w:val="{style}"/>' if style else ""
    form += ("<w:b/><w:bCs/>" if bold else "") + more
    properties = f"<w:rPr>{form}</w:rPr>" if form else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{safe(words)}</w:t></w:r>'


def runs(given: Iterable[Run], links: Links, linked: str, code: str) -> str:
    """The words of a paragraph; *linked* and *code* are the keys of the styles of their words."""
    made = []
    for one in given:
        goes = leads(one.address)
        style = linked if goes else code if one.code else ""
        italic = "<w:i/><w:iCs/>" if one.emphasis else ""
        made.append(links.around(one.address, run(one.text, bold=one.strong, more=italic,
                                                  style=style)))  # fmt: skip
    return "".join(made)


def paragraph(content: str, style: str = "", more: str = "") -> str:
    """A paragraph of runs, in a style."""
    form = (f'<w:pStyle w:val="{style}"/>' if style else "") + more
    return f"<w:p>{f'<w:pPr>{form}</w:pPr>' if form else ''}{content}</w:p>"


def smaller(size: float | None) -> str:
    """The properties of a run whose letters are not of its style's size."""
    return sized(size) if size else ""


def safe(words: str) -> str:
    """A text between tags or in an attribute, without anything that XML does not allow."""
    return escape(visible(words))


def field(instruction: str, shown: str) -> str:
    """What Word works out itself, such as the number of a page, and what it shows until then."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(shown)}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
