"""YAML, read fast and read with positions: the two agree, and nothing makes either fall over."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplan.files.yaml.plain import Irregular, read_yaml
from diplan.files.yaml.tree import Node, read_tree
from diplan.files.yaml.yamlfile import YamlFile
from diplan.ground.text import NamedText

FRAGMENTS = st.sampled_from(
    ["a", "b: ", "- ", "\n", "  ", "[", "]", "{", "}", ", ", "'", '"', "#", "&x ", "*x", "!t ", "|",
     ">", "\t", "no", "1", "---\n", "...\n", "? ", ": ", "<<: ", "é", "\\e", "%", "@", "\r\n", "~",
     "\u202e", "\x00", "=======\n"]
)  # fmt: skip
yamlish = st.lists(FRAGMENTS, max_size=40).map("".join)

words = st.text("abcdefghijkl -'.;", min_size=1, max_size=12).map(str.strip).filter(bool)
safe = words.filter(lambda word: word not in ("-", ".") and word[0] not in "-'.;")
values = st.recursive(
    safe, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(safe, inner, max_size=3)
)


def written(value: object, indent: int = 0) -> str:
    """A value in block style, as a person would write it."""
    pad = " " * indent
    if isinstance(value, dict):
        return "".join(f"{pad}{key}:{below(item, indent)}" for key, item in value.items()) or "{}"
    if isinstance(value, list):
        return "".join(f"{pad}-{below(item, indent)}" for item in value) or "[]"
    return str(value)


def below(item: object, indent: int) -> str:
    """What follows a key or a hyphen."""
    if isinstance(item, dict | list) and item:
        return f"\n{written(item, indent + 2)}"
    return f" {written(item)}\n"


def scalars(node: Node) -> list[Node]:
    """The leaves of a tree."""
    if isinstance(node.value, dict):
        return [leaf for child in node.value.values() for leaf in scalars(child)]
    if isinstance(node.value, list):
        return [leaf for child in node.value for leaf in scalars(child)]
    return [node]


@given(yamlish | st.text(max_size=60))
def test_any_text_gives_a_value_or_problems(text: str) -> None:
    """Every text is read, or explained at a place inside it."""
    source = NamedText("x", text)
    file = YamlFile(source)

    assert file.complete or file.problems
    for problem in file.problems:
        assert 1 <= problem.span.line <= len(source.lines)
        assert problem.message
        assert problem.hint


@given(yamlish)
def test_the_two_readings_agree(text: str) -> None:
    """What the fast reading accepts, the careful one reads the same and without complaint."""
    try:
        value = read_yaml(text)
    except Irregular:
        return
    tree, problems = read_tree(NamedText("x", text))

    assert problems == []
    assert tree is not None
    assert tree.plain() == value


@given(st.dictionaries(safe, values, min_size=1, max_size=4))
def test_a_span_slices_back_to_its_scalar(value: dict[str, object]) -> None:
    """The place of a scalar holds exactly its text."""
    text = written(value)
    tree, problems = read_tree(NamedText("x", text))

    assert problems == []
    assert tree is not None
    lines = text.split("\n")
    for leaf in scalars(tree):
        span = leaf.span
        if isinstance(leaf.value, str):
            assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == leaf.value


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: no", "ambiguous-word", 1, 4),
        ("NO: 1", "ambiguous-word", 1, 1),
        ("a: 1\na: 2", "duplicate-key", 2, 1),
        ("a: &x 1\nb: *x", "anchor", 1, 4),
        ("<<: {a: 1}", "merge-key", 1, 1),
        ("a: !!python/object/apply:os.system [x]", "tag", 1, 4),
        ("a: 1\n---\nb: 2", "several-documents", 2, 1),
        ("a:\n\t- 1", "yaml-syntax", 2, 1),
        ('a: "\\x1b[31m"', "unsafe-character", 1, 4),
        ("a: \u202eb", "unsafe-character", 1, 4),
        ("a: b: c", "yaml-syntax", 1, 5),
        ("a: 'x\nb: 1\n", "yaml-syntax", 1, 4),
        ('a: "C:\\zoo"', "yaml-syntax", 1, 7),
        ("[" * 500, "too-deep", 1, 22),
        ("- " * 500, "too-deep", 1, 43),
        ("{a: " * 500, "too-deep", 1, 85),
    ],
)
def test_surprises_are_located(text: str, code: str, line: int, column: int) -> None:
    """What YAML would quietly turn into something else is refused where it stands."""
    first = YamlFile(NamedText("x", text)).problems[0]

    assert (first.code, first.span.line, first.span.column) == (code, line, column)


@pytest.mark.parametrize("opening", ["[", "- ", "{a: "])
def test_bottomless_nesting_is_refused(opening: str) -> None:
    """Where a newer libyaml reads far ahead and gives up, it is said in our words."""
    first = YamlFile(NamedText("x", opening * 100_000)).problems[0]

    assert (first.code, first.span.line) == ("too-deep", 1)


def test_scalars_stay_the_text_that_was_written() -> None:
    """No number, date or time is guessed."""
    value = read_yaml("[3.10, 012, 1:30, 2018-02-31, 0x1F, 1_000, .inf, null, ~, '', 'null']")

    assert value == ["3.10", "012", "1:30", "2018-02-31", "0x1F", "1_000", ".inf", None, None, "",
                     "null"]  # fmt: skip


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    """Nothing is expanded, so nothing explodes."""
    text = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    file = YamlFile(NamedText("x", text))

    assert {problem.code for problem in file.problems} == {"anchor", "alias"}


def test_byte_order_marks_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    """What Notepad and Excel add changes no value and no place."""
    from diplan.files.load import load
    from diplan.files.workspace import Workspace

    folder = tmp_path / "data"
    folder.mkdir()
    text = "\ufeffindicators:\r\n  - id: x\r\n    titel: y\r\n"
    (folder / "indicators.yaml").write_bytes(text.encode())
    problems = load(Workspace(tmp_path)).problems

    found = next(one for one in problems if one.code == "unknown-key")
    assert (found.span.line, found.span.column) == (3, 5)
