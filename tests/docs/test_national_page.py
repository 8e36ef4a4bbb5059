"""The page on many plans is true: its queries are run, and say what `status` and `compare` say."""

import json
import re
import shlex
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from conftest import ROOT, Diplan
from fenced import DOCS, fences, shortened

PAGE = DOCS / "national.md"
VIEWS, MET, MISSING, APART, YEARS, FLIPPED = (
    fence.text for fence in fences(PAGE) if fence.info == "sql"
)

Row = tuple[Any, ...]
Ask = Callable[[str], list[Row]]


@pytest.fixture(scope="module", params=["parquet", "csv"])
def ask(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Ask a question of the export that the page makes, in Parquet or in CSV."""
    from diplan.cli import run

    folder = tmp_path_factory.mktemp(request.param) / "national"
    more = ("--as-of", "2020", "--every", "year", "--output", str(folder))
    assert run(["export", request.param, str(ROOT), str(ROOT / "examples"), *more]) == 0
    database = duckdb.connect()
    views = VIEWS.replace("'national/", f"'{folder}/").replace(".parquet", f".{request.param}")
    database.execute(views)

    def answer(query: str) -> list[Row]:
        return database.sql(query).fetchall()

    return answer


def shown(query: str) -> list[Row]:
    """The table that stands under a query on the page."""
    after = PAGE.read_text(encoding="utf-8").partition(query)[2]
    lines = re.findall(
        r"^\| (.+) \|$", after.partition("\n\n|")[2].partition("\n\n")[0], re.MULTILINE
    )
    return [tuple(line.split(" | ")) for line in lines if "---" not in line]


@pytest.mark.parametrize("query", [MET, MISSING, APART, YEARS, FLIPPED], ids=range(5))
def test_the_page_shows_the_answers(query: str, ask: Ask) -> None:
    """The tables on the page are what DuckDB answers, from Parquet and from CSV."""
    assert [tuple(map(str, row)) for row in ask(query)] == shown(query)


def statuses(diplan: Diplan, *more: str) -> list[dict[str, Any]]:
    """What `status` says of every plan."""
    said = diplan("status", ".", "examples", "--format", "json", *more)
    whole = json.loads(said.out)
    assert (whole["schema"], whole["read"], whole["of"]) == ("diplan/statuses/1", 8, 8)
    plans: list[dict[str, Any]] = whole["plans"]
    return plans


def targets(status: dict[str, Any]) -> list[dict[str, Any]]:
    """The indicators of a plan that have a target and have not left it."""
    return [
        verdict
        for verdict in status["indicators"]
        if verdict["reason"] != "no-target" and verdict["ended"] is None
    ]


def test_who_met_what_is_what_status_says(ask: Ask, diplan: Diplan) -> None:
    """The counts by plan and status are those of `status`, and so are the reasons."""
    met: Counter[Row] = Counter()
    missing: Counter[Row] = Counter()
    for status in statuses(diplan, "--as-of", "2020"):
        counts = status["summary"]["indicators"]
        met.update({(status["plan"], word): number for word, number in counts.items() if number})
        without = [verdict for verdict in targets(status) if verdict["status"] == "no-data"]
        missing.update((status["plan"], verdict["reason"]) for verdict in without)
    assert {row[:2]: row[2] for row in ask(MET)} == met
    assert {row[:2]: row[2] for row in ask(MISSING)} == missing


def test_every_field_of_status_is_in_the_table(ask: Ask, diplan: Diplan) -> None:
    """Numbers and words of a verdict are those that `status` gives at the same moment."""
    query = (
        "SELECT plan, indicator, status, reason, TRY_CAST(fraction AS DOUBLE), travel,"
        " target_kind, TRY_CAST(observation_value AS DOUBLE), certain"
        " FROM verdicts WHERE as_of = '2020'"
    )
    wanted = {
        (
            status["plan"], one["id"], one["status"], one["reason"], one["fraction"],
            one["travel"], one["target"]["kind"], (one["observation"] or {}).get("value"),
            one["certain"],
        )
        for status in statuses(diplan, "--as-of", "2020")
        for one in status["indicators"]
    }  # fmt: skip
    assert set(ask(query)) == wanted


def test_the_years_are_what_status_says(ask: Ask, diplan: Diplan) -> None:
    """Each year of the plan has the counts of `status --year`."""
    answers = {row[1]: row[2:] for row in ask(YEARS) if row[0] == "stoke-digital-inclusion-2016-20"}
    for year in ("2017/18", "2018/19", "2019/20"):
        (status,) = (json.loads(diplan("status", ".", "--year", year, "--format", "json").out),)
        counts = status["summary"]
        end = date(2000 + int(year[-2:]), 3, 31)
        assert answers[end] == (counts["indicators"]["achieved"], counts["assessed"], counts["of"])


def test_the_spread_is_what_compare_says(ask: Ask, diplan: Diplan) -> None:
    """The ends and the quartiles of a measure are those of `compare`."""
    said = diplan("compare", ".", "examples", "--as-of", "2020", "--format", "json")
    (found,) = json.loads(said.out)["definitions"]
    (row,) = (row for row in ask(APART) if row[:2] == (found["id"], found["period"]))
    assert row[2] == found["with_figure"]
    assert row[3:] == tuple(found["spread"].values())


def test_the_changes_are_what_diff_says(ask: Ask, diplan: Diplan) -> None:
    """Between two years the table has what `diff` has."""
    said = diplan("diff", "2019/20", "2020", "--format", "json")
    flipped = [one for one in json.loads(said.out)["indicators"] if one["change"] == "flipped"]
    wanted = [("2020", one["id"], one["from_status"], one["to_status"]) for one in flipped]
    assert sorted(row for row in ask(FLIPPED) if row[0] == "2020") == sorted(wanted)


def test_the_page_is_followed(tmp_path: Path, diplan: Diplan) -> None:
    """Its commands print what is shown."""
    for name in ("data", "examples"):
        shutil.copytree(ROOT / name, tmp_path / name)
    ran = 0
    for fence in fences(PAGE):
        kind, _, place = fence.info.partition(" ")
        if place:
            (tmp_path / place).write_text(fence.text, encoding="utf-8")
            continue
        for step in fence.text.removeprefix("$ ").split("\n$ ") if kind == "text" else ():
            line, _, output = step.partition("\n")
            said = diplan(*shlex.split(line)[1:], cwd=tmp_path)
            assert shortened(output.rstrip("\n") + "\n", said.out + said.err), said.out + said.err
            ran += 1
    assert ran == 2
