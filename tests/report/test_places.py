"""The leaflet of places: what it says in plain words, and that it can be read by all."""

import re
from pathlib import Path

import pytest

import places
from axe import Browser
from conftest import Diplan, Golden

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Path:
    return places.plan_with_places(tmp_path)


@pytest.fixture(name="page")
def _page(home: Path, diplan: Diplan) -> str:
    return diplan("report", "places", "--format", "html", cwd=home).out


def test_the_leaflet_is_known(home: Path, diplan: Diplan, golden: Golden) -> None:
    """The leaflet as Markdown, as it is known."""
    golden(GOLDEN / "report-places.md", diplan("report", "places", cwd=home).out)


def test_axe_has_nothing_against_the_leaflet(page: str, browser: Browser) -> None:
    """The leaflet breaks no rule of axe-core's, and fits a telephone."""
    violations, width = browser.violations_and_width(page, 320)

    assert violations == []
    assert width <= 320


def test_the_leaflet_loads_nothing(page: str) -> None:
    """No tile, font, script or style is fetched."""
    assert re.findall(r"<(?:script|link|img|iframe|image)|url\(|@import", page) == []
    assert page.count("<svg") == 1


def test_a_web_address_can_be_followed(page: str) -> None:
    """A cell that is a web address is a link; on paper it is not printed twice."""
    address = "https://library.example/made-up"

    assert f'<dd><a class="bare" href="{address}">{address}</a></dd>' in page
    assert "a.bare::after { content: none !important; }" in page


def test_print_is_large(page: str) -> None:
    """On paper letters are of 16 points, which large print begins with."""
    assert '<body class="large-print">' in page
    assert ".large-print { font-size: 16pt; }" in page
    assert page.index("body { font-size: 10.5pt; }") < page.index(".large-print { font-size: 16pt")


def test_unknown_is_ask(home: Path, diplan: Diplan) -> None:
    """Of a place with a name and a town, everything else is to be asked."""
    text = diplan("report", "places", cwd=home).out
    entry = text.partition("### Fictional Café")[2].partition("##")[0]

    assert re.findall(r"^- ([^:]+): (.+)$", entry, re.MULTILINE) == [
        ("Address", "Otherham, ask"),
        *((label, "ask") for label in ("Computers", "Free Wi-Fi", "Help from staff", "Booking",
                                       "Open", "Access for disabled people", "On the web")),
        ("This was so", "in October 2026"),
    ]  # fmt: skip


def test_the_plan_s_own_words_open_it(home: Path, diplan: Diplan) -> None:
    """`places.md` stands before the places, and closed places are left out."""
    (home / "data" / "narrative").mkdir(exist_ok=True)
    (home / "data" / "narrative" / "places.md").write_text("Come in *any* time.", encoding="utf-8")
    path = home / "data" / "venues.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",planned,", ",closed,"), "utf-8")
    text = diplan("report", "places", cwd=home).out

    assert "\nCome in *any* time.\n" in text.partition("## ")[0]
    assert "Invented Hub" not in text


def test_the_real_leaflet_makes_nothing_up(diplan: Diplan) -> None:
    """The real plan has no address, so there is no map and no entry of an open place."""
    text = diplan("report", "places").out

    assert "No place that is open has an entry of its own." in text
    assert "## Map" not in text
    assert "Several places together. Which: ask Stoke-on-Trent City Council" in text


def test_the_map_stands_beside_a_markdown_leaflet(home: Path, diplan: Diplan) -> None:
    """A Markdown leaflet has its map in a file beside it."""
    said = diplan("report", "places", "--output", "leaflet.md", cwd=home)

    assert said.err == "wrote leaflet.md, and 1 chart beside it\n"
    assert (home / "leaflet-charts" / "places.svg").read_text("utf-8").startswith("<svg ")
    assert "(leaflet-charts/places.svg)" in (home / "leaflet.md").read_text("utf-8")
