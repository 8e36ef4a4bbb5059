"""Skills frameworks: tasks in skills, what is asked of each, and when somebody has the skills.

A verdict on a person is True, False, or None: too little is answered to decide.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from diplan.ground.english import count

Judged = bool | None

RuleKind = Literal["each-skill", "all-tasks", "at-least"]


class Task(NamedTuple):
    """Something that somebody can do or cannot."""

    id: str
    title: str


class Skill(NamedTuple):
    """Tasks that belong together."""

    id: str
    title: str
    tasks: Sequence[Task]


class Choice(NamedTuple):
    """One of the answers to a question: `code` stands in a table, `text` on the form.

    `counts` is whether who gives it can do the task, or has done it.
    """

    code: str
    text: str
    counts: bool


class Question(NamedTuple):
    """What is asked of every task. Each question is a measure of its own.

    `title` says what is measured, as in: could do. `unanswered` are codes that, like an empty cell,
    mean that there is no answer.
    """

    id: str
    title: str
    text: str
    answers: Sequence[Choice]
    unanswered: Sequence[str] = ()

    def column(self, task: Task) -> str:
        """What the column of a task's answers is called."""
        return f"{self.id}-{task.id}"


class Rule(NamedTuple):
    """When somebody has the skills.

    `each-skill`: at least one task in each skill. `all-tasks`: every task. `at-least`: so
    many tasks as `least` says, of whichever skills.
    """

    kind: RuleKind
    least: int = 0

    @property
    def words(self) -> str:
        """The rule as the end of a sentence."""
        match self.kind:
            case "each-skill":
                return "at least one task in each skill"
            case "all-tasks":
                return "every task"
            case _:
                return f"at least {self.least} of the tasks"


class Measure(NamedTuple):
    """Something that a person is judged on: `kind` is `overall`, `skill` or `task`."""

    kind: Literal["overall", "skill", "task"]
    id: str
    title: str


class Framework(NamedTuple):
    """Skills, questions and a rule. `source` and `at` say where they are from, if that is known."""

    id: str
    title: str
    rule: Rule
    questions: Sequence[Question]
    skills: Sequence[Skill]
    publisher: str = ""
    source: str = ""
    at: str = ""
    note: str = ""

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
        match self.rule.kind:
            case "each-skill":
                return f"All {count(len(self.skills), 'skill')}"
            case "all-tasks":
                return f"All {count(len(self.tasks), 'task')}"
            case _:
                return f"At least {self.rule.least} of {count(len(self.tasks), 'task')}"

    def judged(self, answers: Sequence[Judged]) -> list[Judged]:
        """The verdicts on a person by the rule, on each skill and on each task.

        *answers* are those to each task, in order. A skill is had with one of its tasks, or with
        all of them where the rule asks for every task.
        """
        every = self.rule.kind == "all-tasks"
        skills, start = [], 0
        for skill in self.skills:
            answered = answers[start : start + len(skill.tasks)]
            start += len(answered)
            skills.append(_reached(answered, len(answered) if every else 1))
        if self.rule.kind == "at-least":
            overall = _reached(answers, self.rule.least)
        else:
            overall = _reached(skills, len(skills))
        return [overall, *skills, *answers]


def _reached(verdicts: Sequence[Judged], least: int) -> Judged:
    """Whether at least so many are True; None where it hangs on those that are None."""
    yes = verdicts.count(True)
    if yes >= least:
        return True
    return None if yes + verdicts.count(None) >= least else False
