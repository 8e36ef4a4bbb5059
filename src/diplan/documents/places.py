"""A row about a place as the table of venues has it."""

import re
from collections.abc import Callable
from contextlib import suppress

from diplan.checks.venues import POSTCODE
from diplan.documents.context import Context, kept, noted
from diplan.documents.register import line_of, new_id
from diplan.documents.rows import FoundRow
from diplan.files.yaml.plain import Plain
from diplan.ground.errors import BadTextError
from diplan.ground.figure import number
from diplan.ground.hours import hours
from diplan.plan.plan import HOME

_YES = frozenset({"yes", "y", "true", "free", "available", "✓", "✔"})
_NO = frozenset({"no", "n", "false", "none", "not available", "✗", "✘"})
COUNTS = ("public_computers", "quick_use_computers", "suite_computers", "laptops")
ANSWERS = ("wifi", "staff_support", "booking")


def place(row: FoundRow, context: Context, _: str) -> dict[str, Plain]:
    """The cells of a place, but for its id."""
    name = line_of(row.text("name"))
    values: dict[str, str | None] = {"name": name}
    kind = row.text("type")
    library = "library" if re.search(r"\blibrary\b", name.lower()) else "place"
    values["type"] = new_id(kind, (), "place") if kind else library
    for key in ("organisation", "address_1", "city", "accessibility"):
        values[key] = line_of(row.text(key))
    for key in COUNTS:
        values[key] = _read(row, context, key, _count, "a whole number")
    for key in ANSWERS:
        values[key] = _read(row, context, key, _answer, "yes or no")
    values["postal_code"] = _read(
        row, context, "postal_code", lambda text: _postcode(text, context), "a postcode"
    )
    values["opening_hours"] = _read(row, context, "opening_hours", _hours, "in the form of hours")
    values["url"] = _read(row, context, "url", _url, "a web address")
    values |= _coordinates(row, context)
    values["source"] = context.source
    notes = noted(row.extra + row.said.get("notes", []), [f"From {context.at(row)}"])
    values["notes"] = notes.replace("\n", "; ")
    return kept(values)


def _read(
    row: FoundRow, context: Context, key: str, read: Callable[[str], str | None], what: str
) -> str | None:
    """A cell as its column has it; what it does not allow becomes a note."""
    text = " ".join(row.text(key).split())
    if not text:
        return None
    known = read(text)
    if known is None:
        row.extra.append(row.said[key][0])
        said = f"not {what}, kept as a note"
        context.account.cell(row.where, row.header(key), text, said)
    return known


def _count(text: str) -> str | None:
    bare = text.replace(",", "")
    return str(int(bare)) if re.fullmatch(r"\d{1,6}", bare, re.ASCII) else None


def _answer(text: str) -> str | None:
    said = text.lower()
    return "yes" if said in _YES else "no" if said in _NO else None


def _postcode(text: str, context: Context) -> str | None:
    if context.plan.cover.country != HOME:
        return line_of(text)
    bare = re.sub(r"\s", "", text).upper()
    tidied = f"{bare[:-3]} {bare[-3:]}"
    return tidied if POSTCODE.fullmatch(tidied) else None


def _hours(text: str) -> str | None:
    """Opening hours in their form, or as the form that they are known to mean."""
    try:
        hours(text)
    except BadTextError as error:
        meant = error.hint.removeprefix("write ")
        with suppress(BadTextError):
            hours(meant)
            return meant
        return None
    return text


def _url(text: str) -> str | None:
    address = text if re.match(r"https?://", text) else f"https://{text}"
    return address if re.fullmatch(r"https?://[^\s<>\"'`]+\.[^\s<>\"'`]+", address) else None


def _coordinates(row: FoundRow, context: Context) -> dict[str, str | None]:
    """Both coordinates, or neither."""
    given = {key: row.text(key).strip() for key in ("latitude", "longitude")}
    with suppress(BadTextError):
        north, east = number(given["latitude"]), number(given["longitude"])
        british = 49 <= north <= 61 and -9 <= east <= 2
        if british or context.plan.cover.country != HOME:
            return {**given}
    for key, text in given.items():
        if text:
            row.extra.append(row.said[key][0])
            what = "not a pair of coordinates in the country, kept as a note"
            context.account.cell(row.where, row.header(key), text, what)
    return {}
