"""What was meant by a value that its place cannot take, where there is nothing to decide.

A value that is fine means itself, and nothing is said of it. Texts are never touched.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from diplan.ground.errors import BadTextError
from diplan.ground.figure import number, typed
from diplan.ground.period import meant, period
from diplan.plan.fields.slots import Slot

KeyChange = Mapping[str | int, Any]
"""What is to stand in the place of a key and its value, key by key."""

_FLAGS = {
    "yes": True, "y": True, "true": True, "on": True,
    "no": False, "n": False, "false": False, "off": False,
}  # fmt: skip
_WORDS = {"flag": {True: "true", False: "false"}, "answer": {True: "yes", False: "no"}}

_PER_CENT = ("percent", "points", "approximate_within", "green", "amber")
"""Keys whose number is one of per cent or of points, whatever the unit."""

_WRAPPED = re.compile(r"[“”„‘’‚](.*)[“”‘’]|\"(.*)\"|'(.*)'", re.DOTALL)

NOT_YET = "to-be-confirmed"


def correction(
    slot: Slot,
    written: str,
    beside: Mapping[str, Any],
    unit: str | None,
    years: str = "financial",
) -> KeyChange | None:
    """The keys that say what was meant; None where the value is fine, or is not clear.

    *beside* are the keys and values of the record that it stands in, *unit* is that of its
    indicator, *years* the plan's kind of year. A change without the slot's own key replaces that
    key.
    """
    if slot.kind in ("text", ""):
        return None
    key, bare = slot.path[-1], _bare(written)
    match slot.kind:
        case "number" | "count":
            return _number(slot, written, bare, beside, unit)
        case "period":
            new = _period(slot, written, bare, years)
        case "flag" | "answer":
            words = _WORDS[slot.kind]
            flag = _FLAGS.get(bare.lower())
            new = None if flag is None or written in words.values() else words[flag]
        case "word":
            new = _word(slot, written, bare)
        case "code":
            letters = re.fullmatch(r"[A-Za-z]{2,3}", bare)
            new = bare.upper() if letters and bare.upper() != written else None
        case "record":
            unknown = slot.path == ("baseline",) and _missing(bare) == NOT_YET
            return {key: {"missing": NOT_YET}} if unknown else None
        case _:
            new = bare if bare != written else None
    return {key: new} if new else None


def _bare(written: str) -> str:
    """A value without the quotes around it that YAML does not know, and without hard blanks."""
    text = written.replace("\u00a0", " ").strip()
    match = _WRAPPED.fullmatch(text)
    return (
        next((part.strip() for part in match.groups() if part is not None), text) if match else text
    )


def _number(
    slot: Slot, written: str, bare: str, beside: Mapping[str, Any], unit: str | None
) -> KeyChange | None:
    if _reads(number, written):
        return None
    key, parts = slot.path[-1], typed(bare) or {}
    share = key in _PER_CENT or unit == "per cent"
    if re.search(r"%|cent|point", bare.lower()) and not share:
        return None  # a share in a column of counts is for somebody to look at
    if "£" in bare and share:
        return None
    if list(parts) == ["value"]:
        whole = slot.kind == "number" or parts["value"].isdecimal()
        return {key: parts["value"]} if whole else None
    if key != "value" or not {"missing", "approximate"} <= slot.beside:
        return None
    if list(parts) == ["value", "approximate"] and beside.get("approximate") in (None, "true"):
        return parts  # type: ignore[return-value]
    alone = not beside.keys() & {"low", "high", "numerator", "denominator", "missing"}
    reason = _missing(bare)
    return {"missing": reason} if reason and alone and not beside.get("approximate") else None


def _missing(bare: str) -> str | None:
    """Why there is no figure; `none` is left alone, since it may have been a 0."""
    return (typed(bare) or {}).get("missing") if bare.lower() != "none" else None


def _reads(read: Callable[[str], object], written: str) -> bool:
    """Whether a value is fine as it is written."""
    try:
        read(written)
    except BadTextError:
        return False
    return True


def _period(slot: Slot, written: str, bare: str, years: str) -> str | None:
    if written in slot.words or _reads(period, written):
        return None
    return _word(slot, written, bare) or meant(bare, years)


def _word(slot: Slot, written: str, bare: str) -> str | None:
    """A word of those that may stand here, but for quotes, capitals and blanks; or 'TBC'."""
    if written in slot.words:
        return None
    for word in (bare.lower().replace(" ", "-"), _missing(bare)):
        if word in slot.words:
            return word
    return None
