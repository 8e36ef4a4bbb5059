"""Reminders: a letter to each service, ready to be sent, with what it owes and how to answer.

Those who get one have no diplan, so it names no command.
"""

from collections.abc import Iterator, Sequence
from textwrap import fill, wrap

from diplan.ground.english import day_in_words, in_words
from diplan.judge.due import Owed, OwedKind
from diplan.report import wording
from diplan.report.due import DueView, lateness, what

WIDTH = 72
"""Characters of a line, as plain e-mail has them."""

RULE = "=" * WIDTH
"""Stands between two letters."""

NOBODY = ""


def letters(view: DueView, only: str | None = None) -> str:
    """The letters, one for each service in the plan's order; what nobody is named for is last.

    *only* is the one service that gets a letter, where there is but one.
    """
    owing = {name for item in view.items for name in item.services if only in (None, name)}
    names = [service.id for service in view.plan.services if service.id in owing]
    letters_of = [(name, [item for item in view.items if name in item.services]) for name in names]
    letters_of.append((NOBODY, [item for item in view.items if not item.services]))
    texts = ["\n".join(_letter(name, items, view)) for name, items in letters_of if items]
    return f"\n\n{RULE}\n\n".join(texts) + "\n" if texts else ""


def _letter(name: str, items: Sequence[Owed], view: DueView) -> Iterator[str]:
    title, day = view.plan.cover.title, day_in_words(view.as_of.last_day)
    overdue = sum(item.overdue for item in items)
    yield f"Subject: {title}: {overdue} of {len(items)} late on {day}"
    yield ""
    if name is NOBODY:
        yield "To whoever keeps the plan"
        said = f"As of {day}, the plan waits for the following, and names nobody to ask."
    else:
        yield f"To {wording.services([name], view.plan)}"
        said = f"As of {day}, the plan waits for the following from you."
    yield ""
    yield fill(f"{said} That includes what is due by {day_in_words(view.horizon)}.", WIDTH)
    parts = (
        ("Late", [item for item in items if item.overdue]),
        ("Due next", [item for item in items if item.due and not item.overdue]),
        ("Without a date: please say by when", [item for item in items if not item.due]),
    )
    for heading, owed in parts:
        if owed:
            yield f"\n{heading}\n"
            for item in owed:
                yield from _item(item, name, view)
    yield ""
    yield from _answer(items, view)


def _item(item: Owed, name: str, view: DueView) -> Iterator[str]:
    when = ""
    if item.due:
        when = f" Due {day_in_words(item.due.last_day)}, {lateness(item, view.as_of)}."
    others = wording.services([service for service in item.services if service != name], view.plan)
    beside = f" Together with: {others}." if others else ""
    last = f" The last one is of {in_words(item.last)}." if item.last else ""
    yield from wrap(
        f"{what(item)}.{when}{last}{beside}", WIDTH, initial_indent="- ", subsequent_indent="  "
    )


def _answer(items: Sequence[Owed], view: DueView) -> Iterator[str]:
    """How to answer."""
    yield "How to answer"
    yield ""
    kinds = {item.kind for item in items}
    wanted = []
    if kinds & {OwedKind.FIGURE, OwedKind.BASELINE}:
        wanted.append("each figure with its period and where it is printed")
    if OwedKind.UPDATE in kinds:
        grades = wording.either(view.plan.cover.grades)
        wanted.append(f"how each action stands ({grades}) and how one can tell")
    if kinds & {OwedKind.DATE, OwedKind.REVIEW}:
        wanted.append("each date that is missing")
    if OwedKind.ANSWER in kinds:
        wanted.append("what was answered, and when")
    back = f"Send back {'; '.join(wanted)}. An answer to this message is enough."
    missing = "Where there is no figure, say why: not collected, or not there yet."
    yield fill(back + (f" {missing}" if OwedKind.FIGURE in kinds else ""), WIDTH)
