"""Every paper of every plan here as PDF: no word is broken, lost, cut or laid over another."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from conftest import ROOT, Diplan
from diplan.files.load import load
from diplan.files.workspace import Workspace
from diplan.ground.period import earlier, period, year_containing
from diplan.judge import assess
from diplan.render.html import drawn
from diplan.render.pdf import pdf
from diplan.render.pdf.setting import MEASURES
from diplan.report.document import Document, Layout
from diplan.report.papers import REPORTS, Case
from paper_pages import PrintedPage, PrintedWord, broken, lost, needs_poppler, printed, said_by

PLANS = [ROOT, *sorted((ROOT / "examples").iterdir())]
MOMENT = period("2020-03")


@cache
def papers(folder: Path) -> dict[str, Document]:
    """The papers for which a plan has something; those on a service for each of them."""
    loaded = load(Workspace(folder))
    plan = loaded.plan
    assert plan
    now = assess(plan, MOMENT)
    narrative = {key: source.text for key, source in loaded.narrative.items()}
    case = Case(now, earlier(MOMENT, 12), year_containing(plan.cover.years, MOMENT.end), narrative)
    return {
        f"{name} {subject}".strip(): paper.build(replace(case, subject=subject))
        for name, paper in REPORTS.items()
        if any(getattr(plan, section) for section in paper.needs)
        for subject in ([one.id for one in plan.services] if paper.about else [""])
    }


def labels(document: Document) -> Iterator[str]:
    """The words in a document's pictures."""
    for picture in document.pictures:
        for text in re.findall(r"<text.*?</text>", drawn(picture)):
            yield html.unescape(re.sub(r"<[^>]*>", " ", text))


def covered(page: PrintedPage) -> Iterator[tuple[str, str]]:
    """Words of a page that lie over one another."""
    words = sorted(page.words, key=lambda word: word.top)
    for at, word in enumerate(words):
        for other in words[at + 1 :]:
            if other.top > word.bottom - 3:
                break
            if min(word.right, other.right) - max(word.left, other.left) > 1:
                yield word.text, other.text


def beside(page: PrintedPage, margin: float) -> Iterator[PrintedWord]:
    """Words of a page that stand in its margins."""
    for word in page.words:
        if word.left < margin - 0.5 or word.right > page.width - margin + 0.5:
            yield word


def said_aloud(document: Document) -> Iterator[str]:
    """Words that stand beneath pictures, for those who do not see them."""
    for picture in document.pictures:
        yield from (word.rstrip(":;") for word in picture.description.split())


def faults(document: Document, pages: Sequence[PrintedPage]) -> Iterator[object]:
    """What is wrong with the pages of a document."""
    ours = ["•", "Page of", *map(str, range(len(pages) + 1))]
    said = said_by(document)
    unseen = {"Figures", *said_aloud(document)}
    # Between a title and its page in the contents stand dots; a long title ends in one of three.
    yield from (
        word
        for word in broken(pages, [*said, *labels(document), *ours])
        if not re.fullmatch(r"[. \u2060\d]+|\w+…", word)
    )
    yield from (word for word in lost(pages, said) if word not in unseen)
    for page in pages:
        yield from covered(page)
        yield from beside(page, MEASURES[document.layout].margin)
        if not page.is_a4:
            yield page.width, page.height


@needs_poppler
@pytest.mark.parametrize("folder", PLANS, ids=lambda folder: str(folder.name))
def test_every_paper_is_whole(folder: Path, tmp_path: Path) -> None:
    """Each word of each paper stands on its pages, whole, inside the margins and over no other."""
    found: dict[str, list[object]] = {}
    for name, document in papers(folder).items():
        target = tmp_path / "paper.pdf"
        target.write_bytes(pdf(document))
        pages = printed(target)
        wrong = list(faults(document, pages))
        if document.layout == Layout.ONE_PAGE and len(pages) > 1:
            wrong.append(f"{len(pages)} pages")
        if wrong:
            found[name] = wrong

    assert papers(folder)
    assert found == {}


@needs_poppler
def test_the_action_plan_of_2016_is_short(diplan: Diplan, tmp_path: Path) -> None:
    """34 actions and the rest of the plan take no more than 12 pages."""
    target = tmp_path / "paper.pdf"
    said = diplan("report", "action-plan", "--year", "2016/17", "--output", str(target))
    pages = printed(target)
    plan = load(Workspace(ROOT)).plan

    assert (said.code, said.out) == (0, "")
    assert plan
    assert len(plan.actions) == 34
    assert lost(pages, [action.title for action in plan.actions]) == []
    assert len(pages) <= 12


def test_a_pdf_does_not_go_on_the_screen(diplan: Diplan) -> None:
    """Whoever names no file is asked for one."""
    said = diplan("report", "action-plan", "--year", "2016/17", "--format", "pdf")

    assert (said.code, said.out) == (2, "")
    assert "name a file with --output" in said.err
