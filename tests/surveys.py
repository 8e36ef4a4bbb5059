"""Made-up surveys: a small framework, and people who answer at random, the same for a seed."""

import csv
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from conftest import ROOT
from diplan.survey.framework import Choice, Framework, Question, Skill, Task
from diplan.survey.framework_files import available, read_framework

COULD = Question(
    id="could",
    title="could do",
    text="Could you?",
    answers=(
        Choice(code="no-idea", text="What is that", counts=False),
        Choice(code="could", text="I could", counts=True),
        Choice(code="could-not", text="I could not", counts=False),
    ),
    unanswered=("refused",),
)
SMALL = Framework(
    id="small",
    title="A made-up framework",
    rule="each-skill",
    questions=(COULD,),
    skills=(
        Skill(
            id="first",
            title="First",
            tasks=(Task(id="a", title="Task a"), Task(id="b", title="Task b")),
        ),
        Skill(id="second", title="Second", tasks=(Task(id="c", title="Task c"),)),
    ),
)
"""Two skills with three tasks: few enough answers to try them all."""

AREAS = ("North", "East", "South", "West")
AGES = ("16-24", "25-44", "45-64", "65-74", "75+", "")


def basic() -> Framework:
    """The framework of the strategy's appendix."""
    name = "basic-digital-skills-2015"
    framework, problems = read_framework(available(ROOT)[name], name)
    assert problems == []
    assert framework
    return framework


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
            able_codes = [choice.code for choice in question.answers if choice.counts]
            other_codes = [choice.code for choice in question.answers if not choice.counts]
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
