"""Hostile and damaged repositories: git answers or says why not; nothing runs, nothing is lied."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Diplan, Said
from diplan.files import git as git_module
from scratch import GIT, Scratch

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the planted programs are scripts")

COMMANDS = {
    "history": ("history", "residents-offline"),
    "history-json": ("history", "taster-sessions", "--format", "json"),
    "status": ("status", "--at", "HEAD", "--as-of", "2018"),
    "show": ("show", "residents-offline", "--at", "first", "--as-of", "2018"),
    "why": ("why", "residents-offline", "--at", "first", "--as-of", "2018"),
    "diff": ("diff", "first", "--as-of", "2018"),
    "diff-two": ("diff", "first..HEAD", "--as-of", "2018"),
    "diff-github": ("diff", "--format", "github", "--as-of", "2018", "--", "first"),
    "diff-moments": ("diff", "2017", "2018"),
    "check": ("check", "--against", "first", "--as-of", "2018"),
}
"""Every command that asks git, in each way that it asks."""

PROGRAMS = """
[core]
	fsmonitor = {evil}
	pager = {evil}
	editor = {evil}
	sshCommand = {evil}
	gitProxy = {evil}
	askPass = {evil}
	hooksPath = {hooks}
	alternateRefsCommand = {evil}
	attributesFile = {home}/.gitattributes
[gpg]
	program = {evil}
[gpg "openpgp"]
	program = {evil}
[gpg "ssh"]
	program = {evil}
	defaultKeyCommand = {evil}
	allowedSignersFile = {home}/signers
[gpg "x509"]
	program = {evil}
[log]
	showSignature = true
[diff]
	external = {evil}
[diff "evil"]
	command = {evil}
	textconv = {evil}
	cachetextconv = true
[filter "evil"]
	clean = {evil}
	smudge = {evil}
	process = {evil}
	required = true
[merge "evil"]
	driver = {evil}
[credential]
	helper = !{evil}
[interactive]
	diffFilter = {evil}
[sequence]
	editor = {evil}
[uploadpack]
	packObjectsHook = {evil}
[trailer "evil"]
	command = {evil}
	cmd = {evil}
	key = Evil
[trailer]
	ifmissing = add
[pager]
	log = {evil}
	diff = {evil}
	rev-list = {evil}
	rev-parse = {evil}
	ls-tree = {evil}
	diff-tree = {evil}
	cat-file = {evil}
[alias]
	log = !{evil}
	rev-list = !{evil}
	rev-parse = !{evil}
	ls-tree = !{evil}
	diff-tree = !{evil}
	cat-file = !{evil}
[url "ext::{evil} "]
	insteadOf = https://
	insteadOf = ssh://
[protocol]
	allow = always
[protocol "ext"]
	allow = always
[trace2]
	eventTarget = {marker}
	normalTarget = {marker}
	perfTarget = {marker}
"""
"""Every setting that names a program (or a file that git would write)."""

REMOTES = {
    "uploadpack": "url = {home}/elsewhere\n\tuploadpack = {evil}",
    "ext": "url = ext::{evil} %S",
    "https": "url = https://127.0.0.1:1/x",
    "ssh": "url = ssh://127.0.0.1/x",
    "vcs": "url = x\n\tvcs = evil",
    "helper": "url = evil::x",
}
"""Ways to a promised object that run something."""

OUTPUT = """
[color]
	ui = always
	diff = always
[column]
	ui = always
[core]
	abbrev = 5
	quotePath = true
	worktree = {hooks}
[diff]
	relative = true
	noprefix = true
	renames = copies
	orderFile = {home}/order
	ignoreSubmodules = all
	mnemonicPrefix = true
	submodule = log
	wordRegex = .
	colorMoved = zebra
[format]
	pretty = oneline
[i18n]
	logOutputEncoding = UTF-16
	commitEncoding = UTF-16
[log]
	showSignature = true
	showRoot = false
	mailmap = true
	follow = true
	date = relative
	decorate = full
	excludeDecoration = *
	diffMerges = combined
	abbrevCommit = true
	graphColors = red
	initialDecorationSet = all
[mailmap]
	file = {home}/mailmap
[notes]
	displayRef = *
[grep]
	lineNumber = true
"""
"""Every setting that changes what git prints of a log, a tree or a difference."""


class Trap:
    """A repository with a second commit, and a program that leaves a mark if it is run."""

    def __init__(self, scratch: Scratch, tmp_path: Path) -> None:
        self.scratch = scratch
        self.marker = tmp_path / "marker"
        self.hooks = tmp_path / "hooks"
        self.evil = self.script(tmp_path / "evil")
        for name in ("post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc"):
            self.script(self.hooks / name)
        self.script(self.hooks / "git-remote-evil")
        scratch.edit("value: 720", "value: 700")
        (scratch.home / ".gitattributes").write_text("* diff=evil filter=evil merge=evil\n")
        scratch.commit("second")
        self.sign()

    def script(self, path: Path) -> Path:
        """A program that leaves a mark."""
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'#!/bin/sh\necho "$0" "$@" >> {self.marker}\nexit 1\n')
        path.chmod(0o755)
        return path

    def sign(self) -> None:
        """Give the last commit a signature, and a message with everything that parses badly."""
        raw = self.scratch.git("cat-file", "commit", "HEAD")
        head, _, _ = raw.partition("\n\n")
        armour = "\n ".join(
            ("-----BEGIN PGP SIGNATURE-----", "", "iQEzBAABCAAdFiEE", "-----END PGP SIGNATURE-----")
        )
        message = "second \x01 and \x02 and \x03 | \x1b[31mred ::error::x ##[error]y\n\nbody\n"
        made = subprocess.run(
            [*GIT, "hash-object", "-t", "commit", "-w", "--stdin"], cwd=self.scratch.home,
            input=f"{head}\ngpgsig {armour}\n\n{message}", text=True,
            capture_output=True, check=True,
        )  # fmt: skip
        self.scratch.git("update-ref", "HEAD", made.stdout.strip())

    def settings(self, text: str) -> str:
        """Settings with the places filled in."""
        return text.format(
            evil=self.evil, hooks=self.hooks, home=self.scratch.home, marker=self.marker
        )

    def plant(self, text: str, folder: Path | None = None) -> None:
        """Put settings into a repository's configuration."""
        config = (folder or self.scratch.home / ".git") / "config"
        config.write_text(config.read_text() + self.settings(text))

    @property
    def sprung(self) -> str:
        """What was run."""
        return self.marker.read_text() if self.marker.exists() else ""


@pytest.fixture
def trap(scratch: Scratch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trap:
    """A repository to plant things in, away from the settings of whoever runs the tests."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    made = Trap(scratch, tmp_path)
    monkeypatch.setenv("PATH", f"{made.hooks}{os.pathsep}{os.environ['PATH']}")
    return made


def said(diplan: Diplan, home: Path) -> dict[str, Said]:
    """What each command says in a folder."""
    answers = {name: diplan(*words, cwd=home) for name, words in COMMANDS.items()}
    for name, answer in answers.items():
        assert answer.code in (0, 1, 2), (name, answer.err)
        assert "\x1b" not in answer.out + answer.err
    return answers


def test_the_trap_works(trap: Trap) -> None:
    """Git by itself, in the same repository, runs what is planted."""
    trap.plant(PROGRAMS)
    subprocess.run(["git", "log", "-p"], cwd=trap.scratch.home, capture_output=True, check=False)

    assert trap.sprung


def test_no_setting_runs_a_program(diplan: Diplan, trap: Trap) -> None:
    """A configuration that names a program wherever it can changes nothing and runs nothing."""
    before = said(diplan, trap.scratch.home)
    assert "observation-revised" in before["history"].out
    trap.plant(PROGRAMS)
    trap.plant("[include]\n\tpath = {home}/more\n")
    (trap.scratch.home / "more").write_text(trap.settings(PROGRAMS))
    attributes = trap.scratch.home / ".git" / "info" / "attributes"
    attributes.parent.mkdir()
    attributes.write_text("* diff=evil filter=evil\n")

    assert said(diplan, trap.scratch.home) == before
    assert not trap.sprung


def test_no_setting_changes_what_is_said(diplan: Diplan, trap: Trap) -> None:
    """However git is told to print, diplan prints the same, in a folder of the repository too."""
    home = trap.scratch.home / "plan"
    home.mkdir()
    trap.scratch.git("mv", "data", "plan/data")
    trap.scratch.commit("moved")
    text = (home / "data" / "indicators.yaml").read_text()
    (home / "data" / "indicators.yaml").write_text(text.replace("value: 700", "value: 690"))
    trap.scratch.commit("in the folder")
    trap.scratch.git("tag", "-f", "first", "HEAD~1")
    before = said(diplan, home)
    assert "2 changes" in before["history"].out
    trap.plant(OUTPUT)
    (home / ".git").mkdir()  # empty, so git goes on to the one above
    (trap.scratch.home / "order").write_text("data/plan.yaml\n")
    (trap.scratch.home / "mailmap").write_text("A <a@example.org> <tester@example.org>\n")

    assert said(diplan, home) == before


def test_a_repository_of_its_own_inside_is_refused(diplan: Diplan, trap: Trap) -> None:
    """HEAD, objects and refs beside data/ make a repository to git: its settings are not read."""
    home = trap.scratch.home
    inner = home / "plan"
    shutil.copytree(home / ".git", inner)
    shutil.copytree(home / "data", inner / "data")
    trap.plant(PROGRAMS, inner)
    for more in ("", f"[core]\n\tbare = false\n\tworktree = {inner}\n"):
        trap.plant(more, inner)
        for name, answer in said(diplan, inner).items():
            if name != "diff-moments":
                assert answer.code == 2, name
                assert "laid out like a repository" in answer.err
    assert not trap.sprung


def test_it_is_refused_where_git_would_read_it(
    diplan: Diplan, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git before 2.38 knows no setting against it: diplan looks where the repository is."""
    monkeypatch.setattr(git_module, "_SETTINGS", git_module._SETTINGS[1:])
    inner = trap.scratch.home / "plan"
    shutil.copytree(trap.scratch.home / ".git", inner)
    shutil.copytree(trap.scratch.home / "data", inner / "data")
    trap.plant(f"{PROGRAMS}[core]\n\tbare = false\n\tworktree = {inner}\n", inner)

    assert "laid out like a repository" in diplan("history", "residents-offline", cwd=inner).err
    assert not trap.sprung


def lose(home: Path, what: str = "HEAD:data/indicators.yaml") -> None:
    """Take one object out of a repository."""
    found = subprocess.run(
        [*GIT, "rev-parse", what], cwd=home, capture_output=True, text=True, check=True
    ).stdout.strip()
    (home / ".git" / "objects" / found[:2] / found[2:]).unlink()


@pytest.mark.parametrize("remote", REMOTES)
def test_a_promised_object_is_not_fetched(remote: str, diplan: Diplan, trap: Trap) -> None:
    """What a partial clone lacks is not asked for: no program, no network, a clear sentence."""
    home = trap.scratch.home
    trap.scratch.git("init", "-q", "--bare", "elsewhere")
    trap.plant(
        PROGRAMS + f'[remote "origin"]\n\t{REMOTES[remote]}\n\tpromisor = true\n'
        "\tpartialclonefilter = blob:none\n[extensions]\n\tpartialClone = origin\n"
    )
    trap.scratch.git("config", "core.repositoryFormatVersion", "1")
    lose(home)
    for name in ("history", "status", "diff-two"):
        answer = diplan(*COMMANDS[name], cwd=home)
        assert answer.code == 2, (name, answer.err)
        assert "does not hold all of its history" in answer.err
        assert "git fetch --refetch" in answer.err
    assert not trap.sprung


def test_variables_that_steer_git_are_not_handed_on(
    diplan: Diplan, trap: Trap, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A hook or a script may have set them; diplan asks the repository that the plan is in."""
    before = said(diplan, trap.scratch.home)
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH", "GIT_ASKPASS", "GIT_PROXY_COMMAND"):
        monkeypatch.setenv(name, str(trap.evil))
    for name in ("GIT_TRACE", "GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE_SETUP"):
        monkeypatch.setenv(name, str(trap.marker))
    for name in ("GIT_DIR", "GIT_OBJECT_DIRECTORY", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "safe.bareRepository")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "all")
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'core.bare=true'")
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "0")
    monkeypatch.setenv("GIT_GLOB_PATHSPECS", "1")

    assert said(diplan, trap.scratch.home) == before
    assert not trap.sprung


def test_replaced_objects_are_shown_as_they_were(diplan: Diplan, trap: Trap) -> None:
    """`git replace` puts no other content in the place of what was committed."""
    before = said(diplan, trap.scratch.home)
    trap.scratch.git("replace", "HEAD:data/indicators.yaml", "first:data/indicators.yaml")

    assert said(diplan, trap.scratch.home) == before


def test_no_byte_of_a_subject_breaks_the_list(diplan: Diplan, trap: Trap) -> None:
    """A subject may hold any byte: it is made visible, and the commits are all there."""
    answer = diplan("history", "residents-offline", "--format", "json", cwd=trap.scratch.home)
    entries = json.loads(answer.out)["entries"]

    assert [entry["what"][0].partition(":")[0] for entry in entries] == [
        "added",
        "observation-revised",
    ]
    assert entries[1]["subject"].startswith("second <U+0001> and <U+0002> and <U+0003> |")


@pytest.mark.parametrize(
    "head",
    [
        "committer x",
        "committer a <b> 99999999999 +0000",
        "committer a <b> 1528000000 +9999",
        "encoding zip\ncommitter a <b> 1528000000 +0000",
        "encoding idna\ncommitter a <b> 1528000000 +0000",
        "encoding utf-16\ncommitter a <b> 1528000000 +0000",
    ],
)
def test_a_commit_may_say_anything(head: str, diplan: Diplan, trap: Trap) -> None:
    """A commit's date and encoding are only words of whoever made it."""
    home = trap.scratch.home
    tree = trap.scratch.git("rev-parse", "HEAD^{tree}").strip()
    parent = trap.scratch.git("rev-parse", "first").strip()
    made = subprocess.run(
        [*GIT, "hash-object", "--literally", "-t", "commit", "-w", "--stdin"], cwd=home, check=True,
        input=f"tree {tree}\nparent {parent}\nauthor a <b> 1 +0000\n{head}\n\na \0 b".encode(),
        capture_output=True,
    ).stdout.decode().strip()  # fmt: skip
    trap.scratch.git("update-ref", "HEAD", made)

    answer = diplan("history", "residents-offline", "--format", "plain", cwd=home)
    assert answer.code in (0, 2), answer.err
    assert "2 changes" in answer.out or "the commit's date" in answer.err


def _missing(home: Path) -> None:
    lose(home)


def _missing_tree(home: Path) -> None:
    lose(home, "HEAD:data")


def _missing_commit(home: Path) -> None:
    lose(home, "first")


def _corrupt(home: Path) -> None:
    for path in (home / ".git" / "objects").glob("??/*"):
        path.chmod(0o644)
        path.write_bytes(path.read_bytes()[:-4] + b"abcd")


def _truncated(home: Path) -> None:
    subprocess.run([*GIT, "repack", "-adq"], cwd=home, check=True)
    for path in (home / ".git" / "objects" / "pack").glob("*.pack"):
        path.chmod(0o644)
        path.write_bytes(path.read_bytes()[:60])


def _nowhere(home: Path) -> None:
    (home / ".git" / "HEAD").write_text("ref: refs/heads/nothing\n")


def _no_head(home: Path) -> None:
    (home / ".git" / "HEAD").write_text("nonsense\n")


def _bad_config(home: Path) -> None:
    (home / ".git" / "config").write_text("[core\nrepositoryformatversion = 99\n")


def _unknown_format(home: Path) -> None:
    (home / ".git" / "config").write_text("[core]\nrepositoryformatversion = 99\n")


DAMAGES: tuple[Callable[[Path], None], ...] = (
    _missing, _missing_tree, _missing_commit, _corrupt, _truncated, _nowhere, _no_head,
    _bad_config, _unknown_format,
)  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_repository_is_told(
    damage: Callable[[Path], None], diplan: Diplan, trap: Trap
) -> None:
    """Whatever is broken in a repository, the sentence says so with a remedy, and no traceback."""
    damage(trap.scratch.home)
    for name in ("history", "status", "diff-two", "check"):
        answer = diplan(*COMMANDS[name], cwd=trap.scratch.home)
        assert answer.code in (0, 1, 2), (name, answer.err)
        if answer.code == 2:
            assert "\n  = " in answer.err, (name, answer.err)
            assert "Traceback" not in answer.err
    answer = diplan("history", "residents-offline", cwd=trap.scratch.home)
    assert answer.code == 2


def test_another_users_repository(
    diplan: Diplan, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git reads no repository of somebody else's, and the remedy is named."""
    given = {**git_module._GIVEN, "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    monkeypatch.setattr(git_module, "_GIVEN", given)
    answer = diplan("history", "residents-offline", cwd=trap.scratch.home)

    assert answer.code == 2
    assert "safe.directory" in answer.err


def test_git_that_does_not_end(diplan: Diplan, trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git that waits for ever is ended, and that is said."""
    os.mkfifo(trap.scratch.home / "pipe")
    trap.plant("[include]\n\tpath = {home}/pipe\n")
    monkeypatch.setattr(git_module, "SECONDS", 0.2)
    answer = diplan("history", "residents-offline", cwd=trap.scratch.home)

    assert answer.code == 2
    assert "took longer than" in answer.err


def test_git_is_not_taken_from_the_present_folder(
    diplan: Diplan, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program called git that lies beside the plan is not the one that is run."""
    trap.script(trap.scratch.home / "git")
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}{os.environ['PATH']}")
    answer = diplan("history", "residents-offline", cwd=trap.scratch.home)

    assert answer.code == 0
    assert not trap.sprung


def test_a_large_file_of_the_past_is_not_read(diplan: Diplan, trap: Trap) -> None:
    """A small object may unpack to a huge file: its size is asked for first."""
    from diplan.files.workspace import LARGEST_FILE

    path = trap.scratch.home / "data" / "actions" / "large.yaml"
    path.parent.mkdir()
    path.write_bytes(b"\n" * (LARGEST_FILE + 100))
    trap.scratch.commit("large")
    path.unlink()
    trap.scratch.commit("small")

    assert diplan("status", "--at", "HEAD", cwd=trap.scratch.home).code == 0
    answer = diplan("status", "--at", "HEAD~1", cwd=trap.scratch.home)
    assert answer.code == 1
    assert "[too-large]" in answer.err


def test_git_that_takes_too_long_is_stopped(
    scratch: Scratch, diplan: Diplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After two minutes a call of git is an error with a remedy."""
    assert git_module.SECONDS == 120
    monkeypatch.setattr(git_module, "SECONDS", 0)
    said = diplan("history", "residents-offline", cwd=scratch.home)
    assert (said.code, said.out) == (2, "")
    assert "git took longer than 0 seconds" in said.err
    assert "`git fsck` says" in said.err
