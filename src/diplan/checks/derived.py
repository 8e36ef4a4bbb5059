"""Rules on figures made of others, and on the parts of a whole."""

from collections.abc import Iterator

from diplan.ground.text import did_you_mean, suggest
from diplan.plan import Indicator, Plan
from diplan.plan.derived import circular
from diplan.plan.indicator import PER_CENT
from diplan.problems import Finding, Place

PARTS = {"difference": 2, "share": 2}
"""How many parts a derived figure takes; any number where the kind is not here."""


def derived(plan: Plan, indicator: Indicator, place: Place) -> Iterator[Finding]:
    """Check how an indicator is derived, and what it is a part of."""
    made = indicator.derived
    if made:
        where = place._replace(path=("derived",))
        needed = PARTS.get(made.kind)
        if needed and len(made.of) != needed:
            yield Finding(
                "derived-parts",
                f"a {made.kind} takes {needed} parts, and {len(made.of)} are given",
                where,
                "name the two under `of`, in their order",
            )
        percentages = [name for name in made.of if _in_per_cent(plan, name)]
        if made.kind == "sum" and percentages:
            yield Finding(
                "derived-parts",
                f"percentages do not add up ({', '.join(percentages)})",
                where,
                "add up the numbers behind them, and take `share` of the two sums",
            )
        if indicator.observations or indicator.from_venues:
            yield Finding(
                "figure-contradicts",
                "the figures are worked out from others, and are given here as well",
                place._replace(path=("observations" if indicator.observations else "from_venues",)),
                "keep `derived:`, or the figures",
            )
    yield from _segment(plan, indicator, place)


def _in_per_cent(plan: Plan, name: str) -> bool:
    part = plan.indicator.get(name)
    return part is not None and part.unit == PER_CENT


def _segment(plan: Plan, indicator: Indicator, place: Place) -> Iterator[Finding]:
    """Find a `PROFILE/SEGMENT` whose profile has no such segment."""
    name, slash, segment = (indicator.segment or "").partition("/")
    profile = next((profile for profile in plan.profiles if profile.id == name), None)
    if not slash or profile is None:
        return
    names = [known.id for known in profile.segments]
    if segment not in names:
        yield Finding(
            "unknown-segment",
            f'the profile "{name}" has no segment "{segment}"',
            place._replace(path=("segment",)),
            did_you_mean(suggest(segment, names), f"it has {', '.join(names)}"),
        )


def circles(plan: Plan) -> Iterator[Finding]:
    """Find what is made of itself, or a part of itself, by way of others.

    That an indicator names itself is told where references are checked.
    """
    made = circular({indicator.id: indicator.parts for indicator in plan.indicators})
    parts = circular(
        {
            indicator.id: (indicator.part_of,) if indicator.part_of else ()
            for indicator in plan.indicators
        }
    )
    for index, indicator in enumerate(plan.indicators):
        if indicator.id in made and indicator.id not in indicator.parts:
            yield Finding(
                "derived-cycle",
                "the figures are worked out, in the end, from themselves",
                Place("indicators", index, ("derived",)),
                "take out one of the parts that lead back here",
            )
        if indicator.id in parts and indicator.part_of != indicator.id:
            yield Finding(
                "derived-cycle",
                "it is, in the end, a part of itself",
                Place("indicators", index, ("part_of",)),
                "name the whole, which is a part of nothing",
            )
