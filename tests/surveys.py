"""Made-up surveys: a small framework, and people who answer at random, the same for a seed."""

import csv
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from conftest import ROOT
from diplan.survey.framework import Choice, Framework, Question, Rule, Skill, Task
from diplan.survey.reading import available, read_framework

COULD = Question(
    "could",
    "could do",
    "Could you?",
    [
        Choice("no-idea", "What is that", counts=False),
        Choice("could", "I could", counts=True),
        Choice("could-not", "I could not", counts=False),
    ],
    ["refused"],
)
SMALL = Framework(
    "small",
    "A made-up framework",
    Rule("each-skill"),
    [COULD],
    [
        Skill("first", "First", [Task("a", "Task a"), Task("b", "Task b")]),
        Skill("second", "Second", [Task("c", "Task c")]),
    ],
)
"""Two skills with three tasks: few enough answers to try them all."""

AREAS = ("North", "East", "South", "West")
AGES = ("16-24", "25-44", "45-64", "65-74", "75+", "")


def basic() -> Framework:
    """The framework of the strategy's appendix."""
    name = "basic-digital-skills-2015"
    found, problems = read_framework(available(ROOT)[name], name)
    assert problems == []
    assert found
    return found


Row = dict[str, str]


def people(
    framework: Framework,
    howmany: int,
    *,
    seed: int,
    able: float = 0.75,
    silent: float = 0.04,
    groups: Mapping[str, Sequence[str]] | None = None,
) -> list[Row]:
    """So many people: each is *able* to do a task, or says nothing, with these chances.

    Somebody who is generally able is more able at every task. `weight` is between 0.2 and 4.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret
    made = []
    for number in range(1, howmany + 1):
        general = chance.gauss(able, 0.25)
        row = {"person": str(number)}
        for question in framework.questions:
            able_codes = [one.code for one in question.answers if one.counts]
            other_codes = [one.code for one in question.answers if not one.counts]
            for task in framework.tasks:
                code = chance.choice(able_codes if chance.random() < general else other_codes)
                row[question.column(task)] = "" if chance.random() < silent else code
        for name, values in (groups or {"age": AGES, "area": AREAS}).items():
            row[name] = chance.choice(values)
        row["weight"] = f"{chance.uniform(0.2, 4):.4f}"
        made.append(row)
    return made


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """Rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
