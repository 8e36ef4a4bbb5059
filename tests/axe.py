"""Pages in a real browser: what axe-core has against them, and how wide they grow on a telephone.

Chromium and axe-core are not Python packages: where one is missing the tests that need it are
skipped, except in CI, where they fail.
"""

import json
import os
import shutil
import subprocess
from base64 import b64decode
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from typing import Any, Self

import pytest

from conftest import ROOT

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

IN_CI = bool(os.environ.get("CI"))
"""Read while tests are collected: each test's own environment has no CI."""

_CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--remote-debugging-pipe", "about:blank",
)  # fmt: skip

_RUN = """
axe.run(document, {runOnly: %s, resultTypes: ["violations"]}).then(
  results => results.violations.map(rule => ({id: rule.id, impact: rule.impact, help: rule.help,
    nodes: rule.nodes.map(node => node.html.slice(0, 200))}))
)
"""


_WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", event =>
  refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


_NOT_YET = ("about:complete", "file:loading", "file:interactive")


class Browser:
    """One Chromium for all tests, since its start costs more than a page.

    It is spoken to in the Chrome DevTools Protocol: JSON, each message ended by a NUL, through the
    file descriptors 3 (to it) and 4 (from it).
    """

    def __enter__(self) -> Self:
        program = _chromium()
        read_there, write_here = os.pipe()
        read_here, write_there = os.pipe()
        self._folder = TemporaryDirectory(ignore_cleanup_errors=True)
        shell = f'exec "$@" 3</dev/fd/{read_there} 4>/dev/fd/{write_there}'
        self._process = subprocess.Popen(
            ["sh", "-c", shell, "sh", program, f"--user-data-dir={self._folder.name}/profile",
             *_CHROMIUM],
            pass_fds=(read_there, write_there),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(read_there)
        os.close(write_there)
        self._to = os.fdopen(write_here, "wb", buffering=0)
        self._from = os.fdopen(read_here, "rb")
        self._rest, self._numbers, self._session = b"", count(1), ""
        targets = self._call("Target.getTargets")["targetInfos"]
        [page] = [target["targetId"] for target in targets if target["type"] == "page"]
        attached = self._call("Target.attachToTarget", targetId=page, flatten=True)
        self._session = attached["sessionId"]
        return self

    def __exit__(self, *_: object) -> None:
        self._session = ""
        self._call("Browser.close")
        self._process.wait(timeout=60)
        self._to.close()
        self._from.close()
        self._folder.cleanup()

    def violations_and_width(self, page: str, pixels: int) -> tuple[list[dict[str, Any]], int]:
        """What axe-core finds in an HTML page, and how wide the page is in a window of a width.

        It looks at the page in a window of 800 pixels, and says of each violation its id, its
        impact, its help and its elements.
        """
        self.width_at(page, 800)
        return self.violations(), self.width_at(page, pixels)

    def width_at(self, page: str, pixels: int) -> int:
        """How wide an HTML page is, in pixels, in a window of a given width."""
        path = Path(self._folder.name) / "page.html"
        path.write_text(page, encoding="utf-8")
        return self.visit(path, pixels)

    def visit(
        self, page: Path | str, pixels: int, *, dark: bool = False, scripts: bool = True
    ) -> int:
        """Open a page, a file or an address; how wide it is in a window of a given width."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setEmulatedMedia", features=[scheme])
        self._call("Emulation.setDeviceMetricsOverride", width=pixels, height=600,
                   deviceScaleFactor=1, mobile=False)  # fmt: skip
        self._call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self._call("Page.navigate", url=page if isinstance(page, str) else page.as_uri())
        if not scripts:  # then no promise is ever kept
            return self._without_scripts()
        width = self._evaluate(
            "new Promise(done => { const told = () => done(document.documentElement.scrollWidth);"
            " document.readyState === 'complete' ? told() : addEventListener('load', told) })"
        )
        assert isinstance(width, int)
        return width

    def _without_scripts(self) -> int:
        """How wide a page is once it is there, found out without its own scripts."""
        while self._evaluate("location.protocol + document.readyState") in _NOT_YET:
            sleep(0.02)
        width = self._evaluate("document.documentElement.scrollWidth")
        assert isinstance(width, int)
        return width

    def violations(self) -> list[dict[str, Any]]:
        """What axe-core finds in the page that was opened last."""
        self._evaluate(_axe().read_text(encoding="utf-8") + ";0")
        found = self._evaluate(_RUN % json.dumps(TAGS))
        assert isinstance(found, list)
        return found

    def watch_policy(self) -> None:
        """Note on every page from now on what its Content Security Policy refuses."""
        self._call("Page.enable")
        self._call("Page.addScriptToEvaluateOnNewDocument", source=_WATCH)

    def press(self, key: str, *, words: str = "") -> None:
        """Press a key on the page that was opened last, or type words."""
        if words:
            self._call("Input.insertText", text=words)
            return
        code = {"Tab": 9, "Enter": 13, " ": 32}[key]
        text = {"Enter": "\r", " ": " "}.get(key, "")
        for kind in ("keyDown", "keyUp"):
            given = {"text": text} if text and kind == "keyDown" else {}
            self._call("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                       windowsVirtualKeyCode=code, **given)  # fmt: skip

    def printed(self) -> bytes:
        """The page that was opened last as a PDF, on the paper that its style asks for."""
        return b64decode(self._call("Page.printToPDF", preferCSSPageSize=True)["data"])

    def found(self, script: str) -> object:
        """The value of an expression on the page that was looked at last."""
        return self._evaluate(script)

    def _evaluate(self, script: str) -> object:
        """The value of an expression on the page, once it is there."""
        answer = self._call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"]["value"]

    def _call(self, method: str, **parameters: object) -> dict[str, Any]:
        """What the browser answers; its events in between are passed over."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._to.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = json.loads(self._message())
            if answer.get("id") == number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def _message(self) -> bytes:
        while b"\0" not in self._rest:
            part = self._from.read1()
            assert part, "the browser has gone"
            self._rest += part
        message, _, self._rest = self._rest.partition(b"\0")
        return message


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
