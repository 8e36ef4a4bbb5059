"""Rules on the cover sheet: its dates, its scale of grades and its house rule."""

from collections.abc import Iterator

from diplan.ground.colour import WHITE, colour, contrast
from diplan.plan import Grade, HouseRule, Meaning, Plan
from diplan.plan.grade import DEFAULT_SCALE
from diplan.plan.website import Website
from diplan.problems import Finding, Place


def dates(plan: Plan) -> Iterator[Finding]:
    """Check that the plan begins before it ends."""
    start, end = plan.cover.from_, plan.cover.to
    if backwards(plan):
        yield Finding(
            "plan-ends-before-start",
            f"the plan ends in {end} and begins in {start}",
            Place("plan", 0, ("to",)),
            "correct `from` or `to`",
        )


def backwards(plan: Plan) -> bool:
    """Whether the plan ends before it begins."""
    start, end = plan.cover.from_, plan.cover.to
    return start is not None and end is not None and end.end <= start.start


def scale(plan: Plan) -> Iterator[Finding]:
    """Check that every grade has a meaning, and that one of them says that an action is done."""
    entries = plan.cover.scale
    written = f"[{', '.join(map(_entry, entries))}]"
    for at, entry in enumerate(entries):
        if entry.means is None:
            yield Finding(
                "grade-without-meaning",
                f'the grade "{entry.grade}" does not say what it means',
                Place("plan", 0, ("scale", at)),
                f"write `scale: {written}`, with one of {', '.join(Meaning)}",
            )
    meanings: dict[str, Meaning | None] = {}
    for at, entry in enumerate(entries):
        if meanings.setdefault(entry.grade, entry.means) is not entry.means:
            yield Finding(
                "duplicate-id",
                f'the grade "{entry.grade}" has two meanings',
                Place("plan", 0, ("scale", at)),
                "take one of them out, or give it another name",
            )
    known = [entry.means for entry in entries]
    if None not in known and Meaning.DONE not in known:
        yield Finding(
            "scale-without-done",
            "no grade says that an action is done, so none is ever finished",
            Place("plan", 0, ("scale",)),
            "add a grade that means `done`, such as {grade: Complete, means: done}",
        )


READABLE, TOLD_APART = 4.5, 3.0
"""The contrast that text and what is no text need (WCAG 2.2, 1.4.3 and 1.4.11)."""


def website(site: Website | None) -> Iterator[Finding]:
    """Check that white can be read on the site's colour, and the accent told from it."""
    if site is None:
        return
    pairs = (
        ("colour", WHITE, READABLE, "white text on it", "a darker"),
        ("accent", colour(site.colour), TOLD_APART, "the colour beside it", "a lighter"),
    )
    for key, other, needed, beside, better in pairs:
        written = getattr(site, key)
        ratio = contrast(colour(written), other)
        if ratio < needed:
            yield Finding(
                "low-contrast",
                f"{written} has a contrast of {ratio:.1f} to 1 with {beside}",
                Place("plan", 0, ("site", key)),
                f"take {better} colour: at least {needed:g} to 1 is needed",
            )


def _entry(entry: Grade) -> str:
    """A grade as it is written; with dots in the place of a meaning that is missing."""
    if entry.means and DEFAULT_SCALE.get(entry.grade) is entry.means:
        return entry.grade
    return f"{{grade: {entry.grade}, means: {entry.means or '...'}}}"


def house_rule(rule: HouseRule | None, place: Place) -> Iterator[Finding]:
    """Check that amber reaches further than green."""
    if rule and rule.amber < rule.green:
        yield Finding(
            "house-rule-order",
            f"amber ends at {rule.amber} and green at {rule.green}, so nothing is ever amber",
            place._replace(path=("rag", "amber")),
            "let `amber` be the larger of the two",
        )
