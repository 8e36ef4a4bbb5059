"""Names that the plan does not have: what was meant, by its id or by the words of its title."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from diplan.ground.english import either
from diplan.ground.text import suggest

if TYPE_CHECKING:
    from diplan.ground.errors import UnknownIdError

LISTING = "run `diplan show` to see every id with its title"

MOST_MEANT = 5
"""How many things with the words in their titles are named; more would be no help."""


def unknown(
    what: str, name: str, entities: Iterable[Any], listing: str = LISTING
) -> "UnknownIdError":
    """The error for a name that none of some entities has as its id."""
    from diplan.ground.errors import UnknownIdError

    known = list(entities)
    close = suggest(name, [entity.id for entity in known])
    if close is None:
        meant = [f'"{entity.id}"' for entity in known if _has_words(entity, name)]
        if 0 < len(meant) <= MOST_MEANT:
            return UnknownIdError(what, name, None, f"did you mean {either(meant)}?")
    return UnknownIdError(what, name, close, listing)


def _has_words(entity: Any, name: str) -> bool:
    """Whether every word of a name stands in an entity's title, or in its id."""
    title = getattr(entity, "title", None) or getattr(entity, "name", "")
    whole = f"{title} {entity.id}".casefold()
    words = name.casefold().replace("-", " ").split()
    return bool(words) and all(word in whole for word in words)
