"""Many plans in one command: each is named, none keeps the others waiting, and all are counted."""

import csv
import io
import json
import os
import shutil
from pathlib import Path

import pytest

from conftest import ROOT, Diplan
from diplan.cli import many
from diplan.cli.many import LostProcessError, each

BASE = ROOT / "tests" / "errors" / "base"
PLANS = 2 * many.FEWEST


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder of as many plans as two processes are worth, which all measure the same."""
    for number in range(PLANS):
        home = tmp_path / "plans" / f"p{number:02}"
        shutil.copytree(BASE, home)
        replace(home / "data" / "plan.yaml", "id: example-plan", f"id: p{number:02}")
        value = f"definition: offline\n    area: Area {number}\n    unit: residents"
        replace(home / "data" / "indicators.yaml", "unit: residents", value)
        replace(home / "data" / "indicators.yaml", "value: 720", f"value: {700 + number}")
    return tmp_path / "plans"


def replace(path: Path, old: str, new: str) -> None:
    """Change a text in a file that has it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def broken(plans: Path, number: int = 3) -> str:
    """Break one of the plans; its folder."""
    home = plans / f"p{number:02}"
    replace(home / "data" / "actions.yaml", "title:", "titel:")
    return str(home)


COMMANDS = [
    ("status", "--as-of", "2018"),
    ("status", "--as-of", "2018", "--format", "json"),
    ("status", "--as-of", "2018", "--format", "csv"),
    ("check", "--as-of", "2018"),
    ("check", "--as-of", "2018", "--format", "json"),
    ("compare", "--as-of", "2018"),
    ("compare", "--as-of", "2018", "--format", "json"),
    ("export", "json", "--as-of", "2018"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_two_processes_give_the_same_as_one(
    command: tuple[str, ...], plans: Path, diplan: Diplan
) -> None:
    """Whoever is first, the output is in the order of the plans, to the last byte."""
    broken(plans)
    name = command[0] if command[0] != "export" else "export json"
    rest = command[len(name.split()) :]
    one, two = (diplan(*name.split(), str(plans), *rest, "--jobs", jobs) for jobs in "12")
    assert one == two
    assert one.code == 1


def test_status_of_each_plan_is_counted(plans: Path, diplan: Diplan) -> None:
    """JSON has each status as the command gives it alone; what was left out is named."""
    lost = broken(plans)
    said = diplan("status", str(plans), "--as-of", "2018", "--format", "json")
    whole = json.loads(said.out)
    assert (whole["schema"], whole["read"], whole["of"]) == (
        "diplan/statuses/1",
        PLANS - 1,
        PLANS,
    )
    alone = diplan("status", str(plans / "p04"), "--as-of", "2018", "--format", "json")
    assert json.loads(alone.out) in whole["plans"]
    assert f"left out: {lost}: part of its data cannot be read" in said.err
    assert f"read {PLANS - 1} of {PLANS} plans" in said.err
    assert said.code == 1


def test_every_row_names_its_plan(plans: Path, diplan: Diplan) -> None:
    """CSV has one header, and a column for the plan; other forms have its id in the title."""
    said = diplan("status", str(plans), "--as-of", "2018", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said.out, newline="")))
    assert [row["plan"] for row in rows][::2] == [f"p{number:02}" for number in range(PLANS)]
    assert {row["id"] for row in rows} == {"residents-offline", "adults-with-skills"}
    told = diplan("status", str(plans), "--as-of", "2018").out
    assert all(f"(p{number:02})\n" in told for number in range(PLANS))


def test_check_says_how_many_are_in_order(plans: Path, diplan: Diplan) -> None:
    """And shows the problems of the others, by their files."""
    lost = broken(plans)
    said = diplan("check", str(plans), "--as-of", "2018")
    assert said.code == 1
    assert f"{lost}/data/actions.yaml:" in said.out
    assert said.err.startswith(f"{PLANS - 1} of {PLANS} plans are in order: ")


def test_a_plan_that_is_gone_is_left_out(plans: Path, tmp_path: Path, diplan: Diplan) -> None:
    """A list may name a folder without a plan: the others are read all the same."""
    names = tmp_path / "list.txt"
    names.write_text("plans/p00\nnowhere\nplans/p01\n", encoding="utf-8")
    for command in ("check", "status", "compare"):
        said = diplan(command, str(names), "--as-of", "2018")
        assert said.code == 1, command
        assert "nowhere: no workspace in" in said.err
        assert "2 of 3 plans" in said.err


@pytest.mark.parametrize("command", ["status", "compare", "export json"])
def test_two_plans_of_one_id_are_an_error(command: str, plans: Path, diplan: Diplan) -> None:
    """Nobody could tell whose a row is."""
    replace(plans / "p01" / "data" / "plan.yaml", "id: p01", "id: p00")
    said = diplan(*command.split(), str(plans))
    assert said.code == 2
    assert 'two plans have the id "p00"' in said.err


def test_one_plan_is_printed_as_ever(diplan: Diplan) -> None:
    """A single folder of a plan as an argument is what --workspace names."""
    named = diplan("status", str(BASE), "--as-of", "2018")
    assert named == diplan("status", "--workspace", str(BASE), "--as-of", "2018")
    assert named.code == 0


def test_a_plan_writes_nothing_outside_the_folder(plans: Path, diplan: Diplan) -> None:
    """What a plan is called becomes no path: the files have the names of the tables."""
    replace(plans / "p01" / "data" / "plan.yaml", "id: p01", "id: ../../p01")
    out = plans.parent / "out"
    said = diplan("export", "csv", str(plans), "--as-of", "2018", "--output", str(out))
    assert said.code == 1
    assert {path.parent for path in plans.parent.rglob("*.csv")} - {
        path / "data" for path in plans.iterdir()
    } == {out}


def test_an_export_is_kept_out_of_each_plans_data(plans: Path, diplan: Diplan) -> None:
    """Of whichever of the plans."""
    inside = plans / "p05" / "data" / "tables"
    said = diplan("export", "csv", str(plans), "--output", str(inside))
    assert said.code == 2
    assert "inside the plan's own data" in said.err
    assert not inside.exists()


def test_a_workbook_is_for_one_plan(plans: Path, diplan: Diplan) -> None:
    """It is taken back into that."""
    said = diplan("export", "xlsx", str(plans), "--output", str(plans.parent / "all.xlsx"))
    assert said.code == 2
    assert "a workbook is for one plan" in said.err


# ---- processes


def end(folder: Path) -> str:
    """End the process, as a machine without memory does."""
    os._exit(9)


def fail(folder: Path) -> str:
    """Fail as only a bug does."""
    raise ZeroDivisionError(folder.name)


def test_a_lost_process_is_an_error_that_says_what_to_do() -> None:
    """Nobody waits for a process that is gone."""
    with pytest.raises(LostProcessError, match="ended before it was done"):
        list(each(end, [Path(str(number)) for number in range(PLANS)], 2))


def test_a_bug_in_a_process_is_not_hidden() -> None:
    """It is raised, for the one place that says so, and the other processes end."""
    with pytest.raises(ZeroDivisionError):
        list(each(fail, [Path(str(number)) for number in range(PLANS)], 2))


# ---- neighbours and groups


def with_areas(plans: Path) -> None:
    """Give each plan an area, and the first one neighbours."""
    for number in range(PLANS):
        more = f"id: p{number:02}\n  area: E0600{number:04}"
        if number == 0:
            more += "\n  neighbours: [E06000003, E06000005, E06009999]"
        replace(plans / f"p{number:02}" / "data" / "plan.yaml", f"id: p{number:02}", more)


def compared(said: str) -> list[str]:
    """The plans in a comparison as JSON."""
    return [plan["id"] for plan in json.loads(said)["plans"]]


def test_a_council_sees_itself_among_its_neighbours(plans: Path, diplan: Diplan) -> None:
    """Only those that it names, and itself."""
    with_areas(plans)
    said = diplan("compare", str(plans), "--like", "p00", "--as-of", "2018", "--format", "json")
    whole = json.loads(said.out)
    assert compared(said.out) == ["p00", "p03", "p05"]
    assert whole["own"] == "p00"
    assert {figure["plan"] for figure in whole["figures"]} == {"p00", "p03", "p05"}
    assert whole["definitions"][0]["series"] == 3


def test_a_group_is_a_list_in_a_file(plans: Path, tmp_path: Path, diplan: Diplan) -> None:
    """Of areas, or of ids of plans."""
    with_areas(plans)
    path = tmp_path / "groups.yaml"
    path.write_text("some: [E06000001, p07]\n", encoding="utf-8")
    named = ("--groups", str(path), "--group")
    said = diplan("compare", str(plans), *named, "some", "--as-of", "2018", "--format", "json")
    assert compared(said.out) == ["p01", "p07"]
    wrong = diplan("compare", str(plans), *named, "smoe", "--as-of", "2018")
    assert (wrong.code, 'did you mean "some"?' in wrong.err) == (2, True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--like", "p01"), "names no neighbours"),
        (("--like", "p99"), 'no plan is called "p99"'),
        (("--group", "some"), "--group and --groups go together"),
        (("--like", "p00", "--group", "some"), "--like and --group"),
    ],
)
def test_wrong_choices_are_explained(
    options: tuple[str, ...], said: str, plans: Path, diplan: Diplan
) -> None:
    """With what to do about them."""
    with_areas(plans)
    told = diplan("compare", str(plans), *options)
    assert told.code == 2
    assert said in told.err


def test_many_plans_are_told_by_their_spread(
    plans: Path, diplan: Diplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond a screenful: counts, quartiles and both ends; --all has the rows."""
    monkeypatch.setattr("diplan.report.caveats.SCREENFUL", PLANS - 1)
    said = " ".join(diplan("compare", str(plans), "--as-of", "2018").out.split())
    assert f"{PLANS} of {PLANS} have a figure: from 700 (Area 0) to 715 (Area 15)." in said
    assert "Half of them are from 703.75 to 711.25; the median is 707.5." in said
    assert "Area 4" in said
    assert "Area 7" not in said
    assert "targets with a baseline plans: 16 of 16 in all: 32 of 32 least: 100%" in said
    whole = diplan("compare", str(plans), "--as-of", "2018", "--all").out
    assert all(f"- Area {number}\n" in whole for number in range(PLANS))
