"""The wheel: what is in it, and that it runs away from the checkout."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import ROOT


@pytest.fixture(scope="module", name="wheel")
def _wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_contents(wheel: Path) -> None:
    """The wheel holds the code, templates, examples, frameworks, pages and licence, and no data."""
    names = set(zipfile.ZipFile(wheel).namelist())
    sources = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*.py")}
    code = {name for name in names if name.startswith("diplan/")}

    shipped = {
        f"diplan/{path.relative_to(ROOT).as_posix()}"
        for folder in ("templates", "examples", "frameworks")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    assert "diplan/templates/starter/.vscode/settings.json" in shipped
    assert code == {
        *sources,
        *shipped,
        "diplan/problems/problems.md",
        "diplan/py.typed",
        "diplan/render/pdf/paper.typ",
    }
    assert any(name.endswith("LICENSE") for name in names)


def test_runs_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere, it reports on a workspace and explains a problem."""
    zipfile.ZipFile(wheel).extractall(tmp_path / "package")
    shutil.copytree(ROOT / "data", tmp_path / "home" / "data")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "package")}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            capture_output=True, text=True, check=True, cwd=tmp_path / "home", env=environment,
            encoding="utf-8",
        )  # fmt: skip
        return done.stdout

    place = run("-c", "import diplan; print(diplan.__file__)")
    assert Path(place.strip()).is_relative_to(tmp_path)
    assert "2 of 15 indicators assessed" in run("-m", "diplan", "status", "--as-of", "2020")
    assert "duplicate-id (error)" in run("-m", "diplan", "explain", "duplicate-id")
    assert "## Progress" in run("-m", "diplan", "report", "action-plan", "--year", "2016/17")
    assert "schemas/plan.schema.json" in run(
        "-m", "diplan", "init", "new", "--with-example", "--from", "2026"
    )
    assert "norwich" in run("-m", "diplan", "init", "--list")
    assert "basic-digital-skills-2015" in run("-m", "diplan", "skills", "list")
    assert "data/indicators.yaml" in run("-m", "diplan", "init", "copy", "--example", "norwich")
    assert "on track" in run("-m", "diplan", "status", "--workspace", "new", "--as-of", "2026")
