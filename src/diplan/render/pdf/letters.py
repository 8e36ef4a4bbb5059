"""Letters that a paper's fonts lack: PDF/UA allows none, so they are told by name."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

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
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def lacking(letters: Collection[str], *, fallback: bool) -> dict[int, str]:
    """What to write for each letter that cannot be shown, for `str.translate`.

    Without *fallback* only the paper's own font counts. Whatever stands in a chart is then shown,
    and whatever letters stand together.
    """
    given = {"letters": sorted(letters), "fallback": fallback}
    try:
        typeset(_EACH_STYLE, given, "pdf", standards=["ua-1"])
    except TypesettingError as error:
        said = "".join(_REFUSED.findall(error.said))
        refused = set(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), said)) & set(letters)
        return {ord(letter): named(letter) for letter in refused or letters}
    return {}


def named(letter: str) -> str:
    """A letter in words: a sign by its name, any other by its number."""
    name = unicodedata.name(letter, "").lower() if unicodedata.category(letter) == "So" else ""
    return f"[{name}]" if name else f"<U+{ord(letter):04X}>"


def rewritten(value: Any, names: Mapping[int, str]) -> Any:
    """A document or a part of one, in which letters are told by name."""
    match value:
        case str():
            return value.translate(names)
        case tuple() if hasattr(value, "_fields"):
            return type(value)(*(rewritten(part, names) for part in value))
        case list() | tuple():
            return type(value)(rewritten(part, names) for part in value)
    return value
