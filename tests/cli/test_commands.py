"""The commands, as their users call them."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import PLAN, Diplan, Golden

GOLDEN = Path(__file__).parent / "golden"

REPORTS = {
    "status-2018": ("status", "--as-of", "2018"),
    "status-2020-priority": ("status", "--as-of", "2020", "--priority", "get-online"),
    "show-indicator": ("show", "offline-adults-share", "--as-of", "2018"),
    "show-action": ("show", "staff-skills-checks", "--as-of", "2018"),
    "why-indicator": ("why", "offline-adults-share", "--as-of", "2018"),
    "why-conflict": ("why", "offline-adults", "--as-of", "2020"),
    "why-action": ("why", "website-redesign", "--as-of", "2018"),
    "why-moved": ("why", "website-visits", "--as-of", "2018"),
    "actions-late": ("actions", "--as-of", "2017-06", "--overdue", "--lead", "web-team"),
}
ENDINGS = {"table": "txt", "plain": "plain.txt", "markdown": "md", "json": "json", "csv": "csv"}


@pytest.mark.parametrize("form", ENDINGS)
@pytest.mark.parametrize("name", REPORTS)
def test_report(name: str, form: str, diplan: Diplan, golden: Golden) -> None:
    """Each report of the fixed plan prints what it is known to print, in each format."""
    said = diplan(*REPORTS[name], "--format", form, cwd=PLAN)

    assert said.code == 0
    assert said.err == ""
    golden(GOLDEN / f"{name}.{ENDINGS[form]}", said.out.replace("\r\n", "\n"))
    assert ("\r\n" in said.out) is (form == "csv")
    if form == "table":
        assert max(map(len, said.out.splitlines())) <= 80
    if form == "json":
        json.loads(said.out)


def test_the_fixed_plan_is_in_order(diplan: Diplan) -> None:
    """The plan that golden files are made of checks clean, warnings included, and is laid out."""
    said = diplan("check", "--strict", cwd=PLAN)

    assert (said.code, said.out) == (0, "")
    assert "6 indicators, 4 actions, 1 venue" in said.err
    assert diplan("fmt", "--check", cwd=PLAN).code == 0


def test_golden_files_are_all_used() -> None:
    """Nothing is left over from a report that is no more."""
    expected = {f"{name}.{ending}" for name in REPORTS for ending in ENDINGS.values()}

    assert {path.name for path in GOLDEN.iterdir()} == expected


def test_a_pipe_gets_lines_without_escapes(diplan: Diplan) -> None:
    """Where no terminal listens, the report is plain lines, whatever the format's default."""
    said = diplan("status", "--as-of", "2018")

    assert said.out == diplan("status", "--as-of", "2018", "--format", "plain").out
    assert "\x1b" not in said.out


def test_colour_is_never_alone(diplan: Diplan) -> None:
    """Taking the colour away leaves every word where it was."""
    import re

    coloured = diplan("status", "--as-of", "2020", "--format", "table", "--color", "always").out
    plain = diplan("status", "--as-of", "2020", "--format", "table", "--color", "never").out

    assert "\x1b[" in coloured
    stripped = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in stripped.splitlines()] == plain.splitlines()


def test_wide_terminals_get_a_trend(diplan: Diplan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is room, figures are drawn as a row of columns."""
    monkeypatch.setenv("COLUMNS", "130")
    wide = diplan("status", "--as-of", "2020", "--format", "table").out

    assert "Trend" in wide
    assert "█" in wide


def test_year_is_the_end_of_a_plan_year(diplan: Diplan) -> None:
    """`--year 2017/18` describes 31 March 2018; a year of another kind is refused."""
    assert "As of 31 March 2018." in diplan("status", "--year", "2017/18").out

    wrong = diplan("status", "--year", "2018")
    assert wrong.code == 2
    assert "write one like 2017/18" in wrong.err
    both = diplan("status", "--year", "2017/18", "--as-of", "2018")
    assert both.code == 2


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("show", "offline-adult"), 'did you mean "offline-adults"?'),
        (("why", "ofline-adults-share"), 'did you mean "offline-adults-share"?'),
        (("status", "--lead", "library"), 'did you mean "libraries"?'),
        (("status", "--priority", "digital"), "digital-skills"),
        (("actions", "--grade", "slippd"), 'did you mean "Slipped"?'),
        (("explain", "duplicate-ids"), 'did you mean "duplicate-id"?'),
        (("status", "--as-of", "2018/2019"), "2018/19"),
    ],
)
def test_mistyped_names_get_a_hint(arguments: tuple[str, ...], hint: str, diplan: Diplan) -> None:
    """A name that the plan does not have exits with 2 and a remedy."""
    said = diplan(*arguments)

    assert said.code == 2
    assert said.out == ""
    assert hint in said.err


def test_filters_say_of_how_many(diplan: Diplan) -> None:
    """A part of the plan is counted as that part."""
    said = diplan("status", "--as-of", "2020", "--lead", "policy-performance")

    assert "2 of 4 indicators assessed" in said.out
    only = json.loads(
        diplan("status", "--as-of", "2020", "--status", "achieved", "--format", "json").out
    )
    assert [one["id"] for one in only["indicators"]] == ["offline-adults"]


def test_actions_due_before_and_in_year(diplan: Diplan) -> None:
    """Actions are filtered by what they say themselves."""
    early = json.loads(diplan("actions", "--due-before", "2017-01", "--format", "json").out)

    assert {one["due"] for one in early["actions"]} == {"2016-10", "2016-12"}
    none = diplan("actions", "--year", "2018/19", "--as-of", "2018")
    assert "No actions match." in none.out


def test_no_workspace(diplan: Diplan, tmp_path: Path) -> None:
    """Away from any plan, the command says where it looked and what to do."""
    said = diplan("status", cwd=tmp_path)

    assert said.code == 2
    assert "no data/indicators.yaml there" in said.err
    assert "--workspace" in said.err


def test_half_a_plan_is_never_reported_on(diplan: Diplan, workspace: Callable[..., Path]) -> None:
    """A file that cannot be read whole stops a report, with the problem and what to run."""
    home = workspace(actions="actions:\n  - id: broken\n")
    said = diplan("status", cwd=home)

    assert said.code == 1
    assert said.out == ""
    assert 'data/actions.yaml:2:5: error: the key "title" is missing' in said.err
    assert "diplan check" in said.err


def test_check_of_files_and_folders(diplan: Diplan, workspace: Callable[..., Path]) -> None:
    """Paths may be workspaces, data folders or single files; names are as the user gave them."""
    home = workspace(actions="actions: 1\n", venues="id,nme,type\n")
    both = diplan("check", str(home), cwd=home.parent)
    one = diplan("check", str(home / "data" / "venues.csv"), cwd=home.parent)
    inside = diplan("check", "data", cwd=home)

    assert both.code == one.code == inside.code == 1
    assert "actions.yaml" in both.out
    assert "actions.yaml" not in one.out
    assert "venues.csv" in one.out
    assert inside.out.startswith("data/actions.yaml:1:10: error:")
    assert "2 errors in 2 files" in both.err


def test_check_as_json(diplan: Diplan, workspace: Callable[..., Path]) -> None:
    """Programs get the same problems with their places and paths."""
    home = workspace(venues="id,name,type,wifi\na,A,library,maybe\n")
    found = json.loads(diplan("check", "--format", "json", cwd=home).out)

    assert found["schema"] == "diplan/problems/1"
    assert found["problems"] == [
        {
            "code": "wrong-type",
            "severity": "error",
            "message": '"maybe" is not yes or no',
            "hint": "write yes or no; leave it empty if unknown",
            "file": "data/venues.csv",
            "line": 2,
            "column": 13,
            "end_line": 2,
            "end_column": 18,
            "path": ["venues", 0, "wifi"],
        }
    ]


def test_strict_counts_warnings(diplan: Diplan) -> None:
    """Lateness is a warning, and an error only where it is asked to be."""
    assert diplan("check", "--as-of", "2017-06").code == 0
    strict = diplan("check", "--as-of", "2017-06", "--strict")

    assert strict.code == 1
    assert strict.out.count("[overdue-without-update]") == 31


def test_explain_shows_wrong_and_right(diplan: Diplan) -> None:
    """A code's page comes with an example of each."""
    said = diplan("explain", "duplicate-id").out

    assert said.startswith("duplicate-id (error)")
    assert "Wrong:" in said
    assert "Right:" in said
    assert "duplicate-id" in diplan("explain").out


def test_workflow_commands_in_data_are_taken_apart(
    diplan: Diplan, workspace: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A title cannot give orders to GitHub's runner."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    text = 'plan:\n  id: x\n  title: "::stop-commands::x ##[error]y"\n'
    said = diplan("status", cwd=workspace(plan=text))

    assert not any(line.lstrip().startswith("::") for line in said.out.splitlines())
    assert "##[" not in said.out


def test_the_program_itself(tmp_path: Path) -> None:
    """Run as a process, it exits with its code, and a closed pipe is no fault."""
    command = [sys.executable, "-m", "diplan"]
    version = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
    lost = subprocess.run([*command, "status"], capture_output=True, text=True, cwd=tmp_path,
                          check=False)  # fmt: skip

    assert version.stdout.startswith("diplan ")
    assert lost.returncode == 2
    assert "Traceback" not in lost.stderr


def test_anything_unexpected_is_said_in_a_sentence(
    diplan: Diplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of the program's own exits with 3, and without a traceback."""

    def broken(_path: object) -> None:
        message = "made up"
        raise RuntimeError(message)

    monkeypatch.setattr("diplan.files.workspace.find_workspace", broken)
    said = diplan("status")

    assert said.code == 3
    assert "a bug in diplan" in said.err
    assert "Traceback" not in said.err
