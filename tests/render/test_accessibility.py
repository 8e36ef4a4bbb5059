"""Pages in a real browser: WCAG 2.2 AA as far as a machine can tell, and room on a telephone."""

import pytest

from axe import Browser
from conftest import Diplan
from diplan.render.html import html
from diplan.render.templates import environment
from pages import EVERYTHING


@pytest.fixture(scope="module", name="page")
def _page() -> str:
    return html(EVERYTHING, environment([], kind="html"), licence="the Open Government Licence")


def test_axe_has_nothing_against_the_page(page: str, browser: Browser) -> None:
    """A page with every kind of block breaks no rule of axe-core's, and fits a telephone.

    At 320 pixels it is no wider than its window: wide tables scroll by themselves.
    """
    violations, width = browser.violations_and_width(page, 320)

    assert violations == []
    assert width <= 320


def test_axe_would_say_so(page: str, browser: Browser) -> None:
    """The check is alive: a picture without words is found, and so is a width."""
    spoilt = page.replace("</main>", '<img src="data:,"><p style="width:900px">-</p></main>')
    violations, width = browser.violations_and_width(spoilt, 320)

    assert "image-alt" in [violation["id"] for violation in violations]
    assert width > 320


PAPERS = {
    "stockton-digital-optimisation": "scrutiny",
    "stoke-digital-2021-24": "page-plan",
    "norwich": "action-plan",
    "kent-citizens-online": "progress",
    "gloucestershire-digital": "progress",
    "north-carolina-digital-divide": "progress",
    "everett-chelsea-revere": "action-plan",
}
"""A paper of each example: between them they have every kind of section."""


@pytest.mark.parametrize(("example", "paper"), PAPERS.items(), ids=PAPERS)
def test_papers_of_the_examples_are_accessible(
    example: str, paper: str, diplan: Diplan, browser: Browser
) -> None:
    """The pages that the examples give break no rule, and fit a telephone."""
    said = diplan(
        "report", paper, "--as-of", "2020-03", "--format", "html",
        "--workspace", f"examples/{example}",
    )  # fmt: skip
    violations, width = browser.violations_and_width(said.out, 320)

    assert violations == []
    assert width <= 320


def test_no_sideways_scrolling(page: str, browser: Browser) -> None:
    """At 640 pixels, too, a page is no wider than its window."""
    assert browser.width_at(page, 640) <= 640


def test_long_words_do_not_widen_the_page(browser: Browser) -> None:
    """Words too long for a line are broken, in headings and in paragraphs."""
    word = "Inclusion" * 30
    sections = [section._replace(title=word) for section in EVERYTHING.sections]
    long = EVERYTHING._replace(title=word, blocks=[word], sections=sections)

    assert browser.width_at(html(long, environment([], kind="html")), 320) <= 320
