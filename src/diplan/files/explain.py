"""Validation errors in plain English: one message a mistake, with its place and its remedy."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from pydantic_core import ErrorDetails

from diplan.files.csvfile import CsvFile
from diplan.files.yaml.yamlfile import YamlFile
from diplan.ground.errors import BadTextError
from diplan.ground.text import did_you_mean, suggest
from diplan.plan.fields.shape import keys_in
from diplan.problems import KeyPath, Problem

UNKNOWN_KEY: Final = "unexpected_keyword_argument"

LONGEST = 300
"""Characters of a message: what was written may be much longer."""

Explanation = tuple[str, str, str]
"""A code, a message and a remedy."""

SYNONYMS = {
    "no-more-than": "at-most",
    "not-more-than": "at-most",
    "no-less-than": "at-least",
    "not-less-than": "at-least",
    "less-than": "fewer-than",
    "greater-than": "more-than",
    "decrease": "reduce",
    "decrease-by": "reduce-by",
    "grow-by": "increase-by",
    "half": "halve",
    "annual": "yearly",
    "annually": "yearly",
    "half-yearly": "six-monthly",
    "tbc": "to-be-confirmed",
    "n/a": "not-applicable",
    "closed-down": "closed",
    "complete": "done",
    "completed": "done",
    "on-track": "on-course",
    "delayed": "off-course",
    "on-hold": "paused",
}
"""Words that people write, and the plan's word for the same."""


def explained(
    file: YamlFile | CsvFile, base: KeyPath, record: Any, details: Sequence[ErrorDetails]
) -> Iterator[Problem]:
    """The problems of what stands at the path *base* of its file, which should be a *record*.

    Nothing is said of a place that was complained about already, of a key that is missing only
    because it is misspelt beside, nor of a list that is too short only because its items are wrong.
    """
    meant = {
        (*where, suggest(str(wrong), keys_in(record, where)))
        for *where, wrong in (detail["loc"] for detail in details if detail["type"] == UNKNOWN_KEY)
    }
    for detail in details:
        if detail["type"] == "missing" and detail["loc"] in meant:
            continue
        if detail["type"] == "too_short" and detail["input"]:
            continue
        kind = ("kind",) if "union_tag" in detail["type"] else ()
        path = (*base, *detail["loc"], *kind)
        span, bad = file.locate(path, key=detail["type"] == UNKNOWN_KEY)
        if not bad:
            code, message, hint = _worded(record, detail)
            rest = file.source.lines[span.line - 1][span.column - 1 :]
            if message.endswith("is empty") and rest.lstrip().startswith("#"):
                hint = "what follows # is a comment: put the text in double quotes"
            short = message if len(message) <= LONGEST else f"{message[:LONGEST]}…"
            yield Problem(code, short, file.source.name, span, hint, path, file.source)


def _worded(record: Any, detail: ErrorDetails) -> Explanation:
    """What a validation error says, by its type."""
    loc, value, context = detail["loc"], detail["input"], detail.get("ctx", {})
    name = next((part for part in reversed(loc) if isinstance(part, str)), "")
    if name and isinstance(loc[-1], int):
        name = f"an item of {name}"
    match detail["type"]:
        case "missing":
            return "missing-key", f'the key "{name}" is missing', f"add `{name}:`"
        case "union_tag_not_found":
            return "missing-key", 'the key "kind" is missing', "add `kind:`, such as `kind: halve`"
        case kind if kind == UNKNOWN_KEY:
            return _unknown_key(name, value, keys_in(record, loc[:-1]))
        case "literal_error" | "union_tag_invalid" | "enum":
            return _not_in_list(name, value, context)
        case _ if value is None:
            return _empty(detail["type"], name)
        case "value_error" if isinstance(error := context["error"], BadTextError):
            return error.code, str(error), error.hint
    return _unfit(detail, name, bool(keys_in(record, loc)))


def _empty(kind: str, name: str) -> Explanation:
    if not name:
        return "missing-key", "this item is empty", "write it, or delete its hyphen"
    choice = ", or delete the key" if kind == "tuple_type" else ""
    return "missing-key", f'"{name}" is empty', f"write its value{choice}"


def _unknown_key(name: str, value: object, keys: list[str]) -> Explanation:
    message = f'unknown key "{name}"'
    if name.isdigit():
        return "unknown-key", message, "a comma inside a number cuts it in two: leave it out"
    close = suggest(name, keys)
    if not close and value is None:
        hint = "a text with a comma in it needs double quotes inside brackets"
        return "unknown-key", message, hint
    return "unknown-key", message, did_you_mean(close, _listed(keys))


def _not_in_list(name: str, value: Any, context: dict[str, Any]) -> Explanation:
    """A word that is none of those that may stand here."""
    expected = str(context.get("expected") or context["expected_tags"])
    words = expected.replace(" or ", ", ").replace("'", "").split(", ")
    wrong = value.get("kind") if isinstance(value, dict) else value
    if wrong is None:
        return "missing-key", f'"{name}" is empty', _listed(words)
    if not isinstance(wrong, str):
        return "wrong-type", f'"{name}" is not one word', _listed(words)
    known = SYNONYMS.get(wrong.lower().replace(" ", "-"))
    close = known if known in words else suggest(wrong, words)
    message = f'"{wrong}" is not one of the words here'
    return "not-in-list", message, did_you_mean(close, _listed(words))


def _listed(words: Sequence[str]) -> str:
    return f"one of: {', '.join(words)}"


def _unfit(detail: ErrorDetails, name: str, has_keys: bool) -> Explanation:
    """A text of the wrong form, or something that is no text."""
    value, context = detail["input"], detail.get("ctx", {})
    match detail["type"]:
        case "string_pattern_mismatch" if "a-z0-9" in context["pattern"]:
            hint = "write small letters and digits with hyphens between words, such as work-clubs"
            return "not-an-id", f'"{value}" is not an id', hint
        case "string_pattern_mismatch" if "A-Z" in context["pattern"]:
            hint = "write its capital letters, such as GB for a country or GBP for a currency"
            return "not-allowed", f'"{value}" is not a code', hint
        case "string_pattern_mismatch":
            return "not-allowed", f'"{name}" runs over several lines', "write it on one line"
        case "string_too_long":
            most = context["max_length"]
            return "not-allowed", f'"{name}" has {len(value):,} characters', f"at most {most:,} fit"
        case "string_too_short":
            return _empty("", name)
        case "too_short":
            return "not-allowed", f'"{name}" has no items', "write at least one, or delete the key"
        case "tuple_type" if isinstance(value, str) and not has_keys:
            return "wrong-type", f'"{name}" is not a list', f"write `{name}: [{value}]`"
        case "tuple_type":
            return "wrong-type", f'"{name}" is not a list', "begin each item with a hyphen"
        case "string_type":
            return "wrong-type", f'"{name}" is not a text', "write one text here"
    if name == "target":
        hint = "write `target: {kind: ..., due: ...}`"
        return "wrong-type", '"target" needs keys of its own', hint
    what = f'"{name}"' if name else "this item"
    return "wrong-type", f"{what} needs keys of its own", "write `key: value` inside it"
