"""The words of others for how an action stands, and what each means. The docs print the table."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from diplan.ground.english import capital
from diplan.plan.grade import Grade, Meaning

WORDS: dict[Meaning, tuple[str, ...]] = {
    Meaning.DONE: (
        "done", "complete", "completed", "achieved", "fully achieved", "fully complete", "finished",
        "closed", "delivered", "implemented", "met", "blue", "action complete", "embedded",
    ),
    Meaning.ON_COURSE: (
        "on track", "on target", "on course", "on schedule", "in progress", "underway",
        "under way", "progressing", "started", "ongoing", "in development", "green",
    ),
    Meaning.OFF_COURSE: (
        "slipped", "slipping", "delayed", "behind", "behind schedule", "off track", "off target",
        "at risk", "some concerns", "overdue", "amber", "red", "yellow", "amber red", "amber green",
    ),
    Meaning.MISSED: ("not achieved", "not met", "not delivered", "missed", "failed"),
    Meaning.NOT_STARTED: (
        "not started", "not yet started", "to start", "yet to start", "not begun", "not commenced",
        "not due", "not yet due", "planned",
    ),
    Meaning.PAUSED: ("paused", "on hold", "suspended", "deferred", "postponed"),
    Meaning.PROPOSED: ("proposed", "potential", "idea", "under consideration"),
}  # fmt: skip
"""What a status means, in any case and with or without hyphens."""

LETTERS = {"B": "Blue", "R": "Red", "A": "Amber", "G": "Green"}
"""What stands for a colour in a column of ratings."""

MEANING = {word: meaning for meaning, words in WORDS.items() for word in words}


class ReadStatus(NamedTuple):
    """A status as a grade of a scale, what it means, and what is said beside it."""

    grade: str
    means: Meaning
    evidence: str = ""


def normal(word: str) -> str:
    """A word of a scale without case, hyphens and full stops."""
    return " ".join(re.sub(r"[-–_/.]", " ", word.lower()).split())


def status(text: str, scale: Sequence[Grade]) -> ReadStatus | None:
    """The grade that a text gives: one of the scale, or a word whose meaning is known; else None.

    What follows the word after a colon, a dash or a full stop, or in brackets, is evidence.
    """
    said = " ".join(text.split())
    said = LETTERS.get(said.upper(), said)
    if known := _grade(said, scale):
        return known
    match = re.fullmatch(r"([^:(.;–]+?)\s*(?::|\.|;| [-–] |–|\()\s*(.+?)\)?", said)
    if match and (known := _grade(LETTERS.get(match[1], match[1]), scale)):
        return known._replace(evidence=match[2])
    return None


def _grade(word: str, scale: Sequence[Grade]) -> ReadStatus | None:
    same = normal(word)
    for entry in scale:
        if normal(entry.grade) == same and entry.means:
            return ReadStatus(entry.grade, entry.means)
    means = MEANING.get(same)
    return ReadStatus(capital(word), means) if means else None


def new_scale(
    scale: Sequence[Grade], wanted: Sequence[ReadStatus], *, used: bool
) -> list[dict[str, str]]:
    """The scale with the words that it lacks; without those that nobody uses, where none is used.

    Empty where it lacks none. A scale that replaces another keeps a grade for what is done.
    """
    known = {entry.grade for entry in scale}
    lacking = {seen.grade: seen.means for seen in wanted if seen.grade not in known}
    if not lacking:
        return []
    if used:
        entries = {entry.grade: entry.means for entry in scale if entry.means} | lacking
    else:
        entries = {seen.grade: seen.means for seen in wanted}
        if Meaning.DONE not in entries.values():
            done = [entry.grade for entry in scale if entry.means == Meaning.DONE][:1]
            entries |= dict.fromkeys(done, Meaning.DONE)
        order = list(Meaning)
        entries = dict(sorted(entries.items(), key=lambda entry: order.index(entry[1])))
    return [{"grade": grade, "means": means.value} for grade, means in entries.items()]
