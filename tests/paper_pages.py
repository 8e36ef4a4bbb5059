"""What stands on the pages of a PDF: its words with their places, and what is wrong with them.

For papers as PDF, and for those as Word documents by way of LibreOffice. A word is broken where a
part of it stands alone; that is seen by holding the words on the pages against those of the data.
"""

import html
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from diplan.ground.text import visible
from diplan.render.flow import Flow, Heading, Illustration, Listing, Paragraph, Quotation, Verbatim
from diplan.render.flow import lines as lines_of
from diplan.render.flow import pages as pages_of
from diplan.render.grid import Grid
from diplan.report.document import Document, Facts

IN_CI = bool(os.environ.get("CI"))
"""Read while tests are collected: each test's own environment has no CI."""

needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftotext") and not IN_CI, reason="poppler's tools are not on this machine"
)
needs_office = pytest.mark.skipif(
    not shutil.which("soffice") and not IN_CI, reason="LibreOffice is not on this machine"
)

A4 = (595, 842)
"""Points, upright."""

LONGEST = 24
"""A word of more letters may be broken anywhere: it is a web address, or has no better place."""

_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
)
_PIECES = re.compile(r"[^/-]+[/-]*|[/-]+")


class PrintedWord(NamedTuple):
    """A word and the box around it, in points from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class PrintedPage(NamedTuple):
    """A page: its size in points, and its words in the order in which they are read."""

    width: float
    height: float
    words: Sequence[PrintedWord]

    @property
    def is_a4(self) -> bool:
        """Whether it is A4, upright or on its side."""
        return tuple(sorted((round(self.width), round(self.height)))) == A4


def printed(pdf: Path) -> list[PrintedPage]:
    """The pages of a PDF."""
    said = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True)
    return [
        PrintedPage(
            float(width),
            float(height),
            [
                PrintedWord(html.unescape(text), *map(float, box))
                for *box, text in _WORD.findall(body)
            ],
        )
        for width, height, body in _PAGE.findall(said.stdout.decode(errors="replace"))
    ]


def as_pdf(documents: Iterable[Path], folder: Path) -> list[Path]:
    """Word documents as PDF files in a folder, by one run of LibreOffice, which starts slowly."""
    given = list(documents)
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", str(folder), *map(str, given),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )  # fmt: skip
    return [folder / f"{document.stem}.pdf" for document in given]


def broken(pages: Iterable[PrintedPage], texts: Iterable[str]) -> list[str]:
    """The words on the pages that are in none of the texts, whole or broken at a hyphen or stroke.

    What the pages alone say (page numbers, bullets, a chart's labels) has to be among the texts.
    """
    words = set(_words(texts))
    whole = {part for word in words for part in _parts(word)}
    long = [word for word in words if len(word) > LONGEST]
    return sorted(
        {
            word.text
            for page in pages
            for word in page.words
            if _bare(word.text) not in whole and not any(word.text in other for other in long)
        }
    )


def lost(pages: Iterable[PrintedPage], texts: Iterable[str]) -> list[str]:
    """The words of the texts that stand on no page."""
    seen = {
        piece
        for page in pages
        for word in page.words
        for piece in _PIECES.findall(_bare(word.text))
    }
    words = {word for word in _words(texts) if len(word) <= LONGEST}
    return sorted(word for word in words if not set(_PIECES.findall(word)) <= seen)


def outside(pages: Iterable[PrintedPage], margin: float) -> list[str]:
    """The words that stand nearer than *margin* points to an edge of their page."""
    return [
        f"page {number}: {word.text}"
        for number, page in enumerate(pages, 1)
        for word in page.words
        if word.left < margin
        or word.right > page.width - margin
        or word.top < margin
        or word.bottom > page.height - margin
    ]


def said_by(document: Document) -> list[str]:
    """All texts of a document, as they stand on pages."""
    made = pages_of(document)
    return [made.title, *(text for flow in made.flow for text in _said(flow))]


def _words(texts: Iterable[str]) -> Iterable[str]:
    return (_bare(word) for text in texts for word in text.split())


def _bare(word: str) -> str:
    """A word without what a format may put between it and the next."""
    return word.rstrip(":;") or word


def _parts(word: str) -> Iterable[str]:
    """A word, and what is left of it on a line if it is broken where it may be."""
    pieces = _PIECES.findall(word)
    return (
        "".join(pieces[start:end])
        for start in range(len(pieces))
        for end in range(start + 1, len(pieces) + 1)
    )


def _said(flow: Flow) -> Iterable[str]:
    match flow:
        case Heading(text=text) | Verbatim(text=text):
            yield text
        case Paragraph():
            yield "".join(run.text for run in flow.runs)
        case Listing():
            yield from (text for item in flow.items for inner in item for text in _said(inner))
        case Quotation():
            yield from (text for inner in flow.blocks for text in _said(inner))
        case Facts():
            for name, cell in flow.pairs:
                yield from (visible(name), *lines_of(cell))
        case Illustration():
            yield flow.picture.title
            yield flow.picture.description
            yield from _said(flow.grid) if flow.grid else ()
        case Grid():
            yield from (flow.caption, *(column.label for column in flow.columns))
            yield from (
                text for row in flow.rows for placed in row for text in lines_of(placed.cell)
            )
