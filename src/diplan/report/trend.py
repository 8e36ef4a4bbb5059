"""The course of an indicator's figures, as a small drawing beside its row."""

from fractions import Fraction
from itertools import accumulate, groupby

from diplan.ground.period import Period, as_long
from diplan.judge import Verdict
from diplan.plan import Plan, Total
from diplan.report.document import Trend


def trend(verdict: Verdict, plan: Plan) -> Trend:
    """The figures known by then, the baseline's among them; only those since a series break.

    A total rises: its trend is the sum so far after each figure. Other figures are drawn together
    only where their periods are as long as that of the latest one, but for percentages.
    """
    indicator, within = verdict.indicator, plan.cover.approximate_within
    if isinstance(indicator.target, Total) and not indicator.target.running:
        parts = verdict.evidence.observations if verdict.evidence else ()
        figures = [shown.middle for part in parts if (shown := part.interval(within))]
        return Trend(tuple(accumulate(figures)))
    known = _known(verdict, plan)
    if known and indicator.bounds is None and not isinstance(indicator.target, Total):
        latest = known[-1][0]
        known = [(when, value) for when, value in known if as_long(when, latest)]
    return Trend(tuple(value for _, value in known))


def drawable(verdict: Verdict, plan: Plan) -> bool:
    """Whether there are two figures or more to draw over time, whatever their periods."""
    return not isinstance(verdict.indicator.target, Total) and len(_known(verdict, plan)) > 1


def _known(verdict: Verdict, plan: Plan) -> list[tuple[Period, Fraction]]:
    """The figures up to the one judged, in order of time, since the last series break."""
    indicator, within = verdict.indicator, plan.cover.approximate_within
    until = verdict.evidence.period.end if verdict.evidence else Fraction(0)
    breaks = [seen.period.end for seen in indicator.observations if "break" in seen.marks]
    since = max((end for end in breaks if end <= until), default=Fraction(0))
    given = [*indicator.observations, *([indicator.baseline] if indicator.baseline_period else [])]
    known = [
        (figure.period, shown.middle)
        for figure in given
        if figure
        and figure.period
        and since <= figure.period.end <= until
        and (shown := figure.interval(within))
    ]
    known.sort(key=lambda pair: (pair[0].end, pair[1]))
    return [pair for pair, _ in groupby(known)]
