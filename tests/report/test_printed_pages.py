"""Papers as web pages in print: on A4, and the plan on a page on one of them."""

import io
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from conftest import ROOT, Diplan
from diplan.report.papers import REPORTS

if TYPE_CHECKING:
    from axe import Browser

PLANS = [".", *sorted(f"examples/{path.name}" for path in (ROOT / "examples").iterdir())]
A4 = (595, 842)
"""Points across and up."""


def sheets(page: str, browser: "Browser") -> list[tuple[int, int]]:
    """The size of each sheet that a page is printed on, in points."""
    browser.width_at(page, 800)
    pages = PdfReader(io.BytesIO(browser.printed())).pages
    return [(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in pages]


@pytest.mark.parametrize("plan", PLANS)
def test_the_plan_on_a_page_is_one_sheet(plan: str, diplan: Diplan, browser: "Browser") -> None:
    """Printed from a browser it is one side of A4."""
    told = ("--as-of", "2020", "--format", "html", "--workspace", plan)
    assert sheets(diplan("report", "page-plan", *told).out, browser) == [A4]


@pytest.mark.parametrize("name", [name for name, paper in REPORTS.items() if not paper.about])
def test_papers_print_on_a4(name: str, diplan: Diplan, browser: "Browser") -> None:
    """Each sheet of each paper of the real plan is A4."""
    page = diplan("report", name, "--as-of", "2020", "--format", "html").out
    assert set(sheets(page, browser)) == {A4}
