"""Venues: places with computers, Wi-Fi or help, one row each.

Column names follow HSDS, the shape of Open Referral UK, where it has one.
"""

import re
from typing import Annotated, Literal

from pydantic import PlainValidator

from diplan.errors import BadTextError
from diplan.model.base import Id, Line, Number, Text, Url, When, record


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


Answer = Annotated[bool, PlainValidator(_answer)]
"""`yes` or `no`; empty is unknown."""

Count = Annotated[int, PlainValidator(_count)]
"""A whole number; empty is unknown, and never counted as 0."""


@record
class Venue:
    """A place to get online, or a network of places whose total is all that is known."""

    id: Id
    name: Line
    type: Id
    """`library`, `council-office`, `network` (a total of several places), or another word."""
    status: Literal["open", "planned", "closed"] = "open"
    organisation: Line | None = None
    address_1: Line | None = None
    city: Line | None = None
    postal_code: Line | None = None
    latitude: Number | None = None
    """Degrees north (WGS 84)."""
    longitude: Number | None = None
    """Degrees east (WGS 84); west is negative."""
    public_computers: Count | None = None
    quick_use_computers: Count | None = None
    suite_computers: Count | None = None
    laptops: Count | None = None
    wifi: Answer | None = None
    staff_support: Answer | None = None
    booking: Answer | None = None
    opening_hours: Line | None = None
    accessibility: Text | None = None
    url: Url | None = None
    as_at: When | None = None
    source: Id | None = None
    notes: Text | None = None
