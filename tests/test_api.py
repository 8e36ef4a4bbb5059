"""The library: what it says is what the commands say, and its names stay what they are."""

import inspect
import json
import shutil
import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from conftest import ROOT, Diplan, Golden
from diplan import api
from scratch import Scratch

HERE = Path(__file__).parent
PLANS = [ROOT, *sorted(path.parent for path in (ROOT / "examples").glob("*/data"))]
REAL = api.open_plan(ROOT)

PROGRAM = """
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from diplan import api


def late(plan: api.OpenPlan, as_of: str) -> list[str]:
    judged: api.JudgedPlan = plan.assess(as_of)
    return [str(standing["id"]) for standing in judged.standings if standing["overdue"]]


def main(folder: Path) -> bytes:
    try:
        plan = api.open_plan(folder, revision=None)
        rows: Iterable[api.TableRow] = plan.tables("2020", *plan.years("2020"))["verdicts"]
        ends: list[date] = [end for row in rows if isinstance(end := row["as_of_end"], date)]
        told: api.PlanRecord = api.changes(plan.assess("2019"), plan.assess("2020"))
        site: api.PublishedSite = plan.site("site", year="2019/20", parts=["search"])
        print(ends, told["summary"], site.changed + site.same, late(plan, "2020"))
        return plan.paper("service", as_of="2020", about="libraries", form="html")
    except api.PlanProblemsError as error:
        return repr(error.problems).encode()
    except api.DiplanError as error:
        return error.hint.encode()
"""


def surface() -> Iterator[str]:
    """Each public name with its signature, and what a class has."""
    for name in api.__all__:
        thing = getattr(api, name)
        if isinstance(thing, type):
            yield f"class {name}({', '.join(base.__name__ for base in thing.__bases__)})"
            fields = typing.get_type_hints(thing) if hasattr(thing, "_fields") else {}
            yield from (f"    {field}: {kind}" for field, kind in fields.items())
            yield from _members(thing)
        elif inspect.isfunction(thing):
            yield f"def {name}{inspect.signature(thing)}"
        else:
            yield f"{name} = {thing}"


def _members(thing: type) -> Iterator[str]:
    for name, member in sorted(vars(thing).items()):
        if isinstance(member, property) and not name.startswith("_"):
            yield f"    {name} -> {inspect.signature(member.fget or len).return_annotation}"
        elif inspect.isfunction(member) and (not name.startswith("_") or name in _SPOKEN):
            yield f"    def {name}{inspect.signature(member)}"


_SPOKEN = ("__iter__", "__getitem__", "__len__", "__arrow_c_stream__")


def test_public_names_stay_what_they_are(golden: Golden) -> None:
    """A name, an argument or a type that changes breaks programs.

    If that is meant: raise the version as `docs/library.md` promises, say in the changelog what to
    write instead, and run pytest --update-golden.
    """
    said = "\n".join(surface()).replace("pathlib._local.", "pathlib.")  # Python 3.13
    golden(HERE / "golden" / "api.txt", f"{said}\n")


def test_everything_public_says_what_it_is() -> None:
    """Each public class, function and method has a docstring."""
    for name in api.__all__:
        thing = getattr(api, name)
        if isinstance(thing, type):
            assert thing.__doc__, name
            for part, member in vars(thing).items():
                if not part.startswith("_") and callable(member):
                    assert member.__doc__, f"{name}.{part}"
        elif inspect.isfunction(thing):
            assert thing.__doc__, name


def test_a_typed_program_passes_mypy(tmp_path: Path) -> None:
    """A program that uses the library alone is checked in full, and a slip in it is found."""
    good, bad = tmp_path / "good.py", tmp_path / "bad.py"
    good.write_text(PROGRAM, encoding="utf-8")
    bad.write_text(PROGRAM.replace('about="libraries"', "about=3"), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-error-summary",
               "--follow-imports=silent", "--cache-dir", str(tmp_path / "cache")]  # fmt: skip
    found = [
        subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
        for path in (good, bad)
    ]
    assert (found[0].stdout, found[0].returncode) == ("", 0)
    assert '"int"; expected "str | None"' in found[1].stdout


@pytest.mark.parametrize("home", PLANS, ids=lambda home: home.name)
def test_it_says_what_the_commands_say(home: Path, diplan: Diplan) -> None:
    """Verdicts, changes, problems and tables of every plan are those of the commands."""
    plan, at = api.open_plan(home), ("--workspace", str(home))

    def said(*arguments: str) -> dict[str, Any]:
        whole: dict[str, Any] = json.loads(diplan(*arguments).out)
        return whole

    judged = plan.assess("2020")
    assert judged.status() == said("status", "--as-of", "2020", "--format", "json", *at)
    for name in [record["id"] for record in judged.verdicts][:2]:
        shown = said("show", name, "--as-of", "2020", "--format", "json", *at)
        assert json.loads(json.dumps(judged.show(name))) == shown
    changes = api.changes(plan.assess("2018"), judged)
    assert json.loads(json.dumps(changes)) == said("diff", "2018", "2020", "--format", "json", *at)
    problems = plan.problems("2020", advice=True)
    told = said("check", str(home), "--as-of", "2020", "--advice", "--format", "json")["problems"]
    assert [problem["code"] for problem in problems] == [problem["code"] for problem in told]
    assert [problem["line"] for problem in problems] == [problem["line"] for problem in told]
    exported = said("export", "json", "--as-of", "2019", "--as-of", "2020", *at)["tables"]
    tables = plan.tables("2020", "2019")
    assert {name: len(table) for name, table in tables.items()} == {
        name: len(rows) for name, rows in exported.items()
    }
    for mine, theirs in zip(tables["verdicts"], exported["verdicts"], strict=True):
        assert json.loads(json.dumps(dict(mine), default=str)) == theirs


def test_papers_and_sites_are_those_of_the_commands(tmp_path: Path, diplan: Diplan) -> None:
    """A paper and a site have the same bytes, whoever makes them."""
    paper = REAL.paper("action-plan", year="2016/17", form="html")
    file = tmp_path / "plan.html"
    assert diplan("report", "action-plan", "--year", "2016/17", "-o", str(file)).code == 0
    assert file.read_bytes() == paper

    made = REAL.site(tmp_path / "mine", as_of="2020", earlier_years=1)
    told = ("--as-of", "2020", "--earlier-years", "1", "--with", "nothing")
    assert diplan("site", "--output", str(tmp_path / "theirs"), *told).code == 0
    mine, theirs = (
        {path.relative_to(home): path.read_bytes() for path in home.rglob("*") if path.is_file()}
        for home in (tmp_path / "mine", tmp_path / "theirs")
    )
    lists = Path("diplan-site.json")
    assert made.changed == len(mine) - 1
    assert (mine.pop(lists) and mine) == (theirs.pop(lists) and theirs)


def test_tables_keep_their_types() -> None:
    """DuckDB, Polars and pandas read a table as it is, with types even where it has no row."""
    tables = REAL.tables("2020")
    verdicts, milestones = tables["verdicts"], tables["milestone_verdicts"]
    assert len(milestones) == 0
    asked = duckdb.sql("SELECT status, count(*) FROM verdicts GROUP BY ALL ORDER BY ALL")
    typed = duckdb.sql("DESCRIBE FROM milestones")
    assert asked
    assert typed
    assert asked.fetchall() == [("achieved", 1), ("no-data", 13), ("not-achieved", 1)]
    kinds = {name: kind for name, kind, *_ in typed.fetchall()}
    assert (kinds["as_of_end"], kinds["plan"]) == ("DATE", "VARCHAR")
    assert verdicts[0]["plan"] == next(iter(verdicts))["plan"] == REAL.id
    polars, pandas = (pytest.importorskip(name) for name in ("polars", "pandas"))
    assert polars.DataFrame(milestones).schema["as_of_end"] == polars.Date
    assert pandas.DataFrame(verdicts).shape == (15, len(verdicts.columns))


def test_a_revision_is_opened(scratch: Scratch) -> None:
    """The plan is read as git had it, and compared with what it is."""
    scratch.edit("value: 720", "value: 990")
    before, after = api.open_plan(scratch.home, "first"), api.open_plan(scratch.home)
    assert (before.revision, after.revision) == ("first", None)
    told = api.changes(before.assess("2018"), after.assess("2018"))
    causes = [cause["cause"] for change in told["indicators"] for cause in change["causes"]]
    assert causes == ["observation-revised"]


def test_a_broken_plan_is_told_of_as_data(tmp_path: Path) -> None:
    """Its problems can be asked for, and anything else is an error that has them."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "data" / "actions.yaml").write_text("actions: [{id: x", encoding="utf-8")
    plan = api.open_plan(tmp_path)
    assert [problem["code"] for problem in plan.problems("2020")] == ["yaml-syntax"]
    with pytest.raises(api.PlanProblemsError) as caught:
        plan.assess("2020")
    [problem] = caught.value.problems
    assert problem["file"] == str(tmp_path / "data" / "actions.yaml")
    (tmp_path / "data" / "plan.yaml").write_text("nothing", encoding="utf-8")
    with pytest.raises(api.PlanProblemsError):
        api.open_plan(tmp_path).tables("2020")


@pytest.mark.parametrize(
    ("call", "said", "hint"),
    [
        (lambda: api.open_plan("/"), "no workspace", "data/"),
        (lambda: api.open_plan(ROOT, "nowhere"), 'no revision "nowhere"', "git"),
        (lambda: REAL.assess("soon"), 'as_of: "soon" is not a period', "2017/18"),
        (lambda: REAL.assess("2020").show("work-club"), "work-club", '"work-clubs"'),
        (lambda: REAL.paper("plan", as_of="2020"), 'no paper is called "plan"', "action-plan"),
        (lambda: REAL.paper("progress"), "one of as_of and year", "one of them"),
        (lambda: REAL.paper("progress", year="2016"), "not a financial year", "as_of"),
        (lambda: REAL.paper("service", as_of="2020"), "needs the id", "libraries"),
        (lambda: REAL.site(ROOT / "data" / "site", as_of="2020"), "inside the plan", "else"),
        (lambda: REAL.site(HERE, as_of="2020"), "diplan did not make it", "new or an empty"),
    ],
)  # fmt: skip
def test_errors_say_what_to_do(
    call: Any, said: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every error is a DiplanError with a hint, and nothing is printed."""
    with pytest.raises(api.DiplanError) as caught:
        call()
    assert said in str(caught.value)
    assert hint in caught.value.hint
    assert capsys.readouterr() == ("", "")


def test_nothing_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a judgement nor a paper nor a site says anything by itself."""
    REAL.assess("2020").status()
    REAL.paper("page-plan", as_of="2020")
    REAL.site(tmp_path / "site", as_of="2020", earlier_years=0)
    assert capsys.readouterr() == ("", "")
