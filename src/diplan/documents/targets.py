"""Targets as people write them; what could be read in two ways is left alone."""

import re
from fractions import Fraction
from typing import NamedTuple

from diplan.documents.figures import ASIDE, LONGEST_FIGURE, amount
from diplan.documents.times import Calendar, read_period
from diplan.plan.indicator import PER_CENT


class Goal(NamedTuple):
    """A target as keys of the data; `readings` are the kinds that it may be, if there are two."""

    keys: dict[str, str]
    unit: str = ""
    due: str = ""
    readings: tuple[str, ...] = ()

    def of_kind(self, kind: str) -> "Goal":
        """The same, of a kind that is known now."""
        return self._replace(keys={**self.keys, "kind": kind}, readings=())


_N = r"(?P<n>\d+(?:\.\d+)?)"
_DOWN = r"reduc\w*|decreas\w*|cut|lower\w*|fewer|less"
_UP = r"increas\w*|grow|rais\w*|improv\w*|more"
_BY_SO_MUCH = re.compile(
    rf"(?P<way>{_UP}|{_DOWN})\b[^\d]*?\bby (?:at least |a minimum of )?{_N}"
    r"(?: ?(?:%|per ?cent)(?P<points> ?age points?| points?)?| (?P<bare>(?:percentage )?points?))"
    r"(?!\w)[^\d]*"
)
_CHANGE = re.compile(
    rf"(?:an? |at least )?{_N} ?(?:%|per ?cent)(?P<points> ?age points?| points?)? "
    rf"(?P<way>increase|reduction|{_DOWN}|more)\b[^\d]*"
)
_KINDS = {
    "at-least": ("at least", "a minimum of", "minimum of", "minimum", "no less than",
                 "not less than", ">=", "≥"),
    "at-most": ("at most", "a maximum of", "maximum of", "maximum", "no more than",
                "not more than", "up to", "<=", "≤"),
    "more-than": ("more than", "over", "above", ">"),
    "fewer-than": ("fewer than", "less than", "under", "below", "<"),
}  # fmt: skip
_KIND = {word: kind for kind, words in _KINDS.items() for word in words}
_LEVEL = re.compile(rf"(?P<kind>{'|'.join(sorted(_KIND, key=len, reverse=True))}) ?(?P<rest>.+)")
_LEVEL_BEHIND = re.compile(r"(.+?) ?or (?:(?P<more>more|higher|above)|less|fewer|lower|below)")
_TO_LEVEL = re.compile(
    rf"(?:(?P<up>{_UP})|{_DOWN})\b[^\d]*?(?:from [£\d.,]+ ?(?:%|per cent)? )?\bto (?P<rest>.+)"
)
_ALL = re.compile(r"all(?: of)?(?: the)?(?: (?!but|except)[^\d]+)?")
_BY_WHEN = re.compile(r"(.*?),? by (?:the end of |end of )?(.+)")
_OVER_TIME = re.compile(
    r"\b(between|over the|in total|cumulative|(?:each|per|a) (?:year|month|quarter)|annual|monthly|"
    r"yearly)\b"
)
_TO_CONFIRM = frozenset({"tbc", "to be confirmed", "tbd", "to be agreed", "to be set"})
_WORDS = {"increase": "increase", "reduce": "reduce", "decrease": "reduce"}
_SEVERAL = re.compile(r"(?<=\d)[;,]? (?=(?:at least )?\d[\d,.]*%? by )")


def goals(text: str, calendar: Calendar) -> list[Goal]:
    """The targets that a text gives, one for each time that it names; none if it is not clear."""
    if len(text) > LONGEST_FIGURE:
        return []
    said = " ".join(text.split()).lower().strip(" .;")
    several = _SEVERAL.split(said)
    if len(several) == 1:
        several = [part for line in text.lower().splitlines() if (part := " ".join(line.split()))]
    if len(several) > 1:
        each = [_goal(part.strip(" .;,"), calendar) for part in several]
        dated = [goal for goal in each if goal and goal.due]
        if len(dated) == len(several):
            return dated
    whole = _goal(said, calendar)
    return [whole] if whole else []


def _goal(said: str, calendar: Calendar) -> Goal | None:
    """One target, with the time by which it is to be met."""
    due = ""
    if match := _BY_WHEN.fullmatch(said):
        known = read_period(match[2], calendar)
        if known.sure:
            said, due = match[1], known.periods[0]
    for aside in ASIDE.finditer(said):
        known = read_period(aside[1].removeprefix("by "), calendar)
        if known.sure and not due:
            due, said = known.periods[0], said.replace(aside[0], "", 1).strip()
    goal = _change(said) or _level_of(said, calendar)
    return goal._replace(due=due) if goal else None


def _change(said: str) -> Goal | None:
    """A target that refers to the baseline, or to nothing."""
    if said in _TO_CONFIRM:
        return Goal({"kind": "to-be-confirmed"})
    if said in _WORDS:
        return Goal({"kind": _WORDS[said]})
    if re.fullmatch(r"(halve|halving)\b[^\d]*", said):
        return Goal({"kind": "halve"})
    match = _BY_SO_MUCH.fullmatch(said) or _CHANGE.fullmatch(said)
    if match is None:
        return None
    kind = "reduce-by" if re.match(_DOWN, match["way"]) else "increase-by"
    if match["points"] or match.groupdict().get("bare"):
        return Goal({"kind": f"{kind}-points", "points": match["n"]})
    return Goal({"kind": kind, "percent": match["n"]})


def _level_of(said: str, calendar: Calendar) -> Goal | None:
    """A target that is a level, with the side that its words name."""
    if _OVER_TIME.search(said):
        return None
    if match := _TO_LEVEL.fullmatch(said):
        inner = _level_of(match["rest"], calendar)
        if inner and inner.readings:
            return inner.of_kind("at-least" if match["up"] else "at-most")
        return inner
    if _ALL.fullmatch(said):
        return Goal({"kind": "all"}, unit=PER_CENT)
    if match := _LEVEL.fullmatch(said):
        return _level(match["rest"], _KIND[match["kind"]], calendar)
    if match := _LEVEL_BEHIND.fullmatch(said):
        return _level(match[1], "at-least" if match["more"] else "at-most", calendar)
    return _level(said, "", calendar)


def _level(said: str, kind: str, calendar: Calendar) -> Goal | None:
    """A level to reach, of which *kind* says which side is the right one; empty if nothing does.

    Of 0 and of 100 per cent the other side is empty, or everything.
    """
    known = amount(said, calendar)
    if known is None or "value" not in known.keys or known.keys.get("approximate"):
        return None
    value = known.keys["value"]
    if not kind and value == "100" and known.unit == PER_CENT:
        return Goal({"kind": "all"}, PER_CENT, known.period)
    kind = kind or ("at-most" if value == "0" else "")
    readings = () if kind else ("at-least", "at-most")
    return Goal({"kind": kind, "value": value}, known.unit, known.period, readings)


_BETTER_UP = re.compile(r"\b(high(er)?|up|increas\w*|maximi[sz]e|bigger|more|rais\w*|grow\w*)\b")
_BETTER_DOWN = re.compile(
    r"\b(low(er)?|down|reduc\w*|decreas\w*|minimi[sz]e|small(er)?|fewer|less)\b"
)


def directed(goal: Goal, start: Fraction | None, words: str) -> Goal:
    """A target whose side is told by words about its direction, or by where the figure starts."""
    if not goal.readings:
        return goal
    up, down = _BETTER_UP.search(words.lower()), _BETTER_DOWN.search(words.lower())
    if up or down:
        return goal if up and down else goal.of_kind("at-least" if up else "at-most")
    value = Fraction(goal.keys["value"])
    if start is None or start == value:
        return goal
    return goal.of_kind("at-least" if start < value else "at-most")
