"""Frameworks from files: found in the plan's folder or among diplan's own, and read with places.

A file that is not in order gives problems with their lines, and no framework.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import get_args

from diplan.files.decoding import decoded
from diplan.files.workspace import Workspace, shipped
from diplan.files.workspace.regular import is_real_folder
from diplan.files.yaml.plain import Plain
from diplan.files.yaml.yamlfile import YamlFile
from diplan.ground.errors import BadTextError, UnreadableError
from diplan.ground.figure import number
from diplan.ground.text import NamedText, did_you_mean, suggest
from diplan.problems import KeyPath, Problem
from diplan.survey.framework import Choice, Framework, Question, Rule, RuleKind, Skill, Task

FOLDER = "frameworks"
LONGEST = 500
"""Characters of a title, a question or an answer."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def available(root: Path | None) -> dict[str, Workspace]:
    """Where each framework is, by id: in `frameworks/` of a plan's *root*, else among diplan's."""
    own = shipped(FOLDER).parent
    homes = [Workspace(own), *([Workspace(root)] if root and not _same(root, own) else [])]
    return {
        path.stem: home
        for home in homes
        if is_real_folder(home.root / FOLDER)
        for path in sorted((home.root / FOLDER).glob("*.yaml"))
        if _ID.fullmatch(path.stem)
    }


def _same(path: Path, other: Path) -> bool:
    with suppress(OSError):
        return path.samefile(other)
    return False


def read_framework(home: Workspace, name: str) -> tuple[Framework | None, list[Problem]]:
    """The framework of an id, or what is wrong with its file."""
    path = f"{FOLDER}/{name}.yaml"
    try:
        text = decoded(home.name(path), home.read(path))
    except UnreadableError as error:
        return None, [Problem("unreadable-file", str(error), home.name(path), hint=error.hint)]
    if isinstance(text, Problem):
        return None, [text]
    file = YamlFile(NamedText(home.name(path), text))
    reader = _Reader(file)
    made = reader.framework(name) if file.complete else None
    problems = [*file.problems, *reader.problems]
    return (None if problems else made), problems


class _Reader:
    """Reads the values of a file, and notes what is wrong with them."""

    def __init__(self, file: YamlFile) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def bad(self, path: KeyPath, code: str, message: str, hint: str, *, key: bool = False) -> None:
        span, told = self.file.locate(path, key=key)
        if not told:
            name, source = self.file.source.name, self.file.source
            self.problems.append(Problem(code, message, name, span, hint, path, source))

    def framework(self, name: str) -> Framework:
        value = self.keys(
            self.file.value, (), ("title", "rule", "questions", "skills"),
            ("publisher", "source", "at", "note"),
        )  # fmt: skip
        questions = [self.question(item, path) for item, path in self.items(value, "questions", ())]
        skills = [self.skill(item, path) for item, path in self.items(value, "skills", ())]
        self.unlike([question.id for question in questions], ("questions",), "id")
        self.unlike([skill.id for skill in skills], ("skills",), "id")
        tasks = [(task.id, (at, where)) for at, skill in enumerate(skills)
                 for where, task in enumerate(skill.tasks)]  # fmt: skip
        for index, (task, (at, where)) in enumerate(tasks):
            if task in [other for other, _ in tasks[:index]]:
                path: KeyPath = ("skills", at, "tasks", where, "id")
                self.bad(path, "duplicate-id", f'"{task}" is the id of two tasks', "rename one")
        return Framework(
            name,
            self.line(value, "title", ()),
            self.rule(value.get("rule"), len(tasks)),
            questions,
            skills,
            self.line(value, "publisher", ()),
            self.line(value, "source", ()),
            self.line(value, "at", ()),
            " ".join(self.line(value, "note", (), most=20_000).split()),
        )

    def rule(self, value: Plain, tasks: int) -> Rule:
        kinds = [kind for kind in get_args(RuleKind) if kind != "at-least"]
        if isinstance(value, dict):
            given = self.keys(value, ("rule",), ("at-least",))
            written = given.get("at-least")
            with suppress(BadTextError):
                least = number(written) if isinstance(written, str) else number("0")
                if 1 <= least <= tasks and least == int(least):
                    return Rule("at-least", int(least))
            if written is not None and tasks:
                hint = f"write how many, from 1 to {tasks}"
                self.bad(("rule", "at-least"), "not-allowed", "this is no number of tasks", hint)
        elif value is not None and value not in kinds:
            close = suggest(str(value), kinds) if isinstance(value, str) else None
            listing = f"one of: {', '.join(kinds)}, or `at-least:` and how many tasks"
            self.bad(("rule",), "not-in-list", "this is no rule", did_you_mean(close, listing))
        return Rule("all-tasks" if value == "all-tasks" else "each-skill")

    def question(self, value: Plain, path: KeyPath) -> Question:
        given = self.keys(value, path, ("id", "title", "text", "answers"), ("unanswered",))
        answers = [self.answer(item, at) for item, at in self.items(given, "answers", path)]
        unanswered = (
            [self.text(item, at) for item, at in self.items(given, "unanswered", path)]
            if "unanswered" in given
            else []
        )
        self.unlike([answer.code.lower() for answer in answers], (*path, "answers"), "code")
        codes = [answer.code.lower() for answer in answers]
        for at, code in enumerate(unanswered):
            if code.lower() in codes:
                message = f'"{code}" is an answer as well'
                self.bad((*path, "unanswered", at), "duplicate-id", message, "keep one of the two")
        if answers and len({answer.counts for answer in answers}) == 1:
            message = "all answers count alike, so nobody can be told apart"
            hint = "`counts: true` for those who can, `counts: false` for the others"
            self.bad((*path, "answers"), "not-allowed", message, hint)
        title, text = self.line(given, "title", path), self.line(given, "text", path)
        return Question(self.id(given, path), title, text, answers, unanswered)

    def answer(self, value: Plain, path: KeyPath) -> Choice:
        given = self.keys(value, path, ("code", "text", "counts"))
        counts = given.get("counts")
        if counts not in ("true", "false", None):
            self.bad((*path, "counts"), "wrong-type", "this is not true or false",
                     "write true for who can do it, else false")  # fmt: skip
        code, text = self.line(given, "code", path), self.line(given, "text", path)
        return Choice(code, text, counts == "true")

    def skill(self, value: Plain, path: KeyPath) -> Skill:
        given = self.keys(value, path, ("id", "title", "tasks"))
        tasks = []
        for item, at in self.items(given, "tasks", path):
            task = self.keys(item, at, ("id", "title"))
            tasks.append(Task(self.id(task, at), self.line(task, "title", at)))
        return Skill(self.id(given, path), self.line(given, "title", path), tasks)

    def keys(
        self, value: Plain, path: KeyPath, needed: Sequence[str], others: Sequence[str] = ()
    ) -> Mapping[str, Plain]:
        """The keys of a record, after saying which are missing and which it cannot have."""
        known = [*needed, *others]
        if not isinstance(value, dict):
            hint = f"write {', '.join(f'`{key}:`' for key in needed)}"
            self.bad(path, "wrong-type", "keys are expected here", hint)
            return {}
        wrong = [key for key in value if key not in known]
        meant = {key: suggest(key, known) for key in wrong}
        for key, close in meant.items():
            hint = did_you_mean(close, f"one of: {', '.join(known)}")
            self.bad((*path, key), "unknown-key", f'unknown key "{key}"', hint, key=True)
        for key in needed:
            if value.get(key) is None and key not in meant.values():
                said = "is empty" if key in value else "is missing"
                self.bad((*path, key), "missing-key", f'the key "{key}" {said}', f"write `{key}:`")
        return value

    def items(
        self, record: Mapping[str, Plain], key: str, path: KeyPath
    ) -> Iterator[tuple[Plain, KeyPath]]:
        """The items of a list, each with its place."""
        value = record.get(key)
        if isinstance(value, list) and value:
            yield from ((item, (*path, key, at)) for at, item in enumerate(value))
        elif value is not None:
            message = f'"{key}" has no items' if value == [] else f'"{key}" is not a list'
            self.bad((*path, key), "wrong-type", message, "begin each item with a hyphen")

    def line(
        self, record: Mapping[str, Plain], key: str, path: KeyPath, most: int = LONGEST
    ) -> str:
        """A text; empty where there is none, which `keys` has said."""
        value = record.get(key)
        return "" if value is None else self.text(value, (*path, key), most)

    def text(self, value: Plain, path: KeyPath, most: int = LONGEST) -> str:
        if not isinstance(value, str) or not value.strip() or len(value) > most:
            hint = f"write one of at most {most:,} characters"
            self.bad(path, "wrong-type", "a text is expected here", hint)
            return ""
        return value if most > LONGEST else " ".join(value.split())

    def id(self, record: Mapping[str, Plain], path: KeyPath) -> str:
        name = self.line(record, "id", path)
        if name and not _ID.fullmatch(name):
            hint = "write small letters and digits with hyphens between words, such as save-photo"
            self.bad((*path, "id"), "not-an-id", f'"{name}" is not an id', hint)
        return name

    def unlike(self, names: Collection[str], path: KeyPath, key: str) -> None:
        """See that no two items have the same name."""
        seen: set[str] = set()
        for at, name in enumerate(names):
            if name and name in seen:
                message = f'"{name}" is there twice'
                self.bad((*path, at, key), "duplicate-id", message, "rename one")
            seen.add(name)
