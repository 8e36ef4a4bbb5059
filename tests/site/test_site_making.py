"""How the files of a site come about: one at a time, and the same wherever they are made."""

import gc
import os
import shutil
from pathlib import Path

import pytest

from conftest import ROOT, Diplan
from diplan.cli import many, site_plan
from diplan.cli.site_plan import Order, files_of, key_of
from diplan.site.build import SiteFile
from diplan.site.records import SitePage
from scratch import Scratch

BARE = ("--with", "nothing")
REAL = Order([ROOT], "2020", None, None, None, 1)


def test_pages_are_made_one_after_another() -> None:
    """Of over a hundred pages few are there at any time, so memory does not grow with them."""
    made, most = 0, 0
    for file in files_of(REAL, {ROOT: None}):
        made += file.address.endswith(".html") and bool(file.make())
        most = max(most, sum(isinstance(each, SitePage) for each in gc.get_objects()))
        del file

    assert made > 90
    assert 1 <= most <= 3


def test_another_process_makes_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large plan's workbook is made beside the pages, and has the same bytes."""

    def books(files: list[SiteFile]) -> list[bytes]:
        return [file.make() for file in files if file.address.endswith(".xlsx")]

    alone = books(list(files_of(REAL, {ROOT: None})))
    monkeypatch.setattr(site_plan, "LARGE", 0)
    monkeypatch.setattr(many, "cores", lambda: 2)
    beside = [file.make() for file in files_of(REAL, {ROOT: None}) if ".xlsx" in file.address]

    assert len(alone) == 1
    assert alone == beside


def test_only_the_last_years_have_pages(tmp_path: Path, diplan: Diplan) -> None:
    """`--earlier-years` leaves years out, and no link leads to them."""
    told = (
        "--as-of",
        "2020",
        "--earlier-years",
        "1",
        "--with",
        "nothing",
        "--workspace",
        str(ROOT),
    )
    assert diplan("site", "--output", str(tmp_path / "site"), *told).code == 0

    folders = {path.name for path in (tmp_path / "site").iterdir() if path.name[:2] == "20"}
    assert folders == {"2019-20"}
    assert "2018-19/" not in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


@pytest.fixture(name="copy")
def _copy(tmp_path: Path) -> Path:
    """The real plan's data with a logo, in no repository."""
    shutil.copytree(ROOT / "data", tmp_path / "plan" / "data")
    (tmp_path / "plan" / "logo.svg").write_text("<svg/>", encoding="utf-8")
    return tmp_path / "plan"


def test_the_key_is_of_all_that_a_site_is_made_from(copy: Path) -> None:
    """Data, logo, templates and options each change the key; nothing else does."""
    order = Order([copy], "2020", None, None, None)

    def key(of: Order = order) -> str:
        return key_of(of, {copy: None})

    keys = [
        key(),
        key(order._replace(as_of="2019")),
        key(order._replace(base_url="https://example.org")),
        key(order._replace(earlier_years=1)),
    ]
    os.utime(copy / "logo.svg", (0, 0))
    assert key() == keys[0]
    for place in ("data/venues.csv", "logo.svg", "templates/site.css"):
        path = copy / place
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as stream:
            stream.write(" ")
        keys.append(key())
    assert len(set(keys)) == len(keys)


def test_the_key_is_of_the_history(scratch: Scratch) -> None:
    """A commit changes the key, since years are as they were known then."""
    order = Order([scratch.home], "2020", None, None, None)
    before = key_of(order, {scratch.home: site_plan.told_history(scratch.home)})
    scratch.commit("another")

    assert key_of(order, {scratch.home: site_plan.told_history(scratch.home)}) != before


def test_the_key_reads_no_more_than_a_site_does(copy: Path) -> None:
    """A link that leads out of the plan is not read, however long what it leads to is."""
    order = Order([copy], "2020", None, None, None)
    before = key_of(order, {copy: None})
    (copy / "data" / "all.yaml").symlink_to("/proc/kcore" if Path("/proc/kcore").exists() else ROOT)
    (copy / "leads.svg").symlink_to(ROOT / "LICENSE")

    assert key_of(order, {copy: None}) == before
