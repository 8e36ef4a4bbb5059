"""What to bear in mind beside figures of one definition; what many have in common is counted."""

from collections.abc import Iterator, Sequence

from diplan.ground.english import agree
from diplan.judge.compare import Definition

SCREENFUL = 24
"""The most rows that are printed where not all are asked for."""

ENDS = 5
"""How many of many are shown at each end, or named."""


def fits(rows: Sequence[object], whole: bool) -> bool:
    """Whether there is a row for each."""
    return whole or len(rows) <= SCREENFUL


def caveats_of(definition: Definition, *, whole: bool) -> Iterator[str]:
    """Why the figures may not be quite alike; what many have in common is counted."""
    series = definition.series
    wholes = list(dict.fromkeys(compared.of or "not said" for compared in series))
    if definition.unit == "per cent" and wholes != ["not said"]:
        if len(wholes) == 1:
            yield f"A share of {wholes[0]}, all of them."
        else:
            yield f"Not shares of the same: {_some(wholes, whole, '; ')}."
    if others := [compared.whose for compared in series if compared.area]:
        yield f"Not the plan's own area: {_some(others, whole)}."
    begun = [compared for compared in series if len(compared.present) < len(compared.points)]
    if fits(begun, whole):
        for compared in begun:
            new = f"a new series begins with {compared.present[0].period}"
            yield f"{compared.whose}: {new}; earlier figures are not shown."
    else:
        yield f"{len(begun)} of {len(series)} series begin anew; earlier figures are not shown."
    unsure = sum(
        any("low-reliability" in point.marks for point in compared.points) for compared in series
    )
    if unsure:
        yield (
            f"{unsure} of {len(series)} series {agree(unsure, 'is', 'are')} of low"
            " reliability [u]: small differences may be chance."
        )
    for name, when in definition.disputed:
        yield f"{name}: the plans do not give the same figure for {when}; the first one is shown."
    for unit in dict.fromkeys(compared.unit for compared in definition.others):
        left = [compared.whose for compared in definition.others if compared.unit == unit]
        them = agree(len(left), "it is", "they are")
        yield f"{_some(left, whole)}: left out, since {them} counted in {unit}."


def _some(names: Sequence[str], whole: bool, between: str = ", ") -> str:
    """Names, of which the first few stand for many."""
    if fits(names, whole):
        return between.join(names)
    return f"{between.join(names[:ENDS])} and {len(names) - ENDS} more"
