"""Venues: places with computers, Wi-Fi or help, one row each.

Column names follow HSDS, the shape of Open Referral UK, where it has one.
"""

import re
from typing import Annotated, Literal

from pydantic import PlainValidator

from diplan.ground.errors import BadTextError
from diplan.plan.base import Id, Line, Number, Text, Url, When, record

NETWORK = "network"
"""The type of a row that is the total of several places."""


def _answer(written: object) -> bool:
    if isinstance(written, bool):
        return written
    if written not in ("yes", "no"):
        raise BadTextError(
            "wrong-type",
            f'"{written}" is not yes or no',
            "write yes or no; leave it empty if unknown",
        )
    return written == "yes"


def _count(written: object) -> int:
    if isinstance(written, int) and not isinstance(written, bool):
        written = str(written)
    if not isinstance(written, str) or not re.fullmatch(r"\d{1,6}", written, re.ASCII):
        raise BadTextError(
            "not-a-number",
            f'"{written}" is not a count',
            "write a whole number in digits; leave it empty if unknown",
        )
    return int(written)


YesOrNo = Annotated[bool, PlainValidator(_answer)]
"""`yes` or `no`; empty is unknown."""

WholeNumber = Annotated[int, PlainValidator(_count)]
"""A whole number; empty is unknown, and never counted as 0."""


def _ids(written: object) -> tuple[str, ...]:
    parts = written if isinstance(written, tuple | list) else str(written).split(";")
    ids = tuple(str(part).strip() for part in parts if str(part).strip())
    for name in ids:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            raise BadTextError(
                "not-an-id",
                f'"{name}" is not an id',
                "write ids, with semicolons between them: retired; young-families",
            )
    return ids


Ids = Annotated[tuple[str, ...], PlainValidator(_ids)]
"""Several ids in one cell, with semicolons between them."""


@record
class Venue:
    """A place to get online, or a network of places whose total is all that is known."""

    id: Id
    """A name of its own, such as `central-library`, by which the plan refers to it."""
    name: Line
    """What the place is called."""
    type: Id
    """`library`, `council-office`, `network` (a total of several places), or another word."""
    status: Literal["open", "planned", "closed"] = "open"
    """Whether people can use it: open where nothing is said."""
    organisation: Line | None = None
    """Who runs it."""
    address_1: Line | None = None
    """Number and street."""
    city: Line | None = None
    """Town or city."""
    postal_code: Line | None = None
    """A British postcode with its space, such as ST4 1HH."""
    latitude: Number | None = None
    """Degrees north (WGS 84)."""
    longitude: Number | None = None
    """Degrees east (WGS 84); west is negative."""
    public_computers: WholeNumber | None = None
    """How many computers the public can use; empty: nobody knows."""
    quick_use_computers: WholeNumber | None = None
    """How many of them are for short visits; empty: nobody knows."""
    suite_computers: WholeNumber | None = None
    """How many of them stand in a suite; empty: nobody knows."""
    laptops: WholeNumber | None = None
    """How many laptops can be borrowed there; empty: nobody knows."""
    wifi: YesOrNo | None = None
    """Whether there is free Wi-Fi; empty: nobody knows."""
    staff_support: YesOrNo | None = None
    """Whether staff help; empty: nobody knows."""
    booking: YesOrNo | None = None
    """Whether one has to book; empty: nobody knows."""
    opening_hours: Line | None = None
    """When it is open, as OpenStreetMap writes it: Mo-Fr 09:00-17:00; Sa 10:00-13:00; PH off."""
    accessibility: Text | None = None
    """What there is for disabled people, in words."""
    segments: Ids = ()
    """Ids of the segments that it serves in particular, of any profile."""
    url: Url | None = None
    """Its web page."""
    as_at: When | None = None
    """The time that the row describes."""
    source: Id | None = None
    """Id of the source of the row."""
    notes: Text | None = None
    """What else to know of it."""
