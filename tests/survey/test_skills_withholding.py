"""What is withheld cannot be worked out: not by hand, not by a solver, not from the rule itself.

The attackers here have the published report alone, and know how it is made.
"""

import itertools
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from conftest import Diplan
from diplan.survey.framework import Framework
from diplan.survey.grouping import Groups
from diplan.survey.report import data
from diplan.survey.responses import Responses
from diplan.survey.scoring import Scores, WeightedCount, score
from diplan.survey.withholding import published
from surveys import COULD, SMALL, Row, basic, people, write


def reported(
    tmp_path: Path, rows: Sequence[Row], framework: Framework, by: Sequence[str], least: int
) -> dict[str, Any]:
    """What a report of some rows says to programs."""
    with write(tmp_path / "survey.csv", rows).open(encoding="utf-8", newline="") as stream:
        table = Responses(stream, framework, framework.questions[0], Groups(by))
        return data(published(score(table, framework), least, Fraction(95)))


# ---- an attacker with a solver


Survey = npt.NDArray[np.float64]
"""How many people there are in each column of an attack."""


class Attack(NamedTuple):
    """All that a report lets be known, as equations in how many people gave which answers where.

    A column of `matrix` is a set of answers to every task (or none) in a combination of groups.
    """

    cells: list[tuple[tuple[bool | None, ...], tuple[str | None, ...]]]
    rows: list[list[float]]
    sums: list[float]
    framework: Framework
    by: Sequence[str]
    verdicts: Sequence[Sequence[bool | None]]
    """Of each column, whether somebody with its answers has what each measure asks."""

    def members(self, one: Mapping[str, Any], *, yes: bool) -> list[float]:
        """Which of the columns a result counts: those judged, or those who have it."""
        names = [(measure.kind, measure.id or None) for measure in self.framework.measures]
        at = names.index((one["measure"], one["id"]))
        found = []
        for (_, mix), verdicts in zip(self.cells, self.verdicts, strict=True):
            verdict = verdicts[at]
            inside = one["by"] is None or mix[self.by.index(one["by"])] == one["group"]
            found.append(float(inside and verdict is not None and (verdict or not yes)))
        return found

    def extremes(self, one: Mapping[str, Any]) -> list[Survey]:
        """Two surveys with this report: those in which a count is the least and the most."""
        aim = np.array(self.members(one, yes=True))
        surveys = []
        for sign in (1, -1):
            found = milp(
                sign * aim,
                constraints=LinearConstraint(np.array(self.rows), self.sums, self.sums),
                integrality=np.ones(len(aim)),
                bounds=Bounds(0, np.inf),
            )
            assert found.status == 0, found.message
            survey = np.rint(found.x)
            assert (np.array(self.rows) @ survey == self.sums).all()
            surveys.append(survey)
        return surveys

    def counts(self, one: Mapping[str, Any], surveys: Sequence[Survey]) -> list[int]:
        """What a count is in each of some surveys."""
        aim = np.array(self.members(one, yes=True))
        return [round(float(aim @ survey)) for survey in surveys]


def attack(report: Mapping[str, Any], framework: Framework, mixes: Sequence[Row]) -> Attack:
    """The equations of a report; *mixes* are the combinations of groups that are known to exist."""
    by = list(dict.fromkeys(one["by"] for one in report["results"] if one["by"]))
    named = {(one["by"], one["group"]) for one in report["results"]}
    known = {
        tuple((row[name] if (name, row[name]) in named else None) for name in by) for row in mixes
    }
    answers = list(itertools.product((True, False, None), repeat=len(framework.tasks)))
    cells = [(given, mix) for mix in sorted(known, key=str) for given in answers]
    judged = {given: framework.judged(given) for given in answers}
    verdicts = [judged[given] for given, _ in cells]
    made = Attack(cells, [[1.0] * len(cells)], [report["rows"]["judged"]], framework, by, verdicts)
    made.sums[0] += report["rows"]["undecided"]
    for one in report["results"]:
        made.rows.append(made.members(one, yes=False))
        made.sums.append(one["of"])
        if one["count"] is not None:
            made.rows.append(made.members(one, yes=True))
            made.sums.append(one["count"])
    return made


SIZES = {"few": (34, 5), "some": (70, 5), "more": (150, 8)}


@pytest.mark.parametrize("kind", ["each-skill", "all-tasks"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", range(2))
def test_no_solver_finds_a_withheld_count(kind: Any, size: str, seed: int, tmp_path: Path) -> None:
    """From all tables of a report together, each withheld count can be two things at least.

    Surveys that differ in one count mostly differ in others too: the solver is asked where none of
    those at hand does.
    """
    howmany, least = SIZES[size]
    framework = replace(SMALL, rule=kind)
    groups = {"area": ("North", "East", "South", "West"), "age": ("16-44", "45-64", "65+")}
    rows = people(framework, howmany, seed=seed, able=0.82, silent=0.05, groups=groups)
    report = reported(tmp_path, rows, framework, ["area", "age"], least)
    found = attack(report, framework, rows)
    hidden = [one for one in report["results"] if one["suppressed"]]

    assert hidden
    surveys: list[Survey] = []
    for one in hidden:
        if len(set(found.counts(one, surveys))) < 2:
            surveys += found.extremes(one)
        assert len(set(found.counts(one, surveys))) >= 2, one


def test_the_solver_would_find_one(tmp_path: Path) -> None:
    """The attack is alive: if one small count alone were withheld, it would be found."""
    rows = people(SMALL, 150, seed=3, groups={"area": ("North", "South", "West")})
    for row in rows:
        if row["area"] == "North":
            row |= {"could-a": "could", "could-b": "could", "could-c": "could"}
    report = reported(tmp_path, rows, SMALL, ["area"], 5)
    truth = reported(tmp_path, rows, SMALL, ["area"], 0)["results"]
    for one, true in zip(report["results"], truth, strict=True):
        if one["group"] != "North":
            one |= {"count": true["count"]}
    one, true = next(
        pair for pair in zip(report["results"], truth, strict=True)
        if pair[0]["group"] == "North" and pair[0]["measure"] == "overall"
    )  # fmt: skip
    assert one["suppressed"]
    found = attack(report, SMALL, rows)
    assert found.counts(one, found.extremes(one)) == [true["count"], true["count"]]


# ---- an attacker who tries every survey


def counted(people_: Sequence[int], yes: Sequence[int]) -> Scores:
    """Scores of one measure in some groups of one column."""
    framework: Any = SimpleNamespace(measures=SMALL.measures[:1])
    made = []
    for of, have in zip([sum(people_), *people_], [sum(yes), *yes], strict=True):
        count = WeightedCount()
        count.add(True, have, have, have)
        count.add(False, of - have, of - have, of - have)
        made.append([count])
    names = [str(at) for at in range(len(people_))]
    return Scores(
        framework, COULD, ["area"], None, sum(people_), {}, [], made[0],
        [dict(zip(names, made[1:], strict=True))], frozenset((name,) for name in names),
    )  # fmt: skip


Table = tuple[int | None, ...]


def told(scores: Scores, least: int) -> Table:
    """The counts that are published: in all, then by group; None where one is withheld."""
    made = published(scores, least, Fraction(95))
    groups = [made.whole, *made.breakdowns[0].groups]
    return tuple(None if one.hidden[0] else one.counts[0].yes for one in groups)


@cache
def tables(least: int, sizes: tuple[int, ...]) -> list[tuple[tuple[int, ...], Table]]:
    """Every survey of groups of these sizes, as who has it in each, with what is published."""
    surveys = itertools.product(*(range(of + 1) for of in sizes))
    return [(yes, told(counted(sizes, yes), least)) for yes in surveys]


SHAPES = [
    (2, (2, 3, 4, 5)), (2, (6, 5, 4, 7, 3)), (2, (10, 11, 8)), (3, (3, 5, 9)), (3, (3, 3, 3)),
    (3, (4, 12)), (3, (15, 15, 4, 7)), (4, (4, 4, 4, 4)), (4, (9, 18, 17)), (5, (5, 5, 12)),
    (5, (22, 8, 17)), (5, (11, 13)), (5, (6, 9, 6, 9)),
]  # fmt: skip


@pytest.mark.parametrize(("least", "sizes"), SHAPES)
def test_every_survey_has_a_twin(least: int, sizes: tuple[int, ...]) -> None:
    """Of all surveys with the same published table, two at least differ in each withheld count.

    So even who knows the rule, and what it would have done with any other survey, cannot tell.
    """
    same: dict[Table, list[tuple[int, ...]]] = defaultdict(list)
    for yes, table in tables(least, sizes):
        same[table].append((sum(yes), *yes))
    assert any(None in table for table in same)
    for table, surveys in same.items():
        for at, value in enumerate(table):
            if value is None:
                assert len({one[at] for one in surveys}) >= 2, (table, surveys)


@pytest.mark.parametrize(("least", "sizes"), SHAPES)
def test_no_small_count_is_published(least: int, sizes: tuple[int, ...]) -> None:
    """Fewer than the threshold, or all but so many, stand in no table."""
    for _, table in tables(least, sizes):
        for of, value in zip([sum(sizes), *sizes], table, strict=True):
            assert value is None or least <= value <= of - least


# ---- what else could tell


def test_a_group_of_few_is_not_named(tmp_path: Path, diplan: Diplan) -> None:
    """Small groups are told together; the name of a street with three people is in no report."""
    rows = people(SMALL, 120, seed=4, silent=0, groups={"area": ("North", "South")})
    for row, name in zip(rows, ("Lane", "Lane", "Lane", "Mews", "Mews", "Row"), strict=False):
        row["area"] = name
    groups = {one["group"]: one for one in reported(tmp_path, rows, SMALL, ["area"], 5)["results"]
              if one["by"] and one["measure"] == "overall"}  # fmt: skip
    assert set(groups) == {"North", "South", None}
    assert groups[None]["of"] == 6


def test_too_few_for_a_breakdown(tmp_path: Path) -> None:
    """Where all groups but one are small there is no breakdown: it would be the total again."""
    rows = people(SMALL, 60, seed=4, groups={"area": ("North",)})
    rows[0]["area"] = "Lane"
    found = reported(tmp_path, rows, SMALL, ["area"], 5)
    assert [one for one in found["results"] if one["by"]] == []


WITHIN = {"North": "A", "East": "A", "South": "B", "West": "B"}


def nested(tmp_path: Path) -> list[Row]:
    """A survey by areas and by districts that are made up of them; all in the North can do a."""
    rows = people(SMALL, 200, seed=8, silent=0)
    for row in rows:
        row["district"] = WITHIN[row["area"]]
        if row["area"] == "North":
            row["could-a"] = "could"
    return rows


def test_one_breakdown_does_not_tell_what_another_withholds(tmp_path: Path) -> None:
    """Areas and the districts that they make up are not told in one report, but each in its own."""
    rows = nested(tmp_path)
    both = reported(tmp_path, rows, SMALL, ["area", "district"], 5)
    assert {one["by"] for one in both["results"]} == {None}
    for column in ("area", "district"):
        one = reported(tmp_path, rows, SMALL, [column], 5)
        assert {found["by"] for found in one["results"]} == {None, column}


def test_breakdowns_that_have_nothing_in_common_go_together(tmp_path: Path) -> None:
    """Three columns that are independent of each other are all told."""
    groups = {"area": ("N", "E", "S"), "age": ("16-44", "45+"), "tenure": ("own", "rent", "other")}
    rows = people(SMALL, 110, seed=9, able=0.9, groups=groups)
    found = reported(tmp_path, rows, SMALL, ["area", "age", "tenure"], 5)
    assert any(one["suppressed"] for one in found["results"])
    assert {one["by"] for one in found["results"]} == {None, "area", "age", "tenure"}


def test_a_third_column_that_adds_up_the_others_is_seen(tmp_path: Path) -> None:
    """Columns can depend on each other in threes: phones and tablets make up the devices."""
    rows = people(
        SMALL, 300, seed=10, able=0.9, groups={"phones": ("0", "1"), "tablets": ("0", "1")}
    )
    for row in rows:
        row["devices"] = str(int(row["phones"]) + int(row["tablets"]))
        if row["devices"] == "2":
            row["could-c"] = "could"
    for pair in itertools.combinations(("phones", "tablets", "devices"), 2):
        assert any(one["by"] for one in reported(tmp_path, rows, SMALL, pair, 5)["results"])
    found = reported(tmp_path, rows, SMALL, ["phones", "tablets", "devices"], 5)
    assert not any(one["by"] for one in found["results"])


@pytest.mark.parametrize("form", ["table", "plain", "markdown", "json", "csv"])
@pytest.mark.parametrize("weight", [(), ("--weight", "weight")], ids=["people", "weights"])
def test_every_format_withholds_alike(
    form: str, weight: tuple[str, ...], tmp_path: Path, diplan: Diplan
) -> None:
    """A withheld count has no share and no interval either, in any format."""
    rows = people(basic(), 90, seed=11, able=0.9, silent=0)
    write(tmp_path / "survey.csv", rows)
    call = ["skills", "score", "survey.csv", "--framework", "basic-digital-skills-2015",
            "--question", "could", "--by", "area", *weight, "--format"]  # fmt: skip
    said = diplan(*call, form, cwd=tmp_path).out
    hidden = [
        one for one in json.loads(diplan(*call, "json", cwd=tmp_path).out)["results"]
        if one["suppressed"]
    ]  # fmt: skip
    assert hidden
    for one in hidden:
        assert [one[key] for key in ("count", "per_cent", "low", "high")] == [None] * 4
    if form in ("table", "plain", "markdown"):
        cells = {
            (None, "skill"): 3,
            (None, "task"): 3,
            ("area", "overall"): 3,
            ("area", "skill"): 1,
        }
        signs = sum(cells.get((one["by"], one["measure"]), 0) for one in hidden)
        plain = " ".join(said.replace("\\", "").split())
        assert plain.count("[c]") == signs + 1
        assert "[c] withheld: fewer than 5 people have it or have it not" in plain


def test_nothing_is_withheld_if_so_asked(tmp_path: Path, diplan: Diplan) -> None:
    """A threshold of 0 withholds nothing; one of 1 would only tell the zeros, and is refused."""
    rows = people(SMALL, 20, seed=1, groups={"area": ("North", "South")})
    found = reported(tmp_path, rows, SMALL, ["area"], 0)
    assert not any(one["suppressed"] for one in found["results"])
    said = diplan("skills", "score", "survey.csv", "--framework", "basic-digital-skills-2015",
                  "--question", "could", "--suppress", "1", cwd=tmp_path)  # fmt: skip
    assert said.code == 2
    assert "would give them away" in said.err
