"""Documents for word processors: what pandoc makes of a paper, and what another program sees."""

import io
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from conftest import Diplan
from diplan.ground.errors import NoPandocError
from diplan.render.pandoc import _PAGES, convert

IN_CI = bool(os.environ.get("CI"))
"""Read while tests are collected: each test's own environment has no CI."""

needs_pandoc = pytest.mark.skipif(
    not shutil.which("pandoc") and not IN_CI, reason="pandoc is not on this machine"
)
needs_office = pytest.mark.skipif(
    not shutil.which("soffice") and not IN_CI, reason="LibreOffice is not on this machine"
)


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents")


def made(diplan: Diplan, folder: Path, form: str) -> Path:
    """The action plan of 2016/17 as a document, made once."""
    path = folder / f"{form}.{form}"
    if path.exists():
        return path
    said = diplan("report", "action-plan", "--year", "2016/17", "--output", str(path))
    assert said.code == 0, said.err
    return path


@needs_pandoc
def test_docx(diplan: Diplan, folder: Path) -> None:
    """Tables have flagged header rows, the language is set, and the pages lie across."""
    files = zipfile.ZipFile(made(diplan, folder, "docx"))
    body = files.read("word/document.xml").decode()

    assert body.count("<w:tbl>") == body.count("<w:tblHeader")
    assert 'w:orient="landscape"' in body
    assert (
        "en-GB" in files.read("docProps/core.xml").decode() + files.read("word/styles.xml").decode()
    )
    assert body.count("Most people can use online services for everyday tasks") == 1


NOTES = "<w:footnotePr>\n <w:numRestart w:val='eachSect' />\n</w:footnotePr>\n"


@pytest.mark.parametrize(
    ("written", "before", "after"),
    [
        ("<w:sectPr/>", "", ""),
        ("<w:sectPr />", "", ""),
        (f"<w:sectPr>{NOTES}</w:sectPr>", NOTES, ""),
        ('<w:sectPr><w:pgSz w:w="1"/><w:cols w:num="1"/></w:sectPr>', "", '<w:cols w:num="1"/>'),
    ],
)
def test_every_pandoc_s_pages_lie_across(written: str, before: str, after: str) -> None:
    """However pandoc writes a section, it has one size of page, at its place among the others."""
    (pattern, wide), *_ = _PAGES["word/document.xml"]
    made = re.sub(pattern, wide, f"<w:body>{written}</w:body>")

    assert made.startswith(f"<w:body><w:sectPr>{before}<w:pgSz ")
    assert made.endswith(f"{after}</w:sectPr></w:body>")
    assert made.count("<w:pgSz") == made.count('w:orient="landscape"') == 1


@needs_pandoc
def test_odt(diplan: Diplan, folder: Path) -> None:
    """Every cell that names its row is there, and the pages lie across."""
    files = zipfile.ZipFile(made(diplan, folder, "odt"))
    body = files.read("content.xml").decode()
    styles = files.read("styles.xml").decode()
    words = re.sub(r"<[^>]+>", " ", body)

    for title in ("Raise digital skills in target groups", "Work with partners on digital"):
        assert words.count(title) >= 2
    assert "table:table-header-rows" in body
    assert 'fo:page-width="29.7cm"' in styles
    assert 'style:print-orientation="landscape"' in styles


@needs_pandoc
@pytest.mark.parametrize("form", ["docx", "odt"])
def test_the_same_bytes_every_time(form: str, diplan: Diplan, folder: Path) -> None:
    """A document says nothing of when it was made."""
    path = made(diplan, folder, form)
    said = diplan("report", "action-plan", "--year", "2016/17", "--output", str(path), "--check")

    assert said.code == 0, said.err
    for name in zipfile.ZipFile(path).namelist():
        assert b"2026-" not in zipfile.ZipFile(path).read(name), name


@needs_pandoc
def test_a_reference_document_gives_the_style(diplan: Diplan, folder: Path) -> None:
    """With a council's own document as reference, its pages are kept as they are."""
    reference = folder / "reference.docx"
    reference.write_bytes(
        subprocess.run(
            ["pandoc", "--print-default-data-file=reference.docx"], capture_output=True, check=True
        ).stdout
    )
    path = folder / "styled.docx"
    said = diplan("report", "page-plan", "--output", str(path), "--reference", str(reference))

    assert said.code == 0, said.err
    assert "landscape" not in zipfile.ZipFile(path).read("word/document.xml").decode()


@needs_pandoc
def test_nothing_is_opened() -> None:
    """Pictures and frames in a page lead to no file and no address."""
    page = '<main id="main"><p>x</p><img src="file:///etc/hostname"><iframe src="x"></main>'
    files = zipfile.ZipFile(io.BytesIO(convert(page, "docx", "T", None)))

    assert not [name for name in files.namelist() if "media" in name]


@needs_pandoc
@needs_office
def test_libreoffice_opens_it(diplan: Diplan, folder: Path) -> None:
    """Another program reads the documents, and prints the tables with all their actions."""
    forms = ("docx", "odt")
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", str(folder),
            *(str(made(diplan, folder, form)) for form in forms),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )  # fmt: skip
    for form in forms:
        text = subprocess.run(
            ["pdftotext", "-layout", str(folder / f"{form}.pdf"), "-"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout

        assert text.count("March 2017") >= 26
        assert "To be confirmed" in text


def test_without_pandoc_there_is_a_clear_sentence(
    diplan: Diplan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where there is no pandoc, the command says how to get it."""

    def none(form: str) -> str:
        raise NoPandocError(form)

    monkeypatch.setattr("diplan.render.pandoc._pandoc", none)
    said = diplan("report", "page-plan", "--output", str(tmp_path / "x.docx"))

    assert said.code == 2
    assert "pandoc, which makes docx documents, is not on this machine" in said.err
    assert "pip install" in said.err
