"""Places to get online: what they have in all, and which of them are as somebody wishes.

What a row does not say is not known: neither yes nor no, and never 0. A network is the total of
several places, so it is counted apart from them. Which days are holidays is not known here.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from diplan.ground.errors import BadTextError
from diplan.ground.geography import Spot, kilometres
from diplan.ground.hours import Hours, hours
from diplan.plan import Venue

CountColumn = Literal["public_computers", "quick_use_computers", "suite_computers", "laptops"]
COUNTS: tuple[CountColumn, ...] = (
    "public_computers", "quick_use_computers", "suite_computers", "laptops"
)  # fmt: skip
"""The columns that count something."""

AnswerColumn = Literal["wifi", "staff_support", "booking"]
ANSWERS: tuple[AnswerColumn, ...] = ("wifi", "staff_support", "booking")
"""The columns that are answered with yes or no."""


class VenueTotal(NamedTuple):
    """How many there are at the `known` of `of` rows; `total` is None where none is known."""

    total: int | None
    known: int
    of: int


def tally(venues: Sequence[Venue], key: CountColumn | AnswerColumn) -> VenueTotal:
    """Add up a column over some rows; for answers, count those that are yes."""
    given = [value for venue in venues if (value := getattr(venue, key)) is not None]
    return VenueTotal(sum(given) if given else None, len(given), len(venues))


class Wish(NamedTuple):
    """What a place should be like, in words; `holds` says None where nobody knows."""

    said: str
    holds: Callable[[Venue], bool | None]


class Search(NamedTuple):
    """Rows that are as wished, and those that may be: with what is not known of each."""

    matching: list[Venue]
    unsure: list[tuple[Venue, list[str]]]


def search(venues: Iterable[Venue], wishes: Sequence[Wish]) -> Search:
    """Find the rows for which no wish fails, in their order."""
    result = Search([], [])
    for venue in venues:
        answers = [wish.holds(venue) for wish in wishes]
        if False in answers:
            continue
        unknown = [
            wish.said for wish, answer in zip(wishes, answers, strict=True) if answer is None
        ]
        if unknown:
            result.unsure.append((venue, unknown))
        else:
            result.matching.append(venue)
    return result


def at_least(number: int) -> Wish:
    """A wish for at least so many computers for the public."""

    def holds(venue: Venue) -> bool | None:
        given = venue.public_computers
        return None if given is None else given >= number

    return Wish(f"at least {number} public computers", holds)


def open_at(day: int, minute: int | None, said: str) -> Wish:
    """A wish that it is open on a day of the week, which is no holiday; at a minute, or at all."""

    def holds(venue: Venue) -> bool | None:
        if venue.status != "open":
            return False
        week = opening(venue)
        return week.is_open(day, minute) if week else None

    return Wish(f"open {said}", holds)


def with_coordinates() -> Wish:
    """A wish for known coordinates."""
    return Wish("where it is", lambda venue: True if spot(venue) else None)


def spot(venue: Venue) -> Spot | None:
    """Where a place is; None where a coordinate is missing."""
    if venue.latitude is None or venue.longitude is None:
        return None
    return Spot(float(venue.latitude), float(venue.longitude))


def distance(venue: Venue, start: Spot) -> float | None:
    """Kilometres from a spot in a straight line; None where the place has no coordinates."""
    where = spot(venue)
    return kilometres(start, where) if where else None


def opening(venue: Venue) -> Hours | None:
    """When a place is open; None where nothing is said, or in words that no program reads."""
    try:
        return hours(venue.opening_hours) if venue.opening_hours else None
    except BadTextError:
        return None
