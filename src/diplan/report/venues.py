"""The report of `diplan venues`: places to get online, what they have in all, what is not known."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from diplan.ground.geography import Spot
from diplan.judge.venues import ANSWERS, COUNTS, AnswerColumn, CountColumn, Search, distance, tally
from diplan.plan import NETWORK, Plan, Venue
from diplan.report import wording
from diplan.report.document import Block, Cell, Column, Document, Items, Lines, Section, Table

SCHEMA = "diplan/venues/1"

STATUSES = ("open", "planned", "closed")

LABELS: dict[CountColumn | AnswerColumn, str] = {
    "public_computers": "Public computers",
    "quick_use_computers": "Computers for quick use",
    "suite_computers": "Computers in suites",
    "laptops": "Laptops to borrow",
    "wifi": "Free Wi-Fi",
    "staff_support": "Help from staff",
    "booking": "Booking needed",
}
"""What the columns are called."""

APART = (
    "A network is the total of several places. It is never added to them: nobody can tell which of"
    " them it counts already."
)
HOLIDAYS = "Public and school holidays are not taken into account."


class VenuesView(NamedTuple):
    """Rows of a plan, as somebody wished them; nearest first where `near` is a spot."""

    plan: Plan
    search: Search
    wishes: Sequence[str] = ()
    near: Spot | None = None
    near_said: str = ""
    at: str = ""
    """The day or moment at which they should be open, in words."""

    @property
    def shown(self) -> list[Venue]:
        """The rows that are as wished, in the order in which they are told."""
        if self.near is None:
            return self.search.matching
        start = self.near
        return sorted(self.search.matching, key=lambda venue: distance(venue, start) or 0.0)


def venues(view: VenuesView) -> Document:
    """The report of `diplan venues`."""
    return Document(
        f"{view.plan.cover.title}: places to get online",
        list(_head(view)),
        [*_lists(view), *_totals(view.shown), *_unsure(view), *_unknown(view.shown)],
        lambda: _data(view),
        "venues",
    )


def _head(view: VenuesView) -> Iterator[str]:
    rows = view.plan.venues
    if not rows:
        yield "The plan has no places: data/venues.csv is not there, or empty."
        return
    matching = view.search.matching
    counts = [
        f"{len(_of(matching, network))} of {wording.count(len(_of(rows, network)), noun)}"
        for noun, network in (("place", False), ("network", True))
        if _of(rows, network)
    ]
    wished = f" Wished for: {'; '.join(view.wishes)}." if view.wishes else ""
    yield f"{wording.listed(counts)}.{wished}"
    if view.near:
        yield f"Kilometres are in a straight line from {view.near_said}."
    if view.at:
        yield HOLIDAYS


def _of(rows: Sequence[Venue], network: bool) -> list[Venue]:
    return [row for row in rows if (row.type == NETWORK) is network]


def _lists(view: VenuesView) -> Iterator[Section]:
    near = (Column("distance_km", "km", width=6, right=True),) if view.near else ()
    columns = (
        Column("name", "Place", width=24),
        *near,
        Column("type", "Type", width=17),
        Column("public_computers", "Computers", width=10, right=True),
        Column("wifi", "Wi-Fi", width=10),
        Column("staff_support", "Help", width=10),
        Column("opening_hours", "Open", width=24, wide=True),
    )
    for status in STATUSES:
        rows = [_row(venue, view.near) for venue in view.shown if venue.status == status]
        if rows:
            yield Section(status.capitalize(), [Table(columns, rows)], key=status)


def _row(venue: Venue, near: Spot | None) -> list[Cell]:
    number = venue.public_computers
    away = distance(venue, near) if near else None
    return [
        venue.name,
        *([f"{away:.1f}" if away is not None else "not known"] if near else []),
        venue.type,
        "not known" if number is None else f"{number:,}",
        answer(venue.wifi),
        answer(venue.staff_support),
        venue.opening_hours or "not known",
    ]


def answer(value: bool | None, unknown: str = "not known", yes: str = "yes", no: str = "no") -> str:
    """An answer in a word or two."""
    return unknown if value is None else yes if value else no


def computers(venue: Venue, unknown: str) -> Cell:
    """What there is to go online with, as far as it is known."""
    counts = (
        (venue.public_computers, "for the public"),
        (venue.quick_use_computers, "for quick use"),
        (venue.suite_computers, "in suites"),
        (venue.laptops, "laptops to borrow"),
    )
    known = [f"{number:,} {what}" for number, what in counts if number is not None]
    return Lines(known) if known else unknown


def _totals(rows: Sequence[Venue]) -> Iterator[Section]:
    groups = list(_groups(rows))
    if not groups:
        return
    columns = [Column("what", "In all", width=22)]
    columns += [Column(name, name, width=58 // len(groups)) for name, _ in groups]
    known = [key for key in LABELS if tally(rows, key).known]
    cells: list[list[Cell]] = [
        [LABELS[key], *(_total(members, key) for _, members in groups)] for key in known
    ]
    blocks: list[Block] = [Table(columns, cells)] if cells else []
    if never := [_lower(LABELS[key]) for key in LABELS if key not in known]:
        of = f"{len(rows)} of {wording.count(len(rows), 'row')}"
        blocks.append(f"Not known for {of}: {', '.join(never)}.")
    if _of(rows, True) and len(rows) > 1:
        blocks.append(APART)
    yield Section("In all", blocks, key="totals")


def _groups(rows: Sequence[Venue]) -> Iterator[tuple[str, list[Venue]]]:
    """What may be added up: rows of one status, places apart from networks."""
    for status in STATUSES:
        for noun, network in (("places", False), ("networks", True)):
            matching = [venue for venue in _of(rows, network) if venue.status == status]
            if matching:
                yield f"{status.capitalize()} {noun}", matching


def _total(rows: Sequence[Venue], key: CountColumn | AnswerColumn) -> str:
    """A total with how many of how many it is of: '136 at 1 of 2; not known for 1'."""
    total, known, of = tally(rows, key)
    if total is None:
        return f"not known for {of} of {of}"
    rest = f"; not known for {of - known}" if known < of else ""
    if key in ANSWERS:
        return f"{total} of {of}{rest}"
    return f"{total:,} at {known} of {of}{rest}"


def _unsure(view: VenuesView) -> Iterator[Section]:
    texts = [f"{venue.name}: {'; '.join(why)}" for venue, why in view.search.unsure]
    if texts:
        of = f"{len(texts)} of {wording.count(len(view.plan.venues), 'row')}"
        said = f"Not listed: for {of} nobody knows whether they are as wished."
        yield Section("May be as wished", [said, Items(texts)], key="unsure")


def _unknown(rows: Sequence[Venue]) -> Iterator[Section]:
    texts = [f"{row.name}: {', '.join(missing)}" for row in rows if (missing := unknown(row))]
    if texts:
        said = f"For {len(texts)} of {wording.count(len(rows), 'row')} something is not known:"
        yield Section("Not known", [said, Items(texts)], key="unknown")


def unknown(venue: Venue) -> list[str]:
    """What nobody knows of a place, in words; a network has no address or hours of its own."""
    labels = [_lower(label) for key, label in LABELS.items() if getattr(venue, key) is None]
    if venue.type != NETWORK:
        figures = (
            ("coordinates", venue.latitude), ("address", venue.address_1),
            ("postcode", venue.postal_code), ("opening hours", venue.opening_hours),
            ("accessibility", venue.accessibility), ("web address", venue.url),
        )  # fmt: skip
        labels += [label for label, value in figures if value is None]
    return labels


def _lower(label: str) -> str:
    return label.lower().replace("wi-fi", "Wi-Fi")


def record(venue: Venue) -> dict[str, Any]:
    """A row of the plan for programs; what is not known is None."""
    north, east = venue.latitude, venue.longitude
    return {
        "id": venue.id,
        "name": venue.name,
        "type": venue.type,
        "status": venue.status,
        "organisation": venue.organisation,
        "address_1": venue.address_1,
        "city": venue.city,
        "postal_code": venue.postal_code,
        "latitude": None if north is None else float(north),
        "longitude": None if east is None else float(east),
        **{key: getattr(venue, key) for key in (*COUNTS, *ANSWERS)},
        "opening_hours": venue.opening_hours,
        "accessibility": venue.accessibility,
        "segments": list(venue.segments),
        "url": venue.url,
        "as_at": venue.as_at.text if venue.as_at else None,
        "source": venue.source,
        "notes": venue.notes,
    }


def _data(view: VenuesView) -> dict[str, Any]:
    start = view.near
    rows = view.shown
    return {
        "schema": SCHEMA,
        "plan": view.plan.cover.id,
        "near": {"latitude": start.north, "longitude": start.east} if start else None,
        "open_at": view.at or None,
        "venues": [
            {**record(row), "distance_km": _kilometres(row, start) if start else None}
            for row in rows
        ],
        "unsure": [{"id": venue.id, "not_known": why} for venue, why in view.search.unsure],
        "totals": [
            {"status": members[0].status, "network": members[0].type == NETWORK,
             **{key: tally(members, key)._asdict() for key in LABELS}}
            for _, members in _groups(rows)
        ],
        "summary": {"shown": len(rows), "of": len(view.plan.venues)},
    }  # fmt: skip


def _kilometres(venue: Venue, start: Spot) -> float | None:
    away = distance(venue, start)
    return None if away is None else round(away, 6)
