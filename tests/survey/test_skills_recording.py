"""A share becomes a figure of an indicator, and what is not comparable is marked as such."""

import shutil
from pathlib import Path

import pytest

from conftest import ROOT, Diplan, Said
from diplan.files.load import load
from diplan.files.workspace import Workspace
from diplan.plan import Observation
from surveys import basic, people, write

FRAMEWORK = "basic-digital-skills-2015"


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Path:
    """A plan, and a survey beside it."""
    shutil.copytree(ROOT / "tests" / "errors" / "base" / "data", tmp_path / "data")
    write(tmp_path / "survey.csv", people(basic(), 400, seed=21))
    return tmp_path


def seen(home: Path) -> dict[str, Observation]:
    """The figures of the indicator, by their periods."""
    plan = load(Workspace(home)).plan
    assert plan
    return {
        str(observation.period): observation
        for observation in plan.indicator["adults-with-skills"].observations
    }


def record(
    diplan: Diplan, home: Path, period: str, *more: str, question: str = "could",
    indicator: str = "adults-with-skills",
) -> Said:  # fmt: skip
    """Record the survey as the figure of a period."""
    return diplan(
        "skills", "score", "survey.csv", "--framework", FRAMEWORK, "--question", question,
        "--record", indicator, "--period", period, "--source", "survey", "--yes", *more, cwd=home,
    )  # fmt: skip


def test_a_share_is_recorded_as_counts(home: Path, diplan: Diplan) -> None:
    """Numerator and denominator, the place, and a note with rule, counts and interval."""
    said = record(diplan, home, "2019")
    figure = seen(home)["2019"]
    headline = next(line for line in said.out.splitlines() if line.startswith("All 5 skills"))

    assert said.code == 0
    assert said.err.endswith("wrote data/indicators.yaml\n")
    assert figure.at == f"{FRAMEWORK}, could do"
    assert (figure.value, figure.low, figure.high, figure.source) == (None, None, None, "survey")
    assert f"{figure.numerator} of {figure.denominator} people" in headline
    assert figure.note
    assert f"Basic digital skills (2015), could do. {headline}" in figure.note
    assert "Too little answered to tell: " in figure.note
    assert figure.note.endswith("left out: 0 rows.")
    assert diplan("check", "--as-of", "2019", cwd=home).code == 0


def test_a_weighted_share_is_recorded_with_its_ends(home: Path, diplan: Diplan) -> None:
    """With weights there is no count of a count: the value stands between the interval's ends."""
    said = record(diplan, home, "2019", "--weight", "weight")
    figure = seen(home)["2019"]
    assert (figure.numerator, figure.denominator) == (None, None)
    assert figure.low
    assert figure.value
    assert figure.high
    assert figure.low < figure.value < figure.high
    assert f"{figure.value:.1f}% of " in said.out
    assert figure.note
    assert "weighted" in figure.note
    assert "effective sample of" in figure.note


def test_what_is_withheld_is_recorded_as_suppressed(home: Path, diplan: Diplan) -> None:
    """A share of very few gets into no data file either."""
    write(home / "survey.csv", people(basic(), 40, seed=3, able=0.05))
    said = record(diplan, home, "2019")
    figure = seen(home)["2019"]
    assert said.code == 0, said.err
    assert (figure.missing, figure.numerator) == ("suppressed", None)
    assert figure.note
    assert "withheld [c]" in figure.note


def test_another_question_begins_a_new_series(home: Path, diplan: Diplan) -> None:
    """What people have done is not compared with what they could do: the figure is a break."""
    first, same = record(diplan, home, "2019-03"), record(diplan, home, "2019-06")
    other = record(diplan, home, "2020", question="done")
    figures = seen(home)

    assert "the figure for 2018 does not say by which questions it was measured" in first.err
    assert "break" not in same.err
    assert (
        f'marked as a break: the figure for 2019-06 was measured by "{FRAMEWORK}, could do", this'
        f' one by "{FRAMEWORK}, done in the last three months"'
    ) in other.err
    assert [figures[year].marks for year in ("2019-03", "2019-06", "2020")] == [(), (), ("break",)]
    assert "new series" in diplan("why", "adults-with-skills", "--as-of", "2020", cwd=home).out


def test_another_framework_begins_a_new_series(home: Path, diplan: Diplan) -> None:
    """So does another framework, even with a question of the same name."""
    (home / "frameworks").mkdir()
    shutil.copy(ROOT / "frameworks" / f"{FRAMEWORK}.yaml", home / "frameworks" / "other-2020.yaml")
    record(diplan, home, "2019")
    other = record(diplan, home, "2020", "--framework", "other-2020")
    assert 'this one by "other-2020, could do"' in other.err
    assert seen(home)["2020"].marks == ("break",)


def test_a_figure_between_two_says_so_of_the_later(home: Path, diplan: Diplan) -> None:
    """An earlier figure that is put in afterwards asks for a mark on the one behind it."""
    record(diplan, home, "2021", question="done")
    said = record(diplan, home, "2020")
    assert "the figure for 2021 was measured by" in said.err
    assert "add the mark `break` to it" in said.err
    assert list(seen(home)) == ["2018", "2020", "2021"]


def test_a_baseline_of_another_kind_is_a_break(home: Path, diplan: Diplan) -> None:
    """Where there is no figure yet, the baseline is what it would be compared with."""
    path = home / "data" / "indicators.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        "value: 60, source: survey}", f'value: 60, source: survey, at: "{FRAMEWORK}, done"}}'
    ).replace("    observations:\n      - {period: 2018, value: 66.5, source: survey}\n", "")
    path.write_text(text, encoding="utf-8")
    said = record(diplan, home, "2019")
    assert "marked as a break: the baseline was measured by" in said.err
    assert seen(home)["2019"].marks == ("break",)


def test_dry_run_shows_the_lines_and_writes_nothing(home: Path, diplan: Diplan) -> None:
    """As with `diplan record`."""
    said = record(diplan, home, "2019", "--dry-run")
    assert "+      - period: 2019" in said.out
    assert list(seen(home)) == ["2018"]


def test_strict_records_nothing_where_a_row_is_left_out(home: Path, diplan: Diplan) -> None:
    """Who wants all rows to count gets all or nothing."""
    path = home / "survey.csv"
    path.write_text(f"{path.read_text(encoding='utf-8')}1,2\n", encoding="utf-8")
    strict, kind = record(diplan, home, "2019", "--strict"), record(diplan, home, "2020")
    assert (strict.code, kind.code) == (1, 0)
    assert list(seen(home)) == ["2018", "2020"]
    assert (seen(home)["2020"].note or "").endswith("left out: 1 row.")


@pytest.mark.parametrize(
    ("indicator", "period", "message"),
    [
        ("adults-with-skils", "2019", 'did you mean "adults-with-skills"?'),
        ("residents-offline", "2019", 'the unit of "residents-offline" is residents'),
        ("adults-with-skills", "2018", "there is a figure for 2018 already"),
        ("adults-with-skills", "20x9", "--period: "),
    ],
)
def test_what_cannot_be_recorded(
    indicator: str, period: str, message: str, home: Path, diplan: Diplan
) -> None:
    """It is said before anything is counted."""
    said = record(diplan, home, period, indicator=indicator)
    assert (said.code, said.out) == (2, "")
    assert message in said.err


def test_a_derived_indicator_names_its_parts(home: Path, diplan: Diplan) -> None:
    """Its figures are worked out, and the parts are what is recorded."""
    path = home / "data" / "indicators.yaml"
    text = path.read_text(encoding="utf-8")
    gap = (
        "  - id: gap\n    title: Gap\n    priority: digital-skills\n    unit: per cent\n"
        "    derived: {kind: difference, of: [adults-with-skills, adults-with-skills]}\n"
        "    target: {kind: none}\n"
    )
    path.write_text(text.rstrip("\n") + "\n" + gap, encoding="utf-8")
    said = record(diplan, home, "Q1 2018/19", indicator="gap")

    assert said.code == 2
    assert '"gap" is derived: its figures are worked out from adults-with-skills' in said.err
    assert "record those" in said.err


def test_a_period_is_typed_as_people_write_it(home: Path, diplan: Diplan) -> None:
    """It is written in one form."""
    assert record(diplan, home, "Quarter 1 of 2019/20").code == 0
    assert "2019/20-Q1" in seen(home)


def test_a_source_has_to_be_known(home: Path, diplan: Diplan) -> None:
    """The edit is checked like any other."""
    said = record(diplan, home, "2019", "--source", "survy")
    assert said.code == 2
    assert 'unknown source "survy"' in said.err
    assert list(seen(home)) == ["2018"]
