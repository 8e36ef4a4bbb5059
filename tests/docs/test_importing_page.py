"""The page on importing: its commands do what it shows, and its tables are the program's own."""

import re
from pathlib import Path

from conftest import Diplan
from diplan.documents.statuses import WORDS
from diplan.documents.times import timing
from fenced import DOCS, fences, shortened

PAGE = DOCS / "importing.md"
EMPTY = {
    "plan.yaml": "plan: {id: p, title: P, from: 2024-04, to: 2028-03}\n",
    "actions.yaml": "actions: []\n",
    "indicators.yaml": "indicators: []\n",
}


def test_the_commands_do_what_is_shown(tmp_path: Path, diplan: Diplan) -> None:
    """In their order, on the documents of the page."""
    (tmp_path / "data").mkdir()
    for name, text in EMPTY.items():
        (tmp_path / "data" / name).write_text(text, encoding="utf-8")
    run = 0
    for fence in fences(PAGE):
        kind, _, name = fence.info.partition(" ")
        if kind == "markdown":
            (tmp_path / name).write_text(fence.text, encoding="utf-8")
        elif kind == "diff":
            text = (tmp_path / name).read_text(encoding="utf-8")
            lines = fence.text.splitlines()
            old, new = ([line[1:] for line in lines if line[0] == sign] for sign in "-+")
            for before, after in zip(old, new, strict=True):
                assert before in text
                text = text.replace(before, after)
            (tmp_path / name).write_text(text, encoding="utf-8")
        elif kind == "console":
            command, _, shown = fence.text.partition("\n")
            said = diplan(*command.removeprefix("$ diplan ").split(), cwd=tmp_path)
            assert said.code == 0, said.err
            assert shortened(shown, said.out + said.err), said.out + said.err
            run += 1
    assert run == 2


def test_the_table_of_statuses_is_the_programs_own() -> None:
    """Each meaning has a row with all of its words."""
    rows = "".join(f"| `{means}` | {', '.join(words)} |\n" for means, words in WORDS.items())
    table = f"<!-- statuses -->\n\n| meaning | words |\n|---|---|\n{rows}"

    assert table in PAGE.read_text(encoding="utf-8")


def test_the_times_are_read_as_shown() -> None:
    """Each text of the table of times is read as the row says."""
    text = PAGE.read_text(encoding="utf-8")
    section = text.partition("## How cells are read")[2].partition("`Q2 2025`")[0]
    shown = 0
    for cell, read in re.findall(r"^\| (`.+`) \| (`.+`) \|$", section, re.MULTILINE):
        texts, keys = re.findall(r"`([^`]+)`", cell), re.findall(r"`([^`]+)`", read)
        if ": " in keys[0]:
            assert timing(texts[0], None).keys == dict(key.split(": ") for key in keys)
        else:
            assert [timing(said, None).keys["due"] for said in texts] == keys
        shown += len(texts)
    assert shown > 6
