"""Names that people type: what an unknown one may mean."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from diplan.ground.english import either
from diplan.ground.errors import UnknownIdError
from diplan.ground.text import one_line, suggest

LISTING = "run `diplan show` to see every id with its title"

MOST_MEANT = 5
"""How many entities a hint names that have the words in their titles."""

MOST_LISTED = 20
"""How many names a hint lists."""


def one_of(what: str, name: str, names: Collection[str], otherwise: str = "") -> str:
    """*name*, if it is one of *names*; by default the hint lists them.

    Raises:
        UnknownIdError: it is none of them.
    """
    if name in names:
        return name
    listed = ", ".join(islice(names, MOST_LISTED))
    more = ", ..." if len(names) > MOST_LISTED else ""
    listing = otherwise or f"there are {listed}{more}"
    raise UnknownIdError(what, one_line(name), suggest(name, names), listing)


def grade_of(written: str, grades: Sequence[str]) -> str:
    """The grade that is meant, whatever its capitals and whether it has spaces or hyphens.

    Raises:
        UnknownIdError: it is none of *grades*.
    """
    by_word = {grade.lower().replace(" ", "-"): grade for grade in grades}
    word = written.strip().lower().replace(" ", "-")
    if word not in by_word:
        close = suggest(word, by_word)
        listing = f"the grades are {', '.join(grades)}"
        raise UnknownIdError("grade", written, by_word[close] if close else None, listing)
    return by_word[word]


def known_in(what: str, name: str, entities: Mapping[str, Any]) -> str:
    """*name*, if an entity has it as its id.

    Raises:
        UnknownIdError: none has.
    """
    if name in entities:
        return name
    listing = LISTING if len(entities) > MOST_LISTED else f"there are {', '.join(entities)}"
    raise unknown(what, name, entities.values(), listing)


def unknown(
    what: str, name: str, entities: Iterable[Any], listing: str = LISTING
) -> UnknownIdError:
    """The error for a name that no entity has as its id; the words of titles are looked at too."""
    candidates = list(entities)
    close = suggest(name, [entity.id for entity in candidates])
    if close is None:
        meant = [f'"{entity.id}"' for entity in candidates if _has_words(entity, name)]
        if 0 < len(meant) <= MOST_MEANT:
            return UnknownIdError(what, name, None, f"did you mean {either(meant)}?")
    return UnknownIdError(what, name, close, listing)


def _has_words(entity: Any, name: str) -> bool:
    """Whether every word of a name stands in an entity's title, or in its id."""
    title = getattr(entity, "title", None) or getattr(entity, "name", "")
    whole = f"{title} {entity.id}".casefold()
    words = name.casefold().replace("-", " ").split()
    return bool(words) and all(word in whole for word in words)
