"""The pages on papers and templates: each paper, option, field and name that there is."""

import re
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
from jinja2 import pass_context
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS
from jinja2.runtime import Context

from conftest import ROOT, Diplan
from diplan.cli.commands import command
from diplan.render.grid import Grid, Placed
from diplan.render.html import BlockKind, Chapter, Part, html
from diplan.render.markdown import markdown
from diplan.render.templates import environment
from diplan.report.document import (
    Badge,
    Bar,
    BenchmarkLine,
    Chart,
    Column,
    Document,
    Facts,
    Items,
    Lines,
    Map,
    Pin,
    Point,
    Portion,
    Prose,
    Section,
    Stage,
    Table,
    Tone,
    Trend,
    Way,
)
from diplan.report.papers import REPORTS
from fenced import DOCS, Fence, example_id, fences


def test_every_paper_is_documented() -> None:
    """Each paper has a section with a command that makes it."""
    text = (DOCS / "reports.md").read_text(encoding="utf-8")
    assert re.findall(r"^### (\S+)$", text, re.MULTILINE) == list(REPORTS)
    for name in REPORTS:
        section = text.partition(f"\n### {name}\n")[2].partition("\n### ")[0]
        assert f"\ndiplan report {name}" in section


@pytest.mark.parametrize("fence", fences(DOCS / "reports.md"), ids=example_id)
def test_papers_are_made_as_documented(fence: Fence, tmp_path: Path, diplan: Diplan) -> None:
    """The commands on the page about papers do what they say, where no reference is needed."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    for line in re.findall(r"diplan (report .+)", fence.text):
        arguments = shlex.split(line)
        if "--check" in arguments:
            assert diplan(*arguments).code == 0
        elif "--reference" not in line:
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
        Document, Section, Table, Column, Facts, Items, Prose, Chart, Point, Stage, BenchmarkLine,
        Bar, Portion, Map, Pin, Badge, Way, Trend, Lines, Chapter, Part, Grid, Placed,
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
