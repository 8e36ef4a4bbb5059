"""The layout of YAML files: lists in order of time, blank lines, and the ends of lines.

Whole lines are moved, so that comments and style go along; the keys of an entity stay as they
are, since nobody could say which of the comments between them is whose. A text is read again
after each step, and a step that would change what it says is not taken.
"""

import re
from collections.abc import Collection

from diplan.files.decoding import bounded, newline_of
from diplan.files.fix import Left, Tidied, data_files, left_because
from diplan.files.fix.decoding import decoded
from diplan.files.fix.lines import with_last_line, without_blanks
from diplan.files.format.ordering import in_order
from diplan.files.workspace import Workspace
from diplan.files.yaml.tree import Node
from diplan.files.yaml.yamlfile import same_values, yaml_of
from diplan.problems import Problem

SPACED = ("indicators", "actions")
"""The lists whose entities have a blank line between them."""


def formatted(home: Workspace, wanted: Collection[str] | None) -> list[Tidied]:
    """The YAML files of a workspace, or those that are wanted, as they should be laid out."""
    return [_file(home, path) for path in data_files(home, wanted) if path.endswith(".yaml")]


def _file(home: Workspace, path: str) -> Tidied:
    old = bounded(home, path)
    if isinstance(old, Problem):
        return Tidied(path, b"", b"", [], [left_because(old)])
    text, mended, left = decoded(old)
    new = old
    if text is None or mended:
        left = left or [Left(1, "the file is not plain UTF-8", "`diplan fix` mends that")]
    elif problems := yaml_of(text).problems:
        left = [left_because(problems[0])._replace(hint="`diplan check` tells more")]
    else:
        made, left = laid_out(text)
        new = made.encode()
    return Tidied(path, old, new, [], left)


def laid_out(text: str) -> tuple[str, list[Left]]:
    """A text that can be read, laid out; and the lists that could not be put in order."""
    newline = newline_of(text)
    text = re.sub("\r\n|\r", "\n", text)
    text, _ = without_blanks(text, same_values)
    text, _ = with_last_line(text, same_values)
    text, left = in_order(text)
    for step in (_spaced, _single, _trimmed):
        new = step(text)
        text = new if new == text or same_values(text, new) else text
    return text.replace("\n", newline), left


def _spaced(text: str) -> str:
    """With a blank line between indicators, and between actions."""
    root = yaml_of(text).tree
    lines = text.split("\n")
    before = set()
    for section, node in root.children.items() if root else ():
        if section in SPACED and isinstance(node.value, list) and not node.is_flow:
            before |= {item.span.line for item in node.value[1:] if not _on_one_line(item)}
    made: list[str] = []
    start = 0
    for line in sorted(before):
        at = line - 1
        indent = len(lines[at]) - len(lines[at].lstrip(" "))
        while at > 0 and lines[at - 1].startswith(f"{' ' * indent}#"):
            at -= 1  # a comment right above belongs to what follows
        made += lines[start:at]
        if lines[at - 1].strip():
            made.append("")
        start = at
    return "\n".join([*made, *lines[start:]])


def _single(text: str) -> str:
    """With one blank line where there are several."""
    if not re.search(r"\n[ \t]*\n[ \t]*\n", text):
        return text
    inside = yaml_of(text).block_lines()
    lines = text.split("\n")
    kept = [
        line
        for at, line in enumerate(lines)
        if line.strip() or at == 0 or lines[at - 1].strip() or at + 1 in inside
    ]
    return "\n".join(kept)


def _trimmed(text: str) -> str:
    """Without blank lines at the beginning and the end."""
    return re.sub(r"\A(?:[ \t]*\n)+|(?<=\n)(?:[ \t]*\n)+\Z", "", text)


def _on_one_line(node: Node) -> bool:
    return node.is_flow and node.span.line == node.span.end_line
