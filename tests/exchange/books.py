"""Packed workbooks made part by part, so that any part of one can be wrong."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from diplan.exchange.return_form import FIGURE_FIELDS

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"

SHEET, STRINGS, STYLES = (
    f"xl/{name}.xml" for name in ("worksheets/sheet1", "sharedStrings", "styles")
)
CONTENT = "content.xml"


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _relations(*relations: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(relations)}</Relationships>'


def sheet(cells: str, after: str = "") -> str:
    """The part of a sheet."""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData>{after}</worksheet>'


def strings(items: str) -> str:
    """The part of the texts that cells share."""
    return f'<sst xmlns="{_MAIN}">{items}</sst>'


def styles(inside: str) -> str:
    """The part of the styles."""
    return f'<styleSheet xmlns="{_MAIN}">{inside}</styleSheet>'


def text_cell(place: str, text: str) -> str:
    """A cell with its text in it."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER = "".join(
    text_cell(f"{chr(65 + at)}1", field.label) for at, field in enumerate(FIGURE_FIELDS)
)


def xlsx_parts(sheets: int = 1) -> dict[str, str | bytes]:
    """The parts of a small workbook that is in order: one figure for each of two indicators."""
    at = [field.label for field in FIGURE_FIELDS].index
    figure, when = (chr(65 + at(label)) for label in ("Figure", "Period"))
    rows = (
        f'<row r="1">{HEADER}</row>'
        f'<row r="2"><c r="A2" t="s"><v>0</v></c>{text_cell(f"{when}2", "2019")}'
        f'<c r="{figure}2" s="0"><v>700</v></c></row>'
        f'<row r="3"><c r="A3" t="s"><v>1</v></c>{text_cell(f"{when}3", "2019")}'
        f'<c r="{figure}3" s="1"><v>60</v></c></row>'
    )
    names = "".join(
        f'<sheet name="Figures{number if number > 1 else ""}" sheetId="{number}" '
        f'xmlns:r="{_OFFICE}" r:id="rId1"/>'
        for number in range(1, sheets + 1)
    )
    return {
        "_rels/.rels": _relations(_relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            _relation(1, "worksheet", "worksheets/sheet1.xml"),
            _relation(2, "sharedStrings", "/xl/sharedStrings.xml"),
            _relation(3, "styles", "styles.xml"),
        ),
        SHEET: sheet(rows),
        STRINGS: strings(
            "<si><t>residents-offline</t></si><si><r><t>adults-</t></r><r><t>with-skills</t></r></si>"
        ),
        STYLES: styles(
            '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/></cellXfs>'
        ),
    }


def ods_parts(rows: str | None = None) -> dict[str, str | bytes]:
    """The parts of an OpenDocument sheet, which has the same figures where *rows* are not given."""
    if rows is None:
        labels = [field.label for field in FIGURE_FIELDS]
        figures = (("residents-offline", 700), ("adults-with-skills", 60))
        told: list[dict[str, str | int]] = [
            {"Id": name, "Period": "2019", "Figure": value} for name, value in figures
        ]
        rows = _ods_row(labels) + "".join(
            _ods_row([row.get(label, "") for label in labels]) for row in told
        )
    spaces = " ".join(f'xmlns:{name}="{_OPEN}:{name}:1.0"' for name in ("office", "table", "text"))
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<manifest/>",
        CONTENT: f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Figures">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>",
    }


def _ods_row(cells: Sequence[str | int]) -> str:
    made = ""
    for cell in cells:
        if isinstance(cell, int):
            made += f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
        else:
            made += f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>"
    return f"<table:table-row>{made}</table:table-row>"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The bytes of a workbook with these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def book(folder: Path, parts: Mapping[str, str | bytes], name: str = "return.xlsx") -> Path:
    """A file with these parts."""
    path = folder / name
    path.write_bytes(packed(parts))
    return path
