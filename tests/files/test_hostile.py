"""Bad and hostile data: located problems, and never a traceback, a hang or a wrong value."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT, Diplan
from diplan.files.checked import problems_of
from diplan.files.workspace import Workspace
from diplan.ground.period import period

BASE = ROOT / "tests" / "errors" / "base" / "data"
FILES = ("plan.yaml", "indicators.yaml", "actions.yaml", "venues.csv")

within = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def damaged(draw: st.DrawFn, name: str) -> bytes:
    """A good file with some stretches cut out, doubled or overwritten."""
    data = (BASE / name).read_bytes()
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 30)))
        other = draw(
            st.binary(max_size=6)
            | st.sampled_from([b"", b"no", b"1e3", b"{", b"- ", b"\t", b": ", b"*a", b'"', b"012"])
        )
        data = data[:start] + other + data[end:]
    return data


def check(folder: Path) -> list[str]:
    """The codes of a workspace's problems, after seeing that each has its place."""
    problems, _ = problems_of(Workspace(folder), period("2018"))
    for problem in problems:
        assert problem.span.line >= 1
        assert problem.span.column >= 1
        assert problem.file.startswith("data/")
    return [problem.code for problem in problems]


@pytest.mark.parametrize("name", FILES)
@within
@given(data=st.data())
def test_any_bytes_in_any_file(
    name: str, workspace: Callable[..., Path], data: st.DataObject, tmp_path: Path
) -> None:
    """Whatever a data file holds, it is read or explained."""
    home = tmp_path / "home"
    if not home.exists():
        workspace()
    content = data.draw(st.binary(max_size=80) | damaged(name))
    (home / "data" / name).write_bytes(content)

    check(home)


def test_two_hundred_problems_are_two_hundred(workspace: Callable[..., Path]) -> None:
    """No problem hides another."""
    items = "".join(
        f"  - id: i-{at}\n    title: T\n    priority: get-online\n    unit: people\n"
        f"    target: {{kind: at-most, value: {at}%, due: 2020}}\n"
        for at in range(200)
    )
    home = workspace(indicators=f"indicators:\n{items}", actions="actions: []\n")

    assert check(home).count("not-a-number") == 200


def test_a_broken_file_blames_no_other(workspace: Callable[..., Path]) -> None:
    """Names that a file may hold beyond its syntax error are not called unknown."""
    home = workspace(indicators="indicators:\n  - id: 'x\n")

    assert check(home) == ["yaml-syntax"]


def test_a_broken_entity_blames_no_other(workspace: Callable[..., Path]) -> None:
    """An action that supports an indicator with a mistake in it is not told so."""
    text = (BASE / "indicators.yaml").read_text(encoding="utf-8")
    home = workspace(indicators=text.replace("kind: halve", "kind: halv"))

    assert check(home) == ["not-in-list"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_out_of_the_workspace_are_not_followed(
    workspace: Callable[..., Path], tmp_path: Path
) -> None:
    """A link cannot make a report print another file."""
    home = workspace()
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: x\n", encoding="utf-8")
    (home / "data" / "actions.yaml").unlink()
    (home / "data" / "actions.yaml").symlink_to(secret)

    assert "unreadable-file" in check(home)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes by name there")
def test_a_pipe_is_not_waited_for(workspace: Callable[..., Path]) -> None:
    """What is no file is said to be none, at once."""
    home = workspace()
    (home / "data" / "actions.yaml").unlink()
    os.mkfifo(home / "data" / "actions.yaml")

    assert "unreadable-file" in check(home)


def test_folders_of_files_work_like_one_file(workspace: Callable[..., Path]) -> None:
    """An indicator of its own file is read in the order of names, with its own place."""
    home = workspace()
    text = (home / "data" / "indicators.yaml").read_text(encoding="utf-8")
    (home / "data" / "indicators.yaml").unlink()
    head, first, second = text.partition("  - id: adults")[0], "", ""
    head, _, first = head.partition("indicators:\n")
    second = "  - id: adults" + text.partition("  - id: adults")[2]
    folder = home / "data" / "indicators"
    folder.mkdir()
    (folder / "1.yaml").write_text(f"indicators:\n{first}", encoding="utf-8")
    (folder / "2.yaml").write_text(f"indicators:\n{second}", encoding="utf-8")

    assert check(home) == []
    wrong = second.replace("unit: per cent", "unit:")
    (folder / "2.yaml").write_text(f"indicators:\n{wrong}", encoding="utf-8")
    problems, _ = problems_of(Workspace(home), period("2018"))
    assert [problem.file for problem in problems] == ["data/indicators/2.yaml"]


MARKUP = "[/x] [bold]b[/bold] | a\\|b <script>alert(1)</script> *b* `c` ~~d~~ $e$"


def test_data_stays_text_in_every_format(diplan: Diplan, workspace: Callable[..., Path]) -> None:
    """Markup in a title is printed, and marks nothing up."""
    text = (BASE / "indicators.yaml").read_text(encoding="utf-8")
    title = f"title: '{MARKUP}'"
    home = workspace(indicators=text.replace("title: Residents who are not online", title))
    table = diplan("show", "residents-offline", "--format", "table", cwd=home).out
    markdown = diplan("status", "--format", "markdown", cwd=home).out

    assert " ".join(table.split()).startswith(MARKUP)
    assert "<script>" not in markdown
    row = next(line for line in markdown.splitlines() if "script" in line and line[0] == "|")
    assert row.replace("\\\\", "").replace("\\|", "").count("|") == 8


def test_spreadsheets_get_no_formulas(diplan: Diplan, workspace: Callable[..., Path]) -> None:
    """A title that begins like a formula is kept from being one."""
    text = (BASE / "indicators.yaml").read_text(encoding="utf-8")
    title = "title: '=HYPERLINK(1)'"
    home = workspace(indicators=text.replace("title: Residents who are not online", title))

    assert "'=HYPERLINK(1)" in diplan("status", "--format", "csv", cwd=home).out


def test_names_like_options_are_only_names(diplan: Diplan) -> None:
    """An argument that looks like an option does no harm."""
    said = diplan("show", "--", "--output=x")

    assert said.code == 2
    assert 'no indicator or action is called "--output=x"' in said.err
    assert not (ROOT / "x").exists()
