"""A share of people with the skills as a figure of an indicator, and where a new series begins."""

from collections.abc import Collection
from fractions import Fraction
from typing import Any, NamedTuple

from diplan.ground.english import decimal
from diplan.ground.period import Period
from diplan.plan import Figure, Indicator
from diplan.report import wording
from diplan.survey.report import headline, results
from diplan.survey.scoring import Scores
from diplan.survey.withholding import PublishedScores


class Made(NamedTuple):
    """The keys of an observation, and what its reader has to know of the series it stands in."""

    values: dict[str, Any]
    remarks: list[str]


def place_of(scores: Scores) -> str:
    """How a figure was measured, as its `at` says it: basic-digital-skills-2015, could do.

    Two figures with the same words are of one series.
    """
    return f"{scores.framework.id}, {scores.question.title}"


def observation(
    published: PublishedScores,
    indicator: Indicator,
    when: Period,
    source: str | None,
    frameworks: Collection[str],
) -> Made:
    """The figure for *indicator* in a period.

    *frameworks* are the ids that the `at` of other figures may name.
    Without weights it is a count of a count; with them a share with the ends of its interval. One
    that is withheld is missing, as suppressed.
    """
    scores, overall = published.scores, results(published.whole, published)[0]
    count = overall.counted
    figure: dict[str, Any]
    if overall.hidden or overall.share is None or overall.ends is None:
        figure = {"missing": "suppressed"}
    elif scores.weight:
        low, high = overall.ends
        figure = {"value": _written(overall.share), "low": _written(low), "high": _written(high)}
    else:
        figure = {"numerator": str(count.yes), "denominator": str(count.of)}
    at = place_of(scores)
    breaks, remarks = _series(indicator, when, at, frameworks)
    values = {"period": when.text, **figure, "marks": ["break"] if breaks else None,
              "source": source, "at": at, "note": _note(published)}  # fmt: skip
    return Made({key: value for key, value in values.items() if value}, remarks)


def _written(share: Fraction) -> str:
    """A share in per cent with two decimals, halves up."""
    return decimal(100 * share, 2)


def _note(published: PublishedScores) -> str:
    scores, overall = published.scores, results(published.whole, published)[0]
    undecided, left = scores.people - overall.counted.of, sum(scores.left.values())
    return (
        f"{scores.framework.title}, {scores.question.title}."
        f" {headline(overall, published)}."
        f" Too little answered to tell: {wording.count(undecided, 'person', 'people')};"
        f" left out: {wording.count(left, 'row')}."
    )


def _series(
    indicator: Indicator, when: Period, at: str, frameworks: Collection[str]
) -> tuple[bool, list[str]]:
    """Whether a new series begins with a figure, and what is to be said of those beside it."""
    known = [observation for observation in indicator.observations if not observation.missing]
    earlier = [observation for observation in known if observation.period.end < when.end]
    later = [observation for observation in known if observation.period.end > when.end]
    baseline = indicator.baseline if indicator.baseline and not indicator.baseline.missing else None
    before: Figure | None = (
        max(earlier, key=lambda observation: observation.period.end, default=None) or baseline
    )
    breaks = before is not None and _other(before, at, frameworks)
    remarks = []
    if before is not None and before.at != at:
        which = f"the figure for {before.period}" if before in earlier else "the baseline"
        remarks.append(
            f'marked as a break: {which} was measured by "{before.at}", this one by "{at}"'
            if breaks
            else f"{which} does not say by which questions it was measured: if by others, add the"
            " mark `break` to this one"
        )
    after = min(later, key=lambda observation: observation.period.end, default=None)
    if after and _other(after, at, frameworks) and "break" not in after.marks:
        how = f'the figure for {after.period} was measured by "{after.at}"'
        remarks.append(f"{how}: add the mark `break` to it")
    return breaks, remarks


def _other(figure: Figure, at: str, frameworks: Collection[str]) -> bool:
    """Whether a figure is known to be measured in another way."""
    named = (figure.at or "").partition(",")[0]
    return figure.at != at and named in frameworks
