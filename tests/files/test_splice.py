"""Edits of YAML texts: what is meant changes, and not a character of anything else."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from diplan.files.yaml.dump import scalar
from diplan.files.yaml.edits import Edit, Rewrite, changed, most_that_come_out, put
from diplan.files.yaml.plain import Plain, read_yaml
from diplan.files.yaml.splice import NOTHING, Piece, SpliceError
from diplan.ground.text import UNSAFE
from diplan.problems import KeyPath

ROOT = Path(__file__).parents[2]
REAL = sorted([*ROOT.glob("data/*.yaml"), *ROOT.glob("examples/*/data/*.yaml")])

ODD = """\
# The first line is a comment.
"quoted key": 'single'   # beside it

list:
  # before the first
  - {a: 1, b: 2}   # flow
  - a: 3
    # inside
    b: |
      text
        more

      and more

    # after the text
  -   a: 5
      c: [x, y]
  # at the end of the list

flow: {deep: {a: 1},
       wide: [1,
              2]}
empty:
nothing: []
none: {}   # empty
tight:
- one
- two
text: >-
  folded
  lines

# the last line
last: end"""

TEXTS = {
    "odd": ODD,
    "odd with a final newline": ODD + "\n",
    "odd from Windows": ODD.replace("\n", "\r\n"),
    **{path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in REAL},
}


def paths(value: Plain, path: KeyPath = ()) -> list[KeyPath]:
    """Every place in a value where something can be put: what is there, and what is next."""
    found = [path] if path else []
    if isinstance(value, dict):
        for key, inner in value.items():
            found += paths(inner, (*path, key))
        found.append((*path, "new-key"))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            found += paths(inner, (*path, at))
        found.append((*path, len(value)))
    return found


def alike(one: list[str], other: list[str]) -> int:
    """How many lines two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


VALUES_OF = {name: read_yaml(text) for name, text in TEXTS.items()}
PLACES = [(name, path) for name, value in VALUES_OF.items() for path in paths(value)]

VALUES = st.one_of(
    st.sampled_from(["5", "2018", "Ünïcode", "a: b", "# no", "yes", "'q'", "", "null", "x" * 150]),
    st.fixed_dictionaries({"period": st.just("2018"), "value": st.just("5")}),
    st.lists(st.sampled_from(["one", "two words", "[3]"]), max_size=3),
    st.just({"date": "2018-05", "why": "because of this " * 12}),
    st.just([{"a": "1"}, {"b": ["2", "3"]}]),
)


@given(st.sampled_from(PLACES), VALUES)
def test_an_edit_changes_what_is_meant(place: tuple[str, Any], value: Plain) -> None:
    """Any value at any place of any file: it reads as meant, comments stay, the diff is small."""
    name, path = place
    text = TEXTS[name]
    try:
        made = put(text, path, value)
    except SpliceError:
        return  # refused, with the lines to paste; how rarely is the next test's matter
    assert read_yaml(made) == changed(read_yaml(text), [Edit(path, value)])
    assert made.endswith("\n") == text.endswith("\n")
    assert ("\r\n" in made) == ("\r\n" in text)
    assert not re.search("(?<!\r)\n", made) or "\r\n" not in text
    comments = re.findall(r"(?:^|\s)(#[^\r\n]*)", text)
    old, new = text.splitlines(), made.splitlines()
    same = alike(old, new)
    tail = alike(old[same:][::-1], new[same:][::-1])
    moved = old[same : len(old) - tail]
    spread = read_yaml(text)
    for part in path[:-1]:
        spread = spread[part]  # type: ignore[index]
    is_new = path[-1] not in spread if isinstance(spread, dict) else path[-1] == len(spread or ())
    if is_new:
        assert len(moved) <= 1
        for comment in comments:
            assert comment in made


SAFE = {"5", "2018"}


def test_simple_edits_are_hardly_ever_refused() -> None:
    """A number, or an item of a list, can be put nearly anywhere in the real files.

    Of the places that differ in their numbers alone, the last one of each file is tried.
    """
    refused = []
    kinds = {(name, tuple(map(str, map(type, path))), path[0], path[-1]): (name, path)
             for name, path in PLACES}  # fmt: skip
    for name, path in kinds.values():
        whole: Any = VALUES_OF[name]
        for part in path:
            is_there = part in (whole if isinstance(whole, dict) else range(len(whole)))
            whole = whole[part] if is_there else None
        if name.startswith("odd") or isinstance(whole, dict | list):
            continue
        try:
            put(TEXTS[name], path, "5")
        except SpliceError:
            refused.append((name, path))
    assert refused == []


@pytest.mark.parametrize(
    ("path", "value", "was", "now"),
    [
        (("quoted key",), "other", "'single'   # beside", "other   # beside"),
        (("list", 0, "b"), "7", "{a: 1, b: 2}   # flow", "{a: 1, b: 7}   # flow"),
        (("list", 0, "c"), "3", "b: 2}   # flow", "b: 2, c: 3}   # flow"),
        (("list", 3), {"a": "9"}, "      c: [x, y]\n", "      c: [x, y]\n  - a: 9\n"),
        (("list", 2, "c", 2), "z", "[x, y]", "[x, y, z]"),
        (("list", 1, "d"), "1", "      and more\n", "      and more\n    d: 1\n"),
        (("flow", "wide", 2), "3", "              2]", "              2, 3]"),
        (("flow", "deep", "b"), "2", "{a: 1}", "{a: 1, b: 2}"),
        (("empty",), "full", "empty:\n", "empty: full\n"),
        (("empty", 0), {"a": "1"}, "empty:\n", "empty:\n  - {a: 1}\n"),
        (("nothing", 0), {"a": "1"}, "nothing: []\n", "nothing:\n  - {a: 1}\n"),
        (("none", "a"), "1", "none: {}   # empty", "none: {a: 1}   # empty"),
        (("tight", 2), "three", "- two\n", "- two\n- three\n"),
        (("text",), "short", "text: >-\n  folded\n  lines\n", "text: short\n"),
        (("last",), "over", "last: end", "last: over"),
        (("more",), "1", "last: end", "last: end\nmore: 1"),
        (("list", 3, "a"), "6", "c: [x, y]\n", "c: [x, y]\n  - a: 6\n"),
        (
            ("flow",),
            {"deep": {"a": "1"}},
            "flow: {deep: {a: 1},\n       wide: [1,\n              2]}",
            "flow: {deep: {a: 1}}",
        ),
    ],
    ids=str,
)
def test_an_edit_is_as_a_careful_person_makes_it(
    path: KeyPath, value: Plain, was: str, now: str
) -> None:
    """The text after the edit is the text before it, with these characters exchanged."""
    assert was in ODD
    assert put(ODD, path, value) == ODD.replace(was, now, 1)


@pytest.mark.parametrize(
    ("path", "value", "was", "now"),
    [
        (("list", 0), {"a": "0"}, "  - {a: 1, b: 2}", "  - {a: 0}\n  - {a: 1, b: 2}"),
        (("list", 1), {"a": "2"}, "   # flow\n", "   # flow\n  - {a: 2}\n"),
        (("list", 2), {"a": "4"}, "and more\n", "and more\n  - a: 4\n"),
        (("tight", 1), "one and a half", "- one\n", "- one\n- one and a half\n"),
        (("flow", "wide", 0), "0", "wide: [1,", "wide: [0, 1,"),
        (("list", 2, "c", 1), "x2", "[x, y]", "[x, x2, y]"),
    ],
    ids=str,
)
def test_an_item_goes_before_another(path: KeyPath, value: Plain, was: str, now: str) -> None:
    """An item is put between two others; comments stay with the item that they stand above."""
    ends = ODD.replace(was, now) if was == "and more\n" else ODD.replace(was, now, 1)
    assert put(ODD, path, value, before=True) in (ODD.replace(was, now, 1), ends)


@pytest.mark.parametrize(
    ("path", "was", "now"),
    [
        (("list", 0, "a"), "{a: 1, b: 2}", "{b: 2}"),
        (("list", 0, "b"), "{a: 1, b: 2}", "{a: 1}"),
        (("list", 1, "b"), "    b: |\n      text\n        more\n\n      and more\n", ""),
        (("list", 2, "a"), "  -   a: 5\n      c:", "  -   c:"),
        (("list", 2, "c"), "      c: [x, y]\n", ""),
        (("empty",), "empty:\n", ""),
        (("text",), "text: >-\n  folded\n  lines\n", ""),
        (("tight", 1), "- two\n", ""),
        (("flow", "wide", 0), "wide: [1,\n              2]", "wide: [2]"),
        (("flow", "wide", 1), "wide: [1,\n              2]", "wide: [1]"),
        (("list", 2, "c", 0), "[x, y]", "[y]"),
        (("list", 0), "  - {a: 1, b: 2}   # flow\n", ""),
    ],
    ids=str,
)
def test_a_key_is_taken_away(path: KeyPath, was: str, now: str) -> None:
    """A key goes with its value and its line, and comments stay."""
    assert put(ODD, path, NOTHING) == ODD.replace(was, now, 1)


def test_the_last_key_is_not_taken_away() -> None:
    """A mapping that would be left empty is refused."""
    with pytest.raises(SpliceError, match="nothing would be left"):
        put(ODD, ("flow", "deep", "a"), NOTHING)


def test_a_key_goes_where_it_usually_stands() -> None:
    """With the usual order of keys at hand, a new one is put after its predecessor."""
    text = "id: a\nunit: b\nnote: c\n"
    assert put(text, ("title",), "t", order=lambda _: ("id", "title", "unit", "note")) == (
        "id: a\ntitle: t\nunit: b\nnote: c\n"
    )


def test_a_key_that_comes_first_in_order_stands_after_the_first() -> None:
    """A mapping's first key stays first: it may share its line with a hyphen."""
    text = "- title: a\n  unit: b\n"
    assert put(text, (0, "id"), "x", order=lambda _: ("id", "title", "unit")) == (
        "- title: a\n  id: x\n  unit: b\n"
    )


@pytest.mark.parametrize(
    "text", ["a: [1\n", "a: 1\na: 2\n", "a: &x 1\n", "<<<<<<< ours\n", "a: no\n"], ids=str
)
def test_a_file_with_problems_is_left_alone(text: str) -> None:
    """What cannot be read is not edited; the lines to paste are at hand."""
    with pytest.raises(SpliceError) as caught:
        put(text, ("b",), {"c": "1"})
    assert caught.value.lines == "c: 1"


def test_no_such_place() -> None:
    """An item far behind the end of a list is refused."""
    with pytest.raises(SpliceError):
        put("a: [1]\n", ("a", 5), "2")


def test_long_values_are_folded() -> None:
    """A text that is longer than a line is written as a folded block that reads the same."""
    why = " ".join(["because"] * 40)
    made = put("a: 1\n", ("why",), why)
    assert read_yaml(made) == {"a": "1", "why": why}
    assert all(len(line) <= 100 for line in made.splitlines())
    assert "why: >-\n" in made


@given(st.text(min_size=1, max_size=60).filter(lambda text: not UNSAFE.search(text)))
@example("no")
@example("a: b")
@example("# not a comment")
@example("'quoted'")
@example("null")
@example("- item")
@example("{a: 1}")
@example("trailing ")
@example("a\nb")
@example("a\rb")
@example('say "so"')
def test_a_scalar_reads_back(text: str) -> None:
    """Whatever a person types is written so that YAML reads the same."""
    assert read_yaml(f"key: {scalar(text)}\n") == {"key": text}
    assert read_yaml(f"{{key: {scalar(text)}}}\n") == {"key": text}


@pytest.mark.parametrize("wrong", [(), (0,), (3, 4), range(6)], ids=str)
def test_rewrites_that_do_not_come_out_are_left(wrong: Sequence[int]) -> None:
    """Of several rewrites, those that would say something else are left, and no other."""
    text = "".join(f"key-{at}: {at}  # beside it\n" for at in range(6))
    rewrites = []
    for at in range(6):
        place = text.index(f": {at}") + 2
        new = "new" if at not in wrong else "a: b: c"
        rewrites.append(Rewrite([Edit((f"key-{at}",), "new")], [Piece(place, place + 1, new)]))
    made, left = most_that_come_out(text, rewrites)
    assert left == list(wrong)
    for at in range(6):
        assert (f"key-{at}: new  # beside it" in made) is (at not in wrong)


def test_a_problem_that_was_there_keeps_no_rewrite_back() -> None:
    """A file with a problem of another kind is mended; one that a rewrite would bring is not."""
    text = "answer: yes\nvalue: 1,300\n"
    piece = Piece(text.index("1,300"), text.index("1,300") + 5, "1300")
    made, left = most_that_come_out(text, [Rewrite([Edit(("value",), "1300")], [piece])])
    assert (made, left) == ("answer: yes\nvalue: 1300\n", [])
    odd = Rewrite([Edit(("value",), "&a 1")], [piece._replace(new="&a 1")])
    assert most_that_come_out(text, [odd]) == (text, [0])
