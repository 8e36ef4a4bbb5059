"""Several edits at once: the same text as one after the other, in about the time of one reading."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplan.files.yaml.batch import put_all
from diplan.files.yaml.edits import Edit, changed, put
from diplan.files.yaml.plain import Plain, read_yaml
from diplan.files.yaml.splice import SpliceError

LISTS = """\
# A comment at the top.
first:
  # before the first
  - id: a
    seen:
      - {period: 2018, value: 1}   # beside it
  # between

  -   id: b
      note: >-
        folded

        text
      seen: []
  - {id: c, seen: [{period: 2017}]}
  # at the end of the list
"quoted key":
- id: d   # no indent
- id: e
  seen:
empty:
none: []
flow: [{id: f}, {id: g}]
words: text
last:
  - id: h"""

TEXTS = [LISTS, LISTS + "\n", LISTS.replace("\n", "\r\n")]
PATHS = [
    *(("first", at, *more) for at in range(4) for more in ((), ("note",), ("seen", 0), ("seen",))),
    *(("quoted key", at, "seen") for at in range(2)),
    *((key, 0) for key in ("empty", "none", "flow", "last", "new")),
    ("words",),
    ("last", 1),
    ("last", 0, "seen", 0),
    ("last", 0, "seen", 1),
]  # fmt: skip
VALUES = st.sampled_from(["5", "a: b", {"id": "x", "seen": [{"period": "2018"}]}, ["1", "2"]])
EDITS = st.lists(
    st.builds(Edit, st.sampled_from(PATHS), VALUES, st.booleans()), min_size=1, max_size=8
)


def no_order(_: Any) -> list[str]:
    """Keys have no usual order."""
    return []


def one_by_one(text: str, edits: list[Edit]) -> str:
    """The plain way."""
    for one in edits:
        text = put(text, one.path, one.value, before=one.before)
    return text


@given(st.sampled_from(TEXTS), EDITS)
def test_a_batch_means_what_its_edits_mean_one_by_one(text: str, edits: list[Edit]) -> None:
    """Edits in any order, of the same item and of several: each finds what those before it left."""
    meant: Plain = read_yaml(text)
    for one in edits:
        meant = changed(meant, [one])
    try:
        made = put_all(text, edits, order=no_order)
    except SpliceError:
        with pytest.raises(SpliceError):
            one_by_one(text, edits)
        return
    assert read_yaml(made) == meant
    assert ("\r\n" in made) == ("\r\n" in text)
    assert made.endswith("\n") == text.endswith("\n")
    for comment in ("at the top", "before the first", "between", "at the end"):
        assert comment in made


def test_a_batch_writes_what_one_by_one_would() -> None:
    """The same bytes, and each thing at its place."""
    edits = [
        Edit(("first", 0, "seen", 1), {"period": "2019"}),
        Edit(("first", 0, "seen", 0), {"period": "2016"}, before=True),
        Edit(("first", 1, "note"), "short"),
        Edit(("quoted key", 2), {"id": "i"}),
        Edit(("quoted key", 3), {"id": "j", "seen": [{"period": "2018"}]}),
        Edit(("last", 0, "note"), "x"),
    ]
    assert put_all(LISTS, edits, order=no_order) == one_by_one(LISTS, edits)


def test_what_is_put_into_a_new_item_is_in_it() -> None:
    """An edit may go into an item that the one before it made."""
    edits = [Edit(("last", 1), {"id": "i"}), *(Edit(("last", 1, key), "1") for key in "abc")]
    made: Any = read_yaml(put_all(LISTS, edits, order=no_order))
    assert made["last"][1] == {"id": "i", "a": "1", "b": "1", "c": "1"}


def test_hundreds_of_edits_are_made_together() -> None:
    """A thousand items are put in, and then changed."""
    text = "all:\n  - id: first\n"
    edits = [
        Edit(("all", at), {"id": f"item-{at}", "seen": [{"period": "2018"}]})
        for at in range(1, 1000)
    ]
    text = put_all(text, edits, order=no_order)
    edits = [Edit(("all", at, "seen", 1), {"period": "2019"}) for at in range(1, 1000)]
    text = put_all(text, edits, order=no_order)
    assert text.count("2019") == 999
