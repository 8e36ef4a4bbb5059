"""Errors of YAML syntax in words: what a careful reader would say, and where it went wrong."""

import re
from collections.abc import Iterator
from typing import Any

from yaml.error import MarkedYAMLError

from diplan.files.decoding import Complaint, conflict
from diplan.files.yaml.plain import DEEPEST
from diplan.ground.text import START, NamedText, Span

ANY_HINT = "look at this line and the one above: indentation, a missing colon, quote or bracket"


def too_deep(span: Span) -> Complaint:
    """The problem that too much is nested, from a place on."""
    message = f"more than {DEEPEST} levels inside each other"
    return "too-deep", message, span, "a plan needs five: look for brackets that are not closed"


def syntax_problem(source: NamedText, error: MarkedYAMLError) -> Complaint:
    """What a careful reader would say, and where it went wrong rather than where it was noticed."""
    if complaint := conflict(source):
        return complaint
    if "nesting depth" in (error.problem or ""):  # a newer libyaml gives up before we do
        deep = error.problem_mark
        return too_deep(_one_character(deep.line + 1, deep.column + 1) if deep else START)
    context = error.context or ""
    mark, began = error.problem_mark or error.context_mark, error.context_mark
    if "escape" in (error.problem or "") or "hexadecimal" in (error.problem or ""):
        message = "a backslash in double quotes stands for something else here"
        hint = "put the text in single quotes, or write two backslashes for one"
    elif began and "quoted scalar" in context:
        message, hint, mark = "a quote opened here is never closed", "close it", began
    elif began and "flow" in context and (opening := _unclosed(source, mark)):
        message, hint, mark = opening[0], opening[1], began
    elif began and "simple key" in context:
        message, hint = "this line has no key", "write `key: value`, with a blank after the colon"
        mark = began
    else:
        line = mark.line if mark else 0
        message, hint = next(_explanations(source, line), (_READ_ON, ANY_HINT))
    at = mark.line + 1 if mark else 1
    column = mark.column + 1 if mark else 1
    while at > 1 and (at > len(source.lines) or not source.lines[at - 1].strip()):
        at, column = at - 1, 1
    return "yaml-syntax", message, _one_character(at, column), hint


def _one_character(line: int, column: int) -> Span:
    return Span(line, column, line, column + 1)


_READ_ON = "the YAML cannot be read on from here"


def _unclosed(source: NamedText, mark: Any) -> tuple[str, str] | None:
    """A bracket that the text ends, or goes on in another way, without closing."""
    here = source.lines[mark.line] if mark and mark.line < len(source.lines) else ""
    if re.search(r"[\[{,:]\s*[%@`]", here):
        return None
    return "a bracket opened here is not closed, or a comma is missing in it", ANY_HINT


def _explanations(source: NamedText, at: int) -> Iterator[tuple[str, str]]:
    """What there may be to say of the line where reading stopped, the most telling first."""
    here = source.lines[at] if at < len(source.lines) else ""
    above = source.lines[at - 1] if 1 <= at <= len(source.lines) else ""
    if re.match(r" *\t", here):
        yield (
            "a tab is used to indent this line",
            "YAML indents with spaces: replace the tab with two spaces",
        )
    if re.search(r"(^|[\s\[{,])[%@`]", here):
        yield "a text cannot begin with this character", "put the text in double quotes"
    if re.search(r""":\s+(?:'[^']*'|"[^"]*")[^\s#,\]}]""", here):
        yield (
            "the text goes on after its closing quote",
            "put the whole text in double quotes, and leave single ones inside",
        )
    for line in (here, above):
        value = re.sub(r"^[\s-]*[\w-]+:\s+", "", line)
        if re.match(r"[^\"'|>\[{]", value) and re.search(r"\S:(\s|$)", value):
            yield (
                "a second colon makes this line two keys in one",
                "put a text that holds a colon and a space in double quotes",
            )
