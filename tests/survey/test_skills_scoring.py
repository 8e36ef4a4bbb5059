"""Scores are what a plain reading of the rule gives, and intervals what scipy gives."""

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from scipy.optimize import brentq
from scipy.stats import binomtest, norm

from conftest import Diplan
from diplan.survey.framework import AtLeast, Framework, Rule
from diplan.survey.grouping import Groups
from diplan.survey.responses import SCALE, Responses
from diplan.survey.scoring import WeightedCount, score, wilson
from surveys import SMALL, Row, basic, people, write

CALL = ("skills", "score", "survey.csv", "--framework", "basic-digital-skills-2015")


def can(framework: Framework, answers: Sequence[bool]) -> list[bool]:
    """What somebody has whose answers are all known: the whole, each skill, each task."""
    skills, left = [], list(answers)
    for skill in framework.skills:
        answered = [left.pop(0) for _ in skill.tasks]
        skills.append(all(answered) if framework.rule == "all-tasks" else any(answered))
    whole = sum(answers) >= framework.least if framework.least else all(skills)
    return [whole, *skills, *answers]


def by_hand(
    framework: Framework, question: str, rows: Sequence[Row], weight: str = ""
) -> list[tuple[int, int, Fraction | None, Fraction | None]]:
    """Count, base, share and effective size of each measure.

    A person is counted if it makes no difference what the empty cells would have said. Weights have
    four decimals here, so that they are whole numbers without their point.
    """
    asked = next(candidate for candidate in framework.questions if candidate.id == question)
    yes = {choice.code for choice in asked.answers if choice.counts}
    sums = []
    for row in rows:
        cells = [row[f"{question}-{task.id}"] for task in framework.tasks]
        worst = can(framework, [cell in yes for cell in cells])
        best = can(framework, [cell in yes or cell == "" for cell in cells])
        sums.append((worst, best, int(row[weight].replace(".", "")) if weight else 1))
    counts = []
    for at in range(len(framework.measures)):
        sure = [(worst[at], w) for worst, best, w in sums if worst[at] == best[at]]
        total = sum(w for _, w in sure)
        squares = sum(w * w for _, w in sure)
        counts.append(
            (
                sum(has for has, _ in sure),
                len(sure),
                Fraction(sum(w for has, w in sure if has), total) if sure else None,
                Fraction(total**2, squares) if sure else None,
            )
        )
    return counts


def shown(
    counts: Sequence[WeightedCount],
) -> list[tuple[int, int, Fraction | None, Fraction | None]]:
    """The same of what was counted."""
    return [
        (count.yes, count.of, count.share, count.effective if count.of else None)
        for count in counts
    ]


RULES: tuple[Rule, ...] = (
    "each-skill",
    "all-tasks",
    AtLeast(**{"at-least": Decimal(2)}),
    AtLeast(**{"at-least": Decimal(7)}),
)
CASES = [
    (rule, howmany, seed, weight)
    for rule in RULES
    for howmany, seed in ((100, 1), (100, 2), (300, 3), (500, 4))
    for weight in ("", "weight")
] + [("each-skill", 2_000, 5, "weight")]


@pytest.mark.parametrize(("rule", "howmany", "seed", "weight"), CASES)
def test_scores_are_those_of_a_plain_reading(
    rule: Rule, howmany: int, seed: int, weight: str, tmp_path: Path
) -> None:
    """The whole, each skill, each task, in all and by group, to the last fraction."""
    framework = replace(basic(), rule=rule)
    rows = people(framework, howmany, seed=seed, silent=0.1)
    asked = framework.questions[seed % 2]
    with write(tmp_path / "survey.csv", rows).open(encoding="utf-8", newline="") as stream:
        table = Responses(stream, framework, asked, Groups(["age", "area"]), weight or None)
        scores = score(table, framework)

    assert (scores.rows, scores.people, scores.left) == (howmany, howmany, {})
    assert shown(scores.whole) == by_hand(framework, asked.id, rows, weight)
    for name, groups in zip(("age", "area"), scores.groups, strict=True) if howmany < 2_000 else ():
        assert {row[name] or "not given" for row in rows} == set(groups)
        for group, counts in groups.items():
            members = [row for row in rows if (row[name] or "not given") == group]
            assert shown(counts) == by_hand(framework, asked.id, members, weight)


def test_the_questions_are_two_measures(tmp_path: Path, diplan: Diplan) -> None:
    """What people could do is never mixed with what they have done, and it has to be said which."""
    write(tmp_path / "survey.csv", people(basic(), 200, seed=6))
    none = diplan(*CALL, cwd=tmp_path)
    could, done = (
        json.loads(diplan(*CALL, "--question", question, "--format", "json", cwd=tmp_path).out)
        for question in ("could", "done")
    )

    assert none.code == 2
    assert "say which with --question: could, done" in none.err
    assert (could["question"], done["question"]) == ("could", "done")
    assert could["results"] != done["results"]


@pytest.mark.parametrize(
    ("answers", "whole"),
    [
        ((True, None, True), True),
        ((False, False, None), False),
        ((None, False, True), None),
        ((None, None, False), False),
        ((None, None, None), None),
    ],
)
def test_a_person_is_judged_only_if_the_rule_can_decide(
    answers: tuple[bool | None, ...], whole: bool | None
) -> None:
    """Nothing said is not no: it counts only where it makes no difference."""
    assert SMALL.judged(answers)[0] is whole


def test_who_cannot_be_judged_is_said(tmp_path: Path, diplan: Diplan) -> None:
    """Too little answered is apart from no, and each measure has its own base."""
    rows = [{f"could-{task.id}": "could" for task in basic().tasks} for _ in range(20)]
    for row in rows[:3]:
        row["could-buy"] = row["could-install-app"] = ""
    rows[3]["could-buy"] = rows[3]["could-install-app"] = "could-not"
    call = (*CALL, "--question", "could", "--suppress", "0")
    write(tmp_path / "survey.csv", rows)
    said = diplan(*call, cwd=tmp_path)

    assert "All 5 skills: 16 of 17 people" in said.out
    assert "20 rows: 17 judged, 3 with too little answered to tell, 0 left out." in said.out
    report = json.loads(diplan(*call, "--format", "json", cwd=tmp_path).out)
    assert report["rows"] == {
        "read": 20, "judged": 17, "undecided": 3, "left_out": 0, "reasons": {},
    }  # fmt: skip
    bases = {result["id"]: (result["count"], result["of"]) for result in report["results"]}
    assert (bases["transacting"], bases["creating"], bases["buy"]) == ((16, 17), (20, 20), (16, 17))


@pytest.mark.parametrize("confidence", [50, 90, 95, 99, 99.9])
@pytest.mark.parametrize(
    ("yes", "of"), [(0, 1), (1, 1), (0, 12), (12, 12), (5, 9), (57, 600), (599, 600), (431, 7013)]
)
def test_intervals_are_those_of_scipy(yes: int, of: int, confidence: float) -> None:
    """Wilson's score interval of whole counts, to six decimals."""
    low, high = wilson(Fraction(yes, of), Fraction(of), Fraction(str(confidence)))
    other = binomtest(yes, of).proportion_ci(confidence / 100, method="wilson")

    assert float(low) == pytest.approx(other.low, abs=5e-7)
    assert float(high) == pytest.approx(other.high, abs=5e-7)


@pytest.mark.parametrize("share", ["0.003", "0.2", "0.5", "0.77", "0.999"])
@pytest.mark.parametrize("size", ["3.5", "41.75", "532.2", "10000.5"])
def test_weighted_intervals_solve_wilsons_equation(share: str, size: str) -> None:
    """With an effective size that is no whole number, the ends are where the score test ends."""
    p, n, z = float(share), float(size), float(norm.ppf(0.975))

    def beyond(end: float) -> float:
        return (p - end) ** 2 * n - z * z * end * (1 - end)

    low, high = wilson(Fraction(share), Fraction(size), Fraction(95))
    assert float(low) == pytest.approx(brentq(beyond, 0, p, xtol=1e-12), abs=5e-7)
    assert float(high) == pytest.approx(brentq(beyond, p, 1, xtol=1e-12), abs=5e-7)


def test_an_end_is_0_or_1_only_where_the_share_is() -> None:
    """No interval leaves what a share can be."""
    assert wilson(Fraction(0), Fraction(9), Fraction(95))[0] == 0
    assert wilson(Fraction(1), Fraction(9), Fraction(95))[1] == 1
    low, high = wilson(Fraction(1, 10**9), Fraction(10**6), Fraction(95))
    assert 0 < low < Fraction(1, 10**9) < high


def test_kish() -> None:
    """Equal weights cost nothing; one heavy person costs nearly all."""
    equal, heavy = WeightedCount(), WeightedCount()
    for _ in range(10):
        equal.add(True, 1, 3 * SCALE, 9 * SCALE**2)
    heavy.add(True, 1, 1000 * SCALE, 10**6 * SCALE**2)
    for _ in range(9):
        heavy.add(False, 1, SCALE, SCALE**2)

    assert equal.effective == 10
    assert heavy.effective == Fraction(1009**2, 1_000_009)


def test_weights_are_kept_to_their_last_digit(tmp_path: Path, diplan: Diplan) -> None:
    """A hundred times 0.1 and 0.3 is a share of a quarter, and not nearly one."""
    rows = [
        {**{f"could-{task.id}": ("could", "could-not")[at % 2] for task in basic().tasks},
         "weight": ("0.1", "0.3")[at % 2]}
        for at in range(200)
    ]  # fmt: skip
    write(tmp_path / "survey.csv", rows)
    call = (*CALL, "--question", "could", "--weight", "weight", "--format", "json")
    first = json.loads(diplan(*call, cwd=tmp_path).out)["results"][0]

    assert (first["per_cent"], first["count"], first["of"]) == (25, 100, 200)
    assert first["effective"] == 160
