"""What changed between two states of a plan, and why: pure arithmetic, like the verdicts.

A state is a plan at a moment. Causes are found by replaying them one at a time: first the time
that passed, then what was changed in the data, each on top of the one before. Whatever was not
known at its moment does not count, so that a new figure is one whether it was written since or
its period has only ended since.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, partial
from typing import Any, NamedTuple

from diplan.ground.english import day_in_words, in_words
from diplan.ground.period import Period
from diplan.judge import NOT_GRADED, Assessment, Standing, Verdict, assess
from diplan.judge.indicator import judge_indicator
from diplan.plan import Action, Indicator, Observation, Plan, Revision
from diplan.plan.pairing import FIGURE, TARGET, differences, pairs
from diplan.plan.promise import Move


class Cause(StrEnum):
    """Why an indicator stands differently, in the order in which causes are replayed."""

    TIME_PASSED = "time-passed"
    DEFINITION_CHANGED = "definition-changed"
    BASELINE_REVISED = "baseline-revised"
    TARGET_CHANGED = "target-changed"
    OBSERVATION_REVISED = "observation-revised"
    OBSERVATION_REMOVED = "observation-removed"
    NEW_OBSERVATION = "new-observation"
    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"


class Step(NamedTuple):
    """One cause with its details, and the verdict before and after it."""

    cause: Cause
    detail: str
    before: Verdict | None = None
    after: Verdict | None = None

    @property
    def flips(self) -> bool:
        """Whether the status is another one after it."""
        return bool(self.before and self.after and self.before.status is not self.after.status)


@dataclass(frozen=True)
class IndicatorChange:
    """What became of an indicator; `before` is None for an added one, `after` for a removed."""

    id: str
    title: str
    before: Verdict | None
    after: Verdict | None
    replay: Callable[[], Iterable[Step]]

    @cached_property
    def causes(self) -> tuple[Step, ...]:
        """Why, one after the other; found when somebody asks, as each takes a verdict."""
        return tuple(self.replay())

    @property
    def change(self) -> str:
        """`added`, `removed`, `flipped` (another status), `renamed` or `moved`."""
        if self.before is None or self.after is None:
            return "added" if self.before is None else "removed"
        if self.before.status is not self.after.status:
            return "flipped"
        renamed = self.before.indicator.id != self.after.indicator.id
        return "renamed" if renamed else "moved"


class ActionChange(NamedTuple):
    """What became of an action: `change` is one word, `before` and `after` what it was about."""

    id: str
    title: str
    change: str
    before: str
    after: str
    lead: tuple[str, ...]
    why: str = ""
    """From when a new promise holds and why it was made, where the ledger says so."""


class Changes(NamedTuple):
    """Two states of a plan and what differs. `form` counts edits that move nothing."""

    before: Assessment
    after: Assessment
    indicators: tuple[IndicatorChange, ...]
    actions: tuple[ActionChange, ...]
    headings: tuple[ActionChange, ...]
    """Headings with another grade: `lead` has the bodies that they are addressed to."""
    form: int
    unread: tuple[str, ...]
    """Ids of what could not be read on one side, and so is not compared."""


_RANK = ("flipped", "removed", "added", "renamed", "moved")

MEASURED = ("unit", "collected_from", "derived")
"""What an indicator's figures are of; another one makes them another measure."""


def changes_between(before: tuple[Plan, Period], after: tuple[Plan, Period]) -> Changes:
    """Find everything that differs between two states, as far as both could be read."""
    return changes_of(assess(*before), assess(*after))


def changes_of(old: Assessment, new: Assessment) -> Changes:
    """Find everything that differs between two assessments."""
    indicators: list[IndicatorChange] = []
    actions: list[ActionChange] = []
    form = 0
    for earlier, later in _matched("indicators", old.plan, new.plan):
        change = _indicator(earlier, later, old, new)
        if change:
            indicators.append(change)
        form += not change and earlier != later
    for earlier, later in _matched("actions", old.plan, new.plan):
        told = list(_action(earlier, later, old, new))
        actions += told
        form += not told and earlier != later
    indicators.sort(key=lambda entry: _RANK.index(entry.change))
    unread = (name for section in COMPARED for name in sorted(_unread(section, old, new)))
    headings = tuple(_headings(old, new))
    return Changes(old, new, tuple(indicators), tuple(actions), headings, form, tuple(unread))


def _headings(old: Assessment, new: Assessment) -> Iterator[ActionChange]:
    """Headings that carry updates of their own and have another grade."""
    before = {heading.priority.id: heading.grade or NOT_GRADED for heading in old.headings}
    for heading in new.headings:
        priority, grade = heading.priority, heading.grade or NOT_GRADED
        was = before.get(priority.id, NOT_GRADED)
        if was != grade:
            yield ActionChange(priority.id, priority.title, "regraded", was, grade, priority.to)


COMPARED = ("indicators", "actions")
"""The sections whose entities are compared."""


def _unread(section: str, old: Assessment, new: Assessment) -> set[str]:
    """The ids of entities that one side names but could not read."""
    unread: set[str] = set()
    for plan in (old.plan, new.plan):
        ids = {entity.id for entity in getattr(plan, section)}
        unread |= plan.names.get(section, frozenset()) - ids
    return unread


def _matched(section: str, old: Plan, new: Plan) -> Iterator[tuple[Any, Any]]:
    """Pair the same things, in the new order; what is gone comes last.

    What one side could not read is left out.
    """
    for earlier, later in pairs(getattr(old, section), getattr(new, section)):
        name = (earlier or later).id
        if (earlier or _vouched(section, name, old)) and (later or _vouched(section, name, new)):
            yield earlier, later


def _vouched(section: str, name: str, plan: Plan) -> bool:
    """Whether a plan can say for sure that it does not have a thing."""
    names = plan.names.get(section)
    return names is not None and name not in names


def _indicator(
    earlier: Indicator | None, later: Indicator | None, old: Assessment, new: Assessment
) -> IndicatorChange | None:
    before = old.verdict[earlier.id] if earlier else None
    after = new.verdict[later.id] if later else None
    if earlier and later:
        if not _differs(earlier, later, old, new):
            return None
        replay = partial(_replayed, earlier, later, old, new)
        return IndicatorChange(later.id, later.title, before, after, replay)
    if earlier:
        removed = Step(Cause.REMOVED, "it is not in the plan any more", before)
        return IndicatorChange(earlier.id, earlier.title, before, None, lambda: (removed,))
    if later:
        added = Step(Cause.ADDED, "it was not in the plan before", None, after)
        return IndicatorChange(later.id, later.title, None, after, lambda: (added,))
    return None


def _differs(earlier: Indicator, later: Indicator, old: Assessment, new: Assessment) -> bool:
    """Whether there is a cause to tell of: a cheap question, beside what the causes are."""
    before, after = old.verdict[earlier.id], new.verdict[later.id]
    if earlier.id != later.id or before.ruling != after.ruling:
        return True
    if after.ended and later.ended and not before.ended:
        return True
    now, goal = _known(earlier, old.as_of), _known(later, new.as_of)
    steps = _data_steps(now, goal, _moves(earlier, later, old, new))
    return next(steps, None) is not None


def _known(indicator: Indicator, as_of: Period) -> Indicator:
    seen = tuple(figure for figure in indicator.observations if figure.period.end <= as_of.end)
    return indicator if seen == indicator.observations else replace(indicator, observations=seen)


def _replayed(
    earlier: Indicator, later: Indicator, old: Assessment, new: Assessment
) -> Iterator[Step]:
    """Yield each cause in turn, on top of those before it."""
    within = old.plan.cover.approximate_within
    now, goal = _known(earlier, old.as_of), _known(later, new.as_of)
    state, after = old.verdict[earlier.id], new.verdict[later.id]
    if earlier.id != later.id:
        yield Step(Cause.RENAMED, f"from {earlier.id} to {later.id}", state, state)
    if after.ended and later.ended and not old.verdict[earlier.id].ended:
        left = f"it left the plan: {later.ended.why} on {in_words(later.ended.date)}"
        yield Step(Cause.REMOVED, left, state, state)
    steps = list(_data_steps(now, goal, _moves(earlier, later, old, new)))
    aged = judge_indicator(now, new.as_of, within) if steps else after
    if aged.ruling != state.ruling:
        yield Step(
            Cause.TIME_PASSED, f"from {in_words(old.as_of)} to {in_words(new.as_of)}", state, aged
        )
    state = aged
    for number, (cause, detail, apply) in enumerate(steps, 1):
        now = apply(now)
        last = number == len(steps)
        following = after if last else judge_indicator(now, new.as_of, within)
        yield Step(cause, detail, state, following)
        state = following


def _moves(
    earlier: Indicator, later: Indicator, old: Assessment, new: Assessment
) -> tuple[Move, ...]:
    """The entries of the ledger on an indicator that one state has and the other has not."""
    return _fresh(old.verdict[earlier.id].moved, new.verdict[later.id].moved, earlier.revisions)


DataChange = tuple[Cause, str, Callable[[Indicator], Indicator]]


def _data_steps(now: Indicator, goal: Indicator, moves: Sequence[Move]) -> Iterator[DataChange]:
    """What was changed in the data, each with the change itself.

    *moves* are the ledger's entries that came into force between the states, or will later.
    """
    for name in MEASURED:
        old, new = getattr(now, name), getattr(goal, name)
        if old != new:
            detail = f"{name} from {_said(old)} to {_said(new)}"
            yield Cause.DEFINITION_CHANGED, detail, _setting(**{name: new})
    if detail := _differing(now.baseline, goal.baseline, FIGURE):
        detail = _with_reason(detail, _reasons(moves, "baseline."))
        yield Cause.BASELINE_REVISED, detail, _setting(baseline=goal.baseline)
    if detail := _differing(now.target, goal.target, TARGET):
        detail = _with_reason(detail, _reasons(moves, "target."))
        yield Cause.TARGET_CHANGED, detail, _setting(target=goal.target)
    if now.milestones != goal.milestones:
        detail = _with_reason("the milestones", _reasons(moves, "milestones"))
        yield Cause.TARGET_CHANGED, detail, _setting(milestones=goal.milestones)
    for entry, in_force in moves:
        if not in_force:
            change = f"{entry.what} from {_said(entry.was)} to {_said(entry.now)}"
            yield Cause.TARGET_CHANGED, _with_reason(change, _reason(entry)), _setting()
    yield from _observations(now, goal)


def _fresh(old: Sequence[Move], new: Sequence[Move], known: Sequence[Revision]) -> tuple[Move, ...]:
    """The entries that hold in the new state and not in the old, or are new and to come."""
    held = [entry for entry, in_force in old if in_force]
    return tuple(move for move in new if move.entry not in (held if move.in_force else known))


def _with_reason(change: str, why: str) -> str:
    return f"{change} ({why})" if why else change


def _reasons(moves: Sequence[Move], part: str) -> str:
    """Why a part of the promise is another one, as far as the ledger tells."""
    told = [_reason(entry) for entry, held in moves if held and entry.what.startswith(part)]
    return "; ".join(dict.fromkeys(told))


def _reason(entry: Revision) -> str:
    """From when an entry holds, and why it was made."""
    if entry.correction:
        return f"a correction of {in_words(entry.date)}: {entry.why}"
    return f"in force from {day_in_words(entry.date.last_day)}: {entry.why}"


BUDGET = ("planned", "spent", "currency", "funder")
"""What a budget says."""


def _setting(**fields: Any) -> Callable[[Indicator], Indicator]:
    return lambda indicator: replace(indicator, **fields)


def _said(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return "nothing" if value is None or value == "" else str(value).lower()


def _differing(old: object, new: object, names: Iterable[str]) -> str:
    return "; ".join(
        f"{name} from {_said(before)} to {_said(after)}"
        for name, before, after in differences(old, new, names)
    )


def _observations(now: Indicator, goal: Indicator) -> Iterator[DataChange]:
    """Figures revised, removed and new, by their period."""
    old = {figure.period: figure for figure in now.observations}
    new = {figure.period: figure for figure in goal.observations}

    def changed(cause: Cause, when: Period, what: str, *figures: Observation) -> DataChange:
        return cause, f"{in_words(when)}: {what}", _putting(when, *figures)

    for when, figure in new.items():
        if when in old and (detail := _differing(old[when], figure, FIGURE)):
            yield changed(Cause.OBSERVATION_REVISED, when, detail, figure)
        elif when in old and "break" in {*figure.marks} ^ {*old[when].marks}:
            yield changed(Cause.OBSERVATION_REVISED, when, "the series break", figure)
    for when in old:
        if when not in new:
            yield changed(Cause.OBSERVATION_REMOVED, when, _figure(old[when]))
    for when, figure in new.items():
        if when not in old:
            yield changed(Cause.NEW_OBSERVATION, when, _figure(figure), figure)


_ENDS = {"value": "", "low": "at least ", "high": "at most "}
"""What stands before a part of a figure, in place of its name."""


def _figure(seen: Observation) -> str:
    given = ((name, getattr(seen, name)) for name in FIGURE[1:7])
    return ", ".join(
        f"{_ENDS.get(name, f'{name} ')}{_said(value)}" for name, value in given if value is not None
    )


def _putting(when: Period, *figures: Observation) -> Callable[[Indicator], Indicator]:
    """Put figures in the place of those of a period; none take them away."""

    def apply(indicator: Indicator) -> Indicator:
        others = (figure for figure in indicator.observations if figure.period != when)
        in_time = sorted([*others, *figures], key=lambda figure: figure.period.end)
        return replace(indicator, observations=tuple(in_time))

    return apply


def _action(
    earlier: Action | None, later: Action | None, old: Assessment, new: Assessment
) -> Iterator[ActionChange]:
    """What became of an action, a line for each thing."""
    if earlier and later:
        yield from _both(earlier, later, _standing(old, earlier), _standing(new, later))
    elif earlier:
        yield ActionChange(earlier.id, earlier.title, "removed", "", "", earlier.lead)
    elif later:
        yield ActionChange(later.id, later.title, "added", "", "", later.lead)


def _both(
    earlier: Action, later: Action, before: Standing, after: Standing
) -> Iterator[ActionChange]:
    """What became of an action that is in both states."""

    def told(change: str, was: object = "", now: object = "") -> ActionChange:
        return ActionChange(later.id, later.title, change, str(was), str(now), later.lead)

    if earlier.id != later.id:
        yield told("renamed", earlier.id, later.id)
    if before.grade != after.grade:
        yield told("regraded", before.grade, after.grade)
    moves = _fresh(before.moved, after.moved, earlier.revisions)
    was, now = earlier.due or earlier.timescale, later.due or later.timescale
    if was != now:
        yield told("re-dated", was, now)._replace(why=_reasons(moves, "due"))
    yield from (
        told("re-dated", entry.was, entry.now)._replace(why=_reason(entry))
        for entry, in_force in moves
        if not in_force
    )
    yield from (
        told("re-budgeted", f"{name} {_said(old)}", f"{name} {_said(new)}")
        for name, old, new in differences(earlier.budget, later.budget, BUDGET)
    )
    if earlier.lead != later.lead:
        yield told("re-led", ", ".join(earlier.lead), ", ".join(later.lead))
    if after.ended and not before.ended and later.ended:
        yield told("ended", now=later.ended.why)
    fresh = [str(year) for year in later.years if year not in earlier.years]
    if fresh and earlier.years:
        yield told("carried forward", ", ".join(map(str, earlier.years)), ", ".join(fresh))
    if before.overdue != after.overdue:
        yield told("overdue" if after.overdue else "no longer overdue")


def _standing(assessment: Assessment, action: Action) -> Standing:
    return next(standing for standing in assessment.standings if standing.action is action)
