"""The schemas for editors say of the data's shape what the model says, and explain all of it."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import (  # type: ignore[import-untyped]
    Draft7Validator,
    Draft202012Validator,
)
from pydantic import TypeAdapter, ValidationError

from conftest import ROOT, Diplan
from diplan.files.yaml.plain import read_yaml
from diplan.plan.action import Action
from diplan.plan.fields.schema import FILES, schema
from diplan.plan.fields.shape import fields
from diplan.plan.fields.values import NAMES, VALUES
from diplan.plan.plan import FILES as SECTIONS_OF
from diplan.plan.plan import SECTIONS
from diplan.plan.vocabulary import WORDS
from diplan.problems import CODES, KeyPath, pages
from yaml12 import read_core

DATA = sorted(
    path
    for home in (".", "templates/starter-data/*", "tests/errors/base", "examples/*")
    for path in ROOT.glob(f"{home}/data/*.yaml")
)
SHAPE = {
    "missing-key", "unknown-key", "wrong-type", "not-a-number", "not-a-period", "not-an-id",
    "not-in-list", "not-allowed",
}  # fmt: skip
"""Problems of the shape alone, which a schema can see."""


@cache
def validator(name: str) -> Draft202012Validator:
    """A validator with the schema of a file."""
    return Draft202012Validator(json.loads(schema(name)))


def accepted(name: str, value: object) -> bool:
    """Whether the model takes the content of a file, as far as its shape goes."""
    if not isinstance(value, dict) or value.keys() - set(SECTIONS_OF[name]):
        return False
    if name != "plan" and name not in value:
        return False
    for section, given_ in value.items():
        many = section != "plan"
        if many and given_ is None:
            continue
        if many and not isinstance(given_, list):
            return False
        for item in given_ if many else [given_]:
            try:
                TypeAdapter(SECTIONS[section]).validate_python(item)
            except ValidationError:
                return False
    return True


# ---- the schemas themselves


@pytest.mark.parametrize("name", FILES)
def test_schema_is_sound(name: str) -> None:
    """A schema is one by its own draft, and by draft-07; it names itself without a host."""
    made = json.loads(schema(name))
    Draft202012Validator.check_schema(made)
    Draft7Validator.check_schema(made)
    assert made["$id"] == f"urn:diplan:schema:{name}:1"
    assert (made["title"], bool(made["description"])) == (f"data/{name}.yaml", True)


def test_schemas_in_the_repository_are_current(diplan: Diplan) -> None:
    """`schemas/` holds what the command writes: else run `diplan schema --output schemas`."""
    said = diplan("schema", "--output", "schemas", "--check")
    assert (said.code, said.err) == (0, "")


def properties(made: Any) -> Iterator[tuple[str, Any]]:
    """Every key that a schema explains; the conditions in it explain nothing."""
    if isinstance(made, list):
        for one in made:
            yield from properties(one)
    elif isinstance(made, dict):
        yield from made.get("properties", {}).items()
        for key, one in made.items():
            if key == "properties":
                yield from properties(list(one.values()))
            elif key not in ("if", "then"):
                yield from properties(one)


@pytest.mark.parametrize("name", FILES)
def test_every_key_is_explained(name: str) -> None:
    """Each key has a sentence in plain English, short enough for a box beside the text."""
    made = json.loads(schema(name))
    found = [
        (key, one.get("description", "")) for key, one in properties(made) if isinstance(one, dict)
    ]
    assert len(found) > 20
    for key, text in found:
        assert 10 < len(text) <= 100, key
        assert text[-1] == ".", key
        assert "`" not in text, key


def words(hint: Any) -> Iterator[str]:
    """The words that a type lets stand, in the records inside it too."""
    if get_origin(hint) is Literal:
        yield from get_args(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        yield from hint
    for info in fields(hint).values() if hasattr(hint, "__pydantic_fields__") else ():
        yield from words(info.annotation)
    for inner in get_args(hint):
        yield from words(inner)


def test_every_word_is_explained() -> None:
    """Each word that may stand in a YAML file has a meaning, and nothing else has."""
    asked = {word for name in FILES for part in SECTIONS_OF[name] for word in words(SECTIONS[part])}
    assert set(WORDS) == asked


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_data_files_lead_to_their_schema(path: Path) -> None:
    """The first line of each data file that people edit names the schema, which is there."""
    if "errors" in path.parts:
        return
    first = path.read_text(encoding="utf-8").splitlines()[0]
    named = (path.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve()
    assert named.name == f"{path.stem}.schema.json"
    assert named.parent == ROOT / "schemas" or "starter-data" in path.parts


# ---- what they accept, and what they refuse


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_real_data_is_accepted(path: Path) -> None:
    """Every plan in the repository fits its schemas, by either draft."""
    value = read_core(path.read_text(encoding="utf-8"))
    made = json.loads(schema(path.stem))
    assert [error.message for error in Draft202012Validator(made).iter_errors(value)] == []
    assert [error.message for error in Draft7Validator(made).iter_errors(value)] == []


GALLERY = [code for code in CODES if pages()[code].file.endswith(".yaml")]


@pytest.mark.parametrize("code", GALLERY)
def test_right_examples_are_accepted(code: str) -> None:
    """What is right on a problem's page is right in an editor."""
    page = pages()[code]
    name = Path(page.file).parts[1].partition(".")[0]
    value = read_core(page.side("+"))
    assert [error.message for error in validator(name).iter_errors(value)] == []


@pytest.mark.parametrize("code", sorted(SHAPE))
def test_wrong_shapes_are_refused(code: str) -> None:
    """What is wrong on the page of a problem of shape is wrong in an editor."""
    page = pages()[code]
    assert not validator(Path(page.file).stem).is_valid(read_core(page.side("-")))


INDICATOR = "indicators: [{{id: a, title: A, unit: homes, target: {{kind: halve}}, {}}}]"
TARGET = "indicators: [{{id: a, title: A, unit: homes, target: {{{}}}}}]"
ACTION = "actions: [{{id: a, title: A, priority: p, {}}}]"
PLAN = "plan: {{id: a, title: A, {}}}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("indicators", "indicators:"),
        ("indicators", INDICATOR.format("area: , baseline: , note: ")),
        ("indicators", INDICATOR.format("lead: [2018, libraries]")),
        ("indicators", INDICATOR.format('baseline: {period: "2018", value: "13900"}')),
        ("indicators", INDICATOR.format("baseline: {period: 2018, value: -0.5}, note: 3")),
        ("indicators", INDICATOR.format('observations: [{period: 2018, approximate: "true"}]')),
        ("indicators", INDICATOR.format(
            "revisions: [{date: 2018, what: baseline.value, was: 15200, now: 3.10, why: W},"
            " {date: 2018-05-17, what: baseline.approximate, was: true, why: W}]"
        )),
        ("indicators", TARGET.format("kind: halve, path: geometric, due: 2018/19")),
        ("indicators", TARGET.format("kind: total-at-least, value: 3, from: 2018, running: false")),
        ("actions", "actions: []"),
        ("actions", ACTION.format("due: ongoing, since: AY2017/18")),
        ("actions", ACTION.format("due: 2018-Q3, ended: ")),
        ("plan", "services: [{id: a, title: 1900}]"),
        ("plan", PLAN.format("area: E06000021, scale: [Done], approximate_within: 0")),
        ("plan", "sources: [{id: a, title: A, url: 'https://example.test/a?b=c#d'}]"),
    ],
)  # fmt: skip
def test_right_shapes(name: str, text: str) -> None:
    """What the model takes, the schema takes."""
    assert accepted(name, read_yaml(text))
    assert [error.message for error in validator(name).iter_errors(read_core(text))] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("indicators", ""),
        ("indicators", "{}"),
        ("indicators", "indicators: {}"),
        ("indicators", "indicator: []"),
        ("indicators", "indicators: [a]"),
        ("indicators", "indicators: [{id: a, title: A, unit: homes}]"),
        ("indicators", INDICATOR.format("baseline: 4500")),
        ("indicators", INDICATOR.format("lead: libraries")),
        ("indicators", INDICATOR.format("lead: ")),
        ("indicators", INDICATOR.format("frequency: weekly")),
        ("indicators", INDICATOR.format("frequncy: yearly")),
        ("indicators", INDICATOR.format("definition: Two Words")),
        ("indicators", INDICATOR.format('area: ""')),
        ("indicators", INDICATOR.format("note: [one, two]")),
        ("indicators", INDICATOR.format("baseline: {period: 2018-13}")),
        ("indicators", INDICATOR.format("baseline: {period: 18}")),
        ("indicators", INDICATOR.format("baseline: {value: 1_000}")),
        ("indicators", INDICATOR.format("observations: [{period: 2018, marks: [rough]}]")),
        ("indicators", TARGET.format("due: 2018")),
        ("indicators", TARGET.format("kind: half")),
        ("indicators", TARGET.format("kind: halve, percent: 50")),
        ("indicators", TARGET.format("kind: reduce-by")),
        ("indicators", TARGET.format("kind: reduce-by, points: 5")),
        ("indicators", TARGET.format("kind: reduce-by, percent: 0")),
        ("indicators", TARGET.format("kind: yearly-growth, percent: 1001")),
        ("indicators", TARGET.format("kind: at-least, value: 5, running: true")),
        ("indicators", TARGET.format("kind: total-at-least, value: 5")),
        ("actions", ACTION.format("due: tbc")),
        ("actions", ACTION.format("due: 2018, updates: [{date: 2018}]")),
        ("plan", "plan: []"),
        ("plan", "plan:"),
        ("plan", PLAN.format("area: Stoke")),
        ("plan", PLAN.format("scale: []")),
        ("plan", PLAN.format("years: lunar")),
        ("plan", PLAN.format("approximate_within: 101")),
        ("plan", "sources: [{id: a, title: A, url: www.example.test}]"),
        ("plan", "priorities: [{id: a, title: A, response: {answer: maybe}}]"),
    ],
)  # fmt: skip
def test_wrong_shapes(name: str, text: str) -> None:
    """What the model refuses for its shape, the schema refuses."""
    assert not accepted(name, read_yaml(text))
    assert not validator(name).is_valid(read_core(text))


def pieces(name: str) -> Iterator[tuple[Any, Any]]:
    """The real files of a name in pieces with one entity each: as diplan and as others read it."""
    for path in DATA:
        text = path.read_text(encoding="utf-8") if path.stem == name else ""
        mine, theirs = read_yaml(text) or {}, read_core(text) or {}
        assert isinstance(mine, dict)
        for section, held in mine.items():
            if isinstance(held, list):
                for one, other in zip(held, theirs[section], strict=True):
                    yield {section: [one]}, {section: [other]}
            else:
                yield {section: held}, {section: theirs[section]}


PIECES = {name: list(pieces(name)) for name in FILES}
SCALARS = (
    "", "x", "A b", "2018", "2018/19", "2018-05-17", "2018-31", "0", "-1", "0.5", "1001",
    "1,000", "halve", "yearly", "https://a.test", "E06000021", "[]", "[x]", "{}", "{id: x}",
)  # fmt: skip


def places(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    """The paths of everything inside a value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)  # type: ignore[arg-type]
    for key, inner in inside:
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


def changed(value: Any, path: KeyPath, how: str, new: Any) -> Any:
    """A value that has something else at a path, or lacks it, or has a key too many beside it."""
    if len(path) > 1:
        inner = changed(value[path[0]], path[1:], how, new)
        if isinstance(value, dict):
            return {**value, path[0]: inner}
        return [inner if number == path[0] else one for number, one in enumerate(value)]
    if isinstance(value, list):
        kept = [] if how == "remove" else [new]
        at = int(path[0])
        return [*value[:at], *kept, *value[at + 1 :]]
    if how == "remove":
        return {key: one for key, one in value.items() if key != path[0]}
    return {**value, "wrong" if how == "add" else path[0]: new}


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
def test_one_slip_anywhere(name: str, data: st.DataObject) -> None:
    """One value changed, removed or added anywhere: model and schema are of one mind about it."""
    plain, core = data.draw(st.sampled_from(PIECES[name]))
    path = data.draw(st.sampled_from(list(places(plain))))
    how = data.draw(st.sampled_from(["replace", "remove", "add"]))
    written = data.draw(st.sampled_from(SCALARS))
    mine = changed(plain, path, how, read_yaml(f"- {written}")[0])  # type: ignore[index]
    theirs = changed(core, path, how, read_core(f"- {written}")[0])
    assert validator(name).is_valid(theirs) == accepted(name, mine), (path, how, written)


PATTERNS = re.findall(r'"pattern": (".*?[^\\]")', json.dumps(VALUES))


@cache
def readers(alias: Any) -> tuple[TypeAdapter[Any], Draft202012Validator]:
    """The model and the schema of a type of value."""
    name = NAMES[alias]
    if name == "due":
        alias = get_type_hints(Action, include_extras=True)["due"]
    return TypeAdapter(alias), Draft202012Validator(VALUES[name])


@pytest.mark.parametrize("alias", NAMES, ids=NAMES.values())
@given(data=st.data())
def test_values(alias: Any, data: st.DataObject) -> None:
    """A text that the model takes, the schema takes; what it refuses, with few exceptions."""
    written = data.draw(
        st.text(st.sampled_from("ab-019./:Q \"'E"), max_size=12)
        | st.sampled_from(PATTERNS).flatmap(
            lambda pattern: st.from_regex(json.loads(pattern), fullmatch=True)
        )
        | st.integers(-5, 2300).map(str)
        | st.dates().map(str)
    )
    name = NAMES[alias]
    if name == "area":
        return  # what it may be depends on the country, which stands beside it
    model, own = readers(alias)
    try:
        model.validate_python(written)
        taken = True
    except ValidationError:
        taken = False
    read = read_core(f"- {json.dumps(written)}")[0]
    if taken:
        assert own.is_valid(read)
    elif own.is_valid(read) and name in ("period", "due"):
        assert re.fullmatch(
            r".*/\d\d(-[QH]\d)?|\d{4}-\d\d-\d\d|.*[.][.].*", written
        )  # years that do not follow, 30 February, and stretches of two kinds
    elif own.is_valid(read) and name in ("positive", "change", "per-cent", "not-negative"):
        assert not own.is_valid(float(written))  # a number in quotes has no size
    elif not written.endswith("\n"):  # which `$` lets pass in Python
        assert not own.is_valid(read)


# ---- the command


def test_names_are_listed(diplan: Diplan) -> None:
    """Without a name it says what has a schema, and how to write those of the data files."""
    said = diplan("schema")
    *files, last = (line.split() for line in said.out.splitlines())
    assert files == [[name, f"data/{name}.yaml"] for name in FILES]
    assert last[0] == "export"
    assert "diplan schema --output schemas" in said.err


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_printed(name: str, diplan: Diplan) -> None:
    """With a name it prints that schema, and the bytes are those of its file."""
    said = diplan("schema", name)
    whole = (ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert (said.code, said.out, said.err) == (0, whole, "")


def test_schemas_are_written_and_checked(tmp_path: Path, diplan: Diplan) -> None:
    """`--output` writes all of them, or the one that is named; `--check` sees a stale one."""
    call = ("schema", "--output", "made")
    one = diplan(*call, "plan", cwd=tmp_path)
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["plan.schema.json"]
    assert one.err == f"wrote {Path('made/plan.schema.json')}\n"

    missing = diplan(*call, "--check", cwd=tmp_path)
    assert missing.code == 1
    assert missing.err.count("is not what") == 2

    diplan(*call, cwd=tmp_path)
    assert diplan(*call, "--check", cwd=tmp_path).code == 0

    (tmp_path / "made" / "plan.schema.json").write_text("{}", encoding="utf-8")
    stale = diplan(*call, "--check", cwd=tmp_path)
    assert stale.code == 1
    assert "plan.schema.json is not what this diplan says" in stale.err
    assert "without --check" in stale.err


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("plam",), 'did you mean "plan"?'),
        (("venues",), "there are plan, indicators, actions"),
        (("--check",), "--output"),
        (("plan", "--check"), "--output"),
    ],
)
def test_wrong_usage_is_explained(arguments: tuple[str, ...], hint: str, diplan: Diplan) -> None:
    """A slip gets a hint."""
    said = diplan("schema", *arguments)
    assert said.code == 2
    assert hint in said.err.partition("\n  = ")[2]


def test_other_commands_do_without() -> None:
    """No other command waits for what makes schemas."""
    code = (
        "import sys; from diplan.cli import run; run(['status', '--as-of', '2018']);"
        "print([name for name in sys.modules if name in ('diplan.plan.fields.schema',"
        " 'diplan.plan.fields.values', 'diplan.plan.vocabulary')], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"
