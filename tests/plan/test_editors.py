"""What somebody sees who edits a plan in VS Code: explanations, proposals, and slips underlined.

Through Red Hat's yaml-language-server, which VS Code's YAML extension is made of.
"""

import json
from collections.abc import Iterator

import pytest

from conftest import ROOT
from diplan.plan.fields.shape import target_kinds
from diplan.plan.vocabulary import WORDS
from lsp import Editor, editor

EXAMPLE = """\
# yaml-language-server: $schema=../schemas/indicators.schema.json
indicators:
  - id: offline
    title: Residents who are not online
    unit: residents
    target: {kind: halve, due: 2020}
"""


@pytest.fixture(scope="module", name="vscode")
def _vscode() -> Iterator[Editor]:
    with editor(ROOT / "data") as made:
        yield made


def cursor(marked: str) -> tuple[str, tuple[int, int]]:
    """A text without its mark `|`, and where that was: line and column, from 0."""
    before, _, after = marked.partition("|")
    return before + after, (before.count("\n"), len(before.rpartition("\n")[2]))


def test_a_key_is_explained(vscode: Editor) -> None:
    """With the mouse over `frequency` there is its text, and what each word means."""
    made = json.loads((ROOT / "schemas" / "indicators.schema.json").read_text(encoding="utf-8"))
    keys = made["properties"]["indicators"]["items"]["properties"]
    real = (ROOT / "data" / "indicators.yaml").read_text(encoding="utf-8")
    text, at = cursor(real.replace("frequency: yearly", "freq|uency: yearly", 1))
    told = vscode.hover(text, at)

    assert keys["frequency"]["description"] in told
    assert f"`two-yearly`: {WORDS['two-yearly']}" in told


@pytest.mark.parametrize(
    ("key", "title", "text"),
    [
        ("id: offline", "An id", "A name of its own, such as `offline-adults`"),
        ("due: 2020", "A period", "The period by whose end it is to be met."),
        ("target: {", "Target", "What the plan promises"),
        ("indicators:", "data/indicators.yaml", "What is measured"),
    ],
)
def test_what_may_stand_there_is_the_heading(
    key: str, title: str, text: str, vscode: Editor
) -> None:
    """Above an explanation stands what kind of value it is for, or in which part of the plan."""
    told = vscode.hover(*cursor(EXAMPLE.replace(key, f"{key[0]}|{key[1:]}", 1)))
    assert told.startswith(f"#### {title}\n\n{text}")


@pytest.mark.parametrize(
    "written", ["{kind: |}", "{kind: h|}", "\n      kind: |", "\n      due: 2020\n      kind: |"]
)
def test_kinds_of_target_are_proposed(written: str, vscode: Editor) -> None:
    """Inside a target all kinds are proposed, each with what it means."""
    marked = EXAMPLE.replace("{kind: halve, due: 2020}", written)
    assert vscode.completions(*cursor(marked)) == {kind: WORDS[kind] for kind in target_kinds()}


def test_keys_are_proposed(vscode: Editor) -> None:
    """In an indicator those keys are proposed that it does not have yet, with their texts."""
    found = vscode.completions(*cursor(f"{EXAMPLE}    |\n"))
    assert {"baseline", "frequency", "observations"} <= set(found)
    assert not {"id", "title", "target", "null"} & set(found)
    assert "compared, never a target" in found["benchmarks"]


@pytest.mark.parametrize("key", ["area", "baseline", "frequency", "note", "priority"])
def test_null_is_not_proposed(key: str, vscode: Editor) -> None:
    """A key may be left empty, and nobody is told to write `null`."""
    text, at = cursor(f"{EXAMPLE}    {key}: |\n")
    assert "null" not in vscode.completions(text, at)
    assert vscode.diagnostics(text) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("frequncy: yearly", "Property frequncy is not allowed."),
        ("baseline: {period: 2018-13, value: 3}", "write a period: 2018, 2017/18, AY2017/18, "),
        ('baseline: {period: 2018, value: "1,300"}', "write a number in digits only, such as 1300"),
        ("lead: libraries", "write a list: an item a line, each after a hyphen"),
        ("priority: Get online", "write an id: small letters and digits, with hyphens between"),
        ("baseline: 4500", "write keys with their values beneath it"),
    ],
)
def test_a_slip_is_underlined(line: str, said: str, vscode: Editor) -> None:
    """A misspelt key or a wrong value is marked in its line, in words that say what to do."""
    [(at, message)] = vscode.diagnostics(f"{EXAMPLE}    {line}\n")
    assert at == 7
    assert message.startswith(said)


def test_settings_do_without_a_first_line() -> None:
    """With the settings on the page about editors, a file in a folder needs no first line."""
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    shown = json.loads(page.partition("```json\n")[2].partition("```")[0])
    own = {key.removeprefix("yaml."): value for key, value in shown.items() if "." in key}
    without = EXAMPLE.partition("\n")[2]
    with editor(ROOT / "data" / "indicators", own) as made:
        assert "What the plan promises" in made.hover(*cursor(without.replace("tar", "t|ar")))
    with editor(ROOT / "data" / "indicators") as made:
        assert made.hover(*cursor(without.replace("tar", "t|ar"))) == ""


@pytest.mark.parametrize("name", ["plan", "indicators", "actions"])
def test_nothing_is_underlined_in_the_real_plan(name: str, vscode: Editor) -> None:
    """The real plan has no slip."""
    assert vscode.diagnostics((ROOT / "data" / f"{name}.yaml").read_text(encoding="utf-8")) == []
