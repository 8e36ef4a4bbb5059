"""Names that users type: what one stands for, what an unknown one may mean, and completion."""

from collections.abc import Callable, Collection, Iterable, Sequence
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any

from diplan.ground.errors import DiplanError, OptionError, UnknownIdError
from diplan.ground.text import one_line, suggest

if TYPE_CHECKING:
    from diplan.plan import Plan
    from diplan.problems import Place

SECTIONS = ("indicators", "actions", "venues", "priorities", "services", "sources", "corporate",
            "profiles")  # fmt: skip
"""The sections whose entities have an id, in the order in which one is looked for."""

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


def known(what: str, name: str | None, plan: "Plan") -> str | None:
    """*name*, if the plan has a priority, service, ... of this id; None stays None.

    Raises:
        UnknownIdError: it has not.
    """
    entities = getattr(plan, what)
    if name is None or name in entities:
        return name
    listing = LISTING if len(entities) > MOST_LISTED else f"there are {', '.join(entities)}"
    raise unknown(what, name, entities.values(), listing)


def known_id(name: str, plan: "Plan") -> str:
    """*name*, if an indicator or an action has it as its id.

    Raises:
        UnknownIdError: none has.
    """
    if name in plan.indicator or name in plan.action:
        return name
    raise unknown("indicator or action", name, (*plan.indicators, *plan.actions))


def find(plan: "Plan", name: str, sections: Sequence[str] = SECTIONS, what: str = "") -> "Place":
    """Where the entity of an id is; *what* is what is looked for, in words.

    Raises:
        UnknownIdError: nothing in these sections has the id.
        OptionError: several entities have it.
    """
    from diplan.problems import Place

    places = [
        Place(section, index)
        for section in sections
        for index, entity in enumerate(getattr(plan, section))
        if entity.id == name
    ]
    if len(places) > 1:
        listed = ", ".join(place.section for place in places)
        raise OptionError(f'"{name}" is the id of several things: {listed}', "say which with --in")
    if places:
        return places[0]
    from diplan.ground.english import singular

    entities = [entity for section in sections for entity in getattr(plan, section)]
    alone = singular(sections[0]) if len(sections) == 1 else ""
    raise unknown(what or alone, name, entities)


def find_in(plan: "Plan", name: str, section: str | None) -> "Place":
    """Where the entity of an id is, in one section or, where that is None, in any.

    "plan" is the cover sheet.

    Raises:
        UnknownIdError: there is no such section, or nothing in it has the id.
        OptionError: several entities have it.
    """
    from diplan.problems import Place

    if section is None:
        return Place("plan") if name == "plan" else find(plan, name)
    return find(plan, name, [one_of("section", section, SECTIONS)])


def unknown(
    what: str, name: str, entities: Iterable[Any], listing: str = LISTING
) -> UnknownIdError:
    """The error for a name that no entity has as its id; the words of titles are looked at too."""
    from diplan.ground.english import either

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


def names_in(module: str, attribute: str) -> Callable[[str], list[str]]:
    """A completer for the shell: the names that a module of diplan holds, or its function gives."""

    def beginning(incomplete: str) -> list[str]:
        names = getattr(import_module(f"diplan.{module}"), attribute)
        return [
            name for name in (names() if callable(names) else names) if name.startswith(incomplete)
        ]

    return beginning


def ids_of(*sections: str) -> Callable[[str], list[str]]:
    """A completer for the shell: ids in some sections (all of them if none) of the nearest plan."""

    def beginning(incomplete: str) -> list[str]:
        from diplan.cli.workspace import the_workspace
        from diplan.files.load import load

        try:
            plan = load(the_workspace(None)).plan
        except DiplanError:
            return []
        entities = (
            entity for section in sections or SECTIONS for entity in getattr(plan, section, ())
        )
        return [entity.id for entity in entities if entity.id.startswith(incomplete)]

    return beginning
