"""Rules on the ledger of promises: where it leads, and from when its entries hold."""

from collections.abc import Iterator, Sequence

from diplan.ground.english import in_words
from diplan.ground.period import Period
from diplan.plan import Action, Indicator, Update
from diplan.plan.promise import broken_at, on_promises
from diplan.problems import Finding, Place


def promises(entity: Indicator | Action, place: Place, as_of: Period) -> Iterator[Finding]:
    """Find entries of the ledger that do not lead to today's promise, or do not hold yet."""
    if not entity.revisions:
        return
    if broken := broken_at(entity):
        yield Finding(
            "revision-chain-broken",
            f"the entries on {broken.what} do not lead back from what the file says, so today's"
            " promise is taken to have stood at all times",
            _at(place, entity, broken),
            "let the last `now` say what the file says, and each `was` what it said before",
        )
    for entry in on_promises(entity):
        if entry.date.end > as_of.end and not entry.correction:
            yield Finding(
                "not-in-force-yet",
                f"{entry.what} as it is now holds from the end of {in_words(entry.date)} on; until"
                f" then reports have {entry.was or 'nothing'}",
                _at(place, entity, entry),
                "write the day of the decision, such as 2018-05-17, if it holds already",
            )


def updates_to_come(updates: Sequence[Update], place: Place, as_of: Period) -> Iterator[Finding]:
    """Find updates whose date has not ended, so that nothing counts them yet."""
    for at, update in enumerate(updates):
        if update.date.end > as_of.end:
            yield Finding(
                "update-not-counted",
                f"this update counts once {in_words(update.date)} has ended",
                place._replace(path=("updates", at, "date")),
                "write the day on which the action stood so, such as 2018-05-17",
            )


def _at(place: Place, entity: Indicator | Action, entry: object) -> Place:
    index = next(at for at, other in enumerate(entity.revisions) if other is entry)
    return place._replace(path=("revisions", index))
