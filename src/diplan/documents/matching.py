"""What a document has beside what the plan has: which of them are the same."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any

from diplan.documents.register import same

SURELY, PERHAPS, NUMBERED = 0.9, 0.7, 0.5
"""How alike two titles are: the same, perhaps the same, and the same if they have one number."""

MOST_COMPARED = 20
"""Titles that one is held against, those that share the most and the rarest words with it."""


def ref_of(at: str | None) -> str:
    """The document's own number for something, as its place has it."""
    match = re.search(r", ref (.+)$", at or "")
    return match[1] if match else ""


class Matcher:
    """Finds the thing of the plan that a title is about; nothing stands for two."""

    def __init__(self, entities: Sequence[Any]) -> None:
        self.free: dict[str, Any] = {entity.id: entity for entity in entities}
        self.by_title: dict[str, list[str]] = {}
        self.by_ref: dict[str, list[str]] = {}
        self.by_word: dict[str, list[str]] = {}
        for entity in entities:
            title = _title(entity)
            self.by_title.setdefault(same(title), []).append(entity.id)
            for word in set(same(title).split()):
                self.by_word.setdefault(word, []).append(entity.id)
            if ref := ref_of(getattr(entity, "at", None)):
                self.by_ref.setdefault(ref, []).append(entity.id)

    def exact(self, title: str, heading: str = "") -> Any | None:
        """What has the same title; of several, what stands under the same heading, or the first."""
        free = [self.free[name] for name in self.by_title.get(same(title), ()) if name in self.free]
        near = [entity for entity in free if heading and heading in _headings(entity)]
        return self._take((near or free)[:1])

    def similar(self, title: str, ref: str, ask: Callable[[str, str], bool]) -> Any | None:
        """What is nearly titled so; or is numbered so, and titled something like it."""
        words = same(title).split()
        weights: Counter[str] = Counter()
        for word in set(words):
            names = self.by_word.get(word, ())
            for name in names if len(names) <= 200 else ():
                if name in self.free:
                    weights[name] += 100 // len(names) + 1
        numbered = [name for name in self.by_ref.get(ref, ()) if name in self.free] if ref else []
        near = [name for name, _ in weights.most_common(MOST_COMPARED)]
        best, most = None, 0.0
        for name in dict.fromkeys([*numbered, *near]):
            other = same(_title(self.free[name]))
            alike = SequenceMatcher(None, " ".join(words)[:500], other[:500]).ratio()
            if name in numbered and alike >= NUMBERED:
                alike = 1.0
            if alike > most:
                best, most = name, alike
        if best is None or most < PERHAPS:
            return None
        if most < SURELY and not ask(title, _title(self.free[best])):
            return None
        return self._take([self.free[best]])

    def nearest(self, title: str) -> str:
        """The title of what may be the same; empty where nothing is near."""
        found: list[str] = []

        def noted(_: str, other: str) -> bool:
            found.append(other)
            return False

        self.similar(title, "", noted)
        return found[0] if found else ""

    def _take(self, entities: Sequence[Any]) -> Any | None:
        for entity in entities:
            del self.free[entity.id]
            return entity
        return None


def _title(entity: Any) -> str:
    return str(getattr(entity, "title", None) or entity.name)


def _headings(entity: Any) -> Sequence[str]:
    named = getattr(entity, "priorities", None) or (getattr(entity, "priority", None),)
    return [name for name in named if name]
