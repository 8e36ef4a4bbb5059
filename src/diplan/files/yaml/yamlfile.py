"""A YAML file: its value, read fast, and the place of anything in it, once somebody asks."""

from typing import TYPE_CHECKING

from diplan.files.yaml.plain import Irregular, Plain, read_yaml
from diplan.ground.text import START, NamedText, Span
from diplan.problems import KeyPath, Problem

if TYPE_CHECKING:
    from diplan.files.yaml.tree import Node


class YamlFile:
    """A text, its plain value, and what is wrong with it as YAML.

    `complete` is False where a syntax error ended the reading, so that there is no value.
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

    def _examine(self) -> None:
        from diplan.files.yaml.tree import read_tree

        self._tree, self.problems = read_tree(self.source)
        self.complete = self._tree is not None
        self.value = self._tree.plain() if self._tree else None

    def locate(self, path: KeyPath, *, key: bool = False) -> tuple[Span, bool]:
        """Where *path* is written (or its last key), and whether it was complained about already.

        A path may go further than what is there: the deepest place that exists is given.
        """
        if self._tree is None and self.complete:
            from diplan.files.yaml.tree import read_tree

            self._tree = read_tree(self.source)[0]
        if self._tree is None:
            return START, False
        node = self._tree.at(path)
        return (node.key if key and node.key else node).span, node.bad
