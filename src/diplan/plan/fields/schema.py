"""The shape of the data files as JSON Schema, for editors: they complete the keys and explain them.

What a key means is told once, under the field of its record, and comes from there. The schemas are
of draft 2020-12, and use nothing that has another meaning in draft-07.
"""

import ast
import inspect
import json
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from diplan.plan.action import Due
from diplan.plan.base import Line, Text
from diplan.plan.fields.shape import Form, fields, forms, kinds
from diplan.plan.fields.values import NAMES, VALUES, Schema, words_of
from diplan.plan.plan import FILES as SECTIONS_OF
from diplan.plan.plan import GSS, HOME, NEEDED, SECTIONS, CoverSheet, Plan

FILES = tuple(name for name in SECTIONS_OF if name != "venues")
"""The files that have a schema: those in YAML."""


def schema(name: str) -> str:
    """The schema of a data file, as the text of a file of its own."""
    told = meanings(Plan)
    parts = {
        section: _described(told["cover" if section == "plan" else section], _section(section))
        for section in SECTIONS_OF[name]
    }
    used = set(re.findall(r"#/\$defs/([a-z-]+)", json.dumps(parts)))
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:diplan:schema:{name}:1",
        "title": f"data/{name}.yaml",
        "description": f"A file of a digital inclusion plan. It holds: {', '.join(parts)}.",
        "type": "object",
        "additionalProperties": False,
        "required": [section for section in parts if section in NEEDED],
        "properties": parts,
        "$defs": {key: value for key, value in VALUES.items() if key in used},
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _section(name: str) -> Schema:
    """One entity, or a list of them that may be empty."""
    shape = _record(SECTIONS[name])
    return shape if name == "plan" else _or_nothing(_list(shape))


def _record(record: Any) -> Schema:
    """An object with the fields of a record."""
    told, known = meanings(record), fields(record)
    names = dict(zip(known, record.__pydantic_fields__, strict=True))
    shape = {
        "title": re.sub(r"(?<=[a-z])(?=[A-Z])", " ", record.__name__).capitalize(),
        "type": "object",
        "additionalProperties": False,
        "required": [key for key, info in known.items() if info.is_required()],
        "properties": {
            key: _described(told[names[key]], _place(form)) for key, form in forms(record).items()
        },
        **(_AREA_IN_GB if record is CoverSheet else {}),
    }
    return _described(inspect.getdoc(record) or "", shape)


_AREA_IN_GB = {
    "if": {"properties": {"country": {"const": HOME}}},
    "then": {
        "properties": {
            "area": {
                "pattern": GSS,
                "errorMessage": "write a letter and eight digits, such as E06000021",
            }
        }
    },
}
"""What an area is in the home country, which is meant where none is given."""


def _target(records: Sequence[Any]) -> Schema:
    """A target of any kind: an object with the keys of all kinds, and which go with which.

    As alternatives they would say the same, but then editors propose the first of them only.
    """
    shapes = {kinds(record): _record(record) for record in records}
    keys: Schema = {}
    for shape in shapes.values():
        keys = {**shape["properties"], **keys}
    keys["kind"] = {**keys["kind"], **words_of([word for some in shapes for word in some])}
    rules = [
        {
            "if": {"properties": {"kind": {"enum": list(some)}}, "required": ["kind"]},
            "then": {
                "required": shape["required"],
                "properties": {key: False for key in keys if key not in shape["properties"]},
            },
        }
        for some, shape in shapes.items()
    ]
    return {
        "title": "Target",
        "type": "object",
        "additionalProperties": False,
        "required": ["kind"],
        "properties": keys,
        "allOf": rules,
    }


def _place(form: Form) -> Schema:
    """What may stand in a place."""
    if form.items:
        least = {"minItems": form.least} if form.least else {}
        several = {**_list(_place(form.items)), **least}
        return {"anyOf": [_value(form), several]} if form.types else several
    if len(form.records) > 1:
        return _target(form.records)
    if form.records:
        shape = _record(form.records[0])
        if form.types:
            return {"anyOf": [_value(form), shape]}
        return _or_nothing(shape) if form.optional else shape
    value = _value(form)
    nothing = "no-text" if form.types in ((Line,), (Text,)) else "empty"
    return {"anyOf": [value, {"$ref": f"#/$defs/{nothing}"}]} if form.optional else value


def _value(form: Form) -> Schema:
    """A single value that may stand in a place."""
    if form.words and not form.types:
        return words_of(form.words)
    return {"$ref": f"#/$defs/{NAMES[Due if form.words else form.types[0]]}"}


def _list(items: Schema) -> Schema:
    return {
        "type": "array",
        "items": items,
        "errorMessage": "write a list: an item a line, each after a hyphen",
    }


def _or_nothing(shape: Schema) -> Schema:
    """The same, or nothing: said in such a way that editors do not propose `null`."""
    rest = {key: value for key, value in shape.items() if key not in ("type", "errorMessage")}
    hint = shape.get("errorMessage", "write keys with their values beneath it")
    must = {"type": shape["type"], "errorMessage": hint}
    return {**rest, "if": {"not": {"type": "null"}}, "then": must}


def _described(text: str, shape: Schema) -> Schema:
    """A shape with what a person is told about it, first."""
    words = {"description": text.replace("`", "")}
    if "`" in text:
        words["markdownDescription"] = text
    return {**words, **shape, **words}


@cache
def meanings(record: type) -> dict[str, str]:
    """What stands under each field of a record, and of those that it extends."""
    told = {}
    for part in reversed(record.__mro__[:-1]):
        body = ast.parse(inspect.getsource(part)).body[0].body  # type: ignore[attr-defined]
        for pair in pairwise(body):
            match pair:
                case (
                    ast.AnnAssign(target=ast.Name(id=name)),
                    ast.Expr(value=ast.Constant(value=str(text))),
                ):
                    told[name] = " ".join(text.split())
    return told
