"""Profiles: a population in segments, with the share of it that each has."""

from decimal import Decimal

from diplan.ground.figure import Interval, total
from diplan.plan.base import Id, Line, Text, TrueOrFalse, record
from diplan.plan.indicator import Figure


@record
class Segment:
    """A part of the population."""

    id: Id
    """A name of its own, such as `families`, by which the plan refers to it."""
    title: Line
    """Who they are, in one line."""
    share: Figure
    """Per cent of the whole."""
    barrier: Line | None = None
    """What holds the people in it back."""
    support: Text | None = None
    """What the people in it can do, or need."""
    note: Text | None = None
    """What else to know of them."""


@record
class Subtotal:
    """What a source says that several segments come to together."""

    title: Line
    """What the source calls them together."""
    segments: tuple[Id, ...]
    """Ids of the segments."""
    share: Figure
    """Per cent of the whole, as the source has it: it is not worked out."""
    source: Id | None = None
    """Id of the source; absent: it is the profile's."""
    at: Line | None = None
    """The place in the source, in words, such as: table 3."""
    note: Text | None = None
    """What else to know of it."""


@record
class Profile:
    """A population divided into segments."""

    id: Id
    """A name of its own, such as `households`, by which the plan refers to it."""
    title: Line
    """What is divided, in one line."""
    of: Line
    """The whole: what the shares are shares of."""
    segments: tuple[Segment, ...]
    """The parts, each with its share."""
    subtotals: tuple[Subtotal, ...] = ()
    """What the source says that several of them come to together."""
    approximate: TrueOrFalse = False
    """`true` where the shares are estimates that need not add up to 100; else `false`."""
    source: Id | None = None
    """Id of the source that the shares are from."""
    at: Line | None = None
    """The place in the source, in words, such as: table 3."""
    note: Text | None = None
    """What else to know of it."""

    def sum_of(self, names: tuple[str, ...], within: Decimal) -> Interval | None:
        """What segments come to, in per cent; None where one of them has no figure."""
        shares = {segment.id: segment.share.interval(within) for segment in self.segments}
        known = [share for name in names if (share := shares.get(name))]
        return total(known) if len(known) == len(names) else None


@record
class Activity:
    """Something that is done already for certain people, and goes on beside the plan's actions."""

    id: Id
    """A name of its own, such as `ict-courses`, by which the plan refers to it."""
    title: Line
    """What is done, in one line."""
    priority: Id | None = None
    """Id of the heading that it belongs to; absent where it belongs to none."""
    lead: tuple[Id, ...] = ()
    """Ids of the services or partners that do it; absent where nobody is named."""
    segments: tuple[Id, ...] = ()
    """Ids of the segments that it serves, of any profile."""
    whom: Line | None = None
    """For whom it is, in the words of the source."""
    scale: Text | None = None
    """How much of it there is; absent where nobody has said."""
    source: Id | None = None
    """Id of the source."""
    at: Line | None = None
    """The place in the source, in words, such as: table 3."""
    note: Text | None = None
    """What else to know of it."""
