"""Pages in a real browser: WCAG 2.2 AA as far as a machine can tell, and room on a telephone."""

import pytest

import axe
from conftest import Diplan
from diplan.render.html import html
from diplan.render.templates import environment
from pages import EVERYTHING


@pytest.fixture(scope="module", name="page")
def _page() -> str:
    return html(EVERYTHING, environment([], kind="html"), licence="the Open Government Licence")


def test_axe_has_nothing_against_the_page(page: str) -> None:
    """A page with every kind of block breaks no rule of axe-core's."""
    assert axe.violations(page) == []


def test_axe_would_say_so(page: str) -> None:
    """The check is alive: a picture without words is found."""
    spoilt = page.replace("</main>", '<img src="data:,"></main>')

    assert "image-alt" in [one["id"] for one in axe.violations(spoilt)]


PAPERS = {
    "stockton-digital-optimisation": "scrutiny",
    "stoke-digital-2021-24": "page-plan",
    "norwich": "action-plan",
    "kent-citizens-online": "progress",
}
"""A paper of each example: between them they have every kind of section."""


@pytest.mark.parametrize(("example", "paper"), PAPERS.items(), ids=PAPERS)
def test_papers_of_the_examples_are_accessible(example: str, paper: str, diplan: Diplan) -> None:
    """The pages that the examples give break no rule, and fit a telephone."""
    said = diplan(
        "report", paper, "--as-of", "2020-03", "--format", "html",
        "--workspace", f"examples/{example}",
    )  # fmt: skip
    assert axe.violations(said.out) == []
    assert axe.width_at(said.out, 320) <= 320


@pytest.mark.parametrize("pixels", [320, 640])
def test_no_sideways_scrolling(page: str, pixels: int) -> None:
    """At 320 pixels a page is no wider than its window: wide tables scroll by themselves."""
    assert axe.width_at(page, pixels) <= pixels


def test_long_words_do_not_widen_the_page() -> None:
    """Words too long for a line are broken, in headings and in paragraphs."""
    word = "Inclusion" * 30
    sections = [section._replace(title=word) for section in EVERYTHING.sections]
    long = EVERYTHING._replace(title=word, blocks=[word], sections=sections)

    assert axe.width_at(html(long, environment([], kind="html")), 320) <= 320
