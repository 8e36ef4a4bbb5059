"""A leaflet of places to get online: by area, a short entry each, in plain words.

What nobody knows is 'ask': a reader in front of a closed door is worse off than one who asked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from diplan.ground.english import capital, in_or_on
from diplan.ground.geography import nearest
from diplan.ground.hours import words
from diplan.judge.venues import opening, spot
from diplan.plan import NETWORK, Venue
from diplan.report import wording
from diplan.report.document import (
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Layout,
    Lines,
    Map,
    Pin,
    Section,
    Table,
)
from diplan.report.papers.case import Case, section
from diplan.report.venues import answer, computers

ASK = "ask"
EMPTY: Mapping[str, str] = {}

PLACES = (
    Column("number", "Number", right=True),
    Column("place", "Place"),
    Column("address", "Address"),
)


def places(case: Case) -> Document:
    """The paper `places`."""
    venues = case.venues
    places = [venue for venue in venues if venue.type != NETWORK]
    networks = [venue for venue in venues if venue.type == NETWORK and venue.status == "open"]
    usable = [place for place in places if place.status == "open"]
    planned = [venue for venue in venues if venue.status == "planned"]
    none = [] if usable else ["No place that is open has an entry of its own."]
    near = _near(usable)
    return Document(
        "Places to get online",
        [
            f"{wording.whose(case.plan)}Where it says “{ASK}”, we do not know: ask before you go.",
            *case.prose("places"),
            *none,
        ],
        [
            *section("bring", "What to bring", case.prose("what-to-bring")),
            *section("map", "Map", _map(usable)),
            *_areas(usable, near),
            *_entries("networks", "More places", networks),
            *_entries("planned", "Planned, not open yet", planned),
        ],
        layout=Layout.LARGE_PRINT,
    )


def _map(venues: Iterable[Venue]) -> Iterator[Block]:
    """Where the places are whose coordinates are known."""
    located = [(venue, where) for venue in venues if (where := spot(venue))]
    if not located:
        return
    rows: list[Sequence[Cell]] = [
        [str(number), venue.name, address(venue)] for number, (venue, _) in enumerate(located, 1)
    ]
    yield Map(
        "places",
        "Where the places are",
        "Each number on the map is a place in the table. North is at the top.",
        [Pin(venue.name, where.north, where.east) for venue, where in located],
        Table(PLACES, rows, "Places on the map"),
    )


def area(venue: Venue) -> str:
    """The town of a place and the district of its postcode, as far as they are known."""
    district = (venue.postal_code or "").rpartition(" ")[0]
    return ", ".join(filter(None, (venue.city, district))) or "Area not known"


def _near(venues: Sequence[Venue]) -> dict[str, str]:
    """How to find each place from the nearest other one, by its id."""
    located = [(venue, where) for venue in venues if (where := spot(venue))]
    neighbours = nearest([where for _, where in located])
    return {
        venue.id: neighbour.told(located[neighbour.place][0].name)
        for (venue, _), neighbour in zip(located, neighbours, strict=True)
        if neighbour
    }


def _areas(venues: Sequence[Venue], near: Mapping[str, str]) -> Iterator[Section]:
    """The places by area, in the order in which areas first come up."""
    areas: dict[str, list[Venue]] = {}
    for venue in venues:
        areas.setdefault(area(venue), []).append(venue)
    for name, members in areas.items():
        yield from _entries("area", name, members, near)


def _entries(
    key: str, title: str, venues: Sequence[Venue], near: Mapping[str, str] = EMPTY
) -> Iterator[Section]:
    if venues:
        yield Section(title, [], 2, key)
    for venue in venues:
        yield Section(
            venue.name, [Facts(list(facts(venue, near.get(venue.id, ""))))], 3, f"place-{venue.id}"
        )


def facts(venue: Venue, near: str = "") -> Iterator[tuple[str, Cell]]:
    """What somebody who wants to go there has to know."""
    if venue.type == NETWORK:
        yield "What this is", f"Several places together. Which: {ASK} {venue.organisation or 'us'}"
    else:
        yield "Address", address(venue)
    if near:
        yield "How to find it", capital(near)
    yield "Computers", computers(venue, ASK)
    yield "Free Wi-Fi", answer(venue.wifi, ASK)
    yield "Help from staff", answer(venue.staff_support, ASK)
    yield "Booking", answer(venue.booking, ASK, "you have to book", "you do not need to book")
    if venue.status == "open":
        yield "Open", _open(venue)
    if venue.type != NETWORK:
        yield "Access for disabled people", venue.accessibility or ASK
    yield "On the web", venue.url or ASK
    if venue.as_at:
        yield "This was so", in_or_on(venue.as_at)


def address(venue: Venue) -> str:
    """Where a place is, as far as it is known; what is missing of it is to be asked."""
    parts = [part for part in (venue.address_1, venue.city, venue.postal_code) if part]
    return ", ".join(parts if venue.address_1 else [*parts, ASK])


def _open(venue: Venue) -> Cell:
    """When it is open, in words; as it was written where that is in words already."""
    hours = opening(venue)
    return Lines(words(hours)) if hours else venue.opening_hours or ASK
