"""A page in a real browser: what axe-core has against it, and how wide it grows on a telephone.

Chromium and axe-core are not Python packages: where one is missing the tests that need it are
skipped, except in CI, where they fail.
"""

import json
import os
import re
import shutil
import subprocess
from functools import cache
from html import escape, unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from conftest import ROOT

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

IN_CI = bool(os.environ.get("CI"))
"""Read while tests are collected: each test's own environment has no CI."""

_CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

_RUN = """
axe.run(document, {runOnly: %s, resultTypes: ["violations"]}).then(
  found => found.violations.map(one => ({id: one.id, impact: one.impact, help: one.help,
    nodes: one.nodes.map(node => node.html.slice(0, 200))})),
  error => [{id: "axe-failed", help: String(error)}]
).then(found => {
  const told = document.createElement("pre");
  told.id = "told";
  told.textContent = JSON.stringify(found);
  document.documentElement.replaceChildren(told);
});
"""

_MEASURE = """
onload = () => {
  const frame = document.querySelector("iframe");
  const width = frame.contentDocument.documentElement.scrollWidth;
  document.documentElement.innerHTML = `<pre id="told">${width}</pre>`;
};
"""


def violations(page: str) -> list[dict[str, Any]]:
    """What axe-core finds in an HTML page: id, impact, help and the elements of each violation."""
    script = _axe().read_text(encoding="utf-8").replace("</script", "<\\/script")
    run = _RUN % json.dumps(TAGS)
    before, end, after = page.rpartition("</body>")
    assert end, "the page has no </body>"
    found = _told(f"{before}<script>{script}</script><script>{run}</script>{end}{after}")
    assert isinstance(found, list)
    return found


def width_at(page: str, pixels: int) -> int:
    """How wide an HTML page is, in pixels, in a window of a given width."""
    frame = f'<iframe style="width:{pixels}px;height:600px;border:0" srcdoc="{escape(page)}">'
    told = _told(f"<!DOCTYPE html><body>{frame}</iframe><script>{_MEASURE}</script></body>")
    assert isinstance(told, int)
    return told


def _told(page: str) -> object:
    """What a page's script has written into the element `told`."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        done = subprocess.run(
            [
                _chromium(), *_CHROMIUM, f"--user-data-dir={folder}/profile",
                "--virtual-time-budget=20000", "--dump-dom", path.as_uri(),
            ],
            capture_output=True, text=True, encoding="utf-8", check=True, timeout=120,
        )  # fmt: skip
    found = re.search(r'<pre id="told">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found, f"the page told nothing: {done.stderr[-2000:]}"
    return json.loads(unescape(found[1]))


@cache
def _chromium() -> str:
    return shutil.which("chromium") or _missing("chromium", "install Debian's package chromium")


@cache
def _axe() -> Path:
    named = os.environ.get("DIPLAN_AXE")
    path = Path(named) if named else ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        _missing("axe-core", "run npm install axe-core, or set DIPLAN_AXE to its axe.min.js")
    return path


def _missing(what: str, remedy: str) -> str:
    message = f"{what} is not on this machine: {remedy}"
    if IN_CI:
        pytest.fail(message)
    pytest.skip(message)
