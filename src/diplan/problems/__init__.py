"""Problems: what is wrong with the data, as values that every stage adds and none raises.

A check names a `Place`; `files.load`, which holds the texts, turns it into a `Span`. The pages that
explain each code, with an example that the tests run, are in `problems.md` beside this file.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from diplan.ground.text import START, NamedText, Span


class Severity(StrEnum):
    """An error makes a verdict wrong or impossible; a warning makes a plan hard to trust.

    Advice says what makes a plan hard to hold to account. It is given only when asked for.
    """

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


_ERROR, _WARNING, _ADVICE = Severity

CODES: dict[str, Severity] = {
    # the file
    "missing-file": _ERROR,
    "unreadable-file": _ERROR,
    "too-large": _ERROR,
    "not-utf-8": _ERROR,
    "unsafe-character": _ERROR,
    "unknown-file": _WARNING,
    # YAML
    "yaml-syntax": _ERROR,
    "merge-conflict": _ERROR,
    "several-documents": _ERROR,
    "anchor": _ERROR,
    "alias": _ERROR,
    "merge-key": _ERROR,
    "tag": _ERROR,
    "duplicate-key": _ERROR,
    "ambiguous-word": _ERROR,
    "too-deep": _ERROR,
    "too-many-items": _ERROR,
    # CSV
    "csv-syntax": _ERROR,
    "unknown-column": _ERROR,
    "missing-column": _ERROR,
    "repeated-column": _ERROR,
    "ragged-row": _ERROR,
    # keys and values
    "missing-key": _ERROR,
    "unknown-key": _ERROR,
    "wrong-type": _ERROR,
    "not-a-number": _ERROR,
    "not-a-period": _ERROR,
    "not-an-id": _ERROR,
    "not-in-list": _ERROR,
    "not-allowed": _ERROR,
    # names
    "duplicate-id": _ERROR,
    "unknown-priority": _ERROR,
    "unknown-outcome": _ERROR,
    "unknown-corporate-priority": _ERROR,
    "unknown-service": _ERROR,
    "unknown-source": _ERROR,
    "unknown-indicator": _ERROR,
    "unknown-action": _ERROR,
    "unknown-grade": _ERROR,
    "unknown-segment": _ERROR,
    "self-reference": _ERROR,
    # figures and series
    "no-figure": _ERROR,
    "figure-contradicts": _ERROR,
    "figure-out-of-bounds": _ERROR,
    "without-source": _WARNING,
    "double-period": _ERROR,
    "period-out-of-order": _WARNING,
    "overlapping-periods": _ERROR,
    "running-total-falls": _ERROR,
    "derived-parts": _ERROR,
    "derived-cycle": _ERROR,
    "stale-observation": _WARNING,
    # targets
    "relative-without-baseline": _ERROR,
    "baseline-without-period": _ERROR,
    "zero-baseline": _ERROR,
    "target-before-baseline": _ERROR,
    "target-out-of-bounds": _ERROR,
    "unit-not-per-cent": _ERROR,
    "target-without-date": _WARNING,
    "path-not-geometric": _WARNING,
    "milestone-value": _ERROR,
    "milestone-without-target": _WARNING,
    "milestone-out-of-place": _WARNING,
    "milestone-off-course": _WARNING,
    # profiles
    "shares-do-not-add-up": _ERROR,
    "subtotal-differs": _WARNING,
    # actions and priorities
    "plan-ends-before-start": _ERROR,
    "grade-without-meaning": _ERROR,
    "scale-without-done": _WARNING,
    "house-rule-order": _WARNING,
    "low-contrast": _ERROR,
    "empty-priority": _WARNING,
    "action-without-lead": _ERROR,
    "overdue-without-update": _WARNING,
    "update-not-counted": _WARNING,
    "review-overdue": _WARNING,
    "ongoing-without-since": _WARNING,
    "continues-without-due": _WARNING,
    "budget-without-currency": _ERROR,
    "year-outside-plan": _WARNING,
    # the ledger, and the plan against an earlier state
    "revision-chain-broken": _WARNING,
    "not-in-force-yet": _WARNING,
    "unrecorded-change": _ERROR,
    "revision-mismatch": _ERROR,
    "deleted-history": _ERROR,
    "backdated-revision": _WARNING,
    "quiet-change": _WARNING,
    "earlier-unreadable": _WARNING,
    # free text and places
    "personal-data": _WARNING,
    "coordinates-out-of-country": _ERROR,
    "postcode-form": _ERROR,
    "opening-hours-form": _WARNING,
    # advice
    "no-baseline": _ADVICE,
    "no-target-date": _ADVICE,
    "direction-only": _ADVICE,
    "proxy-baseline": _ADVICE,
    "measure-without-indicator": _ADVICE,
    "unmeasured-gap": _ADVICE,
    "unmeasured-milestone": _ADVICE,
    "calendar-quarter": _ADVICE,
    "undated-action": _ADVICE,
    "money-without-date": _ADVICE,
    "unmeasured-action": _ADVICE,
    "open-ended-verb": _ADVICE,
    "one-lead": _ADVICE,
}
"""Every code there is, in the order of the documentation. A code is never renamed."""


KeyPath = tuple[str | int, ...]
"""Keys, and positions in lists from 0, that lead to a value: `("target", "due")`."""

Where = Callable[["Place"], str]
"""Turns a place in a plan into `file:line`."""


class Place(NamedTuple):
    """Where in the plan something is: `Place("indicators", 3, ("target", "due"))`.

    `item` counts the entities of a section as the plan holds them, over all its files.
    """

    section: str
    item: int = 0
    path: KeyPath = ()


class Finding(NamedTuple):
    """A problem whose place is still symbolic: what a check yields."""

    code: str
    message: str
    place: Place
    hint: str = ""


class Problem(NamedTuple):
    """A problem with its place in a file. `source` is None where the file has no text to show."""

    code: str
    message: str
    file: str
    span: Span = START
    hint: str = ""
    path: KeyPath = ()
    source: NamedText | None = None

    @property
    def severity(self) -> Severity:
        """How much it matters; a code always has the same severity."""
        return CODES[self.code]


class Page(NamedTuple):
    """What there is to say of a code; the example shows its wrong (`-`) and right (`+`) lines."""

    code: str
    text: str
    file: str
    example: str

    def side(self, sign: str) -> str:
        """The example's file with only the wrong (`-`) or only the right (`+`) lines."""
        other = "+" if sign == "-" else "-"
        lines = [line for line in self.example.splitlines() if not line.startswith(other)]
        return "\n".join(line[1:] for line in lines) + "\n"


@lru_cache(maxsize=1)
def pages() -> dict[str, Page]:
    """The page of every code, in the documentation's order."""
    text = (Path(__file__).parent / "problems.md").read_text(encoding="utf-8")
    by_code: dict[str, Page] = {}
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        code, _, rest = section.partition("\n")
        before, _, fenced = rest.partition("```diff ")
        head, _, after = fenced.partition("\n")
        example, _, tail = after.partition("\n```")
        said = "\n\n".join(part for part in (before.strip(), tail.strip()) if part)
        by_code[code.strip()] = Page(code.strip(), said, head.strip(), example)
    return by_code
