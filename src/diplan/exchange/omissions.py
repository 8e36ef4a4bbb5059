"""What an import leaves out or changes: how often for each reason, and where first.

Nothing is dropped without a line here.
"""

from typing import NamedTuple

from diplan.ground.text import one_line

MOST_REASONS = 100
"""How many reasons are told apart: a file made to annoy could give any number of them."""


class Occurrences(NamedTuple):
    """How often something was met, and the first place of it."""

    howmany: int
    first: str


class Omissions:
    """Counts by reason, in the order in which they were first met."""

    def __init__(self) -> None:
        self.counts: dict[str, Occurrences] = {}

    def note(self, reason: str, where: str, howmany: int = 1) -> None:
        """Count something; *where* is a file with a line, or whatever else leads there."""
        if reason not in self.counts and len(self.counts) >= MOST_REASONS:
            reason = "other reasons"
        known = self.counts.get(reason, Occurrences(0, where))
        self.counts[reason] = known._replace(howmany=known.howmany + howmany)

    def add(self, other: "Omissions") -> None:
        """Count what another has counted."""
        for reason, count in other.counts.items():
            self.note(reason, count.first, count.howmany)

    def lines(self) -> list[str]:
        """Each reason in a line, for people, under a heading; nothing where all was taken over."""
        heading = ["not taken over as it stands, with how often and where first:"]
        return (heading if self.counts else []) + [
            f"  {one_line(reason)}: {count.howmany:,} ({one_line(count.first)})"
            for reason, count in self.counts.items()
        ]
