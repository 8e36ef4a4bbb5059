"""Answers to counts: how many people have the skills, of those of whom it can be said.

Counts are kept by group and never by person, so that memory does not grow with the file.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from diplan.exchange.refused import RefusedCell
from diplan.ground.errors import OptionError
from diplan.survey.framework import Framework, Judged, Question
from diplan.survey.responses import Responses

MOST_TOLD = 20
"""How many bad cells are kept to be told; all bad rows are counted."""

MOST_OF_A_ROW = 3
"""How many of them may be in one row."""

MOST_KEPT = 5_000
"""How many different sets of answers are kept before they are added up."""


class WeightedCount:
    """How many have something (`yes`), of how many who can be judged, and what they weigh.

    `squares` is the sum of the squared weights of those who can be judged. Weights are in parts of
    `SCALE`, so that all sums are exact.
    """

    __slots__ = ("of", "squares", "weight", "weight_yes", "yes")

    def __init__(self) -> None:
        self.yes = self.of = self.weight_yes = self.weight = self.squares = 0

    def add(self, verdict: bool, people: int, weight: int, squares: int) -> None:
        """Count people who are all judged alike."""
        self.of += people
        self.weight += weight
        self.squares += squares
        if verdict:
            self.yes += people
            self.weight_yes += weight

    def join(self, other: "WeightedCount") -> None:
        """Count the people of another group as well."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def share(self) -> Fraction | None:
        """The weighted share of those who have it; None where nobody can be judged."""
        return Fraction(self.weight_yes, self.weight) if self.weight else None

    @property
    def effective(self) -> Fraction:
        """The effective size of the sample: (sum w)^2 / sum w^2.

        From L. Kish, Survey Sampling (1965). Without weights it is the number of people.
        """
        return Fraction(self.weight**2, self.squares) if self.squares else Fraction(0)


def wilson(share: Fraction, size: Fraction, confidence: Fraction) -> tuple[Fraction, Fraction]:
    """The lower and upper end of a share, at a *confidence* in per cent, of a sample of some size.

    E. B. Wilson, Probable Inference (Journal of the American Statistical Association 22, 1927): the
    shares p for which (share - p)^2 = z^2 p (1 - p) / size. With weights, *size* is the effective
    one. The sample is taken to be a random one.
    """
    z = NormalDist().inv_cdf(0.5 + float(confidence) / 200)
    p, n = float(share), float(size)
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low = Fraction(0) if share == 0 else Fraction(max(0.0, middle - reach))
    high = Fraction(1) if share == 1 else Fraction(min(1.0, middle + reach))
    return low, high


WeightedCounts = Sequence[WeightedCount]
"""One for each measure of the framework, in its order."""


class Scores(NamedTuple):
    """What a file of answers comes to.

    `rows` are all that are not blank, `left` those that are left out, by the reason, and `told` the
    first of their bad cells. `groups` has the counts of each breakdown by the name of the group, in
    the order of the file; `mixes` are the combinations of groups that somebody is in.
    """

    framework: Framework
    question: Question
    by: Sequence[str]
    weight: str | None
    rows: int
    left: Mapping[str, int]
    told: Sequence[RefusedCell]
    whole: WeightedCounts
    groups: Sequence[Mapping[str, WeightedCounts]]
    mixes: frozenset[tuple[str, ...]]

    @property
    def people(self) -> int:
        """How many rows could be read."""
        return self.rows - sum(self.left.values())


def score(responses: Responses, framework: Framework) -> Scores:
    """Count what people's answers come to.

    Raises:
        OptionError: nearly everybody is in a group of their own.
    """
    counted = _AnswerCounts(framework, len(responses.groups.columns))
    left: Counter[str] = Counter()
    told: list[RefusedCell] = []
    rows = 0
    for person in responses.people():
        rows += 1
        if isinstance(person, list):
            left[person[0].kind] += 1
            told += person[: min(MOST_OF_A_ROW, MOST_TOLD - len(told))]
        else:
            counted.take(person.answers, person.groups, person.weight)
    counted.add_up()
    by = responses.groups.columns
    for name, groups in zip(by, counted.groups, strict=True):
        if 2 * len(groups) > max(rows - left.total(), 2):
            message = f'--by: nearly everybody has a "{name}" of their own'
            raise OptionError(message, "group people by something that many share")
    return Scores(
        framework, responses.question, by, responses.weight, rows, left, told,
        counted.whole, counted.groups, frozenset(counted.mixes),
    )  # fmt: skip


class _AnswerCounts:
    """Counts together those who answer alike: judging takes longer than counting."""

    def __init__(self, framework: Framework, breakdowns: int) -> None:
        self.framework = framework
        self.measures = len(framework.measures)
        self.kept: dict[tuple[tuple[Judged, ...], tuple[str, ...]], list[int]] = {}
        self.whole = self._counts()
        self.groups: list[dict[str, WeightedCounts]] = [{} for _ in range(breakdowns)]
        self.mixes: set[tuple[str, ...]] = set()

    def _counts(self) -> WeightedCounts:
        return [WeightedCount() for _ in range(self.measures)]

    def take(self, answers: tuple[Judged, ...], groups: tuple[str, ...], weight: int) -> None:
        """Count a person."""
        key = answers, groups
        sums = self.kept.get(key)
        if sums is None:
            if len(self.kept) >= MOST_KEPT:
                self.add_up()
            self.kept[key] = [1, weight, weight * weight]
        else:
            sums[0] += 1
            sums[1] += weight
            sums[2] += weight * weight

    def add_up(self) -> None:
        """Judge the answers that were taken, and add them to the counts."""
        for (answers, groups), sums in self.kept.items():
            verdicts = self.framework.judged(answers)
            added = [self.whole]
            for at, name in enumerate(groups):
                if name not in self.groups[at]:
                    self.groups[at][name] = self._counts()
                added.append(self.groups[at][name])
            self.mixes.add(groups)
            for counts in added:
                for count, verdict in zip(counts, verdicts, strict=True):
                    if verdict is not None:
                        count.add(verdict, *sums)
        self.kept.clear()
