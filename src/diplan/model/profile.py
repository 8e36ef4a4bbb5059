"""Profiles: a population in segments, with the share of it that each has."""

from decimal import Decimal

from diplan.figure import Interval, total
from diplan.model.base import Flag, Id, Line, Text, record
from diplan.model.indicator import Figure


@record
class Segment:
    """A part of the population."""

    id: Id
    title: Line
    share: Figure
    """Per cent of the whole."""
    support: Text | None = None
    """What the people in it can do, or need."""
    note: Text | None = None


@record
class Subtotal:
    """What a source says that several segments come to together."""

    title: Line
    segments: tuple[Id, ...]
    share: Figure
    """Per cent of the whole, as the source has it: it is not worked out."""
    source: Id | None = None
    at: Line | None = None
    note: Text | None = None


@record
class Profile:
    """A population divided into segments."""

    id: Id
    title: Line
    of: Line
    """The whole: what the shares are shares of."""
    segments: tuple[Segment, ...]
    subtotals: tuple[Subtotal, ...] = ()
    approximate: Flag = False
    """Whether the shares are estimates that need not add up to 100."""
    source: Id | None = None
    at: Line | None = None
    note: Text | None = None

    def sum_of(self, names: tuple[str, ...], within: Decimal) -> Interval | None:
        """What segments come to, in per cent; None where one of them has no figure."""
        shares = {one.id: one.share.interval(within) for one in self.segments}
        found = [share for name in names if (share := shares.get(name))]
        return total(found) if len(found) == len(names) else None
