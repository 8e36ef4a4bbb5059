"""The page on the data format: each record, key and word, and an example in order."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest

from diplan.checks import check
from diplan.files.load import load
from diplan.files.workspace import Workspace
from diplan.ground.period import period
from diplan.plan import SECTIONS, Baseline, Figure, Observation, Target
from diplan.plan.fields.shape import fields, kinds
from diplan.plan.grade import DEFAULT_SCALE
from diplan.plan.plan import FILES
from diplan.render.problems import as_text
from fenced import DOCS, fences
from recorded import inner_records, is_kind_of_target, records

HEADINGS = {
    "Action": "An action",
    "Activity": "An activity",
    "Baseline": "A baseline",
    "Benchmark": "A benchmark",
    "Budget": "A budget",
    "CorporatePriority": "A corporate priority",
    "CoverSheet": "The plan",
    "Derived": "A derivation",
    "Ending": "An ending",
    "Figure": "A figure",
    "Grade": "A grade of the scale",
    "HouseRule": "A house rule: rag",
    "Indicator": "An indicator",
    "Milestone": "A milestone",
    "Observation": "An observation",
    "Outcome": "An outcome",
    "Priority": "A priority",
    "Profile": "A profile",
    "Source": "A source",
    "Note": "A note",
    "Response": "A response",
    "Governance": "Governance",
    "Revision": "A revision",
    "Segment": "A segment",
    "Service": "A service",
    "Subtotal": "A subtotal",
    "SuccessMeasure": "A success measure",
    "Target": "A target",
    "Update": "An update",
    "Venue": "A venue",
    "Website": "The website: site",
}
"""Under which heading of the page each record's keys stand."""


def test_keys_and_headings_share_a_word() -> None:
    """What the data calls `governance` stands under a heading with that word, and so on."""
    keys = {
        (record.__name__, key)
        for holder in records().values()
        for key, info in fields(holder).items()
        for record in inner_records(info.annotation)
        if not is_kind_of_target(record) and record is not Figure
    } | {(record.__name__, key) for key, record in SECTIONS.items()}
    assert {
        (name, key)
        for name, key in keys
        if re.sub("(ies|s|ed)$", "", key.replace("_", " ")) not in HEADINGS[name].lower()
    } == set()


def rows_under(heading: str) -> dict[str, str]:
    """The rows of the tables under a heading, by what is in code in their first cell."""
    text = (DOCS / "data-format.md").read_text(encoding="utf-8")
    section = text.partition(f"\n### {heading}\n")[2]
    section = re.split(r"^#{2,3} ", section, flags=re.MULTILINE)[0]
    rows = re.finditer(r"^\| `(\S+)` \|(.*)\|$", section, re.MULTILINE)
    return {row[1]: row[2] for row in rows}


@pytest.mark.parametrize("name", HEADINGS)
def test_every_key_is_documented(name: str) -> None:
    """A record's table has its keys and no others, and says which of them are needed."""
    keys = fields(records()[name])
    if records()[name] in (Observation, Baseline):
        keys = {key: info for key, info in keys.items() if key not in fields(Figure)}
    rows = {key: rest.split("|")[0].strip() for key, rest in rows_under(HEADINGS[name]).items()}
    assert rows == {key: "yes" if info.is_required() else "no" for key, info in keys.items()}


def test_every_record_has_a_heading() -> None:
    """The page on the data leaves out no record."""
    documented = {name for name, record in records().items() if not is_kind_of_target(record)}
    assert documented == set(HEADINGS)


def test_every_kind_of_target_is_documented() -> None:
    """The table of kinds has every kind, with the keys that are its own."""
    wanted = {
        kind: set(fields(record)) - set(fields(Target))
        for record in records().values()
        if is_kind_of_target(record)
        for kind in kinds(record)
    }
    rows = rows_under("Kinds of target")
    assert {
        kind: set(re.findall(r"`(\w+)`", rest.split("|")[0])) for kind, rest in rows.items()
    } == wanted


def test_every_file_and_section_is_documented() -> None:
    """The page on the data names each file and the sections in it."""
    text = (DOCS / "data-format.md").read_text(encoding="utf-8")
    for stem, sections in FILES.items():
        assert f"| `data/{stem}." in text
        assert all(f"`{section}`" in text for section in sections if stem == "plan")


def literals(annotation: Any) -> Iterator[str]:
    """The words that a field's type lets stand."""
    for inner in get_args(annotation):
        if get_origin(annotation) is Literal:
            yield str(inner)
        else:
            yield from literals(inner)


@pytest.mark.parametrize("name", HEADINGS)
def test_words_are_documented(name: str) -> None:
    """The words that a record's keys may have are on the page."""
    text = (DOCS / "data-format.md").read_text(encoding="utf-8")
    words = [
        word for info in fields(records()[name]).values() for word in literals(info.annotation)
    ]
    assert [word for word in words if f"`{word}`" not in text] == []


def test_shorthand_is_documented() -> None:
    """The page has each mark with the sign that reports print for it."""
    from diplan.report.wording import MARKS, MISSING

    text = (DOCS / "data-format.md").read_text(encoding="utf-8")
    for word, sign in {**MARKS, **MISSING}.items():
        assert f"| `{word}` | {sign} |" in text


def test_data_example_is_in_order(tmp_path: Path) -> None:
    """The made-up plan on the page on the data has no problem."""
    for fence in fences(DOCS / "data-format.md"):
        place = fence.info.partition(" ")[2]
        if place:
            path = tmp_path / place
            path.parent.mkdir(exist_ok=True)
            path.write_text(fence.text, encoding="utf-8", newline="\n")
    loaded = load(Workspace(tmp_path))
    assert as_text(loaded.problems) == ""
    assert loaded.plan
    findings = [loaded.problem(finding) for finding in check(loaded.plan, period("2018-06"))]
    assert as_text(findings) == ""
    assert loaded.plan.cover.grades == tuple(DEFAULT_SCALE)
    assert all(getattr(loaded.plan, section) for section in SECTIONS if section != "plan")
