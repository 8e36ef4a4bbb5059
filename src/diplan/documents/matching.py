"""What a document has beside what the plan has: which of them are the same."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from diplan.documents.register import same

SURELY, PERHAPS, NUMBERED = 0.9, 0.7, 0.5
"""How alike two titles are: the same, perhaps the same, and the same if they have one number."""

MOST_COMPARED = 20
"""Titles that one is held against, those that share the most and the rarest words with it."""


COMMON = 200
"""Titles that share a word beyond which the word tells nothing."""


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
        return next(iter(near or free), None)

    def nearest(self, title: str, ref: str) -> tuple[Any, float]:
        """What is titled most like this, and how alike the titles are: 0 to 1.

        What has the document's number and is titled something like it is the same: 1.
        """
        from difflib import SequenceMatcher

        words = same(title).split()
        weights: Counter[str] = Counter()
        for word in set(words):
            names = self.by_word.get(word, ())
            for name in names if len(names) <= COMMON else ():
                if name in self.free:
                    weights[name] += 100 // len(names) + 1
        numbered = [name for name in self.by_ref.get(ref, ()) if name in self.free] if ref else []
        near = [name for name, _ in weights.most_common(MOST_COMPARED)]
        best, most = None, 0.0
        matcher = SequenceMatcher(None, "", " ".join(words)[:500])
        for name in dict.fromkeys([*numbered, *near]):
            matcher.set_seq1(same(_title(self.free[name]))[:500])
            least = NUMBERED if name in numbered else max(most, PERHAPS)
            alike = matcher.ratio() if matcher.quick_ratio() >= least else 0.0
            if name in numbered and alike >= NUMBERED:
                return self.free[name], 1.0
            if alike > most:
                best, most = self.free[name], alike
        return best, most

    def take(self, entity: Any) -> None:
        """Let nothing else be the same as a thing of the plan."""
        self.free.pop(entity.id, None)


def _title(entity: Any) -> str:
    return str(getattr(entity, "title", None) or entity.name)


def _headings(entity: Any) -> Sequence[str]:
    named = getattr(entity, "priorities", None) or (getattr(entity, "priority", None),)
    return [name for name in named if name]
