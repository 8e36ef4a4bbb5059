"""The plan as git remembers it: revisions are resolved, listed and read, and nothing is written.

Only git's plumbing is asked, because what it prints is the same under every configuration. A
revision's name is handed to it behind `--end-of-options`; from there on ids are used.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from os import fsdecode
from pathlib import Path
from typing import NamedTuple

from diplan.files.git import GitError, answer, refusal, run
from diplan.files.workspace import LARGEST_FILE, Snapshot, Workspace
from diplan.ground.text import visible
from diplan.plan.plan import FILES

MOST_AT_ONCE = 64 * 1024 * 1024
"""Bytes of content that are asked for in one call."""

LONGEST_SUBJECT = 500
"""Bytes of a commit's message that are looked at for its subject."""

_MADE = re.compile(rb"^committer .* (-?\d{1,12}) ([+-])(\d\d)(\d\d)$", re.MULTILINE)
_ENCODING = re.compile(rb"^encoding ([\w.:-]{1,40})$", re.MULTILINE)


class Commit(NamedTuple):
    """A commit that touched the data: its id, the day it was made, and its subject."""

    id: str
    day: str
    subject: str


class State(NamedTuple):
    """The data files at a commit: their paths, and the contents of those that differ later.

    Later is the commit after it that touched the data; at the last one, all contents are given.
    """

    commit: Commit
    paths: Sequence[str]
    contents: Mapping[str, bytes]


class GitRepository:
    """The git repository that a workspace is in.

    Raises:
        GitError: there is none, or it is not to be trusted.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.root = workspace.root
        asked = ("rev-parse", "--is-shallow-repository", "--absolute-git-dir")
        shallow, _, folder = answer(self.root, *asked).partition(b"\n")
        self.is_shallow = shallow == b"true"
        """Whether older commits were left out when it was cloned."""
        self.top = self._top(Path(fsdecode(folder.removesuffix(b"\n"))).resolve())

    def _top(self, repository: Path) -> Path:
        """The folder whose `.git` the repository is: one without is not to be trusted."""
        here = self.root.resolve()
        around = (here, *here.parents)
        if repository in around:
            raise refusal(self.root, "safe.bareRepository")  # git before 2.38 reads it
        for place in around:
            name = place / ".git"
            if name.is_file() or name.resolve() == repository:
                return place
        raise refusal(self.root, "not a git repository")

    def _answer(self, *arguments: str, asked: str = "") -> bytes:
        return answer(self.root, *arguments, asked=asked, files=self.top)

    def resolve(self, revision: str) -> str:
        """The id of the commit that a revision names.

        Raises:
            GitError: no commit is called that.
        """
        done = run(self.root, "rev-parse", "--verify", "--quiet", "--end-of-options",
                   f"{revision}^{{commit}}", files=self.top)  # fmt: skip
        if done.returncode == 0 and (identity := done.stdout.decode().strip()):
            return identity
        hint = "`git log --oneline` shows the commits, `git branch` and `git tag` the names"
        if self.is_shallow:
            hint = "this clone is shallow: `git fetch --unshallow` brings the rest"
        message = f'git knows no revision "{visible(revision)}"'
        raise GitError(message, hint)

    def day(self, revision: str) -> str:
        """The day on which the commit that a revision names was made: `2018-05-17`."""
        identity = self.resolve(revision)
        return _commit(identity, next(iter(self._contents([identity])))).day

    def at(self, revision: str) -> Snapshot:
        """The workspace as a revision holds it.

        Raises:
            GitError: there is no such revision, or no data in it.
        """
        commit = self.resolve(revision)
        listed = self._answer("ls-tree", "-r", "-z", commit, "--", "data/")
        blobs = dict(_blobs(listed.decode("utf-8", "replace")))
        if not any(path.startswith("data/indicators") for path in blobs):
            message = f'revision "{visible(revision)}" holds no data/indicators.yaml'
            raise GitError(message, "was the plan kept in another folder then, or not committed?")
        files = dict(zip(blobs, self._contents(blobs.values()), strict=True))
        return Snapshot(self.root, files, f"{visible(revision)}:{self.workspace.shown}")

    def before(self, day: str) -> Snapshot | None:
        """The workspace as it was last committed by the end of a day; None where it was not yet."""
        paths = [f"data/{stem}{end}" for stem in FILES for end in (".yaml", ".csv", "/")]
        history = self._history(paths)
        contents = self._contents(identity for identity, _ in history)
        for (identity, _), raw in zip(history, contents, strict=True):
            if _commit(identity, raw).day <= day:
                with suppress(GitError):
                    return self.at(identity)
                return None
        return None

    def states(self, stems: Sequence[str]) -> Iterator[State]:
        """The data files of some stems at each commit that touched them, the latest first."""
        paths = [f"data/{stem}{end}" for stem in stems for end in (".yaml", ".csv", "/")]
        history = self._history(paths)
        files_of = [files for _, files in history]
        wanted = list(map(_differing, files_of, [{}, *files_of[:-1]]))
        blobs = (blob for files in wanted for blob in files.values())
        contents = self._contents((*(identity for identity, _ in history), *blobs))
        commits = [_commit(identity, next(contents)) for identity, _ in history]
        for commit, files, fresh in zip(commits, files_of, wanted, strict=True):
            yield State(commit, sorted(files), {path: next(contents) for path in fresh})

    def _history(self, paths: Sequence[str]) -> list[tuple[str, dict[str, str]]]:
        """Each commit on the way to HEAD with the ids of its files, the latest first."""
        head = self.resolve("HEAD")
        listed = self._answer(
            "rev-list", "--first-parent", "--parents", "--reverse", head, "--", *paths
        )
        pairs = [" ".join(line.split()[:2]) for line in listed.decode().splitlines()]
        told = self._answer(
            "diff-tree", "--stdin", "--root", "-r", "-m", "--relative", "--raw", "-z",
            "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv", "--", *paths,
            asked="".join(f"{pair}\n" for pair in pairs),
        )  # fmt: skip
        made: list[tuple[str, dict[str, str]]] = []
        files: dict[str, str] = {}
        fields = iter(told.decode("utf-8", "replace").split("\0"))
        for field in fields:
            if not field.startswith(":"):
                files = dict(files)
                made += [(field, files)] if field else []
                continue
            mode, blob = field.split()[1], field.split()[3]
            path = next(fields)
            if mode in ("100644", "100755"):
                files[path] = blob
            else:
                files.pop(path, None)
        return made[::-1]

    def _contents(self, identities: Iterable[str]) -> Iterator[bytes]:
        """What objects hold, in their order, one byte more than `LARGEST_FILE` at the most."""
        wanted = list(identities)
        sizes = self._sizes(wanted)
        group: list[str] = []
        room = MOST_AT_ONCE
        for identity in wanted:
            size = sizes[identity]
            if group and (size > room or size > LARGEST_FILE):
                yield from self._read(group, sizes)
                group, room = [], MOST_AT_ONCE
            if size > LARGEST_FILE:  # nobody reads it, so git does not either
                yield _too_large()
                continue
            group.append(identity)
            room -= size
        yield from self._read(group, sizes)

    def _sizes(self, identities: Iterable[str]) -> dict[str, int]:
        """How many bytes objects hold."""
        asked = dict.fromkeys(identities)
        if not asked:
            return {}
        form = "--batch-check=%(objectname) %(objectsize)"
        told = self._answer("cat-file", form, asked="".join(f"{name}\n" for name in asked))
        lines = [line.split() for line in told.decode().splitlines()]
        if len(lines) != len(asked) or not all(line[1].isdigit() for line in lines):
            raise refusal(self.root, "object is missing")
        return {name: int(size) for name, size in lines}

    def _read(self, identities: Sequence[str], sizes: Mapping[str, int]) -> Iterator[bytes]:
        if not identities:
            return
        asked = "".join(f"{name}\n" for name in identities)
        told, at = self._answer("cat-file", "--batch", asked=asked), 0
        for name in identities:
            start = told.find(b"\n", at) + 1
            at = start + sizes[name] + 1
            if not start or len(told) < at:
                raise refusal(self.root, "object is missing")
            yield told[start : at - 1]


@cache
def _too_large() -> bytes:
    return bytes(LARGEST_FILE + 1)


def _differing(files: Mapping[str, str], later: Mapping[str, str]) -> dict[str, str]:
    return {path: files[path] for path in sorted(files) if later.get(path) != files[path]}


def _commit(identity: str, raw: bytes) -> Commit:
    """A commit from what its object holds; without a date that can be read, it is of 1970."""
    head, _, message = raw.partition(b"\n\n")
    day = datetime(1970, 1, 1, tzinfo=UTC)
    if made := _MADE.search(head):
        away = timedelta(hours=int(made[3]), minutes=int(made[4]))
        with suppress(OverflowError):
            day += timedelta(seconds=int(made[1])) + (away if made[2] == b"+" else -away)
    encoding = _ENCODING.search(head)
    first = message.lstrip()[:LONGEST_SUBJECT].partition(b"\n\n")[0]
    try:
        subject = first.decode(encoding[1].decode() if encoding else "utf-8", "replace")
    except (LookupError, ValueError):
        subject = first.decode("utf-8", "replace")
    return Commit(identity, f"{day:%Y-%m-%d}", visible(" ".join(subject.split())))


def _blobs(listed: str) -> Iterator[tuple[str, str]]:
    """Paths and ids of regular files, from what `ls-tree -z` lists."""
    for entry in listed.split("\0"):
        about, _, path = entry.partition("\t")
        if about.startswith(("100644 blob ", "100755 blob ")):
            yield path, about.split()[2]
