"""Imports from Open SDG: real indicators become context, and nothing is dropped without a line."""

import importlib.util
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Diplan, plan_at
from diplan.exchange.html_text import bare
from diplan.exchange.omissions import Omissions
from diplan.files.workspace import LARGEST_FILE
from diplan.open_sdg.metadata import about, read_yaml
from diplan.open_sdg.repository import OpenSdgRepository
from diplan.plan import Indicator

ROOT = Path(__file__).parents[2]
REAL = Path(__file__).parent / "repository"
STOKE = "Local Authority=Stoke-on-Trent"

Files = Callable[..., Path]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the tests' base plan."""
    shutil.copytree(ROOT / "tests" / "errors" / "base", tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Make a repository of one indicator, 1-1-1, from the rows of its table and its metadata."""

    def make(*rows: str, meta: str = "indicator_available: Made up", header: str = "") -> Path:
        folder = tmp_path / "sdg"
        for name in ("data", "meta"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        lines = [header or "Year,Sex,Region,Town,Units,Observation status,GeoCode,Value", *rows]
        table = "\n".join(lines) + "\n"
        (folder / "data" / "indicator_1-1-1.csv").write_text(table, encoding="utf-8")
        about = f"---\n{meta}\n---\n"
        (folder / "meta" / "1-1-1.md").write_text(about, encoding="utf-8")
        return folder

    return make


def figures(indicator: Indicator) -> dict[str, str]:
    """The values of an indicator, as they are written."""
    return {seen.period.text: str(seen.value) for seen in indicator.observations}


# ---- the real ones


def test_the_headline(home: Path, diplan: Diplan) -> None:
    """Of three indicators one has a headline: it is taken, with its source, in the plan's words."""
    said = diplan("import", "open-sdg", str(REAL), cwd=home)
    assert said.code == 0
    plan = plan_at(home)
    indicator = plan.indicators[-1]
    title = "Percentage of adults who have used the internet in the last three months"
    assert (indicator.id, indicator.title, indicator.unit) == ("open-sdg-17-8-1", title, "per cent")
    assert (indicator.target.kind, indicator.definition, indicator.area) == (
        "none", "open-sdg-17-8-1", "United Kingdom",
    )  # fmt: skip
    assert indicator.collected_from == "Office for National Statistics (ONS): Internet Users"
    assert indicator.frequency == "yearly"
    assert indicator.note
    assert indicator.note.startswith("1. The period January to March is being used")
    assert figures(indicator)["2020"] == "92.1"
    source = plan.source["open-sdg-17-8-1"]
    assert (source.title, str(source.published)) == ("Internet Users", "2021-04-06")
    assert source.licence is None
    assert 'several values of "Units"' in said.err
    assert "9-c-1.csv: Technology" in said.err


def test_a_local_authority(home: Path, diplan: Diplan) -> None:
    """A named group is taken with the region that stands beside it, and its name is the area."""
    said = diplan("import", "open-sdg", str(REAL), "--where", STOKE, cwd=home)
    assert said.code == 0
    indicator = plan_at(home).indicators[-1]
    assert (indicator.id, indicator.definition) == (
        "open-sdg-17-8-1-stoke-on-trent",
        "open-sdg-17-8-1",
    )
    assert indicator.area == "Stoke-on-Trent"
    assert figures(indicator) == {
        "2013": "73.8", "2014": "88.3", "2015": "86.6", "2016": "87.7",
        "2017": "80.0", "2018": "90.2", "2019": "83.6", "2020": "87.3",
    }  # fmt: skip
    assert 'indicators without the column "Local Authority": 2' in said.err
    assert "cells of GeoCode: 8" in said.err


def test_units_marks_and_digits(home: Path, diplan: Diplan) -> None:
    """A unit is chosen like a group; a status is a mark, and no digit is lost."""
    said = diplan(
        "import", "open-sdg", str(REAL), "--indicator", "17.6.1", "--where",
        "Speed (Mb/sec)=10 Mbps and over", "--where", "Units=Rate per 100 population", cwd=home,
    )  # fmt: skip
    assert said.code == 0
    indicator = plan_at(home).indicators[-1]
    assert indicator.unit == "Rate per 100 population"
    assert indicator.title.endswith("(per 100 inhabitants and counts), 10 Mbps and over")
    assert figures(indicator)["2009"] == "9.647780000000001"
    assert indicator.observations[0].marks == ("estimated",)
    assert indicator.note == "Figures for 2005 to 2012 exclude corporate connections."


def test_html_is_taken_out(home: Path, diplan: Diplan) -> None:
    """A note keeps its words, and neither tags nor addresses."""
    diplan("import", "open-sdg", str(REAL), "--where", "Technology=2G mobile network", cwd=home)
    note = plan_at(home).indicators[-1].note
    assert note
    assert note.endswith("Please see the source data for full footnotes.")


# ---- again


def test_a_second_import_changes_nothing(home: Path, diplan: Diplan) -> None:
    """What is known already is passed over, byte for byte."""
    call = ("import", "open-sdg", str(REAL), "--where", STOKE)
    diplan(*call, cwd=home)
    before = {path: path.read_bytes() for path in (home / "data").iterdir()}
    said = diplan(*call, cwd=home)
    assert said.code == 0
    assert said.err.endswith("wrote nothing: 8 figures known already\n")
    assert {path: path.read_bytes() for path in (home / "data").iterdir()} == before


def test_only_missing_periods_are_added(home: Path, diplan: Diplan, files: Files) -> None:
    """New periods go to their places; a figure that differs is refused, and the way is shown."""
    repository = files("2016,,,,Number,,,10", "2018,,,,Number,,,12")
    diplan("import", "open-sdg", str(repository), cwd=home)
    files(
        "2015,,,,Number,,,9", "2016,,,,Number,,,10.0", "2017,,,,Number,,,11",
        "2018,,,,Number,,,12.5", "2019,,,,Number,Provisional,,13",
    )  # fmt: skip
    said = diplan("import", "open-sdg", str(repository), cwd=home)
    assert said.code == 1
    assert "refused: open-sdg-1-1-1: 2018 is 12 in the plan, and 12.5 in" in said.err
    assert "`diplan revise open-sdg-1-1-1 observations.2018.value=12.5 --why ...`" in said.err
    indicator = plan_at(home).indicators[-1]
    assert list(figures(indicator).items()) == [
        ("2015", "9"), ("2016", "10"), ("2017", "11"), ("2018", "12"), ("2019", "13"),
    ]  # fmt: skip
    assert indicator.observations[-1].marks == ("provisional",)


def test_what_was_edited_stays(home: Path, diplan: Diplan, files: Files) -> None:
    """A title, a target or a source that somebody changed since is not touched."""
    repository = files("2016,,,,Number,,,10", meta="source_organisation_1: Made-up Office")
    diplan("import", "open-sdg", str(repository), cwd=home)
    path = home / "data" / "indicators.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "target: {kind: none}", "target: {kind: reduce}"
    )
    path.write_text(text.replace("title: Open SDG", "title: Our own"), encoding="utf-8")
    files("2016,,,,Number,,,10", "2017,,,,Number,,,11", meta="source_organisation_1: Another")
    said = diplan("import", "open-sdg", str(repository), "--dry-run", cwd=home)
    assert [line for line in said.out.splitlines() if line[0] in "+-"][2:] == [
        "+      - period: 2017",
        "+        value: 11",
        "+        source: open-sdg-1-1-1",
    ]
    assert "sources that the plan describes otherwise, and keeps: 1" in said.err


def test_another_unit_is_another_thing(home: Path, diplan: Diplan, files: Files) -> None:
    """Figures in another unit are not put beside those that are there."""
    diplan("import", "open-sdg", str(files("2016,,,,Number,,,10")), cwd=home)
    said = diplan("import", "open-sdg", str(files("2017,,,,Thousands,,,11")), cwd=home)
    assert "indicators that the plan counts in another unit: 1" in said.err
    assert figures(plan_at(home).indicators[-1]) == {"2016": "10"}


def test_a_derived_indicator_takes_no_figures(home: Path, diplan: Diplan, files: Files) -> None:
    """Where an indicator of the plan is worked out, its parts are named and nothing is written."""
    diplan("import", "open-sdg", str(files("2016,,,,Number,,,10")), cwd=home)
    path = home / "data" / "indicators.yaml"
    name = plan_at(home).indicators[-1].id
    before = path.read_text(encoding="utf-8")
    head = before.rpartition("    observations:")[0]
    derived = "    derived: {kind: sum, of: [residents-offline]}\n"
    path.write_text(head + derived, encoding="utf-8")
    said = diplan("import", "open-sdg", str(files("2017,,,,Number,,,11")), cwd=home)

    assert said.code == 1
    assert f'"{name}" is derived: its figure is worked out from residents-offline' in said.err
    assert plan_at(home).indicator[name].observations == ()


@pytest.mark.parametrize("status", ["notstarted", "notapplicable"])
def test_what_is_not_reported_is_not_taken(
    status: str, home: Path, diplan: Diplan, files: Files
) -> None:
    """The figure of an indicator that nobody reports yet is a placeholder."""
    folder = files("2015,,,,Number,,,0", meta=f"reporting_status: {status}")
    said = diplan("import", "open-sdg", str(folder), cwd=home)
    assert said.code == 2
    assert f'indicators whose reporting status is "{status}": not taken: 1' in said.err
    files("2015,,,,Number,,,0", meta="reporting_status: inprogress")
    assert diplan("import", "open-sdg", str(folder), cwd=home).code == 0


def test_a_series_that_never_changes_is_named(home: Path, diplan: Diplan, files: Files) -> None:
    """It is taken, and said, for it may be a placeholder."""
    rows = [f"{year},,,,Number,,,2" for year in (2015, 2016, 2017)]
    said = diplan("import", "open-sdg", str(files(*rows)), cwd=home)
    assert "every figure is the same: taken, and to be looked at: 1" in said.err
    assert len(figures(plan_at(home).indicators[-1])) == 3


def test_years_with_a_hyphen_are_financial_years(home: Path, diplan: Diplan, files: Files) -> None:
    """2010-11 beside 2011-12 is no November."""
    rows = ("2010-11,,,,Number,,,1", "2011-12,,,,Number,,,2", "2012/2013,,,,Number,,,3")
    said = diplan("import", "open-sdg", str(files(*rows)), cwd=home)
    assert figures(plan_at(home).indicators[-1]) == {"2010/11": "1", "2011/12": "2", "2012/13": "3"}
    assert "tables whose years are financial years: 1" in said.err


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("meta/1-1-1.yml", "SDG_INDICATOR: >-\n  Indicator 1.1.1: Made up\nUNIT_MEASURE: Number\n"),
        ("csv-meta/1-1-1.csv", "key,value\nIndicator name,Made up\ncomputation units,Number\n"),
        ("indicator-config/1-1-1.yml", "\ufeffgraph_title: Made up\ncomputation_units: Number\n"),
    ],
)
def test_metadata_from_wherever_it_stands(
    name: str, text: str, home: Path, diplan: Diplan, files: Files
) -> None:
    """Title and unit are taken from each of the places that such repositories have for them."""
    folder = files("2015,1", header="Year,Value")
    (folder / "meta" / "1-1-1.md").unlink()
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    assert diplan("import", "open-sdg", str(folder), cwd=home).code == 0
    indicator = plan_at(home).indicators[-1]
    assert (indicator.title, indicator.unit) == ("Made up", "Number")


def test_figures_are_written_a_key_a_line(home: Path, diplan: Diplan, files: Files) -> None:
    """So that a note or a mark can be put beneath one."""
    diplan("import", "open-sdg", str(files("2015,,,,Number,,,1")), cwd=home)
    text = (home / "data" / "indicators.yaml").read_text(encoding="utf-8")
    lines = ("period: 2015", "  value: 1", "  source: open-sdg-1-1-1")
    assert "      - " + "\n      ".join(lines) in text


# ---- where it goes


def test_a_dry_run_writes_nothing(home: Path, diplan: Diplan) -> None:
    """It shows the difference."""
    before = (home / "data" / "indicators.yaml").read_bytes()
    said = diplan("import", "open-sdg", str(REAL), "--dry-run", cwd=home)
    assert "+  - id: open-sdg-17-8-1\n" in said.out
    assert (home / "data" / "indicators.yaml").read_bytes() == before


def test_a_priority(home: Path, diplan: Diplan) -> None:
    """New indicators may belong to a priority that the plan has."""
    call = ("import", "open-sdg", str(REAL), "--priority")
    assert 'did you mean "get-online"?' in diplan(*call, "get-onlin", cwd=home).err
    diplan(*call, "get-online", cwd=home)
    assert plan_at(home).indicators[-1].priority == "get-online"


def test_a_file_to_look_through(tmp_path: Path, diplan: Diplan) -> None:
    """With --output there need be no plan; the sections of the file are a plan's."""
    said = diplan("import", "open-sdg", str(REAL), "--output", "found.yaml", cwd=tmp_path)
    assert said.err.endswith("wrote found.yaml: 1 new indicator with 9 figures\n")
    text = (tmp_path / "found.yaml").read_text(encoding="utf-8")
    assert text.startswith("sources:\n  - id: open-sdg-17-8-1\n")
    (tmp_path / "data").mkdir()
    parts = text.partition("indicators:\n")
    cover = f"plan: {{id: new, title: New}}\n{parts[0]}"
    (tmp_path / "data" / "plan.yaml").write_text(cover, encoding="utf-8")
    (tmp_path / "data" / "indicators.yaml").write_text(parts[1] + parts[2], encoding="utf-8")
    assert diplan("check", cwd=tmp_path).code == 0


def test_the_output_keeps_out_of_the_data(home: Path, diplan: Diplan) -> None:
    """A file to look through is not written into data/, where it would be read."""
    said = diplan("import", "open-sdg", str(REAL), "--output", "data/found.yaml", cwd=home)
    assert said.code == 2
    assert "inside the plan's own data" in said.err
    assert not (home / "data" / "found.yaml").exists()


@pytest.mark.parametrize(
    ("call", "said", "hint"),
    [
        (["nowhere"], "no Open SDG data", "data/indicator_*.csv"),
        ([str(REAL), "--indicator", "17-8-2"], '"17-8-2"', 'did you mean "17-8-1"?'),
        ([str(REAL), "--where", "Region"], "is not NAME=VALUE", "an equals sign"),
        ([str(REAL), "--where", "A=1", "--where", "A=2"], "twice", "keep one"),
        (
            [str(REAL), "--where", "Local Authority=Stoke"],
            "no indicator has figures",
            "lines above",
        ),
        (
            [str(REAL), "--where", "Local Authority=Stoke-on-Tren"],
            "no indicator has figures",
            'did you mean --where "Local Authority=Stoke-on-Trent"?',
        ),
    ],
)
def test_wrong_usage(call: list[str], said: str, hint: str, home: Path, diplan: Diplan) -> None:
    """What cannot be done is said, and what to do."""
    told = diplan("import", "open-sdg", *call, cwd=home)
    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert hint in told.err


# ---- what is not understood


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("2018,,,,Number,,,", "rows without a value: 1 (data/indicator_1-1-1.csv:3)"),
        ("2018,,,,Number,,,many", "rows whose value is not a figure: 1"),
        ("2018,,,,Number,,,nan", "rows whose value is not a figure: 1"),
        (f"2018,,,,Number,,,{'9' * 40}", "rows whose value is not a figure: 1"),
        (f"2018,,,,Number,,,1.{'0' * 30}e5", "rows whose value is not a figure: 1"),
        ("2018,,,,Number,,,1e999999999", "rows whose value is not a figure: 1"),
        ("2018-20,,,,Number,,,5", "rows whose year is not a period: 1"),
        ("2018,Female,,,Number,,,5", "rows of other groups, such as an age or a region: 1"),
        ("2018,,,,Number,Definition differs,,5", "status has no word in a plan: 1"),
        ("2018,,,,Number,,E06000021,5", "cells of GeoCode: 1"),
        ("2017,,,,Number,,,6", "years with several figures, none of which is kept: 1"),
        ("2018,,,Number,5", "5 cells, where the first row has 8"),
        ('2018,,,,Number,,,"5', "a quote is opened in this row and never closed"),
    ],
)
def test_nothing_is_dropped_without_a_line(row: str, line: str, files: Files) -> None:
    """Each row that is left out, and each thing in a row, is counted with its place."""
    omitted = Omissions()
    repository = OpenSdgRepository(
        files("2016,,,,Number,,,4", "2017,,,,Number,,,5").parent / "sdg", omitted
    )
    path = repository.home.root / "data" / "indicator_1-1-1.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text.partition('2017')[0]}{row}\n2017,,,,Number,,,5\n", encoding="utf-8")
    for number, name in repository.files().items():
        repository.read(number, name, {})
    told = "\n".join(omitted.lines()).replace(f"{repository.home.root.as_posix()}/", "")
    assert line in told


def test_numbers_as_programs_write_them(files: Files) -> None:
    """Years with a decimal point, and powers of ten, are what they mean, to the last digit."""
    folder = files("2016.0,,,,Number,,,1.5e-05", "2017/18,,,,Number,,,-3", "2019,,,,Number,,,1e3")
    series = OpenSdgRepository(folder, Omissions()).read("1-1-1", "data/indicator_1-1-1.csv", {})
    assert series
    assert series.indicator["observations"] == [
        {"period": "2016", "value": "0.000015", "source": "open-sdg-1-1-1"},
        {"period": "2017/18", "value": "-3", "source": "open-sdg-1-1-1"},
        {"period": "2019", "value": "1000", "source": "open-sdg-1-1-1"},
    ]


def test_per_cent_is_only_what_is_within_its_bounds(files: Files) -> None:
    """A percentage of more than 100 keeps the words of the source, which have no bounds."""
    for value, unit in (("100", "per cent"), ("130", "Percentage (%)")):
        folder = files(f"2016,,,,Percentage (%),,,{value}")
        series = OpenSdgRepository(folder, Omissions()).read(
            "1-1-1", "data/indicator_1-1-1.csv", {}
        )
        assert series
        assert series.indicator["unit"] == unit


def test_a_multiplier_is_part_of_the_unit(files: Files) -> None:
    """Figures in thousands are not multiplied: the unit says so."""
    header = "Year,Units,Unit multiplier,Value"
    folder = files("2016,People,Thousands,5", header=header)
    series = OpenSdgRepository(folder, Omissions()).read("1-1-1", "data/indicator_1-1-1.csv", {})
    assert series
    assert series.indicator["unit"] == "People (thousands)"


def test_a_column_beside_the_group_must_say_one_thing(files: Files) -> None:
    """A column that every row fills is taken along only while it does not choose for us."""
    rows = ["2016,,North,Ash,Number,,,1", "2016,,South,Ash,Number,,,2"]
    omitted = Omissions()
    repository = OpenSdgRepository(files(*rows), omitted)
    assert repository.read("1-1-1", "data/indicator_1-1-1.csv", {"Town": "Ash"}) is None
    assert 'several values of "Region": choose one' in "\n".join(omitted.lines())
    both = {"Town": "Ash", "Region": "South"}
    assert repository.read("1-1-1", "data/indicator_1-1-1.csv", both)


def test_a_table_alone(home: Path, diplan: Diplan, files: Files) -> None:
    """Without metadata there is a title, a unit and a source that say where it is from."""
    folder = files("2016,,,,,,,4")
    (folder / "meta" / "1-1-1.md").unlink()
    said = diplan("import", "open-sdg", str(folder), cwd=home)
    for line in (
        "without metadata: 1",
        "indicators without a source: 1",
        "indicators without a unit: 1",
        "indicators without an area",
    ):
        assert line in said.err
    indicator = plan_at(home).indicators[-1]
    assert (indicator.title, indicator.unit) == ("Open SDG indicator 1.1.1", "units")
    assert plan_at(home).source["open-sdg-1-1-1"].title == "Open SDG indicator 1.1.1"


# ---- what nobody should send

BOMB = "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nindicator_available: *c"


@pytest.mark.parametrize(
    ("meta", "line"),
    [
        (BOMB, '"&a" names a value'),
        ("indicator_available: !!python/object/apply:os.system [ls]", "!!python"),
        ("a: " + "[" * 3000, ""),
        ("indicator_available: {{{{", ""),
        ('data_footnote: "\\u202E\\x1B[2J gone"', "can hide or reorder"),
        ("data_footnote: '&#8238;reversed'", "characters that hide or steer"),
        (f"indicator_available: {'long ' * 200}", "texts of more than 500 characters"),
        ("data_show_map: no", '"no"'),
        ("source_organisation_1: O\nsource_url_1: javascript:alert(1)", "addresses that are not"),
        ("source_organisation_1: O\nsource_release_date_1: 31/02/2020", "dates that are not a day"),
        ("source_organisation_1: O\nsource_periodicity_1: Now and then", "frequencies"),
        ("data_footnote: <script>alert(1)</script><style>x</style><p>Kept", ""),
    ],
    ids=lambda text: text[:25],
)
def test_hostile_metadata(meta: str, line: str, home: Path, diplan: Diplan, files: Files) -> None:
    """Bombs, tags, scripts and hidden characters do no harm: the figures come in all the same."""
    said = diplan("import", "open-sdg", str(files("2016,,,,Number,,,4", meta=meta)), cwd=home)
    assert said.code == 0
    assert line in said.err
    indicator = plan_at(home).indicators[-1]
    assert figures(indicator) == {"2016": "4"}
    assert "alert" not in (indicator.note or "")
    assert len(indicator.title) <= 500


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"\xff\xfeY\x00e\x00", "UTF-16"),
        (b"Year,Value\n2016,4 \xa3\n", "another encoding"),
        (b"Year,Value\n2016,4\x1b[2J\n", "can steer a terminal"),
        (b"Year,Wert\n2016,4\n", 'the column "Value" is missing'),
        (b"<<<<<<< HEAD\nYear,Value\n", "both sides of a merge"),
        (b"", "does not name the columns"),
        (b"Year,Value\n2016," + b"9" * 200_000 + b"\n", "a cell is too long"),
        (b"Year,Value\n" + b"x" * (LARGEST_FILE + 1), "larger than 32 MiB"),
    ],
)
def test_hostile_tables(
    content: bytes, line: str, home: Path, diplan: Diplan, files: Files
) -> None:
    """A table that cannot be read is named, with what is wrong, and nothing is written."""
    folder = files()
    (folder / "data" / "indicator_1-1-1.csv").write_bytes(content)
    before = (home / "data" / "indicators.yaml").read_bytes()
    said = diplan("import", "open-sdg", str(folder), cwd=home)
    assert said.code == 2
    assert line in said.err
    assert "\x1b" not in said.err
    assert (home / "data" / "indicators.yaml").read_bytes() == before


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_windows_is_welcome(end: str, home: Path, diplan: Diplan, files: Files) -> None:
    """A byte order mark and the line ends of Windows are read for what they are."""
    folder = files()
    for path in (folder / "data" / "indicator_1-1-1.csv", folder / "meta" / "1-1-1.md"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", end.encode()))
    with (folder / "data" / "indicator_1-1-1.csv").open("ab") as stream:
        stream.write(f"2016,,,,Number,,,4{end}".encode())
    diplan("import", "open-sdg", str(folder), cwd=home)
    indicator = plan_at(home).indicators[-1]
    assert (indicator.title, figures(indicator)) == ("Made up", {"2016": "4"})


def test_links_out_of_the_folder_are_not_followed(
    home: Path, diplan: Diplan, files: Files, tmp_path: Path
) -> None:
    """Neither a table nor metadata is read from somewhere else."""
    folder = files("2016,,,,Number,,,4")
    secret = tmp_path / "secret"
    secret.write_text("Year,Value\n2016,4\n", encoding="utf-8")
    (folder / "data" / "indicator_1-2-1.csv").symlink_to(secret)
    (folder / "meta" / "1-1-1.md").unlink()
    (folder / "meta" / "1-1-1.md").symlink_to(secret)
    said = diplan("import", "open-sdg", str(folder), cwd=home)
    assert "files that cannot be read: this is not a file of the workspace: 2" in said.err
    assert len(plan_at(home).indicators) == 3


def test_names_of_files_are_not_paths(home: Path, diplan: Diplan, files: Files) -> None:
    """An indicator is chosen among those that are there: a name with dots leads nowhere else."""
    folder = files("2016,,,,Number,,,4")
    (folder / "data" / "indicator_ x.csv").write_text("Year,Value\n2016,4\n", encoding="utf-8")
    for name in ("../../etc/passwd", "/etc/passwd", "..", ""):
        assert diplan("import", "open-sdg", str(folder), "--indicator", name, cwd=home).code == 2
    said = diplan("import", "open-sdg", str(folder), cwd=home)
    assert "files that are not an indicator's: 1" in said.err


def test_formulas_are_texts(home: Path, diplan: Diplan, files: Files) -> None:
    """A title that a spreadsheet would run is kept as it is, and exported with an apostrophe."""
    folder = files("2016,,,,Number,,,4", meta="indicator_available: \"=cmd|' /C calc'!A0\"")
    diplan("import", "open-sdg", str(folder), cwd=home)
    assert plan_at(home).indicators[-1].title == "=cmd|' /C calc'!A0"
    diplan("export", "csv", "--output", "out", cwd=home)
    text = (home / "out" / "indicators.csv").read_text(encoding="utf-8")
    assert ",'=cmd|' /C calc'!A0," in text


def test_ids_are_ids_whatever_the_group_is_called(home: Path, diplan: Diplan, files: Files) -> None:
    """A name without a Latin letter, or of great length, still gives an id of its own."""
    towns = ["北区", "南区", "x" * 200]
    folder = files(*(f"2016,,,{town},Number,,,4" for town in towns))
    for town in towns:
        assert (
            diplan("import", "open-sdg", str(folder), "--where", f"Town={town}", cwd=home).code == 0
        )
    assert len({indicator.id for indicator in plan_at(home).indicators[-3:]}) == 3


def test_texts_are_as_people_wrote_them() -> None:
    """Entities are read, blocks part words, and a sign for less is no tag."""
    omitted = Omissions()
    assert bare("<p>A &amp; B</p><p>p < 0.05</p>C<br>D", "here", omitted) == "A & B p < 0.05 C D"
    assert omitted.lines() == []


@pytest.mark.parametrize("part", ["<", "<a ", "<!--", "<![", "</", "<script", "&#", '<a b="'])
def test_broken_html_is_read(part: str) -> None:
    """A million characters of broken HTML are read without an error."""
    bare(part * (1_000_000 // len(part)), "here", Omissions())
    bare(f"{part}{'a' * 1_000_000}", "here", Omissions())


def test_a_source_that_is_not_in_use_is_none() -> None:
    """The first source that is active is kept, and the others are counted."""
    meta = "\n".join(
        f"source_active_{at}: {flag}\nsource_organisation_{at}: Office {at}"
        for at, flag in enumerate(("false", "true", "true"), 1)
    )
    omitted = Omissions()
    known = about("here", read_yaml("here", f"---\n{meta}\n---\n", omitted), omitted)
    assert known.source == {"title": "Office 2", "publisher": "Office 2"}
    assert "further sources, of which only the first is kept: 1" in "\n".join(omitted.lines())


def test_a_report_has_an_end() -> None:
    """Reasons beyond a hundred are counted together."""
    omitted = Omissions()
    for at in range(1000):
        omitted.note(f"reason {at}\x1b", "here")
    lines = omitted.lines()
    assert len(lines) == 102
    assert lines[-1] == "  other reasons: 900 (here)"
    assert lines[1] == "  reason 0<U+001B>: 1 (here)"


# ---- many


def test_many_indicators_come_in(tmp_path: Path, home: Path, diplan: Diplan) -> None:
    """Fifty indicators come in, and are brought up to date."""
    spec = importlib.util.spec_from_file_location("open_sdg", ROOT / "benchmarks" / "open_sdg.py")
    assert spec
    assert spec.loader
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    maker.write_repository(tmp_path / "sdg", indicators=50)
    said = diplan("import", "open-sdg", str(tmp_path / "sdg"), cwd=home)
    assert said.err.endswith("50 new indicators with 850 figures\n")
    path = home / "data" / "indicators.yaml"
    text = path.read_text(encoding="utf-8")
    text = re.sub(r" {6}- period: 2020\n(?: {8}.*\n)+", "", text)
    path.write_text(text, encoding="utf-8")
    said = diplan("import", "open-sdg", str(tmp_path / "sdg"), cwd=home)
    assert "50 new figures of 50 that are there, 800 figures known already" in said.err
    assert len(plan_at(home).indicators) == 52
