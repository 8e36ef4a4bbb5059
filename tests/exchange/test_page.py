"""The page on exchange is true: its commands are run, and its table of tables is whole."""

import re
import shlex
import shutil
from pathlib import Path

from conftest import ROOT, Diplan
from diplan.exchange.csv_figures import KEYS
from diplan.exchange.export import FORMATS
from diplan.exchange.export.columns import EXPORTED
from fenced import DOCS, fences, shortened

PAGE = DOCS / "exchange.md"


def test_the_page_is_followed(tmp_path: Path, diplan: Diplan) -> None:
    """From the top, on the real plan and the real repository, each command prints what is shown."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "tests" / "open_sdg" / "repository", tmp_path / "sdg-data")
    ran = 0
    for fence in fences(PAGE):
        kind, _, place = fence.info.partition(" ")
        if place:
            (tmp_path / place).write_text(fence.text, encoding="utf-8")
        for step in fence.text.removeprefix("$ ").split("\n$ ") if kind == "text" else ():
            line, _, output = step.partition("\n")
            said = diplan(*shlex.split(line)[1:], cwd=tmp_path)
            told = output.rstrip("\n") + "\n"
            assert shortened(told, said.out + said.err), said.out + said.err
            ran += 1
    assert ran == 6


def test_every_table_and_format_is_on_the_page() -> None:
    """The tables and formats are those that there are, in their order."""
    text = PAGE.read_text(encoding="utf-8")
    tables = text.partition("\n## The tables\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", tables, re.MULTILINE) == list(EXPORTED)
    formats = text.partition("\n## Exports\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", formats, re.MULTILINE)) == set(FORMATS)
    for key in KEYS:
        assert f"`{key}`" in text
