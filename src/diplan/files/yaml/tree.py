"""YAML to a tree that knows line and column, and every problem on the way.

Slower than `plain`, and read only for a text that has something to explain. A syntax
error ends the reading of its file; everything else is noted and read past.
"""

from collections.abc import Sequence
from typing import Any, Union

from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from diplan.files.decoding import MOST_UNSAFE, unsafe_characters
from diplan.files.yaml.plain import (
    AMBIGUOUS,
    DEEPEST,
    MOST_ENTRIES,
    MOST_IN_ALL,
    NULLS,
    Parser,
    Plain,
)
from diplan.files.yaml.syntax import ANY_HINT, syntax_problem, too_deep
from diplan.ground.text import START, UNSAFE, NamedText, Span, unsafe, visible
from diplan.problems import Problem

NodeValue = Union[str, "list[Node]", "dict[str, Node]", None]


class Node:
    """A value and where it is written; `key` is the node of its key, inside a mapping.

    A `bad` node has been complained about: nothing more is said of its value. Of the place only
    libyaml's events are kept, since few places are ever asked for.
    """

    __slots__ = ("bad", "first", "key", "last", "value")

    def __init__(self, value: NodeValue, first: Any, last: Any) -> None:
        self.value = value
        self.first = first
        self.last = last
        self.key: Node | None = None
        self.bad = False

    @property
    def span(self) -> Span:
        """From where its first event begins to where its last one ends."""
        return _span(self.first, self.last)

    @property
    def is_flow(self) -> bool:
        """Whether it is written in brackets, and not over lines of its own."""
        return bool(getattr(self.first, "flow_style", False))

    @property
    def is_block_text(self) -> bool:
        """Whether it is a text below its key, after a `|` or a `>`."""
        return getattr(self.first, "style", None) in ("|", ">")

    @property
    def children(self) -> "dict[str, Node] | dict[int, Node]":
        """The nodes one step down, by key or by number."""
        if isinstance(self.value, dict):
            return self.value
        return dict(enumerate(self.value)) if isinstance(self.value, list) else {}

    def child(self, part: str | int) -> "Node | None":
        """The node one step down, or None where there is no such step."""
        if isinstance(self.value, dict):
            return self.value.get(part) if isinstance(part, str) else None
        if isinstance(self.value, list) and isinstance(part, int) and part < len(self.value):
            return self.value[part]
        return None

    def at(self, path: Sequence[str | int]) -> "Node":
        """The deepest node that *path* reaches; parts that name no child are skipped."""
        node = self
        for part in path:
            node = node.child(part) or node
        return node

    def plain(self) -> Plain:
        """The value without its positions."""
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        return self.value


class _Stop(Exception):  # noqa: N818 - control flow, never seen
    """Reading on would cost too much, or make no sense."""


def read_tree(source: NamedText) -> tuple[Node | None, list[Problem]]:
    """The tree of a YAML text, None where it could not be read to its end, and its problems."""
    reader = _Reader(source)
    try:
        reader.unsafe_characters()
        return reader.document(), reader.problems
    except _Stop:
        return None, reader.problems
    except MarkedYAMLError as error:
        reader.problem(*syntax_problem(source, error))
    except YAMLError:
        if not reader.problems:
            reader.problem("yaml-syntax", "this is not YAML", START, ANY_HINT)
    return None, reader.problems


def _span(first: Any, last: Any) -> Span:
    """From where one event begins to where another ends."""
    start, end = first.start_mark, last.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


class _Reader:
    """Walks libyaml's events, noting every problem on the way."""

    def __init__(self, source: NamedText) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.entries = 0

    def problem(self, code: str, message: str, span: Span, hint: str = "") -> None:
        self.problems.append(
            Problem(code, message, self.source.name, span, hint, source=self.source)
        )

    def unsafe_characters(self) -> None:
        """Note control and direction characters as they stand in the text, comments included."""
        for complaint in unsafe_characters(self.source):
            self.problem(*complaint)
        if len(self.problems) >= MOST_UNSAFE:
            raise _Stop

    def document(self) -> Node:
        get = Parser(self.source.text).get_event
        get()
        first = get()
        if first.__class__ is not DocumentStartEvent:
            return Node(None, first, first)
        node = self.node(get, get(), 0)
        get()
        after = get()
        if after.__class__ is not StreamEndEvent:
            self.problem(
                "several-documents",
                "a second document begins here",
                _span(after, after),
                "keep one document in a file: delete the line of three dashes",
            )
            raise _Stop
        return node

    def node(self, get: Any, event: Any, depth: int) -> Node:
        self.entries += 1
        if event.__class__ is AliasEvent:
            self.problem(
                "alias",
                f'"*{event.anchor}" repeats a value from elsewhere',
                _span(event, event),
                "write the value out here; a text that begins with * needs double quotes",
            )
            node = Node(None, event, event)
            node.bad = True
            return node
        before = len(self.problems)
        self.anchor_and_tag(event)
        if event.__class__ is ScalarEvent:
            node = self.scalar(event)
        elif depth > DEEPEST:
            self.problem(*too_deep(_span(event, event)))
            raise _Stop
        elif event.__class__ is SequenceStartEvent:
            node = self.sequence(get, event, depth)
        else:
            node = self.mapping(get, event, depth)
        collection = isinstance(node.value, list | dict)
        node.bad |= bool(event.tag) or (len(self.problems) > before and not collection)
        return node

    def anchor_and_tag(self, event: Any) -> None:
        if event.anchor:
            self.problem(
                "anchor",
                f'"&{event.anchor}" names a value to be repeated',
                _span(event, event),
                "delete the name; a text that begins with & needs double quotes",
            )
        if event.tag:
            tag = visible(event.tag).replace("tag:yaml.org,2002:", "!!")
            self.problem(
                "tag",
                f'"{tag}" asks for another type of value',
                _span(event, event),
                "delete it: the type follows from the key",
            )

    def scalar(self, event: Any) -> Node:
        text, is_plain = event.value, event.implicit[0]
        if is_plain and text in NULLS:
            return Node(None, event, event)
        if is_plain and text.lower() in AMBIGUOUS:
            self.problem(
                "ambiguous-word",
                f'"{text}" is a text to some programs and a truth value to others',
                _span(event, event),
                f'write true or false if it is an answer, "{text}" in quotes if it is a text',
            )
        elif not is_plain and (match := UNSAFE.search(text)):
            message, hint = unsafe(match[0])
            self.problem("unsafe-character", message, _span(event, event), hint)
        return Node(text, event, event)

    def enough(self, count: int, node: Node) -> None:
        if count > MOST_ENTRIES or self.entries > MOST_IN_ALL:
            self.problem(
                "too-many-items",
                f"more than {MOST_ENTRIES:,} items in one list or {MOST_IN_ALL:,} in one file",
                node.span,
                "split the file into a folder of files",
            )
            raise _Stop

    def sequence(self, get: Any, start: Any, depth: int) -> Node:
        items: list[Node] = []
        while (event := get()).__class__ is not SequenceEndEvent:
            items.append(self.node(get, event, depth + 1))
            self.enough(len(items), items[-1])
        return Node(items, start, event)

    def mapping(self, get: Any, start: Any, depth: int) -> Node:
        found: dict[str, Node] = {}
        while (event := get()).__class__ is not MappingEndEvent:
            key = self.node(get, event, depth + 1)
            value = self.node(get, get(), depth + 1)
            value.key = key
            self.enough(len(found), key)
            if self.good_key(key, found):
                found[str(key.value)] = value
        return Node(found, start, event)

    def good_key(self, key: Node, found: dict[str, Node]) -> bool:
        if key.value == "<<":
            self.problem(
                "merge-key",
                '"<<" copies keys from elsewhere',
                key.span,
                "write the keys out here",
            )
        elif isinstance(key.value, str) and key.value in found:
            first = found[key.value].key
            self.problem(
                "duplicate-key",
                f'"{visible(key.value)}" stands here a second time',
                key.span,
                f"the first is on line {first.span.line if first else '?'}: keep one of them",
            )
        elif isinstance(key.value, str):
            return not key.bad
        elif not key.bad:
            self.problem("yaml-syntax", "a key has to be a word", key.span, "write `key: value`")
        return False
