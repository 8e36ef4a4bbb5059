"""A YAML file: its value, read fast, and the place of anything in it, once somebody asks."""

import re
from typing import TYPE_CHECKING

from diplan.files.yaml.plain import Irregular, Plain, read_yaml
from diplan.ground.text import START, NamedText, Span
from diplan.problems import KeyPath, Problem

if TYPE_CHECKING:
    from diplan.files.yaml.tree import Node


class YamlFile:
    """A text, its plain value, and what is wrong with it as YAML.

    `complete` is False where the last of the problems ended the reading, so that there is no value.
    """

    def __init__(self, source: NamedText) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.complete = True
        self.value: Plain = None
        self._tree: Node | None = None
        try:
            self.value = read_yaml(source.text)
        except Irregular:
            self._examine()
            self.complete = self._tree is not None
            self.value = self._tree.plain() if self._tree else None

    def _examine(self) -> None:
        from diplan.files.yaml.tree import read_tree

        self._tree, self.problems = read_tree(self.source)

    @property
    def tree(self) -> "Node | None":
        """The value with the places of everything in it, None where there is no value."""
        if self._tree is None and self.complete:
            self._examine()
        return self._tree

    @property
    def reach(self) -> tuple[float, float]:
        """The line and column at which reading stopped; none is as far as the end."""
        return (float("inf"), 0) if self.complete else self.problems[-1].span[:2]

    def locate(self, path: KeyPath, *, key: bool = False) -> tuple[Span, bool]:
        """Where *path* is written (or its last key), and whether it was complained about already.

        A path may go further than what is there: the deepest place that exists is given.
        """
        if self.tree is None:
            return START, False
        node = self.tree.at(path)
        return (node.key if key and node.key else node).span, node.bad

    def block_lines(self) -> frozenset[int]:
        """The lines that belong to block texts, in which a blank at the end may matter."""
        lines = self.source.text.split("\n")
        waiting = [self.tree] if self.tree else []
        inside: set[int] = set()
        while waiting:
            node = waiting.pop()
            if node.is_block_text:
                span = node.span  # its end is where the next line begins, if there is one
                last = span.end_line - (span.end_column == 1)
                keeps = re.match(r"[|>]\d?\+", lines[span.line - 1][span.column - 1 :])
                while last > span.line and not keeps and not lines[last - 1].strip():
                    last -= 1
                inside.update(range(span.line + 1, last + 1))
            waiting += node.children.values()
        return frozenset(inside)


def yaml_of(text: str) -> YamlFile:
    """A text that has no name, read as a YAML file."""
    return YamlFile(NamedText("", text))


def same_values(one: str, other: str) -> bool:
    """Whether two texts say the same, or stop making sense at the same place."""
    old, new = yaml_of(one), yaml_of(other)
    if old.complete and new.complete:
        return old.value == new.value
    ends = [
        file.complete or (file.problems[-1].span[:2], file.problems[-1].message)
        for file in (old, new)
    ]
    return ends[0] == ends[1]
