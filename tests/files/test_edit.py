"""Writing: one small splice, checked before it is saved, whole or not at all, one at a time."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Diplan
from diplan.checks import check
from diplan.cli import run
from diplan.files.edit import EditError, Put, draft, save, writing
from diplan.files.journal import before_interrupted_edit
from diplan.files.load import load
from diplan.files.workspace import Overlaid, Workspace, write_file
from diplan.files.yaml.plain import Plain
from diplan.ground.errors import UnwritableError
from diplan.ground.period import Period, period
from diplan.plan import Plan
from diplan.problems import Finding, Place

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "errors" / "base"
AS_OF = period("2018")


@pytest.fixture
def home(tmp_path: Path) -> Workspace:
    """A copy of the small plan."""
    shutil.copytree(BASE, tmp_path / "home")
    return Workspace(tmp_path / "home")


def figure(value: str = "650", when: str = "2019") -> list[Put]:
    """A figure at the end of the first indicator's."""
    values = {"period": when, "value": value, "source": "survey"}
    return [Put(Place("indicators", 0, ("observations", 2)), dict(values))]


def test_a_draft_writes_nothing(home: Workspace) -> None:
    """A preview leaves the files as they are, and shows one added line."""
    before = home.read("data/indicators.yaml")
    made = draft(home, lambda _: figure(), AS_OF)

    assert home.read("data/indicators.yaml") == before
    changed = [line for line in made.diff().splitlines() if re.match(r"[+-](?![+-])", line)]
    assert changed == ["+      - {period: 2019, value: 650, source: survey}"]


def test_what_is_saved_is_what_was_drafted(home: Workspace) -> None:
    """Saving puts the drafted files in place, and the plan differs only where it was meant to."""
    before = load(home).plan
    made = save(home, lambda _: figure(), AS_OF)
    after = load(home).plan

    assert before
    assert after
    assert home.read("data/indicators.yaml") == made.files["data/indicators.yaml"][1]
    assert len(after.indicators[0].observations) == 3
    undone = replace(after.indicators[0], observations=before.indicators[0].observations)
    assert (undone, *after.indicators[1:]) == before.indicators
    assert after.actions == before.actions


def test_an_edit_that_brings_an_error_is_refused(home: Workspace) -> None:
    """A figure from an unknown source is refused with its remedy, and nothing is written."""
    before = home.read("data/indicators.yaml")
    values = {"period": "2019", "value": "1", "source": "survay"}
    put = Put(Place("indicators", 0, ("observations", 2)), dict(values))
    with pytest.raises(EditError, match="unknown source") as caught:
        save(home, lambda _: [put], AS_OF)

    assert caught.value.hint == 'did you mean "survey"?'
    assert home.read("data/indicators.yaml") == before


def test_errors_that_were_there_do_not_hold_up_an_edit(home: Workspace) -> None:
    """A plan with a problem elsewhere can still be edited."""
    path = home.root / "data" / "actions.yaml"
    path.write_text(path.read_text().replace("lead: [libraries]", "lead: [nobody]"))
    save(home, lambda _: figure(), AS_OF)
    assert b"value: 650" in home.read("data/indicators.yaml")


def test_a_file_with_broken_yaml_is_left_alone(home: Workspace) -> None:
    """A file that cannot be read whole is not spliced into; the lines to paste are given."""
    path = home.root / "data" / "indicators.yaml"
    path.write_text(path.read_text() + "  broken: [\n")
    with pytest.raises(EditError, match="problems of its own"):
        save(home, lambda _: figure(), AS_OF)
    assert path.read_text().endswith("  broken: [\n")


@pytest.mark.parametrize(
    "form",
    [
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.rstrip(b"\n"),
    ],
    ids=["CRLF", "BOM", "no final newline"],
)
def test_the_form_of_a_file_is_kept(home: Workspace, form: Callable[[bytes], bytes]) -> None:
    """Line ends, a byte order mark and a missing last newline stay as they are."""
    path = home.root / "data" / "indicators.yaml"
    path.write_bytes(form(path.read_bytes()))
    before = path.read_bytes()
    save(home, lambda _: figure(), AS_OF)
    after = path.read_bytes()

    assert after.startswith(before[:3])
    assert (b"\r\n" in after) == (b"\r\n" in before)
    assert not re.search(rb"(?<!\r)\n", after) or b"\r\n" not in before
    assert after.endswith(b"\n") == before.endswith(b"\n")


def test_the_mode_is_kept(home: Workspace) -> None:
    """A file has the mode that it had."""
    path = home.root / "data" / "indicators.yaml"
    path.chmod(0o640)
    save(home, lambda _: figure(), AS_OF)

    assert b"value: 650" in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs two users")
def test_the_owner_is_kept(home: Workspace) -> None:
    """A file belongs to whom it belonged to, even if somebody else edits it."""
    path = home.root / "data" / "indicators.yaml"
    os.chown(path, 1234, 4321)
    save(home, lambda _: figure(), AS_OF)

    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 4321)


def test_a_file_that_is_read_only_stays(home: Workspace) -> None:
    """Who made a file read-only meant it: an edit of it is refused, whoever asks."""
    path = home.root / "data" / "indicators.yaml"
    before = path.read_bytes()
    path.chmod(0o444)
    with pytest.raises(UnwritableError, match="read-only"):
        save(home, lambda _: figure(), AS_OF)

    assert path.read_bytes() == before
    assert not list(path.parent.glob(".*"))


def test_no_link_is_written_through(home: Workspace) -> None:
    """A data file that is a link to another one is read, and an edit of it is refused."""
    path = home.root / "data" / "indicators.yaml"
    real = path.with_name("more.txt")
    path.rename(real)
    path.symlink_to(real.name)
    before = real.read_bytes()
    with pytest.raises(UnwritableError, match="it is a link"):
        save(home, lambda _: figure(), AS_OF)

    assert real.read_bytes() == before
    assert path.is_symlink()


def test_a_change_underneath_is_seen(home: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody wrote between reading and saving is not overwritten."""
    path = home.root / "data" / "indicators.yaml"

    def checked(plan: Plan, as_of: Period) -> Iterator[Finding]:
        path.write_bytes(path.read_bytes().rstrip() + b"\n# by another program\n")
        return check(plan, as_of)

    monkeypatch.setattr("diplan.files.new_errors.check", checked)
    with pytest.raises(EditError, match="another program"):
        save(home, lambda _: figure(), AS_OF)
    assert path.read_bytes().endswith(b"# by another program\n")


def test_a_new_section_gets_a_file(home: Workspace) -> None:
    """The first venue of a plan without any begins the file, with its header."""
    (home.root / "data" / "venues.csv").unlink()
    values = {"id": "library", "name": "Library, the new one", "type": "library"}
    save(home, lambda _: [Put(Place("venues", 0), dict(values))], AS_OF)
    text = home.read("data/venues.csv").decode()

    assert text.startswith("id,name,type,status,")
    assert '"Library, the new one"' in text
    found = load(home).plan
    assert found
    assert found.venues[0].name == "Library, the new one"


def test_a_cell_of_a_table(home: Workspace) -> None:
    """A cell is exchanged, and the rest of its row stays."""
    save(home, lambda _: [Put(Place("venues", 0, ("public_computers",)), "14")], AS_OF)
    row = home.read("data/venues.csv").decode().splitlines()[1]
    assert (
        row
        == "central-library,Central Library,library,Exampleton,ZZ1 1ZZ,53.0,-2.2,14,yes,2018,survey"
    )


def test_files_of_a_folder(home: Workspace) -> None:
    """A new entity goes into the last file of its section; each edit into the file it is in."""
    data = home.root / "data"
    (data / "indicators").mkdir()
    (data / "indicators" / "more.yaml").write_text(
        "indicators:\n  - id: more\n    title: More\n    priority: get-online\n    unit: x\n"
        "    target: {kind: increase}\n"
    )
    new: Plain = {"id": "newer", "title": "Newer", "unit": "x", "target": {"kind": "none"}}
    puts = [
        *figure(),
        Put(Place("indicators", 3), new),
        Put(Place("indicators", 2, ("note",)), "n"),
    ]
    made = save(home, lambda _: puts, AS_OF)

    assert sorted(made.files) == ["data/indicators.yaml", "data/indicators/more.yaml"]
    found = load(home).plan
    assert found
    assert [one.id for one in found.indicators][2:] == ["more", "newer"]
    assert found.indicators[2].note == "n"


# ---- whole or not at all


TOUCHES = {"open", "os.rename", "os.chmod", "os.chown", "os.remove", "os.link", "os.truncate"}
"""What Python tells of before it does something to a file."""


def crashes(home: Path, arguments: list[str]) -> list[Path]:
    """Run a command, and copy its folder each time that it is about to touch a file there.

    Each copy is what a process leaves that is killed at that step: nothing of it runs any more,
    and what it holds in memory is gone. The command runs in a process of its own, as what Python
    tells of files cannot be unsubscribed from.
    """
    kept = home.with_name(f"{home.name}-killed")
    if child := os.fork():
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 0
        return sorted(kept.iterdir(), key=lambda copy: int(copy.name))
    steps = count(1)
    copying = False

    def keep(event: str, given: tuple[object, ...]) -> None:
        nonlocal copying
        if copying or event not in TOUCHES or not given:
            return
        if str(given[0]).startswith(str(home.resolve())):
            copying = True
            copy = kept / str(next(steps))
            shutil.copytree(home, copy) if home.exists() else copy.mkdir(parents=True)
            copying = False

    sys.addaudithook(keep)
    os._exit(run(arguments))


SMALL = ["record", "residents-offline", "650", "--period", "2019", "--source", "survey"]
LARGE = ["rename", "libraries", "library-service"]


def state(home: Workspace) -> dict[str, bytes]:
    """What the files of a plan hold, as a command reads them."""
    shown, _ = before_interrupted_edit(Workspace(home.root))
    return {path: shown.read(path) for path in shown.listing()}


def half_done(home: Workspace) -> Workspace:
    """A plan as an edit of two files leaves it that is killed when it has written one of them."""
    before = state(home)
    copies = crashes(home.root, [*LARGE, "--workspace", str(home.root)])
    for copy in map(Workspace, copies):
        if copy.read("data/plan.yaml") != before["data/plan.yaml"]:
            return copy
    raise AssertionError("no copy has the first file changed and the second not")


@pytest.mark.skipif(os.name == "nt", reason="kills as Unix does")
@pytest.mark.parametrize("arguments", [SMALL, LARGE], ids=["one file", "two files"])
def test_a_crash_leaves_the_old_plan_or_the_new_one(home: Workspace, arguments: list[str]) -> None:
    """Killed at every step, a process leaves a whole plan, which the next writer makes good."""
    old, seen = state(home), []
    for copy in crashes(home.root, [*arguments, "--workspace", str(home.root)]):
        left = Workspace(copy)
        shown = state(left)
        seen.append(shown)
        with writing(Workspace(copy)):
            pass
        assert state(left) == shown
        assert Workspace(copy).listing() == sorted(shown)
        assert not list((copy / "data").glob(".*"))
    new = state(home)

    assert new != old
    assert all(shown in (old, new) for shown in seen)
    assert old in seen
    assert len(seen) > 15


@pytest.mark.skipif(os.name == "nt", reason="kills as Unix does")
def test_what_is_put_back_is_told(home: Workspace, diplan: Diplan) -> None:
    """Reading an edit that was cut short writes nothing and says so; writing makes it good."""
    before = state(home)
    root = half_done(home).root
    half = {path: path.read_bytes() for path in sorted((root / "data").iterdir())}
    read = diplan("check", cwd=root)

    assert read.code == 0, read.err
    assert "shown as it was before" in read.err
    assert half == {path: path.read_bytes() for path in sorted((root / "data").iterdir())}

    written = diplan("set", "residents-offline", "note=Agreed", cwd=root)
    assert written.code == 0, written.err
    assert "put back data/plan.yaml: an edit of it was cut short" in written.err
    after = state(Workspace(root))
    assert after.pop("data/indicators.yaml") != before.pop("data/indicators.yaml")
    assert after == before


@pytest.mark.skipif(os.name == "nt", reason="kills as Unix does")
def test_init_that_was_killed_can_be_run_again(tmp_path: Path) -> None:
    """Killed wherever it touches a file, `init` can be run again and makes the whole plan."""
    whole = tmp_path / "whole"
    copies = crashes(whole, ["init", str(whole), "--title", "Ours"])

    def written(home: Path) -> dict[str, bytes]:
        paths = (path for path in home.rglob("*") if path.is_file())
        return {path.relative_to(home).as_posix(): path.read_bytes() for path in paths}

    for copy in copies:
        if not (copy / "data" / "plan.yaml").exists():  # not all was written
            assert run(["init", str(copy), "--title", "Ours"]) == 0, copy
        assert written(copy) == written(whole)
    assert len(copies) > 30


def test_init_leaves_other_data_alone(tmp_path: Path, diplan: Diplan) -> None:
    """What no killed run can have written is somebody's own, and nothing is made beside it."""
    for name, content in (("actions.yaml", "actions:\n"), ("mine.txt", "mine")):
        home = tmp_path / name
        (home / "data").mkdir(parents=True)
        (home / "data" / name).write_text(content)
        said = diplan("init", str(home))
        assert said.code == 2
        assert "there is data in" in said.err
        assert [path.name for path in home.rglob("*")] == ["data", name]


@pytest.mark.skipif(os.name == "nt", reason="kills as Unix does")
def test_putting_back_can_be_cut_short_as_well(home: Workspace) -> None:
    """Killed while it puts files back, a writer leaves it to the next one, and no file is lost."""
    before = state(home)
    half = half_done(home)
    edit = ["set", "residents-offline", "note=Agreed", "--workspace", str(half.root)]
    seen = [state(Workspace(copy)) for copy in crashes(half.root, edit)]
    after = state(half)

    assert len(seen) > 15
    assert all(shown in (before, after) for shown in seen)
    assert before in seen
    assert after != before


@pytest.mark.parametrize("at", range(2, 9))
def test_a_disk_that_fills_up_leaves_the_old_plan(
    at: int, home: Workspace, diplan: Diplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever a file cannot be written or put in place, all files are as they were."""
    before, tries = state(home), []
    replace_file, sync = Path.replace, os.fsync

    def full(call: Callable[..., object]) -> Callable[..., object]:
        def tried(*arguments: object) -> object:
            tries.append(call)
            if len(tries) == at:
                raise OSError(28, "No space left on device")
            return call(*arguments)

        return tried

    monkeypatch.setattr(Path, "replace", full(replace_file))
    monkeypatch.setattr(os, "fsync", full(sync))
    said = diplan(*LARGE, cwd=home.root)
    after = state(home)

    assert (said.code == 0) == (after != before)
    assert not list((home.root / "data").glob(".*"))


def test_a_second_file_that_is_read_only_stops_the_first(home: Workspace, diplan: Diplan) -> None:
    """Where one of several files may not be written, none is, and the message says which."""
    before = state(home)
    (home.root / "data" / "actions.yaml").chmod(0o444)
    said = diplan(*LARGE, cwd=home.root)

    assert said.code == 2
    assert 'data/actions.yaml" cannot be written: it is read-only' in said.err
    assert state(home) == before
    assert not list((home.root / "data").glob(".*"))


def test_what_cannot_be_put_back_is_told(
    home: Workspace, diplan: Diplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the disk fails for good half-way, the plan is read as it was, and made good later."""
    before = state(home)
    replace_file, done = Path.replace, []

    def broken(self: Path, target: Path) -> Path:
        done.append(target)
        if len(done) > 2:  # the journal and the first file
            raise OSError(5, "Input/output error")
        return replace_file(self, target)

    monkeypatch.setattr(Path, "replace", broken)
    said = diplan(*LARGE, cwd=home.root)
    monkeypatch.undo()

    assert said.code == 2
    assert "data/plan.yaml could not be put back" in said.err
    assert "the next command that writes tries it again" in said.err
    assert Workspace(home.root).read("data/plan.yaml") != before["data/plan.yaml"]
    assert state(home) == before
    with writing(home):
        pass
    assert Workspace(home.root).read("data/plan.yaml") == before["data/plan.yaml"]


def test_a_full_disk_leaves_the_old_file(home: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the new file cannot be written, the old one stays and nothing is left beside it."""
    path = home.root / "data" / "indicators.yaml"
    before = path.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Exception, match="cannot be written"):
        write_file(path, b"new")
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".*"))


# ---- one writer at a time


def test_writers_lose_nothing(home: Workspace, tmp_path: Path) -> None:
    """Processes record a figure at the same time, each with its own folder for what is temporary.

    All figures are there in the end, in order, and nothing else is.
    """
    years = [str(year) for year in range(2019, 2023)]
    command = [sys.executable, "-m", "diplan", "record", "residents-offline", "700", "--source",
               "survey", "--yes", "--workspace", str(home.root), "--period"]  # fmt: skip
    running = []
    for year in years:
        (tmp_path / year).mkdir()
        own = {**os.environ, "TMPDIR": str(tmp_path / year)}
        running.append(
            subprocess.Popen([*command, year], cwd=ROOT, stderr=subprocess.PIPE, env=own)
        )
    for process in running:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said.decode()
    found = load(home).plan
    assert found
    assert [str(one.period) for one in found.indicators[0].observations] == ["2017", "2018", *years]
    assert not list((home.root / "data").glob(".*"))


# ---- errors that an edit brings


NOBODY = """  - id: broken-action
    title: An action that names nobody
    priority: get-online
    lead: [nobody]
    due: 2019
"""


def test_an_error_like_one_elsewhere_is_refused(home: Workspace) -> None:
    """The same mistake in another place is a new one, wherever the lines have moved."""
    path = home.root / "data" / "actions.yaml"
    path.write_text(path.read_text().rstrip("\n") + "\n" + NOBODY)
    with pytest.raises(EditError, match="nobody"):
        save(home, lambda _: [Put(Place("actions", 0, ("lead",)), ["nobody"])], AS_OF)
    save(home, lambda _: [Put(Place("actions", 0, ("note",)), "x" * 300)], AS_OF)
    save(home, lambda _: [Put(Place("actions", 2, ("lead",)), ["libraries"])], AS_OF)


@pytest.mark.parametrize("whole", [False, True], ids=["the last", "all"])
def test_what_is_new_comes_after_a_broken_item(home: Workspace, whole: bool) -> None:
    """A new action stands behind items that cannot be read, and takes the place of none."""
    path = home.root / "data" / "actions.yaml"
    broken = "  - id: broken\n    title: Broken\n    due: never\n"
    old = "actions:\n" + broken if whole else path.read_text().rstrip("\n") + "\n" + broken
    path.write_text(old)
    there = load(home).plan
    assert there
    new: Plain = {"id": "newer", "title": "Newer", "priority": "get-online", "due": "2019",
                  "lead": ["libraries"]}  # fmt: skip
    save(home, lambda _: [Put(Place("actions", len(there.actions)), new)], AS_OF)

    assert path.read_text().startswith(old)
    assert "id: newer" in path.read_text()


# ---- any sequence of edits


HOMES = [BASE, ROOT, *sorted(path for path in (ROOT / "examples").iterdir())]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["record", "update", "note", "lead", "rename", "new"]),
        st.integers(0, 40),
        st.sampled_from(["1", "2.5", "about that", "# 1: yes", "Ünï", "no", "x" * 120]),
    ),
    min_size=1,
    max_size=4,
)


def step(plan: Plan, kind: str, number: int, text: str) -> list[Put]:
    """A valid edit of a plan."""
    indicators, actions = plan.indicators, plan.actions
    if not indicators:
        kind = "new"
    at = number % max(len(indicators), 1)
    if kind == "record" and (own := indicators[at]).derived is None:
        year = max([2000, *(one.period.last_day.year for one in own.observations)]) + 1
        value = {"period": str(year), "value": "5", "source": plan.sources[0].id, "note": text}
        return [Put(Place("indicators", at, ("observations", len(own.observations))), dict(value))]
    if kind == "update" and actions:
        at = number % len(actions)
        value = {"date": "2050-01", "grade": plan.cover.grades[0], "evidence": text}
        return [Put(Place("actions", at, ("updates", len(actions[at].updates))), dict(value))]
    if kind == "lead" and plan.services:
        names = [one.id for one in plan.services][: number % 3 + 1]
        return [Put(Place("indicators", at, ("lead",)), list(names))]
    if kind == "rename":
        return [Put(Place("indicators", at, ("title",)), f"{text} {number}")]
    if kind == "new":
        new = {"id": f"new-{number}-{len(indicators)}", "title": text, "unit": "units"}
        return [Put(Place("indicators", len(indicators)), {**new, "target": {"kind": "none"}})]
    return [Put(Place("indicators", at, ("note",)), text)]


@given(st.sampled_from(HOMES), st.booleans(), STEPS)
def test_any_sequence_of_edits_gives_a_plan(
    root: Path, windows: bool, steps: list[tuple[str, int, str]]
) -> None:
    """Each edit of any file gives a plan without a new error; comments and line ends survive."""
    home: Workspace = Workspace(root)
    if windows:
        names = [name for name in home.listing() if name.endswith(".yaml")]
        home = Overlaid(home, {name: home.read(name).replace(b"\n", b"\r\n") for name in names})
    comments = {
        name: re.findall(rb"(?m)^\s*#[^\r\n]*", home.read(name))
        for name in home.listing()
        if name.endswith(".yaml")
    }
    plan = load(home).plan
    for kind, number, text in steps:
        assert plan
        puts = step(plan, kind, number, text)
        made = draft(home, lambda _, puts=puts: puts, AS_OF)  # type: ignore[misc]
        plan = made.after.plan
        home = Overlaid(home, {path: new for path, (_, new) in made.files.items()})
        for old, new in made.files.values():
            assert old
            assert (b"\r\n" in new) == (b"\r\n" in old)
            assert len(new.splitlines()) >= len(old.splitlines()) - 12
    for name, known in comments.items():
        assert re.findall(rb"(?m)^\s*#[^\r\n]*", home.read(name)) == known
