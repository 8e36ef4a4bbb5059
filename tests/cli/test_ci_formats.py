"""What CI services read: valid, whole, and safe from whatever the data holds."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema  # type: ignore[import-untyped]
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, Diplan
from diplan.ground.text import Span, visible
from diplan.problems import CODES, Problem, Severity
from diplan.render.ci_formats import (
    LARGEST_SUMMARY,
    as_github,
    as_gitlab,
    as_junit,
    as_sarif,
    fingerprints,
    summary,
)
from diplan.render.problems import FORMATS
from scratch import Scratch

SCHEMAS = ROOT / "tests" / "schemas"
HOSTILE = (
    "100%\n::stop-commands::x\r\n##[error]y, a:b | <b>*c*</b> ]](x) & \x1b[31m\u202e\ud800\x00"
)
EVERY = [Problem(code, f"message of {code}", "data/plan.yaml", hint="mend it") for code in CODES]
LISTS = {
    "none": [],
    "every code": EVERY,
    "hostile": [Problem("tag", HOSTILE, f"data/{HOSTILE}.yaml", hint=HOSTILE, path=(HOSTILE, 1))],
    "alike": [Problem("tag", "the same", "data/a.yaml")] * 3,
    "outside ASCII": [Problem("tag", "é 𝔘", "data/ünïcode 1:2.yaml")],
}


@pytest.fixture(autouse=True)
def _no_summary(monkeypatch: pytest.MonkeyPatch) -> None:
    """The summary of the job that runs these tests is left alone."""
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)


def valid(text: str, schema: str) -> Any:
    """What a report holds, after it was held against its schema; it has no half characters."""
    document = json.loads(text)
    json.dumps(document, ensure_ascii=False).encode()
    validator(schema).validate(document)
    return document


@lru_cache(maxsize=2)
def validator(schema: str) -> Any:
    """What holds a document against a schema that is one itself."""
    rules = json.loads((SCHEMAS / schema).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(rules)
    return jsonschema.Draft202012Validator(rules)


@lru_cache(maxsize=1)
def junit_schema() -> xmlschema.XMLSchema:
    """The schema of test reports."""
    return xmlschema.XMLSchema(str(SCHEMAS / "junit.xsd"))


def valid_junit(text: str) -> ET.Element:
    """A test report, after it was held against its schema."""
    junit_schema().validate(text)
    return ET.fromstring(text)  # noqa: S314 - our own


def unescaped(text: str) -> str:
    """A part of a command as GitHub's runner reads it."""
    for sign, code in ((":", "%3A"), (",", "%2C"), ("\r", "%0D"), ("\n", "%0A"), ("%", "%25")):
        text = text.replace(code, sign)
    return text


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands in a text, taken apart as GitHub's runner does: name, properties, message."""
    found = []
    for line in text.removesuffix("\n").split("\n"):
        parts = re.fullmatch(r"::(\w+) (.*?)::(.*)", line, re.DOTALL)
        assert parts, line
        pairs = (pair.partition("=") for pair in parts[2].split(","))
        found.append(
            (parts[1], {key: unescaped(value) for key, _, value in pairs}, unescaped(parts[3]))
        )
    return found


# ---- GitHub


def test_annotation_stands_at_its_place() -> None:
    """A problem is a command with its file, lines and columns, and its remedy on a second line."""
    one = Problem("not-a-period", 'no period: "May"', "data/a.yaml", Span(3, 5, 3, 8), "write 2018")

    assert as_github([one]) == (
        "::error file=data/a.yaml,line=3,endLine=3,col=5,endColumn=8,title=not-a-period"
        '::no period: "May"%0Awrite 2018\n'
    )


def test_columns_are_left_out_over_several_lines() -> None:
    """GitHub knows columns only within one line."""
    one = Problem("stale-observation", "m", "data/a.yaml", Span(3, 5, 4, 8))

    assert as_github([one]) == (
        "::warning file=data/a.yaml,line=3,endLine=4,title=stale-observation::m\n"
    )


def test_data_stays_in_its_annotation() -> None:
    """Per cent signs, line ends, colons and commas come back whole, and start nothing."""
    name = "data/50%,a:b\r\n::x.yaml"
    text = "100%, a::b\r\n::error::c %0A"
    written = as_github([Problem("tag", text, name, Span(1, 1, 1, 2))])
    [(command, properties, message)] = commands(written)

    assert written.count("\n") == 1
    assert command == "error"
    assert properties["file"] == name
    assert properties["title"] == "tag"
    assert message == text


@given(message=st.text(), file=st.text(min_size=1))
def test_any_text_is_one_annotation(message: str, file: str) -> None:
    """Whatever a message and a path hold, there is one line, one command and no older one."""
    written = as_github([Problem("tag", message, file)])

    assert [name for name, _, _ in commands(written)] == ["error"]
    assert "\r" not in written
    assert "##[" not in written
    assert re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", written.replace("\t", "")) is None
    written.encode()


@pytest.mark.parametrize(("count", "full", "rest"), [(10, 10, 0), (11, 9, 2), (1200, 9, 1191)])
def test_annotations_beyond_what_shows_are_counted(count: int, full: int, rest: int) -> None:
    """Ten of a level show: the tenth says how many more there are."""
    errors = [Problem("tag", f"e{at}", "data/a.yaml") for at in range(count)]
    lines = as_github([*errors, Problem("without-source", "w", "data/a.yaml")]).splitlines()

    assert [line.startswith("::error file=") for line in lines].count(True) == full
    more = f"::error title=diplan::and {rest:,} more errors: see the summary"
    assert lines[full:-1] == ([more] if rest else [])
    assert lines[-1].startswith("::warning file=")


def test_runner_gets_annotations_and_a_summary(
    diplan: Diplan, workspace: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inside GitHub Actions, annotations get through, and the summary is added to what is there."""
    path = tmp_path / "summary.md"
    path.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    home = workspace(venues="id,name,type,wifi\na,A,library,::stop-commands::<b>|\n")
    said = diplan("check", "--format", "github", cwd=home)

    assert said.code == 1
    assert said.err == "1 error in 1 file\n"
    [(command, properties, message)] = commands(said.out)
    assert (command, properties["file"], properties["line"]) == ("error", "data/venues.csv", "2")
    assert message.startswith('"::stop-commands::<b>|" is not yes or no\n')
    text = path.read_text(encoding="utf-8")
    assert text.startswith("before\n\n## diplan check\n\n1 error in 1 file.\n\n| Severity |")
    assert "| error | data/venues.csv:2:13 | " in text
    assert "::stop-commands::\\<b\\>\\|" in text


def test_runner_hears_that_all_is_well(
    diplan: Diplan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without problems there is no annotation, and the summary says so."""
    path = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    said = diplan("check", "--format", "github")

    assert (said.code, said.out) == (0, "")
    assert said.err.startswith("the data is in order")
    assert "The data is in order" in path.read_text(encoding="utf-8")


def test_summary_that_cannot_be_written_is_said(
    diplan: Diplan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The outcome of the check stays, whatever becomes of the summary."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "nowhere" / "summary.md"))
    said = diplan("check", "--format", "github")

    assert said.code == 0
    assert "the summary could not be written: No such file" in said.err


def test_other_formats_write_no_summary(
    diplan: Diplan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only `--format github` writes the summary."""
    path = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    for form in FORMATS.keys() - {"github"}:
        diplan("check", "--format", form)

    assert not path.exists()


def test_summary_is_cut_where_github_would_refuse_it() -> None:
    """A long summary keeps within its room, errors first, and says what is left out."""
    warnings = [Problem("without-source", "é" * 500, "data/a.yaml") for _ in range(2000)]
    text = summary([*warnings, Problem("tag", "the error", "data/a.yaml")], "2,001 problems")
    rows = [line for line in text.splitlines() if line.startswith(("| error", "| warning"))]

    assert LARGEST_SUMMARY - 2000 < len(text.encode()) <= LARGEST_SUMMARY
    assert rows[0].startswith("| error")
    left_out = f"\nThe table is cut here: {2001 - len(rows):,} more. "
    assert text.endswith(f"{left_out}`diplan check` prints all of them.\n\n")
    assert summary(warnings, "2,000 warnings", room=10) == ""


def test_summary_rows_stay_rows() -> None:
    """Nothing in the data ends a cell or a row, or marks anything up."""
    [row] = [line for line in summary(LISTS["hostile"], "said").splitlines() if "error" in line]
    cells = re.split(r"(?<!\\)\|", row)

    assert len(cells) == 6
    assert "\x1b" not in row
    assert not re.search(r"(?<!\\)[<>*&]", row)


# ---- reports that are valid


@pytest.mark.parametrize("name", LISTS)
def test_gitlab_report_is_valid(name: str) -> None:
    """Each problem is an entry of a Code Quality report."""
    found = valid(as_gitlab(LISTS[name]), "gitlab-code-quality.schema.json")

    assert [one["check_name"] for one in found] == [one.code for one in LISTS[name]]
    assert [one["severity"] for one in found] == [
        {"error": "major", "warning": "minor", "advice": "info"}[one.severity]
        for one in LISTS[name]
    ]
    assert len({one["fingerprint"] for one in found}) == len(found)


@pytest.mark.parametrize("name", LISTS)
def test_sarif_log_is_valid(name: str) -> None:
    """Each problem is a result, whose rule is explained once."""
    log = valid(as_sarif(LISTS[name]), "sarif-2.1.0-parts.schema.json")
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]

    assert [one["ruleId"] for one in run["results"]] == [one.code for one in LISTS[name]]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert all(len(rule["shortDescription"]["text"]) < 1024 for rule in rules)
    assert all(rule["shortDescription"]["text"][-1] in ".:" for rule in rules)


def test_sarif_region_is_the_span() -> None:
    """A result's region begins and ends where the problem does, in characters."""
    one = Problem("tag", "see [here](x)", "data/a b.yaml", Span(3, 5, 4, 8))
    [run] = json.loads(as_sarif([one]))["runs"]
    [result] = run["results"]
    place = result["locations"][0]["physicalLocation"]

    assert run["columnKind"] == "unicodeCodePoints"
    assert place["artifactLocation"] == {"uri": "data/a%20b.yaml"}
    assert place["region"] == {"startLine": 3, "startColumn": 5, "endLine": 4, "endColumn": 8}
    assert "](" not in result["message"]["text"]


@pytest.mark.parametrize("name", LISTS)
def test_junit_report_is_valid(name: str) -> None:
    """Each problem is a failed case with its own name; without any, there is one that passed.

    Advice fails nothing.
    """
    root = valid_junit(as_junit(LISTS[name]))
    failing = sum(one.severity is not Severity.ADVICE for one in LISTS[name])

    assert len(root.findall(".//failure")) == failing
    assert len(root.findall(".//testcase")) == (failing or 1)
    assert root.get("failures") == str(failing)


def test_junit_has_a_suite_for_each_file() -> None:
    """Problems of a file stand together, in the order of the files."""
    mixed = [Problem("tag", "m", f"data/{name}.yaml") for name in "bab"]
    suites = valid_junit(as_junit(mixed)).findall("testsuite")

    assert [(one.get("name"), one.get("tests")) for one in suites] == [
        ("data/b.yaml", "2"),
        ("data/a.yaml", "1"),
    ]


@given(message=st.text(min_size=1), file=st.text(min_size=1), hint=st.text())
def test_any_text_makes_valid_reports(message: str, file: str, hint: str) -> None:
    """Whatever the data holds, each report can be read."""
    one = Problem("tag", message, file, hint=hint)
    [entry] = valid(as_gitlab([one]), "gitlab-code-quality.schema.json")
    [run] = valid(as_sarif([one]), "sarif-2.1.0-parts.schema.json")["runs"]
    root = valid_junit(as_junit([one]))

    assert visible(message) in entry["description"]
    assert len(run["results"]) == len(root.findall(".//failure")) == 1


# ---- fingerprints


def test_fingerprints_outlast_moved_lines(diplan: Diplan, workspace: Callable[..., Path]) -> None:
    """Lines and items added above change no fingerprint, and a changed message does."""
    action = "  - {id: %s, title: T, priority: %s, lead: [libraries], due: 2020}\n"
    wrong = action % ("b", "nowhere")
    above = f"# a remark\n{action % ('a', 'get-online')}"
    home = workspace()

    def found(text: str) -> list[tuple[str, int]]:
        (home / "data" / "actions.yaml").write_text(text, encoding="utf-8")
        report = json.loads(diplan("check", "--format", "gitlab", cwd=home).out)
        return [
            (one["fingerprint"], one["location"]["lines"]["begin"])
            for one in report
            if one["check_name"] == "unknown-priority"
        ]

    [(before, line)] = found(f"actions:\n{wrong}")
    [(after, moved)] = found(f"actions:\n{above}{wrong}")
    [(other, _)] = found(f"actions:\n{wrong.replace('nowhere', 'elsewhere')}")

    assert moved == line + 2
    assert before == after != other


def test_fingerprints_tell_problems_apart() -> None:
    """Another file, code, key or message is another problem, and so is a second one alike."""
    one = Problem("tag", "m", "data/a.yaml", path=("actions", 1, "due"))
    others = [
        one._replace(code="alias"),
        one._replace(message="n"),
        one._replace(file="data/b.yaml"),
        one._replace(path=("actions", 1, "lead")),
        one,
    ]
    found = fingerprints([one, *others])

    assert len(set(found)) == 6
    moved = one._replace(path=("actions", 7, "due"), span=Span(9, 9, 9, 9))
    assert fingerprints([moved]) == found[:1]


def test_sarif_and_gitlab_agree() -> None:
    """A problem has one fingerprint, whoever reads it."""
    results = json.loads(as_sarif(EVERY))["runs"][0]["results"]

    assert [one["partialFingerprints"]["problem/v1"] for one in results] == fingerprints(EVERY)
    assert [one["fingerprint"] for one in json.loads(as_gitlab(EVERY))] == fingerprints(EVERY)


# ---- the command


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_an_option(
    form: str, diplan: Diplan, workspace: Callable[..., Path]
) -> None:
    """`--format` takes each form; the exit code is the same for all."""
    assert diplan("check", "--format", form).code == 0
    assert diplan("check", "--format", form, "--as-of", "2017-06").code == 0
    assert diplan("check", "--format", form, "--as-of", "2017-06", "--strict").code == 1
    assert diplan("check", "--format", form, cwd=workspace(actions="actions: 1\n")).code == 1


@pytest.mark.parametrize("form", ["json", "gitlab", "sarif", "junit"])
def test_reports_are_alone_on_stdout(form: str, diplan: Diplan) -> None:
    """A report for programs is whole without problems too, with no remark beside it."""
    said = diplan("check", "--format", form)

    assert said.err == ""
    assert said.out
    ET.fromstring(said.out) if form == "junit" else json.loads(said.out)  # noqa: S314


def test_hostile_file_names_stay_names(diplan: Diplan, workspace: Callable[..., Path]) -> None:
    """A file may be called like a command to the runner."""
    home = workspace()
    folder = home / "data" / "actions"
    folder.mkdir()
    try:
        (folder / "x\n::error::,%0A.yaml").write_text("actions: 1\n", encoding="utf-8")
    except OSError:
        pytest.skip("the system has no such names")
    said = diplan("check", "--format", "github", cwd=home)
    [(_, properties, _)] = commands(said.out)

    assert properties["file"] == "data/actions/x\n::error::,%0A.yaml"
    root = valid_junit(diplan("check", "--format", "junit", cwd=home).out)
    assert root[0].get("name") == "data/actions/x\n::error::,%0A.yaml"


def test_text_form_imports_none_of_this() -> None:
    """`diplan check` for people does without what only CI needs."""
    code = (
        "import sys\nfrom diplan.cli import run\nrun(['check'])\n"
        "print([one for one in ('diplan.render.ci_formats', 'xml.etree.ElementTree')"
        " if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert done.stdout == "[]\n"


def test_what_follows_a_summary_stands_apart(scratch: Scratch, diplan: Diplan) -> None:
    """What a job's summary gets ends with a blank line, so the next part is no row of a table."""
    problem = Problem("tag", "the error", "data/a.yaml")
    many = [problem] * 2000
    scratch.edit("value: 720", "value: 790")

    assert summary([problem], "1 error").endswith("|\n\n")
    assert summary([], "fine").endswith("\n\n")
    assert summary(many, "2,000 errors", room=9000).endswith("prints all of them.\n\n")
    assert len(summary(many, "2,000 errors", room=9000).encode()) <= 9000
    for revision in ("first", "HEAD"):
        said = diplan("diff", revision, "--format", "github", cwd=scratch.home)
        assert said.out.endswith("\n\n")
