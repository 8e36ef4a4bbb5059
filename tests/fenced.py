"""The pages of the documentation: their fenced blocks, and what these show."""

import importlib.util
import re
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from conftest import ROOT

DOCS = ROOT / "docs"
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    ROOT / "benchmarks" / "README.md",
    *sorted(DOCS.glob("*.md")),
]
LISTINGS = {"status", "why", "show", "actions", "compare"}
"""Commands that print plain lines where there is no terminal, unless asked for a table."""


class Fence(NamedTuple):
    """A fenced block: the words after its backticks, its text, and the line it begins on."""

    info: str
    text: str
    line: int


def fences(path: Path) -> list[Fence]:
    """The fenced blocks of a page."""
    text = path.read_text(encoding="utf-8")
    blocks = re.finditer(r"^```([^\n`]*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [
        Fence(block[1].strip(), block[2], text.count("\n", 0, block.start()) + 1)
        for block in blocks
    ]


def pieces(text: str) -> list[str]:
    """The parts of a text that was shortened by lines of three dots."""
    return [part.strip("\n") for part in re.split(r"^\.\.\.$", text, flags=re.MULTILINE)]


def shortened(shown: str, whole: str) -> bool:
    """Whether *shown* is *whole*, but for what three dots on a line of their own stand for."""
    lines = "\n" + whole.strip("\n")
    parts = [re.escape(part) for part in pieces(shown)]
    pattern = ("\n" if parts[0] else "") + r"\n(?:.*\n)*".join(parts)
    return re.fullmatch(pattern, f"{lines}\n" if shown.endswith("...\n") else lines) is not None


@lru_cache(maxsize=2)
def script(name: str) -> ModuleType:
    """A script beside the pages, as a module."""
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def example_id(fence: Fence) -> str:
    """What pytest calls an example."""
    return f"line-{fence.line}"
