"""The plan as git remembers it: revisions are resolved, listed and read, and nothing is written.

Git is run with its arguments in a list and no shell; a revision's name is only ever handed to it
behind `--end-of-options`. Files are read by one `cat-file --batch`, each once.
"""

import subprocess
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from diplan.errors import DiplanError
from diplan.text import visible
from diplan.workspace import LARGEST_FILE, Snapshot, Workspace

SECONDS = 120
"""How long one call of git may take."""


class GitError(DiplanError):
    """Git, or what it knows, does not give what was asked for."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Commit(NamedTuple):
    """A commit that touched the data: its id, the day it was made, and its subject."""

    id: str
    day: str
    subject: str


class Repository:
    """The git repository that a workspace is in."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.root = workspace.root
        self.prefix = self._asked("rev-parse", "--show-prefix").strip()

    @property
    def is_shallow(self) -> bool:
        """Whether older commits were left out when it was cloned."""
        return self._asked("rev-parse", "--is-shallow-repository").strip() == "true"

    def resolve(self, revision: str) -> str:
        """The id of the commit that a revision names.

        Raises:
            GitError: no commit is called that.
        """
        done = self._run("rev-parse", "--verify", "--quiet", "--end-of-options",
                         f"{revision}^{{commit}}")  # fmt: skip
        if done.returncode == 0 and (found := done.stdout.decode().strip()):
            return found
        hint = "`git log --oneline` shows the commits, `git branch` and `git tag` the names"
        if self.is_shallow:
            hint = "this clone is shallow: `git fetch --unshallow` brings the rest"
        message = f'git knows no revision "{visible(revision)}"'
        raise GitError(message, hint)

    def day(self, revision: str) -> str:
        """The day on which the commit that a revision names was made: `2018-05-17`."""
        return self._asked("log", "-1", "--format=%cs", self.resolve(revision)).strip()

    def at(self, revision: str) -> Snapshot:
        """The workspace as a revision holds it.

        Raises:
            GitError: there is no such revision, or no data in it.
        """
        commit = self.resolve(revision)
        listed = self._run("ls-tree", "-r", "-z", commit, "--", "data/").stdout
        blobs = dict(_blobs(listed.decode("utf-8", "replace")))
        if not any(path.startswith("data/indicators") for path in blobs):
            message = f'revision "{visible(revision)}" holds no data/indicators.yaml'
            raise GitError(message, "was the plan kept in another folder then, or not committed?")
        contents = self._contents(blobs.values())
        files = {path: contents[blob] for path, blob in blobs.items()}
        return Snapshot(self.root, files, f"{visible(revision)}:{self.workspace.shown}")

    def revisions(self, stems: tuple[str, ...]) -> Iterator[tuple[Commit, Snapshot]]:
        """The commits that touched the files of some stems, oldest first, with those files then.

        Two processes of git in all: one lists the commits, one reads each content once.
        """
        paths = [f"data/{stem}{end}" for stem in stems for end in (".yaml", ".csv", "/")]
        commits = list(self._log(paths))
        contents = self._contents(
            blob for _, changes in commits for blob in changes.values() if blob
        )
        held: dict[str, bytes] = {}
        for commit, changes in commits:
            for path, blob in changes.items():
                if blob:
                    held[path] = contents[blob]
                else:
                    held.pop(path, None)
            name = f"{commit.id[:9]}:{self.workspace.shown}"
            yield commit, Snapshot(self.root, dict(held), name)

    def _log(self, paths: list[str]) -> Iterator[tuple[Commit, dict[str, str]]]:
        """The commits on the way to HEAD, each with the contents that it put in place."""
        self.resolve("HEAD")
        listed = self._asked(
            "log", "--first-parent", "-m", "--reverse", "--raw", "--no-abbrev", "--no-renames",
            "-z", "--format=%x01%H%x02%cs%x02%s%x03", "HEAD", "--", *paths,
        )  # fmt: skip
        for part in listed.split("\x01")[1:]:
            head, _, raw = part.partition("\x03")
            fields = iter(raw.replace("\n", "").strip("\0").split("\0"))
            changes = {}
            for about in fields:
                path = next(fields, "")
                mode, blob = about.split()[1], about.split()[3]
                if path.startswith(self.prefix):
                    regular = mode in ("100644", "100755")
                    changes[path.removeprefix(self.prefix)] = blob if regular else ""
            identity, day, subject = head.split("\x02", 2)
            yield Commit(identity, day, subject), changes

    def _contents(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """What files hold, by the ids of their contents, from one process."""
        wanted = list(dict.fromkeys(blobs))
        done = self._run("cat-file", "--batch", asked="\n".join([*wanted, ""]))
        data, at, found = done.stdout, 0, {}
        for blob in wanted:
            end = data.index(b"\n", at)
            size = int(data[at:end].split()[-1])
            found[blob] = data[end + 1 : end + 1 + min(size, LARGEST_FILE + 1)]
            at = end + size + 2
        return found

    def _asked(self, *arguments: str) -> str:
        done = self._run(*arguments)
        if done.returncode:
            raise GitError(
                f'"{self.root}" is not in a git repository',
                "revisions need one: `git init`, `git add data`, `git commit`",
            )
        return done.stdout.decode("utf-8", "replace")

    def _run(self, *arguments: str, asked: str = "") -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603 - no shell; names come behind --end-of-options
                ["git", "--no-optional-locks", "-C", str(self.root), *arguments],  # noqa: S607
                input=asked.encode(),
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except FileNotFoundError:
            message = "git is not on this machine"
            raise GitError(message, "revisions are read from git: install it") from None
        except ValueError:
            message = "a revision's name holds a character that no name can"
            raise GitError(message, "type the name again") from None


def _blobs(listed: str) -> Iterator[tuple[str, str]]:
    """Paths and ids of regular files, from what `ls-tree -z` lists."""
    for entry in listed.split("\0"):
        about, _, path = entry.partition("\t")
        if about.startswith(("100644 blob ", "100755 blob ")):
            yield path, about.split()[2]
