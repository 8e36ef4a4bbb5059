"""What may be written for each type of value, as JSON Schema.

A value is as a reader of YAML 1.2 has it: `2018` is a number to it, and may stand for a period.
`errorMessage` and `enumDescriptions` are words of editors, and others pass them over.
"""

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter

from diplan.ground.figure import LONGEST_NUMBER
from diplan.ground.period import FIRST_YEAR, FORMS, LAST_YEAR
from diplan.plan.action import Due
from diplan.plan.base import (
    MOST_PER_CENT,
    Code,
    Id,
    Line,
    NotNegative,
    Number,
    PerCent,
    Positive,
    PositivePerCent,
    Text,
    TrueOrFalse,
    Url,
    When,
)
from diplan.plan.fields.shape import form
from diplan.plan.plan import Area
from diplan.plan.vocabulary import WORDS
from diplan.plan.website import COLOUR_FORM, LOGO_FORM, LogoName, WebColour

Schema = dict[str, Any]


def words_of(words: Sequence[str]) -> Schema:
    """One of several words, each with what it means."""
    told = [WORDS[word] for word in words]
    return {"type": "string", "enum": list(words), "enumDescriptions": told}


def _written(hint: str, *types: str, **limits: Any) -> Schema:
    """A value of some types; *hint* goes on after 'write', and up to its colon it is the title."""
    title = hint.partition(":")[0].capitalize()
    return {"title": title, "type": list(types), **limits, "errorMessage": f"write {hint}"}


def _text(hint: str, alias: Any, *types: str, **more: int) -> Schema:
    """A text within its limits; what has another type to others is read as it is written."""
    limits = TypeAdapter(alias).json_schema()
    given = {key: limits[key] for key in ("minLength", "maxLength", "pattern") if key in limits}
    return _written(hint, "string", *types, **more, **given)


def _number(hint: str, **limits: int) -> Schema:
    """A number; in quotes it is one, too, but of a size that no schema can tell."""
    pattern = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"
    limits["maxLength"] = LONGEST_NUMBER
    return _written(hint, "string", "number", **limits, pattern=pattern)


def _period(hint: str) -> Schema:
    year = "(19|20|21)[0-9]{2}"
    month = "(0[1-9]|1[0-2])"
    day = "(0[1-9]|[12][0-9]|3[01])"
    part = "-(Q[1-4]|H[12])"
    single = f"(AY{year}/[0-9]{{2}}|{year}(/[0-9]{{2}})?({part})?|{year}-{month}(-{day})?)"
    pattern = f"^{single}([.][.]{single})?$"
    within = {"minimum": FIRST_YEAR, "maximum": LAST_YEAR}
    return _written(hint, "string", "integer", **within, pattern=pattern)


def _besides(title: str, *types: str) -> Schema:
    """Lets values of these types pass; said by `type`, editors would propose them."""
    every = ("array", "boolean", "null", "number", "object", "string")
    return {"title": title, "not": {"type": [name for name in every if name not in types]}}


VALUES: dict[str, Schema] = {
    "id": _text(
        "an id: small letters and digits, with hyphens between words", Id, "integer", minimum=0
    ),
    "line": _text("a text of one line", Line, "number"),
    "text": _text("a text", Text, "number"),
    "period": _period(f"a period: {FORMS}"),
    "due": {
        "anyOf": [
            _period(f"a period, to-be-confirmed or ongoing: {FORMS}"),
            words_of(form(Due).words),
        ]
    },
    "number": _number("a number in digits only, such as 1300 or 12.5"),
    "positive": _number("a number above 0, in digits only", exclusiveMinimum=0),
    "change": _number(
        f"a number above 0, at most {MOST_PER_CENT}", exclusiveMinimum=0, maximum=MOST_PER_CENT
    ),
    "per-cent": _number("a number from 0 to 100", minimum=0, maximum=100),
    "flag": _written("true or false", "boolean", "string", pattern="^(true|false)$"),
    "not-negative": _number("a number of 0 or more, in digits only", minimum=0),
    "area": _text("an area's code: in GB a letter and eight digits, such as E06000021", Line),
    "code": _text("a code in capital letters, such as GB or GBP", Code),
    "colour": _written(
        'a colour: six hexadecimal digits in quotes, such as "#005eb8"',
        "string",
        pattern=COLOUR_FORM,
    ),
    "logo": _written(
        "the name of an svg or png beside the folder data, such as logo.svg",
        "string",
        pattern=LOGO_FORM,
    ),
    "url": _written(
        "a web address: it begins with https:// and has no blanks",
        "string",
        maxLength=500,
        pattern="^https?://[^\\s<>\"'`]*$",
    ),
    "empty": _besides("Nothing", "null"),
    "no-text": _besides("Nothing, or true or false as a text", "boolean", "null"),
}
"""What may be written, by the type of value."""

NAMES: dict[Any, str] = {
    Id: "id", Line: "line", Text: "text", When: "period", Due: "due", Number: "number",
    Positive: "positive", PositivePerCent: "change", PerCent: "per-cent", TrueOrFalse: "flag",
    Area: "area", NotNegative: "not-negative", Code: "code", Url: "url",
    WebColour: "colour", LogoName: "logo",
}  # fmt: skip
"""Which of them a field's type is."""
