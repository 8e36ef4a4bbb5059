"""Names that users type: what one stands for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from diplan.ground.errors import OptionError
from diplan.ground.lookup import known_in, one_of, unknown

if TYPE_CHECKING:
    from diplan.plan import Plan
    from diplan.problems import Place

SECTIONS = ("indicators", "actions", "venues", "priorities", "services", "sources", "corporate",
            "profiles")  # fmt: skip
"""The sections whose entities have an id, in the order in which one is looked for."""


def known(what: str, name: str | None, plan: "Plan") -> str | None:
    """*name*, if the plan has a priority, service, ... of this id; None stays None.

    Raises:
        UnknownIdError: it has not.
    """
    return None if name is None else known_in(what, name, getattr(plan, what))


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
