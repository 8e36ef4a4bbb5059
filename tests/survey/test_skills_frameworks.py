"""Frameworks are data: what is shipped, what a plan adds, and what is said of a bad file."""

import re
import shutil
from pathlib import Path

import pytest

from axe import Browser
from conftest import ROOT, Diplan
from diplan.files.load import load
from diplan.files.workspace import Workspace
from diplan.survey.framework_files import available, read_framework
from surveys import basic, people, write

NAME = "basic-digital-skills-2015"
OWN = """\
title: Made-up skills
rule: {at-least: 2}
questions:
  - id: able
    title: able to
    text: Are you able to do this?
    answers:
      - {code: "1", text: I am, counts: true}
      - {code: "2", text: I am not, counts: false}
    unanswered: ["9"]
skills:
  - id: first
    title: First
    tasks:
      - {id: open, title: Open it}
      - {id: close, title: Close it}
  - id: second
    title: Second
    tasks: [{id: turn, title: Turn it over}]
"""


def test_the_assessment_of_the_appendix() -> None:
    """Five skills, eleven tasks, and the two questions with the answers of the source's table."""
    framework = basic()
    assert [(skill.title, len(skill.tasks)) for skill in framework.skills] == [
        ("Managing information", 3), ("Communicating", 2), ("Transacting", 2),
        ("Problem solving", 2), ("Creating", 2),
    ]  # fmt: skip
    assert framework.rule == "each-skill"
    assert {
        question.id: [(answer.code, answer.counts) for answer in question.answers]
        for question in framework.questions
    } == {
        "could": [("no-idea", False), ("could", True), ("could-not", False)],
        "done": [("have", True), ("have-not", False)],
    }
    assert "three months" in framework.questions[1].text


def test_its_source_is_in_the_plan() -> None:
    """The framework names a source that the real plan declares, and the place in it."""
    plan = load(Workspace(ROOT)).plan
    assert plan
    assert basic().source in plan.source
    assert basic().at == "appendix 1"


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Path:
    """A plan with a framework of its own."""
    shutil.copytree(ROOT / "tests" / "errors" / "base" / "data", tmp_path / "data")
    (tmp_path / "frameworks").mkdir()
    (tmp_path / "frameworks" / "made-up.yaml").write_text(OWN, encoding="utf-8")
    return tmp_path


def test_a_plan_can_have_its_own(home: Path, diplan: Diplan) -> None:
    """A framework in the plan's folder is listed, printed and scored like diplan's own."""
    listed = diplan("skills", "list", cwd=home)
    first_row = diplan("skills", "form", "--framework", "made-up", "--format", "csv", cwd=home)
    lines = ["able-open,able-close,able-turn", *["1,1,2"] * 6, *["1,2,9"] * 5, *["2,,2"] * 7]
    (home / "survey.csv").write_text("\n".join(lines), encoding="utf-8")
    said = diplan("skills", "score", "survey.csv", "--framework", "made-up", cwd=home)

    assert "made-up  Made-up skills: 2 skills, 3 tasks; questions: able\n" in listed.out
    assert NAME in listed.out
    assert first_row.out == "able-open,able-close,able-turn\r\n"
    assert "At least 2 of 3 tasks: 6 of 13 people" in said.out
    assert "The rule is at least 2 of the tasks." in said.out


def test_a_plans_own_takes_the_place_of_diplans(home: Path) -> None:
    """Of two with the same id the nearer one is taken."""
    (home / "frameworks" / f"{NAME}.yaml").write_text(OWN, encoding="utf-8")
    framework, _ = read_framework(available(home)[NAME], NAME)
    other, _ = read_framework(available(None)[NAME], NAME)
    assert framework
    assert other
    assert (framework.title, other.title) == ("Made-up skills", "Basic digital skills (2015)")


def test_no_plan_is_needed(tmp_path: Path, diplan: Diplan) -> None:
    """Outside of a plan there are diplan's own frameworks."""
    assert diplan("skills", "list", cwd=tmp_path).out.startswith(NAME)
    write(tmp_path / "survey.csv", people(basic(), 30, seed=1))
    call = ("skills", "score", "survey.csv", "--framework", NAME, "--question", "done")
    assert diplan(*call, cwd=tmp_path).code == 0


FAULTS = [
    ("title: Made-up skills\n", "", '1:1: error: the key "title" is missing', "add `title:`"),
    ("title: Made", "titel: Made", '1:1: error: unknown key "titel"', 'did you mean "title"?'),
    ("{at-least: 2}", "each-task", "2:7: error: this is not a rule", 'did you mean "each-skill"?'),
    ("title: Made", "id: own\ntitle: Made", '1:1: error: unknown key "id"', "the file's name is"),
    (
        "{at-least: 2}",
        "most",
        "2:7: error: this is not a rule",
        "or `at-least:` and how many tasks",
    ),
    ("{at-least: 2}", "{}", '2:7: error: the key "at-least" is missing', "add `at-least:`"),
    ("{at-least: 2}", "{at-least: 4}", "2:18: error: this is not a number of tasks", "from 1 to 3"),
    (
        "{at-least: 2}",
        "{at-least: 0.5}",
        "2:18: error: this is not a number of tasks",
        "from 1 to 3",
    ),
    ("{at-least: 2}", "{atleast: 2}", '2:8: error: unknown key "atleast"', '"at-least"?'),
    ("counts: false", "counts: true", "8:7: error: all answers count alike", "for the others"),
    ("counts: false", "counts: nope", '9:45: error: "nope" is not true or false', "write true"),
    ('code: "2"', 'code: "1"', '9:16: error: "1" is there twice', "rename one"),
    ('["9"]', '["1"]', '10:18: error: "1" is an answer as well', "keep one of the two"),
    ("id: close", "id: open", '16:14: error: "open" is there twice', "rename one"),
    ("id: close", "id: Close It", '16:14: error: "Close It" is not an id', "work-clubs"),
    (
        "[{id: turn, title: Turn it over}]",
        "[]",
        '19:12: error: "tasks" has no items',
        "at least one",
    ),
    ("[{id: turn, title: Turn it over}]", "none", '19:12: error: "tasks" is not a list', "hyphen"),
    ("title: Open it", "title: [Open]", '15:27: error: "title" is not a text', "one text here"),
    ("title: First", "title: &a First", "13:12: error: ", ""),
    ("id: able", "id: yes", "4:9: error: ", ""),
]


@pytest.mark.parametrize(("old", "new", "message", "hint"), FAULTS)
def test_a_bad_framework_is_explained(
    old: str, new: str, message: str, hint: str, home: Path, diplan: Diplan
) -> None:
    """A fault has its line and column, an excerpt and a remedy, and nothing is scored with it."""
    assert old in OWN
    path = home / "frameworks" / "made-up.yaml"
    path.write_text(OWN.replace(old, new, 1), encoding="utf-8")
    said = diplan("skills", "form", "--framework", "made-up", cwd=home)
    listed = diplan("skills", "list", cwd=home)

    assert (said.code, said.out) == (1, "")
    assert f"frameworks/made-up.yaml:{message}" in said.err
    assert hint in said.err
    assert said.err.count(" error: ") == 1, said.err
    assert listed.code == 0
    assert "made-up cannot be read: " in listed.err


def test_a_framework_from_elsewhere_is_not_read(home: Path, tmp_path: Path) -> None:
    """A link out of the plan's folder is not followed."""
    outside = tmp_path.parent / f"{tmp_path.name}-outside.yaml"
    outside.write_text(OWN, encoding="utf-8")
    (home / "frameworks" / "linked.yaml").symlink_to(outside)
    framework, problems = read_framework(available(home)["linked"], "linked")
    assert framework is None
    assert problems[0].code == "unreadable-file"


# ---- the form


@pytest.fixture(name="page")
def _page(tmp_path: Path, diplan: Diplan) -> str:
    said = diplan("skills", "form", "--framework", NAME, "--output", "form.html", cwd=tmp_path)
    assert (said.code, said.out, said.err) == (0, "", "wrote form.html: 11 tasks\n")
    return (tmp_path / "form.html").read_text(encoding="utf-8")


def test_axe_has_nothing_against_the_form(page: str, browser: Browser) -> None:
    """The form breaks no rule of axe-core's, and fits a telephone."""
    violations, width = browser.violations_and_width(page, 320)
    assert violations == []
    assert width <= 320


def test_the_form_asks_everything(page: str) -> None:
    """Each task is a group with its name, each question in it one, and each answer has a label."""
    framework = basic()
    groups = len(framework.tasks) * (1 + len(framework.questions))
    assert page.count("<fieldset") == page.count("<legend>") == groups
    for question in framework.questions:
        assert page.count(f"<legend>{question.text}</legend>") == len(framework.tasks)
        for task in framework.tasks:
            assert f"<legend>{task.title}</legend>" in page
            boxes = re.findall(rf'<label><input [^>]*name="{question.column(task)}"[^>]*>', page)
            assert len(boxes) == len(question.answers)


def test_the_form_is_whole_by_itself(page: str) -> None:
    """It loads nothing, sends nothing and runs nothing, and asks for no name."""
    assert not re.search(r"<script|<form|<link|<img|@import|url\(|https?:", page)
    assert "do not write your name" in page


def test_the_form_as_markdown(diplan: Diplan) -> None:
    """The same questions as text, with a box for each answer."""
    said = diplan("skills", "form", "--framework", NAME)
    framework = basic()
    answers = sum(len(question.answers) for question in framework.questions)
    assert said.out.startswith("# Basic digital skills (2015)\n")
    assert said.out.count("☐") == len(framework.tasks) * answers


def test_the_first_row_is_what_score_reads(tmp_path: Path, diplan: Diplan) -> None:
    """The heading of `form --format csv` with answers under it is a file to be scored."""
    call = ("skills", "form", "--framework", NAME, "--output", "survey.csv")
    diplan(*call, cwd=tmp_path)
    path = tmp_path / "survey.csv"
    width = path.read_text(encoding="utf-8").count(",") + 1
    assert width == 22
    line = ",".join(["could"] * 11 + ["have-not"] * 11)
    path.write_bytes(path.read_bytes() + f"{line}\r\n".encode() * 12)
    for question, count in (("could", 12), ("done", 0)):
        said = diplan("skills", "score", "survey.csv", "--framework", NAME, "--question", question,
                      "--suppress", "0", cwd=tmp_path)  # fmt: skip
        assert f"All 5 skills: {count} of 12 people" in said.out


def test_the_form_does_not_go_among_the_data(home: Path, diplan: Diplan) -> None:
    """Nor into a file whose name does not say what it is to be."""
    among = diplan("skills", "form", "--framework", NAME, "-o", "data/form.html", cwd=home)
    what = diplan("skills", "form", "--framework", NAME, "-o", "form", cwd=home)
    assert (among.code, what.code) == (2, 2)
    assert "inside the plan's own data" in among.err
    assert "end it in .html, .md, .csv" in what.err


def test_a_council_can_change_how_the_form_looks(home: Path, diplan: Diplan) -> None:
    """A template in the plan's folder takes the place of diplan's."""
    (home / "templates").mkdir()
    template = "{% for task in framework.tasks %}{{ task.title }} & {% endfor %}"
    (home / "templates" / "skills-form.html.j2").write_text(template, encoding="utf-8")
    said = diplan("skills", "form", "--framework", "made-up", "--format", "html", cwd=home)
    assert said.out.strip() == "Open it & Close it & Turn it over &"
