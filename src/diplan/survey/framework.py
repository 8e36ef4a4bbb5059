"""Skills frameworks: tasks in skills, what is asked of each, and when somebody has the skills.

A verdict on a person is True, False, or None: too little is answered to decide.
"""

from collections.abc import Sequence
from typing import Annotated, Literal, NamedTuple, get_args

from pydantic import BeforeValidator, Field, PlainValidator, StringConstraints, TypeAdapter

from diplan.ground.english import count
from diplan.ground.errors import BadTextError
from diplan.ground.text import did_you_mean, suggest
from diplan.plan.base import Id, Number, TrueOrFalse, record

Judged = bool | None

RuleWord = Literal["each-skill", "all-tasks"]


def _joined(written: object) -> object:
    return " ".join(written.split()) if isinstance(written, str) else written


Words = Annotated[str, StringConstraints(min_length=1, max_length=500), BeforeValidator(_joined)]
"""A title, a question or an answer; blanks and line ends in it become single blanks."""

Remarks = Annotated[
    str, StringConstraints(min_length=1, max_length=20_000), BeforeValidator(_joined)
]
"""The same, and longer."""


@record
class Task:
    """Something that somebody can do or cannot."""

    id: Id
    title: Words


@record
class Skill:
    """Tasks that belong together."""

    id: Id
    title: Words
    tasks: Annotated[tuple[Task, ...], Field(min_length=1)]


@record
class Choice:
    """One of the answers to a question: `code` stands in a table, `text` on the form.

    `counts` is whether who gives it can do the task, or has done it.
    """

    code: Words
    text: Words
    counts: TrueOrFalse


@record
class Question:
    """What is asked of every task. Each question is a measure of its own.

    `title` says what is measured, as in: could do. `unanswered` are codes that, like an empty cell,
    mean that there is no answer.
    """

    id: Id
    title: Words
    text: Words
    answers: Annotated[tuple[Choice, ...], Field(min_length=1)]
    unanswered: tuple[Words, ...] = ()

    def column(self, task: Task) -> str:
        """What the column of a task's answers is called."""
        return f"{self.id}-{task.id}"


@record
class AtLeast:
    """The rule that asks for so many tasks, of whichever skills."""

    at_least: Number = Field(alias="at-least")


def _rule(written: object) -> object:
    if isinstance(written, dict | AtLeast):
        return TypeAdapter(AtLeast).validate_python(written)
    words = get_args(RuleWord)
    if written not in words:
        listing = f"one of: {', '.join(words)}, or `at-least:` and how many tasks"
        hint = did_you_mean(suggest(str(written), words), listing)
        raise BadTextError("not-in-list", "this is not a rule", hint)
    return written


Rule = Annotated[RuleWord | AtLeast, PlainValidator(_rule)]
"""When somebody has the skills.

`each-skill`: at least one task in each skill. `all-tasks`: every task. `AtLeast`: so many tasks.
"""


class Measure(NamedTuple):
    """Something that a person is judged on: `kind` is `overall`, `skill` or `task`."""

    kind: Literal["overall", "skill", "task"]
    id: str
    title: str


@record
class Framework:
    """Skills, questions and a rule. `source` and `at` say where they are from, if that is known."""

    id: Id
    title: Words
    rule: Rule
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    skills: Annotated[tuple[Skill, ...], Field(min_length=1)]
    publisher: Words | None = None
    source: Words | None = None
    at: Words | None = None
    note: Remarks | None = None

    @property
    def least(self) -> int | None:
        """How many tasks the rule asks for; None where it asks for skills, or for every task."""
        return int(self.rule.at_least) if isinstance(self.rule, AtLeast) else None

    @property
    def rule_kind(self) -> Literal["each-skill", "all-tasks", "at-least"]:
        """The rule's name."""
        return "at-least" if isinstance(self.rule, AtLeast) else self.rule

    @property
    def rule_in_words(self) -> str:
        """The rule as the end of a sentence."""
        match self.rule:
            case "each-skill":
                return "at least one task in each skill"
            case "all-tasks":
                return "every task"
        return f"at least {self.least} of the tasks"

    @property
    def tasks(self) -> list[Task]:
        """The tasks of all skills, in order."""
        return [task for skill in self.skills for task in skill.tasks]

    @property
    def measures(self) -> list[Measure]:
        """What `judged` has a verdict on, in its order."""
        return [
            Measure("overall", "", self._whole()),
            *(Measure("skill", skill.id, skill.title) for skill in self.skills),
            *(Measure("task", task.id, task.title) for task in self.tasks),
        ]

    def _whole(self) -> str:
        """What somebody has who has the skills."""
        match self.rule:
            case "each-skill":
                return f"All {count(len(self.skills), 'skill')}"
            case "all-tasks":
                return f"All {count(len(self.tasks), 'task')}"
        return f"At least {self.least} of {count(len(self.tasks), 'task')}"

    def judged(self, answers: Sequence[Judged]) -> list[Judged]:
        """The verdicts on a person by the rule, on each skill and on each task.

        *answers* are those to each task, in order. A skill is had with one of its tasks, or with
        all of them where the rule asks for every task.
        """
        every, least = self.rule == "all-tasks", self.least
        skills, start = [], 0
        for skill in self.skills:
            answered = answers[start : start + len(skill.tasks)]
            start += len(answered)
            skills.append(_reached(answered, len(answered) if every else 1))
        overall = _reached(answers, least) if least else _reached(skills, len(skills))
        return [overall, *skills, *answers]


def _reached(verdicts: Sequence[Judged], least: int) -> Judged:
    """Whether at least so many are True; None where it hangs on those that are None."""
    yes = verdicts.count(True)
    if yes >= least:
        return True
    return None if yes + verdicts.count(None) >= least else False
