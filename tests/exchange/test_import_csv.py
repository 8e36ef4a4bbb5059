"""Imports from a table: each bad cell is named, and nothing that is there is overwritten."""

import io
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import indicator, plan
from conftest import Diplan, plan_at
from diplan.exchange import csv_figures
from diplan.exchange.csv_figures import Given, read_figures
from diplan.exchange.export import export

ROOT = Path(__file__).parents[2]
MAP = ("--map", "indicator=Id", "--map", "period=Year", "--map", "value=Figure")
MORE = ("--map", "source=From", "--map", "marks=Marks", "--map", "at=Where", "--map", "note=Note")
ALL = Given({"indicator": "Id", "period": "Year", "value": "Figure"})


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the tests' base plan."""
    shutil.copytree(ROOT / "tests" / "errors" / "base", tmp_path / "home")
    return tmp_path / "home"


def table(home: Path, *lines: str, header: str = "Id,Year,Figure") -> str:
    """Write a table beside the plan."""
    text = "\n".join([header, *lines]) + "\n"
    (home / "figures.csv").write_text(text, encoding="utf-8")
    return "figures.csv"


def test_figures_go_to_their_places(home: Path, diplan: Diplan) -> None:
    """In order of time, with all that the columns say, as people write figures."""
    file = table(
        home,
        'residents-offline,2019,"c. 700",survey,"Provisional, estimated",table 3,"Noted, twice"',
        "residents-offline,2016/17,under 1000,survey,,,",
        "adults-with-skills,2019,67.25%,survey,,,",
        header="Id,Year,Figure,From,Marks,Where,Note",
    )
    said = diplan("import", "csv", file, *MAP, *MORE, cwd=home)
    assert (said.code, said.out) == (0, "")
    assert said.err == "wrote data/indicators.yaml\n3 new figures\n"
    text = (home / "data" / "indicators.yaml").read_text(encoding="utf-8")
    assert "      - {period: 2016/17, high: 1000, source: survey}\n      - {period: 2017, " in text
    seen = plan_at(home).indicator["residents-offline"].observations[-1]
    assert (seen.period.text, str(seen.value), seen.approximate) == ("2019", "700", True)
    assert (seen.marks, seen.at, seen.note) == (
        ("provisional", "estimated"), "table 3", "Noted, twice",
    )  # fmt: skip
    assert str(plan_at(home).indicator["adults-with-skills"].observations[-1].value) == "67.25"


def test_one_indicator_and_one_source_for_all(home: Path, diplan: Diplan) -> None:
    """What no column says may be said once for all rows."""
    file = table(home, "2019,610,1000", header="Year,With,Of")
    said = diplan(
        "import", "csv", file, "--indicator", "adults-with-skills", "--source", "survey",
        "--map", "period=Year", "--map", "numerator=With", "--map", "denominator=Of", cwd=home,
    )  # fmt: skip
    assert said.code == 0
    seen = plan_at(home).indicator["adults-with-skills"].observations[-1]
    assert (str(seen.numerator), str(seen.denominator), seen.source) == ("610", "1000", "survey")


BAD = [
    ("residents-ofline,2019,1", 1, 'unknown indicator "residents-ofline"', "residents-offline"),
    ('"",2019,1', 1, "does not say which indicator", "write its id"),
    ("residents-offline,19/20,1", 19, '"19/20" is not a period', "2019/20"),
    ('residents-offline,"",1', 19, "there is no period", "write one"),
    ("residents-offline,2019,many", 24, '"many" is not a figure', "c. 4500"),
    (f"residents-offline,2019,{'9' * 31}", 24, "is not a figure", "write one like"),
    ("residents-offline,2018,721", 24, "another figure for 2018: 720", "diplan revise"),
    ("adults-with-skills,2019,101", 25, "101 per cent is not between 0 and 100", "correct"),
    ("residents-offline,2019,5 of 10", 24, "a numerator and a denominator give", "per cent"),
    ("adults-with-skills,2019,5 of 0", 25, "a denominator above 0", "give both"),
]


@pytest.mark.parametrize(("line", "column", "message", "hint"), BAD)
def test_a_bad_cell_is_named(
    line: str, column: int, message: str, hint: str, home: Path, diplan: Diplan
) -> None:
    """Row and column, what is wrong and what to do; and nothing is written, of no row."""
    file = table(home, "residents-offline,2020,500", line)
    before = (home / "data" / "indicators.yaml").read_bytes()
    said = diplan("import", "csv", file, *MAP, cwd=home)
    assert said.code == 1
    assert said.out.startswith(f"figures.csv:3:{column}: error: column ")
    assert message in said.out
    assert hint in said.out
    assert (
        said.err
        == "nothing was written: 1 problem to put right (--skip-bad takes the other rows)\n"
    )
    assert (home / "data" / "indicators.yaml").read_bytes() == before


def test_good_rows_may_go_on_alone(home: Path, diplan: Diplan) -> None:
    """With --skip-bad the others are written, and the bad ones are still named."""
    file = table(home, *(line for line, *_ in BAD), "residents-offline,2020,500")
    said = diplan("import", "csv", file, *MAP, "--skip-bad", cwd=home)
    assert said.code == 0
    assert said.out.count(": error: ") == len(BAD)
    assert said.err.endswith("1 new figure\n")
    assert str(plan_at(home).indicator["residents-offline"].observations[-1].value) == "500"


def test_bad_marks_sources_and_texts(home: Path, diplan: Diplan) -> None:
    """The cells beside the figure are judged as well, all of a row at once."""
    row = f"residents-offline,2019,700,surve,guessed,{'x' * 501},{'y' * 20_001}"
    file = table(home, row, header="Id,Year,Figure,From,Marks,Where,Note")
    said = diplan("import", "csv", file, *MAP, *MORE, cwd=home)
    for part in ('did you mean "survey"?', '"guessed" is not a mark', "than 500", "than 20,000"):
        assert part in said.out
    assert said.err.startswith("nothing was written: 4 problems")


def test_known_and_empty_rows_are_passed_over(home: Path, diplan: Diplan) -> None:
    """A figure that is there, and a row without one, are counted, and are no mistakes."""
    file = table(home, "residents-offline,2018,720.0", "residents-offline,2019,", "nobody,,")
    said = diplan("import", "csv", file, *MAP, cwd=home)
    assert said.code == 0
    assert said.err.startswith("2 rows without a figure\n1 figure known already\nnothing to change")


def test_two_rows_for_one_period(home: Path, diplan: Diplan) -> None:
    """The second is bad: nobody can tell which is right."""
    file = table(home, "residents-offline,2019,700", "residents-offline,2019,700")
    said = diplan("import", "csv", file, *MAP, cwd=home)
    assert "figures.csv:3:19: error: " in said.out
    assert "an earlier row" in said.out


def test_a_doubtful_figure_needs_a_yes(home: Path, diplan: Diplan) -> None:
    """A figure of a hundred times the last one is asked about, as by `diplan record`."""
    file = table(home, "residents-offline,2019,72000")
    said = diplan("import", "csv", file, *MAP, cwd=home)
    assert said.code == 2
    assert "residents-offline, 2019: this is 100 times the last figure" in said.err
    assert diplan("import", "csv", file, *MAP, "--yes", cwd=home).code == 0


def test_a_dry_run_shows_the_difference(home: Path, diplan: Diplan) -> None:
    """And it writes nothing."""
    before = (home / "data" / "indicators.yaml").read_bytes()
    file = table(home, "residents-offline,2019,700")
    said = diplan("import", "csv", file, *MAP, "--dry-run", cwd=home)
    assert "+      - {period: 2019, value: 700}\n" in said.out
    assert (home / "data" / "indicators.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("call", "said", "hint"),
    [
        (["--map", "period=Yeer", "--map", "value=Figure"], '"Yeer"', 'did you mean "Year"?'),
        (["--map", "perod=Year"], 'unknown key "perod"', 'did you mean "period"?'),
        (["--map", "period=Year"], "which columns hold", "--map period=Year"),
        (["--map", "period=Year", "--map", "numerator=Figure"], "alone", "map both"),
        (["--map", "period"], "is not NAME=VALUE", "an equals sign"),
    ],
)
def test_wrong_usage(call: list[str], said: str, hint: str, home: Path, diplan: Diplan) -> None:
    """What the options get wrong is said with what they could be."""
    file = table(home, "residents-offline,2019,1")
    told = diplan("import", "csv", file, *call, "--indicator", "residents-offline", cwd=home)
    assert told.code == 2
    assert said in told.err
    assert hint in told.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "in one way"),
        (["--map", "indicator=Id", "--indicator", "residents-offline"], "in one way"),
        (["--indicator", "residents-ofline"], 'did you mean "residents-offline"?'),
        (["--indicator", "residents-offline", "--source", "surve"], 'did you mean "survey"?'),
    ],
)
def test_what_the_rows_are_about(options: list[str], said: str, home: Path, diplan: Diplan) -> None:
    """The indicator is said once, and it and the source are the plan's."""
    file = table(home, "residents-offline,2019,1")
    call = ("import", "csv", file, "--map", "period=Year", "--map", "value=Figure", *options)
    assert said in diplan(*call, cwd=home).err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfeI\x00d\x00", "UTF-16"),
        ("Id,Year,Figure\ncafé,2019,1\n".encode("cp1252"), "another encoding"),
        (b"Id,Year,Figure\nx,2019,1\x1b[2J\n", "can steer a terminal"),
        (b"Id,Year,Figure\nx,2019\n", "2 cells, where the first row has 3"),
        (b"Id,Year,Figure,Year\nx,2019,1,2\n", 'the column "Year" is there twice'),
        (b"", "does not name the columns"),
    ],
)
def test_files_that_are_not_as_they_should_be(
    content: bytes, said: str, home: Path, diplan: Diplan
) -> None:
    """Encodings and separators are explained as for the plan's own tables."""
    (home / "figures.csv").write_bytes(content)
    told = diplan("import", "csv", "figures.csv", *MAP, cwd=home)
    assert told.code == 1
    assert said in told.out
    assert "\x1b" not in told.out + told.err


def test_no_file_and_too_large_a_file(home: Path, diplan: Diplan) -> None:
    """Neither is read."""
    assert (
        'there is no file "nothing.csv"'
        in diplan("import", "csv", "nothing.csv", *MAP, cwd=home).err
    )
    with (home / "large.csv").open("wb") as stream:
        stream.truncate(40 * 1024 * 1024)
    assert "larger than 32 MiB" in diplan("import", "csv", "large.csv", *MAP, cwd=home).err


def test_windows_is_welcome(home: Path, diplan: Diplan) -> None:
    """What Excel saves as CSV UTF-8 is read."""
    text = 'Id,Year,Figure\r\nresidents-offline,2019,"1,000"\r\n'
    (home / "figures.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert diplan("import", "csv", "figures.csv", *MAP, cwd=home).code == 0
    assert str(plan_at(home).indicator["residents-offline"].observations[-1].value) == "1000"


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_separators(sign: str, home: Path, diplan: Diplan) -> None:
    """What a spreadsheet writes in other countries is read, and a bad cell has its place."""
    row = ("residents-offline", "2019", "lots, they say")
    file = table(home, sign.join(row), header=sign.join(("Id", "Year", "Figure")))
    said = diplan("import", "csv", file, *MAP, cwd=home)
    assert said.out.startswith("figures.csv:2:24: error: ")
    table(home, sign.join((*row[:2], "700")), header=sign.join(("Id", "Year", "Figure")))
    assert diplan("import", "csv", file, *MAP, cwd=home).code == 0


def test_a_comma_in_a_number_between_semicolons(home: Path, diplan: Diplan) -> None:
    """It may be a decimal sign there, so nobody can tell 1,234 from 1.234."""
    file = table(home, "residents-offline;2019;1,234", header="Id;Year;Figure")
    said = diplan("import", "csv", file, *MAP, cwd=home)
    assert '"1,234" may mean two numbers' in said.out
    assert "write 1.234, or 1234 without the comma" in said.out


@pytest.mark.parametrize(
    ("years", "periods"),
    [
        (["2010-11", "2011-12"], ["2010/11", "2011/12"]),
        (["2009-10", "2010-11", "2020"], ["2009/10", "2010/11", "2020"]),
        (["2012-13"], ["2012/13"]),
        (["2010-11", "2010-12"], ["2010-11", "2010-12"]),
        (["2019/2020", "2020-2021"], ["2019/20", "2020/21"]),
    ],
)
def test_years_are_read_by_their_column(
    years: list[str], periods: list[str], home: Path, diplan: Diplan
) -> None:
    """2010-11 beside 2011-12 is a financial year, and beside 2010-12 a month."""
    file = table(home, *(f"residents-offline,{year},700" for year in years))
    said = diplan("import", "csv", file, *MAP, cwd=home)
    assert said.code == 0, said.out
    seen = {one.period.text for one in plan_at(home).indicator["residents-offline"].observations}
    assert seen >= set(periods)
    assert ("read as financial years" in said.err) == ("2010/11" in periods or "2012/13" in periods)


def test_a_single_year_that_may_be_a_month_is_asked_about(home: Path, diplan: Diplan) -> None:
    """Alone in its column, 2011-12 is a month, once somebody says yes."""
    file = table(home, "residents-offline,2011-12,700")
    said = diplan("import", "csv", file, *MAP, cwd=home)
    assert said.code == 2
    assert "2011-12 is read as a month: write 2011/12 for the financial year" in said.err
    assert diplan("import", "csv", file, *MAP, "--yes", cwd=home).code == 0


def test_places_in_a_long_file(home: Path, diplan: Diplan) -> None:
    """A file is read block by block, and every line keeps its number; problems are counted."""
    rows = [f'residents-offline,2018,720,"over\ntwo lines {at:05}"' for at in range(8_000)]
    rows += ["residents-offline,2018,many,x"] * 300
    file = table(home, *rows, header="Id,Year,Figure,Notes")
    said = diplan("import", "csv", file, *MAP, cwd=home)
    assert said.out.startswith("figures.csv:16002:24: error: ")
    assert "16002 | residents-offline,2018,many,x" in said.out
    assert "and 100 further problems\n8,000 figures known already" in said.err
    assert "nothing was written: 300 problems" in said.err


def test_a_table_without_rows(home: Path, diplan: Diplan) -> None:
    """A header alone is read to its end, and has no figures."""
    said = diplan("import", "csv", table(home), *MAP, cwd=home)
    assert (said.code, said.out) == (0, "")
    assert said.err.endswith("0 new figures\n")


def test_a_bad_byte_far_down(home: Path, diplan: Diplan) -> None:
    """What is not UTF-8 is named with its line."""
    good = b"residents-offline,2018,720\n" * 500
    (home / "figures.csv").write_bytes(b"Id,Year,Figure\n" + good + b"caf\xe9,2019,1\n")
    said = diplan("import", "csv", "figures.csv", *MAP, cwd=home)
    assert said.out.startswith("figures.csv:502:4: error: the file is not UTF-8")


def test_too_many_figures_in_one_file(
    home: Path, diplan: Diplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file may bring 10,000 new figures: with one more it is refused, and nothing is written."""
    assert csv_figures.MOST_ENTRIES == 10_000
    monkeypatch.setattr(csv_figures, "MOST_ENTRIES", 2)
    before = (home / "data" / "indicators.yaml").read_bytes()
    rows = [f"residents-offline,{year},{year - 1300}" for year in (2014, 2015, 2019)]
    said = diplan("import", "csv", table(home, *rows), *MAP, "--yes", cwd=home)
    assert (said.code, (home / "data" / "indicators.yaml").read_bytes()) == (2, before)
    assert "figures.csv has more than 2 new figures\n  = split it into several files" in said.err


def test_a_thousand_figures_of_one_indicator(home: Path, diplan: Diplan) -> None:
    """They are put in together, before, between and behind those that are there."""
    days = [f"{year}-{month:02}-{day:02}" for year in (2014, 2017, 2020)
            for month in range(1, 13) for day in range(1, 29)]  # fmt: skip
    file = table(home, *(f"residents-offline,{day},700" for day in days))
    said = diplan("import", "csv", file, *MAP, cwd=home)
    assert said.err.endswith("1,008 new figures\n")
    observations = plan_at(home).indicator["residents-offline"].observations
    ends = [one.period.end for one in observations]
    assert ends == sorted(ends)
    assert len(ends) == 1008 + 2


FIGURES = st.one_of(
    st.decimals(min_value=-(10**9), max_value=10**9, places=3).map(
        lambda one: {"value": f"{one:f}"}
    ),
    st.just({"missing": "suppressed"}),
)


@given(st.dictionaries(st.integers(1990, 2030), FIGURES, min_size=1, max_size=6))
def test_what_is_exported_can_be_imported(seen: dict[int, dict[str, str]]) -> None:
    """Exported figures, read back into the same plan, are all known; into an empty one, all new."""
    given = [{"period": str(year), **seen[year]} for year in sorted(seen)]
    full = plan(indicator(target={"kind": "none"}, observations=given))
    empty = plan(indicator(target={"kind": "none"}))
    text = export(full, "csv")["observations.csv"].decode()
    columns = Given({"indicator": "indicator", "period": "period", "value": "value"})
    numbers = [one for one in given if "value" in one]
    for made, known, new in ((full, len(numbers), 0), (empty, 0, len(numbers))):
        read = read_figures("observations.csv", io.StringIO(text), columns, made)
        assert (read.known, len(read.entries), read.problems) == (known, new, [])
        assert read.empty == len(given) - len(numbers)
    values = [
        entry.values["value"]
        for entry in read_figures("o", io.StringIO(text), columns, empty).entries
    ]
    assert values == [one["value"] for one in numbers]
