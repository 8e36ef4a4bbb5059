"""Fields that were typed, as edits of what is there."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from diplan.cli.keys import DATED, KeyName
from diplan.ground.errors import OptionError

if TYPE_CHECKING:
    from diplan.files.edit import Put
    from diplan.files.yaml.plain import Plain
    from diplan.ground.period import Period
    from diplan.plan import Plan
    from diplan.problems import Place

Fields = dict[str, "Plain"]
"""Fields of an item of a dated list, with their values."""


def entity_at(plan: "Plan", place: "Place") -> Any:
    """What stands at a place: an entity, or the cover sheet."""
    return plan.cover if place.section == "plan" else getattr(plan, place.section)[place.item]


def edits(entity: Any, place: "Place", given: "Iterable[tuple[KeyName, Plain]]") -> "Iterator[Put]":
    """The values at their places, in an order in which each edit finds its place.

    A key without a value is taken away, last, since nothing may be left of what it stands in.
    """
    from diplan.files.edit import Put
    from diplan.files.yaml.splice import NOTHING
    from diplan.ground.period import period

    empty = "" if place.section == "venues" else NOTHING
    dated: dict[str, dict[Period, Fields]] = {}
    puts = []
    for path, value in given:
        new = value if value not in ("", []) else empty
        if path[0] in DATED and path[2:]:
            dated.setdefault(path[0], {}).setdefault(period(path[1]), {})[path[2]] = new
        else:
            puts.append(Put(place._replace(path=path), new))
    yield from sorted(puts, key=lambda put: put.value == NOTHING)
    for head, items in dated.items():
        yield from _in_list(entity, place, head, items)


def _in_list(
    entity: Any, place: "Place", head: str, items: "dict[Period, Fields]"
) -> "Iterator[Put]":
    """Edits of items that are named by their period, from the last of the list to the first."""
    from diplan.files.edit import Put
    from diplan.files.yaml.splice import NOTHING

    there = getattr(entity, head)
    times = [getattr(item, DATED[head]) for item in there]
    grown = False
    gone = [when for when, keys in items.items() if _is_all(keys, there, times, when)]
    if len(gone) == len(times) == len(items):
        yield Put(place._replace(path=(head,)), NOTHING)
        return
    for when in sorted(items, key=lambda when: (_at(when, times), when.end), reverse=True):
        keys, at = items[when], _at(when, times)
        path = place._replace(path=(head, at))
        if when in gone:
            yield Put(path, NOTHING)
        elif when in times:
            changes = sorted(_changes(head, there[at], keys), key=lambda pair: pair[1] == NOTHING)
            for key, value in changes:
                yield Put(place._replace(path=(head, at, key)), value)
        elif head == "milestones" and NOTHING not in keys.values():
            new = {DATED[head]: when.text, **keys}
            yield Put(path, new, before=at < len(times) or grown)
            grown = grown or at == len(times)
        else:
            listing = f"there are {', '.join(map(str, times))}" if times else "there are none"
            raise OptionError(f'there is no "{head}.{when}"', listing)


def _at(when: "Period", times: "list[Period]") -> int:
    """Where an item is, or where a new one goes, in order of time."""
    return times.index(when) if when in times else sum(time.end <= when.end for time in times)


def _is_all(keys: Fields, there: Any, times: "list[Period]", when: "Period") -> bool:
    """Whether a whole item is to be taken away: by no key, or by all that promise something."""
    from diplan.files.yaml.splice import NOTHING
    from diplan.plan.pairing import MILESTONE

    if when not in times or any(value != NOTHING for value in keys.values()):
        return False
    left = {key for key in MILESTONE if getattr(there[times.index(when)], key, None) is not None}
    return "" in keys or (bool(left) and left <= keys.keys())


def _changes(head: str, item: Any, keys: Fields) -> "Iterator[tuple[str, Plain]]":
    """The keys of an item that change; one way to say a milestone takes the place of another."""
    from diplan.files.yaml.splice import NOTHING
    from diplan.plan.pairing import MILESTONE

    yield from keys.items()
    if head == "milestones" and keys.keys() & set(MILESTONE):
        for other in MILESTONE:
            if other not in keys and getattr(item, other) is not None:
                yield other, NOTHING
