"""Rules on what changes the past and has no ledger: meanings, house rules, updates of headings."""

from collections.abc import Iterator

from diplan.ground.english import listed
from diplan.plan import Plan, Priority
from diplan.plan.house_rule import HouseRule
from diplan.plan.pairing import by_time, differences, pairs, written
from diplan.problems import Finding, Place, Where

RULE = ("green", "amber", "of", "in_", "amber_if_improved")
"""What a house rule says; its note says why."""


def quiet_changes(old: Plan, new: Plan, where: Where) -> Iterator[Finding]:
    """Find what reads otherwise in reports on the past, and can have no entry in a ledger."""
    yield from _meanings(old, new, where)
    yield from _rule(old.cover.rag, new.cover.rag, Place("plan"), Place("plan"), where)
    places = {indicator.id: at for at, indicator in enumerate(new.indicators)}
    earlier = {indicator.id: at for at, indicator in enumerate(old.indicators)}
    for before, after in pairs(old.indicators, new.indicators):
        if before and after:
            was, now = (Place("indicators", at) for at in (earlier[before.id], places[after.id]))
            yield from _rule(before.rag, after.rag, was, now, where)
    headings = {priority.id: at for at, priority in enumerate(new.priorities)}
    for at, before in enumerate(old.priorities):
        if before.id in headings:
            place = Place("priorities", headings[before.id])
            after = new.priorities[place.item]
            yield from _updates(before, after, Place("priorities", at), place, where)


def _meanings(old: Plan, new: Plan, where: Where) -> Iterator[Finding]:
    for at, entry in enumerate(new.cover.scale):
        if entry.grade not in old.cover.grades:
            continue
        was, now = old.cover.meaning(entry.grade), new.cover.meaning(entry.grade)
        if was and now and was is not now:
            place = Place("plan", 0, ("scale", old.cover.grades.index(entry.grade)))
            yield Finding(
                "quiet-change",
                f'the grade "{entry.grade}" meant {was} ({where(place)}) and means {now}, also in'
                " every report on the past",
                Place("plan", 0, ("scale", at)),
                "give what it means now a grade of its own, and keep this one as it was",
            )


def _rule(
    before: HouseRule | None, after: HouseRule | None, was: Place, now: Place, where: Where
) -> Iterator[Finding]:
    """A changed rule whose note is the same; a first one changes nothing."""
    if before is None or (after and after.note != before.note):
        return
    changed = [
        f"{name}: {written(old) or 'not given'} to {written(new) or 'not given'}"
        for name, old, new in differences(before, after, RULE)
    ]
    if changed:
        yield Finding(
            "quiet-change",
            f"the rule for red, amber and green was changed ({listed(changed)};"
            f" {where(was._replace(path=('rag',)))}), also in every report on the past",
            now._replace(path=("rag",)),
            "say when and why in its `note`",
        )


def _updates(
    before: Priority, after: Priority, was: Place, now: Place, where: Where
) -> Iterator[Finding]:
    for when, at, here in by_time(before.updates, after.updates):
        grade = after.updates[here].grade if here is not None else None
        if at is None or grade == before.updates[at].grade:
            continue
        place = where(was._replace(path=("updates", at)))
        said = "is gone" if grade is None else f"is {grade}"
        yield Finding(
            "quiet-change",
            f"the update of {when} was {before.updates[at].grade} ({place}) and {said}",
            now._replace(path=("updates",) if here is None else ("updates", here, "grade")),
            "put it back, and add an update of the day on which it was seen otherwise",
        )
