"""The course of an indicator's figures, as a small drawing beside its row."""

from fractions import Fraction

from diplan.assess import Verdict
from diplan.model import Plan
from diplan.report.document import Trend


def trend(found: Verdict, plan: Plan) -> Trend:
    """The figures known by then, the baseline's among them; only those since a series break."""
    own, within = found.indicator, plan.cover.approximate_within
    until = found.evidence.period.end if found.evidence else Fraction(0)
    breaks = [seen.period.end for seen in own.observations if "break" in seen.marks]
    since = max((end for end in breaks if end <= until), default=Fraction(0))
    given = [*own.observations, *([own.baseline] if own.baseline_period else [])]
    known = [
        (figure.period.end, shown.middle)
        for figure in given
        if figure
        and figure.period
        and since <= figure.period.end <= until
        and (shown := figure.interval(within))
    ]
    return Trend(tuple(value for _, value in sorted(known)))
