"""The index and the glossary leave out no page and no word."""

import re

import pytest

from conftest import ROOT
from diplan.judge import Flag, Reason, Slippage, Status
from diplan.judge.diff import Cause
from diplan.judge.statuses import NOT_GRADED
from diplan.plan.fields.shape import kinds
from fenced import DOCS, PAGES
from recorded import is_kind_of_target, records

README = ROOT / "README.md"


def test_every_page_is_in_the_index() -> None:
    """The index has a line for each page, each example and the project's own pages, and once."""
    text = (DOCS / "index.md").read_text(encoding="utf-8")
    lines = re.findall(r"^- \[[^]]+\]\(([^)]+)\)", text, re.MULTILINE)
    listed = [(DOCS / line).resolve() for line in lines]
    pages = {*PAGES, *ROOT.glob("examples/*/README.md"), *DOCS.glob("examples/*.md")}
    assert pages - {README, DOCS / "index.md"} <= set(listed)
    assert len(set(listed)) == len(listed)


def test_the_index_has_a_way_in_for_everyone() -> None:
    """Officers, people who start a plan, those who run CI and developers each have an entry."""
    text = (DOCS / "index.md").read_text(encoding="utf-8")
    section = text.partition("\n## Start here\n")[2].partition("\n## ")[0]
    entries = re.findall(r"^\*\*(.+?)\*\*(.*?)(?:\n\n|\Z)", section, re.MULTILINE | re.DOTALL)
    assert len(entries) == 4
    assert all(re.search(r"\]\([^)]+\.md\)", rest) for _, rest in entries)


GLOSSARY = {
    "Statuses": [*Status, *Slippage, NOT_GRADED],
    "Reasons for no data": list(Reason),
    "Flags": list(Flag),
    "Causes of a change": list(Cause),
}


def defined(heading: str) -> list[str]:
    """The words in code that the tables under a heading of the glossary explain."""
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \| [A-Z][^|]+\. \|$", section, re.MULTILINE)
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("heading", GLOSSARY)
def test_glossary_has_the_programs_words(heading: str) -> None:
    """Each status, severity, reason, flag and cause is in the glossary, and no other."""
    assert sorted(defined(heading)) == sorted(str(word) for word in GLOSSARY[heading])


def test_glossary_has_every_target_kind() -> None:
    """Each kind of target is in the glossary, and no other."""
    records_of_targets = filter(is_kind_of_target, records().values())
    wanted = [kind for record in records_of_targets for kind in kinds(record)]
    assert sorted(defined("Target kinds")) == sorted(wanted)


def test_glossary_is_in_order() -> None:
    """Terms are in the order of the alphabet, each with a sentence."""
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    section = text.partition("\n## Terms\n")[2].partition("\n## ")[0]
    terms = re.findall(r"^\| ([^|]+) \| [A-Z].*\. \|$", section, re.MULTILINE)
    assert terms == sorted(terms, key=lambda term: term.lower())
    assert len(terms) == section.count("\n| ") - 1
    assert {"plan", "indicator", "action", "grade", "as-of", "promise", "ledger"} <= set(terms)
