"""The page and the notebook on the library are true: their code prints what they show."""

import contextlib
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, Golden
from fenced import DOCS, fences

PAGE = DOCS / "library.md"
NOTEBOOK = DOCS / "examples" / "plan.ipynb"


@pytest.fixture(name="home")
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real plan, which is the current folder."""
    home = tmp_path / "plan"
    shutil.copytree(ROOT / "data", home / "data")
    monkeypatch.chdir(home)
    return home


def printed(code: str, names: dict[str, Any]) -> str:
    """What some code prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, str(PAGE), "exec"), names)  # noqa: S102 - code of our own pages
    return out.getvalue()


def test_the_page_prints_what_it_shows(home: Path, request: pytest.FixtureRequest) -> None:
    """Each block of Python, run after the ones before it, prints the text beneath it."""
    names: dict[str, Any] = {}
    shown = [fence for fence in fences(PAGE) if fence.info in ("python", "text")]
    text = PAGE.read_text(encoding="utf-8")
    for code, said in zip(shown[::2], shown[1::2], strict=True):
        assert (code.info, said.info) == ("python", "text")
        found = printed(code.text, names)
        if request.config.getoption("--update-golden"):
            block = f"```python\n{code.text}```\n\n```text\n"
            text = text.replace(f"{block}{said.text}```", f"{block}{found}```")
            continue
        assert found == said.text, code.line
    PAGE.write_text(text, encoding="utf-8", newline="\n")


def cells(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The cells of a notebook with what their code prints."""
    names: dict[str, Any] = {}
    for at, cell in enumerate(notebook["cells"], 1):
        if cell["cell_type"] != "code":
            yield cell
            continue
        found = printed("".join(cell["source"]), names).splitlines(keepends=True)
        outputs = [{"name": "stdout", "output_type": "stream", "text": found}] if found else []
        yield {**cell, "execution_count": at, "outputs": outputs}


def test_the_notebook_prints_what_it_shows(home: Path, golden: Golden) -> None:
    """Every cell of the notebook, run in order, gives the output that it was kept with."""
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    made = {**notebook, "cells": list(cells(notebook))}
    assert notebook["nbformat"] == 4
    golden(NOTEBOOK, json.dumps(made, indent=1, ensure_ascii=False) + "\n")
