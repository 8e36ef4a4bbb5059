"""Which counts are withheld, so that nobody's answers can be worked out from what is published.

Counts of fewer than a threshold are withheld, and with each the counts of its neighbours, so that
it is not what is missing from the total. `docs/skills.md` has the rule in words.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from diplan.survey.grouping import NOT_GIVEN
from diplan.survey.scoring import Scores, WeightedCount, WeightedCounts

_PRIME = 2**61 - 1


class Group(NamedTuple):
    """People to be told of together; a measure is `hidden` where its count is withheld."""

    name: str
    counts: WeightedCounts
    hidden: Sequence[bool]


class Breakdown(NamedTuple):
    """The groups of a column, in order; `pooled` small ones are together in the last.

    There are no groups where fewer than two are large enough to be told of.
    """

    column: str
    groups: Sequence[Group]
    pooled: int


class PublishedScores(NamedTuple):
    """What may be told of some scores. `dependent` breakdowns are left out: see `_independent`."""

    scores: Scores
    least: int
    confidence: Fraction
    """Of the intervals of shares, in per cent."""
    whole: Group
    breakdowns: Sequence[Breakdown]
    dependent: bool

    @property
    def withheld(self) -> bool:
        """Whether anything is."""
        groups = [
            self.whole,
            *(group for breakdown in self.breakdowns for group in breakdown.groups),
        ]
        return self.dependent or any(True in group.hidden for group in groups)


def published(scores: Scores, least: int, confidence: Fraction) -> PublishedScores:
    """What may be told where counts of fewer than *least* people may not; 0 withholds nothing.

    *least* is never 1: to withhold counts of 0 and no others would be to tell them.
    """
    small = [_small(count, least) for count in scores.whole]
    whole = Group("", scores.whole, small)
    pools = [_pooled(groups, least) for groups in scores.groups]
    breakdowns = [
        _breakdown(column, groups, pool, whole, least)
        for column, groups, pool in zip(scores.by, scores.groups, pools, strict=True)
    ]
    told = [breakdown for breakdown in breakdowns if breakdown.groups]
    hidden = any(True in group.hidden for breakdown in told for group in breakdown.groups)
    dependent = False
    if hidden and len(told) > 1:
        shown = [at for at, breakdown in enumerate(breakdowns) if breakdown.groups]
        mixes = {tuple(pools[at].get(mix[at], mix[at]) for at in shown) for mix in scores.mixes}
        dependent = not _independent(mixes)
    return PublishedScores(scores, least, confidence, whole, breakdowns, dependent)


def _small(count: WeightedCount, least: int) -> bool:
    """Whether too few have something, or too few have it not. None and all are few, too."""
    return count.of > 0 and min(count.yes, count.of - count.yes) < least


POOL = ""
"""What the small groups are called together: no group of a file has no name."""


def _pooled(groups: Mapping[str, WeightedCounts], least: int) -> dict[str, str]:
    """The groups that are too small to be named, with the name of the one that they make together.

    While that one is too small itself, the smallest of the others joins it.
    """
    sizes = {name: counts[0].of for name, counts in groups.items()}
    order = sorted(sizes, key=lambda name: sizes[name])
    pool = [name for name in order if sizes[name] < least]
    while pool and sum(sizes[name] for name in pool) < least and len(pool) < len(order):
        pool.append(order[len(pool)])
    return dict.fromkeys(pool, POOL)


def _breakdown(
    column: str,
    groups: Mapping[str, WeightedCounts],
    pool: Mapping[str, str],
    whole: Group,
    least: int,
) -> Breakdown:
    """A breakdown with its small groups together, and its counts withheld measure by measure."""
    told = {name: groups[name] for name in sorted(groups, key=_order) if name not in pool}
    if pool:
        told[POOL] = [_sum(counts) for counts in zip(*(groups[name] for name in pool), strict=True)]
    if len(told) < 2:
        return Breakdown(column, [], len(pool))
    hidden = [
        _withheld([counts[at] for counts in told.values()], least, all_of_them=whole.hidden[at])
        for at in range(len(whole.counts))
    ]
    made = [
        Group(name, counts, [counted[at] for counted in hidden])
        for at, (name, counts) in enumerate(told.items())
    ]
    return Breakdown(column, made, len(pool))


def _order(name: str) -> tuple[bool, list[tuple[int, int, str]]]:
    """Names as a person would sort them: by the numbers in them, and `not given` at the end."""
    parts = re.findall(r"\d+|\D+", name.lower())
    keys = [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]
    return name == NOT_GIVEN, keys


def _withheld(counts: WeightedCounts, least: int, *, all_of_them: bool) -> list[bool]:
    """Which of the groups' counts of one measure are withheld.

    If one in a block is small, the block is withheld: nobody can tell which of it was small, nor
    how small. Should even the block's own sum be small, so are the blocks after and before it.
    """
    hidden = [all_of_them and count.of > 0 for count in counts]
    blocks = [] if all_of_them else _blocks(counts, least)
    for at, block in enumerate(blocks):
        if any(_small(counts[name], least) for name in block):
            together = []
            for other in (*blocks[at:], *reversed(blocks[:at])):
                together += other
                if not _small(_sum([counts[name] for name in together]), least):
                    break
            for name in together:
                hidden[name] = True
    return hidden


def _blocks(counts: WeightedCounts, least: int) -> list[list[int]]:
    """The groups in which somebody was judged, in blocks of neighbours: as a rule, pairs.

    Beside the largest group of a block there are enough people for its count to be open. What is
    left over at the end belongs to the last block. Blocks depend on nothing but published sizes.
    """
    blocks: list[list[int]] = [[]]
    for at, count in enumerate(counts):
        sizes = [counts[name].of for name in blocks[-1]]
        if len(sizes) > 1 and sum(sizes) - max(sizes) >= least:
            blocks.append([])
        if count.of:
            blocks[-1].append(at)
    sizes = [counts[name].of for name in blocks[-1]]
    if len(blocks) > 1 and (len(sizes) < 2 or sum(sizes) - max(sizes) < least):
        last = blocks.pop()
        blocks[-1] += last
    return blocks


def _sum(counts: WeightedCounts) -> WeightedCount:
    made = WeightedCount()
    for count in counts:
        made.join(count)
    return made


def _independent(mixes: Iterable[Sequence[str]]) -> bool:
    """Whether breakdowns have no more in common than the total.

    *mixes* are the combinations of their groups that people are in. If the groups of one are made
    up of those of another (wards of areas, ages of age bands), one may tell what the other
    withholds.
    """
    rows = list(mixes)
    width = len(rows[0])
    return all(
        _full_rank({tuple(mix[at] for at in chosen) for mix in rows})
        for size in range(2, width + 1)
        for chosen in combinations(range(width), size)
    )


def _full_rank(mixes: Collection[Sequence[str]]) -> bool:
    """Whether groups, as columns of 0 and 1 over the mixes, depend on each other only by the total.

    Gaussian elimination, modulo a large prime.
    """
    width = len(next(iter(mixes)))
    place = {
        name: at for at, name in enumerate({(at, mix[at]) for mix in mixes for at in range(width)})
    }
    full = len(place) - width + 1
    basis: dict[int, list[int]] = {}
    for mix in mixes:
        row = [0] * len(place)
        for at in range(width):
            row[place[at, mix[at]]] = 1
        for lead, other in basis.items():
            if factor := row[lead]:
                row = [
                    (value - factor * lower) % _PRIME
                    for value, lower in zip(row, other, strict=True)
                ]
        lead = next((at for at, value in enumerate(row) if value), -1)
        if lead >= 0:
            inverse = pow(row[lead], -1, _PRIME)
            basis[lead] = [value * inverse % _PRIME for value in row]
        if len(basis) == full:
            return True
    return False
