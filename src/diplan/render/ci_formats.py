"""Problems for CI services: annotations, reports and a summary in the forms that they read.

A problem may hold any text, so each form escapes it: nothing in the data can end a field, give an
order to a runner or make a report unreadable. Nothing here reads the environment.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree as ET

from diplan import __version__
from diplan.ground.english import capital
from diplan.ground.text import visible
from diplan.problems import CODES, Page, Problem, Severity, pages
from diplan.render.escaping import escaped

MOST_ANNOTATIONS = 10
"""GitHub shows no more annotations of one level from one step."""

LARGEST_SUMMARY = 1024 * 1024
"""Bytes. GitHub refuses the whole summary of a step if it is larger."""

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class SeverityWords(NamedTuple):
    """What a severity is called elsewhere."""

    github: str
    gitlab: str
    sarif: str


LEVELS = {
    Severity.ERROR: SeverityWords("error", "major", "error"),
    Severity.WARNING: SeverityWords("warning", "minor", "warning"),
    Severity.ADVICE: SeverityWords("notice", "info", "note"),
}


def fingerprints(problems: Sequence[Problem]) -> list[str]:
    """A name for each problem: no other has it, and it stays when lines or list items move.

    Positions are left out, those in lists too. Problems that are then alike are numbered.
    """
    seen: Counter[str] = Counter()
    annotations = []
    for problem in problems:
        keys = [part for part in problem.path if isinstance(part, str)]
        parts = [problem.file, problem.code, keys, problem.message]
        same = json.dumps(parts)
        annotations.append(sha256(json.dumps([*parts, seen[same]]).encode()).hexdigest())
        seen[same] += 1
    return annotations


def _sentence(problem: Problem) -> str:
    """What is wrong, with its remedy."""
    hint = f" ({problem.hint})" if problem.hint else ""
    return visible(f"{problem.message}{hint}")


# ---- GitHub


def as_github(problems: Sequence[Problem]) -> str:
    """Commands to GitHub's runner that show each problem beside its line of a pull request."""
    return "".join(f"{line}\n" for level in Severity for line in _annotations(problems, level))


def _annotations(problems: Sequence[Problem], level: Severity) -> Iterator[str]:
    shown = [problem for problem in problems if problem.severity is level]
    full = len(shown) if len(shown) <= MOST_ANNOTATIONS else MOST_ANNOTATIONS - 1
    for problem in shown[:full]:
        span = problem.span
        place: dict[str, object] = {"file": visible(problem.file), "line": span.line}
        place["endLine"] = span.end_line
        if span.line == span.end_line:  # else GitHub drops the columns, or the whole annotation
            place |= {"col": span.column, "endColumn": span.end_column}
        hint = f"\n{problem.hint}" if problem.hint else ""
        said = f"{problem.message}{hint}"
        yield _command(LEVELS[level].github, {**place, "title": problem.code}, said)
    if rest := len(shown) - full:
        more = f"and {rest:,} more {level}s: see the summary"
        yield _command(LEVELS[level].github, {"title": "diplan"}, more)


def _command(name: str, properties: dict[str, object], message: str) -> str:
    """A command to the runner, which undoes the escapes only after taking the line apart."""
    listed = ",".join(
        f"{key}={_data(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in properties.items()
    )
    return f"::{name} {listed}::{_data(visible(message))}"


def _data(text: str) -> str:
    """*text* on one line, without what the runner's older syntax looks for anywhere in it."""
    flat = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return flat.replace("##[", "## [")


def summary(problems: Sequence[Problem], said: str, *, room: int = LARGEST_SUMMARY) -> str:
    """A table of the problems in Markdown, errors first, in at most *room* bytes of UTF-8.

    It begins and ends with a blank line, so that what stands around it is no part of the table.
    """
    text = f"\n## diplan check\n\n{escaped(capital(said))}.\n"
    if problems:
        text += "\n| Severity | Place | Message | Remedy |\n| --- | --- | --- | --- |\n"
    parts, used = [text], len(text.encode()) + 1
    ordered = sorted(problems, key=lambda problem: list(Severity).index(problem.severity))
    for at, problem in enumerate(ordered):
        row = _row(problem)
        used += len(row.encode())
        if used > room - len(_cut(len(ordered))):
            parts.append(_cut(len(ordered) - at))
            break
        parts.append(row)
    made = "".join([*parts, "\n"])
    return made if len(made.encode()) <= room else ""


def _row(problem: Problem) -> str:
    place = f"{problem.file}:{problem.span.line}:{problem.span.column}"
    message = f"{problem.message} [{problem.code}]"
    cells = (problem.severity, place, message, problem.hint)
    return f"| {' | '.join(escaped(visible(cell)) for cell in cells)} |\n"


def _cut(left_out: int) -> str:
    return f"\nThe table is cut here: {left_out:,} more. `diplan check` prints all of them.\n"


# ---- GitLab


def as_gitlab(problems: Sequence[Problem]) -> str:
    """A Code Quality report, which GitLab compares with that of the target branch."""
    results = [
        {
            "description": _sentence(problem),
            "check_name": problem.code,
            "fingerprint": fingerprint,
            "severity": LEVELS[problem.severity].gitlab,
            "location": {"path": visible(problem.file), "lines": {"begin": problem.span.line}},
        }
        for problem, fingerprint in zip(problems, fingerprints(problems), strict=True)
    ]
    return json.dumps(results, indent=1) + "\n"


# ---- SARIF


def as_sarif(problems: Sequence[Problem]) -> str:
    """A log in the Static Analysis Results Interchange Format, version 2.1.0."""
    known = pages()
    given = {problem.code for problem in problems}
    codes = [code for code in CODES if code in given]
    driver = {
        "name": "diplan",
        "version": __version__,
        "rules": [_rule(known[code]) for code in codes],
    }
    results = [
        _result(problem, codes.index(problem.code), fingerprint)
        for problem, fingerprint in zip(problems, fingerprints(problems), strict=True)
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=1) + "\n"


def _rule(page: Page) -> dict[str, Any]:
    flat = " ".join(page.text.split())
    example = page.example.rstrip("\n")
    return {
        "id": page.code,
        "shortDescription": {"text": re.split(r"(?<=[.!?])\s", flat, maxsplit=1)[0]},
        "fullDescription": {"text": flat},
        "help": {
            "text": f"{page.text}\n\n{page.file}:\n{example}",
            "markdown": f"{page.text}\n\n`{page.file}`:\n\n```diff\n{example}\n```",
        },
        "defaultConfiguration": {"level": LEVELS[CODES[page.code]].sarif},
    }


def _result(problem: Problem, rule: int, fingerprint: str) -> dict[str, Any]:
    span = problem.span
    uri = quote(visible(problem.file))
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": LEVELS[problem.severity].sarif,
        "message": {"text": _sentence(problem).replace("](", "] (")},  # else it is a link
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}],
        "partialFingerprints": {"problem/v1": fingerprint},
    }


# ---- JUnit


def as_junit(problems: Sequence[Problem]) -> str:
    """A test report: a suite for each file, a failure for each problem; else one that passed.

    Advice fails nothing, and is left out.
    """
    problems = [problem for problem in problems if problem.severity is not Severity.ADVICE]
    counts = {"tests": str(len(problems) or 1), "failures": str(len(problems)), "errors": "0"}
    root = ET.Element("testsuites", {"name": "diplan check", **counts})
    if not problems:
        suite = ET.SubElement(root, "testsuite", {"name": "data", **counts})
        case = {"classname": "data", "name": "the data is in order"}
        ET.SubElement(suite, "testcase", case)
    for file in dict.fromkeys(problem.file for problem in problems):
        _suite(root, visible(file), [problem for problem in problems if problem.file == file])
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, "unicode")}\n'


def _suite(root: ET.Element, file: str, problems: Sequence[Problem]) -> None:
    count = str(len(problems))
    about = {"name": file, "tests": count, "failures": count, "errors": "0"}
    suite = ET.SubElement(root, "testsuite", about)
    seen: Counter[str] = Counter()
    for problem in problems:
        name = visible(f"{problem.code}: {problem.message}")
        seen[name] += 1
        number = f" ({seen[name]})" if seen[name] > 1 else ""
        case = ET.SubElement(
            suite, "testcase", {"classname": file, "name": f"{name}{number}", "file": file}
        )
        failure = {"type": str(problem.severity), "message": visible(problem.message)}
        place = f"{file}:{problem.span.line}:{problem.span.column}"
        ET.SubElement(case, "failure", failure).text = f"{place}: {_sentence(problem)}"
