"""The commands that write: safe, quick and kind; each diff is what a careful person would make."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import Diplan, plan_at

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the real plan."""
    shutil.copytree(ROOT / "data", tmp_path / "home" / "data")
    return tmp_path / "home"


def diff(home: Path) -> list[str]:
    """The lines that differ from the real plan's, with their signs."""
    done = subprocess.run(
        ["git", "diff", "--no-index", "--unified=0", str(ROOT / "data"), str(home / "data")],
        capture_output=True, encoding="utf-8",
    )  # fmt: skip
    return [line for line in done.stdout.splitlines() if re.match(r"[+-](?![+-])", line)]


def test_record(home: Path, diplan: Diplan) -> None:
    """A figure is one line, and what it does to the verdict is said."""
    said = diplan(
        "record", "offline-households", "13,900", "--period", "2017",
        "--source", "strategy-2016", "--mark", "provisional", cwd=home,
    )  # fmt: skip

    assert (said.code, said.out) == (0, "")
    assert diff(home) == [
        "+    observations:",
        "+      - {period: 2017, value: 13900, marks: [provisional], source: strategy-2016}",
    ]
    assert "before: Households without internet access: No data" in said.err
    assert "after:  Households without internet access: Down from 15,000 to 13,900" in said.err
    assert said.err.endswith("wrote data/indicators.yaml\n")


def test_record_keeps_the_order_of_time(home: Path, diplan: Diplan) -> None:
    """A figure of an earlier year stands before the later ones."""
    diplan(
        "record", "offline-adults-share", "12.0", "--period", "2012",
        "--source", "ons-internet-users", cwd=home,
    )  # fmt: skip
    seen = plan_at(home).indicator["offline-adults-share"].observations
    assert [str(one.period) for one in seen][:3] == ["2012", "2013", "2014"]


@pytest.mark.parametrize(
    ("figure", "keys"),
    [
        ("1300", "value: 1300"),
        ("1,300", "value: 1300"),
        ("c. 4,500", "value: 4500, approximate: true"),
        ("about 4500", "value: 4500, approximate: true"),
        ("over 70", "low: 70"),
        ("just under 10,000", "high: 10000"),
        ("850 to 950", "low: 850, high: 950"),
        ("850-950", "low: 850, high: 950"),
        ("TBC", "missing: to-be-confirmed"),
        ("n/a", "missing: not-applicable"),
        ("not collected", "missing: not-collected"),
    ],
)
def test_figures_are_typed_as_people_write_them(
    figure: str, keys: str, home: Path, diplan: Diplan
) -> None:
    """What an e-mail or a spreadsheet says is understood."""
    said = diplan(
        "record", "offline-households", figure, "--period", "2017",
        "--source", "strategy-2016", "--yes", "--dry-run", cwd=home,
    )  # fmt: skip
    assert said.code == 0, said.err
    assert f"+      - {{period: 2017, {keys}, source: strategy-2016}}" in said.out
    assert diff(home) == []


@pytest.mark.parametrize("figure", ["lots", "1.300,5", "12%%", "--", "1e5", "5 apples", ""])
def test_what_is_no_figure_is_refused(figure: str, home: Path, diplan: Diplan) -> None:
    """It is said what was found, and how to write one."""
    said = diplan("record", "offline-households", "--period", "2017", "--", figure, cwd=home)
    assert said.code == 2
    assert "\n  = " in said.err
    assert diff(home) == []


@pytest.mark.parametrize(
    ("indicator", "figure", "doubt"),
    [
        ("offline-adults-share", "0.12", "was 12 meant?"),
        ("offline-adults-share", "25", "far worse than the last figure"),
        ("offline-adults", "900000", "90 times the last figure"),
        ("offline-adults", "500", "the last figure, 10,000, is 20 times as much"),
    ],
)
def test_a_doubtful_figure_needs_a_word(
    indicator: str, figure: str, doubt: str, home: Path, diplan: Diplan
) -> None:
    """A figure far out of line is refused without --yes, where nobody can be asked."""
    call = ("record", indicator, figure, "--period", "2021", "--source", "ons-internet-users")
    said = diplan(*call, cwd=home)
    sure = diplan(*call, "--yes", cwd=home)

    assert said.code == 2
    assert doubt in said.err
    assert "--yes" in said.err
    assert sure.code == 0


def test_a_figure_that_is_there_is_not_overwritten(home: Path, diplan: Diplan) -> None:
    """Another figure for the same period is a revision, and the message says how to make one."""
    said = diplan("record", "offline-adults-share", "12", "--period", "2020", cwd=home)
    assert said.code == 2
    assert "diplan revise offline-adults-share observations.2020.value=..." in said.err


def test_a_figure_takes_the_place_of_one_to_be_confirmed(home: Path, diplan: Diplan) -> None:
    """What was to be confirmed is recorded like any figure, and is no change of the past."""
    source = ("--source", "strategy-2016")
    first = diplan("record", "offline-households", "TBC", "--period", "2017", cwd=home)
    second = diplan("record", "offline-households", "13,900", "--period", "2017", *source, cwd=home)

    assert (first.code, second.code) == (0, 0), second.err
    assert diff(home)[-1] == "+      - {period: 2017, value: 13900, source: strategy-2016}"


def test_a_baseline_that_was_to_be_confirmed(home: Path, diplan: Diplan) -> None:
    """`revise` takes a key away that has no value, and puts the change on record."""
    own = next(
        one for one in plan_at(home).indicators
        if one.baseline and one.baseline.missing == "to-be-confirmed"
    )  # fmt: skip
    said = diplan(
        "revise", own.id, "baseline.missing=", "baseline.period=2016", "baseline.value=30",
        "baseline.source=strategy-2016", "--why", "It was measured", cwd=home,
    )  # fmt: skip
    found = plan_at(home).indicator[own.id]

    assert said.code == 0, said.err
    assert found.baseline
    assert (str(found.baseline.value), found.baseline.missing) == ("30", None)
    assert "baseline.missing" in [one.what for one in found.revisions]


def test_update(home: Path, diplan: Diplan) -> None:
    """A grade may be named by its number, and has its evidence."""
    said = diplan(
        "update", "website-redesign", "2", "--date", "2017-03",
        "--evidence", "The design: so far, so good", cwd=home,
    )  # fmt: skip
    assert said.code == 0
    assert diff(home) == [
        "+    updates:",
        '+      - {date: 2017-03, grade: On-Track, evidence: "The design: so far, so good"}',
    ]


def test_add_indicator(home: Path, diplan: Diplan) -> None:
    """A new indicator stands at the end, its keys in the usual order."""
    said = diplan(
        "add", "indicator", "loans", "unit=tablets", "target.kind=at-least", "target.due=2020",
        "target.value=50", "priority=enable-access", "title=Tablets: on loan", "lead=libraries,ict",
        cwd=home,
    )  # fmt: skip
    assert said.code == 0, said.err
    assert diff(home)[-6:] == [
        "+  - id: loans",
        '+    title: "Tablets: on loan"',
        "+    priority: enable-access",
        "+    unit: tablets",
        "+    target: {kind: at-least, due: 2020, value: 50}",
        "+    lead: [libraries, ict]",
    ]


def test_several_cells_of_a_row_are_set_at_once(home: Path, diplan: Diplan) -> None:
    """A longer name does not move the place where the next cell is written."""
    name = plan_at(home).venues[0].id
    said = diplan(
        "set", name, "name=A longer name, with a comma", "status=closed", "wifi=no", cwd=home
    )

    assert said.code == 0
    own = plan_at(home).venues[0]
    assert (own.name, own.status, own.wifi) == ("A longer name, with a comma", "closed", False)


def test_add_action_and_venue(home: Path, diplan: Diplan) -> None:
    """Actions and places are added in the same way."""
    first = diplan(
        "add", "action", "tablet-loans", "title=Lend tablets", "priority=enable-access",
        "lead=libraries", "due=2018-03", cwd=home,
    )  # fmt: skip
    second = diplan(
        "add", "venue", "hub", "name=The hub, upstairs", "type=library", "wifi=yes", cwd=home
    )
    assert (first.code, second.code) == (0, 0), first.err + second.err
    assert plan_at(home).action["tablet-loans"].lead == ("libraries",)
    assert plan_at(home).venues[-1].name == "The hub, upstairs"
    assert plan_at(home).venues[-1].wifi is True


def test_set(home: Path, diplan: Diplan) -> None:
    """A key is changed where it stands, or added where it usually stands."""
    said = diplan("set", "website-redesign", "lead=ict,web-team", "note=Agreed in May", cwd=home)
    assert said.code == 0
    assert diff(home) == [
        "-    lead: [ict]",
        "+    lead: [ict, web-team]",
        "+    note: Agreed in May",
    ]


def test_set_on_the_cover_sheet(home: Path, diplan: Diplan) -> None:
    """The plan itself is called plan."""
    assert diplan("set", "plan", "organisation=Our Council", cwd=home).code == 0
    assert plan_at(home).cover.organisation == "Our Council"


def test_rename_takes_everything_along(home: Path, diplan: Diplan) -> None:
    """Every use of the id follows, in all files."""
    before = sum(line.count("libraries") for line in ALL_OF_IT.splitlines())
    said = diplan("rename", "libraries", "library-service", cwd=home)
    found = plan_at(home)

    assert said.code == 0
    assert "libraries" not in found.service
    assert not [one for one in found.actions if "libraries" in one.lead]
    assert not [one for one in found.indicators if "libraries" in one.lead]
    assert len(diff(home)) // 2 <= before
    assert all("librar" in line for line in diff(home))


ALL_OF_IT = "".join(
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "data").glob("*.yaml"))
)


def test_revise_is_what_the_ledger_asks_for(scratch: object, diplan: Diplan) -> None:
    """A revision of each kind passes `check --against`, entry and all."""
    home: Path = scratch.home  # type: ignore[attr-defined]
    calls = (
        ("residents-offline", "target.due=2021", "baseline.value=1100"),
        ("residents-offline", "observations.2017.value=905"),
        ("residents-offline", "unit=people"),
        ("taster-sessions", "due=2019-06"),
        ("taster-sessions", "updates.2018-03.grade=Slipped"),
    )
    for call in calls:
        said = diplan("revise", *call, "--why", "The count was wrong", cwd=home)
        assert said.code == 0, said.err
    held = diplan("check", "--against", "first", "--as-of", "2027", cwd=home)
    assert (held.code, held.out) == (0, "")


def test_a_dry_run_writes_nothing(home: Path, diplan: Diplan) -> None:
    """--dry-run shows the diff, for every command."""
    for call in (
        ("record", "offline-households", "5000", "--period", "2017", "--source", "strategy-2016"),
        ("update", "website-redesign", "1"),
        ("set", "website-redesign", "note=x"),
        ("rename", "ict", "it"),
        ("revise", "offline-households", "target.due=2021", "--why", "x"),
        ("add", "venue", "hub", "name=Hub", "type=library"),
    ):
        said = diplan(*call, "--dry-run", cwd=home)
        assert said.code == 0, said.err
        assert said.out.startswith("--- data/")
    assert diff(home) == []


@pytest.mark.parametrize(
    ("call", "message", "hint"),
    [
        (("record", "offline-househols", "1", "--period", "2017"), "offline-househols",
         'did you mean "offline-households"?'),
        (("record", "offline-households"), "FIGURE is missing", "asks you"),
        (("record", "offline-households", "1", "--period", "2017-13"), "no month 13", "01 to 12"),
        (("record", "offline-households", "1", "--period", "2017", "--source", "surv"),
         "unknown source", "the sources are"),
        (("record", "offline-households", "9000", "--period", "2017", "--source", "strategy-2016",
          "--mark", "guessed"), "guessed", "estimated"),
        (("update", "website-redesign", "splendid"), "splendid", "Fully Achieved"),
        (("update", "website-redesign"), "GRADE is missing", "On-Track"),
        (("update", "website-redesign", "7"), '"7"', "Fully Achieved"),
        (("set", "website-redesign", "due=2018"), "not changed quietly", "diplan revise"),
        (("set", "website-redesign", "leed=ict"), "leed", 'did you mean "lead"?'),
        (("set", "website-redesign", "id=other"), "used elsewhere", "diplan rename"),
        (("set", "website-redesign", "nonsense"), "KEY=VALUE", "lead=libraries"),
        (("set", "website-redesign",), "nothing to set", "note"),
        (("set", "website-redesign", "lead=ict", "--in", "somewhere"), "somewhere", "indicators"),
        (("set", "website-redesign", "priority=nowhere"), "unknown priority", "digital-skills"),
        (("rename", "ict", "libraries"), "already", "another id"),
        (("rename", "ict", "No Good"), "No Good", "small letters"),
        (("revise", "offline-households", "target.due=2021"), "why", "--why"),
        (("revise", "offline-households", "note=x", "--why", "y"), "needs no revision",
         "diplan set"),
        (("revise", "offline-adults", "observations.2001.value=1", "--why", "y"),
         "observations.2001", "there are 2020"),
        (("add", "indicator", "offline-households"), "already", "another id"),
        (("add", "indicator", "new-one", "title=New"), "priority=...", "asks you"),
        (("add", "venue", "new-one", "name=N", "type=library", "wifi=perhaps"), "perhaps", "yes"),
    ],
    ids=str,
)  # fmt: skip
def test_wrong_usage_is_explained(
    call: tuple[str, ...], message: str, hint: str, home: Path, diplan: Diplan
) -> None:
    """What was found is named, with a remedy, and nothing is written."""
    said = diplan(*call, cwd=home)
    assert said.code == 2, said.err
    assert message in said.err
    assert hint in said.err.partition("\n  = ")[2]
    assert diff(home) == []


@pytest.mark.parametrize("text", ["red \x1b[31m", "left \u202eright", "nul \x00"], ids=repr)
def test_characters_that_steer_a_terminal_are_refused(
    text: str, home: Path, diplan: Diplan
) -> None:
    """A note cannot bring in what could hide or reorder a line."""
    said = diplan("set", "website-redesign", f"note={text}", cwd=home)
    assert said.code == 2
    assert "\x1b" not in said.err
    assert diff(home) == []


# ---- at a terminal


def asked(home: Path, command: list[str], answers: list[str]) -> str:
    """What a command shows at a terminal where these answers are typed."""
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "diplan", *command],
        cwd=home, stdin=follower, stdout=follower, stderr=follower,
        env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"},
    )  # fmt: skip
    os.close(follower)
    os.write(leader, "".join(f"{answer}\n" for answer in answers).encode())
    shown, until = b"", time.monotonic() + 60
    while time.monotonic() < until:
        try:
            piece = os.read(leader, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    process.wait(timeout=60)
    return shown.decode().replace("\r\n", "\n")


def test_a_figure_is_asked_for(home: Path) -> None:
    """The last figure is shown, the period and the source have defaults, and the end is a yes."""
    shown = asked(home, ["record", "offline-adults-share"], ["", "11.9", "", "y"])

    assert "Last figure: 12.7% [u] (2020)" in shown
    assert "For which period? [2021]:" in shown
    assert "[ons-internet-users]:" in shown
    assert "+      - period: 2021\n+        value: 11.9\n+        source: ons-internet" in shown
    assert "Save it? [Y/n]:" in shown
    assert "wrote data/indicators.yaml" in shown
    assert len(diff(home)) == 3


def test_no_means_no(home: Path) -> None:
    """Whoever answers no at the end has changed nothing."""
    asked(home, ["record", "offline-adults-share"], ["", "11.9", "", "n"])
    assert diff(home) == []


def test_a_doubt_is_asked_about_once(home: Path) -> None:
    """A percentage that was typed as a share is asked about."""
    shown = asked(home, ["record", "offline-adults-share"], ["", "0.12", "", "n"])
    assert "was 12 meant? Is that right? [y/N]:" in shown
    assert diff(home) == []


def test_an_update_is_asked_for(home: Path) -> None:
    """The grades are listed with their numbers."""
    shown = asked(home, ["update", "website-redesign"], ["1", "Live since March", "y"])
    assert "  1  Fully Achieved" in shown
    assert "nobody has reported on it" in shown
    assert plan_at(home).action["website-redesign"].updates[0].evidence == "Live since March"


def test_a_question_is_asked_again(home: Path) -> None:
    """What cannot be read is said at once, and loses no other answer."""
    answers = ["soon", "2020", "Q1 2021/22", "lots", "11.9", "nowhere", "", "y"]
    shown = asked(home, ["record", "offline-adults-share"], answers)

    assert '"soon" is not a period' in shown
    assert "there is a figure for 2020 already" in shown
    assert '"lots" is not a figure' in shown
    assert 'nothing here is called "nowhere"' in shown
    assert [
        str(seen.period) for seen in plan_at(home).indicator["offline-adults-share"].observations
    ][-1] == "2021/22-Q1"


def test_grades_are_listed_with_their_meanings(home: Path) -> None:
    """Each grade says what it means; a heading is asked about as an action is."""
    shown = asked(home, ["update", "digital-skills"], ["9", "on track", "Two of five", "y"])

    assert "  2  On-Track: it goes as promised, and is not done yet" in shown
    assert 'no grade is called "9"' in shown
    assert plan_at(home).priority["digital-skills"].updates[0].grade == "On-Track"


def test_a_milestone_is_asked_for(home: Path) -> None:
    """The target and its milestones are shown; a relative target asks for its own kind of step."""
    command = ["add", "milestone", "universal-credit-online"]
    shown = asked(home, command, ["soon", "2018", "lots", "70", "Agreed in May", "y"])
    found = plan_at(home).indicator["universal-credit-online"]

    assert "Target: at least 85% by 2020; no milestone yet" in shown
    assert '"soon" is not a period' in shown
    assert '"lots" is not a number' in shown
    assert [(str(stone.period), str(stone.value)) for stone in found.milestones] == [("2018", "70")]
    assert (found.revisions[-1].what, found.revisions[-1].why) == (
        "milestones.2018",
        "Agreed in May",
    )
    halved = asked(home, ["add", "milestone", "offline-households"], ["2018", "30", "Agreed", "n"])
    assert "By how many per cent of the baseline?" in halved


def test_an_indicator_is_asked_for(home: Path) -> None:
    """What a new indicator needs is asked for, key by key; a target's own key by its kind."""
    answers = ["Tablets on loan", "access", "tablets", "Library service", "", "at-least", "50",
               "soon", "2020", "", "y"]  # fmt: skip
    shown = asked(home, ["add", "indicator", "loans"], answers)
    found = plan_at(home).indicator["loans"]

    assert "at-least: A level or more" in shown
    assert '"soon" is not a period' in shown
    assert "  target due: 2020" in shown
    assert found.title == "Tablets on loan"
    assert (found.target.kind, str(found.target.due)) == ("at-least", "2020")
