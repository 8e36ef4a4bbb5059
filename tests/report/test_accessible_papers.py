"""Every paper as a page: nothing that axe-core could say against it, and no wider than a phone."""

from pathlib import Path

import pytest

from axe import Browser
from conftest import Diplan
from diplan.report.papers import REPORTS


@pytest.mark.parametrize("name", REPORTS)
def test_paper(name: str, diplan: Diplan, tmp_path: Path, browser: Browser) -> None:
    """A paper on the real plan meets WCAG 2.2 AA as far as a program can tell."""
    about = ["libraries"] if REPORTS[name].about else []
    target = tmp_path / "paper.html"
    diplan("report", name, *about, "--as-of", "2020", "--output", str(target))
    violations, width = browser.violations_and_width(target.read_text(encoding="utf-8"), 320)

    assert violations == []
    assert width <= 320
