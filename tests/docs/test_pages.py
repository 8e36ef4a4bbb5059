"""All pages: links that lead somewhere, made pages that are current, and what every page has."""

import re
from pathlib import Path

import pytest

from conftest import ROOT
from diplan import __version__
from diplan.cli.commands import COMMANDS, command
from diplan.problems import CODES
from fenced import DOCS, PAGES, script

HOSTS = {
    "127.0.0.1",  # this machine
    "beancount.github.io",
    "check-jsonschema.readthedocs.io",
    "docs.astral.sh",
    "docs.zizmor.sh",
    "duckdb.org",
    "hledger.org",
    "keepachangelog.com",
    "library.example",  # made up
    "plan.example.org",  # made up
    "schema.org",
    "sqlite-utils.datasette.io",
    "svcs.hynek.me",
    "www.nationalarchives.gov.uk",
    "www.structlog.org",
}
"""Where the documentation may lead: none of these is a package registry."""


@pytest.mark.parametrize("page", ["commands.md", "problems.md"])
def test_made_page_is_current(page: str) -> None:
    """A page that comes from the program says what the program says: else run docs/generate.py."""
    made: str = script("generate").PAGES[page]()
    assert (DOCS / page).read_text(encoding="utf-8") == made


def test_every_command_and_option_is_documented() -> None:
    """Each command has a section on its page, with each of its options."""
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        section = text.partition(f"\n## diplan {name}\n")[2].partition("\n## ")[0]
        options = [
            option for given in command(name).params for option in given.opts if "-" in option
        ]
        assert section
        assert [option for option in options if option not in section] == []


def test_every_problem_is_documented() -> None:
    """Each problem's code has a section and a row."""
    text = (DOCS / "problems.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)$", text, re.MULTILINE) == list(CODES)
    assert re.findall(r"^\| \[(\S+)\]", text, re.MULTILINE) == list(CODES)


# ---- all pages


def anchors(path: Path) -> set[str]:
    """The anchors that a page's headings make on GitHub."""
    text = re.sub(
        r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT).as_posix()))
def test_links_lead_somewhere(page: Path) -> None:
    """Every link inside the project leads to a file that is there, and to a heading in it."""
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        path = page.parent / name if name else page
        assert path.exists(), target
        assert not anchor or anchor in anchors(path), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT).as_posix()))
def test_no_package_registry_is_named(page: Path) -> None:
    """Links out of the project lead to known places, and to no package registry."""
    text = page.read_text(encoding="utf-8")
    hosts = re.findall(r"https?://([\w.-]+\w)", text)
    hosts += re.findall(r"(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:org|io|com|net|dev|me|sh)\b", text)
    assert set(hosts) <= HOSTS


def test_every_room_is_on_the_drawing() -> None:
    """The page on the architecture names each module and package."""
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    source = ROOT / "src" / "diplan"
    rooms = {f"{path.parent.name}/" for path in source.glob("*/__init__.py")}
    rooms |= {path.stem for path in source.glob("*.py") if not path.stem.startswith("__")}
    assert {room for room in rooms if f"| `{room}` |" not in text} == set()


def test_changelog_is_current() -> None:
    """The changelog begins with what is not released yet, or with the present version."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    top = re.search(r"^## \[(.+?)\]", text, re.MULTILINE)
    assert top
    assert top[1] in ("Unreleased", __version__)


def test_licences_are_named() -> None:
    """The licence file has the code's licence and the data's, with its attribution."""
    text = " ".join((ROOT / "LICENSE").read_text(encoding="utf-8").split())
    assert text.startswith("MIT License Copyright (c) 2026 the diplan contributors")
    assert "Open Government Licence v3.0" in text
    assert "Contains public sector information" in text


def test_documentation_is_tidy() -> None:
    """No page has a line that ends with a blank, or a path of somebody's machine."""
    for page in PAGES:
        for line in page.read_text(encoding="utf-8").splitlines():
            assert line == line.rstrip(), f"{page.name}: {line}"
            assert not re.search(r"(?<!\w)/(?:work|tmp|home|Users)/", line), f"{page.name}: {line}"
