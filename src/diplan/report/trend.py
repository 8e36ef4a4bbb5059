"""The course of an indicator's figures, as a small drawing beside its row."""

from fractions import Fraction
from itertools import accumulate

from diplan.ground.period import Period, as_long
from diplan.judge import Verdict
from diplan.plan import Plan, Total
from diplan.report.document import Trend


def trend(found: Verdict, plan: Plan) -> Trend:
    """The figures known by then, the baseline's among them; only those since a series break.

    A total rises: its trend is the sum so far after each figure. Other figures are drawn together
    only where their periods are as long as that of the latest one, but for percentages.
    """
    own, within = found.indicator, plan.cover.approximate_within
    if isinstance(own.target, Total) and not own.target.running:
        parts = found.evidence.observations if found.evidence else ()
        figures = [shown.middle for part in parts if (shown := part.interval(within))]
        return Trend(tuple(accumulate(figures)))
    known = _known(found, plan)
    if known and own.bounds is None and not isinstance(own.target, Total):
        latest = known[-1][0]
        known = [(when, value) for when, value in known if as_long(when, latest)]
    return Trend(tuple(value for _, value in known))


def drawable(found: Verdict, plan: Plan) -> bool:
    """Whether there are two figures or more to draw over time, whatever their periods."""
    return not isinstance(found.indicator.target, Total) and len(_known(found, plan)) > 1


def _known(found: Verdict, plan: Plan) -> list[tuple[Period, Fraction]]:
    """The figures up to the one judged, in order of time, since the last series break."""
    own, within = found.indicator, plan.cover.approximate_within
    until = found.evidence.period.end if found.evidence else Fraction(0)
    breaks = [seen.period.end for seen in own.observations if "break" in seen.marks]
    since = max((end for end in breaks if end <= until), default=Fraction(0))
    given = [*own.observations, *([own.baseline] if own.baseline_period else [])]
    known = [
        (figure.period, shown.middle)
        for figure in given
        if figure
        and figure.period
        and since <= figure.period.end <= until
        and (shown := figure.interval(within))
    ]
    return sorted(known, key=lambda pair: (pair[0].end, pair[1]))
