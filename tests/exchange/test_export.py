"""Exports: everything in the plan, in each format, valid by the standards' own checkers."""

import csv
import io
import json
import shutil
import socket
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, get_args

import csvw
import frictionless
import jsonschema  # type: ignore[import-untyped]
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import fill
from openpyxl import load_workbook
from pyarrow import parquet

from builders import action, indicator, plan
from conftest import Clock, Diplan, Golden, plan_at
from diplan import plan as model
from diplan.exchange.export import FORMATS, export, joined, part_of
from diplan.exchange.export.columns import EXPORTED, JUDGED, TABLES
from diplan.exchange.export.csv_json import cell
from diplan.exchange.export.descriptions import json_schema
from diplan.exchange.export.judged import all_tables
from diplan.exchange.export.tables import UnsoundError, tables
from diplan.exchange.export.workbook import LONGEST, DoesNotFitError
from diplan.files.yaml.plain import Plain, read_yaml
from diplan.ground.period import period
from diplan.judge import assess
from diplan.plan import SECTIONS
from diplan.plan.fields.shape import fields
from diplan.plan.website import Website
from diplan.report import data

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "errors" / "base"
HOMES = [
    ROOT,
    BASE,
    ROOT / "templates" / "starter-data" / "example",
    *sorted((ROOT / "examples").glob("*/")),
]
MOMENTS = (period("2018"), period("2020"))
"""When the plans are judged."""

GOLDEN = Path(__file__).parent / "golden"


plan_of = cache(plan_at)


@pytest.fixture(autouse=True)
def _limits() -> Iterator[None]:
    """Frictionless changes how long a cell may be, for the whole process: that is taken back."""
    before = csv.field_size_limit()
    yield
    csv.field_size_limit(before)


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """No checker can ask the network for anything."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(params=HOMES, ids=lambda home: home.name)
def home(request: pytest.FixtureRequest) -> Path:
    """Each workspace of the project."""
    found: Path = request.param
    return found


def write(files: dict[str, bytes], folder: Path) -> Path:
    """Put files into a folder."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    """The rows of a table as CSV."""
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode(), newline="")))


# ---- everything is there

PREFIXES: dict[type, tuple[str, str]] = {
    model.CoverSheet: ("plan", ""),
    model.Grade: ("grades", ""),
    Website: ("plan", "site_"),
    model.HouseRule: ("plan", "rag_"),
    model.Derived: ("indicators", "derived_"),
    model.Budget: ("actions", "budget_"),
    model.CorporatePriority: ("corporate", ""),
    model.Priority: ("priorities", ""),
    model.Response: ("priorities", "response_"),
    model.Outcome: ("outcomes", ""),
    model.SuccessMeasure: ("success_measures", ""),
    model.Service: ("services", ""),
    model.Governance: ("governance", ""),
    model.Source: ("sources", ""),
    model.Note: ("notes", ""),
    model.Profile: ("profiles", ""),
    model.Segment: ("segments", ""),
    model.Subtotal: ("segments", ""),
    model.Activity: ("activities", ""),
    model.Indicator: ("indicators", ""),
    model.Baseline: ("indicators", "baseline_"),
    model.Milestone: ("milestones", ""),
    model.Observation: ("observations", ""),
    model.Benchmark: ("observations", ""),
    model.Action: ("actions", ""),
    model.Ending: ("actions", "ended_"),
    model.Update: ("updates", ""),
    model.Revision: ("revisions", ""),
    model.Venue: ("venues", ""),
}
"""The table of each record, and what the names of its columns begin with."""


def records(annotation: Any) -> Iterator[Any]:
    """The records that may stand in a field."""
    if hasattr(annotation, "__pydantic_fields__"):
        yield annotation
    for inner in get_args(annotation):
        yield from records(inner)


def reachable(record: Any) -> Iterator[Any]:
    """A record and all that may stand inside it."""
    yield record
    for info in fields(record).values():
        for inner in records(info.annotation):
            yield from reachable(inner)


@pytest.mark.parametrize("record", {r for s in SECTIONS.values() for r in reachable(s)}, ids=repr)
def test_every_key_of_the_data_has_a_column(record: Any) -> None:
    """Whoever adds a key to a record is told here to add a column."""
    table, prefix = PREFIXES.get(record, ("", ""))
    if issubclass(record, model.Target):
        table, prefix = "indicators", "target_"
    if record is model.Figure:
        table, prefix = "segments", "share_"
    names = {column.name for column in TABLES[table]}
    own = {"name": "benchmark", "note": "benchmark_note"} if record is model.Benchmark else {}
    for key, info in fields(record).items():
        assert own.get(key, f"{prefix}{key}") in names or list(records(info.annotation)), key


def leaves(value: Plain) -> Iterator[str]:
    """The texts in a value of YAML."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from leaves(inner)
    elif value is not None:
        yield value


def test_nothing_of_a_plan_is_lost(home: Path) -> None:
    """Each text and each number of the data files stands in some cell, to its last digit."""
    cells = {
        cell(value)
        for table in tables(plan_of(home))
        for row in table.rows
        for value in row.values()
    }
    parts = {part for one in cells for part in one.split("; ")} | cells
    for path in sorted((home / "data").rglob("*.yaml")):
        for text in leaves(read_yaml(path.read_text(encoding="utf-8"))):
            assert text in parts or any(text in one for one in cells), text


def test_a_row_says_what_the_data_says() -> None:
    """Days, numbers and lists of one indicator, as its row and those of its figures have them."""
    own = indicator(
        id="homes", unit="per cent", lead=["a", "b"],
        baseline={"period": "2016/17", "value": "012.50".lstrip("0"), "approximate": "true"},
        target={"kind": "total-at-least", "value": "10", "from": "2016", "due": "2020-Q2"},
        observations=[{"period": "2018-02", "missing": "suppressed", "marks": ["revised"]}],
        benchmarks=[{"name": "England", "observations": [{"period": "2018", "low": "0"}]}],
    )  # fmt: skip
    made = replace(plan(own), services=(service("a"), service("b")))
    files = export(made, "csv")
    row = rows(files, "indicators")[0]
    assert (row["lead"], row["baseline_value"], row["target_due_end"]) == (
        "a; b",
        "12.50",
        "2020-06-30",
    )
    assert (row["baseline_approximate"], row["target_running"]) == ("true", "false")
    seen = rows(files, "observations")
    ids = ["homes/baseline", "homes/2018-02", "homes/benchmark/1/2018"]
    assert [one["id"] for one in seen] == ids
    assert [one["kind"] for one in seen] == ["baseline", "observation", "benchmark"]
    assert [one["period_start"] for one in seen] == ["2016-04-01", "2018-02-01", "2018-01-01"]
    assert [one["period_end"] for one in seen] == ["2017-03-31", "2018-02-28", "2018-12-31"]
    assert [one["value"] for one in seen] == ["12.50", "", ""]
    assert (seen[1]["missing"], seen[1]["marks"], seen[2]["low"]) == ("suppressed", "revised", "0")
    assert seen[2]["benchmark"] == "England"


def service(name: str) -> model.Service:
    """A service."""
    return model.Service(id=name, title=name)


# ---- the formats


def test_csvw_is_valid(home: Path, tmp_path: Path, offline: None) -> None:
    """The W3C's standard is kept: types, keys and what refers to what."""
    folder = write(export(plan_of(home), "csvw", *MOMENTS), tmp_path / "csvw")
    found = csvw.CSVW(str(folder / "csv-metadata.json"), validate=True)
    assert found.is_valid, [str(one.message) for one in found.warnings]


def test_datapackage_is_valid(
    home: Path, tmp_path: Path, offline: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Frictionless finds nothing wrong with the package, or with a row of it."""
    monkeypatch.chdir(write(export(plan_of(home), "datapackage", *MOMENTS), tmp_path / "package"))
    found = frictionless.validate("datapackage.json")
    assert found.valid, found.flatten(["title", "message"])
    assert found.stats["tasks"] == len(EXPORTED)


WRONG = [
    ("observations.csv", "residents-offline,obs", "residents-ofline,obs", "foreign-key"),
    ("indicators.csv", "plan,adults-with-skills,", "plan,residents-offline,", "primary-key"),
    ("observations.csv", ",720,", ",many,", "type-error"),
    ("observations.csv", "2018-12-31", "31/12/2018", "type-error"),
]
"""A wrong cell of each kind, and what Frictionless calls it."""


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    """Make a cell of a table wrong."""
    text = (folder / name).read_bytes()
    assert old.encode() in text
    (folder / name).write_bytes(text.replace(old.encode(), new.encode()))


@pytest.mark.parametrize(
    ("name", "old", "new", "kind"),
    WRONG,
    ids=["a key that leads nowhere", "an id twice", "no number", "no date"],
)
def test_what_csvw_promises_is_checked(
    name: str, old: str, new: str, kind: str, tmp_path: Path, offline: None
) -> None:
    """What the description promises is held against the tables: a wrong cell is found."""
    folder = write(export(plan_of(BASE), "csvw"), tmp_path / "csvw")
    spoil(folder, name, old, new)
    with pytest.raises((ValueError, UserWarning)):
        assert csvw.CSVW(str(folder / "csv-metadata.json"), validate=True).is_valid


def test_what_the_datapackage_promises_is_checked(
    tmp_path: Path, offline: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same of the other description: each of the wrong cells is found."""
    folder = write(export(plan_of(BASE), "datapackage"), tmp_path / "package")
    for name, old, new, _ in WRONG:
        spoil(folder, name, old, new)
    monkeypatch.chdir(folder)
    found = frictionless.validate("datapackage.json").flatten(["type", "cells"])
    for _, old, new, kind in WRONG:
        (cell,) = set(new.split(",")) - set(old.split(","))
        assert [cells for told, cells in found if told == kind and cell in cells], cell


def values(book: bytes) -> dict[str, list[list[Any]]]:
    """The cells of a workbook, by sheet."""
    read = load_workbook(io.BytesIO(book))
    return {one.title: [list(row) for row in one.iter_rows(values_only=True)] for one in read}


def shown(value: Any, kind: str) -> Any:
    """A value as a workbook has it."""
    if value is None or value == []:
        return None
    if kind == "date":
        return datetime.combine(value, datetime.min.time())
    if kind in ("number", "whole"):
        return pytest.approx(float(value), abs=0)
    return value if isinstance(value, str | bool) else "; ".join(value)


def test_a_workbook_holds_the_tables(home: Path) -> None:
    """A sheet a table: numbers are numbers, days are days, and the header stays in view."""
    plan = plan_of(home)
    book = export(plan, "xlsx", *MOMENTS)["plan.xlsx"]
    found = values(book)
    assert list(found) == ["Read me", *EXPORTED]
    for table in all_tables(plan, MOMENTS):
        header, *lines = found[table.name]
        assert header == [*(column.name for column in table.columns), "as exported"]
        wanted = [
            [shown(row[column.name], column.kind) for column in table.columns] for row in table.rows
        ]
        assert [line[:-1] for line in lines] == wanted
    sheets = load_workbook(io.BytesIO(book)).worksheets[1:]
    assert {sheet.freeze_panes for sheet in sheets} == {"C2"}
    assert all(sheet.protection.sheet and not sheet.protection.autoFilter for sheet in sheets)


FLAGS = {"=TRUE()": True, "=FALSE()": False}
"""How LibreOffice writes what is true or false."""


def test_libreoffice_reads_the_workbook(tmp_path: Path) -> None:
    """Opened and saved by LibreOffice, every cell says the same."""
    book = export(plan_of(ROOT), "xlsx")["plan.xlsx"]
    path = tmp_path / "plan.xlsx"
    path.write_bytes(book)
    fill(path, [], tmp_path / "saved.xlsx")
    saved = values((tmp_path / "saved.xlsx").read_bytes())
    for name, lines in values(book).items():
        width = len(lines[0])
        again = [[FLAGS.get(one, one) for one in row[:width]] for row in saved[name]]
        assert again[: len(lines)] == lines


def test_the_same_plan_gives_the_same_bytes(home: Path) -> None:
    """Today or tomorrow: there is no time stamp, in the workbook neither."""
    for form in FORMATS:
        assert export(plan_of(home), form) == export(plan_of(home), form)
    book = zipfile.ZipFile(io.BytesIO(export(plan_of(home), "xlsx")["plan.xlsx"]))
    assert {one.date_time for one in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"2000-01-01T00:00:00Z" in book.read("docProps/core.xml")


@pytest.mark.parametrize("name", ["csv-metadata.json", "datapackage.json", "plan.json"])
def test_golden(name: str, golden: Golden) -> None:
    """What programs read stays as it is."""
    form = {"csv-metadata.json": "csvw", "datapackage.json": "datapackage", "plan.json": "json"}
    golden(GOLDEN / name, export(plan_of(BASE), form[name], *MOMENTS)[name].decode())


SCHEMA = json.loads((ROOT / "schemas" / "export.schema.json").read_text(encoding="utf-8"))


def test_the_schema_is_current() -> None:
    """Else run `diplan schema export --output schemas`."""
    assert json_schema() == SCHEMA


def test_json_keeps_its_schema(home: Path) -> None:
    """The schema in `schemas/` is what every export keeps."""
    made = json.loads(export(plan_of(home), "json", *MOMENTS)["plan.json"])
    jsonschema.validate(made, SCHEMA)
    for name, rows in made["tables"].items():
        for row in rows:
            assert list(row) == [column.name for column in EXPORTED[name]]


def test_what_the_schema_promises_is_checked() -> None:
    """A wrong cell is found."""
    made = json.loads(export(plan_of(BASE), "json", *MOMENTS)["plan.json"])
    made["tables"]["verdicts"][0]["certain"] = "yes"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(made, SCHEMA)


# ---- Parquet

ARROW = {
    "text": "string", "url": "string", "list": "list<element: string>", "number": "double",
    "whole": "int64", "flag": "bool", "date": "date32[day]",
}  # fmt: skip
"""What pyarrow calls the kinds of columns."""


def test_parquet_holds_the_tables(home: Path) -> None:
    """Each cell says what the table does, and each column has its type, also where it is empty."""
    plan = plan_of(home)
    files = export(plan, "parquet", *MOMENTS)
    for table in all_tables(plan, MOMENTS):
        read = parquet.read_table(pa.BufferReader(files[f"{table.name}.parquet"]))
        read.validate(full=True)
        assert [(field.name, str(field.type)) for field in read.schema] == [
            (column.name, ARROW[column.kind]) for column in table.columns
        ]
        assert [field.nullable for field in read.schema] == [not c.needed for c in table.columns]
        assert read.to_pylist() == [
            {
                column.name: float(value) if isinstance(value := row[column.name], Decimal)
                else value for column in table.columns
            }
            for row in table.rows
        ]  # fmt: skip


def test_without_pyarrow_a_sentence_says_what_to_install(
    diplan: Diplan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library is an extra."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    said = diplan("export", "parquet", "-w", str(BASE), "--output", str(tmp_path / "out"))
    assert said.code == 2
    assert "pyarrow, which writes Parquet, is not installed\n  = run pip install" in said.err
    assert not (tmp_path / "out").exists()


# ---- several plans


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All plans of the project in one set of tables, in each format of several files."""
    made = {}
    for form in ("csvw", "datapackage", "parquet"):
        made[form] = tmp_path_factory.mktemp(form) / "out"
        parts = (part_of(plan_of(home), form, MOMENTS) for home in HOMES)
        write({name: b"".join(pieces) for name, pieces in joined(parts, form)}, made[form])
    return made


def test_several_plans_are_valid_csvw(together: dict[str, Path], offline: None) -> None:
    """Ids of different plans may be the same: the plan is a part of each key."""
    found = csvw.CSVW(str(together["csvw"] / "csv-metadata.json"), validate=True)
    assert found.is_valid, [str(one.message) for one in found.warnings]


def test_several_plans_are_a_valid_datapackage(
    together: dict[str, Path], offline: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And so they are to Frictionless."""
    monkeypatch.chdir(together["datapackage"])
    found = frictionless.validate("datapackage.json")
    assert found.valid, found.flatten(["title", "message"])


def test_several_plans_are_the_rows_of_each(together: dict[str, Path]) -> None:
    """One after the other, with nothing lost and nothing more."""
    for name in EXPORTED:
        read = parquet.read_table(together["parquet"] / f"{name}.parquet")
        read.validate(full=True)
        alone = [
            parquet.read_table(pa.BufferReader(files[f"{name}.parquet"])) for files in _each_home()
        ]
        assert read.equals(pa.concat_tables(alone))


@cache
def _each_home() -> list[dict[str, bytes]]:
    return [export(plan_of(home), "parquet", *MOMENTS) for home in HOMES]


# ---- verdicts


def test_a_table_of_verdicts_has_the_fields_of_status() -> None:
    """Every field of `status` and of `diff` has a column, or a table of its own."""
    assessment = assess(plan_of(ROOT), MOMENTS[1])
    (verdict, *_), (action, *_) = (
        data.status(assessment)[name] for name in ("indicators", "actions")
    )
    for table, record in (("verdicts", verdict), ("standings", action)):
        names = {column.name for column in JUDGED[table]}
        for key in record:
            parts = [name for name in names if name.startswith(f"{key}_")]
            assert key in names or parts or key == "milestones", key


def test_moments_are_in_order_and_once() -> None:
    """However they are named, and however often: changes go from each to the next."""
    moments = (period("2020"), period("2018"), period("2020-12"))
    made = {table.name: table for table in all_tables(plan_of(BASE), moments)}
    assert list(dict.fromkeys(row["as_of"] for row in made["verdicts"].rows)) == ["2018", "2020"]
    assert {(row["from"], row["to"]) for row in made["changes"].rows} == {("2018", "2020")}


@pytest.mark.parametrize(
    ("options", "moments"),
    [
        (("--every", "year", "--as-of", "2018"), ["2016/17", "2017/18", "2018"]),
        (
            ("--every", "year", "--as-of", "2025"),
            ["2016/17", "2017/18", "2018/19", "2019/20", "2025"],
        ),
        (("--as-of", "2019", "--as-of", "2017/18"), ["2017/18", "2019"]),
    ],
)
def test_moments_of_the_command(
    options: tuple[str, ...], moments: list[str], diplan: Diplan
) -> None:
    """Each year of the plan that has ended by then, and the moments that are named."""
    said = json.loads(diplan("export", "json", *options).out)
    told = [row["as_of"] for row in said["tables"]["verdicts"]]
    assert list(dict.fromkeys(told)) == moments


def test_every_year_until_today(diplan: Diplan, clock: Clock) -> None:
    """Without a moment there are the years that have ended, and today only if there is none."""
    for today, moments in (("2018-05-01", ["2016/17", "2017/18"]), ("2016-05-01", ["2016-05-01"])):
        clock(today)
        said = json.loads(diplan("export", "json", "--every", "year").out)
        told = [row["as_of"] for row in said["tables"]["verdicts"]]
        assert list(dict.fromkeys(told)) == moments


# ---- texts and numbers


HOSTILE = ("=cmd|' /C calc'!A0", "+1", "-1 or so", "@SUM(A1)")


def test_texts_are_never_formulas() -> None:
    """In a CSV file they have an apostrophe before them, in a workbook they are texts."""
    made = plan(
        *(
            indicator(id=f"a-{at}", title=text, target={"kind": "none"})
            for at, text in enumerate(HOSTILE)
        )
    )
    titles = [row["title"] for row in rows(export(made, "csv"), "indicators")]
    assert titles == [f"'{text}" for text in HOSTILE]
    book = load_workbook(io.BytesIO(export(made, "xlsx")["plan.xlsx"]))
    cells = [row[2] for row in book["indicators"].iter_rows(min_row=2)]
    assert [(one.value, one.data_type) for one in cells] == [(text, "s") for text in HOSTILE]
    told = json.loads(export(made, "json")["plan.json"])
    assert [row["title"] for row in told["tables"]["indicators"]] == list(HOSTILE)


def test_a_negative_number_is_no_text() -> None:
    """A minus sign before a number gets no apostrophe, and the number is as it was written."""
    seen = {"period": "2018", "value": "-0.0000001"}
    files = export(plan(indicator(target={"kind": "none"}, observations=[seen])), "csv")
    assert rows(files, "observations")[0]["value"] == "-0.0000001"


NUMBERS = st.decimals(
    min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=6
).map(lambda number: format(number, "f"))


@settings(max_examples=settings().max_examples // 5)  # making a workbook is dear
@given(st.lists(NUMBERS, min_size=1, max_size=25))
def test_figures_come_back_as_they_were(written: list[str]) -> None:
    """Read back from CSV and from a workbook, a number is the number that was written."""
    seen = [{"period": str(2000 + at), "value": one} for at, one in enumerate(written)]
    made = plan(indicator(target={"kind": "none"}, observations=seen))
    wanted = [Decimal(one) for one in written]
    read = [Decimal(row["value"]) for row in rows(export(made, "csv"), "observations")]
    assert read == wanted
    lines = values(export(made, "xlsx")["plan.xlsx"])["observations"]
    at = lines[0].index("value")
    assert [Decimal(str(line[at])) for line in lines[1:]] == wanted
    told = json.loads(export(made, "json")["plan.json"])["tables"]["observations"]
    assert [row["value"] for row in told] == [pytest.approx(float(one)) for one in wanted]


@pytest.mark.parametrize("long", ["12345678901234567.25", "0.30000000000000004"])
def test_a_number_of_too_many_digits_is_a_text(long: str) -> None:
    """A workbook would round it; as a text it keeps its last digit."""
    seen = {"period": "2018", "value": long}
    made = plan(indicator(target={"kind": "none"}, observations=[seen]))
    lines = values(export(made, "xlsx")["plan.xlsx"])["observations"]
    assert lines[1][lines[0].index("value")] == long


# ---- what cannot be exported


def test_ids_have_to_lead_somewhere() -> None:
    """Tables that contradict themselves are not made."""
    lost = plan(indicator(target={"kind": "none"}, priority="second"))
    twice = plan(*(indicator(target={"kind": "none"}) for _ in range(2)))
    late = plan(actions=(action(due="2018", supports=["nothing"]),))
    for made, said in ((lost, '"second"'), (twice, '"made-up" is twice'), (late, '"nothing"')):
        with pytest.raises(UnsoundError, match=said):
            export(made, "csv")


def test_a_workbook_has_bounds() -> None:
    """What is longer than a cell can be is said, and not cut."""
    many = [f"{'x' * 74}-{at:05}" for at in range(LONGEST // 80)]
    own = [indicator(id=name, target={"kind": "none"}) for name in many]
    made = plan(*own, actions=(action(due="2018", supports=many),))
    with pytest.raises(DoesNotFitError, match="longer than a cell"):
        export(made, "xlsx")


# ---- the command


@pytest.mark.parametrize("form", FORMATS)
def test_the_command_writes_what_it_says(form: str, diplan: Diplan, tmp_path: Path) -> None:
    """Folders for some formats and a file for others, in one step each; a line says so."""
    target = tmp_path / "new" / ("out" if form not in ("xlsx", "json") else f"plan.{form}")
    moments = [part for moment in MOMENTS for part in ("--as-of", str(moment))]
    said = diplan("export", form, "--output", str(target), "--workspace", str(BASE), *moments)
    files = export(plan_of(BASE), form, *MOMENTS)
    howmany = "" if len(files) == 1 else f"{len(files)} files in "
    assert (said.code, said.out, said.err) == (0, "", f"wrote {howmany}{target}\n")
    written = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert written == files


def test_json_may_go_on_the_screen(diplan: Diplan) -> None:
    """Programs can read it from there."""
    said = diplan("export", "json", "--workspace", str(BASE))
    assert json.loads(said.out)["schema"] == "diplan/export/1"
    assert said.err == ""


def test_a_file_goes_into_a_folder_that_is_there(diplan: Diplan, tmp_path: Path) -> None:
    """An output that is a folder gets the file in it."""
    said = diplan("export", "xlsx", "-o", str(tmp_path), "-w", str(BASE))
    assert said.err == f"wrote {tmp_path / 'plan.xlsx'}\n"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of a plan that a test may spoil."""
    shutil.copytree(BASE, tmp_path / "home")
    return tmp_path / "home"


def into_a_link(home: Path) -> str:
    """A folder whose file leads into the plan's data."""
    (home / "out").mkdir()
    (home / "out" / "plan.csv").symlink_to(home / "data" / "plan.yaml")
    return "out"


@pytest.mark.parametrize(
    ("form", "target", "said"),
    [
        ("csv", lambda _: "data/tables", "inside the plan's own data"),
        ("json", lambda _: "data/plan.json", "inside the plan's own data"),
        ("csvw", into_a_link, "inside the plan's own data"),
        ("csv", lambda _: "data/plan.yaml", "is a file"),
        ("csv", lambda _: "-", "does not go on the screen"),
    ],
)
def test_the_data_is_left_alone(
    form: str, target: Callable[[Path], str], said: str, copy: Path, diplan: Diplan
) -> None:
    """No export is written into the data, by a link neither."""
    before = {path: path.read_bytes() for path in (copy / "data").rglob("*")}
    told = diplan("export", form, "--output", target(copy), cwd=copy)
    assert told.code == 2
    assert said in told.err
    assert {path: path.read_bytes() for path in (copy / "data").rglob("*")} == before


def test_bad_data_is_not_exported(diplan: Diplan, copy: Path) -> None:
    """A plan that cannot be read whole gives no tables, and the problem is shown."""
    path = copy / "data" / "actions.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title:", "titel:", 1))
    told = diplan("export", "csv", "--output", "out", cwd=copy)
    assert told.code == 1
    assert 'did you mean "title"?' in told.err
    assert not (copy / "out").exists()


def test_days_are_days() -> None:
    """Every column of the kind `date` holds days."""
    for table in tables(plan_of(ROOT)):
        for column in (one for one in table.columns if one.kind == "date"):
            assert all(isinstance(row[column.name], date | None) for row in table.rows)
