"""The pages of a site: what is in them, where their links lead, and how a browser shows them."""

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from conftest import ROOT, Diplan
from diplan.cli import run
from scratch import Scratch

if TYPE_CHECKING:
    from axe import Browser

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

BARE = ("--with", "nothing")
"""Without what takes long: a search, and papers as PDF and for Word."""

KINDS = (
    "index.html", "priorities/index.html", "priorities/enable-access.html",
    "indicators/index.html", "indicators/offline-adults-share.html", "indicators/work-clubs.html",
    "actions/index.html", "actions/website-redesign.html", "services/index.html",
    "services/libraries.html", "places/index.html", "places/smithfield-one.html",
    "2018-19/index.html", "2018-19/indicators.html", "2018-19/papers/progress.html",
    "changes/index.html", "papers/index.html", "data/index.html", "about/index.html",
)  # fmt: skip
"""A page of each kind."""


@pytest.fixture(scope="module", name="site")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real plan."""
    folder = tmp_path_factory.mktemp("site") / "real"
    told = ("--as-of", "2020", "--base-url", "https://plan.example.org", *BARE)
    assert run(["site", "--output", str(folder), "--workspace", str(ROOT), *told]) == 0
    return folder


class Reader(HTMLParser):
    """The links, the ids and the words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where an element leads and what it is called."""
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given[key] or "" for key in ("href", "src") if key in given]

    def handle_data(self, data: str) -> None:
        """Note what is said."""
        self.words += data


def parsed(path: Path) -> ET.Element:
    """The root of an XML file of the site's."""
    return ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - a file of ours


def pages(folder: Path) -> Iterator[tuple[str, Reader]]:
    for path in sorted(folder.rglob("*.html")):
        yield path.relative_to(folder).as_posix(), Reader(path.read_text(encoding="utf-8"))


def broken(folder: Path) -> list[tuple[str, str]]:
    """The links that lead to no file of the site, or to no part of a page."""
    read = dict(pages(folder))
    found = []
    for page, reader in read.items():
        for link in reader.links:
            if re.match(r"[a-z]+:", link):
                continue
            place, _, part = unquote(link).partition("#")
            target = normpath(f"{dirname(page)}/{place}").lstrip("/") if place else page
            if not (folder / target).is_file() or (part and part not in read[target].ids):
                found.append((page, link))
    return found


def test_every_link_leads_somewhere(site: Path) -> None:
    """Each link of each page leads to a file of the site, and each part that is named is there."""
    assert broken(site) == []


def test_there_is_a_page_for_everything(site: Path) -> None:
    """Each indicator, action, priority, service and place has its page, and each kind is there."""
    assert [name for name in KINDS if not (site / name).is_file()] == []
    assert len(list((site / "indicators").glob("*.html"))) == 15 + 1
    assert len(list((site / "actions").glob("*.html"))) == 34 + 1


def test_a_page_says_what_it_is_about(site: Path) -> None:
    """An indicator's page has its finding, its figures, its sources, and its working."""
    words = Reader((site / "indicators/offline-adults-share.html").read_text("utf-8")).words
    for said in ("Up from 12.3% to 12.7%", "Year by year", "Sources disagree", "26.2%",
                 "How the verdict was worked out", "Worked out"):  # fmt: skip
        assert said in words
    home = Reader((site / "index.html").read_text("utf-8")).words
    for said in ("What changed, and why", "31 of 34 actions overdue.", "What nobody knows yet",
                 "2 of 15 indicators assessed"):  # fmt: skip
        assert said in home


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    """Pictures, styles and scripts are files of the site; only links lead to the web."""
    for path in site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert not re.search(r'(?:src|<link[^>]* href)="(?:https?:)?//(?!plan\.example\.org)', page)
        assert "style=" not in page
        up = "../" * (len(path.relative_to(site).parts) - 1)
        scripts = re.findall(r"<script(?! type=\"application/ld\+json\")[^>]*>", page)
        assert scripts == [f'<script src="{up}assets/site.js" defer>']


@pytest.mark.parametrize("name", KINDS)
def test_axe_has_nothing_against_a_page(name: str, site: Path, browser: "Browser") -> None:
    """Each kind of page passes axe-core in light and dark, fits a telephone, keeps its policy."""
    browser.watch_policy()
    for dark in (False, True):
        assert browser.visit(site / name, 800, dark=dark) <= 800
        assert browser.violations() == []
    assert browser.found("refused") == []
    assert browser.visit(site / name, 320) <= 320
    assert browser.visit(site / name, 1280) <= 1280


def test_tables_sort_and_filter(site: Path, browser: "Browser") -> None:
    """With scripts a table is sorted by a click on its head, and filtered by words."""
    browser.visit(site / "actions/index.html", 1000)
    first = "document.querySelector('tbody tr th').textContent"
    before = browser.found(first)
    browser.found("document.querySelector('thead button').click(), 0")
    assert browser.found(first) != before
    assert browser.found("document.querySelector('th').getAttribute('aria-sort')") == "ascending"
    shown = browser.found(
        "(() => { const box = document.querySelector('.filter input'); box.value = 'website';"
        " box.dispatchEvent(new Event('input'));"
        " return document.querySelector('[role=status]').textContent; })()"
    )
    assert re.fullmatch(r"[1-9]\d? of 34 shown", str(shown))


def test_programs_find_the_same(site: Path, diplan: Diplan) -> None:
    """What is for programs is what the commands give them."""
    status = json.loads((site / "status.json").read_text("utf-8"))
    assert status == json.loads(diplan("status", "--as-of", "2020", "--format", "json").out)
    shown = diplan("show", "work-clubs", "--as-of", "2020", "--format", "json").out
    assert json.loads((site / "indicators/work-clubs.json").read_text("utf-8")) == json.loads(shown)
    assert parsed(site / "badges/work-clubs.svg").tag.endswith("svg")


def test_the_feed_and_the_sitemap_can_be_read(site: Path) -> None:
    """Entries have ids of their own that begin with `tag:`, and say why a verdict changed."""
    feed = parsed(site / "changes.atom")
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in entries]
    assert len(ids) == len(set(ids)) == 3
    assert all(name.startswith("tag:plan.example.org,2016:") for name in ids)
    assert "Why: a new figure" in (entries[0].findtext(f"{ATOM}content") or "")
    for tag in ("title", "id", "updated", "author"):
        assert feed.find(f"{ATOM}{tag}") is not None
    listed = {loc.text for loc in parsed(site / "sitemap.xml").iter(f"{SITEMAP}loc")}
    made = {name.removesuffix("index.html") for name, _ in pages(site)}
    assert listed == {f"https://plan.example.org/{name}" for name in made}


def test_linked_data_can_be_read(site: Path) -> None:
    """Home and indicators carry JSON-LD."""
    kinds = {}
    for name in ("index.html", "indicators/work-clubs.html", "data/index.html"):
        page = (site / name).read_text("utf-8")
        [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        kinds[name] = json.loads(text)["@type"]
    assert list(kinds.values()) == ["GovernmentOrganization", "Dataset", "Dataset"]


def test_the_same_data_gives_the_same_bytes(site: Path, tmp_path: Path, diplan: Diplan) -> None:
    """Another folder, another day and another order of sets change nothing."""
    told = ("--as-of", "2020", "--base-url", "https://plan.example.org", *BARE)
    arguments = ["site", "--output", str(tmp_path / "again"), "--workspace", str(ROOT), *told]
    program = [sys.executable, "-m", "diplan", *arguments]
    subprocess.run(program, check=True, capture_output=True, cwd=tmp_path)
    names = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    again = tmp_path / "again"
    assert [
        name for name in names if (again / name).read_bytes() != (site / name).read_bytes()
    ] == []
    assert diplan("site", "--output", str(site), *told, "--check").code == 0


HOSTILE = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>"


def test_text_from_the_data_is_inert(tmp_path: Path, browser: "Browser", diplan: Diplan) -> None:
    """Markup in titles, notes and links is text on every page, and nothing in it runs."""
    home = tmp_path / "home"
    shutil.copytree(ROOT / "tests" / "errors" / "base", home)
    for path in (home / "data").glob("*.yaml"):
        text = path.read_text("utf-8")
        text = re.sub(
            r"(?m)title: ([^{}\n]*)$",
            lambda found: f"title: {json.dumps(HOSTILE + found[1])}",
            text,
        )
        path.write_text(text, encoding="utf-8")
    said = diplan("site", "--output", str(tmp_path / "site"), "--as-of", "2018", *BARE, cwd=home)
    assert said.code == 0, said.err
    for path in sorted((tmp_path / "site").rglob("*.html")):
        page = path.read_text("utf-8")
        assert "<script>window" not in page
        assert "<img src=x" not in page
    for name in ("index.html", "indicators/residents-offline.html", "indicators/index.html"):
        browser.visit(tmp_path / "site" / name, 800)
        assert browser.found("String(window.hacked)") == "undefined"
    assert broken(tmp_path / "site") == []


def test_several_plans_are_one_site(tmp_path: Path, browser: "Browser", diplan: Diplan) -> None:
    """The front page lists each plan and compares them, and each leads back to it."""
    folder = tmp_path / "site"
    said = diplan("site", ".", "examples", "--output", str(folder), "--as-of", "2020", *BARE)
    assert said.code == 0, said.err
    front = Reader((folder / "index.html").read_text("utf-8"))
    assert "stoke-digital-inclusion-2016-20/index.html" in front.links
    assert len([link for link in front.links if link.endswith("/index.html")]) == 8
    assert broken(folder) == []
    inner = Reader((folder / "kent-citizens-online/indicators/index.html").read_text("utf-8"))
    assert "../../index.html" in inner.links
    browser.visit(folder / "index.html", 800)
    assert browser.violations() == []


def test_years_are_as_they_were_known(scratch: Scratch, diplan: Diplan) -> None:
    """A year's page says what git held at its end, and a renamed indicator is still found."""
    scratch.edit("value: 720", "value: 990")
    scratch.commit("revised later")
    said = diplan("rename", "residents-offline", "people-offline", "--yes", cwd=scratch.home)
    assert said.code == 0, said.err
    scratch.commit("renamed")
    said = diplan("site", "--output", "out", "--as-of", "2020", *BARE, cwd=scratch.home)
    assert said.code == 0, said.err
    out = scratch.home / "out"
    former = (out / "indicators/residents-offline.html").read_text("utf-8")
    assert 'url=people-offline.html"' in former
    assert (out / "indicators/people-offline.html").is_file()
    assert broken(out) == []


@pytest.mark.parametrize(
    ("colour", "accent", "code"),
    [("#005eb8", "#ffb81c", 0), ("#41b6e6", "#ffb81c", 1), ("#005eb8", "#005eb9", 1)],
)
def test_colours_are_checked(
    colour: str, accent: str, code: int, tmp_path: Path, diplan: Diplan
) -> None:
    """Colours that can be told apart are used; others are refused with the ratio."""
    home = tmp_path / "home"
    shutil.copytree(ROOT / "tests" / "errors" / "base", home)
    path = home / "data" / "plan.yaml"
    look = f'  site: {{colour: "{colour}", accent: "{accent}", contact: "digital@example.org"}}\n'
    path.write_text(path.read_text("utf-8").replace("plan:\n", f"plan:\n{look}", 1), "utf-8")
    said = diplan("check", "--as-of", "2018", cwd=home)
    assert said.code == code
    assert ("to 1 with" in said.out) == bool(code)
    if not code:
        assert diplan("site", "--output", "out", "--as-of", "2018", *BARE, cwd=home).code == 0
        assert colour in (home / "out" / "assets" / "site.css").read_text("utf-8")


def test_options_that_are_wrong_are_sentences(tmp_path: Path, diplan: Diplan) -> None:
    """A missing folder, a bad address, a folder of somebody else: each says what to do."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").write_text("x", "utf-8")
    for arguments, said in (
        ([], "a site needs a folder"),
        (["--output", str(tmp_path / "mine")], "diplan did not make it"),
        (["--output", str(tmp_path / "new"), "--base-url", "ftp://x"], "is not a web address"),
        (["--output", "data/site"], "inside the plan's own data"),
        (["--output", str(tmp_path / "new"), "--check", "--serve"], "--check"),
    ):
        told = diplan("site", *arguments)
        assert told.code == 2, arguments
        assert said in told.err
    assert (tmp_path / "mine" / "file").read_text("utf-8") == "x"


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are made otherwise there")
def test_logos_and_templates_from_elsewhere_are_left_out(tmp_path: Path, diplan: Diplan) -> None:
    """A logo or a template that is a link or a pipe is not read, and the site waits for none."""
    home = tmp_path / "home"
    shutil.copytree(ROOT / "tests" / "errors" / "base", home)
    (tmp_path / "secret").write_text("a secret", encoding="utf-8")
    (home / "templates").mkdir()
    (home / "templates" / "site.js").symlink_to(tmp_path / "secret")
    (home / "templates" / "site.html.j2").symlink_to(tmp_path / "secret")
    os.mkfifo(home / "templates" / "pipe.j2")
    told = ("site", "--output", "out", "--as-of", "2018", *BARE)
    assert diplan(*told, cwd=home).code == 0
    assert not any("a secret" in path.read_text("utf-8", "replace")
                   for path in (home / "out").rglob("*") if path.is_file())  # fmt: skip
    path = home / "data" / "plan.yaml"
    path.write_text(
        path.read_text("utf-8").replace("plan:\n", "plan:\n  site: {logo: logo.svg}\n", 1), "utf-8"
    )
    (home / "logo.svg").symlink_to(tmp_path / "secret")
    said = diplan(*told, cwd=home)
    assert said.code == 2
    assert 'the logo "logo.svg" cannot be read' in said.err
