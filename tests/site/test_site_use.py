"""How people use a site: with the keyboard alone, without scripts, and by searching it."""

import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT, Diplan
from diplan.cli import run, site_plan

if TYPE_CHECKING:
    from axe import Browser

KINDS = ("index.html", "indicators/index.html", "indicators/offline-adults-share.html",
         "actions/website-redesign.html", "places/index.html", "papers/index.html",
         "2019-20/papers/progress.html")  # fmt: skip

FOCUSED = """(() => {
  const on = document.activeElement, look = getComputedStyle(on);
  return [[...document.querySelectorAll('*')].indexOf(on), on.tagName,
          look.outlineStyle === 'none' ? 0 : parseFloat(look.outlineWidth)];
})()"""
REACHABLE = """[...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
  .filter(one => one.checkVisibility()).length"""


@pytest.fixture(scope="module", name="site")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real plan with everything that it can have."""
    folder = tmp_path_factory.mktemp("site") / "real"
    told = ("--as-of", "2020", "--earlier-years", "0", "--workspace", str(ROOT))
    extras = ("--with", "search", "--with", "pdf", "--with", "docx")
    assert run(["site", "--output", str(folder), *told, *extras]) == 0
    return folder


@pytest.mark.parametrize("name", KINDS)
def test_everything_is_reached_with_the_tab_key(name: str, site: Path, browser: "Browser") -> None:
    """Each link, field and table gets the focus in turn, is seen to have it, and gives it on."""
    browser.visit(site / name, 1000)
    many = browser.found(REACHABLE)
    assert isinstance(many, int)
    reached = []
    for _ in range(many):
        browser.press("Tab")
        at = browser.found(FOCUSED)
        assert isinstance(at, list)
        assert at[2] >= 2, at
        reached.append(at[0])
    assert len(set(reached)) == many
    assert reached == sorted(reached)


def test_keys_do_what_clicks_do(site: Path, browser: "Browser") -> None:
    """Enter goes past the head of a page, opens what is folded, and sorts a table."""
    browser.visit(site / "indicators/offline-adults-share.html", 1000)
    browser.press("Tab")
    browser.press("Enter")
    assert browser.found("document.activeElement.id") == "main"
    browser.found("document.querySelector('.folded > summary').focus(), 0")
    browser.press("Enter")
    assert browser.found("document.querySelector('.folded').open") is True
    browser.visit(site / "actions/index.html", 1000)
    browser.found("document.querySelector('thead button').focus(), 0")
    browser.press(" ")
    assert browser.found("document.querySelector('th').getAttribute('aria-sort')") == "ascending"


@pytest.mark.parametrize("name", ["indicators/index.html", "search/index.html"])
def test_pages_are_complete_without_scripts(name: str, site: Path, browser: "Browser") -> None:
    """All rows are there without scripts, and no field that would do nothing."""
    assert browser.visit(site / name, 320, scripts=False) <= 320
    assert browser.found("document.querySelectorAll('input, thead button').length") == 0
    if name.startswith("indicators"):
        assert browser.found("document.querySelectorAll('tbody tr').length") == 15
    else:
        assert "needs scripts" in str(browser.found("document.querySelector('main').innerText"))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of requests."""


@pytest.fixture(name="address")
def _address(site: Path) -> Iterator[str]:
    """Where the site is published, on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def told(browser: "Browser", wanted: str) -> str:
    """What the search says, once it has come to something."""
    until = monotonic() + 20
    while monotonic() < until:
        said = str(browser.found("document.querySelector('[role=status]').textContent"))
        if re.search(wanted, said):
            return said
        sleep(0.1)
    return pytest.fail(f"the search says nothing like {wanted}")


def test_words_are_found(address: str, browser: "Browser") -> None:
    """The search finds an indicator by its words, leads to it, and keeps the page's policy."""
    browser.watch_policy()
    browser.visit(f"{address}search/index.html", 320)
    browser.found("document.querySelector('#search').focus(), 0")
    browser.press("", words="work clubs")
    told(browser, r"^\d+ pages")
    links = browser.found("[...document.querySelectorAll('.results a')].map(one => one.href)")
    assert isinstance(links, list)
    assert f"{address}indicators/work-clubs.html" in links[:5]
    assert browser.violations() == []
    assert browser.found("refused") == []
    width = browser.found("document.documentElement.scrollWidth")
    assert isinstance(width, int)
    assert width <= 320


def test_from_a_folder_the_search_says_what_it_needs(site: Path, browser: "Browser") -> None:
    """Browsers load no index from a folder, so the page says where the search works."""
    browser.visit(site / "search/index.html", 800)
    browser.found("document.querySelector('#search').focus(), 0")
    browser.press("", words="clubs")
    assert "where the site is published" in told(browser, "published")


def test_only_the_search_may_run_an_index(site: Path) -> None:
    """Pages but the search allow no WebAssembly."""
    allowed = [path for path in site.rglob("*.html") if "wasm" in path.read_text("utf-8")]
    assert [path.relative_to(site).as_posix() for path in allowed] == ["search/index.html"]


def test_papers_can_be_had_as_pdf_and_for_word(site: Path) -> None:
    """Each paper has both beside it, and its page and the list of papers lead to them."""
    papers = sorted((site / "2019-20" / "papers").glob("*.html"))
    listed = (site / "papers" / "index.html").read_text("utf-8")
    assert len(papers) == 8
    for path in papers:
        page = path.read_text("utf-8")
        for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
            assert path.with_suffix(f".{form}").read_bytes().startswith(start)
            assert f'href="{path.stem}.{form}"' in page
            assert f"2019-20/papers/{path.stem}.{form}" in listed


def test_a_search_index_is_no_stale_file(site: Path, diplan: Diplan) -> None:
    """`--check` has nothing against a whole site with its index."""
    given = ("--as-of", "2020", "--earlier-years", "0", "--workspace", str(ROOT))
    assert diplan("site", "--output", str(site), *given, "--check").code == 0


def test_what_is_not_installed_is_said(
    tmp_path: Path, diplan: Diplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was asked for by name needs its packages; without a name the site does without."""
    monkeypatch.setattr("diplan.site.extras.find_spec", lambda _: None)
    given = ("site", "--output", str(tmp_path / "site"), "--as-of", "2020", "--earlier-years", "0",
             "--workspace", str(ROOT))  # fmt: skip
    said = diplan(*given, "--with", "search")
    assert said.code == 2
    assert "what makes an index of words is not installed" in said.err
    assert "diplan[search]" in said.err
    assert diplan(*given).code == 0
    assert not (tmp_path / "site" / "search").exists()


def test_a_large_plan_is_told_what_it_lacks(
    tmp_path: Path, diplan: Diplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes long with a large plan is left out unless it is asked for."""
    monkeypatch.setattr(site_plan, "LARGE", 0)
    monkeypatch.setattr("diplan.cli.many.cores", lambda: 1)
    said = diplan("site", "--output", str(tmp_path / "site"), "--as-of", "2020",
                  "--earlier-years", "0", "--workspace", str(ROOT))  # fmt: skip
    assert said.code == 0
    assert "made without search, pdf and docx" in said.err
    assert "--with search --with pdf --with docx makes it with them" in said.err
