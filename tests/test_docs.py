"""The documentation is true: what it shows is run, and what it names is there."""

import importlib.util
import re
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, NamedTuple, get_args, get_origin

import pytest
from jinja2 import pass_context
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS
from jinja2.runtime import Context
from pydantic import TypeAdapter

from conftest import Clock, Diplan
from diplan import __version__, cli
from diplan.checks import check
from diplan.cli.commands import COMMANDS, command
from diplan.files.load import load
from diplan.files.workspace import Workspace
from diplan.files.yaml.plain import read_yaml
from diplan.ground.period import period
from diplan.judge import Flag, Reason, Slippage, Status, assess
from diplan.judge.action import standing
from diplan.judge.diff import Cause
from diplan.judge.indicator import judge_indicator
from diplan.judge.statuses import NOT_GRADED
from diplan.plan import SECTIONS, Action, Baseline, Figure, Indicator, Observation, Target
from diplan.plan.fields.shape import fields, kinds
from diplan.plan.grade import DEFAULT_SCALE
from diplan.plan.plan import FILES, CoverSheet
from diplan.plan.promise import promised
from diplan.problems import CODES
from diplan.render.grid import Grid, Placed
from diplan.render.html import BlockKind, Chapter, Part, html
from diplan.render.markdown import markdown
from diplan.render.problems import as_text
from diplan.render.templates import environment
from diplan.report import data
from diplan.report.document import (
    Badge,
    Chart,
    Column,
    Document,
    Facts,
    Items,
    Lines,
    Map,
    Pin,
    Point,
    Prose,
    Section,
    Table,
    Tone,
    Trend,
    Way,
)
from diplan.report.papers import REPORTS
from scratch import GIT, Scratch

ROOT = Path(__file__).parent.parent
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
WITHIN = CoverSheet(id="plan", title="Plan").approximate_within
HOSTS = {
    "beancount.github.io",
    "check-jsonschema.readthedocs.io",
    "docs.astral.sh",
    "docs.zizmor.sh",
    "hledger.org",
    "keepachangelog.com",
    "library.example",  # made up
    "sqlite-utils.datasette.io",
    "svcs.hynek.me",
    "www.nationalarchives.gov.uk",
    "www.structlog.org",
}
"""Where the documentation may lead: none of these is a package registry."""


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


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment in which reports look as the documentation shows them."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    for name in ("GITHUB_ACTIONS", "DIPLAN_WORKSPACE", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


# ---- the README, and how a plan stands


class Shown(NamedTuple):
    """A command that a page shows, its output, and a file that it tells to write before."""

    command: str
    output: str
    file: Fence | None
    line: int


README, READING, OUTPUT = ROOT / "README.md", DOCS / "reading.md", DOCS / "output.md"


def shown_commands(page: Path = README) -> Iterator[Shown]:
    """Every block of a page that begins with `$ diplan`."""
    file = None
    for fence in fences(page):
        place = fence.info.partition(" ")[2]
        if place.startswith("data/") and not (ROOT / place).exists():
            file = fence
        if fence.text.startswith("$ diplan") and fence.info == "text":
            command, _, output = fence.text[2:].partition("\n")
            yield Shown(command, output, file, fence.line)
            file = None


@pytest.mark.parametrize(
    "shown",
    [shown for page in (README, READING, OUTPUT) for shown in shown_commands(page)],
    ids=lambda shown: shown.command,
)
def test_page_shows_what_is_printed(
    shown: Shown,
    quiet: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A page's output is the command's on the real plan, as a terminal shows it."""
    for folder in ("data", "examples"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    if shown.file:
        path = tmp_path / shown.file.info.partition(" ")[2]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(shown.file.text, encoding="utf-8", newline="\n")
    arguments = shlex.split(shown.command)[1:]
    if arguments[0] in LISTINGS and "--format" not in arguments:
        arguments += ["--format", "table"]
    monkeypatch.chdir(tmp_path)
    code = cli.run(arguments)
    printed = capsys.readouterr()
    assert shortened(shown.output, printed.out + printed.err), printed.out + printed.err
    assert code == (1 if shown.file else 0)


def commands_on(page: Path) -> set[str]:
    """The commands whose output a page shows."""
    return {shlex.split(shown.command)[1] for shown in shown_commands(page)}


def test_readme_tour_is_complete() -> None:
    """The README shows why, who, what is wrong, what changed and a paper; status is its picture."""
    assert commands_on(README) == {"why", "actions", "check", "diff", "report"}
    assert commands_on(READING) == {"status", "show", "why", "actions", "diff"}
    assert any("^^^" in shown.output and shown.file for shown in shown_commands())


def words_of_picture() -> list[str]:
    """The lines of the terminal's picture, without the blanks between words."""
    drawn = ET.parse(DOCS / "pictures" / "status.svg")  # noqa: S314 - a file of ours
    lines: dict[float, str] = {}
    for element in drawn.iter("{http://www.w3.org/2000/svg}text"):
        if "clip-path" in element.attrib:
            height = float(element.attrib["y"])
            lines[height] = f"{lines.get(height, '')} {element.text or ''}"
    return [" ".join(line.split()) for _, line in sorted(lines.items()) if line.strip()]


def test_picture_of_a_terminal_is_current(quiet: None, diplan: Diplan) -> None:
    """The README's picture shows what the command prints: else run docs/pictures.py."""
    pictures = script("pictures")
    said = diplan(*pictures.STATUS.split(), "--format", "table")
    lines = [f"$ diplan {pictures.STATUS}", *said.out.splitlines()[: pictures.LINES]]
    assert words_of_picture() == [" ".join(line.split()) for line in lines if line.strip()]


def test_pictures_are_described_and_load_nothing() -> None:
    """Each picture of the README is there, has words in its place, and asks no server."""
    text = README.read_text(encoding="utf-8")
    pictures = re.findall(r"!\[([^]]+)\]\(([^)]+)\)", text)
    assert [path for _, path in pictures] == ["docs/pictures/status.svg", "docs/pictures/page.png"]
    assert all(len(words) > 100 and (ROOT / path).exists() for words, path in pictures)
    svg = (ROOT / pictures[0][1]).read_text(encoding="utf-8")
    assert re.findall(r"https?://[^\s\"]+", svg) == ["http://www.w3.org/2000/svg"]


def test_every_command_with_json_is_on_the_page_on_output() -> None:
    """The page names each command that prints JSON, by itself or with a link to its own page."""
    text = OUTPUT.read_text(encoding="utf-8")
    formats = {
        name: option.type.choices
        for name in COMMANDS
        for option in command(name).params
        if "--format" in option.opts and hasattr(option.type, "choices")
    }
    printing = {name for name, words in formats.items() if "json" in map(str, words)}
    assert {"status", "check"} <= printing
    told = {name.partition(" ")[0] for name in printing}
    assert {name for name in told if not re.search(rf"`(diplan )?{name}|{name}\.md", text)} == set()


# ---- the tutorial


FEBRUARY = "2026-02-02"
"""When the story of the tutorial is set."""


def change(where: Path, fence: Fence) -> None:
    """Make the edit of a plan's file that a fence shows."""
    kind, *_, name = fence.info.split()
    path = where / name
    text = path.read_text(encoding="utf-8")
    if kind == "diff":
        old, new = (
            "".join(line[1:] for line in fence.text.splitlines(keepends=True) if line[0] in marks)
            for marks in (" -", " +")
        )
        assert text.count(old) == 1
        text = text.replace(old, new)
    else:
        text += fence.text
    path.write_text(text, encoding="utf-8", newline="\n")


def test_tutorial_is_true(
    tmp_path: Path, diplan: Diplan, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From nothing to a plan that CI can check: each command prints what the tutorial shows."""
    for name, value in (
        ("NO_COLOR", "1"),
        ("GIT_COMMITTER_DATE", f"{FEBRUARY}T12:00:00+0000"),
        ("GIT_AUTHOR_DATE", f"{FEBRUARY}T12:00:00+0000"),
    ):
        monkeypatch.setenv(name, value)
    clock(FEBRUARY)
    where, used = tmp_path, []
    for fence in fences(DOCS / "tutorial.md"):
        if fence.info.startswith(("yaml append ", "diff ")):
            change(where, fence)
        if fence.info != "console":
            continue
        for step in fence.text.removeprefix("$ ").split("\n$ "):
            line, _, output = step.partition("\n")
            program, *words = shlex.split(line)
            used.append(f"{program} {words[0]}")
            if program == "cd":
                where /= words[0]
            elif program == "git":
                subprocess.run([*GIT, *words], cwd=where, check=True, capture_output=True)
            else:
                words += ["--format", "table"] if words[0] in {*LISTINGS, "due"} else []
                said = diplan(*words, cwd=where)
                printed = said.out + said.err
                assert shortened(output.rstrip("\n") + "\n", printed), printed
                assert said.code == int("unrecorded-change" in output)
    steps = ["init", "check", "record", "add", "update", "status", "why", "due", "report", "revise"]
    assert [step for step in steps if f"diplan {step}" not in used] == []


# ---- citations and commands


def test_data_is_cited_word_for_word() -> None:
    """The excerpt of a data file is in that file, but for what dots stand for."""
    cited = [fence for fence in fences(READING) if fence.info.startswith("yaml data/")]
    real = [fence for fence in cited if (ROOT / fence.info.split()[1]).exists()]
    assert real
    for fence in real:
        text = (ROOT / fence.info.split()[1]).read_text(encoding="utf-8")
        at = 0
        for piece in filter(None, pieces(fence.text)):
            at = text.find(piece, at)
            assert at >= 0, piece
            at += len(piece)


def test_readme_commands_run_outside_the_tests(quiet: None) -> None:
    """The first command of the README's tour works from the folder of the clone."""
    first = next(iter(shown_commands()))
    arguments = [*shlex.split(first.command)[1:], "--format", "table"]
    command = [sys.executable, "-m", "diplan", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert shortened(first.output, done.stdout)
    assert done.stderr == ""


def test_readme_installs_what_there_is() -> None:
    """The README's two commands for a fresh machine make an environment of their own each."""
    shells = [fence.text.strip() for fence in fences(ROOT / "README.md") if fence.info == "sh"]
    assert len(shells) == 2
    assert all(shell.startswith("python3 -m venv .venv && ") for shell in shells)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "pip install -q ." in shells[0]
    assert "-e '.[test]'" in shells[1]
    assert re.search(r"^test = \[", project, re.MULTILINE)


# ---- the pages that are made


@pytest.mark.parametrize("page", ["commands.md", "problems.md"])
def test_made_page_is_current(page: str) -> None:
    """A page that comes from the program says what the program says: else run docs/generate.py."""
    made: str = script("generate").PAGES[page]()
    assert (DOCS / page).read_text(encoding="utf-8") == made


def test_every_command_and_option_is_documented() -> None:
    """Each command has a section on its page, with each of its options."""
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        section = text.partition(f"\n## diplan {name}\n")[2].partition("\n## ")[0]
        options = [
            option for given in command(name).params for option in given.opts if "-" in option
        ]
        assert section
        assert [option for option in options if option not in section] == []


def test_every_problem_is_documented() -> None:
    """Each problem's code has a section and a row."""
    text = (DOCS / "problems.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)$", text, re.MULTILINE) == list(CODES)
    assert re.findall(r"^\| \[(\S+)\]", text, re.MULTILINE) == list(CODES)


# ---- papers and templates


def test_every_paper_is_documented() -> None:
    """Each paper has a section with a command that makes it."""
    text = (DOCS / "reports.md").read_text(encoding="utf-8")
    assert re.findall(r"^### (\S+)$", text, re.MULTILINE) == list(REPORTS)
    for name in REPORTS:
        section = text.partition(f"\n### {name}\n")[2].partition("\n### ")[0]
        assert f"\ndiplan report {name}" in section


@pytest.mark.parametrize("fence", fences(DOCS / "reports.md"), ids=example_id)
def test_papers_are_made_as_documented(fence: Fence, tmp_path: Path, diplan: Diplan) -> None:
    """The commands on the page about papers do what they say, where no pandoc is needed."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    for line in re.findall(r"diplan (report .+)", fence.text):
        arguments = shlex.split(line)
        if "--check" in arguments:
            assert diplan(*arguments).code == 0
        elif not re.search(r"\.(docx|odt)\b", line):
            assert diplan(*arguments, cwd=tmp_path).code == 0


def test_pages_print_on_a4() -> None:
    """The style sheet asks printers for A4, as the page on papers says."""
    style = (ROOT / "templates" / "style.css").read_text(encoding="utf-8")
    assert "@page { size: A4;" in style
    assert "It prints on A4" in (DOCS / "reports.md").read_text(encoding="utf-8")


def test_every_option_of_papers_is_explained() -> None:
    """The table of options has all that are a paper's own."""
    text = (DOCS / "reports.md").read_text(encoding="utf-8")
    report = command("report")
    options = {given.opts[0] for given in report.params if given.opts[0].startswith("--")}
    rows = re.findall(r"^\| `(--[a-z-]+)` \|", text, re.MULTILINE)
    assert set(rows) == options - {"--workspace", "--help"}


def test_every_place_for_paragraphs_is_documented() -> None:
    """The table of narrative files has each name that a paper asks for, and no other."""
    papers = ROOT / "src" / "diplan" / "report" / "papers"
    asked = {
        name
        for path in papers.glob("*.py")
        for name in re.findall(r'\.prose\("([a-z-]+)"\)', path.read_text(encoding="utf-8"))
    }
    text = (DOCS / "reports.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)\.md` \|", text, re.MULTILINE)) == asked


TEMPLATES = DOCS / "templates.md"


def fields_named(name: str) -> list[str]:
    """The rows of the table that follows a heading, or the first bold words, of a type's name."""
    text = TEMPLATES.read_text(encoding="utf-8")
    at = re.search(rf"^(?:### {name}$|\*\*{name}\.\*\*)", text, re.MULTILINE)
    assert at, name
    section = re.split(r"^(?:#|\*\*)", text[at.end() :], maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


@pytest.mark.parametrize(
    "part",
    [
        Document, Section, Table, Column, Facts, Items, Prose, Chart, Point, Map, Pin, Badge, Way,
        Trend, Lines, Chapter, Part, Grid, Placed,
    ],
    ids=lambda part: part.__name__,
)  # fmt: skip
def test_every_field_of_a_document_is_documented(part: Any) -> None:
    """The table of a part of the document has its fields, in their order, and no others."""
    assert fields_named(part.__name__) == list(part._fields)


def test_words_in_documents_are_documented() -> None:
    """The tones of badges and the kinds of parts are on the page about templates."""
    text = TEMPLATES.read_text(encoding="utf-8")
    assert [word for word in (*Tone, *get_args(BlockKind)) if f"`{word}`" not in text] == []


def differing(mine: Mapping[str, Any], jinjas: Mapping[str, Any]) -> set[str]:
    """The names under which an environment has something other than Jinja, or nothing."""
    missing = object()
    return {
        name
        for name in {*mine, *jinjas}
        if mine.get(name, missing) is not jinjas.get(name, missing)
    }


def test_every_filter_and_global_is_documented() -> None:
    """What the two environments add to Jinja's own, change of it or take away is on the page."""
    empty = Document("Title", [], [])
    page, text = environment([], kind="html"), environment([], kind="markdown")
    html(empty, page)
    markdown(empty, text, template="report.md.j2")
    assert {"cell"} <= differing(page.filters, FILTERS)
    assert {"markdown"} <= differing(text.filters, FILTERS)
    names = {
        name
        for made in (page, text)
        for name in differing(made.filters, FILTERS) | differing(made.globals, DEFAULT_NAMESPACE)
    }
    told = TEMPLATES.read_text(encoding="utf-8")
    assert {name for name in names if f"`{name}`" not in told} == set()


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_everything_a_template_is_given_is_documented(form: Any, tmp_path: Path) -> None:
    """The names that a template may use are on the page about templates."""
    name = "report.html.j2" if form == "html" else "report.md.j2"
    templates = environment([tmp_path], kind=form)
    given: list[str] = []

    @pass_context
    def seen(context: Context, value: object) -> str:
        given.extend(context.parent.keys() - templates.globals.keys())
        return ""

    (tmp_path / name).write_text("{{ 1|seen }}", encoding="utf-8")
    templates.filters["seen"] = seen
    empty = Document("Title", [], [])
    html(empty, templates) if form == "html" else markdown(empty, templates, template=name)
    text = TEMPLATES.read_text(encoding="utf-8")
    assert "document" in given
    assert [word for word in given if f"| `{word}` |" not in text and word != "document"] == []


SHOWN = [fence for fence in fences(TEMPLATES) if fence.info.startswith("jinja ")]


@pytest.mark.parametrize("fence", SHOWN, ids=lambda fence: fence.info.split()[1])
def test_shown_templates_work(fence: Fence, tmp_path: Path, diplan: Diplan) -> None:
    """Each template on the page makes its paper, and is what made it."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    name = fence.info.split()[1]
    paper, form, _ = name.split(".")
    about = ["libraries"] if REPORTS[paper].about else []
    kind = {"md": "markdown", "html": "html"}[form]
    call = ["report", paper, *about, "--year", "2016/17", "--format", kind]
    before = diplan(*call, cwd=tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / name).write_text(fence.text, encoding="utf-8")
    after = diplan(*call, cwd=tmp_path)
    assert (before.code, after.code, after.err) == (0, 0, "")
    assert after.out != before.out


def test_shown_template_changes_the_foot(tmp_path: Path, diplan: Diplan) -> None:
    """The worked example changes the footer, and nothing else."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    call = ["report", "progress", "--year", "2016/17", "--format", "html"]
    before = diplan(*call, cwd=tmp_path).out
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "progress.html.j2").write_text(SHOWN[0].text, encoding="utf-8")
    after = diplan(*call, cwd=tmp_path).out
    assert "Made-up Council. Ask the library" in after
    assert after.partition("<footer>")[0] == before.partition("<footer>")[0]


def test_shown_failure_is_what_is_said(tmp_path: Path, diplan: Diplan) -> None:
    """The message on the page is that of a template with a slip in it."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "review.html.j2").write_text("{{ titel }}", encoding="utf-8")
    said = diplan("report", "review", "--year", "2016/17", "--format", "html", cwd=tmp_path)
    assert said.code == 2
    assert said.err in [fence.text for fence in fences(TEMPLATES)]


# ---- the data format

HEADINGS = {
    "Action": "An action",
    "Activity": "An activity",
    "Baseline": "A baseline",
    "Benchmark": "A benchmark",
    "Budget": "A budget",
    "CorporatePriority": "A corporate priority",
    "CoverSheet": "The plan",
    "Derived": "A derivation",
    "Ending": "An ending",
    "Figure": "A figure",
    "Grade": "A grade of the scale",
    "HouseRule": "A house rule: rag",
    "Indicator": "An indicator",
    "Milestone": "A milestone",
    "Observation": "An observation",
    "Outcome": "An outcome",
    "Priority": "A priority",
    "Profile": "A profile",
    "Source": "A source",
    "Note": "A note",
    "Response": "A response",
    "Governance": "Governance",
    "Revision": "A revision",
    "Segment": "A segment",
    "Service": "A service",
    "Subtotal": "A subtotal",
    "SuccessMeasure": "A success measure",
    "Target": "A target",
    "Update": "An update",
    "Venue": "A venue",
}
"""Under which heading of the page each record's keys stand."""


def inner_records(annotation: Any) -> Iterator[Any]:
    """The records that a field's type leads to."""
    if hasattr(annotation, "__pydantic_fields__"):
        yield annotation
    for inner in get_args(annotation):
        yield from inner_records(inner)


@lru_cache(maxsize=1)
def records() -> dict[str, Any]:
    """Every record that the data can hold, by its name."""
    known: dict[str, Any] = {"Figure": Figure, "Target": Target}
    waiting: list[Any] = list(SECTIONS.values())
    while waiting:
        record = waiting.pop()
        if record.__name__ not in known:
            known[record.__name__] = record
            for info in fields(record).values():
                waiting += inner_records(info.annotation)
    return known


def test_keys_and_headings_share_a_word() -> None:
    """What the data calls `governance` stands under a heading with that word, and so on."""
    keys = {
        (record.__name__, key)
        for holder in records().values()
        for key, info in fields(holder).items()
        for record in inner_records(info.annotation)
        if not is_kind_of_target(record) and record is not Figure
    } | {(record.__name__, key) for key, record in SECTIONS.items()}
    assert {
        (name, key)
        for name, key in keys
        if re.sub("(ies|s|ed)$", "", key.replace("_", " ")) not in HEADINGS[name].lower()
    } == set()


def is_kind_of_target(record: Any) -> bool:
    """Whether a record is one of the targets."""
    return issubclass(record, Target) and record is not Target


def rows_under(heading: str) -> dict[str, str]:
    """The rows of the tables under a heading, by what is in code in their first cell."""
    text = (DOCS / "data-format.md").read_text(encoding="utf-8")
    section = text.partition(f"\n### {heading}\n")[2]
    section = re.split(r"^#{2,3} ", section, flags=re.MULTILINE)[0]
    rows = re.finditer(r"^\| `(\S+)` \|(.*)\|$", section, re.MULTILINE)
    return {row[1]: row[2] for row in rows}


@pytest.mark.parametrize("name", HEADINGS)
def test_every_key_is_documented(name: str) -> None:
    """A record's table has its keys and no others, and says which of them are needed."""
    keys = fields(records()[name])
    if records()[name] in (Observation, Baseline):
        keys = {key: info for key, info in keys.items() if key not in fields(Figure)}
    rows = {key: rest.split("|")[0].strip() for key, rest in rows_under(HEADINGS[name]).items()}
    assert rows == {key: "yes" if info.is_required() else "no" for key, info in keys.items()}


def test_every_record_has_a_heading() -> None:
    """The page on the data leaves out no record."""
    documented = {name for name, record in records().items() if not is_kind_of_target(record)}
    assert documented == set(HEADINGS)


def test_every_kind_of_target_is_documented() -> None:
    """The table of kinds has every kind, with the keys that are its own."""
    wanted = {
        kind: set(fields(record)) - set(fields(Target))
        for record in records().values()
        if is_kind_of_target(record)
        for kind in kinds(record)
    }
    rows = rows_under("Kinds of target")
    assert {
        kind: set(re.findall(r"`(\w+)`", rest.split("|")[0])) for kind, rest in rows.items()
    } == wanted


def test_every_file_and_section_is_documented() -> None:
    """The page on the data names each file and the sections in it."""
    text = (DOCS / "data-format.md").read_text(encoding="utf-8")
    for stem, sections in FILES.items():
        assert f"| `data/{stem}." in text
        assert all(f"`{section}`" in text for section in sections if stem == "plan")


def literals(annotation: Any) -> Iterator[str]:
    """The words that a field's type lets stand."""
    for inner in get_args(annotation):
        if get_origin(annotation) is Literal:
            yield str(inner)
        else:
            yield from literals(inner)


@pytest.mark.parametrize("name", HEADINGS)
def test_words_are_documented(name: str) -> None:
    """The words that a record's keys may have are on the page."""
    text = (DOCS / "data-format.md").read_text(encoding="utf-8")
    words = [
        word for info in fields(records()[name]).values() for word in literals(info.annotation)
    ]
    assert [word for word in words if f"`{word}`" not in text] == []


def test_shorthand_is_documented() -> None:
    """The page has each mark with the sign that reports print for it."""
    from diplan.report.wording import MARKS, MISSING

    text = (DOCS / "data-format.md").read_text(encoding="utf-8")
    for word, sign in {**MARKS, **MISSING}.items():
        assert f"| `{word}` | {sign} |" in text


def test_data_example_is_in_order(tmp_path: Path) -> None:
    """The made-up plan on the page on the data has no problem."""
    for fence in fences(DOCS / "data-format.md"):
        place = fence.info.partition(" ")[2]
        if place:
            path = tmp_path / place
            path.parent.mkdir(exist_ok=True)
            path.write_text(fence.text, encoding="utf-8", newline="\n")
    loaded = load(Workspace(tmp_path))
    assert as_text(loaded.problems) == ""
    assert loaded.plan
    findings = [loaded.problem(finding) for finding in check(loaded.plan, period("2018-06"))]
    assert as_text(findings) == ""
    assert loaded.plan.cover.grades == tuple(DEFAULT_SCALE)
    assert all(getattr(loaded.plan, section) for section in SECTIONS if section != "plan")


# ---- the method


def wanted(example: Mapping[str, Any]) -> dict[str, Any]:
    """What an example expects."""
    expected = example["expected"]
    assert isinstance(expected, dict)
    return expected


def as_written(value: object) -> object:
    """A value of a record as an example writes it."""
    if isinstance(value, list):
        return [as_written(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def judged(example: Mapping[str, Any]) -> dict[str, Any]:
    """The record of an example's indicator or action."""
    as_of = period(example["as_of"])
    named = {"id": "example", "title": "Example", "priority": "example"}
    if "action" in example:
        action = TypeAdapter(Action).validate_python({**named, **example["action"]})
        return data.action(
            standing(promised(action, as_of.end), as_of, CoverSheet(id="example", title="Example"))
        )
    if "real" in example:
        plan = load(Workspace(ROOT)).plan
        assert plan
        ruling = assess(plan, as_of).verdict[example["real"]]
    else:
        indicator = TypeAdapter(Indicator).validate_python({**named, **example["indicator"]})
        ruling = judge_indicator(promised(indicator, as_of.end), as_of, WITHIN)
    record = data.indicator(ruling, WITHIN)
    seen = record["observation"]
    record["value"] = seen["value"] if seen else None
    record["target_value"] = record["target"]["value"]
    return record


METHOD = [fence for fence in fences(DOCS / "method.md") if fence.info == "yaml"]


@pytest.mark.parametrize("fence", METHOD, ids=example_id)
def test_method_example(fence: Fence) -> None:
    """An example of the method comes out as the page says."""
    example: Any = read_yaml(fence.text)
    record = judged(example)
    expected = wanted(example)
    assert {key: as_written(record[key]) for key in expected} == expected


def test_method_has_examples() -> None:
    """The examples on the page of the method end in every status."""
    examples: list[Any] = [read_yaml(fence.text) for fence in METHOD]
    statuses = {wanted(example).get("status") for example in examples}
    assert {str(status) for status in Status} <= statuses


@pytest.mark.parametrize("words", [Status, Slippage, Reason, Flag])
def test_method_names_every_word(words: type[Status | Slippage | Reason | Flag]) -> None:
    """Each status, severity, reason and flag is explained."""
    text = (DOCS / "method.md").read_text(encoding="utf-8")
    assert [str(word) for word in words if f"`{word}`" not in text] == []


def test_the_methods_summary_is_quoted_rightly(quiet: None, diplan: Diplan) -> None:
    """The sentence that stands for summaries is the real plan's, as of 2020."""
    text = " ".join((DOCS / "method.md").read_text(encoding="utf-8").split())
    quoted = re.findall(r"'(\d+ of \d+ indicators assessed: [^']+)'", text)
    said = diplan("status", "--as-of", "2020").out
    assert len(quoted) == 1
    assert f"\n{quoted[0]}.\n" in said


# ---- several plans


@pytest.mark.parametrize(
    "fence",
    [fence for fence in fences(DOCS / "compare.md") if fence.text.startswith("$ diplan ")],
    ids=example_id,
)
def test_comparison_is_what_is_printed(fence: Fence, quiet: None, diplan: Diplan) -> None:
    """The page on comparing plans shows what the command prints."""
    command, _, output = fence.text[2:].partition("\n")
    said = diplan(*shlex.split(command)[1:], "--format", "table")
    assert shortened(output, said.out), said.out


# ---- putting figures in


def test_the_page_on_editing_is_true(tmp_path: Path, diplan: Diplan, clock: Clock) -> None:
    """The page, followed from top to bottom on a new plan, shows what is printed."""
    clock("2027-01-15")
    diplan("init", "plan", "--from", "2024-04", "--to", "2028-03", cwd=tmp_path)
    commands = 0
    for fence in fences(DOCS / "editing.md"):
        if fence.info != "console":
            continue
        for step in fence.text.removeprefix("$ ").split("\n$ "):
            line, _, output = step.partition("\n")
            said = diplan(*shlex.split(line)[1:], cwd=tmp_path / "plan")
            printed = said.out + said.err
            assert shortened(output.rstrip("\n") + "\n", printed), printed
            commands += 1
    checked = diplan("check", "--as-of", "2027-01-15", cwd=tmp_path / "plan")
    assert (checked.code, checked.out) == (0, "")
    assert commands > 10


# ---- changes

CHANGES = DOCS / "changes.md"
DAYS = ("2019-01-15", "2019-02-20", "2019-03-08")
"""When the commits of the page were made."""


def edited(scratch: Scratch, fence: Fence, *, ledger: bool = True) -> None:
    """Make the edit that a fence shows, with its entries for the ledger or without them."""
    lines = fence.text.splitlines(keepends=True)
    old = [line[1:] for line in lines if line[0] in " -"]
    new = [line[1:] for line in lines if line[0] in " +"]
    if not ledger:
        new = [line for line in new if "what: " not in line and "revisions:" not in line]
    scratch.edit("".join(old), "".join(new), Path(fence.info.split()[-1]).stem)


def without_hashes(text: str) -> str:
    """A text in which all commits are called the same."""
    return re.sub(r"\b[0-9a-f]{9}\b", "#########", text)


def test_the_story_of_changes_is_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, diplan: Diplan
) -> None:
    """The page on changes, followed from top to bottom, shows what is printed."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    days = iter(DAYS)

    def tomorrow() -> None:
        day = next(days)
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"{day}T12:00:00+0000")
        monkeypatch.setenv("GIT_AUTHOR_DATE", f"{day}T12:00:00+0000")

    tomorrow()
    scratch = Scratch(tmp_path / "story")
    commands = 0
    for fence in fences(CHANGES):
        command, _, output = fence.text.partition("\n")
        if fence.info.startswith("diff data/"):
            edited(scratch, fence)
        elif command.startswith("$ git commit "):
            tomorrow()
            scratch.commit(shlex.split(command)[-1])
        elif command.startswith("$ diplan "):
            said = diplan(*shlex.split(command)[2:], cwd=scratch.home)
            printed = without_hashes(said.out + said.err)
            assert shortened(without_hashes(output), printed), printed
            commands += 1
    assert commands >= 8
    assert next(days, None) is None


LEDGER = [fence for fence in fences(CHANGES) if fence.info.startswith("diff ledger ")]


@pytest.mark.parametrize("fence", LEDGER, ids=example_id)
def test_entries_of_the_ledger_are_needed(fence: Fence, scratch: Scratch, diplan: Diplan) -> None:
    """An edit on the page fails without its entries, and passes with them."""
    call = ("check", "--against", "first", "--as-of", "2019-02")
    edited(scratch, fence, ledger=False)
    quiet = diplan(*call, cwd=scratch.home)
    scratch.git("checkout", "-q", "data")
    edited(scratch, fence)
    told = diplan(*call, cwd=scratch.home)
    entries = len(re.findall("what: ", fence.text))
    assert (quiet.code, quiet.out.count("[unrecorded-change]")) == (1, entries), quiet.out
    assert (told.code, told.out) == (0, "")


def test_every_kind_of_entry_has_an_example() -> None:
    """Each name that the table of `what` has is in an example."""
    text = CHANGES.read_text(encoding="utf-8")
    shown = re.findall(r"what: ([^,]+),", "".join(fence.text for fence in LEDGER))
    rows = re.findall(r"^\| `(\S+)` \| an (?:indicator|action) \|", text, re.MULTILINE)
    names = {
        row: row.replace(".", r"\.").replace("FIELD", r"[a-z]+").replace("PERIOD", r"\d{4}")
        .replace("DATE", r"\d{4}-\d\d")
        for row in rows
    }  # fmt: skip
    assert len(rows) == 9
    assert [row for row in rows if not any(re.fullmatch(names[row], what) for what in shown)] == []


FIGURE_OF_2018 = "      - {period: 2018, value: 720, source: survey}\n"
CAUSED = {
    "definition-changed": ("unit: residents", "unit: households"),
    "baseline-revised": ("value: 1000", "value: 1400"),
    "target-changed": ("due: 2020", "due: 2022"),
    "observation-revised": ("value: 720", "value: 790"),
    "observation-removed": (FIGURE_OF_2018, ""),
    "new-observation": (
        FIGURE_OF_2018, f"{FIGURE_OF_2018}      - {{period: 2019, value: 640, source: survey}}\n",
    ),
    "renamed": ("id: residents-offline", "id: people-offline"),
}  # fmt: skip
"""An edit of the first commit for each cause that one edit can have alone."""


@pytest.mark.parametrize("cause", list(Cause), ids=str)
def test_each_cause_has_a_true_example(cause: Cause, scratch: Scratch, diplan: Diplan) -> None:
    """The example in the table of causes is what the report says."""
    text = CHANGES.read_text(encoding="utf-8")
    row = re.search(rf"^\| `{cause}` \| [^|]+ \| `([^`]+)` \|$", text, re.MULTILINE)
    assert row
    call = ["first", "--as-of", "2019"]
    if cause is Cause.TIME_PASSED:
        call = ["2018", "2020"]
    elif cause in (Cause.ADDED, Cause.REMOVED):
        path = scratch.home / "data" / "indicators.yaml"
        whole = path.read_text(encoding="utf-8")
        path.write_text(whole.partition("  - id: adults-with-skills")[0], encoding="utf-8")
        scratch.commit("second")
        call = ["HEAD", "first"] if cause is Cause.ADDED else ["first", "HEAD"]
    else:
        scratch.edit(*CAUSED[str(cause)])
    if cause is Cause.OBSERVATION_REVISED:
        call[-1] = "2018"
    said = diplan("diff", *call, "--format", "plain", cwd=scratch.home)
    assert f"why: {row[1]}\n" in said.out


# ---- the index and the glossary


def test_every_page_is_in_the_index() -> None:
    """The index has a line for each page, each example and the project's own pages, and once."""
    text = (DOCS / "index.md").read_text(encoding="utf-8")
    lines = re.findall(r"^- \[[^]]+\]\(([^)]+)\)", text, re.MULTILINE)
    listed = [(DOCS / line).resolve() for line in lines]
    pages = {*PAGES, *ROOT.glob("examples/*/README.md"), *DOCS.glob("examples/*.md")}
    assert pages - {README, DOCS / "index.md"} <= set(listed)
    assert len(set(listed)) == len(listed)


def test_the_index_has_a_way_in_for_everyone() -> None:
    """Officers, people who start a plan, those who run CI and developers each have an entry."""
    text = (DOCS / "index.md").read_text(encoding="utf-8")
    section = text.partition("\n## Start here\n")[2].partition("\n## ")[0]
    entries = re.findall(r"^\*\*(.+?)\*\*(.*?)(?:\n\n|\Z)", section, re.MULTILINE | re.DOTALL)
    assert len(entries) == 4
    assert all(re.search(r"\]\([^)]+\.md\)", rest) for _, rest in entries)


GLOSSARY = {
    "Statuses": [*Status, *Slippage, NOT_GRADED],
    "Reasons for no data": list(Reason),
    "Flags": list(Flag),
    "Causes of a change": list(Cause),
}


def defined(heading: str) -> list[str]:
    """The words in code that the tables under a heading of the glossary explain."""
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \| [A-Z][^|]+\. \|$", section, re.MULTILINE)
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("heading", GLOSSARY)
def test_glossary_has_the_programs_words(heading: str) -> None:
    """Each status, severity, reason, flag and cause is in the glossary, and no other."""
    assert sorted(defined(heading)) == sorted(str(word) for word in GLOSSARY[heading])


def test_glossary_has_every_target_kind() -> None:
    """Each kind of target is in the glossary, and no other."""
    records_of_targets = filter(is_kind_of_target, records().values())
    wanted = [kind for record in records_of_targets for kind in kinds(record)]
    assert sorted(defined("Target kinds")) == sorted(wanted)


def test_glossary_is_in_order() -> None:
    """Terms are in the order of the alphabet, each with a sentence."""
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    section = text.partition("\n## Terms\n")[2].partition("\n## ")[0]
    terms = re.findall(r"^\| ([^|]+) \| [A-Z].*\. \|$", section, re.MULTILINE)
    assert terms == sorted(terms, key=lambda term: term.lower())
    assert len(terms) == section.count("\n| ") - 1
    assert {"plan", "indicator", "action", "grade", "as-of", "promise", "ledger"} <= set(terms)


# ---- all pages


def anchors(path: Path) -> set[str]:
    """The anchors that a page's headings make on GitHub."""
    text = re.sub(
        r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT).as_posix()))
def test_links_lead_somewhere(page: Path) -> None:
    """Every link inside the project leads to a file that is there, and to a heading in it."""
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        path = page.parent / name if name else page
        assert path.exists(), target
        assert not anchor or anchor in anchors(path), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT).as_posix()))
def test_no_package_registry_is_named(page: Path) -> None:
    """Links out of the project lead to known places, and to no package registry."""
    text = page.read_text(encoding="utf-8")
    hosts = re.findall(r"https?://([\w.-]+\w)", text)
    hosts += re.findall(r"(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:org|io|com|net|dev|me|sh)\b", text)
    assert set(hosts) <= HOSTS


def test_every_room_is_on_the_drawing() -> None:
    """The page on the architecture names each module and package."""
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    source = ROOT / "src" / "diplan"
    rooms = {f"{path.parent.name}/" for path in source.glob("*/__init__.py")}
    rooms |= {path.stem for path in source.glob("*.py") if not path.stem.startswith("__")}
    assert {room for room in rooms if f"| `{room}` |" not in text} == set()


def test_changelog_is_current() -> None:
    """The changelog begins with what is not released yet, or with the present version."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    top = re.search(r"^## \[(.+?)\]", text, re.MULTILINE)
    assert top
    assert top[1] in ("Unreleased", __version__)


def test_licences_are_named() -> None:
    """The licence file has the code's licence and the data's, with its attribution."""
    text = " ".join((ROOT / "LICENSE").read_text(encoding="utf-8").split())
    assert text.startswith("MIT License Copyright (c) 2026 the diplan contributors")
    assert "Open Government Licence v3.0" in text
    assert "Contains public sector information" in text


def test_documentation_is_tidy() -> None:
    """No page has a line that ends with a blank, or a path of somebody's machine."""
    for page in PAGES:
        for line in page.read_text(encoding="utf-8").splitlines():
            assert line == line.rstrip(), f"{page.name}: {line}"
            assert not re.search(r"(?<!\w)/(?:work|tmp|home|Users)/", line), f"{page.name}: {line}"
