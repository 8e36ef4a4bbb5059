"""The examples of every command's `--help` work on a plan that has what they name."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from conftest import ROOT, Diplan
from diplan.cli import app
from diplan.cli.commands import COMMANDS, command
from scratch import GIT
from surveys import basic, people, write

ASKING = {
    "record offline-households", "update website-redesign", "add indicator homes-offline",
    "add action tablet-loans", "add venue central-library",
    "add indicator", "add action", "add venue", "add profile", "add milestone offline-households",
}  # fmt: skip
"""Examples that ask questions: where there is nobody to answer, they say what to write."""

ELSEWHERE = (
    "site --output site --serve",
    "import open-sdg",
    "import plan",
    "init our-plan --document",
    "returns read",
)
"""Commands whose examples read files that only others have."""

FINDING = ("check", "fmt --check")
"""Examples that may find something in the data, which is what they are for."""

BEFORE = {
    "import csv homes.csv": (
        "add indicator homes-offline title=Homes priority=get-online unit=homes "
        "target.kind=halve target.due=2028 baseline.period=2010 baseline.value=2400 "
        "baseline.source=survey-2018"
    ),
    "venues --open-on": (
        "add venue central-library name=Central type=library latitude=53.0 longitude=-2.18"
    ),
    "report action-plan --year 2016/17 --output plan.md --check": (
        "report action-plan --year 2016/17 --output plan.md"
    ),
    "compare our-plan": "init our-plan",
    "import workbook": "export xlsx --output plan.xlsx",
    "schema --output schemas --check": "schema --output schemas",
}
"""What has to be done before an example, by how the example begins."""

MORE = {
    "plan.yaml": """
priorities:
  - id: get-online
    title: Help people to get online
sources:
  - {id: survey-2017, title: Survey of 2017}
  - {id: survey-2018, title: Survey of 2018}
  - {id: survey-2019, title: Survey of 2019}
  - {id: returns, title: Returns}
""",
    "indicators.yaml": """
indicators:
  - id: staff-skills
    title: Staff with skills
    priority: get-online
    unit: per cent
    baseline: {missing: not-available}
    target: {kind: at-least, value: 50, due: 2020}
  - id: claims-online
    title: Claims made online
    priority: get-online
    unit: per cent
    target: {kind: at-least, value: 95, due: 2020}
  - id: adults-with-skills
    title: Adults with skills
    priority: get-online
    unit: per cent
    target: {kind: at-least, value: 95, due: 2020}
""",
}
"""What the examples name beside the real plan."""

COMMITS = (
    "init -q --template=", "add -A", "commit -qm first", "branch -M main", "tag v2017", "tag v2018",
    "gc -q",
)  # fmt: skip
"""As few files as can be, since each example works on a copy."""


def examples() -> Iterator[str]:
    """The examples of the program's help and of every command's, without `diplan`."""
    for text in (get_command(app).help, *(command(name).help for name in COMMANDS)):
        _, sign, lines = (text or "").partition("Examples:\n")
        for line in re.sub(r" \\\n *", " ", lines).splitlines() if sign else ():
            if line.strip():
                assert line.split()[0] == "diplan", f"{line}: end the line before it with \\"
                yield re.split(" > |  +", line.strip().removeprefix("diplan "))[0]


@pytest.fixture(scope="module", name="home")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the real plan, and beside it what else the examples name."""
    home = tmp_path_factory.mktemp("examples") / "plan"
    shutil.copytree(ROOT / "data", home / "data")
    for name, text in MORE.items():
        path = home / "data" / name
        whole = path.read_text(encoding="utf-8")
        for section, items in re.findall(r"^(\w+):\n((?: .*\n)+)", text, re.MULTILINE):
            assert f"\n{section}:\n" in whole
            whole = whole.replace(f"\n{section}:\n", f"\n{section}:\n{items}", 1)
        path.write_text(whole, encoding="utf-8")
    path = home / "data" / "indicators.yaml"
    observed = """    observations:
      - {period: 2016, value: 13900, source: strategy-2016, at: made up}
"""
    halving = "    target: {kind: halve, due: 2020}\n"
    before, sign, after = path.read_text(encoding="utf-8").partition("id: offline-households\n")
    path.write_text(before + sign + after.replace(halving, halving + observed, 1), encoding="utf-8")
    shutil.copytree(ROOT / "examples", home / "examples")
    shutil.copytree(home / "data", home / "old" / "data")
    shutil.copytree(home / "data", home / "new" / "data")
    shutil.copytree(ROOT / "examples" / "norwich" / "data", home / "their-plan" / "data")
    (home / "homes.csv").write_text("Year,Value,Homes\n2018,1,2300\n", encoding="utf-8")
    (home / "returns.csv").write_text(
        "Id,Year,Figure\noffline-households,2018,12900\n", encoding="utf-8"
    )
    for words in COMMITS:
        subprocess.run([*GIT, *words.split()], cwd=home, check=True, capture_output=True)
    return home


def words_of(example: str, home: Path) -> list[str]:
    """The words of an example as a shell hands them over: without quotes, stars looked up."""
    found = []
    for word in shlex.split(example):
        paths = sorted(home.glob(word)) if "*" in word else []
        found += [path.relative_to(home).as_posix() for path in paths] or [word]
    return found


@pytest.mark.parametrize("example", [one for one in examples() if not one.startswith(ELSEWHERE)])
def test_example(example: str, home: Path, tmp_path: Path, diplan: Diplan) -> None:
    """An example of a help text does what it says, where what it names is there."""
    copy = tmp_path / "plan"
    shutil.copytree(home, copy)
    if example.startswith("skills score"):
        write(copy / "survey.csv", people(basic(), 200, seed=1))
    for start, needed in BEFORE.items():
        if example.startswith(start):
            done = diplan(*shlex.split(needed), cwd=copy)
            assert done.code == 0, done.err

    said = diplan(*words_of(example, copy), cwd=copy)

    if example in ASKING:
        assert said.code == 2, said.out + said.err
        assert "missing" in said.err
    else:
        fine = (0, 1) if example.startswith(FINDING) else (0,)
        assert said.code in fine, said.out + said.err


def test_messages_name_commands_that_exist() -> None:
    """A command that a message or a hint tells somebody to run is there."""
    named = {
        name
        for path in (ROOT / "src" / "diplan").rglob("*.py")
        for name in re.findall(r"`diplan ([a-z-]+)", path.read_text(encoding="utf-8"))
    }

    assert named
    assert named <= set(COMMANDS)
