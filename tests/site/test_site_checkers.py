"""What independent checkers have against the files of a site, and a site of hundreds of plans."""

import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import csvw
import frictionless
import pytest
from test_site_pages import broken

import axe
from conftest import ROOT
from diplan.cli import run

if TYPE_CHECKING:
    from axe import Browser

ATOM = "{http://www.w3.org/2005/Atom}"
PLANS = 300 if axe.IN_CI else 9
"""How many made-up plans are one site."""

LINKED = r'<script type="application/ld\+json">(.*?)</script>'
PROPERTIES = {
    "Dataset": {
        "name", "description", "variableMeasured", "isPartOf", "creator", "distribution", "license",
    },
    "GovernmentOrganization": {"name", "url", "areaServed"},
    "DataDownload": {"name", "encodingFormat", "contentUrl"},
}  # fmt: skip
"""What schema.org lets be said of each kind of thing, as far as a site says it."""


def site_of(folder: Path, *arguments: str) -> Path:
    """A site in a folder, without a search and documents."""
    assert run(["site", *arguments, "--output", str(folder), "--with", "nothing"]) == 0
    return folder


@pytest.fixture(scope="module", name="site")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real plan with its address."""
    told = ("--as-of", "2020", "--base-url", "https://plan.example.org")
    return site_of(tmp_path_factory.mktemp("sites") / "real", "--workspace", str(ROOT), *told)


@pytest.fixture(scope="module", name="nation")
def _nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of many made-up plans."""
    made = tmp_path_factory.mktemp("nation")
    size = ["--indicators", "2", "--actions", "2", "--observations", "3"]
    program = [sys.executable, str(ROOT / "benchmarks" / "generate.py"), str(made / "plans")]
    subprocess.run([*program, "--plans", str(PLANS), *size], check=True)
    years = ("--as-of", "2020-03", "--earlier-years", "0")
    return site_of(made / "site", str(made / "plans"), *years)


def html_faults(folder: Path) -> list[dict[str, Any]]:
    """What html-validate has against the pages of a folder."""
    program = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    if not program.is_file():
        message = "html-validate is not on this machine: run npm install html-validate"
        pytest.fail(message) if axe.IN_CI else pytest.skip(message)
    settings = folder / "rules.json"
    settings.write_text('{"root": true, "extends": ["html-validate:standard"]}', encoding="utf-8")
    node = shutil.which("node") or "node"
    command = [node, str(program), "--config", str(settings), "--formatter", "json"]
    done = subprocess.run(
        [*command, f"{folder}/**/*.html"], check=False, capture_output=True, text=True
    )
    settings.unlink()
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_pages_are_valid_html(site: Path, tmp_path: Path) -> None:
    """A checker finds nothing in any page, and finds what is wrong in a page that is."""
    shutil.copytree(site, tmp_path / "site")
    assert html_faults(tmp_path / "site") == []
    (tmp_path / "bad.html").write_text("<p id=a><p id=a><b></i>", encoding="utf-8")
    shutil.rmtree(tmp_path / "site")
    assert len(html_faults(tmp_path)) == 1


def test_the_data_of_a_site_is_a_package(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both descriptions of the CSV files hold, as each standard's own checker finds."""
    monkeypatch.chdir(site / "data")
    assert frictionless.validate("datapackage.json").valid
    assert csvw.CSVW("csv-metadata.json", validate=True).is_valid


def test_the_feed_keeps_to_rfc_4287(site: Path) -> None:
    """Everything that the standard demands of a feed is there, once, and dates are dates."""
    feed = ET.parse(site / "changes.atom").getroot()  # noqa: S314 - a file of ours
    for thing in (feed, *feed.iter(f"{ATOM}entry")):
        for tag in ("id", "title", "updated"):
            assert len(thing.findall(f"{ATOM}{tag}")) == 1, tag
        assert re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", thing.findtext(f"{ATOM}updated") or ""
        )
        assert all(link.get("href") for link in thing.findall(f"{ATOM}link"))
    assert len(feed.findall(f"{ATOM}author/{ATOM}name")) == 1
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")].count("self") == 1
    kinds = {content.get("type") for content in feed.iter(f"{ATOM}content")}
    assert kinds <= {None, "text", "html"}


def things(said: object) -> Iterator[dict[str, Any]]:
    """Each thing that linked data tells of."""
    if isinstance(said, dict):
        yield said
        for value in said.values():
            yield from things(value)
    elif isinstance(said, list):
        for value in said:
            yield from things(value)


def test_linked_data_keeps_to_schema_org(site: Path) -> None:
    """Each thing has a kind, and nothing that its kind does not have."""
    seen = set()
    for path in site.rglob("*.html"):
        page = path.read_text("utf-8")
        for text in re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL
        ):
            said = json.loads(text)
            assert said["@context"] == "https://schema.org"
            for thing in things(said):
                seen.add(thing["@type"])
                known = PROPERTIES[thing["@type"]] | {"@context", "@type"}
                assert set(thing) <= known, path
    assert seen == set(PROPERTIES)


def test_a_site_of_many_plans_holds_together(nation: Path, browser: "Browser") -> None:
    """No link is broken, every kind of page of a plan passes axe-core, and so does the front."""
    assert broken(nation) == []
    homes = sorted(path for path in nation.iterdir() if path.is_dir())
    assert len(homes) == PLANS
    plan = homes[PLANS // 2]
    kinds = {path.parent: path for path in sorted(plan.rglob("*.html"), reverse=True)}
    browser.watch_policy()
    for page in (nation / "index.html", *kinds.values()):
        for pixels, dark in ((320, False), (800, False), (1280, True)):
            assert browser.visit(page, pixels, dark=dark) <= pixels
            assert (pixels < 1280 and not axe.IN_CI) or browser.violations() == [], page
        assert browser.found("refused") == []
