"""Who leads: the bodies that a cell names, parted where nobody can read it otherwise."""

import re
from collections.abc import Callable, Iterator

from diplan.documents.register import LONGEST_LINE, Register, same

NOT_STATED = "Lead not stated"
_ACRONYM = re.compile(r"(.+?)\s*\(([A-Z][A-Za-z&/]{1,9})\)\s*$")
_LOOSE = (re.compile(r"\s*,\s*"), re.compile(r"\s*(?:,| and | & )\s*"))
_NOBODY = frozenset({"tbc", "tbd", "n/a", "na", "none", "to be confirmed", "unknown"})


Choose = Callable[[str, tuple[str, ...]], str | None]
"""A name with commas, and its readings as one name and as several: the right one, or None."""


def bodies(text: str, services: Register, choose: Choose = lambda *_: None) -> list[str]:
    """The ids of the bodies that a cell names; an acronym in brackets is another name of one.

    They are parted at line ends, semicolons and slashes; at commas and `and` only where each part
    is a body that is known already, or where somebody says so, since many a name has these in it.
    """
    ids: list[str] = []
    for part in parted(text):
        if part.lower() not in _NOBODY:
            names = _known(part, services) or _asked(part, services, choose)
            ids += names or [_named(part, services)]
    return list(dict.fromkeys(ids))


def _known(part: str, services: Register) -> list[str]:
    """The ids of all that a part names, where each is known; none where one is not."""
    if services.known(part) is None and len(part) <= LONGEST_LINE:
        for sign in _LOOSE:
            names = [services.known(piece) for piece in sign.split(part) if piece]
            if len(names) > 1 and all(names):
                return [name for name in names if name]
    return []


def _asked(part: str, services: Register, choose: Choose) -> list[str]:
    """The ids of the names between commas, where somebody says that they are several."""
    if "," not in part or services.known(part) is not None:
        return []
    pieces = [piece for piece in re.split(r"\s*,(?:\s*and\s)?\s*", part) if piece]
    several = "; ".join(pieces)
    chosen = choose(part, (part, several)) if len(pieces) > 1 else None
    return [_named(piece, services) for piece in pieces] if chosen == several else []


def _named(part: str, services: Register) -> str:
    match = _ACRONYM.fullmatch(part) if len(part) <= LONGEST_LINE else None
    if not match:
        return services.named(part, part)
    known = services.known(match[1])
    name = services.named(match[1], match[1]) if known is None else known
    services.ids.setdefault(same(part), name)
    services.ids.setdefault(same(match[2]), name)
    return name


def parted(text: str) -> list[str]:
    """The parts of a cell that name bodies."""
    return [part for part in map(_tidied, _parts(text)) if part]


def _tidied(part: str) -> str:
    said = part.strip(" \t,.;:-–•·*")
    return said if said.count("(") == said.count(")") else part.strip()


def _parts(text: str) -> Iterator[str]:
    """What stands between line ends, semicolons and slashes outside of brackets.

    A line that begins small, or follows a sign that joins, goes on with the one before; and so do
    all of them where one ends or begins with a slash.
    """
    if re.search(r"/\s*\n|\n\s*/", text):
        text = " ".join(text.split())
    joined = re.sub(r"\s*\n\s*(?=[a-z&/(,])|(?<=[&/,(-])\s*\n\s*|(?<= and)\s*\n\s*", " ", text)
    depth, begin = 0, 0
    for at, sign in enumerate(joined):
        depth += (sign == "(") - (sign == ")")
        together = joined[max(0, at - 3) : at + 3].lower()
        if sign in "\n;/" and depth <= 0 and "and/or" not in together and "n/a" not in together:
            yield joined[begin:at]
            begin = at + 1
    yield joined[begin:]
