"""Rules on profiles: shares of a whole add up to it, or are said to be estimates."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from diplan.ground.text import did_you_mean, suggest
from diplan.plan import Plan, Profile
from diplan.problems import Finding, Place

WHOLE = Fraction(100)


def profiles(profile: Profile, index: int, within: Decimal) -> Iterator[Finding]:
    """Check that the shares of a profile add up, to the whole and to the subtotals of its source.

    *within* is the plan's per cent for approximate figures.
    """
    yield from _names(profile, index)
    names = tuple(segment.id for segment in profile.segments)
    total = profile.sum_of(names, within)
    if total and not profile.approximate and total.exact and total.middle != WHOLE:
        yield Finding(
            "shares-do-not-add-up",
            f"the shares come to {float(total.middle):g} per cent, not to 100",
            Place("profiles", index, ("segments",)),
            "correct a share, or write `approximate: true` if they are estimates",
        )
    for at, stated in enumerate(profile.subtotals):
        said = stated.share.interval(within)
        total = profile.sum_of(stated.segments, within)
        if not said or not total:
            continue
        low, high = said.low, said.high
        if (low is not None and total.middle < low) or (high is not None and total.middle > high):
            about = "about " if stated.share.approximate else ""
            yield Finding(
                "subtotal-differs",
                f"the segments come to {float(total.middle):g} per cent, and the source says "
                f"{about}{float(said.middle):g}",
                Place("profiles", index, ("subtotals", at, "share")),
                "see whether a segment is missing; if the source is at fault, keep both",
            )


SERVING = ("actions", "activities", "venues")
"""The sections whose entities say which segments they serve."""


def served(plan: Plan) -> Iterator[Finding]:
    """Find segments that an action or a venue names and no profile has."""
    if plan.is_partial("profiles"):
        return
    names = frozenset(segment.id for profile in plan.profiles for segment in profile.segments)
    for section in SERVING:
        for index, entity in enumerate(getattr(plan, section)):
            for at, name in enumerate(entity.segments):
                if name not in names:
                    path = ("segments",) if section == "venues" else ("segments", at)
                    listing = f"there are {', '.join(sorted(names))}" if names else "there are none"
                    hint = did_you_mean(suggest(name, names), listing)
                    message = f'no profile has a segment "{name}"'
                    yield Finding("unknown-segment", message, Place(section, index, path), hint)


def _names(profile: Profile, index: int) -> Iterator[Finding]:
    """Check that segments have different names, and that subtotals use them."""
    names: list[str] = []
    for at, segment in enumerate(profile.segments):
        if segment.id in names:
            yield Finding(
                "duplicate-id",
                f'the id "{segment.id}" is given to two segments',
                Place("profiles", index, ("segments", at, "id")),
                "give one of them another id",
            )
        names.append(segment.id)
    for at, stated in enumerate(profile.subtotals):
        for number, name in enumerate(stated.segments):
            if name not in names:
                listing = f"it has {', '.join(names)}"
                yield Finding(
                    "unknown-segment",
                    f'the profile "{profile.id}" has no segment "{name}"',
                    Place("profiles", index, ("subtotals", at, "segments", number)),
                    did_you_mean(suggest(name, names), listing),
                )
