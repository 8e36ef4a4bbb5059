"""Frameworks from files: found in the plan's folder or among diplan's own, and read with places.

A file that is not in order gives problems with their lines, and no framework.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from diplan.files.decoding import decoded
from diplan.files.load import located
from diplan.files.workspace import Workspace, shipped
from diplan.files.workspace.regular import is_real_folder
from diplan.files.yaml.yamlfile import YamlFile
from diplan.ground.errors import UnreadableError
from diplan.ground.text import NamedText
from diplan.problems import KeyPath, Problem
from diplan.survey.framework import AtLeast, Framework, Question

FOLDER = "frameworks"

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_Fault = tuple[KeyPath, str, str, str]
"""A path, a code, a message and a remedy."""


def available(root: Path | None) -> dict[str, Workspace]:
    """Where each framework is, by id: in `frameworks/` of a plan's *root*, else among diplan's."""
    diplans = shipped(FOLDER).parent
    homes = [Workspace(diplans), *([Workspace(root)] if root and not _same(root, diplans) else [])]
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
    framework, problems = _validated(file, name) if file.complete else (None, [])
    problems = [*file.problems, *problems]
    return (None if problems else framework), problems


def _validated(file: YamlFile, name: str) -> tuple[Framework | None, list[Problem]]:
    written, problems = file.value or {}, []
    if isinstance(written, dict):
        if "id" in written:
            hint = "delete it: the file's name is the id"
            problems.append(
                located(file, ("id",), "unknown-key", 'unknown key "id"', hint, key=True)
            )
        written = {**written, "id": name}
    try:
        framework = TypeAdapter(Framework).validate_python(written)
    except ValidationError as error:
        from diplan.files.explain import explained

        return None, [*problems, *explained(file, (), Framework, error.errors(include_url=False))]
    return framework, [*problems, *(located(file, *fault) for fault in _faults(framework))]


def _faults(framework: Framework) -> Iterator[_Fault]:
    """What no record can see in itself."""
    yield from _twice(
        (("questions", at, "id"), question.id) for at, question in enumerate(framework.questions)
    )
    yield from _twice((("skills", at, "id"), skill.id) for at, skill in enumerate(framework.skills))
    yield from _twice(
        (("skills", at, "tasks", index, "id"), task.id)
        for at, skill in enumerate(framework.skills)
        for index, task in enumerate(skill.tasks)
    )
    for at, question in enumerate(framework.questions):
        yield from _faults_of_answers(question, ("questions", at))
    rule, tasks = framework.rule, len(framework.tasks)
    if isinstance(rule, AtLeast) and rule.at_least not in map(Decimal, range(1, tasks + 1)):
        hint = f"write how many, from 1 to {tasks}"
        yield ("rule", "at-least"), "not-allowed", "this is not a number of tasks", hint


def _faults_of_answers(question: Question, path: KeyPath) -> Iterator[_Fault]:
    codes = [choice.code.lower() for choice in question.answers]
    yield from _twice(((*path, "answers", at, "code"), code) for at, code in enumerate(codes))
    for at, code in enumerate(question.unanswered):
        if code.lower() in codes:
            message = f'"{code}" is an answer as well'
            yield (*path, "unanswered", at), "duplicate-id", message, "keep one of the two"
    if len({choice.counts for choice in question.answers}) == 1:
        message = "all answers count alike, so nobody can be told apart"
        hint = "`counts: true` for those who can, `counts: false` for the others"
        yield (*path, "answers"), "not-allowed", message, hint


def _twice(names: Iterable[tuple[KeyPath, str]]) -> Iterator[_Fault]:
    seen: set[str] = set()
    for path, name in names:
        if name in seen:
            yield path, "duplicate-id", f'"{name}" is there twice', "rename one"
        seen.add(name)
