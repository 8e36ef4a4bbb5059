"""Ids for what a document names: those that the plan has, and new ones."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from diplan.documents.grid import tidy
from diplan.files.yaml.plain import Plain
from diplan.ground.text import slug

LONGEST_LINE = 500
MOST_WORDS = 8
_SMALL = frozenset({"a", "an", "and", "the", "of", "to", "for", "in", "on", "with", "by", "their"})
_NUMBERED = re.compile(
    r"(?:(?:priority|theme|objective|action|section|part|strand|pillar|table)\s+)?"
    r"(?:\d+(?:\.\d+)*(?:[.):]\s*(?=[^\W\d])|\s+[–-]\s+)|(?:[A-Z]|[ivx]+)(?:[.):]\s+|\s+[–-]\s+))"
    r"|\d+(?:\.\d+)+\s+|(?:priority|theme|strand|pillar)\s*:\s+",
    re.IGNORECASE,
)


def line_of(text: str) -> str:
    """A text on one line that a plan allows; longer ones are cut."""
    said = tidy(text)
    return said if len(said) <= LONGEST_LINE else f"{said[: LONGEST_LINE - 3].rstrip()}..."


@lru_cache(maxsize=4096)
def same(text: str) -> str:
    """A text without case, signs and `the`, so that two of them can be held side by side."""
    said = text.lower().replace("&", " and ")
    return " ".join(word for word in re.findall(r"\w+", said) if word != "the")


def unnumbered(text: str) -> str:
    """A heading without its number: `A. Digital connectivity`, `Priority 2: Skills`."""
    match = _NUMBERED.match(text)
    return (text[match.end() :] if match else "") or text


def new_id(title: str, taken: Collection[str], otherwise: str) -> str:
    """An id that says what a title says, and that nothing else has."""
    words = re.findall(r"[\w'’]+", title)
    telling = [word for word in words if word.lower() not in _SMALL] or words
    return slug(" ".join(telling[:MOST_WORDS]), taken, otherwise)


class Register:
    """The ids of one section by titles, with what has to be added to it."""

    def __init__(self, known: Iterable[Any], otherwise: str) -> None:
        self.otherwise = otherwise
        self.ids: dict[str, str] = {}
        self.taken: set[str] = set()
        self.new: list[dict[str, Plain]] = []
        for entity in known:
            self.taken.add(entity.id)
            self.ids.setdefault(same(entity.title), entity.id)
            self.ids.setdefault(same(entity.id), entity.id)

    def known(self, title: str) -> str | None:
        """The id of a title, where there is one."""
        return self.ids.get(same(title if len(title) <= LONGEST_LINE else line_of(title)))

    def named(self, title: str, name: str, **more: Plain) -> str:
        """The id of a title; a new one is added with it as its name, and with more keys."""
        if (known := self.known(title)) is not None:
            return known
        title, name = line_of(title), line_of(name)
        made = new_id(name, self.taken, self.otherwise)
        self.taken.add(made)
        self.ids[same(title)] = made
        self.ids.setdefault(same(name), made)
        self.new.append({"id": made, "title": name, **more})
        return made
