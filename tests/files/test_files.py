"""Files: read where they lie, written beside and put in place, and never by way of a link."""

import os
import re
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Diplan
from diplan.files.workspace import Workspace, write_file
from diplan.files.workspace.regular import regular
from diplan.files.workspace.writing import LEFT
from diplan.ground.errors import UnreadableError, UnwritableError

BASE = Path(__file__).parents[1] / "errors" / "base"
RECORD = ("record", "residents-offline", "650", "--period", "2019", "--source", "survey")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the small plan, in a repository."""
    shutil.copytree(BASE, tmp_path / "home")
    (tmp_path / "home" / ".git").mkdir()
    (tmp_path / "home" / ".git" / "config").write_text("password = hunter2\n")
    (tmp_path / "home" / ".env").write_text("hunter2\n")
    return tmp_path / "home"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file outside of the plan, which no command may read or change."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.md").write_text("hunter2\n")
    return tmp_path / "elsewhere" / "secret.md"


# ---- written


def test_planted_temporary_names_change_nothing(
    home: Path, secret: Path, diplan: Diplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links of every name that a temporary file could be guessed to have are not followed."""
    data = home / "data"
    for name in (f".plan.yaml.{os.getpid()}", f".indicators.yaml.{os.getpid()}"):
        (data / name).symlink_to(secret)
    monkeypatch.setattr(os, "urandom", lambda count: b"\0" * count)
    (data / f".diplan-{'00' * 16}.tmp").symlink_to(secret)
    said = diplan(*RECORD, cwd=home)

    assert said.code == 2
    assert "File exists" in said.err
    assert secret.read_text() == "hunter2\n"
    assert (data / f".diplan-{'00' * 16}.tmp").is_symlink()


def test_what_a_killed_run_left_is_removed(home: Path, secret: Path, diplan: Diplan) -> None:
    """A writing command removes temporary files, and nothing that only looks like one."""
    data = home / "data"
    left, link = data / f".diplan-{'ab' * 16}.tmp", data / f".diplan-{'cd' * 16}.tmp"
    folder, other = data / f".diplan-{'ef' * 16}.tmp", data / ".diplan-mine.tmp"
    left.write_text("half")
    link.symlink_to(secret)
    folder.mkdir()
    other.write_text("mine")
    assert diplan("status", cwd=home).code == 0
    assert left.exists()
    assert diplan(*RECORD, cwd=home).code == 0

    assert not left.exists()
    assert secret.exists()
    assert all((os.path.lexists(link), folder.is_dir(), other.exists()))


def test_a_temporary_file_of_a_run_that_goes_on_stays(tmp_path: Path) -> None:
    """Beside a paper, only what is old is removed: another run may be writing there."""
    young, old = tmp_path / f".diplan-{'ab' * 16}.tmp", tmp_path / f".diplan-{'cd' * 16}.tmp"
    for path in (young, old):
        path.write_text("half")
    os.utime(old, (0, 0))
    write_file(tmp_path / "paper.md", b"new")

    assert young.exists()
    assert not old.exists()


def test_temporary_names_cannot_be_guessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each write has a name of its own for the file beside, readable by its user alone."""
    seen = []
    replace = Path.replace

    def watched(self: Path, target: Path) -> Path:
        seen.append(self.name)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", watched)
    for _ in range(2):
        write_file(tmp_path / "paper.md", b"new")
    assert len({*seen}) == 2
    assert all(LEFT.fullmatch(name) for name in seen)


@pytest.mark.parametrize(
    ("arguments", "link"),
    [
        (["report", "page-plan", "-o", "out/plan.md"], "out"),
        (["report", "page-plan", "-o", "plan.md"], "plan-charts"),
        (["report", "page-plan", "-o", "data/../out/plan.md"], "out"),
        (["report", "page-plan", "-o", "deep/er/plan.md"], "deep"),
        (["export", "csv", "-o", "out"], "out"),
        (["export", "json", "-o", "out/plan.json"], "out"),
        (["schema", "-o", "schemas"], "schemas"),
        (["templates", "copy", "style.css"], "templates"),
        (["returns", "make", "--lead", "libraries", "-o", "out/l.xlsx"], "out"),
        (["init", "new"], "new/schemas"),
    ],
)
def test_no_output_goes_through_a_link_to_a_folder(
    arguments: list[str], link: str, home: Path, secret: Path, diplan: Diplan
) -> None:
    """A link in a repository that leads out of it is no way for what a command writes."""
    (home / link).parent.mkdir(exist_ok=True)
    (home / link).symlink_to(secret.parent)
    said = diplan(*arguments, cwd=home)

    if link != "plan-charts":  # this plan has no charts to write
        assert said.code == 2, said.err
        assert "leads out of" in said.err
    assert [path.name for path in secret.parent.iterdir()] == ["secret.md"]


def test_no_output_goes_under_a_dot_by_a_link(home: Path, diplan: Diplan) -> None:
    """A link to a folder in the repository is a way, but not to what git keeps for itself."""
    (home / "site").mkdir()
    (home / "out").symlink_to("site")
    (home / "hooks").symlink_to(".git")
    assert diplan("report", "page-plan", "-o", "out/plan.md", cwd=home).code == 0
    said = diplan("report", "page-plan", "-o", "hooks/plan.md", cwd=home)

    assert said.code == 2
    assert "leads out of" in said.err
    assert (home / "site" / "plan.md").exists()
    assert not (home / ".git" / "plan.md").exists()


@pytest.mark.parametrize("name", ["ring.md", "ring/plan.md", "ring/../plan.md"])
def test_a_ring_of_links_is_no_fault_of_diplan(name: str, home: Path, diplan: Diplan) -> None:
    """An output that leads to itself is wrong usage, with a message."""
    (home / "ring").symlink_to("ring")
    (home / "ring.md").symlink_to("ring.md")
    assert diplan("report", "page-plan", "-o", name, cwd=home).code == 2


def test_a_link_above_the_plan_is_the_users_own(home: Path, tmp_path: Path, diplan: Diplan) -> None:
    """The folder that a person keeps plans in may be a link, and so may another output's."""
    (tmp_path / "plans").symlink_to(home.parent)
    (tmp_path / "shared").mkdir()
    (tmp_path / "out").symlink_to("shared")
    assert diplan(*RECORD, "--workspace", str(tmp_path / "plans" / "home")).code == 0
    path = str(tmp_path / "out" / "plan.md")
    said = diplan("report", "page-plan", "-o", path, "--workspace", str(home))
    assert said.code == 0, said.err
    assert (tmp_path / "shared" / "plan.md").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_pipe_is_written_to_and_never_waited_for(tmp_path: Path) -> None:
    """What reads at the other end of a pipe gets all of it; without a reader it is an error."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnwritableError, match="cannot be written"):
        write_file(tmp_path / "pipe", b"new")
    taken = []
    reader = threading.Thread(target=lambda: taken.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    while True:
        try:
            write_file(tmp_path / "pipe", b"x" * 1_000_000)
        except UnwritableError:
            continue
        break
    reader.join()
    assert taken == [b"x" * 1_000_000]


# ---- read


def to_config(data: Path, secret: Path) -> None:
    (data / "narrative").mkdir()
    (data / "narrative" / "aims.md").symlink_to("../../.git/config")


def to_env(data: Path, secret: Path) -> None:
    (data / "narrative").mkdir()
    (data / "narrative" / "aims.md").symlink_to("../../.env")


def to_outside(data: Path, secret: Path) -> None:
    (data / "narrative").mkdir()
    (data / "narrative" / "aims.md").symlink_to(secret)


def whole_folder(data: Path, secret: Path) -> None:
    (secret.parent / "aims.md").write_text("hunter2\n")
    (data / "narrative").symlink_to(secret.parent)


def hidden_inside(data: Path, secret: Path) -> None:
    (data / ".hidden").mkdir()
    (data / ".hidden" / "aims.md").write_text("hunter2\n")
    (data / "narrative").symlink_to(".hidden")


def ring(data: Path, secret: Path) -> None:
    (data / "narrative").mkdir()
    (data / "narrative" / "aims.md").symlink_to("aims.md")


def pipe(data: Path, secret: Path) -> None:
    (data / "narrative").mkdir()
    os.mkfifo(data / "narrative" / "aims.md")


@pytest.mark.skipif(os.name == "nt", reason="links and pipes as Unix has them")
@pytest.mark.parametrize(
    "plant", [to_config, to_env, to_outside, whole_folder, hidden_inside, ring, pipe]
)
def test_no_paragraph_comes_from_elsewhere(
    plant: Callable[[Path, Path], None], home: Path, secret: Path, diplan: Diplan
) -> None:
    """A link under data/ publishes nothing from elsewhere, and check says where it is."""
    plant(home / "data", secret)
    told = diplan("check", cwd=home)
    paper = diplan("report", "page-plan", "-f", "markdown", cwd=home)

    assert told.code == 1
    assert "[unreadable-file]" in told.err + told.out
    assert "data/narrative" in told.err + told.out
    assert "hunter2" not in paper.out + paper.err + told.out + told.err


@pytest.mark.parametrize(
    ("link", "name"),
    [(".", ".env"), (".", ".git/config"), ("/", "etc/passwd"), ("../elsewhere", "secret.md"),
     (".git", "config"), ("data", "plan.yaml")],
)  # fmt: skip
def test_templates_lie_in_their_folder(
    link: str, name: str, home: Path, secret: Path, diplan: Diplan
) -> None:
    """Where `templates` is a link, the built-in ones are used, and nothing else."""
    (home / "templates").symlink_to(link)
    (home / "report.md.j2").write_text(f"{{% include '{name}' %}}")
    (secret.parent / "report.md.j2").write_text("hunter2")
    said = diplan("report", "page-plan", "-f", "markdown", cwd=home)

    assert said.code == 0, said.err
    assert said.out.startswith("# ")
    assert "replaced" not in diplan("templates", "list", cwd=home).out


@pytest.mark.parametrize("name", ["../.env", "link", "way/config", ".hidden", "sub/.hidden"])
def test_no_template_leads_out(name: str, home: Path, diplan: Diplan) -> None:
    """In a folder that is one, a template reads neither by a path, a link nor under a dot."""
    folder = home / "templates"
    (folder / "sub").mkdir(parents=True)
    for hidden in (folder / ".hidden", folder / "sub" / ".hidden"):
        hidden.write_text("hunter2")
    (folder / "link").symlink_to("../.env")
    (folder / "way").symlink_to("../.git")
    (folder / "report.md.j2").write_text(f"{{% include '{name}' %}}")
    said = diplan("report", "page-plan", "-f", "markdown", cwd=home)

    assert said.code == 2
    assert "there is no template" in said.err
    assert "hunter2" not in said.out + said.err


def test_hidden_files_are_none_of_the_plan(home: Path) -> None:
    """Names with a dot are neither listed nor read."""
    (home / "data" / ".notes.yaml").write_text("hunter2")
    (home / "data" / ".actions").mkdir()
    (home / "data" / ".actions" / "x.yaml").write_text("hunter2")
    listed = Workspace(home).listing()

    assert not [path for path in listed if re.search(r"/\.", path)]
    for name in ("data/.notes.yaml", "data/.actions/x.yaml", "data/../.env"):
        with pytest.raises(UnreadableError):
            Workspace(home).read(name)


def test_data_that_is_a_link_is_told_about(home: Path, diplan: Diplan) -> None:
    """A plan whose data/ leads elsewhere is not read from there."""
    shutil.move(home / "data", home / "real")
    (home / "data").symlink_to("real")
    said = diplan("check", cwd=home)
    assert said.code == 1
    assert "this is not a file of the workspace" in said.err + said.out


def test_a_name_that_no_file_has_is_refused(home: Path) -> None:
    """What the system has no name for is no file, and no failure either."""
    for name in ("\0", "x" * 5000, "a/" * 3000, ""):
        with pytest.raises(UnreadableError):
            regular(home / "data", name)
