"""Letters that a paper's fonts lack: PDF/UA allows none, so they are told by name."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from typing import Any

from diplan.ground.text import UNSAFE
from diplan.render.typesetting import FONT, TypesettingError, typeset

_EACH_STYLE = f"""
#set document(title: "Letters", date: none)
#let given = json(bytes(sys.inputs.data))
#set text(lang: "en", font: "{FONT}", fallback: given.fallback)
#for letter in given.letters [
  #letter #emph(letter) #text(weight: 600, letter) #text(weight: 600, emph(letter))
]
""".encode()
_REFUSED = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_JOINS = "\u200d\ufe0e\ufe0f"
_OTHERS = re.compile(f"(?!{UNSAFE.pattern})[^\\x00-\\x7f]")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def lacking(letters: Collection[str], *, fallback: bool) -> dict[int, str]:
    """What to write for each letter that cannot be shown, for `str.translate`.

    Without *fallback* only the paper's own font counts: its letters can be shown in any company,
    and in charts.
    """
    given = {"letters": sorted(letters), "fallback": fallback}
    try:
        typeset(_EACH_STYLE, given, "pdf", standards=["ua-1"])
    except TypesettingError as error:
        return refused(error) or names(letters)
    return {}


def refused(error: TypesettingError) -> dict[int, str]:
    """What to write for the letters that typst names in an error, as in `lacking`."""
    said = "".join(_REFUSED.findall(error.said))
    return names(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), said))


def names(letters: Iterable[str]) -> dict[int, str]:
    """Letters in words, but for those of ASCII: a sign by its name, any other by its number.

    What only joins signs, or chooses their colour, goes without a word.
    """
    return {ord(letter): _name(letter) for letter in letters if not letter.isascii()}


def _name(letter: str) -> str:
    if letter in _JOINS:
        return ""
    name = unicodedata.name(letter, "").lower() if unicodedata.category(letter) == "So" else ""
    return f"[{name}]" if name else f"<U+{ord(letter):04X}>"


def letters_of(value: Any) -> set[str]:
    """The letters of a document, or of a part of one, that are not of ASCII and can be printed."""
    match value:
        case str():
            return set() if value.isascii() else set(_OTHERS.findall(value))
        case list() | tuple():
            return set().union(*map(letters_of, value))
    return set()


def rewritten(value: Any, names: Mapping[int, str]) -> Any:
    """A document, or a part of one, in which letters are told by name."""
    match value:
        case Enum():
            return value
        case str():
            return value.translate(names)
        case tuple() if hasattr(value, "_fields"):
            return type(value)(*(rewritten(part, names) for part in value))
        case list() | tuple():
            return type(value)(rewritten(part, names) for part in value)
    return value
