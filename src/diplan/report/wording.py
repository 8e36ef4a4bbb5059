"""The words for verdicts, figures, targets and times, the same in every report."""

from collections.abc import Iterable
from fractions import Fraction

from diplan.ground.english import NONE as NONE
from diplan.ground.english import capital, in_or_on, in_words, plural, share
from diplan.ground.english import count as count
from diplan.ground.english import either as either
from diplan.ground.english import listed as listed
from diplan.ground.english import number as number
from diplan.ground.figure import Interval, whole_per_cent
from diplan.ground.period import Period
from diplan.judge import NOT_GRADED, Flag, Reason, Slippage, Standing, Status, Verdict
from diplan.plan import Action, Figure, Indicator, Meaning, Milestone, Plan, Target, Total
from diplan.plan.working_out import UndatedBaseline
from diplan.report.document import Badge, Tone

STATUS = {
    Status.ACHIEVED: "achieved",
    Status.ON_TRACK: "on track",
    Status.SLIPPED: "slipped",
    Status.NOT_ACHIEVED: "not achieved",
    Status.NO_DATA: "no data",
}
SEVERITY = {
    Slippage.BEHIND: "behind",
    Slippage.WELL_BEHIND: "well behind",
    Slippage.MOVING_AWAY: "moving away",
    Slippage.NO_CHANGE: "no change",
    Slippage.LOST: "met at first, then lost",
}
REASON = {
    Reason.NO_OBSERVATIONS: "never measured",
    Reason.NO_OBSERVATION_AFTER_BASELINE: "not measured since the baseline",
    Reason.BASELINE_MISSING: "no baseline",
    Reason.TARGET_MISSING: "target to be confirmed",
    Reason.BASELINE_ZERO: "baseline is 0",
    Reason.TARGET_OUT_OF_BOUNDS: "target impossible",
    Reason.NO_DUE_DATE: "no date to meet it by",
    Reason.OUTCOME_NOT_MEASURED: "not measured at the due date",
    Reason.SERIES_BREAK: "new series, not comparable",
    Reason.NO_TARGET: "no target",
}
FLAG = {
    Flag.EARLY: "the target is met before its date",
    Flag.MEASURED_BEFORE_DUE: "the figure is older than the due date",
    Flag.LATE_EVIDENCE: "the figure is from after the due date",
    Flag.BASELINE_PROXY: "the first figure stands in for the missing baseline",
    Flag.BASELINE_ALREADY_MET: "the baseline met the target already",
    Flag.PREVIOUSLY_MET: "an earlier figure met the target",
    Flag.INCOMPLETE_PERIODS: "a period has no figure, so the total is at least this",
    Flag.PATH_SENSITIVE: "a straight and a compound path give different statuses",
    Flag.EVIDENCE_CONFLICTS: "another source of the same thing gives another status",
    Flag.BASELINE_UNDATED: "the baseline has no date of its own",
}
TONE = {
    Status.ACHIEVED: Tone.GOOD,
    Status.ON_TRACK: Tone.GOOD,
    Status.SLIPPED: Tone.FAIR,
    Status.NOT_ACHIEVED: Tone.POOR,
    Status.NO_DATA: Tone.NONE,
}
GRADE_TONE = {
    Meaning.DONE: Tone.GOOD,
    Meaning.ON_COURSE: Tone.GOOD,
    Meaning.OFF_COURSE: Tone.FAIR,
    Meaning.MISSED: Tone.POOR,
}
"""How a grade is coloured by what it means; the others have no colour."""
MISSING = {
    "to-be-confirmed": "TBC",
    "not-available": "[x]",
    "not-collected": "[x]",
    "not-applicable": "[z]",
    "suppressed": "[c]",
}
MARKS = {
    "estimated": "[e]",
    "provisional": "[p]",
    "revised": "[r]",
    "forecast": "[f]",
    "low-reliability": "[u]",
    "break": "[b]",
}
SHORTHAND = {
    "[e]": "estimated",
    "[p]": "provisional",
    "[r]": "revised",
    "[f]": "forecast",
    "[u]": "low reliability",
    "[b]": "break in the series",
    "[x]": "not available",
    "[z]": "not applicable",
    "[c]": "suppressed",
    "TBC": "to be confirmed",
    "c.": "approximately",
}
"""What the signs in reports stand for (the first seven and [x] [z] [c] are the government's)."""


def signs(texts: Iterable[str]) -> list[str]:
    """What the signs that stand in some texts mean."""
    shown = " ".join(texts)
    return [f"{sign} {means}" for sign, means in SHORTHAND.items() if sign in shown]


DASH = "–"
"""What a cell shows that has nothing to say."""


def short(value: Fraction, unit: str) -> str:
    """A number for a table: only percentages carry their unit."""
    return f"{number(value)}%" if unit == "per cent" else number(value)


def interval(figure: Interval, unit: str) -> str:
    """A figure by its ends."""
    if figure.exact:
        return short(figure.middle, unit)
    if figure.low is None:
        return f"at most {short(figure.high or figure.middle, unit)}"
    if figure.high is None:
        return f"at least {short(figure.low, unit)}"
    return f"{short(figure.low, unit)} to {short(figure.high, unit)}"


def figure(given: Figure | None, indicator: Indicator, plan: Plan) -> str:
    """An indicator's figure as it was given."""
    return figure_in(given, indicator.unit, plan)


def figure_in(given: Figure | None, unit: str, plan: Plan) -> str:
    """A figure as it was given, with its signs: `c. 4,500 [e]`, `at most 10,000`, `TBC`."""
    if given is None:
        return NONE
    if given.missing:
        return MISSING[given.missing]
    known = given.interval(plan.cover.approximate_within)
    if known is None:
        return NONE
    if given.value is not None:
        about = "c. " if given.approximate else ""
        sign = "%" if unit == "per cent" else ""
        text = f"{about}{given.value:,f}{sign}"
    else:
        text = interval(known, unit)
    if given.numerator is not None and given.denominator is not None:
        text = f"{text}, {given.numerator:,f} of {given.denominator:,f}"
    signs = [MARKS[mark] for mark in given.marks]
    return " ".join([text, *signs])


def dated(text: str, when: Period | None) -> str:
    """A figure with its period."""
    return f"{text} ({in_words(when)})" if when and text != NONE else text


def baseline(indicator: Indicator, plan: Plan) -> str:
    """The baseline with its period; a star where it measures something else."""
    given = indicator.baseline
    if given is None:
        return NONE
    star = "*" if given.proxy else ""
    text = figure(given, indicator, plan) + star
    if isinstance(given, UndatedBaseline):
        return f"{text} (no date)"
    return dated(text, given.period)


def starting_point(verdict: Verdict, plan: Plan) -> str:
    """The baseline, or the observation that stands in for one."""
    given = verdict.indicator.baseline
    if isinstance(given, UndatedBaseline) and given.period:
        text = figure(given, verdict.indicator, plan)
        return f"{text}; the plan gives no date, so it is taken as of {in_words(given.period)}"
    if verdict.stand_in is None or verdict.baseline is None:
        return baseline(verdict.indicator, plan)
    stand_in = interval(verdict.baseline, verdict.indicator.unit)
    return f"none; {stand_in} ({in_words(verdict.stand_in)}) stands in"


def latest(verdict: Verdict, plan: Plan) -> str:
    """The figure that the verdict rests on, with its period."""
    seen, indicator = verdict.evidence, verdict.indicator
    if seen is None:
        return NONE
    if isinstance(indicator.target, Total) and not indicator.target.running:
        text = interval(seen.figure, indicator.unit)
        return f"{text} so far (to {in_words(seen.period)})"
    return dated(figure(seen.observations[-1], indicator, plan), seen.period)


def target(verdict: Verdict) -> str:
    """The target in words and in its number."""
    indicator, goal = verdict.indicator, verdict.target_value
    aim, unit = indicator.target, indicator.unit
    text = _aim(aim, unit)
    if aim.relative and goal is not None:
        about = "about " if verdict.baseline and not verdict.baseline.exact else ""
        star = "*" if indicator.baseline and indicator.baseline.proxy else ""
        text = f"{text} to {about}{short(goal, unit)}{star}"
    if isinstance(aim, Total):
        text = f"{text} from {in_words(aim.from_)}"
    return f"{text} by {in_words(aim.due)}" if aim.due else text


def milestone(stone: Milestone, indicator: Indicator) -> str:
    """What a milestone says: a value, or a change from the baseline."""
    way = "up" if indicator.target.rising else "down"
    if stone.value is not None:
        return short(Fraction(stone.value), indicator.unit)
    if stone.percent is not None:
        return f"{way} by {number(Fraction(stone.percent))}%"
    if stone.points is not None:
        unit = "points" if indicator.unit == "per cent" else indicator.unit
        return f"{way} by {number(Fraction(stone.points))} {unit}"
    return NONE


def _aim(aim: Target, unit: str) -> str:
    """What a target says, without its date and its worked-out number."""
    value = getattr(aim, "value", None)
    if value is not None:
        words = {"total-at-least": "at least", "more-than": "more than", "fewer-than": "fewer than"}
        text = words.get(aim.kind, aim.kind.replace("-", " "))
        text = f"{text} {short(Fraction(value), unit)}"
        return f"{text} in all" if isinstance(aim, Total) else text
    if percent := getattr(aim, "percent", None):
        text = "grow" if aim.kind == "yearly-growth" else aim.kind.replace("-by", "")
        per_year = " a year" if aim.kind == "yearly-growth" else ""
        return f"{text} by {number(Fraction(percent))}%{per_year}"
    if points := getattr(aim, "points", None):
        kind = "points" if unit == "per cent" else unit
        return f"{aim.kind.partition('-')[0]} by {number(Fraction(points))} {kind}"
    return _BARE.get(aim.kind, aim.kind)


_BARE = {
    "increase": "an increase",
    "reduce": "a reduction",
    "to-be-confirmed": "to be confirmed",
}


def status(verdict: Verdict) -> str:
    """The status in words: never bare where another one is possible."""
    ruling, text = verdict.ruling, STATUS[verdict.status]
    if ruling.severity:
        text = f"{text}: {SEVERITY[ruling.severity]}"
    if ruling.reason:
        return reason(verdict) if verdict.for_context else f"{text}: {reason(verdict)}"
    if not verdict.certain:
        others = [STATUS[other] for other in verdict.possible if other is not verdict.status]
        return f"probably {text}; could be {either(others)}"
    return text


def reason(verdict: Verdict) -> str:
    """Why there is no verdict."""
    given = verdict.indicator.baseline
    if verdict.ruling.reason is Reason.BASELINE_MISSING and given:
        if given.missing == "to-be-confirmed":
            return "baseline to be confirmed"
        return "no usable baseline"
    if verdict.ruling.reason is Reason.NO_OBSERVATIONS:
        if verdict.indicator.observations:
            return "not measured by then"
        if given and not given.missing:
            return "not measured since the baseline"
    return REASON[verdict.ruling.reason] if verdict.ruling.reason else ""


def badge(verdict: Verdict) -> Badge:
    """The status as a badge."""
    return Badge(status(verdict), TONE[verdict.status])


def graded(name: str) -> str:
    """A grade as a sentence has it: the plan's own words, or `not graded`."""
    return "not graded" if name == NOT_GRADED else name


def grade_tone(means: Meaning | None) -> Tone:
    """The colour of a grade with a meaning; none where it says nothing about how the work goes."""
    return GRADE_TONE.get(means, Tone.NONE) if means else Tone.NONE


def meaning(means: Meaning | None) -> str:
    """What a grade says about the work, in words: `it goes as promised, and is not done yet`."""
    from diplan.plan.vocabulary import WORDS

    return WORDS[means].lower().rstrip(".") if means else "the plan does not say what it means"


def grade(standing: Standing) -> Badge:
    """An action's grade as a badge, with what else there is to say of its time."""
    tone = grade_tone(standing.means)
    if standing.ended and standing.action.ended:
        return Badge(standing.action.ended.why)
    text = graded(standing.grade)
    return Badge(f"{text}, overdue", Tone.POOR) if standing.overdue else Badge(text, tone)


def due(action: Action) -> str:
    """When an action is due."""
    if isinstance(action.due, Period):
        words = in_words(action.due)
        return f"{words}, and kept up" if action.continues else words
    if action.due == "ongoing":
        return f"ongoing since {in_words(action.since)}" if action.since else "ongoing"
    if action.timescale:
        return action.timescale
    return "no date yet"


def span(action: Action) -> str:
    """The time of an action: from when, where that is known, and by when."""
    begun = action.start or action.since
    dated = isinstance(action.due, Period)
    return f"{in_words(begun)} to {due(action)}" if dated and begun else due(action)


def whose(plan: Plan) -> str:
    """Who has the plan, to begin a paper with; empty where it does not say."""
    return f"{plan.cover.organisation}. " if plan.cover.organisation else ""


def heading(plan: Plan) -> str:
    """The plan's own word for a heading, as a title has it: `Recommendation`."""
    word = plan.cover.heading
    return capital(word)


def headings(plan: Plan) -> str:
    """The plan's own word for its headings: `Priorities`."""
    return plural(heading(plan))


def services(ids: Iterable[str], plan: Plan) -> str:
    """The titles of services."""
    return ", ".join(plan.service[name].title if name in plan.service else name for name in ids)


def led_by(action: Action, plan: Plan) -> str:
    """Who leads an action, and who does the work with them."""
    lead, others = services(action.lead, plan), services(action.delivers, plan)
    return f"{lead}, with {others}" if lead and others else lead


PARTS = {
    "lead": "leads",
    "accountable": "accountable",
    "delivers": "delivers",
    "consulted": "consulted",
    "reviews": "reviews",
}
"""What a body's part in something is called."""

ANSWERS = {
    "accepted": "accepted",
    "partly-accepted": "partly accepted",
    "not-accepted": "not accepted",
    "awaited": "awaiting an answer",
}
"""What a recommendation's answer is called, in the order in which answers are counted."""


def source(name: str | None, plan: Plan) -> str:
    """The title of a source."""
    if name is None:
        return "no source"
    return plan.source[name].title if name in plan.source else name


def _spoken(shown: Interval, given: Figure | None, unit: str) -> str:
    """A figure as a sentence has it: an approximate one by its middle."""
    if given and given.approximate and given.value is not None:
        return f"about {short(shown.middle, unit)}"
    return interval(shown, unit)


def moved(verdict: Verdict) -> str:
    """What the figure has done since the baseline; nothing where there is none."""
    seen, start, numbers = verdict.evidence, verdict.baseline, verdict.numbers
    indicator = verdict.indicator
    if seen is None:
        return ""
    alone = seen.observations[-1] if len(seen.observations) == 1 else None
    value = _spoken(seen.figure, alone, indicator.unit)
    if isinstance(indicator.target, Total):
        return f"{capital(value)} so far, to {in_words(seen.period)}"
    if start is None or numbers.change is None:
        return f"{capital(value)} {in_or_on(seen.period)}"
    if numbers.change == 0:
        return f"Unchanged at {value}"
    way = "Up" if numbers.change > 0 else "Down"
    given = None if verdict.stand_in else indicator.baseline
    return f"{way} from {_spoken(start, given, indicator.unit)} to {value}"


def sentence(verdict: Verdict) -> str:
    """The verdict in one sentence."""
    numbers = verdict.numbers
    if verdict.evidence is None:
        text = status(verdict)
        return f"{capital(text)}."
    parts = [moved(verdict)]
    if numbers.fraction is not None and numbers.elapsed is not None:
        if numbers.fraction < 0:
            parts.append("further from the target than at the start")
        else:
            parts.append(f"{whole_per_cent(numbers.fraction):,} per cent of the way")
        parts[-1] += f" with {share(numbers.elapsed)} of the time gone"
    return f"{'; '.join([*parts, status(verdict)])}."
