"""Scratch repositories of real git, with a plan in them."""

import os
import shutil
import subprocess
from pathlib import Path

from conftest import ROOT

BASE = ROOT / "tests" / "errors" / "base" / "data"

GIT = [
    "git", "-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c",
    "commit.gpgsign=false", "-c", "init.defaultBranch=main",
]  # fmt: skip

COMMITTED = "2019-01-31T12:00:00Z"
"""When commits are made unless a test says so: after the base plan's figures."""


class Scratch:
    """A repository with a plan in it, whose files are edited by replacing words.

    A folder that is a repository is taken as it is; any other is made one.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        if (home / ".git").exists():
            return
        shutil.copytree(BASE, home / "data")
        self.git("init", "-q", "--template=")  # no hooks to copy
        self.commit("first")
        self.git("tag", "first")

    def git(self, *arguments: str) -> str:
        """Run git here."""
        done = subprocess.run(
            [*GIT, *arguments], cwd=self.home, check=True, capture_output=True, text=True,
            env={"GIT_COMMITTER_DATE": COMMITTED, "GIT_AUTHOR_DATE": COMMITTED, **os.environ},
        )  # fmt: skip
        return done.stdout

    def edit(self, old: str, new: str, name: str = "indicators") -> None:
        """Put *new* in the place of *old* in a data file."""
        path = self.home / "data" / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def commit(self, subject: str) -> None:
        """Commit everything."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", subject)
