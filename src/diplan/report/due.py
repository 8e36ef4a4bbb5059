"""What is due: what is owed to a plan, from whom, by when, and how late it is."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from diplan.ground.english import day_in_words, in_or_on, in_words
from diplan.ground.period import Period, date_at
from diplan.judge.due import Owed, OwedKind
from diplan.plan import Plan
from diplan.report import wording
from diplan.report.document import Cell, Column, Document, Section, Table

SCHEMA = "diplan/due/1"

COLUMNS = (
    Column("what", "What is owed", width=30),
    Column("from", "From", width=15),
    Column("due", "Due", width=16),
    Column("late", "When", width=13),
)

MOST_PERIODS = 3
"""How many periods of one figure are named before the others are counted."""

SAID = {
    OwedKind.FIGURE: "figure",
    OwedKind.BASELINE: "baseline",
    OwedKind.UPDATE: "update",
    OwedKind.DATE: "date",
    OwedKind.REVIEW: "review",
    OwedKind.ANSWER: "answer",
}
"""What one thing of a kind is called."""


class DueView(NamedTuple):
    """What is owed to a plan at a moment, looking ahead; `items` may be a part of `whole`."""

    plan: Plan
    as_of: Period
    until: Fraction
    whole: Sequence[Owed]
    items: Sequence[Owed]

    @property
    def horizon(self) -> date:
        """The last day that is looked ahead to."""
        return date_at(self.until)


class Event(NamedTuple):
    """A day in a calendar. The same thing that is owed always has the same `uid`."""

    uid: str
    day: date
    summary: str
    description: str


def due(view: DueView) -> Document:
    """The report of `diplan due`."""
    overdue = [item for item in view.items if item.overdue]
    ahead = [item for item in view.items if item.due and not item.overdue]
    undated = [item for item in view.items if not item.due]
    parts = ("Late", overdue), ("Due next", ahead), ("Without a date", undated)
    return Document(
        f"{view.plan.cover.title}: what is due",
        list(headline(view)),
        [
            Section(title, [Table(COLUMNS, [_row(item, view) for item in items])])
            for title, items in parts
            if items
        ],
        lambda: {
            "schema": SCHEMA,
            "plan": view.plan.cover.id,
            "as_of": view.as_of.text,
            "until": view.horizon.isoformat(),
            "items": [_record(item, view.as_of) for item in view.items],
            "summary": {
                "overdue": len(overdue),
                "of": len(view.items),
                "without_a_date": len(undated),
                "whole": len(view.whole),
                "silent": silent_services(view),
            },
        },
        "items",
    )


def headline(view: DueView) -> Iterator[str]:
    """The moment, and how many of how many are late, by their kinds."""
    end, day = view.plan.cover.to, day_in_words(view.as_of.last_day)
    if not view.plan.is_running(view.as_of):
        yield f"As of {day}."
        yield f"The plan ended{f' {in_or_on(end)}' if end else ''}, so nothing is due."
        yield f"`diplan due --as-of {end}` says what was due at its end."
        return
    yield f"As of {day}, with what is due by {day_in_words(view.horizon)}."
    if len(view.items) < len(view.whole):
        yield f"{len(view.items)} of {wording.count(len(view.whole), 'thing')} shown."
    if not view.items:
        yield "Nothing is due."
        return
    late = Counter(item.kind for item in view.items if item.overdue)
    told = [wording.count(late[kind], SAID[kind]) for kind in OwedKind if late[kind]]
    undated = sum(not item.due for item in view.items)
    rest = f"; {undated} without a date" if undated else ""
    which = f" ({wording.listed(told)})" if told else ""
    are = "is" if late.total() == 1 else "are"
    yield f"{late.total()} of {len(view.items)} {are} late{which}{rest}."
    silent = silent_services(view)
    if silent and len(view.items) == len(view.whole):
        yield f"Nothing has come in for a year from: {wording.services(silent, view.plan)}."


def silent_services(view: DueView) -> list[str]:
    """The services that are late with something, and have sent nothing in for a year.

    What comes in is a figure for, or an update of, the last twelve months.
    """
    late = {name for item in view.items if item.overdue for name in item.services}
    since = view.as_of.end - 12
    sent = {
        name
        for indicator in view.plan.indicators
        for name in indicator.lead
        if any(since < seen.period.end <= view.as_of.end for seen in indicator.observations)
    } | {
        name
        for action in view.plan.actions
        for name in action.lead
        if any(since < update.date.end <= view.as_of.end for update in action.updates)
    }
    return [service.id for service in view.plan.services if service.id in late - sent]


def _row(item: Owed, view: DueView) -> list[Cell]:
    return [
        what(item),
        wording.services(item.services, view.plan) or wording.NONE,
        day_in_words(item.due.last_day) if item.due else wording.DASH,
        lateness(item, view.as_of) or wording.DASH,
    ]


def what(item: Owed) -> str:
    """What is owed, in words: `Figure for 2016/17: Claims made online`."""
    named = SAID[item.kind].capitalize()
    title = " ".join(item.title.split())
    if item.periods:
        return f"{named} for {periods(item.periods)}: {title}"
    return f"{named}: {title}"


def periods(times: Sequence[Period]) -> str:
    """The periods of a figure, or the first of them and how many more."""
    if len(times) <= MOST_PERIODS:
        return wording.listed(map(in_words, times))
    named = [in_words(when) for when in times[: MOST_PERIODS - 1]]
    return wording.listed([*named, f"{len(times) - len(named)} more"])


def days_late(item: Owed, as_of: Period) -> int | None:
    """Days since its last day, negative before; None where there is no date."""
    return (as_of.last_day - item.due.last_day).days if item.due else None


def lateness(item: Owed, as_of: Period) -> str:
    """How late it is, or how long there is; nothing where there is no date."""
    days = days_late(item, as_of)
    if days is None or item.due is None:
        return ""
    months = int(abs(as_of.end - item.due.end))
    if months >= 24:
        span = wording.count(months // 12, "year")
    else:
        span = wording.count(months, "month") if months else wording.count(abs(days), "day")
    return f"{span} late" if days > 0 else f"in {span}" if days else "now"


def _record(item: Owed, as_of: Period) -> dict[str, Any]:
    return {
        "kind": str(item.kind),
        "id": item.id,
        "title": item.title,
        "from": list(item.services),
        "periods": [when.text for when in item.periods],
        "due": item.due.last_day.isoformat() if item.due else None,
        "overdue": item.overdue,
        "days_late": days_late(item, as_of) if item.overdue else None,
        "when": lateness(item, as_of) or None,
        "last": item.last.text if item.last else None,
    }


def events(view: DueView) -> Iterator[Event]:
    """A day for each thing that has a date; when it is asked for again it is the same event."""
    known: Counter[str] = Counter()
    for item in view.whole:
        if item.due is None:
            continue
        day = item.due.last_day
        name = f"{item.kind}-{item.id}-{day.isoformat()}"
        known[name] += 1
        again = f"-{known[name]}" if known[name] > 1 else ""
        if any(item is shown for shown in view.items):
            uid = f"{name}{again}@{view.plan.cover.id}.diplan"
            yield Event(uid, day, what(item), _description(item, view))


def _description(item: Owed, view: DueView) -> str:
    owes = wording.services(item.services, view.plan) or "nobody is named"
    late = f"\nLate as of {day_in_words(view.as_of.last_day)}." if item.overdue else ""
    return f"From: {owes}\nFor: {view.plan.cover.title}{late}"
