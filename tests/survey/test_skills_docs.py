"""The page on skills is true: followed from top to bottom it shows what is printed."""

import re
import shlex
from pathlib import Path

from conftest import ROOT, Clock, Diplan
from fenced import fences, shortened
from surveys import basic, people, write

PAGE = ROOT / "docs" / "skills.md"


def test_the_page_is_true(tmp_path: Path, diplan: Diplan, clock: Clock) -> None:
    """Every command is run on a new plan and made-up answers."""
    clock("2027-12-31")
    home = tmp_path / "plan"
    diplan("init", "plan", "--with-example", "--from", "2024-04", "--to", "2028-03", cwd=tmp_path)
    diplan(
        "add", "indicator", "adults-with-skills", "priority=get-online", "unit=per cent",
        "title=Adults with basic digital skills (made up)", "target.kind=at-least",
        "target.value=75", "target.due=2028", "lead=libraries", cwd=home,
    )  # fmt: skip
    rows = people(basic(), 480, seed=2026, able=0.8)
    slip = {**rows[0], "person": "481", "could-search": "culd"}
    write(home / "survey.csv", [*rows, slip])
    commands = 0
    for fence in fences(PAGE):
        kind, _, place = fence.info.partition(" ")
        if place:
            (home / place).parent.mkdir(exist_ok=True)
            (home / place).write_text(fence.text, encoding="utf-8")
        for step in fence.text.removeprefix("$ ").split("\n$ ") if kind == "console" else ():
            line, _, output = step.partition("\n")
            said = diplan(*shlex.split(line)[1:], cwd=home)
            assert said.code == 0
            printed = said.out.replace("\r\n", "\n") + said.err
            assert shortened(output.rstrip("\n") + "\n", printed), printed
            commands += 1
    assert commands == 8
    assert diplan("check", "--as-of", "2027-12-31", cwd=home).code == 0


def test_the_codes_on_the_page_are_the_frameworks() -> None:
    """The table of answers has each code with whether it counts and its words."""
    text = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| `([\w-]+)` \| (yes|no) \| (.+) \|$", text, re.MULTILINE)
    assert rows == [
        (question.id, choice.code, "yes" if choice.counts else "no", choice.text)
        for question in basic().questions
        for choice in question.answers
    ]
