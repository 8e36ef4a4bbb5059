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
  const frame = document.createElement("iframe");
  frame.style = "width:%dpx;height:600px;border:0";
  frame.srcdoc = %s;
  frame.onload = () => {
    const told = document.createElement("pre");
    told.id = "told";
    told.textContent = JSON.stringify([found, frame.contentDocument.documentElement.scrollWidth]);
    document.documentElement.replaceChildren(told);
  };
  document.documentElement.replaceChildren(frame);
});
"""

_MEASURE = """
onload = () => {
  const frame = document.querySelector("iframe");
  const width = frame.contentDocument.documentElement.scrollWidth;
  document.documentElement.innerHTML = `<pre id="told">${width}</pre>`;
};
"""


def violations_and_width(page: str, pixels: int) -> tuple[list[dict[str, Any]], int]:
    """What axe-core finds in an HTML page, and how wide the page is in a window of a given width.

    Of each violation: id, impact, help and its elements. One start of the browser serves both: axe
    looks at the page itself, which then gives way to a frame with the page in it.
    """
    script = _in_script(_axe().read_text(encoding="utf-8"))
    run = _RUN % (json.dumps(TAGS), pixels, _in_script(json.dumps(page)))
    before, end, after = page.rpartition("</body>")
    assert end, "the page has no </body>"
    told = _told(f"{before}<script>{script}</script><script>{run}</script>{end}{after}")
    assert isinstance(told, list)
    violations, width = told
    return violations, width


def _in_script(text: str) -> str:
    """JavaScript, written so that it ends no script and begins no comment of HTML."""
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


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
