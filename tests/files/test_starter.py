"""A new plan: a minute's work, clean at once, and nothing that was there is lost."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import Diplan
from diplan.cli.init import init
from diplan.files.init import Beginnings, examples, requirement, starter
from diplan.files.load import load
from diplan.files.workspace import Workspace

DAYS = ("2025-04", "2026-11-25", "2031", "2090")
"""Days on which somebody may look at a new plan."""


@pytest.mark.parametrize("day", DAYS)
def test_a_plan_without_anything_checks_clean(day: str, tmp_path: Path, diplan: Diplan) -> None:
    """A new plan leaves no example to delete, and has an id of its own."""
    answers = ("Stoke Council", "", "2026-04", "soon", "2030-03", "Get online", "", "Libraries", "",
               "blue")  # fmt: skip
    made = diplan("init", "new", cwd=tmp_path, answers=answers)
    checked = diplan("check", "--strict", "--as-of", day, "new", cwd=tmp_path)

    assert made.code == 0
    assert '"soon" is not a period' in made.err
    assert (checked.code, checked.out) == (0, "")
    plan = load(Workspace(tmp_path / "new")).plan
    assert plan
    assert plan.cover.id == "stoke-council-digital-inclusion-plan-2026"
    assert plan.cover.grades == ("Blue", "Green", "Amber", "Red")
    assert plan.cover.meaning("Blue") == "done"
    assert [heading.title for heading in plan.priorities] == ["Get online"]
    assert [service.id for service in plan.services] == ["libraries"]
    assert (plan.indicators, plan.actions, plan.sources) == ((), (), ())
    again = diplan("init", "other", "--organisation", "Kent", cwd=tmp_path)
    assert again.code == 0
    assert "id: kent-digital-inclusion-plan" in (tmp_path / "other/data/plan.yaml").read_text()


@pytest.mark.parametrize("path", [".github/workflows/plan.yml", ".gitlab-ci.yml"])
def test_the_workflows_need_nothing_filled_in(path: str, tmp_path: Path, diplan: Diplan) -> None:
    """They install the diplan that wrote them, and nothing in capitals is left."""
    diplan("init", "new", cwd=tmp_path)
    text = (tmp_path / "new" / path).read_text()
    assert requirement() in text
    assert re.search(r"diplan==\d|diplan @ git\+https://", text)
    assert not re.search(r"[A-Z]{4,}", text)


@pytest.mark.parametrize("day", DAYS)
def test_a_new_plan_checks_clean(day: str, tmp_path: Path, diplan: Diplan) -> None:
    """There is nothing to say of a new plan, on whatever day, and it is judged at once."""
    made = diplan("init", "new", "--with-example", cwd=tmp_path)
    checked = diplan("check", "--strict", "--as-of", day, "new", cwd=tmp_path)
    status = diplan("status", "--workspace", "new", "--as-of", "2025", cwd=tmp_path)

    assert made.code == 0
    assert (checked.code, checked.out) == (0, "")
    assert "1 of 1 indicator assessed: 1 on track." in status.out


def test_answers_stand_in_the_cover_sheet(tmp_path: Path, diplan: Diplan) -> None:
    """What the options say is in the plan, and the comments beside it are still there."""
    diplan(
        "init", "new", "--title", "Ours: 'the' plan #1", "--organisation", "Ynys Môn & Co",
        "--from", "2026/27", "--to", "2030", cwd=tmp_path,
    )  # fmt: skip
    text = (tmp_path / "new" / "data" / "plan.yaml").read_text(encoding="utf-8")
    found = load(Workspace(tmp_path / "new")).plan

    assert found
    assert found.cover.title == "Ours: 'the' plan #1"
    assert found.cover.organisation == "Ynys Môn & Co"
    assert (str(found.cover.from_), str(found.cover.to)) == ("2026/27", "2030")
    assert re.search(r"^  from: 2026/27 +# a month, or a year", text, re.MULTILINE)


def test_everything_around_the_data_is_made(tmp_path: Path, diplan: Diplan) -> None:
    """Settings for editors, schemas, and a workflow that checks the plan."""
    said = diplan("init", "new", cwd=tmp_path)
    made = tmp_path / "new"

    found = {one.relative_to(made).as_posix() for one in made.rglob("*") if one.is_file()}
    assert set(said.out.splitlines()) == found
    assert json.loads((made / ".vscode/extensions.json").read_text())["recommendations"]
    assert json.loads((made / ".vscode/settings.json").read_text())["yaml.yamlVersion"] == "1.2"
    assert "diplan check --format github" in (made / ".github/workflows/plan.yml").read_text()
    for name in ("plan", "indicators", "actions"):
        first = (made / "data" / f"{name}.yaml").read_text().splitlines()[0]
        path = first.removeprefix("# yaml-language-server: $schema=")
        assert (made / "data" / path).is_file(), first


@pytest.mark.parametrize("name", examples())
def test_an_example_can_be_copied(name: str, tmp_path: Path, diplan: Diplan) -> None:
    """A copy of an example gives the same status, and its files lead to schemas beside them."""
    said = diplan("init", "copy", "--example", name, cwd=tmp_path)
    root = Path(__file__).parents[2] / "examples" / name
    call = ("status", "--as-of", "2020", "--format", "json", "--workspace")

    assert said.code == 0
    assert diplan(*call, "copy", cwd=tmp_path).out == diplan(*call, str(root)).out
    assert not (tmp_path / "copy" / "data" / "venues.csv").exists()
    first = (tmp_path / "copy" / "data" / "plan.yaml").read_text().splitlines()[0]
    assert first.endswith("$schema=../schemas/plan.schema.json")


def test_nothing_is_overwritten(tmp_path: Path, diplan: Diplan) -> None:
    """Data that is there is refused; any other file that is there is kept, and that is said."""
    (tmp_path / "README.md").write_text("mine")
    first = diplan("init", cwd=tmp_path)
    again = diplan("init", cwd=tmp_path)

    assert (tmp_path / "README.md").read_text() == "mine"
    assert "kept README.md, which was there" in first.err
    assert again.code == 2
    assert "already" in again.err
    assert "\n  = " in again.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("new", "--example", "../../data"),
        ("new", "--example", "norwhich"),
        ("new", "--example", "norwich", "--title", "Mine"),
        ("new", "--from", "soon"),
        ("new", "--from", "2030", "--to", "2020"),
        ("new", "--title", "red \x1b[31m"),
        ("new", "--title", "one\ntwo"),
        ("new", "--title", "x" * 501),
        ("file",),
        ("file/inside",),
    ],
    ids=str,
)
def test_wrong_usage_is_explained(
    arguments: tuple[str, ...], tmp_path: Path, diplan: Diplan
) -> None:
    """Nothing is made of what makes no plan; a hint says what to do."""
    (tmp_path / "file").write_text("")
    said = diplan("init", *arguments, cwd=tmp_path)

    assert said.code == 2
    assert "\n  = " in said.err
    assert not (tmp_path / "new").exists()


def test_an_unknown_example_is_suggested(tmp_path: Path, diplan: Diplan) -> None:
    """A slip in the name of an example gets the right one."""
    said = diplan("init", "new", "--example", "norwhich", cwd=tmp_path)
    assert 'did you mean "norwich"?' in said.err


def test_the_starter_says_what_is_made_up() -> None:
    """Every title and source of the starter that is made up calls itself an example."""
    made = starter(Beginnings({}), example=True)
    text = made["data/indicators.yaml"] + made["data/actions.yaml"]
    assert re.findall(r"^    title: (?!\"Example: )", text, re.MULTILINE) == []


def test_questions_are_asked_at_a_terminal(tmp_path: Path) -> None:
    """At a terminal it asks one thing at a time, and again where an answer is no time."""
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "diplan", "init", "new"],
        cwd=tmp_path, stdin=follower, stdout=follower, stderr=follower,
    )  # fmt: skip
    os.close(follower)
    os.write(leader, b"Our council\nA plan of ours\nsoon\n2026-04\n\nGet online\n\n\n1\n")
    shown, until = b"", time.monotonic() + 30
    while time.monotonic() < until:
        try:
            piece = os.read(leader, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    assert process.wait(timeout=30) == 0
    text = shown.decode()

    assert "What is the plan called? [Digital Inclusion Plan]:" in text
    assert '"soon" is not a period' in text
    assert text.count("When does it begin?") == 2
    found = load(Workspace(tmp_path / "new")).plan
    assert found
    assert (found.cover.title, str(found.cover.from_)) == ("A plan of ours", "2026-04")


def test_help_has_examples() -> None:
    """The help of the command shows how it is used."""
    assert "diplan init our-plan" in (init.__doc__ or "")
