"""The files for CI services: what their hosts ask for is there, and their scripts do their job."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from conftest import PLAN, ROOT
from diplan.cli.check import ProblemFormat
from fenced import fences
from scratch import Scratch

PAGE = ROOT / "docs" / "ci.md"
BASH = shutil.which("bash")
needs_bash = pytest.mark.skipif(BASH is None or sys.platform == "win32", reason="no bash here")


def read(path: Path) -> Any:
    """A YAML file; GitHub's `on` is a word here too."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506


FENCES = [fence for fence in fences(PAGE) if fence.info]


def of_kind(kind: str) -> list[Any]:
    """The documents of the page's YAML blocks of a kind."""
    return [
        yaml.load(fence.text, Loader=yaml.BaseLoader)  # noqa: S506
        for fence in FENCES
        if kind in fence.info.split()
    ]


def steps(workflow: Any) -> Iterator[Any]:
    """The steps of a workflow for GitHub Actions."""
    for job in workflow["jobs"].values():
        yield from job["steps"]


class Script(NamedTuple):
    """A script as its host runs it: under which shell options, and with which variables."""

    name: str
    text: str
    variables: dict[str, str]


ACTION = read(ROOT / "action.yml")
GITLAB = read(ROOT / "ci" / "gitlab.yml")
HOOKS = read(ROOT / ".pre-commit-hooks.yaml")


def action(name: str, **inputs: str) -> Script:
    """The action's scripts with some inputs in place of the defaults."""
    given = {key: value["default"] for key, value in ACTION["inputs"].items()} | inputs
    variables = {}
    for step in ACTION["runs"]["steps"]:
        for key, value in step.get("env", {}).items():
            variables[key] = re.sub(
                r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found[1]], value
            )
    text = "\n".join(step["run"] for step in ACTION["runs"]["steps"] if "run" in step)
    return Script(name, text, variables)


def gitlab(name: str, **variables: str) -> Script:
    """The script of the GitLab job."""
    job = GITLAB["diplan-check"]
    return Script(name, "\n".join(job["script"]), {**job["variables"], **variables})


def page_scripts() -> Iterator[Script]:
    """The scripts of docs/ci.md that are marked to be run."""
    for fence in FENCES:
        kind, *words = fence.info.split()
        if "run" not in words:
            continue
        if kind == "sh":
            yield Script(f"line-{fence.line}", fence.text, {})
            continue
        document = yaml.load(fence.text, Loader=yaml.BaseLoader)  # noqa: S506
        if "jobs" in document:
            parts = [step["run"] for step in steps(document) if "run" in step]
        else:
            parts = [line for job in document.values() for line in job["script"]]
        yield Script(f"line-{fence.line}", "\n".join(parts), {})


def run(script: Script, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script as the hosts do, where installing is nothing and diplan is that of the tests."""
    lines = [line for line in script.text.splitlines() if not line.startswith("pip install ")]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    kept = {key: os.environ[key] for key in ("HOME", "SYSTEMROOT", "TMPDIR") if key in os.environ}
    return subprocess.run(
        [BASH or "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", "\n".join(lines)],
        cwd=folder, env={**kept, "PATH": path, **script.variables},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture(name="good")
def _good(tmp_path: Path) -> Path:
    """A copy of the small plan, in a folder whose name would not survive without quotes."""
    home = tmp_path / "a plan; exit 9"
    shutil.copytree(PLAN / "data", home / "data")
    return home


@pytest.fixture(name="bad")
def _bad(good: Path) -> Path:
    """A plan with an action of an unknown priority."""
    extra = good / "data" / "actions"
    extra.mkdir(exist_ok=True)
    text = "actions:\n  - {id: x, title: X, priority: nowhere, lead: [libraries], due: 2020-01}\n"
    (extra / "later.yaml").write_text(text, encoding="utf-8")
    return good


SCRIPTS = [action("action"), gitlab("gitlab"), *page_scripts()]
named = pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)


# ---- the scripts


@needs_bash
@named
def test_script_passes_good_data(script: Script, good: Path) -> None:
    """A plan in order lets the job pass."""
    done = run(script, good)

    assert done.returncode == 0, done.stderr


@needs_bash
@named
def test_script_fails_bad_data(script: Script, bad: Path) -> None:
    """A plan with an error fails the job with 1, and each report that was asked for is there."""
    done = run(script, bad)

    assert done.returncode == 1, done.stderr
    for name in re.findall(r"> (\S+)", script.text):
        if not name.startswith(("&", '"$')):
            assert "unknown-priority" in (bad / name).read_text(encoding="utf-8")
    if script.name == "gitlab":  # the artifact that the job names is the report
        name = GITLAB["diplan-check"]["artifacts"]["reports"]["codequality"]
        [problem] = json.loads((bad / name).read_text(encoding="utf-8"))
        assert problem["location"] == {"path": "data/actions/later.yaml", "lines": {"begin": 2}}


@needs_bash
@named
def test_script_fails_without_a_plan(script: Script, tmp_path: Path) -> None:
    """Where there is no plan, the job fails with 2, and says so."""
    done = run(script, tmp_path)

    assert done.returncode == 2
    assert "no data/indicators.yaml" in done.stderr


def test_page_has_something_to_run() -> None:
    """The page's blocks for GitHub, GitLab and the shell are among what is run."""
    assert len(list(page_scripts())) == 5


@needs_bash
def test_action_annotates(bad: Path) -> None:
    """The action's problems are commands to the runner, and stand in the summary.

    Files are named from the top of the repository, whatever the folder is called.
    """
    script = action("action", workspace=bad.name)
    path = bad / "summary.md"
    variables = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(path), **script.variables}
    done = run(script._replace(variables=variables), bad.parent)

    assert done.returncode == 1
    assert done.stdout.startswith(f"::error file={bad.name}/data/actions/later.yaml,line=2,")
    assert "\\[unknown-priority\\]" in path.read_text(encoding="utf-8")


@needs_bash
@pytest.mark.parametrize("value", ["$(touch made)", '"; touch made; "', "--help", "`touch made`"])
def test_inputs_are_never_run(value: str, good: Path) -> None:
    """An input that looks like a script is a folder that is not there, or no truth value."""
    for script in (
        action("action", workspace=value),
        action("action", strict=value),
        gitlab("gitlab", DIPLAN_WORKSPACE=value),
    ):
        assert run(script, good).returncode == 2
    assert not (good / "made").exists()


@needs_bash
def test_strictness_can_be_asked_for(good: Path) -> None:
    """Warnings fail the job only where that is asked for."""
    text = (good / "data" / "plan.yaml").read_text(encoding="utf-8")
    extra = "priorities:\n  - {id: nobody-works-on-it, title: Nobody works on it}\n"
    assert text.count("\npriorities:\n") == 1
    changed = text.replace("priorities:\n", extra, 1)
    (good / "data" / "plan.yaml").write_text(changed, encoding="utf-8")

    assert run(action("action"), good).returncode == 0
    assert run(action("action", strict="true"), good).returncode == 1
    assert run(gitlab("gitlab"), good).returncode == 0
    assert run(gitlab("gitlab", DIPLAN_STRICT="1"), good).returncode == 1


# ---- what the hosts ask for


def test_action_has_what_github_asks_for() -> None:
    """A composite action has a name, a description, and a shell for each script."""
    assert ACTION["name"]
    assert ACTION["description"]
    assert ACTION["runs"]["using"] == "composite"
    assert {key: value["default"] for key, value in ACTION["inputs"].items()} == {
        "workspace": ".",
        "strict": "false",
        "against": "",
        "python-version": "3.12",
    }
    for value in ACTION["inputs"].values():
        assert value["description"]
        assert value["required"] == "false"
    for step in ACTION["runs"]["steps"]:
        assert ("run" in step) != ("uses" in step)
        assert step.get("shell") == ("bash" if "run" in step else None)


def test_scripts_hold_no_expressions() -> None:
    """Nothing is pasted into a script: inputs and events come as variables."""
    pasted = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    pasted += [step["run"] for flow in of_kind("github") for step in steps(flow) if "run" in step]

    assert pasted
    assert [text for text in pasted if "${{" in text] == []


def test_action_installs_itself() -> None:
    """The diplan that runs is that of the action's own version."""
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]

    assert '"$GITHUB_ACTION_PATH"' in scripts[0]
    assert scripts[0].startswith("pip install ")


def test_other_actions_are_pinned() -> None:
    """Whatever else is used is named by a commit."""
    used = [step["uses"] for step in ACTION["runs"]["steps"] if "uses" in step]
    used += [step["uses"] for flow in of_kind("github") for step in steps(flow) if "uses" in step]

    assert used
    assert [name for name in used if not re.fullmatch(r"[\w/-]+@([0-9a-f]{40}|COMMIT)", name)] == []


def test_workflows_have_what_github_asks_for() -> None:
    """Each workflow says when it runs, and may do no more than it needs."""
    flows = of_kind("github")

    assert len(flows) == 4
    for flow in flows:
        assert {"name", "on", "permissions", "jobs"} == set(flow)
        assert flow["permissions"]["contents"] == "read"
        uploads = any("upload-sarif" in step.get("uses", "") for step in steps(flow))
        assert ("security-events" in flow["permissions"]) is uploads
        assert all("runs-on" in job for job in flow["jobs"].values())


def test_action_is_called_with_its_inputs() -> None:
    """The workflow that uses the action gives inputs that it has, with their defaults."""
    [step] = [
        step
        for flow in of_kind("github")
        for step in steps(flow)
        if step.get("uses", "").startswith("OWNER/diplan@")
    ]
    text = PAGE.read_text(encoding="utf-8")

    assert step["with"] == {key: value["default"] for key, value in ACTION["inputs"].items()}
    assert re.findall(
        r"^\| `(workspace|strict|against|python-version)` \|", text, re.MULTILINE
    ) == list(ACTION["inputs"])


def test_gitlab_job_has_what_gitlab_asks_for() -> None:
    """A job has a script, an image and its reports, kept when the check fails."""
    jobs = [GITLAB["diplan-check"]]
    jobs += [flow["diplan-check"] for flow in of_kind("gitlab") if "include" not in flow]

    assert len(jobs) == 2
    for job in jobs:
        assert job["script"]
        assert job["image"].startswith("python:3.")
        assert job["artifacts"]["when"] == "always"
        written = re.findall(r"> (\S+)", "\n".join(job["script"]))
        assert list(job["artifacts"]["reports"].values()) == written
    [included] = [flow for flow in of_kind("gitlab") if "include" in flow]
    assert (ROOT / included["include"][0]["file"]).exists()
    assert set(included["diplan-check"]["variables"]) == set(jobs[0]["variables"])


def test_hooks_have_what_pre_commit_asks_for() -> None:
    """A hook runs on the whole plan; a paper's at each commit, since templates change it too."""
    assert [hook["id"] for hook in HOOKS] == ["diplan-check", "diplan-report"]
    for hook in HOOKS:
        assert hook["name"]
        assert hook["language"] == "python"
        assert hook["pass_filenames"] == "false"  # noqa: S105 - no password
    check, report = HOOKS
    assert re.search(check["files"], "data/actions.yaml")
    assert not re.search(check["files"], "src/data/actions.yaml")
    assert report["always_run"] == "true"
    assert "files" not in report


@needs_bash
def test_hooks_do_their_job(good: Path) -> None:
    """With the arguments on the page, a hook passes good data and a current paper only."""
    [config] = of_kind("pre-commit")
    given = {hook["id"]: hook["args"] for hook in config["repos"][0]["hooks"]}
    checks, reports = (" ".join([hook["entry"], *given[hook["id"]]]) for hook in HOOKS)

    def code(command: str) -> int:
        return run(Script("hook", command, {}), good).returncode

    assert set(given) == {hook["id"] for hook in HOOKS}
    assert code(checks) == 0
    assert code(reports) == 1
    assert code(reports.replace(" --check", "")) == 0
    assert code(reports) == 0
    (good / "data" / "plan.yaml").write_text("plan: 1\n", encoding="utf-8")
    assert code(checks) == code(reports) == 1


# ---- the page


def test_every_format_is_documented() -> None:
    """The table has each form that `--format` takes."""
    rows = re.findall(r"^\| `(\w+)` \| [^|]+\| [^|]+\|$", PAGE.read_text("utf-8"), re.MULTILINE)

    assert rows == [str(form) for form in ProblemFormat]


def test_action_holds_a_change_against_its_base(scratch: Scratch) -> None:
    """With a revision to hold it against, a quiet edit fails, and the summary says what moved."""
    scratch.edit("value: 720", "value: 990")
    summary = scratch.home / "summary.md"
    script = action("action", against="first")
    script.variables["GITHUB_STEP_SUMMARY"] = str(summary)
    done = run(script, scratch.home)

    assert done.returncode == 1
    assert "unrecorded-change" in done.stdout
    alone = Script("diff", script.text.rpartition("diplan check")[2].partition("\n")[2],
                   script.variables)  # fmt: skip
    assert run(alone, scratch.home).returncode == 0
    assert "observation" in summary.read_text(encoding="utf-8")


def test_workflows_are_hardened(tmp_path: Path) -> None:
    """Zizmor finds nothing in the action, in what `init` writes, and in what the docs say to paste.

    So each action is pinned by its commit, no credentials stay behind, and no input becomes a part
    of a script.
    """
    home = tmp_path / ".github" / "workflows"
    home.mkdir(parents=True)
    shutil.copy(ROOT / "action.yml", tmp_path)
    shutil.copytree(ROOT / "templates" / "starter" / ".github", tmp_path / "starter" / ".github")
    shown = [
        fence.text
        for page in (PAGE, ROOT / "docs" / "website.md", ROOT / "docs" / "releasing.md")
        for fence in fences(page)
        if "runs-on:" in fence.text
    ]
    assert len(shown) >= 5
    for number, text in enumerate(shown):
        whole = text.replace("@COMMIT", f"@{'0' * 40}")
        (home / f"shown-{number}.yml").write_text(whole, encoding="utf-8")
    program = [
        str(Path(sys.executable).with_name("zizmor")),
        "--offline",
        "--no-progress",
        str(tmp_path),
    ]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert (done.returncode, "No findings" in done.stderr + done.stdout) == (0, True), done.stdout

    (home / "bad.yml").write_text(shown[1].replace("@34e1", "@v4 # 34e1"), encoding="utf-8")
    assert subprocess.run(program, capture_output=True, check=False).returncode != 0
