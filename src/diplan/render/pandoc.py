"""Documents for word processors, by way of pandoc: the system's own, or the extra's.

Pandoc reads the body of the HTML page, from which everything that could make it open a file or
an address is taken out first (its own sandbox cannot be had where a distribution keeps pandoc's
data in files). Charts are left to HTML and Markdown; their tables stay.
"""

import io
import re
import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path

from diplan.ground.errors import NoPandocError, PandocError
from diplan.ground.programs import program
from diplan.report.document import Bar, Block, Document, Picture

_OPENS = re.compile(
    r"</?(?:img|picture|source|svg|image|iframe|object|embed|video|audio|track|link|script|style"
    r"|base|meta)\b[^>]*>",
    re.IGNORECASE,
)
"""Tags that name something to be opened."""

_ROW_NAME = re.compile(r'<th scope="row"([^>]*)>(.*?)</th>', re.DOTALL)
"""A cell that names its row: pandoc leaves such cells out of ODT, so they become plain ones."""


def in_place(picture: Picture) -> Block:
    """What says the same as a picture."""
    return picture.description if isinstance(picture, Bar) else picture.table


SECONDS = 120
"""How long pandoc may take."""


def without_charts(document: Document) -> Document:
    """The document with each chart's and each map's table in its place."""

    def kept(blocks: Iterable[Block]) -> list[Block]:
        return [in_place(block) if isinstance(block, Picture) else block for block in blocks]

    sections = [section._replace(blocks=kept(section.blocks)) for section in document.sections]
    return document._replace(blocks=kept(document.blocks), sections=sections)


def convert(page: str, form: str, title: str, reference: Path | None) -> bytes:
    """An HTML page's body as a `docx` or `odt` document, in the style of a reference document.

    Raises:
        NoPandocError: there is no pandoc.
        PandocError: pandoc refused.
    """
    body = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    body = _ROW_NAME.sub(r"<td\1>\2</td>", _OPENS.sub("", body))
    command = [
        _pandoc(form), "--from=html", f"--to={form}",  "--output=-",
        f"--metadata=title:{title}", "--metadata=lang:en-GB",
    ]  # fmt: skip
    if reference:
        command.append(f"--reference-doc={reference}")
    done = subprocess.run(  # noqa: S603 - no shell, and every argument is ours
        command,
        input=body.encode(),
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        raise PandocError(done.stderr.decode(errors="replace").strip().partition("\n")[0])
    return _settled(done.stdout, wide=reference is None)


_SECTION = (
    r"(?s)<w:sectPr[^>/]*(?:/>|>\s*"
    r"(?P<notes>(?:<w:(?:foot|end)notePr>.*?</w:(?:foot|end)notePr>\s*)*)"
    r"(?:<w:pg(?:Sz|Mar)[^>]*/>\s*)*(?P<more>.*?)</w:sectPr>)"
)
"""The page of a docx: empty from pandoc 2, with how notes are numbered from pandoc 3."""
_WIDE = (
    r'<w:sectPr>\g<notes><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" '
    r'w:footer="567" w:gutter="0"/>\g<more></w:sectPr>'
)
_PAGES = {
    "word/document.xml": ((_SECTION, _WIDE),),
    "styles.xml": (
        (r'fo:page-width="[^"]*"', 'fo:page-width="29.7cm"'),
        (r'fo:page-height="[^"]*"', 'fo:page-height="21cm"'),
        (r'style:print-orientation="portrait"', 'style:print-orientation="landscape"'),
    ),
}
"""What pandoc's own styles say of the page, and A4 across, which tables of six columns need."""

_NOW = re.compile(rb"(<(?:meta:creation-date|dc:date|dcterms:created|dcterms:modified)[^>]*>)[^<]*")
"""Where pandoc says when it ran."""


def _settled(document: bytes, *, wide: bool) -> bytes:
    """The document without the time of its making; on A4 pages turned on their side if *wide*."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename in ("meta.xml", "docProps/core.xml"):
                content = _NOW.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            for pattern, text in _PAGES.get(entry.filename, ()) if wide else ():
                content = re.sub(pattern, text, content.decode()).encode()
            same = zipfile.ZipInfo(entry.filename, date_time=(1980, 1, 1, 0, 0, 0))
            same.compress_type = entry.compress_type
            new.writestr(same, content)
    return made.getvalue()


def _pandoc(form: str) -> str:
    if installed := program("pandoc"):
        return installed
    try:
        import pypandoc
    except ImportError:
        raise NoPandocError(form) from None
    return str(pypandoc.get_pandoc_path())
