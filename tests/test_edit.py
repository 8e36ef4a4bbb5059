"""Writing: one small splice, checked before it is saved, whole or not at all, one at a time."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplan.edit import EditError, Put, draft, save
from diplan.loading import load
from diplan.model import Plan
from diplan.period import period
from diplan.problems import Place
from diplan.syntax.plain import Plain
from diplan.workspace import Overlaid, Workspace, write_file

ROOT = Path(__file__).parents[1]
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


def test_mode_and_link_are_kept(home: Workspace, tmp_path: Path) -> None:
    """A link still leads to the file, which has the mode that it had."""
    path = home.root / "data" / "indicators.yaml"
    real = home.root / "real.yaml"
    path.rename(real)
    path.symlink_to(real)
    real.chmod(0o640)
    save(home, lambda _: figure(), AS_OF)

    assert path.is_symlink()
    assert b"value: 650" in real.read_bytes()
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_change_underneath_is_seen(home: Workspace) -> None:
    """What somebody wrote between reading and saving is not overwritten."""
    path = home.root / "data" / "indicators.yaml"

    def meanwhile(_: object) -> list[Put]:
        return figure()

    class Racing(Workspace):
        """A workspace into which another program writes after it was read twice."""

        reads = 0

        def read(self, name: str) -> bytes:
            found = super().read(name)
            if name.endswith("indicators.yaml"):
                self.reads += 1
                if self.reads == 3:
                    path.write_bytes(found + b"# by another program\n")
            return found

    with pytest.raises(EditError, match="another program"):
        save(Racing(home.root), meanwhile, AS_OF)
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


KILLED = """
import os, signal, sys
from pathlib import Path

home, step = Path(sys.argv[1]).resolve(), int(sys.argv[2])
count = 0

def tick(event, arguments):
    global count
    if event not in ("open", "os.rename", "os.chmod", "os.remove", "os.link", "os.truncate"):
        return
    if not arguments or not str(arguments[0]).startswith(str(home)):
        return
    count += 1
    if count == step:
        os.kill(os.getpid(), signal.SIGKILL)

sys.argv = ["diplan", "record", "residents-offline", "650", "--period", "2019",
            "--source", "survey", "--workspace", str(home)]
from diplan.cli import run
sys.addaudithook(tick)
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="kills as Unix does")
def test_a_crash_leaves_the_old_file_or_the_new_one(home: Workspace) -> None:
    """Killed at every step at which it touches a file, the process leaves a whole plan."""
    path = home.root / "data" / "indicators.yaml"
    old = path.read_bytes()
    made = draft(home, lambda _: figure(), AS_OF).files["data/indicators.yaml"][1]
    step, kills = 0, 0
    while True:
        step += 1
        path.write_bytes(old)
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(home.root), str(step)], capture_output=True,
            cwd=ROOT,
        )  # fmt: skip
        assert path.read_bytes() in (old, made), step
        assert load(home).plan is not None
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        kills += 1
    assert path.read_bytes() == made
    assert kills > 5


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


def test_twenty_writers_lose_nothing(home: Workspace) -> None:
    """Twenty processes record a figure at the same time: all twenty are there, in order."""
    years = [str(year) for year in range(2019, 2039)]
    command = [sys.executable, "-m", "diplan", "record", "residents-offline", "700", "--source",
               "survey", "--workspace", str(home.root), "--period"]  # fmt: skip
    running = [
        subprocess.Popen([*command, year], cwd=ROOT, stderr=subprocess.PIPE) for year in years
    ]
    for process in running:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said.decode()
    found = load(home).plan
    assert found
    assert [str(one.period) for one in found.indicators[0].observations] == ["2017", "2018", *years]


# ---- any sequence of edits


HOMES = [BASE, ROOT, *sorted(path for path in (ROOT / "examples").iterdir())]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["record", "update", "note", "lead", "rename", "new"]),
        st.integers(0, 40),
        st.sampled_from(["1", "2.5", "about that", "# 1: yes", "Ünï", "no", "x" * 120]),
    ),
    min_size=1,
    max_size=6,
)


def step(plan: Plan, kind: str, number: int, text: str) -> list[Put]:
    """A valid edit of a plan."""
    indicators, actions = plan.indicators, plan.actions
    at = number % len(indicators)
    own = indicators[at]
    if kind == "record":
        year = max([2000, *(one.period.last_day.year for one in own.observations)]) + 1
        value = {"period": str(year), "value": "5", "source": plan.sources[0].id, "note": text}
        return [Put(Place("indicators", at, ("observations", len(own.observations))), dict(value))]
    if kind == "update" and actions:
        at = number % len(actions)
        value = {"date": "2050-01", "grade": plan.cover.scale[0], "evidence": text}
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


@settings(max_examples=60, deadline=None)
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
    for kind, number, text in steps:
        plan = load(home).plan
        assert plan
        puts = step(plan, kind, number, text)
        made = draft(home, lambda _, puts=puts: puts, AS_OF)  # type: ignore[misc]
        home = Overlaid(home, {path: new for path, (_, new) in made.files.items()})
        for old, new in made.files.values():
            assert (b"\r\n" in new) == (b"\r\n" in old)
            assert len(new.splitlines()) >= len(old.splitlines()) - 12
    for name, known in comments.items():
        assert re.findall(rb"(?m)^\s*#[^\r\n]*", home.read(name)) == known
