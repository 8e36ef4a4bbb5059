"""Git, run so that a repository can only answer: it runs no program, writes nothing, asks nobody.

A repository's configuration is its author's. It can name programs and change what git prints. So
`history` runs only plumbing, which follows few settings; those are set here. Arguments go in a
list without a shell, and variables that steer git are not handed on.
"""

import subprocess
from pathlib import Path

from diplan.ground.errors import DiplanError
from diplan.ground.programs import program, surroundings
from diplan.ground.text import one_line

SECONDS = 120
"""How long one call of git may take."""

_SETTINGS = (
    "safe.bareRepository=explicit",  # else a folder that holds HEAD, objects and refs is one
    "protocol.allow=never",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.bigFileThreshold=32m",  # what is larger is not held in memory
)
"""Settings that a repository does not decide; git before 2.38 does not know the first."""

_KEPT = frozenset(
    {"GIT_CEILING_DIRECTORIES", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM"}
)
"""Git's variables that are handed on: where the user's own settings are, and where to look."""

_GIVEN = {
    "GIT_ALLOW_PROTOCOL": "",  # an empty list: git fetches nothing, by no program
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LANGUAGE": "C",
    "LC_ALL": "C",  # errors are told apart by git's English words
}

_REFUSALS = (
    (
        ("safe.bareRepository",),
        "is in a folder that is laid out like a repository of git",
        "its settings could run programs, so it is not read: remove its HEAD, objects and refs",
    ),
    (
        ("dubious ownership", "unsafe repository"),
        "is in a repository of another user, which git does not read",
        "if you trust it: `git config --global --add safe.directory` and its folder",
    ),
    (
        ("not a git repository",),
        "is not in a git repository",
        "revisions need one: `git init`, `git add data`, `git commit`",
    ),
    (
        ("promisor remote", "lazy fetch", "object is missing"),
        "is in a clone that does not hold all of its history",
        "`git fetch --refetch`, or a clone without --filter, brings the rest",
    ),
)
"""What git may say, what that means, and what to do."""


class GitError(DiplanError):
    """Git, or what it knows, does not give what was asked for."""


def answer(folder: Path, *arguments: str, asked: str = "", files: Path | None = None) -> bytes:
    """What git prints in a folder.

    Raises:
        GitError: it refuses, or what it reads is damaged.
    """
    done = run(folder, *arguments, asked=asked, files=files)
    if done.returncode:
        raise refusal(folder, done.stderr.decode("utf-8", "replace"))
    return done.stdout


def refusal(folder: Path, said: str) -> GitError:
    """What git says on its error stream, as an error with a remedy."""
    here = folder.resolve()
    for words, meaning, hint in _REFUSALS:
        if any(word in said for word in words):
            return GitError(f'"{here}" {meaning}', hint)
    lines = said.strip().splitlines() or ["no reason given"]
    reason = next((line for line in lines if line.startswith("fatal: ")), lines[0])
    message = f'git cannot read the repository of "{here}": {one_line(reason)}'
    return GitError(message, "`git fsck` says what is damaged; a new clone may mend it")


def run(
    folder: Path, *arguments: str, asked: str = "", files: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder to its end; *asked* goes to its input.

    *files* is the top of the work tree; without it, the configuration could name another one.

    Raises:
        GitError: git is not here, or takes too long.
    """
    git = program("git")
    if git is None:
        raise GitError("git is not on this machine", "revisions are read from git: install it")
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    if files:
        settings.append(f"--work-tree={files}")
    try:
        return subprocess.run(  # noqa: S603 - no shell; names come behind --end-of-options
            [git, "--no-pager", *settings, "-C", str(folder.resolve()), *arguments],
            input=asked.encode(),
            capture_output=True,
            env=surroundings("GIT_", _KEPT, **_GIVEN),
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        message = f'git took longer than {SECONDS} seconds in "{folder.resolve()}"'
        raise GitError(message, "`git fsck` says whether the repository is damaged") from None
    except ValueError:
        message = "a revision's name holds a character that no name can"
        raise GitError(message, "type the name again") from None
