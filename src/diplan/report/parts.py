"""Parts under their whole: the order of rows, and how far a part is from the whole."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from diplan.judge import Verdict
from diplan.plan import Indicator, Plan
from diplan.report import wording
from diplan.report.document import to_indicator

OF_WHICH = "of which: "


def in_parts(verdicts: Iterable[Verdict]) -> Iterator[tuple[Verdict, int]]:
    """Verdicts with the parts of a whole after it, each with how deep it stands.

    A part whose whole is not among them stands where it is, as deep as the others.
    """
    given = list(verdicts)
    shown = {verdict.indicator.id for verdict in given}
    below: dict[str, list[Verdict]] = {}
    for verdict in given:
        whole = verdict.indicator.part_of
        if whole in shown and whole != verdict.indicator.id:
            below.setdefault(whole or "", []).append(verdict)
    told: set[str] = set()

    def walk(whole: Verdict) -> Iterator[tuple[Verdict, int]]:
        to_tell = [(whole, 0)]
        while to_tell:
            verdict, depth = to_tell.pop()
            if verdict.indicator.id not in told:
                told.add(verdict.indicator.id)
                yield verdict, depth
                under = below.get(verdict.indicator.id, [])
                to_tell += [(part, depth + 1) for part in reversed(under)]

    parts = {part.indicator.id for group in below.values() for part in group}
    for verdict in given:
        if verdict.indicator.id not in parts:
            yield from walk(verdict)
    for verdict in given:  # those that lead round in a circle
        yield from walk(verdict)


def title(verdict: Verdict, depth: int) -> str:
    """An indicator's title in a row; that of a part says so."""
    indicator = verdict.indicator
    return to_indicator(indicator, before=OF_WHICH * bool(depth))


def segment(indicator: Indicator, plan: Plan) -> str:
    """Which part an indicator is, in words."""
    name, slash, part = (indicator.segment or "").partition("/")
    for profile in plan.profiles if slash else ():
        if profile.id == name:
            return next((known.title for known in profile.segments if known.id == part), part)
    return indicator.segment or ""


def gap(verdict: Verdict, plan: Plan) -> str:
    """How far a part is from its whole in the latest period that both have; else nothing."""
    indicator, whole = verdict.indicator, _whole(verdict.indicator, plan)
    if whole is None:
        return ""
    until = verdict.evidence.period.end if verdict.evidence else Fraction(0)
    within = plan.cover.approximate_within
    ours, theirs = (
        {
            seen.period: shown.middle
            for seen in known.observations
            if seen.period.end <= until and (shown := seen.interval(within))
        }
        for known in (indicator, whole)
    )
    shared = [when for when in ours if when in theirs]
    if not shared:
        return ""
    when = max(shared, key=lambda when: when.end)
    return _apart(ours[when] - theirs[when])


def gap_at_start(indicator: Indicator, plan: Plan) -> str:
    """How far the baseline of a part is from that of its whole; nothing if they differ in time."""
    whole = _whole(indicator, plan)
    ours, theirs = indicator.baseline, whole.baseline if whole else None
    if ours is None or theirs is None or ours.period != theirs.period:
        return ""
    first, second = (given.interval(plan.cover.approximate_within) for given in (ours, theirs))
    return _apart(first.middle - second.middle) if first and second else ""


def _whole(indicator: Indicator, plan: Plan) -> Indicator | None:
    """The whole that an indicator can be held against: both are percentages."""
    whole = plan.indicator.get(indicator.part_of or "")
    comparable = whole and whole.unit == indicator.unit and indicator.bounds
    return whole if comparable else None


def _apart(gap: Fraction) -> str:
    if gap == 0:
        return "level with the whole"
    side = "above" if gap > 0 else "below"
    return f"{wording.number(abs(gap))} points {side} the whole"
