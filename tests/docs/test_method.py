"""The page on the method: its examples come out as it says."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import TypeAdapter

from conftest import ROOT, Diplan
from diplan.files.load import load
from diplan.files.workspace import Workspace
from diplan.files.yaml.plain import read_yaml
from diplan.ground.period import period
from diplan.judge import Flag, Reason, Slippage, Status, assess
from diplan.judge.action import standing
from diplan.plan import Action, CoverSheet, Indicator, Plan
from diplan.plan.promise import promised
from diplan.report import data
from fenced import DOCS, Fence, example_id, fences

COVER = CoverSheet(id="plan", title="Plan")


def wanted(example: Mapping[str, Any]) -> dict[str, Any]:
    """What an example expects."""
    expected = example["expected"]
    assert isinstance(expected, dict)
    return expected


def as_written(value: object) -> object:
    """A value of a record as an example writes it."""
    if isinstance(value, list):
        return [as_written(item) for item in value]
    if isinstance(value, dict):
        return {key: as_written(part) for key, part in value.items() if key != "observation"}
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def judged(example: Mapping[str, Any]) -> dict[str, Any]:
    """The record of an example's indicator or action."""
    as_of = period(example["as_of"])
    named = {"id": "example", "title": "Example", "priority": "example"}
    if "action" in example:
        action = TypeAdapter(Action).validate_python({**named, **example["action"]})
        return data.action(standing(promised(action, as_of.end), as_of, COVER))
    if "real" in example:
        plan = load(Workspace(ROOT)).plan
        assert plan
        ruling = assess(plan, as_of).verdict[example["real"]]
    else:
        indicator = TypeAdapter(Indicator).validate_python({**named, **example["indicator"]})
        ruling = assess(Plan(COVER, indicators=(indicator,)), as_of).verdict["example"]
    record = data.indicator(ruling, COVER.approximate_within)
    seen = record["observation"]
    record["value"] = seen["value"] if seen else None
    record["target_value"] = record["target"]["value"]
    return record


METHOD = [fence for fence in fences(DOCS / "method.md") if fence.info == "yaml"]


@pytest.mark.parametrize("fence", METHOD, ids=example_id)
def test_method_example(fence: Fence) -> None:
    """An example of the method comes out as the page says."""
    example: Any = read_yaml(fence.text)
    record = judged(example)
    expected = wanted(example)
    assert {key: as_written(record[key]) for key in expected} == expected


def test_method_has_examples() -> None:
    """The examples on the page of the method end in every status."""
    examples: list[Any] = [read_yaml(fence.text) for fence in METHOD]
    statuses = {wanted(example).get("status") for example in examples}
    assert {str(status) for status in Status} <= statuses


@pytest.mark.parametrize("words", [Status, Slippage, Reason, Flag])
def test_method_names_every_word(words: type[Status | Slippage | Reason | Flag]) -> None:
    """Each status, severity, reason and flag is explained."""
    text = (DOCS / "method.md").read_text(encoding="utf-8")
    assert [str(word) for word in words if f"`{word}`" not in text] == []


def test_the_methods_summary_is_quoted_rightly(diplan: Diplan) -> None:
    """The sentence that stands for summaries is the real plan's, as of 2020."""
    text = " ".join((DOCS / "method.md").read_text(encoding="utf-8").split())
    quoted = re.findall(r"'(\d+ of \d+ indicators assessed: [^']+)'", text)
    said = diplan("status", "--as-of", "2020").out
    assert len(quoted) == 1
    assert f"\n{quoted[0]}.\n" in said
