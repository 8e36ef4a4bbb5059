"""What the tests share: golden files, which hold what the program is known to print."""

import gc
import io
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from diplan.cli import run
from diplan.files.load import load
from diplan.files.workspace import Workspace
from diplan.plan import Plan

if TYPE_CHECKING:
    from axe import Browser
    from scratch import Scratch

settings.register_profile("any-machine", deadline=None, max_examples=50)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("any-machine")

ROOT = Path(__file__).parents[1]
PLAN = ROOT / "tests" / "fixed-plan"  # small, made up and fixed: golden files are made of it

Golden = Callable[[Path, str], None]


def plan_at(home: Path) -> Plan:
    """The plan in a folder as it is now, which has no error."""
    loaded = load(Workspace(home))
    assert loaded.plan
    assert loaded.errors == []
    return loaded.plan


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-golden`."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew; read the difference before you commit it",
    )


def pytest_collection_finish() -> None:
    """Collect garbage seldom, and not what lives as long as the tests: a tenth of their time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with a golden file, or write that file when `--update-golden` is given."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        known = path.read_text(encoding="utf-8") if path.exists() else ""
        assert text == known, f"{path.name} is out of date: run pytest --update-golden"

    return compare


@dataclass(frozen=True)
class Said:
    """What a command did: its exit code, and what it printed."""

    code: int
    out: str
    err: str


Diplan = Callable[..., Said]

Clock = Callable[[str], None]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eighty columns, nothing that the machine or its CI would add, and no waiting for disks."""
    for name in ("CI", "GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR", "DIPLAN_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(os, "fsync", lambda _: None)  # no power is cut while tests run


@pytest.fixture
def diplan(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Diplan:
    """Run a command in-process, at the project's root unless another folder is named.

    Its input is the *answers*, a line each, and then its end.
    """

    def call(*arguments: str, cwd: Path = ROOT, answers: Sequence[str] = ()) -> Said:
        monkeypatch.chdir(cwd)
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in answers)))
        capsys.readouterr()
        code = run(arguments)
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return call


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set the clock that commands read: `clock("2027-12-31")`, `clock("2026-11-28 12:00")`."""

    def at(written: str) -> None:
        monkeypatch.setattr("diplan.cli.moments.now", lambda: datetime.fromisoformat(written))

    return at


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Chromium, started once for all tests that look at pages."""
    from axe import Browser

    with Browser() as running:
        yield running


@pytest.fixture(scope="session")
def first_commit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository of `scratch`, made once; each test gets a copy, which is quicker than git."""
    from scratch import Scratch

    return Scratch(tmp_path_factory.mktemp("first") / "repository").home


@pytest.fixture
def scratch(tmp_path: Path, first_commit: Path) -> "Scratch":
    """A repository with the tests' base plan in its first commit, tagged `first`."""
    from scratch import Scratch

    return Scratch(shutil.copytree(first_commit, tmp_path / "repository"))


@pytest.fixture
def workspace(tmp_path: Path) -> Callable[..., Path]:
    """Make a workspace from the tests' base, with some files replaced: `indicators="..."`."""

    def make(**texts: str) -> Path:
        home = tmp_path / "home"
        shutil.copytree(ROOT / "tests" / "errors" / "base", home)
        for stem, text in texts.items():
            suffix = ".csv" if stem == "venues" else ".yaml"
            (home / "data" / f"{stem}{suffix}").write_text(text, encoding="utf-8", newline="")
        return home

    return make
