"""The council's own rating and the direction of travel, in words."""

from collections.abc import Iterator
from fractions import Fraction

from diplan.ground.english import capital
from diplan.judge import Assessment, Rating, Status, Travel, Verdict
from diplan.plan import HouseRule, Plan
from diplan.report import wording
from diplan.report.document import Badge, Items, Section, Tone

TITLE = "The council's rating"

TONE = {Rating.GREEN: Tone.GOOD, Rating.AMBER: Tone.FAIR, Rating.RED: Tone.POOR}


def badge(verdict: Verdict) -> Badge:
    """The council's rating; a dash where there is none."""
    if verdict.rag is None:
        return Badge(wording.DASH)
    return Badge(str(verdict.rag), TONE[verdict.rag])


def travel(verdict: Verdict) -> str:
    """The direction of travel: an arrow for the figure, a word for what that is worth."""
    way = verdict.travel
    if verdict.evidence is None:
        return wording.DASH
    if way in (None, Travel.NOT_COMPARABLE):
        return f"{wording.DASH} not comparable"
    if way is Travel.SAME:
        return "→ same"
    up = verdict.indicator.target.rising == (way is Travel.BETTER)
    return f"{'↑' if up else '↓'} {way}"


def notes(assessment: Assessment) -> Iterator[Section]:
    """What the rule says, and where it and the verdict tell different stories."""
    if any(verdict.rag for verdict in assessment.verdicts):
        texts = [*_rules(assessment), *stories(assessment)]
        yield Section(TITLE, [Items(texts)], key="rating")


def _rules(assessment: Assessment) -> Iterator[str]:
    whole = assessment.plan.cover.rag
    if whole:
        yield rule(whole)
    for verdict in assessment.verdicts:
        own = verdict.indicator.rag
        if own and own != whole:
            yield f"{verdict.indicator.title}: {rule(own)}"


def rule(given: HouseRule) -> str:
    """A house rule in a sentence."""
    unit = " points" if given.in_ == "points" else "%"
    what = "the value expected by then" if given.of == "path" else "the target"
    green, amber = (f"{wording.number(Fraction(end))}{unit}" for end in (given.green, given.amber))
    first = f"within {green} of" if given.green else "as good as"
    improved = "; red counts as amber if the figure is no worse than the one before"
    said = f"Green: {first} {what}, or better. Amber: within {amber} of it. Red: further off"
    note = f" {given.note}" if given.note else ""
    return f"{said}{improved if given.amber_if_improved else ''}.{note}"


def about(verdict: Verdict, plan: Plan) -> Iterator[str]:
    """The rule that rates one indicator, and why the verdict tells another story where it does."""
    given = verdict.indicator.rag or plan.cover.rag
    if verdict.rag and given:
        yield f"{capital(str(verdict.rag))}. {rule(given)}"
        if why := story(verdict, plan.cover.rag):
            yield capital(why)


def stories(assessment: Assessment) -> Iterator[str]:
    """Where the rating and the verdict differ, and why."""
    for verdict in assessment.verdicts:
        if why := story(verdict, assessment.plan.cover.rag):
            yield f"{verdict.indicator.title}: {why}"


def story(verdict: Verdict, whole: HouseRule | None) -> str:
    """Why a rating and a verdict tell different stories; nothing where they do not."""
    given = verdict.indicator.rag or whole
    if given is None or verdict.rag is None:
        return ""
    said = wording.STATUS[verdict.status]
    if verdict.rag is Rating.GREEN and verdict.status is Status.SLIPPED:
        reason = (
            "the figure is near the value that the rule looks at, and has covered too little of"
            " the way from the baseline"
        )
    elif verdict.rag is Rating.RED and verdict.status is Status.ON_TRACK:
        reason = (
            "the rule looks at the target itself, which is not due yet"
            if given.of == "target"
            else "the figure is behind the value expected by then, yet near enough to be on track"
        )
    else:
        return ""
    return f"{verdict.rag} by the council's rule and {said} by the verdict, because {reason}."
