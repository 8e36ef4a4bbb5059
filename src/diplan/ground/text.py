"""Texts and places in them, for every message that points at a line.

Lines and columns count from 1, columns in characters. Nothing here knows what a text means.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Characters that could steer a terminal, reorder a line or hide: no data needs one."""

_LINE_END = re.compile("\r\n|\n|\r")

WIDEST_EXCERPT = 100
"""An excerpt shows at most this many characters of a line, around the place pointed at."""


class Span(NamedTuple):
    """A stretch of a text; the end column is the first one after it."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 2)
"""The first character of a text."""


@dataclass(frozen=True, slots=True)
class NamedText:
    """A text with the name that messages call it by (a path with forward slashes)."""

    name: str
    text: str = field(repr=False)
    first: int = 1
    """The number of the first line, where the text is a part of a file."""
    _lines: list[str] = field(default_factory=list, repr=False, compare=False)
    _starts: list[int] = field(default_factory=list, repr=False, compare=False)

    @property
    def lines(self) -> list[str]:
        """The lines without their ends, as an editor counts them."""
        if not self._lines:
            self._lines.extend(_LINE_END.split(self.text))
        return self._lines

    @property
    def starts(self) -> list[int]:
        """Where each line begins in the text."""
        if not self._starts:
            self._starts.extend((0, *(end.end() for end in _LINE_END.finditer(self.text))))
        return self._starts

    def span_at(self, offset: int, length: int = 1) -> Span:
        """The span of *length* characters on one line that begins at *offset*."""
        line = bisect_right(self.starts, offset)
        column = offset - self.starts[line - 1] + 1
        return Span(line, column, line, column + length)

    def replaced(self, span: Span, new: str) -> str:
        """The text with *new* in the place of a span, and every other character as it was."""
        first = self.starts[span.line - 1] + span.column - 1
        last = self.starts[span.end_line - 1] + span.end_column - 1
        return f"{self.text[:first]}{new}{self.text[last:]}"


def visible(text: str) -> str:
    """*text* with each unsafe character written as its code point, so that it can be printed."""
    return UNSAFE.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def one_line(text: str) -> str:
    """*text* made visible, with its line ends too."""
    return visible(text).replace("\n", "<U+000A>").replace("\r", "<U+000D>")


def inert(text: str) -> str:
    """*text* for a cell of a CSV file: with an apostrophe where spreadsheets see a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def unsafe(character: str) -> tuple[str, str]:
    """Why an unsafe character is refused, and what to do."""
    steers = ord(character) < 0xA0
    does = "can steer a terminal" if steers else "can hide or reorder text"
    return (
        f"the character {visible(character)} {does}",
        "write the text without it: most editors do not show it",
    )


def conflict_line(source: NamedText) -> int | None:
    """The line at which git marks the two sides of an unfinished merge."""
    if "<<<<<<<" not in source.text:
        return None
    return next(
        (at for at, line in enumerate(source.lines, 1) if re.match(r"<{7}(\s|$)", line)), None
    )


def excerpt(source: NamedText, span: Span) -> Iterator[str]:
    """The line that *span* begins on, numbered, with carets beneath the place."""
    at = span.line - source.first
    if not 0 <= at < len(source.lines):
        return
    line = source.lines[at].replace("\t", " ")
    first = span.column - 1
    last = span.end_column - 1 if span.end_line == span.line else len(line)
    last = max(min(last, len(line.rstrip())), first + 1)
    cut = max(0, min(first - WIDEST_EXCERPT // 3, len(line) - WIDEST_EXCERPT))
    shown = line[cut : cut + WIDEST_EXCERPT]
    last = min(last, cut + WIDEST_EXCERPT)
    lead, marked = visible(line[cut:first]), visible(line[first:last])
    start, end = "..." if cut else "", "..." if len(line) > cut + WIDEST_EXCERPT else ""
    number = str(span.line)
    blank = " " * (len(number) + 1)
    yield f"{blank}|"
    yield f"{number} | {start}{visible(shown)}{end}".rstrip()
    yield f"{blank}| {' ' * (len(start) + len(lead))}{'^' * max(1, len(marked))}"


def suggest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that *word* was probably meant to be; None where none is close.

    One slip (a letter missing, added, changed or swapped) is looked up in an index, so that a
    thousand mistakes among thousands of names stay quick; more slips only among few names.
    """
    if len(word) > LONGEST_GUESS:
        return None
    names = frozenset(name for name in candidates if len(name) <= LONGEST_GUESS)
    if sum(map(len, names)) > MOST_LETTERS:
        return None
    index = _with_one_letter_less(names)
    for form in (word, word.lower().replace(" ", "-").replace("_", "-"), word.replace("-", "_")):
        for less in (form, *_deletions(form)):
            if less in index:
                return index[less]
    if len(names) > MOST_COMPARED:
        return None
    from difflib import get_close_matches

    close = get_close_matches(word, sorted(names), n=1, cutoff=0.7)
    return close[0] if close else None


def did_you_mean(name: str | None, otherwise: str) -> str:
    """The hint for an unknown name: the *name* that was likely meant, or what to do without one."""
    return f'did you mean "{one_line(name)}"?' if name else otherwise


LONGEST_GUESS = 80
"""Characters beyond which a word is no mistyped name, and a name is not what was meant."""

MOST_LETTERS = 300_000
"""Of all names together, of which the index takes about fifty megabytes."""

MOST_COMPARED = 300
"""How many names are compared one by one."""


@lru_cache(maxsize=8)
def _with_one_letter_less(names: frozenset[str]) -> dict[str, str]:
    """The names by what is left of them when one letter, or none, is taken away.

    Two words that differ by one slip share such a rest (the idea of Wolf Garbe's SymSpell).
    """
    index = {name: name for name in names}
    for name in sorted(names):
        for less in _deletions(name):
            index.setdefault(less, name)
    return index


def _deletions(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


LONGEST_SLUG = 60


def slug(text: str, taken: Collection[str] = (), otherwise: str = "item") -> str:
    """An id made of a title: small letters and digits, with hyphens between words.

    A long one ends with a whole word. Where the id is *taken*, a number makes it another one; a
    title without any Latin letter or digit gets the id *otherwise*.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))
    if len(name) > LONGEST_SLUG:
        name = name[: LONGEST_SLUG + 1].rpartition("-")[0] or name[:LONGEST_SLUG]
    made = name = name or otherwise
    for number in range(2, len(taken) + 2):
        if made not in taken:
            break
        made = f"{name}-{number}"
    return made
