"""What others need to take diplan up: who it is, what holds, and where its words lead."""

import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
import yaml

from axe import IN_CI
from conftest import ROOT
from diplan import __version__
from diplan.cli.commands import COMMANDS

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CITATION, PUBLICCODE = (
    yaml.safe_load((ROOT / name).read_text("utf-8")) for name in ("CITATION.cff", "publiccode.yml")
)


def dated() -> str:
    """The day of this version, in the changelog."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    [day] = re.findall(
        rf"^## \[{re.escape(__version__)}\] - (\d{{4}}-\d\d-\d\d)$", text, re.MULTILINE
    )
    return str(day)


def test_every_place_has_the_same_version() -> None:
    """The package, the citation, the catalogues' file and the changelog agree, with the day."""
    assert CITATION["version"] == PUBLICCODE["softwareVersion"] == __version__
    assert CITATION["date-released"] == PUBLICCODE["releaseDate"] == dated()
    assert f'"{dated()}" "diplan {__version__}"' in (ROOT / "man" / "diplan.1").read_text("utf-8")


def test_the_changelog_is_in_order() -> None:
    """What is not released comes first, then versions with their days, the latest first."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    first, *versions = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert first == "[Unreleased]"
    days = [re.fullmatch(r"\[\d+\.\d+\.\d+\] - (\d{4}-\d\d-\d\d)", one) for one in versions]
    assert all(days)
    assert [day[1] for day in days if day] == sorted((day[1] for day in days if day), reverse=True)


def test_every_place_has_the_same_licence() -> None:
    """The licence is named by its SPDX identifier, and its text goes along."""
    project = PROJECT["project"]
    assert project["license"] == CITATION["license"] == PUBLICCODE["legal"]["license"] == "MIT"
    assert project["license-files"] == ["LICENSE"]
    assert not [name for name in project["classifiers"] if name.startswith("License")]


def test_the_citation_has_what_its_standard_asks_for() -> None:
    """The keys that the Citation File Format needs, and no name of a person."""
    assert CITATION["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(CITATION)
    assert [set(author) for author in CITATION["authors"]] == [{"name"}]


def test_the_catalogues_file_has_what_its_standard_asks_for() -> None:
    """The keys that publiccode.yml needs, and descriptions as long as it wants them."""
    assert {"name", "platforms", "developmentStatus", "softwareType", "description", "legal",
            "maintenance", "localisation"} <= set(PUBLICCODE)  # fmt: skip
    said = PUBLICCODE["description"]["en"]
    assert len(said["shortDescription"]) <= 150
    assert 150 <= len(said["longDescription"]) <= 10_000
    assert said["features"]
    assert PUBLICCODE["maintenance"]["contacts"]


def test_the_manual_has_every_command() -> None:
    """Each command has a section, in the order of the table."""
    text = (ROOT / "man" / "diplan.1").read_text("utf-8")
    assert re.findall(r'^\.SS "diplan (.+)"$', text, re.MULTILINE) == list(COMMANDS)


def test_a_checker_has_nothing_against_the_manual() -> None:
    """Mandoc reads the page without a warning."""
    mandoc = shutil.which("mandoc")
    if mandoc is None:
        message = "mandoc is not on this machine: install Debian's package mandoc"
        pytest.fail(message) if IN_CI else pytest.skip(message)
    command = [str(mandoc), "-T", "lint", "-W", "warning", str(ROOT / "man" / "diplan.1")]
    assert subprocess.run(command, capture_output=True, check=False).stdout == b""


def hook() -> Any:
    """The hook that makes the README for an index."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def metadata(folder: Path) -> Message:
    """What the wheel of a checkout says of itself."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(folder / "dist"),
         str(folder)],
        check=True, capture_output=True,
    )  # fmt: skip
    with zipfile.ZipFile(next((folder / "dist").glob("*.whl"))) as wheel:
        [name] = [name for name in wheel.namelist() if name.endswith("/METADATA")]
        assert f"diplan-{__version__}.data/data/share/man/man1/diplan.1" in wheel.namelist()
        return message_from_bytes(wheel.read(name))


@pytest.mark.parametrize("repository", ["", "https://example.org/council/diplan"])
def test_links_of_the_readme_hold_on_an_index(repository: str, tmp_path: Path) -> None:
    """In the wheel each link is a whole address, or words where nobody said where the code is."""
    for name in ("src", "templates", "examples", "frameworks", "man"):
        (tmp_path / name).symlink_to(ROOT / name)
    for name in ("README.md", "LICENSE", "hatch_build.py", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path)
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    project = project.replace('repository = ""', f'repository = "{repository}"')
    (tmp_path / "pyproject.toml").write_text(project, encoding="utf-8")
    told = metadata(tmp_path)
    text = str(told.get_payload())
    links = re.findall(r"\]\(([^)\s]+)\)", text)
    assert [link for link in links if not re.match(r"https?:|#", link)] == []
    assert told["License-Expression"] == "MIT"
    shown = f"{repository}/blob/v{__version__}/docs/website.md"
    assert (shown in text) is bool(repository)
    assert ("/raw/" in text) is bool(repository)


def test_only_relative_links_are_changed() -> None:
    """Addresses and places in the page stay, and words in brackets keep them."""
    given = "[a [b]](docs/x.md#y) ![p](p.png) [w](https://example.org) [h](#h) `[c](d)`"
    made = hook().for_an_index(given, "https://example.org/r/", "v1")
    assert made.startswith(
        "[a [b]](https://example.org/r/blob/v1/docs/x.md#y) ![p](https://example.org/r/raw/v1/p.png)"
    )
    assert made.count("[w](https://example.org) [h](#h)") == 1
    assert hook().for_an_index("[a](b.md) ![c](d.png)", "", "v1") == "a c"
