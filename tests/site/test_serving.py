"""`diplan site --serve`: an address of this machine that follows the data, and nobody else's."""

import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ended by a signal")


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / "tests" / "errors" / "base", tmp_path / "home")


@pytest.fixture(name="port")
def _port(home: Path) -> Iterator[int]:
    """The port at which the site of a plan is served."""
    program = [sys.executable, "-m", "diplan", "site", "--output", "site", "--serve", "--port", "0",
               "--with", "nothing"]  # fmt: skip
    with subprocess.Popen(program, cwd=home, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr
        for line in running.stderr:
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
                yield int(found[1])
                break
        running.send_signal(signal.SIGINT)
        running.stderr.read()
        assert running.wait(timeout=30) == 0


def answer(port: int, path: str, host: str = "") -> tuple[int, str]:
    """What the server says to a request that names a host."""
    asked = HTTPConnection("127.0.0.1", port, timeout=20)
    asked.request("GET", path, headers={"Host": host or f"127.0.0.1:{port}"})
    got = asked.getresponse()
    return got.status, got.read().decode()


def test_the_site_follows_the_data(home: Path, port: int) -> None:
    """A change to a title is on the page soon, and a mistake leaves the old site."""
    assert "Residents who are not online" in answer(port, "/indicators/index.html")[1]
    path = home / "data" / "indicators.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("Residents who are not online", "People without the web"), encoding="utf-8"
    )
    until = time.monotonic() + 30
    while "People without the web" not in answer(port, "/indicators/index.html")[1]:
        assert time.monotonic() < until
        time.sleep(0.2)
    path.write_text("indicators: [", encoding="utf-8")
    time.sleep(1.5)
    assert "People without the web" in answer(port, "/indicators/index.html")[1]


def test_other_names_and_folders_are_refused(port: int) -> None:
    """A page of another site cannot read it through a name of its own, nor what is beside it."""
    assert answer(port, "/", "evil.example:80")[0] == 403
    assert answer(port, "/../data/indicators.yaml")[0] == 404
    assert answer(port, "/")[0] == 200
