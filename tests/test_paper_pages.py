"""Every paper of every example as a Word document, on pages as LibreOffice sets them."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pytest

from conftest import ROOT
from diplan.files.load import load
from diplan.files.workspace import Workspace
from diplan.ground.errors import DiplanError
from diplan.ground.period import period
from diplan.judge import assess
from diplan.render.docx import docx as made
from diplan.report.document import Chart, Document, Layout
from diplan.report.papers import REPORTS
from diplan.report.papers.ordering import case_of, see_that_it_can_be_made, year_of
from paper_pages import (
    PrintedPage,
    as_pdf,
    broken,
    lost,
    needs_office,
    needs_poppler,
    outside,
    printed,
    said_by,
)

pytestmark = [needs_office, needs_poppler]

PLANS = [ROOT, *sorted(path.parent for path in (ROOT / "examples").glob("*/data"))]
EDGES = {Layout.PAPER: 20, Layout.ONE_PAGE: 12, Layout.LARGE_PRINT: 20}
"""Millimetres between the words of a layout and the edges of its pages."""

POINTS = 72 / 25.4
"""In a millimetre."""


class LaidOut(NamedTuple):
    """A paper, and the pages that it came to."""

    document: Document
    pages: list[PrintedPage]


def papers() -> Iterator[tuple[str, Document]]:
    """Each paper that a plan has something for, by name."""
    for home in PLANS:
        loaded = load(Workspace(home))
        assert loaded.plan
        for name, paper in REPORTS.items():
            about = next((service.id for service in loaded.plan.services), None)
            try:
                about = about if paper.about else None
                see_that_it_can_be_made(loaded.plan, name, about)
            except DiplanError:
                continue
            now = assess(loaded.plan, period("2026"))
            year = year_of(loaded.plan.cover, now.as_of)
            case = case_of(loaded.narrative, now, year, name, about or "")
            yield f"{home.name}-{name}", paper.build(case)


def uncaptioned(document: Document) -> Document:
    """A document whose charts' tables have no captions: in Word the chart's stands above both."""
    sections = [
        section._replace(
            blocks=[
                block._replace(table=block.table._replace(caption=""))
                if isinstance(block, Chart)
                else block
                for block in section.blocks
            ]
        )
        for section in document.sections
    ]
    return document._replace(sections=sections)


@pytest.fixture(scope="module", name="laid_out")
def _laid_out(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, LaidOut]:
    folder = tmp_path_factory.mktemp("papers")
    documents = dict(papers())
    for name, document in documents.items():
        (folder / f"{name}.docx").write_bytes(made(document, "Council", None))
    pdfs = as_pdf([folder / f"{name}.docx" for name in documents], folder)
    return {
        name: LaidOut(document, printed(pdf))
        for (name, document), pdf in zip(documents.items(), pdfs, strict=True)
    }


def test_every_paper_has_its_words_whole_and_on_a4(laid_out: Mapping[str, LaidOut]) -> None:
    """No word is broken or lost, none stands in the margin, and every page is A4."""
    assert len(laid_out) > 40
    faults = []
    for name, (document, pages) in laid_out.items():
        said = [*said_by(document), "Contents", "•", "–", "Page", "of", "…"]
        numbers = [str(at) for at in range(1, 99)] + [f"{at}." for at in range(1, 99)]
        edge = EDGES[document.layout] * POINTS / 2  # where the foot stands
        faults += [f"{name}: broken: {word}" for word in broken(pages, [*said, *numbers])]
        faults += [f"{name}: lost: {word}" for word in lost(pages, said_by(uncaptioned(document)))]
        faults += [f"{name}: outside: {word}" for word in outside(pages, edge)]
        faults += [f"{name}: not A4" for page in pages if not page.is_a4]

    assert faults == []


def test_a_plan_on_a_page_is_on_one(laid_out: Mapping[str, LaidOut]) -> None:
    """What was made for one page comes to one."""
    numbers = {
        name: len(pages)
        for name, (document, pages) in laid_out.items()
        if document.layout is Layout.ONE_PAGE
    }

    assert numbers
    assert set(numbers.values()) == {1}, numbers


def test_every_page_says_which_it_is_of_how_many(laid_out: Mapping[str, LaidOut]) -> None:
    """The number at the foot is the page's, and the last one is how many there are."""
    for name, (_, pages) in laid_out.items():
        for number, page in enumerate(pages, 1):
            words = [word.text for word in page.words]
            assert words[-4:] == ["Page", str(number), "of", str(len(pages))], name
