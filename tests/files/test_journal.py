"""The journal of an edit, and the lock: neither is believed because it is there."""

import json
import os
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from conftest import Diplan
from diplan.files.edit import EditError, writing
from diplan.files.journal import JournalError, before_interrupted_edit, undo_interrupted_edit
from diplan.files.workspace import JOURNAL, Workspace
from diplan.files.workspace.locking import NAME, locked

BASE = Path(__file__).parents[1] / "errors" / "base"
UNIX = pytest.mark.skipif(os.name == "nt", reason="links, pipes and users as Unix has them")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the small plan."""
    shutil.copytree(BASE, tmp_path / "home")
    return tmp_path / "home"


def journal(home: Path, *entries: tuple[str, bytes | None, bytes]) -> Path:
    """A journal in a plan, of files with what they held before and after."""
    files = [
        {
            "path": path,
            "before": None if before is None else b64encode(before).decode(),
            "after": sha256(after).hexdigest(),
        }
        for path, before, after in entries
    ]
    (home / "data" / JOURNAL).write_text(json.dumps({"files": files}))
    return home / "data" / JOURNAL


def half(home: Path) -> Path:
    """The journal of an edit of which one of two files is in place."""
    plan, actions = ((home / "data" / name).read_bytes() for name in ("plan.yaml", "actions.yaml"))
    return journal(
        home,
        ("data/plan.yaml", plan.replace(b"Library", b"Biblio"), plan),
        ("data/actions.yaml", actions, actions + b"# after\n"),
    )


def git(home: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(home), *arguments], check=True, capture_output=True)


def test_an_edit_cut_short_is_seen_through(home: Path) -> None:
    """A plan is read as it was before, and the files stay; a writer puts the old content back."""
    path = half(home)
    now = (home / "data" / "plan.yaml").read_bytes()
    seen, said = before_interrupted_edit(Workspace(home))

    assert "cut short" in said
    assert b"Biblio" in seen.read("data/plan.yaml")
    assert (home / "data" / "plan.yaml").read_bytes() == now
    assert undo_interrupted_edit(Workspace(home)) == [
        "put back data/plan.yaml: an edit of it was cut short"
    ]
    assert b"Biblio" in (home / "data" / "plan.yaml").read_bytes()
    assert not path.exists()


def test_an_edit_that_was_finished_stays(home: Path) -> None:
    """Where all files are as the edit was to leave them, only the journal goes."""
    data = home / "data"
    journal(home, *((f"data/{name}", b"old", (data / name).read_bytes())
                    for name in ("plan.yaml", "actions.yaml")))  # fmt: skip
    before = (data / "plan.yaml").read_bytes()

    assert before_interrupted_edit(Workspace(home))[1] == ""
    assert "it stays" in undo_interrupted_edit(Workspace(home))[0]
    assert (data / "plan.yaml").read_bytes() == before
    assert not (data / JOURNAL).exists()


def test_what_was_changed_since_is_left(home: Path) -> None:
    """A file that is neither as before nor as after the edit is left, and told of."""
    half(home)
    (home / "data" / "actions.yaml").write_text("actions:\n# by hand\n")
    done = undo_interrupted_edit(Workspace(home))

    assert done[1] == "left data/actions.yaml as it is: it was changed after the edit"
    assert "by hand" in (home / "data" / "actions.yaml").read_text()
    assert b"Biblio" in (home / "data" / "plan.yaml").read_bytes()


def test_a_file_that_the_edit_made_goes(home: Path) -> None:
    """What was not there before the edit is taken away again, and is not listed until then."""
    new = b"id,name,type\nx,X,library\n"
    (home / "data" / "venues.csv").write_bytes(new)
    actions = (home / "data" / "actions.yaml").read_bytes()
    journal(home, ("data/venues.csv", None, new), ("data/actions.yaml", actions, b"after"))

    assert "data/venues.csv" not in before_interrupted_edit(Workspace(home))[0].listing()
    undo_interrupted_edit(Workspace(home))
    assert not (home / "data" / "venues.csv").exists()


def in_git(home: Path, path: Path) -> None:
    git(home, "init", "-q")
    git(home, "add", "-f", "data")


def in_git_by_another_name(home: Path, path: Path) -> None:
    git(home, "init", "-q")
    (home / "Data").mkdir()
    (home / "Data" / JOURNAL.upper()).write_text("what some systems take for the journal")
    git(home, "add", "-f", "Data")


def in_git_behind_what_git_refuses(home: Path, path: Path) -> None:
    in_git(home, path)
    for name in ("objects", "refs"):
        (path.parent / name).mkdir()
    (path.parent / "HEAD").write_text("ref: refs/heads/main\n")


def of_another_user(home: Path, path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs two users")
    os.chown(path, 1234, -1)


def a_link(home: Path, path: Path) -> None:
    path.rename(home / "journal")
    path.symlink_to("../journal")


def a_folder(home: Path, path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_pipe(home: Path, path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def holding(content: bytes) -> Callable[[Path, Path], None]:
    def plant(home: Path, path: Path) -> None:
        path.write_bytes(content)

    return plant


def naming(name: str) -> Callable[[Path, Path], None]:
    def plant(home: Path, path: Path) -> None:
        journal(home, (name, b"planted", b"anything"), ("data/plan.yaml", b"x", b"y"))

    return plant


@UNIX
@pytest.mark.parametrize(
    "plant",
    [
        in_git, in_git_by_another_name, in_git_behind_what_git_refuses, of_another_user, a_link,
        a_folder, a_pipe,
        holding(b""), holding(b"{"), holding(b"[" * 100_000), holding(b"[]"), holding(b"{}"),
        holding(b'{"files": 1}'), holding(b'{"files": [1]}'), holding(b'{"files": [{}]}'),
        holding(b'{"files": [{"path": "data/plan.yaml", "before": "?", "after": ""}]}'),
        holding(b"\xff"),
        naming("../x.yaml"), naming("data/../x.yaml"), naming("/x.yaml"), naming("x.yaml"),
        naming("data/.git/x.yaml"), naming("data/x"), naming("data/a/b/c.yaml"), naming("data"),
        naming("data\\..\\x.yaml"), naming("data/x.yaml:y.yaml"), naming("data//x.yaml"),
        naming(""),
    ],
)  # fmt: skip
def test_a_journal_that_may_be_planted_is_not_used(
    plant: Callable[[Path, Path], None], home: Path, diplan: Diplan
) -> None:
    """Reading goes on without it and says so; nothing is written while it is there."""
    plant(home, half(home))
    before = {path: path.read_bytes() for path in home.rglob("*.yaml")}
    read = diplan("check", cwd=home)
    written = diplan("set", "residents-offline", "note=Agreed", cwd=home)

    assert read.code == 0, read.err
    assert f"data/{JOURNAL}" in read.err
    assert "it is not used" in read.err
    assert "Biblio" not in read.out + read.err
    assert written.code == 2
    assert "delete it" in written.err
    assert before == {path: path.read_bytes() for path in home.rglob("*.yaml")}


@UNIX
def test_no_journal_leads_through_a_link(home: Path, tmp_path: Path) -> None:
    """A file of the journal that is a link now is left, and so is what it leads to."""
    half(home)
    (tmp_path / "secret").write_bytes((home / "data" / "plan.yaml").read_bytes())
    (home / "data" / "plan.yaml").unlink()
    (home / "data" / "plan.yaml").symlink_to(tmp_path / "secret")
    done = undo_interrupted_edit(Workspace(home))

    assert "left data/plan.yaml as it is: it was changed after the edit" in done
    assert b"Biblio" not in (tmp_path / "secret").read_bytes()


def test_without_git_a_journal_in_a_repository_is_not_used(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where git cannot be asked, what lies in a repository may have come with it."""
    half(home)
    monkeypatch.setenv("PATH", "")
    assert "cut short" in before_interrupted_edit(Workspace(home))[1]
    (home / ".git").mkdir()
    with pytest.raises(JournalError, match="is in git"):
        undo_interrupted_edit(Workspace(home))


# ---- the lock


def test_the_lock_is_the_folders_own(home: Path) -> None:
    """While one holds the lock of a folder another one waits, and then gives up."""
    with locked(home / "data", 1) as alone:
        assert alone
        with pytest.raises(TimeoutError), locked(home / "data", 0):
            pass
    with locked(home / "data", 0) as alone:
        assert alone
    assert not (home / "data" / NAME).exists()


@UNIX
def test_who_may_write_may_lock(home: Path) -> None:
    """The lock may be opened by all who may write to the folder, and by nobody else."""
    (home / "data").chmod(0o770)
    with locked(home / "data", 0):
        assert (home / "data" / NAME).stat().st_mode & 0o777 == 0o660


@UNIX
@pytest.mark.parametrize("leads", ["there", "nowhere"])
def test_a_lock_that_is_a_link_is_refused(
    leads: str, home: Path, tmp_path: Path, diplan: Diplan
) -> None:
    """A planted lock neither empties nor makes a file elsewhere."""
    (tmp_path / "there").write_text("hunter2")
    (home / "data" / NAME).symlink_to(tmp_path / leads)
    said = diplan("set", "residents-offline", "note=Agreed", cwd=home)

    assert said.code == 2
    assert "it is a link" in said.err
    assert (tmp_path / "there").read_text() == "hunter2"
    assert not (tmp_path / "nowhere").exists()


@UNIX
def test_a_lock_that_is_a_pipe_is_refused(home: Path, diplan: Diplan) -> None:
    """What is no file cannot make a command wait."""
    os.mkfifo(home / "data" / NAME)
    said = diplan("set", "residents-offline", "note=Agreed", cwd=home)
    assert said.code == 2
    assert "it is not a file" in said.err


def test_a_lock_that_was_left_is_taken(home: Path, diplan: Diplan) -> None:
    """A killed run's lock holds nobody up, and what somebody wrote into it is not cut off."""
    (home / "data" / NAME).write_text("mine")
    with locked(home / "data", 0) as alone:
        assert alone
        assert (home / "data" / NAME).read_text() == "mine"


@UNIX
def test_a_share_that_cannot_lock_is_told_of(
    home: Path, diplan: Diplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit goes on without a lock, and says what the user has to see to."""
    monkeypatch.setattr("diplan.files.workspace.locking._lock", lambda _: False)
    said = diplan("set", "residents-offline", "note=Agreed", cwd=home)
    assert said.code == 0
    assert "files cannot be locked here" in said.err
    assert b"note: Agreed" in (home / "data" / "indicators.yaml").read_bytes()


def test_another_writer_is_waited_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits too long is told that somebody else is writing."""
    monkeypatch.setattr("diplan.files.edit.PATIENCE", 0)
    with (
        writing(Workspace(home)),
        pytest.raises(EditError, match="another diplan"),
        writing(Workspace(home)),
    ):
        pass
